/* One press that records something: what becomes of it, exactly once. */
import { useState } from 'preact/hooks';

import { newKey, record } from '../../api/facts';
import { proposalOf } from '../../core/sender';
import type { Fact, Problem } from '../../gen/api';

export type DeedState =
	| { readonly state: 'idle' }
	| { readonly state: 'sending' }
	| { readonly state: 'refused'; readonly problem: Problem }
	| { readonly state: 'recorded' };

export interface Deed {
	readonly now: DeedState;
	readonly run: (facts: readonly Fact[]) => Promise<void>;
	readonly reset: () => void;
}

export function useDeed(): Deed {
	const [now, setNow] = useState<DeedState>({ state: 'idle' });

	async function run(facts: readonly Fact[]): Promise<void> {
		setNow({ state: 'sending' });
		const sent = await record(proposalOf(newKey(), facts));

		setNow(
			sent.state === 'recorded'
				? { state: 'recorded' }
				: { state: 'refused', problem: sent.problem },
		);
	}

	return { now, run, reset: () => setNow({ state: 'idle' }) };
}
