import { expect, test } from 'vitest';

import { type Drafts, type DraftStore, draftsOf, keyOfBase64, type SealedDraft } from './drafts';

const KEY = btoa('k'.repeat(32));
const OTHER_KEY = btoa('o'.repeat(32));

function storeInMemory(): DraftStore & { kept: Map<string, SealedDraft> } {
	const kept = new Map<string, SealedDraft>();
	const place = (account: string, name: string) => `${account}\n${name}`;

	return {
		kept,
		get: (account, name) => Promise.resolve(kept.get(place(account, name))),
		put: (draft) =>
			Promise.resolve(void kept.set(place(draft.account, draft.name), draft)),
		remove: (account, name) => Promise.resolve(void kept.delete(place(account, name))),
		namesOf: (account) =>
			Promise.resolve(
				[...kept.values()]
					.filter((d) => d.account === account)
					.map((d) => d.name),
			),
		marks: () => Promise.resolve([...kept.values()]),
		move: (from, draft) => {
			kept.delete(place(from.account, from.name));
			kept.set(place(draft.account, draft.name), draft);
			return Promise.resolve();
		},
	};
}

async function draftsIn(store: DraftStore, account: string, key: string): Promise<Drafts> {
	return draftsOf(account, await keyOfBase64(key, crypto), { crypto, store, now: () => 0 });
}

test('a draft comes back as it was, also after a reload', async () => {
	const store = storeInMemory();
	const value = { names: ['زرمینه'], step: 2 };

	await (await draftsIn(store, 'a', KEY)).write('household/new', value);
	expect(await (await draftsIn(store, 'a', KEY)).read('household/new')).toEqual(value);
});

test('no name stands readable in what is kept', async () => {
	const store = storeInMemory();

	await (await draftsIn(store, 'a', KEY)).write('household/new', { name: 'Zarmina' });
	const [draft] = [...store.kept.values()];

	expect(new TextDecoder('latin1').decode(draft?.sealed)).not.toContain('Zarmina');
});

test('a draft of another key, or moved to another place, is not read and does not stay', async () => {
	const store = storeInMemory();
	const drafts = await draftsIn(store, 'a', KEY);

	await drafts.write('one', 1);
	expect(await (await draftsIn(store, 'a', OTHER_KEY)).read('one')).toBeUndefined();
	expect(store.kept.size).toBe(0);

	await drafts.write('one', 1);
	const [draft] = [...store.kept.values()];

	if (draft) await store.put({ ...draft, name: 'two' });
	expect(await drafts.read('two')).toBeUndefined();
});

test('wiping takes the drafts of this account and of no other', async () => {
	const store = storeInMemory();
	const mine = await draftsIn(store, 'a', KEY);
	const hers = await draftsIn(store, 'b', OTHER_KEY);

	await Promise.all([mine.write('one', 1), mine.write('two', 2), hers.write('one', 3)]);
	await mine.wipe();
	expect(await mine.names()).toEqual([]);
	expect(await hers.read('one')).toBe(3);
});

test('the key that a page holds cannot be read out of it', async () => {
	const key = await keyOfBase64(KEY, crypto);

	await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
});
