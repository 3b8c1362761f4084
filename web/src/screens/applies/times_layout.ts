/*
 * Where the bars of the time-line stand: days to places along the picture.  Who reads from
 * right to left meets the first day at the right.
 */
import type { TimeRow, TimeSpan } from '../../gen/api';
import { dateOf, dayOf, dayOfIso } from '../../core/dates';

export interface Bar {
	readonly x: number;
	readonly width: number;
	readonly isContradicted: boolean;
	/** It goes on beyond the last day of the picture. */
	readonly goesOn: boolean;
}

export interface Scale {
	readonly first: number;
	/** The last day that is drawn. */
	readonly last: number;
	/** From and to where bars may stand, from the left. */
	readonly left: number;
	readonly right: number;
	readonly isRtl: boolean;
}

export function placeOf({ first, last, left, right, isRtl }: Scale, day: number): number {
	const share = (day - first) / (last + 1 - first);

	return isRtl ? right - share * (right - left) : left + share * (right - left);
}

/** Null: on no day of the picture. */
export function barOf(scale: Scale, span: TimeSpan): Bar | null {
	const from = dayOfIso(span.from) ?? scale.first;
	const to = span.to === undefined ? Infinity : (dayOfIso(span.to) ?? scale.last);

	if (to < scale.first || from > scale.last) return null;
	const begin = placeOf(scale, Math.max(from, scale.first));
	const end = placeOf(scale, Math.min(to, scale.last) + 1);

	return {
		x: Math.min(begin, end),
		width: Math.abs(end - begin),
		isContradicted: span.conflicts_with.length > 0,
		goesOn: to > scale.last,
	};
}

/** Those of which something is to be seen. */
export function rowsWithin(rows: readonly TimeRow[], scale: Scale): readonly TimeRow[] {
	return rows.filter((row) => row.spans.some((span) => barOf(scale, span) !== null));
}

/** The first days of the years that begin within it. */
export function yearsOf({ first, last }: Scale): readonly { year: number; day: number }[] {
	const years = [];

	for (let { year } = dateOf('gregorian', first); ; year++) {
		const day = dayOf('gregorian', { year, month: 1, day: 1 });

		if (day === null || day > last) return years;
		if (day >= first) years.push({ year, day });
	}
}
