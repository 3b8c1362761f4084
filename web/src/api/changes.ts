/*
 * Whether anything was recorded anywhere in the centre since.
 *
 * One page of this browser asks, the one that holds the lock, and tells the others: eight
 * pages cost the server one connection.  A page that is hidden neither asks nor holds the
 * lock; when it comes back, it asks at once.
 */
import { effect, signal } from '@preact/signals';

import { waitMs } from '../core/sender';
import { get } from './server';
import { isAway, lookAtSession, session, sitting } from './session';

/** Grows with everything that is recorded; a screen that reads it is drawn anew. */
export const moment = signal(0);

const LOCK = 'ikhtiar.changes';
const ANSWER_MS = 40_000;

const others = new BroadcastChannel('ikhtiar.changes');

function learn(news: number): void {
	// Not only more: a server that was started again counts from the beginning.
	if (news !== moment.peek()) moment.value = news;
}

others.onmessage = ({ data }: MessageEvent<unknown>) => {
	if (typeof data === 'number') learn(data);
};

function sleep(ms: number, stop: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const timer = setTimeout(resolve, ms);

		stop.addEventListener('abort', () => {
			clearTimeout(timer);
			resolve();
		});
	});
}

/** Asks until `stop`. */
async function listen(stop: AbortSignal): Promise<void> {
	for (let silent = 0; !stop.aborted;) {
		const answer = await get('Changes', `/api/changes?after=${moment.peek()}`, {
			signal: stop,
			wait_ms: ANSWER_MS,
			waitsForSession: false,
		});

		if (answer.state === 'ok') {
			silent = 0;
			learn(answer.value.moment);
			others.postMessage(answer.value.moment);
		} else {
			// Locked by somebody, or her account is closed: her screen is covered now.
			if (answer.state === 'problem') await lookAtSession();
			await sleep(waitMs(++silent), stop);
		}
	}
}

function listenWhenItIsOurTurn(): AbortController {
	const stop = new AbortController();

	// Refused only because it was given up: then another page listens.
	navigator.locks
		.request(LOCK, { signal: stop.signal }, () => listen(stop.signal))
		.catch(() => undefined);
	return stop;
}

export function followChanges(): void {
	const visible = signal(!document.hidden);

	document.addEventListener('visibilitychange', () => {
		visible.value = !document.hidden;
	});
	effect(() => {
		if (session.value) learn(session.value.moment);
	});
	effect(() => {
		if (!visible.value || sitting.value === null || isAway.value) return undefined;
		const listening = listenWhenItIsOurTurn();

		return () => listening.abort();
	});
}
