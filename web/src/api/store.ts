/* Where sealed drafts lie in this browser. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

import type { DraftStore, SealedDraft } from '../core/drafts';

interface Kept extends DBSchema {
	drafts: { key: [string, string]; value: SealedDraft; indexes: { account: string } };
}

let opening: Promise<IDBPDatabase<Kept>> | null = null;

function opened(): Promise<IDBPDatabase<Kept>> {
	opening ??= openDB<Kept>('ikhtiar', 1, {
		upgrade(db) {
			db.createObjectStore('drafts', {
				keyPath: ['account', 'name'],
			}).createIndex('account', 'account');
		},
	});
	return opening;
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
};
