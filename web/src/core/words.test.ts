import { expect, test } from 'vitest';

import { cut, say, sayCount, type Words } from './words';

const sentences = {
	'kind.a': '{2} before {1}',
	'code.x.y': ['{1} person', '{1} people'],
};
const english: Words = { language: 'en', sentences };
const dari: Words = { language: 'fa-AF', sentences };
const count = 'code.x.y' as never;

test('values go where the sentence wants them', () => {
	expect(say(english, 'kind.a', 'one', 2)).toBe('2 before one');
});

test('from right to left each value is isolated', () => {
	expect(say(dari, 'kind.a', 'PK528', 'x')).toBe('\u2068x\u2069 before \u2068PK528\u2069');
});

test('a date within a sentence is not turned around', () => {
	const date = say(dari, 'kind.a', 'ثور', 18);

	expect(say(dari, 'kind.a', date, 'x')).toBe(`\u2068x\u2069 before \u2067${date}\u2069`);
});

test('a count takes the form that its language wants', () => {
	expect([0, 1, 2].map((n) => sayCount(english, count, n))).toEqual([
		'0 people',
		'1 person',
		'2 people',
	]);
	expect(sayCount(dari, count, 0)).toContain('person');
	expect(sayCount(dari, count, 2)).toContain('people');
});

test('a key without a sentence is said as it is, not as an empty place', () => {
	expect(say(english, 'kind.unknown')).toBe('kind.unknown');
});

test('a sentence is cut where its values stand', () => {
	expect(cut('{1} of {2}.')).toEqual(['', 1, ' of ', 2, '.']);
});
