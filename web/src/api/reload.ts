/*
 * Who sits here outlives a reload of the page, also while the server does not answer: this
 * page keeps how she stood, without the token, and the browser her key, which it can use and
 * nobody can read.  Both go when the screen is covered, left, or not touched for as long as
 * the server allows; another page, or this one closed and opened again, finds nothing.
 */
import { atTheDoor } from '../core/door';
import type { Session } from '../gen/api';
import { keyStore } from './store';

const KEPT = 'session';
const TOUCHED = 'touched_ms';

export interface Remembered {
	readonly session: Session;
	readonly account: string;
	readonly key: CryptoKey;
}

export async function remember(session: Session, key: CryptoKey): Promise<void> {
	const kept = Object.entries(session).filter(
		([name]) => name !== 'token' && name !== 'draft_key',
	);

	sessionStorage.setItem(KEPT, JSON.stringify(Object.fromEntries(kept)));
	keepTouched(Date.now());
	await keyStore.put(session.account ?? '', key);
}

export function keepTouched(ms: number): void {
	sessionStorage.setItem(TOUCHED, String(ms));
}

export async function forget(): Promise<void> {
	sessionStorage.removeItem(KEPT);
	await keyStore.clear();
}

function keptSession(): Session | null {
	try {
		return atTheDoor('Session', JSON.parse(sessionStorage.getItem(KEPT) ?? 'null'));
	} catch {
		return null;
	}
}

export async function remembered(): Promise<Remembered | null> {
	const session = keptSession();
	const idle_ms = Date.now() - Number(sessionStorage.getItem(TOUCHED));

	if (!session?.account || idle_ms > (session.idle_s ?? 0) * 1000) return null;
	const key = await keyStore.get(session.account);

	return key ? { session, account: session.account, key } : null;
}
