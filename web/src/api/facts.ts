/* The one write door. */
import { type Attempt, send, type Sent } from '../core/sender';
import type { Proposal } from '../gen/api';
import { post } from './server';

/** A key that nobody else has, for a proposal that is about to be made. */
export function newKey(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));

	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function postOnce(proposal: Proposal): Promise<Attempt> {
	const answer = await post('Recorded', '/api/facts', proposal);

	switch (answer.state) {
		case 'ok':
			return { state: 'recorded', recorded: answer.value };
		case 'problem':
			// It says itself when the same may be asked again: too busy, or just starting.
			if (answer.problem.retry_after_s !== undefined) return { state: 'silent' };
			return { state: 'refused', problem: answer.problem };
		case 'silent':
			return answer;
	}
}

function waitForNetwork(ms: number): Promise<void> {
	return new Promise((resolve) => {
		const done = () => {
			removeEventListener('online', done);
			clearTimeout(timer);
			resolve();
		};
		const timer = setTimeout(done, ms);

		addEventListener('online', done);
	});
}

/** Record it, exactly once; comes back only with an answer. */
export function record(proposal: Proposal, waiting?: (attempts: number) => void): Promise<Sent> {
	return send(proposal, {
		post: postOnce,
		wait: waitForNetwork,
		...(waiting && { waiting }),
	});
}
