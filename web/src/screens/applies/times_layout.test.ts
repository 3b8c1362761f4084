import { expect, it } from 'vitest';

import { dayOfIso } from '../../core/dates';
import { barOf, placeOf, rowsWithin, type Scale, yearsOf } from './times_layout';

const day = (iso: string) => dayOfIso(iso) ?? NaN;
const SCALE: Scale = {
	first: day('2024-01-01'),
	last: day('2024-12-31'),
	left: 100,
	right: 466,
	isRtl: false,
};
const WHOLE = { from: '2024-01-01', to: '2024-12-31', conflicts_with: [] };

it('a day is as wide as another, and the last one has its whole width', () => {
	expect(barOf(SCALE, WHOLE)).toMatchObject({ x: 100, width: 366, goesOn: false });
	expect(barOf(SCALE, { ...WHOLE, from: '2024-12-31' })).toMatchObject({ x: 465, width: 1 });
});

it('from right to left the first day stands at the right', () => {
	const mirrored = { ...SCALE, isRtl: true };

	expect(placeOf(mirrored, SCALE.first)).toBe(466);
	expect(barOf(mirrored, { ...WHOLE, to: '2024-01-01' })).toMatchObject({ x: 465, width: 1 });
});

it('what lies partly outside is cut, and what lies outside is not drawn', () => {
	const before = { from: '2010-01-01', to: '2023-12-31', conflicts_with: [] };
	const open = { from: '2024-12-01', conflicts_with: ['DIR-039'] };

	expect(barOf(SCALE, before)).toBeNull();
	expect(barOf(SCALE, open)).toMatchObject({
		width: 31,
		isContradicted: true,
		goesOn: true,
	});
	const row = { id: '', instrument: '', authority: '', level: 'court', says: '' } as const;

	expect(rowsWithin([{ ...row, spans: [before] }], SCALE)).toEqual([]);
});

it('each year that begins within it has its mark', () => {
	const marks = yearsOf({ ...SCALE, first: day('2022-06-01') });

	expect(marks.map(({ year }) => year)).toEqual([2023, 2024]);
});
