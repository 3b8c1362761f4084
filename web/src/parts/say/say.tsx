/*
 * A sentence whose values are names, numbers or links: each stands in a <bdi> of its own.
 * Of a text the browser finds out which way it runs.  Of an element of ours it cannot where
 * that has parts which are isolated themselves, and takes it to run from left to right: a day
 * in two calendars would stand turned around.
 */
import type { ComponentChildren } from 'preact';

import { languageNow, words } from '../../api/language';
import { cut, LANGUAGES, sentenceOf } from '../../core/words';
import type { Key } from '../../gen/keys';

interface SayProps {
	readonly k: Key;
	readonly values: readonly ComponentChildren[];
}

function directionOf(value: ComponentChildren): 'auto' | 'ltr' | 'rtl' {
	if (typeof value !== 'object') return 'auto';
	return LANGUAGES[languageNow()].rtl ? 'rtl' : 'ltr';
}

export function Say({ k, values }: SayProps) {
	const parts = words.value ? cut(sentenceOf(words.value, k)) : [];

	return (
		<>
			{parts.map((part) =>
				typeof part === 'number' ? (
					<bdi key={part} dir={directionOf(values[part - 1])}>
						{values[part - 1]}
					</bdi>
				) : (
					part
				),
			)}
		</>
	);
}
