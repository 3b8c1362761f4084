/* What a screen asks of the server, asked again when something new was recorded. */
import { useEffect, useState } from 'preact/hooks';

import { moment } from '../../api/changes';
import { languageNow } from '../../api/language';
import { type Answer, reached } from '../../api/server';

export type Asked<T> = { readonly state: 'loading' } | Answer<T>;

/**
 * `ask` is asked when one of `about`, the language or the register changes.  What is known
 * stays on the screen meanwhile, and where no answer comes.
 */
export function useAsked<T>(
	ask: (signal: AbortSignal) => Promise<Answer<T>>,
	about: readonly unknown[],
): Asked<T> {
	const [asked, setAsked] = useState<{ about: string; answer: Asked<T> }>();
	const key = JSON.stringify(about);
	const language = languageNow();
	const now = moment.value;
	const there = reached.value;

	useEffect(() => {
		const stop = new AbortController();

		void ask(stop.signal).then((answer) => {
			if (stop.signal.aborted) return;
			setAsked((before) =>
				answer.state === 'silent' &&
				before?.about === key &&
				before.answer.state === 'ok'
					? before
					: { about: key, answer },
			);
		});
		return () => stop.abort();
		// What `ask` closes over is named in `about`.
	}, [key, language, now, there]);

	return asked?.about === key ? asked.answer : { state: 'loading' };
}
