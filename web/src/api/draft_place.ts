/*
 * A form's place among the drafts, which one window has at a time: two windows of one account
 * that kept their drafts in one place would write over each other without a word.
 *
 * A window holds its place by a Web Lock, which goes with it whatever ends it.  Whoever opens
 * the form in a second window gets the next place; one that was left with a draft in it is
 * found again as soon as a window has it free.
 */
import { newKey } from './facts';
import { drafts, session } from './session';

const PLACES = 4;
/** A form that is closed and opened again in one window is the same one. */
const LEAVE_MS = 500;

export interface DraftPlace {
	/** Under which the draft is kept: that of the form, or "…/2". */
	readonly name: string;
	/** Another window has the form's own. */
	readonly isSecond: boolean;
	readonly leave: () => void;
}

/** What this window holds: whether a form of it is there, and how the lock goes. */
const held = new Map<string, { isUsed: boolean; readonly release: () => void }>();

function lockKey(name: string): string {
	return `draft/${session.value?.account ?? ''}/${name}`;
}

/** False: another window has it, or another form of this one. */
function take(name: string): Promise<boolean> {
	const key = lockKey(name);
	const own = held.get(key);

	if (own) {
		const wasFree = !own.isUsed;

		own.isUsed = true;
		return Promise.resolve(wasFree);
	}
	return new Promise((done) => {
		void navigator.locks.request(key, { ifAvailable: true }, (lock) => {
			done(lock !== null);
			if (!lock) return undefined;
			return new Promise<void>((release) => {
				held.set(key, { isUsed: true, release });
			});
		});
	});
}

function leave(name: string): void {
	const key = lockKey(name);
	const own = held.get(key);

	if (!own) return;
	own.isUsed = false;
	setTimeout(() => {
		if (own.isUsed) return;
		held.delete(key);
		own.release();
	}, LEAVE_MS);
}

/** Where a form looks for its drafts. */
export function placesOf(name: string): readonly string[] {
	return Array.from({ length: PLACES }, (_, i) => (i ? `${name}/${i + 1}` : name));
}

/** The first free place with a draft in it, else the first free one. */
export async function takePlace(name: string): Promise<DraftPlace> {
	const kept = (await drafts.value?.names()) ?? [];
	const places = placesOf(name);
	const ordered = [
		...places.filter((place) => kept.includes(place)),
		...places.filter((place) => !kept.includes(place)),
		// More windows than anybody has: none shares a place all the same.
		`${name}/${newKey()}`,
	];

	for (const place of ordered) {
		if (!(await take(place))) continue;
		return {
			name: place,
			isSecond: place !== name && !(await isFree(name)),
			leave: () => leave(place),
		};
	}
	throw new Error('a place of its own is always free');
}

/** Whether no window has it. */
async function isFree(name: string): Promise<boolean> {
	const { held: locks = [] } = await navigator.locks.query();

	return !locks.some((lock) => lock.name === lockKey(name));
}
