import { expect, test } from 'vitest';

import { elapsed } from './elapsed';

const REPORTED = '2026-11-26T09:00:00+05:00';
const at = (time: string) => Date.parse(`2026-11-${time}+05:00`);

test('what was reported this hour is not counted', () => {
	expect(elapsed(REPORTED, at('26T09:59:59'))).toEqual({ within: 'hour' });
});

test('whole hours are counted while the duty runs, and after', () => {
	expect(elapsed(REPORTED, at('26T10:00:00'))).toEqual({ within: 'duty', hours: 1 });
	expect(elapsed(REPORTED, at('27T08:59:59'))).toEqual({ within: 'duty', hours: 23 });
	expect(elapsed(REPORTED, at('27T09:00:00'))).toEqual({ within: 'late', hours: 24 });
});

test('the hours are those of the site, wherever this tablet believes to be', () => {
	expect(elapsed('2026-11-26T04:00:00Z', at('26T11:30:00'))).toEqual({
		within: 'duty',
		hours: 2,
	});
});

test('a report that lies ahead, by a clock that was wrong, is of now', () => {
	expect(elapsed(REPORTED, at('26T08:00:00'))).toEqual({ within: 'hour' });
});
