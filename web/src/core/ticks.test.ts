import { expect, test } from 'vitest';

import type { Movement } from '../gen/api';
import { emptyTickSheet, factOfTick, keyOf, tickedOf, withTick, type TickSheet } from './ticks';

const BUS: Movement = {
	id: 'b'.repeat(32),
	departs: '2026-11-25T08:00:00+05:00',
	from: 'VRC-AZAKHEL',
	from_name: 'Azakhel',
	crossing: 'XP-TORKHAM',
	crossing_name: 'Torkham',
	seats: 40,
	taken: 2,
	cancelled: false,
};
const [ZARMINA, WALI] = ['1'.repeat(32), '2'.repeat(32)] as const;

function sheetOf(...ticks: readonly (readonly [string, 'asked' | 'boarded' | 'arrived'])[]) {
	return ticks.reduce<TickSheet>(
		(sheet, [person, mark]) => ({
			...sheet,
			...withTick(sheet, person, mark, `key of ${mark}`),
		}),
		{ ...emptyTickSheet(), paperDay: '25/11/2026', paperClock: '7:40' },
	);
}

test('ticks are sent line by line, each line in the order of the journey', () => {
	const sheet = sheetOf([WALI, 'boarded'], [ZARMINA, 'boarded'], [ZARMINA, 'asked']);

	expect(tickedOf(sheet, [ZARMINA, WALI]).map(({ person, mark }) => [person, mark])).toEqual([
		[ZARMINA, 'asked'],
		[ZARMINA, 'boarded'],
		[WALI, 'boarded'],
	]);
});

test('a box that is emptied takes no other with it', () => {
	const sheet = sheetOf([ZARMINA, 'asked'], [ZARMINA, 'boarded']);
	const without = { ...sheet, ...withTick(sheet, ZARMINA, 'asked', undefined) };

	expect(keyOf(without, ZARMINA, 'asked')).toBeUndefined();
	expect(keyOf(without, ZARMINA, 'boarded')).toBe('key of boarded');
});

test('each tick is a fact of the time on the paper', () => {
	const sheet = sheetOf([ZARMINA, 'boarded']);

	expect(tickedOf(sheet, [ZARMINA]).map((tick) => factOfTick(sheet, BUS, tick))).toEqual([
		{
			kind: 'departure.recorded',
			subject: ZARMINA,
			happened: '2026-11-25T07:40:00',
			movement: BUS.id,
		},
	]);
});

test('nobody arrives nowhere', () => {
	const sheet = sheetOf([ZARMINA, 'arrived']);
	const [tick] = tickedOf(sheet, [ZARMINA]);

	expect(tick && factOfTick(sheet, BUS, tick)).toBeNull();
});
