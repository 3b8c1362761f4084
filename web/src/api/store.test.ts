import 'fake-indexeddb/auto';

import { expect, test } from 'vitest';

import { draftStore } from './store';

function draft(account: string, name: string, saved: number) {
	return { account, name, saved, nonce: new Uint8Array(12), sealed: new ArrayBuffer(4) };
}

test('drafts lie by account and name, the newer in place of the older', async () => {
	await draftStore.put(draft('a', 'one', 1));
	await draftStore.put(draft('a', 'one', 2));
	await draftStore.put(draft('a', 'two', 3));
	await draftStore.put(draft('b', 'one', 4));

	expect((await draftStore.get('a', 'one'))?.saved).toBe(2);
	expect(await draftStore.namesOf('a')).toEqual(['one', 'two']);
	await draftStore.remove('a', 'one');
	expect(await draftStore.get('a', 'one')).toBeUndefined();
	expect((await draftStore.get('b', 'one'))?.saved).toBe(4);
});

test('a draft that moves lies in its new place alone, and is told of without what is sealed', async () => {
	const from = draft('c', 'one', 5);

	await draftStore.put(from);
	await draftStore.move(from, { ...draft('d', 'one/2', 5), wasOf: 'c' });

	expect(await draftStore.namesOf('c')).toEqual([]);
	expect((await draftStore.marks()).filter(({ account }) => account === 'd')).toEqual([
		{ account: 'd', name: 'one/2', saved: 5, wasOf: 'c' },
	]);
});
