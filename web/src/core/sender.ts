/*
 * A proposal reaches the register exactly once, whatever becomes of the wire.
 *
 * It is given a key before it is sent for the first time.  Where no answer comes, nobody
 * knows whether it was recorded: it is sent again with the same key, and the register
 * answers as it did the first time.  Only an answer ends this; closing the page does not,
 * since the proposal and its key are in the draft by then.
 */
import type { Fact, Known, Problem, Proposal, Recorded } from '../gen/api';

export type Sent =
	| { readonly state: 'recorded'; readonly recorded: Recorded }
	/** The register answered no: nothing was recorded. */
	| { readonly state: 'refused'; readonly problem: Problem };

/** What one attempt came to; "silent": no answer. */
export type Attempt = Sent | { readonly state: 'silent' };

export interface SendWorld {
	/** One attempt. */
	readonly post: (proposal: Proposal) => Promise<Attempt>;
	/** Come back after `ms`, or sooner where the network is said to be there again. */
	readonly wait: (ms: number) => Promise<void>;
	/** Told before each attempt but the first. */
	readonly waiting?: (attempts: number) => void;
}

const WAIT_MS_MIN = 1_000;
const WAIT_MS_MAX = 15_000;

export function waitMs(attempts: number): number {
	return Math.min(WAIT_MS_MAX, WAIT_MS_MIN * 2 ** (attempts - 1));
}

/** The key stands on the first fact and counts for all of them. */
export function proposalOf(
	key: string,
	facts: readonly Fact[],
	known: readonly Known[] = [],
): Proposal {
	const keyed = { facts: facts.map((fact, i) => (i === 0 ? { ...fact, key } : fact)) };

	return known.length ? { ...keyed, known } : keyed;
}

export async function send(proposal: Proposal, world: SendWorld): Promise<Sent> {
	for (let attempts = 1; ; attempts++) {
		const attempt = await world.post(proposal);

		if (attempt.state !== 'silent') return attempt;
		world.waiting?.(attempts);
		await world.wait(waitMs(attempts));
	}
}
