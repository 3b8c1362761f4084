/*
 * Asking the server: JSON there and back, every answer held against its promised shape.
 *
 * Where the session's PIN is due, or the session is over, a request waits until somebody
 * has come in again over the same screen, and is then sent again: nothing typed is lost.
 * A request whose answer never came may have been done; only what may be repeated is
 * repeated (sender.ts).
 */
import { signal } from '@preact/signals';

import { atTheDoor, NotAsPromised } from '../core/door';
import type { Problem, Shapes } from '../gen/api';

export type Answer<T> =
	| { readonly state: 'ok'; readonly value: T }
	| { readonly state: 'problem'; readonly problem: Problem }
	/** No answer came. */
	| { readonly state: 'silent' };

/** Whether the last request was answered at all. */
export const reached = signal(true);

/** What a request takes from the session, which in its turn is asked of the server. */
export interface Standing {
	readonly token: () => string | undefined;
	readonly language: () => string;
	/** Comes back when somebody is in again; false: the session was left for good. */
	readonly comeBack: () => Promise<boolean>;
}

let standing: Standing = {
	token: () => undefined,
	language: () => 'en',
	comeBack: () => Promise.resolve(false),
};

export function stand(given: Standing): void {
	standing = given;
}

const WAIT_MS = 20_000;

export interface Asking {
	/** Where not 20 s: how long an answer may take. */
	readonly wait_ms?: number;
	/** Not the reader's own language: what is printed for somebody else. */
	readonly language?: string;
	readonly signal?: AbortSignal;
	/** False: 401 is an answer, as for who is about to come in. */
	readonly waitsForSession?: boolean;
}

function headersOf(body: unknown, asking: Asking): Headers {
	const headers = new Headers({
		Accept: 'application/json',
		'Accept-Language': asking.language ?? standing.language(),
	});
	const token = standing.token();

	if (body !== undefined) headers.set('Content-Type', 'application/json');
	if (token) headers.set('X-Ikhtiar-Token', token);
	return headers;
}

async function ask(path: string, body: unknown, asking: Asking): Promise<Response | null> {
	const late = AbortSignal.timeout(asking.wait_ms ?? WAIT_MS);

	try {
		const response = await fetch(path, {
			method: body === undefined ? 'GET' : 'POST',
			headers: headersOf(body, asking),
			body: body === undefined ? null : JSON.stringify(body),
			signal: asking.signal ? AbortSignal.any([late, asking.signal]) : late,
			cache: 'no-store',
		});

		reached.value = true;
		return response;
	} catch {
		if (!asking.signal?.aborted) reached.value = false;
		return null;
	}
}

async function readAnswer<T>(response: Response, take: (json: unknown) => T): Promise<Answer<T>> {
	try {
		const json: unknown = await response.json();

		if (response.ok) return { state: 'ok', value: take(json) };
		return { state: 'problem', problem: atTheDoor('Problem', json) };
	} catch (wrong) {
		// The wire can end in the middle of an answer; what came whole but is not as promised
		// is a fault of ours, and says so where a developer looks.
		if (wrong instanceof NotAsPromised) console.error(path(response), wrong.message);
		return { state: 'silent' };
	}
}

function path(response: Response): string {
	return new URL(response.url).pathname;
}

/** Nobody is in here, or the register was locked meanwhile. */
function asksWho(status: number): boolean {
	return status === 401 || status === 423;
}

/** Another page of this browser came in anew: the token of this one is of before. */
function isOfBefore<T>(answer: Answer<T>): boolean {
	return answer.state === 'problem' && answer.problem.key === 'session.token';
}

/** `body` undefined: GET; an empty object: a POST that says nothing. */
async function call<T>(
	address: string,
	body: unknown,
	take: (json: unknown) => T,
	asking: Asking,
): Promise<Answer<T>> {
	for (let wasOfBefore = false; ;) {
		const response = await ask(address, body, asking);

		if (!response) return { state: 'silent' };
		const answer = await readAnswer(response, take);

		if (asking.waitsForSession === false) return answer;
		if (!asksWho(response.status) && (wasOfBefore || !isOfBefore(answer)))
			return answer;
		wasOfBefore = isOfBefore(answer);
		if (!(await standing.comeBack())) return answer;
	}
}

export function get<Name extends keyof Shapes>(
	shape: Name,
	address: string,
	asking: Asking = {},
): Promise<Answer<Shapes[Name]>> {
	return call(address, undefined, (json) => atTheDoor(shape, json), asking);
}

export function post<Name extends keyof Shapes>(
	shape: Name,
	address: string,
	body: object = {},
	asking: Asking = {},
): Promise<Answer<Shapes[Name]>> {
	return call(address, body, (json) => atTheDoor(shape, json), asking);
}

/** What has no shape of its own. */
export function getAs<T>(
	take: (json: unknown) => T,
	address: string,
	asking: Asking = {},
): Promise<Answer<T>> {
	return call(address, undefined, take, asking);
}
