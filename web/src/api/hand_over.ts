/*
 * A household's form that was begun on this tablet goes on under a colleague's account.  The
 * server seals it anew, for her key and her place; here nobody can read it, before or after.
 */
import { base64OfBytes, bytesOfBase64, type DraftMark } from '../core/drafts';
import { placesOf } from './draft_place';
import { type Answer, post } from './server';
import { draftStore } from './store';

export const HOUSEHOLD_FORM = 'household/new';

export type HandingOver =
	| { readonly state: 'ok' }
	| Exclude<Answer<never>, { readonly state: 'ok' }>
	/** She has as many drafts of this form as there are places. */
	| { readonly state: 'full' }
	/** It is not there any more: recorded, wiped or handed over. */
	| { readonly state: 'gone' };

export function mayBeHandedOver({ name }: Pick<DraftMark, 'name'>): boolean {
	return placesOf(HOUSEHOLD_FORM).includes(name);
}

async function freePlaceOf(account: string): Promise<string | undefined> {
	const taken = await draftStore.namesOf(account);

	return placesOf(HOUSEHOLD_FORM).find((place) => !taken.includes(place));
}

/** `wasOf`: the name of whose it is, for the colleague `to`. */
export async function handOver(
	of: Pick<DraftMark, 'account' | 'name'>,
	wasOf: string,
	to: string,
): Promise<HandingOver> {
	const [draft, place] = await Promise.all([
		draftStore.get(of.account, of.name),
		freePlaceOf(to),
	]);

	if (!draft) return { state: 'gone' };
	if (place === undefined) return { state: 'full' };
	const answer = await post('HandedOver', '/api/drafts/hand-over', {
		from: draft.account,
		name: draft.name,
		nonce: base64OfBytes(draft.nonce),
		sealed: base64OfBytes(new Uint8Array(draft.sealed)),
		to,
		as: place,
	});

	if (answer.state !== 'ok') return answer;
	await draftStore.move(draft, {
		account: to,
		name: place,
		nonce: bytesOfBase64(answer.value.nonce),
		sealed: bytesOfBase64(answer.value.sealed).buffer,
		saved: draft.saved,
		wasOf,
	});
	return { state: 'ok' };
}
