/*
 * Drafts: what was typed and is not recorded yet, kept in this browser, unreadable without
 * the key that the server gives to the account while it is in.
 *
 * A draft is AES-256-GCM over its JSON, under a fresh nonce, with its place (account and
 * name) as associated data: nobody can put one account's draft into another's place.  The
 * server alone can, who hands a form over to a colleague (src/register/drafts.c).
 */

/** What is known of a draft without its key. */
export interface DraftMark {
	/** of the account */
	readonly account: string;
	/** of the form: "household/new" */
	readonly name: string;
	/** ms since 1970, for showing */
	readonly saved: number;
	/** Name of the colleague whose it was, where it was handed over. */
	readonly wasOf?: string;
}

export interface SealedDraft extends DraftMark {
	readonly nonce: Uint8Array<ArrayBuffer>;
	readonly sealed: ArrayBuffer;
}

/** Where sealed drafts lie. */
export interface DraftStore {
	readonly get: (account: string, name: string) => Promise<SealedDraft | undefined>;
	readonly put: (draft: SealedDraft) => Promise<void>;
	readonly remove: (account: string, name: string) => Promise<void>;
	readonly namesOf: (account: string) => Promise<readonly string[]>;
	/** Of whatever account. */
	readonly marks: () => Promise<readonly DraftMark[]>;
	/** `draft` comes and what lay at `from` goes, or neither. */
	readonly move: (from: DraftMark, draft: SealedDraft) => Promise<void>;
}

/** What drafts take from the world, so that a test can hold it. */
export interface DraftWorld {
	readonly crypto: Crypto;
	readonly store: DraftStore;
	readonly now: () => number;
}

export interface Drafts {
	/** Undefined: there is none, or it cannot be read any more; then it is gone. */
	readonly read: (name: string) => Promise<unknown>;
	readonly write: (name: string, value: unknown) => Promise<void>;
	readonly remove: (name: string) => Promise<void>;
	readonly names: () => Promise<readonly string[]>;
	/** Whose it was before it was handed over; undefined: it was not, or was changed since. */
	readonly wasOf: (name: string) => Promise<string | undefined>;
	readonly wipe: () => Promise<void>;
}

const NONCE_SIZE = 12;

export function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}

export function base64OfBytes(bytes: Uint8Array): string {
	return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function placeOf(account: string, name: string): Uint8Array<ArrayBuffer> {
	return new TextEncoder().encode(`ikhtiar/draft/v1\0${account}\0${name}`);
}

/** The key as the server gives it, base64 of 32 bytes, as what can be used and not read. */
export function keyOfBase64(key: string, crypto: Crypto): Promise<CryptoKey> {
	return crypto.subtle.importKey('raw', bytesOfBase64(key), 'AES-GCM', false, [
		'encrypt',
		'decrypt',
	]);
}

export function draftsOf(account: string, key: CryptoKey, world: DraftWorld): Drafts {
	const { crypto, store } = world;
	const lock = (name: string, nonce: Uint8Array<ArrayBuffer>) => ({
		name: 'AES-GCM',
		iv: nonce,
		additionalData: placeOf(account, name),
	});

	async function read(name: string): Promise<unknown> {
		const draft = await store.get(account, name);

		if (!draft) return undefined;
		try {
			const open = await crypto.subtle.decrypt(
				lock(name, draft.nonce),
				key,
				draft.sealed,
			);

			return JSON.parse(new TextDecoder().decode(open)) as unknown;
		} catch {
			await store.remove(account, name);
			return undefined;
		}
	}

	async function write(name: string, value: unknown): Promise<void> {
		const nonce = crypto.getRandomValues(new Uint8Array(NONCE_SIZE));
		const open = new TextEncoder().encode(JSON.stringify(value));
		const sealed = await crypto.subtle.encrypt(lock(name, nonce), key, open);

		await store.put({ account, name, nonce, sealed, saved: world.now() });
	}

	const remove = (name: string) => store.remove(account, name);
	const names = () => store.namesOf(account);
	const wasOf = async (name: string) => (await store.get(account, name))?.wasOf;

	async function wipe(): Promise<void> {
		await Promise.all((await names()).map(remove));
	}

	return { read, write, remove, names, wasOf, wipe };
}
