import { expect, test } from 'vitest';

import { factsOf } from './said';

test('what is decided stands in both files, each of which names the other', () => {
	expect(factsOf('same', 'a', 'b')).toEqual([
		{ kind: 'person.same-as', subject: 'a', other: 'b' },
		{ kind: 'person.same-as', subject: 'b', other: 'a' },
	]);
});

test('whoever agrees is named in both, and to ask later names nobody', () => {
	expect(factsOf('different', 'a', 'b', 'c').map((fact) => 'second' in fact)).toEqual([
		true,
		true,
	]);
	expect(factsOf('later', 'a', 'b', 'c').map((fact) => 'second' in fact)).toEqual([
		false,
		false,
	]);
});
