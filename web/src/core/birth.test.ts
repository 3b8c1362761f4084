import { expect, test } from 'vitest';

import { type Birth, birthFields, birthSpan, mayBeChild, readBirth } from './birth';
import { dayOfIso, isoOf, plusYears } from './dates';

const today = dayOfIso('2026-11-26') ?? NaN;

function birthOf(text: string): Birth {
	const read = readBirth(text, today);

	if (read.state !== 'read') throw new Error(`${text}: ${read.state}`);
	return read.birth;
}

function spanOf(text: string): string[] {
	const { from, to } = birthSpan(birthOf(text));

	return [isoOf(from), isoOf(to)];
}

test('an age is first class, with the day on which it was said', () => {
	expect(birthFields(birthOf('۳۵'), today)).toEqual({ age: 35, age_on: '2026-11-26' });
	expect(spanOf('35')).toEqual(['1990-11-27', '1991-11-26']);
	expect(birthFields(birthOf('0'), today)).toEqual({ age: 0, age_on: '2026-11-26' });
});

test('an age that is said to be about right is that age, and such a year is not taken', () => {
	const aged = { age: 35, age_on: '2026-11-26' };

	for (const text of ['about 35', 'About ۳۵', '~35', 'تقریباً ۳۵', 'شاوخوا ٣٥', 'حدود 35'])
		expect(birthFields(birthOf(text), today)).toEqual(aged);
	expect(readBirth('about 1985', today).state).toBe('unclear');
	expect(readBirth('about', today).state).toBe('unclear');
});

test('a year alone is first class in both calendars', () => {
	expect(birthFields(birthOf('1985'), today)).toEqual({ birth_year: 1985 });
	expect(spanOf('1364')).toEqual(['1985-03-21', '1986-03-20']);
});

test('a Solar Hijri year is kept as an age that bounds the birth by exactly that year', () => {
	for (let year = 1310; year < 1405; year++) {
		const fields = birthFields(birthOf(String(year)), today);
		const on = dayOfIso(String(fields['age_on'])) ?? NaN;
		const [from, to] = spanOf(String(year)).map((iso) => dayOfIso(iso) ?? NaN);

		expect(on).toBeLessThanOrEqual(today);
		expect(plusYears(on, -Number(fields['age']))).toBe(to);
		expect(
			Math.abs(plusYears(on, -Number(fields['age']) - 1) + 1 - (from ?? NaN)),
		).toBeLessThanOrEqual(1);
	}
});

test('a day is taken in both calendars', () => {
	expect(birthFields(birthOf('3/12/1990'), today)).toEqual({ birth_date: '1990-12-03' });
	expect(birthFields(birthOf('1369-9-12'), today)).toEqual({ birth_date: '1990-12-03' });
});

test('what cannot be read, or lies ahead, is not guessed at', () => {
	expect(readBirth('', today).state).toBe('empty');
	for (const text of ['about', '121', '1501', '1889', '31/2/1990', '2101'])
		expect(readBirth(text, today).state).toBe('unclear');
	for (const text of ['2027', '27/11/2026', '1406'])
		expect(readBirth(text, today).state).toBe('future');
});

test('who may be under 18 counts as a child', () => {
	expect(mayBeChild(birthOf('2008'), today)).toBe(true);
	expect(mayBeChild(birthOf('2007'), today)).toBe(false);
	expect(mayBeChild(birthOf('18'), today)).toBe(false);
	expect(mayBeChild(birthOf('17'), today)).toBe(true);
});
