import { expect, test } from 'vitest';

import type { Fact, Proposal } from '../gen/api';
import { type Attempt, proposalOf, send, waitMs } from './sender';

const FACTS: readonly Fact[] = [
	{ kind: 'choice.withdrawn', subject: 'a', channel: 'phone' },
	{ kind: 'choice.withdrawn', subject: 'b', channel: 'phone' },
];

/** A register at the end of a wire: it keeps what reaches it, the wire loses `lost` answers. */
function registerBehindAWire(lost: ('request' | 'answer')[]) {
	const kept = new Map<string, number>();
	const tried: Proposal[] = [];
	const waits: number[] = [];

	const post = (proposal: Proposal): Promise<Attempt> => {
		const loss = lost[tried.length];
		const key = String(proposal.facts[0]?.key);

		tried.push(proposal);
		if (loss === 'request') return Promise.resolve({ state: 'silent' });
		const repeated = kept.has(key);

		if (!repeated) kept.set(key, kept.size);
		if (loss === 'answer') return Promise.resolve({ state: 'silent' });
		return Promise.resolve({
			state: 'recorded',
			recorded: { repeated, recorded: [], ids: [] },
		});
	};
	const wait = (ms: number) => {
		waits.push(ms);
		return Promise.resolve();
	};
	return { kept, tried, waits, post, wait };
}

test('an answer that was lost does not record twice', async () => {
	const register = registerBehindAWire(['answer', 'answer']);
	const sent = await send(proposalOf('k1', FACTS), register);

	expect(sent).toMatchObject({ state: 'recorded', recorded: { repeated: true } });
	expect(register.kept.size).toBe(1);
	expect(register.tried).toHaveLength(3);
});

test('a request that was lost is sent again, the same to the letter', async () => {
	const register = registerBehindAWire(['request', 'request', 'request']);

	await send(proposalOf('k1', FACTS), register);
	expect(new Set(register.tried.map((p) => JSON.stringify(p))).size).toBe(1);
	expect(register.kept.size).toBe(1);
});

test('a refusal is an answer: nothing is sent again', async () => {
	const problem = { type: '', title: '', status: 422, detail: '', key: 'x' };
	let attempts = 0;
	const sent = await send(proposalOf('k1', FACTS), {
		post: () => Promise.resolve({ state: 'refused', problem, attempts: attempts++ }),
		wait: () => Promise.reject(new Error('nothing to wait for')),
	});

	expect(sent.state).toBe('refused');
	expect(attempts).toBe(1);
});

test('the waits grow, and end growing', () => {
	expect([1, 2, 3, 4, 5, 50].map(waitMs)).toEqual([1000, 2000, 4000, 8000, 15000, 15000]);
});
