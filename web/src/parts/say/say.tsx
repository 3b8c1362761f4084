/* A sentence whose values are names, numbers or links: each stands in a <bdi> of its own. */
import type { ComponentChildren } from 'preact';

import { words } from '../../api/language';
import { cut, sentenceOf } from '../../core/words';
import type { Key } from '../../gen/keys';

interface SayProps {
	readonly k: Key;
	readonly values: readonly ComponentChildren[];
}

export function Say({ k, values }: SayProps) {
	const parts = words.value ? cut(sentenceOf(words.value, k)) : [];

	return (
		<>
			{parts.map((part) =>
				typeof part === 'number' ? (
					<bdi key={part}>{values[part - 1]}</bdi>
				) : (
					part
				),
			)}
		</>
	);
}
