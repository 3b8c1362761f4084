/* Where sealed drafts lie in this browser, and, while somebody is in, her key to them. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

import type { DraftMark, DraftStore, SealedDraft } from '../core/drafts';

interface Kept extends DBSchema {
	drafts: { key: [string, string]; value: SealedDraft; indexes: { account: string } };
	/** By account; a browser keeps such a key without being able to read it. */
	keys: { key: string; value: CryptoKey };
}

let opening: Promise<IDBPDatabase<Kept>> | null = null;

function opened(): Promise<IDBPDatabase<Kept>> {
	opening ??= openDB<Kept>('ikhtiar', 1, {
		upgrade(db) {
			db.createObjectStore('drafts', {
				keyPath: ['account', 'name'],
			}).createIndex('account', 'account');
			db.createObjectStore('keys');
		},
	});
	return opening;
}

function markOf({ account, name, saved, wasOf }: SealedDraft): DraftMark {
	return { account, name, saved, ...(wasOf !== undefined && { wasOf }) };
}

export const draftStore: DraftStore = {
	get: async (account, name) => (await opened()).get('drafts', [account, name]),
	put: async (draft) => {
		await (await opened()).put('drafts', draft);
	},
	remove: async (account, name) => {
		await (await opened()).delete('drafts', [account, name]);
	},
	namesOf: async (account) => {
		const keys = await (
			await opened()
		).getAllKeysFromIndex('drafts', 'account', account);

		return keys.map(([, name]) => name);
	},
	marks: async () => (await (await opened()).getAll('drafts')).map(markOf),
	move: async (from, draft) => {
		const both = (await opened()).transaction('drafts', 'readwrite');

		await Promise.all([
			both.store.put(draft),
			both.store.delete([from.account, from.name]),
			both.done,
		]);
	},
};

export const keyStore = {
	get: async (account: string) => (await opened()).get('keys', account),
	put: async (account: string, key: CryptoKey) => {
		await (await opened()).put('keys', key, account);
	},
	clear: async () => {
		await (await opened()).clear('keys');
	},
};
