import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { get, post, reached, stand } from './server';

const DONE = { done: true };

function problem(status: number, key: string) {
	return { type: 'about:blank', title: '', status, detail: '', key };
}

/** What comes over the wire, one answer a request; and what was sent. */
function wire(...answers: readonly (object | Error)[]) {
	const sent: { path: string; token: string | null; body: unknown }[] = [];

	vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
		const answer = answers[sent.length] ?? new Error('nobody asked for this');

		sent.push({
			path,
			token: new Headers(init.headers).get('X-Ikhtiar-Token'),
			body: init.body,
		});
		if (answer instanceof Error) return Promise.reject(answer);
		const status = 'status' in answer ? Number(answer.status) : 200;
		const response = Response.json(answer, { status });

		Object.defineProperty(response, 'url', { value: `http://127.0.0.1${path}` });
		return Promise.resolve(response);
	});
	return sent;
}

let token: string | undefined;
let comesBack = true;

beforeEach(() => {
	token = 'before';
	comesBack = true;
	stand({
		token: () => token,
		language: () => 'ps',
		comeBack: () => {
			token = 'after';
			return Promise.resolve(comesBack);
		},
	});
});

afterEach(() => vi.unstubAllGlobals());

test('a request whose PIN is due waits for her and is sent again as it was', async () => {
	const sent = wire(problem(401, 'session.pin'), DONE);

	expect(await post('Done', '/api/facts', { facts: [] })).toEqual({
		state: 'ok',
		value: DONE,
	});
	expect(sent.map((one) => one.body)).toEqual(['{"facts":[]}', '{"facts":[]}']);
	expect(sent.map((one) => one.token)).toEqual(['before', 'after']);
});

test('where nobody comes back, the server’s word is the answer', async () => {
	comesBack = false;
	const sent = wire(problem(423, 'register.locked'));
	const answer = await post('Done', '/api/facts');

	expect(answer).toMatchObject({ state: 'problem', problem: { key: 'register.locked' } });
	expect(sent).toHaveLength(1);
});

test('a token of before is asked for anew, once', async () => {
	const sent = wire(problem(403, 'session.token'), problem(403, 'session.token'));
	const answer = await post('Done', '/api/facts');

	expect(answer).toMatchObject({ state: 'problem', problem: { key: 'session.token' } });
	expect(sent.map((one) => one.token)).toEqual(['before', 'after']);
});

test('who is about to come in is told at once that the passphrase is wrong', async () => {
	const sent = wire(problem(401, 'account.denied'));

	await post('Session', '/api/login', {}, { waitsForSession: false });
	expect(sent).toHaveLength(1);
});

test('no answer, and an answer that is not as promised, are silence', async () => {
	const told = vi.spyOn(console, 'error').mockReturnValue();

	wire(new Error('the wire is cut'));
	expect(await get('Done', '/api/x')).toEqual({ state: 'silent' });
	expect(reached.value).toBe(false);

	wire({ done: 'yes' });
	expect(await get('Done', '/api/x')).toEqual({ state: 'silent' });
	expect(reached.value).toBe(true);
	expect(told).toHaveBeenCalledWith('/api/x', 'Done/done');
});
