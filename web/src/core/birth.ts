/*
 * What somebody says of her birth, in one box: a day, a year alone, or an age.
 *
 *     35         about 35 years, as of today; "about 35" in any of the languages says no more
 *     1985       born that year
 *     1364       born that year of Solar Hijri
 *     3/12/1990  born that day; 1369-9-12 the same in Solar Hijri
 *
 * The register keeps a Gregorian year or an age with the day on which it was said.  A
 * Solar Hijri year lies across two Gregorian ones: it is kept as the age that she had on
 * the last day of that year's anniversary, which bounds her birth by exactly that year.
 */
import {
	calendarOfYear,
	dayOf,
	dayOfIso,
	isoOf,
	monthDays,
	plusYears,
	readDate,
	yearsBetween,
} from './dates';
import { wholeNumber } from './digits';

export type Birth =
	| { readonly known: 'day'; readonly day: number }
	| { readonly known: 'year'; readonly year: number }
	| {
			readonly known: 'solar-year';
			readonly year: number;
			readonly from: number;
			readonly to: number;
	  }
	| { readonly known: 'age'; readonly age: number; readonly on: number };

export type BirthRead =
	| { readonly state: 'empty' }
	| { readonly state: 'unclear' }
	| { readonly state: 'future' }
	| { readonly state: 'read'; readonly birth: Birth };

const AGE_MAX = 120;
const BIRTH_YEAR_MIN = 1890;

/** First and last day on which she can have been born. */
export function birthSpan(birth: Birth): { from: number; to: number } {
	switch (birth.known) {
		case 'day':
			return { from: birth.day, to: birth.day };
		case 'year':
			return {
				from: dayOfIso(`${birth.year}-01-01`) ?? 0,
				to: dayOfIso(`${birth.year}-12-31`) ?? 0,
			};
		case 'solar-year':
			return { from: birth.from, to: birth.to };
		case 'age':
			return {
				from: plusYears(birth.on, -birth.age - 1) + 1,
				to: plusYears(birth.on, -birth.age),
			};
	}
}

/** Whether she may be under 18 on that day. */
export function mayBeChild(birth: Birth, on: number): boolean {
	return yearsBetween(birthSpan(birth).to, on) < 18;
}

function solarYear(year: number): Birth | null {
	const from = dayOf('solar', { year, month: 1, day: 1 });
	const to = dayOf('solar', { year, month: 12, day: monthDays('solar', year, 12) });

	return from === null || to === null ? null : { known: 'solar-year', year, from, to };
}

function birthOfNumber(number: number, today: number): Birth | null {
	if (number <= AGE_MAX) return { known: 'age', age: number, on: today };
	if (calendarOfYear(number) === 'solar') return solarYear(number);
	return number >= BIRTH_YEAR_MIN && number <= 2100 ? { known: 'year', year: number } : null;
}

const ABOUT =
	/^\s*(?:about|approx\.?|ca\.?|~|تقریب(?:اً|ا)?|تخمین(?:اً|ا)?|حدود(?:اً|ا)?|شاوخوا|نږدې|نژدې)\s*/iu;

function birthOfText(text: string, today: number): Birth | null {
	const number = wholeNumber(text);
	const age = wholeNumber(text.replace(ABOUT, ''));

	if (number !== null) return birthOfNumber(number, today);
	// A year that is only about right would be kept as if it were known.
	if (age !== null) return age <= AGE_MAX ? birthOfNumber(age, today) : null;
	const day = readDate(text);

	return day === null ? null : { known: 'day', day };
}

export function readBirth(text: string, today: number): BirthRead {
	if (!text.trim()) return { state: 'empty' };
	const birth = birthOfText(text, today);

	if (!birth || yearsBetween(birthSpan(birth).from, today) > AGE_MAX)
		return { state: 'unclear' };
	return birthSpan(birth).from > today ? { state: 'future' } : { state: 'read', birth };
}

/** The fields of person.registered and person.amended that say the same. */
export function birthFields(birth: Birth, today: number): Record<string, string | number> {
	switch (birth.known) {
		case 'day':
			return { birth_date: isoOf(birth.day) };
		case 'year':
			return { birth_year: birth.year };
		case 'age':
			return { age: birth.age, age_on: isoOf(birth.on) };
		case 'solar-year': {
			const age = yearsBetween(birth.to, today);

			// The year is not over: she has no whole age yet, and the Gregorian year has to do.
			if (age < 0) return { birth_year: Number(isoOf(birth.from).slice(0, 4)) };
			return { age, age_on: isoOf(plusYears(birth.to, age)) };
		}
	}
}
