/* What is said of two records: the same words in both files, in one go. */
import type { Fact } from '../../gen/api';

export type Said = 'same' | 'different' | 'later';

function factOf(said: Said, subject: string, other: string, second: string | undefined): Fact {
	const agreed = second === undefined ? {} : { second };

	switch (said) {
		case 'same':
			return { kind: 'person.same-as', subject, other, ...agreed };
		case 'different':
			return { kind: 'person.not-same-as', subject, other, ...agreed };
		case 'later':
			return { kind: 'person.maybe-same-as', subject, other };
	}
}

export function factsOf(said: Said, one: string, other: string, second?: string): readonly Fact[] {
	return [factOf(said, one, other, second), factOf(said, other, one, second)];
}
