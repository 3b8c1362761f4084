/* Who is called in the yard just now, asked again and again while somebody can see it. */
import { useEffect, useState } from 'preact/hooks';

import type { Call } from '../gen/api';
import { get } from './server';

/** What is known, and how to ask at once; null: nothing is known yet. */
export function useCalled(pauseMs: number): readonly [readonly Call[] | null, () => Promise<void>] {
	const [calls, setCalls] = useState<readonly Call[] | null>(null);

	async function look(signal?: AbortSignal) {
		// Also where nobody is in: a screen in the yard has no account.
		const answer = await get('Called', '/api/called', {
			waitsForSession: false,
			...(signal && { signal }),
		});

		if (answer.state === 'ok' && !signal?.aborted) setCalls(answer.value.calls);
	}

	useEffect(() => {
		const stop = new AbortController();
		const timer = setInterval(() => {
			if (!document.hidden) void look(stop.signal);
		}, pauseMs);

		void look(stop.signal);
		return () => {
			stop.abort();
			clearInterval(timer);
		};
	}, [pauseMs]);
	return [calls, () => look()];
}
