import { expect, test } from 'vitest';

import {
	clockOf,
	dateOf,
	dayOf,
	dayOfIso,
	isoOf,
	monthDays,
	plusYears,
	readClock,
	readDate,
	yearsBetween,
} from './dates';

const solar = (year: number, month: number, day: number) => dayOf('solar', { year, month, day });
const iso = (text: string) => dayOfIso(text) ?? NaN;

test('both calendars meet on days that everybody knows', () => {
	expect(solar(1403, 1, 1)).toBe(iso('2024-03-20'));
	expect(solar(1403, 12, 30)).toBe(iso('2025-03-20'));
	expect(solar(1404, 1, 1)).toBe(iso('2025-03-21'));
	expect(solar(1300, 1, 1)).toBe(iso('1921-03-21'));
	expect(solar(1357, 2, 7)).toBe(iso('1978-04-27'));
	expect(solar(1450, 12, 29)).toBe(iso('2072-03-19'));
	expect(iso('2000-03-01')).toBe(11017);
});

test('leap years are those of the official calendar', () => {
	const leap = [
		1300, 1304, 1309, 1313, 1317, 1321, 1325, 1329, 1333, 1337, 1342, 1346, 1350, 1354,
		1358, 1362, 1366, 1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408, 1412,
		1416, 1420, 1424, 1428, 1432, 1436, 1441, 1445, 1449,
	];
	const found = Array.from({ length: 151 }, (_, i) => 1300 + i).filter(
		(year) => monthDays('solar', year, 12) === 30,
	);

	expect(found).toEqual(leap);
});

test('every day of our years survives both calendars', () => {
	for (const calendar of ['gregorian', 'solar'] as const) {
		for (let day = iso('1831-03-22'); day <= iso('2122-03-19'); day++) {
			if (dayOf(calendar, dateOf(calendar, day)) !== day)
				expect.fail(`${calendar} ${day}`);
		}
	}
});

test('the year tells the calendar, and may stand first or last', () => {
	for (const text of [
		'2025-03-20',
		'20/3/2025',
		'20.03.2025',
		'1403-12-30',
		'30/12/1403',
		'۳۰/۱۲/۱۴۰۳',
	])
		expect(isoOf(readDate(text) ?? NaN)).toBe('2025-03-20');
});

test('a day that is not there is none', () => {
	for (const text of [
		'2025-02-29',
		'30/12/1404',
		'31/4/2025',
		'5/5/25',
		'1403',
		'',
		'2025-13-01',
	])
		expect(readDate(text)).toBeNull();
	expect(dayOfIso('2025-02-30')).toBeNull();
});

test('birthdays count whole years, and one of 29 February comes on 1 March', () => {
	expect(yearsBetween(iso('2007-11-27'), iso('2025-11-26'))).toBe(17);
	expect(yearsBetween(iso('2007-11-26'), iso('2025-11-26'))).toBe(18);
	expect(isoOf(plusYears(iso('2008-02-29'), 18))).toBe('2026-03-01');
});

test('a time of the day is taken in the ways in which it is typed', () => {
	expect(['9', '09:00', '900', '۹:۰۰', '9.00'].map(readClock)).toEqual([
		540, 540, 540, 540, 540,
	]);
	expect(['24', '9:60', '9:5', 'x', ''].map(readClock)).toEqual([
		null,
		null,
		null,
		null,
		null,
	]);
	expect(clockOf(545)).toBe('09:05');
});
