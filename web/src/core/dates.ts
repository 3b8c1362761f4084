/*
 * Days in two calendars, Gregorian and Solar Hijri as Afghanistan keeps it.
 *
 * A day is a number, days since 1970-01-01, as in base/calendar of the register; the two
 * agree day by day.  In Solar Hijri the first six months have 31 days, the next five 30,
 * Hut 29 and in a leap year 30.  A year is leap when the remainder of year / 33 is one of
 * 1 5 9 13 17 22 26 30.  1 Hamal 1403 is 20 March 2024.
 */
import { asciiDigits } from './digits';

export type Calendar = 'gregorian' | 'solar';

export interface CalendarDate {
	readonly year: number;
	/** from 1, as `day` */
	readonly month: number;
	readonly day: number;
}

const DAY_MS = 86_400_000;
const CYCLE = 33;
const CYCLE_DAYS = CYCLE * 365 + 8;
const SOLAR_YEAR_0 = 19802 - 42 * CYCLE_DAYS - 17 * 365 - 4;
const LEAP_RESTS: readonly number[] = [1, 5, 9, 13, 17, 22, 26, 30];
const YEARS = { gregorian: [1800, 2199], solar: [1210, 1500] } as const;

// --- Gregorian

function gregorianDay({ year, month, day }: CalendarDate): number {
	return Date.UTC(year, month - 1, day) / DAY_MS;
}

function gregorianDate(day: number): CalendarDate {
	const d = new Date(day * DAY_MS);

	return { year: d.getUTCFullYear(), month: d.getUTCMonth() + 1, day: d.getUTCDate() };
}

// --- Solar Hijri

/** Days from the start of a cycle to its year `rest`. */
function daysBefore(rest: number): number {
	return rest * 365 + LEAP_RESTS.filter((leap) => leap < rest).length;
}

function daysBeforeMonth(month: number): number {
	return month <= 7 ? (month - 1) * 31 : (month - 1) * 30 + 6;
}

function solarDay({ year, month, day }: CalendarDate): number {
	const cycles = Math.floor(year / CYCLE);

	return (
		SOLAR_YEAR_0 +
		cycles * CYCLE_DAYS +
		daysBefore(year % CYCLE) +
		daysBeforeMonth(month) +
		day -
		1
	);
}

function solarDate(day: number): CalendarDate {
	const cycle = Math.floor((day - SOLAR_YEAR_0) / CYCLE_DAYS);
	let left = day - SOLAR_YEAR_0 - cycle * CYCLE_DAYS;
	let rest = Math.floor(left / 366);

	if (rest + 1 < CYCLE && daysBefore(rest + 1) <= left) rest++;
	left -= daysBefore(rest);
	const month = left < 186 ? Math.floor(left / 31) + 1 : Math.floor((left - 186) / 30) + 7;

	return { year: cycle * CYCLE + rest, month, day: left - daysBeforeMonth(month) + 1 };
}

// --- both

/** How many days a month has; 0 where there is no such month, or the year is not taken. */
export function monthDays(calendar: Calendar, year: number, month: number): number {
	const [least, most] = YEARS[calendar];

	if (month < 1 || month > 12 || year < least || year > most) return 0;
	if (calendar === 'gregorian') return new Date(Date.UTC(year, month, 0)).getUTCDate();
	if (month < 12) return month <= 6 ? 31 : 30;
	return LEAP_RESTS.includes(year % CYCLE) ? 30 : 29;
}

/** Null: there is no such day. */
export function dayOf(calendar: Calendar, date: CalendarDate): number | null {
	if (date.day < 1 || date.day > monthDays(calendar, date.year, date.month)) return null;
	return calendar === 'solar' ? solarDay(date) : gregorianDay(date);
}

export function dateOf(calendar: Calendar, day: number): CalendarDate {
	return calendar === 'solar' ? solarDate(day) : gregorianDate(day);
}

/** "2026-11-26" */
export function isoOf(day: number): string {
	return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Of "2026-11-26", or of a time that begins so; null: it is neither. */
export function dayOfIso(text: string): number | null {
	const parts = /^(\d{4})-(\d\d)-(\d\d)(?:$|T)/.exec(text);

	if (!parts) return null;
	const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];

	return dayOf('gregorian', { year, month, day });
}

/** `day` moved by years; 29 February becomes 1 March where there is none. */
export function plusYears(day: number, years: number): number {
	const date = gregorianDate(day);

	return gregorianDay({ ...date, year: date.year + years });
}

/** Whole years from one day to another, as birthdays are counted. */
export function yearsBetween(from: number, to: number): number {
	const a = gregorianDate(from);
	const b = gregorianDate(to);
	const before = b.month < a.month || (b.month === a.month && b.day < a.day);

	return b.year - a.year - (before ? 1 : 0);
}

// --- as people type them

/** Years below this are Solar Hijri: nobody alive was born in 1600. */
const SOLAR_BELOW = 1600;

export function calendarOfYear(year: number): Calendar {
	return year < SOLAR_BELOW ? 'solar' : 'gregorian';
}

/**
 * A whole date: year first or year last, month in the middle, digits of any script; the
 * year tells the calendar.  Null: it is none, or there is no such day.
 */
export function readDate(text: string): number | null {
	const parts = /^(\d{1,4})[-/. ]+(\d{1,2})[-/. ]+(\d{1,4})$/.exec(asciiDigits(text).trim());

	if (!parts) return null;
	const [a, month, b] = parts.slice(1).map(Number) as [number, number, number];

	if (String(parts[1]).length === 4 && String(parts[3]).length <= 2)
		return dayOf(calendarOfYear(a), { year: a, month, day: b });
	if (String(parts[3]).length === 4 && String(parts[1]).length <= 2)
		return dayOf(calendarOfYear(b), { year: b, month, day: a });
	return null;
}

/** "9", "9:30", "930", "۱۴:۰۵" as minutes from midnight; null: it is no time of the day. */
export function readClock(text: string): number | null {
	const parts = /^(\d{1,2})(?:[:. ]?(\d\d))?$/.exec(asciiDigits(text).trim());

	if (!parts) return null;
	const hour = Number(parts[1]);
	const minute = Number(parts[2] ?? 0);

	return hour < 24 && minute < 60 ? hour * 60 + minute : null;
}

/** "09:05" */
export function clockOf(minutes: number): string {
	const two = (n: number) => String(n).padStart(2, '0');

	return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
