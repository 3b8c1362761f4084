/*
 * Days and times as people here know them: Gregorian and Solar Hijri side by side.
 *
 * The register gives each time with the site's own offset, and it is shown as it stands:
 * whatever zone this tablet believes to be in, the clock on the wall is the site's.
 */
import './when.css';

import { wordsNow } from '../../api/language';
import { type Calendar, clockOf, dateOf, dayOfIso } from '../../core/dates';
import { say, type Words } from '../../core/words';
import type { Key } from '../../gen/keys';

const SOLAR_MONTHS = [
	'web.month.hamal',
	'web.month.sawr',
	'web.month.jawza',
	'web.month.saratan',
	'web.month.asad',
	'web.month.sunbula',
	'web.month.mizan',
	'web.month.aqrab',
	'web.month.qaws',
	'web.month.jadi',
	'web.month.dalwa',
	'web.month.hut',
] as const satisfies readonly Key[];

// Not the browser's own names: it need not know Pashto, and then says "M05".
const GREGORIAN_MONTHS = [
	'web.month.january',
	'web.month.february',
	'web.month.march',
	'web.month.april',
	'web.month.may',
	'web.month.june',
	'web.month.july',
	'web.month.august',
	'web.month.september',
	'web.month.october',
	'web.month.november',
	'web.month.december',
] as const satisfies readonly Key[];

// In the reader's words, or in those of who sits opposite; day, month, year in every
// language, as papers here have it, whatever a browser thinks.

function textIn(calendar: Calendar, months: readonly Key[], day: number, words: Words): string {
	const date = dateOf(calendar, day);
	const month = months[date.month - 1];

	return month ? say(words, 'web.date.day', date.day, say(words, month), date.year) : '';
}

export function gregorianText(day: number, words: Words = wordsNow()): string {
	return textIn('gregorian', GREGORIAN_MONTHS, day, words);
}

export function solarText(day: number, words: Words = wordsNow()): string {
	return textIn('solar', SOLAR_MONTHS, day, words);
}

/** Both calendars, for a sentence. */
export function dayText(day: number, words: Words = wordsNow()): string {
	return say(words, 'web.date.both', gregorianText(day, words), solarText(day, words));
}

interface DayProps {
	/** "2026-11-26", or a time that begins so */
	readonly iso: string;
}

/** A day in both calendars. */
export function Day({ iso }: DayProps) {
	const day = dayOfIso(iso);

	if (day === null) return <bdi>{iso}</bdi>;
	return (
		<time class="day" dateTime={iso.slice(0, 10)}>
			<bdi>{gregorianText(day)}</bdi> <bdi class="quiet">{solarText(day)}</bdi>
		</time>
	);
}

/** "14:05" of "2026-11-26T14:05:00+05:00" */
export function clockText(iso: string): string {
	const [, hour = '0', minute = '0'] = /T(\d\d):(\d\d)/.exec(iso) ?? [];

	return clockOf(Number(hour) * 60 + Number(minute));
}

export function Clock({ iso }: DayProps) {
	return (
		<time dateTime={iso}>
			<bdi>{clockText(iso)}</bdi>
		</time>
	);
}

/** A time with its day in both calendars; a day alone where there is no more. */
export function When({ iso }: DayProps) {
	if (!iso.includes('T')) return <Day iso={iso} />;
	return (
		<>
			<Day iso={iso} /> <Clock iso={iso} />
		</>
	);
}
