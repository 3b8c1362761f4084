/* Whom, where and when one asks about; kept while one goes from one page of these to another. */
import { signal } from '@preact/signals';

import { isoOf, readDate } from '../../core/dates';
import type { Area } from '../../gen/api';
import type { Key } from '../../gen/keys';

export const GROUPS: readonly (readonly [group: string, key: Key])[] = [
	['por', 'web.applies.group-por'],
	['acc', 'web.applies.group-acc'],
	['undocumented', 'web.applies.group-undocumented'],
	['asylum_seekers', 'web.applies.group-asylum'],
	['umrf', 'web.applies.group-umrf'],
	['other', 'web.applies.group-other'],
];

const PAKISTAN = 'PAK';

export interface Question extends Whom {
	/** As typed. */
	readonly on: string;
	readonly knownOn: string;
}

export const question = signal<Question>({ group: 'por', area: null, on: '', knownOn: '' });

export function change(part: Partial<Question>): void {
	question.value = { ...question.value, ...part };
}

/** Whom and where, without a day. */
export interface Whom {
	readonly group: string;
	readonly area: Area | null;
}

/** What stands beside the question on the picture of the years. */
export const beside = signal<readonly Whom[]>([]);
const BESIDE_MAX = 5;

export function sameWhom(one: Whom, other: Whom): boolean {
	return one.group === other.group && one.area?.key === other.area?.key;
}

/** Kept, so that another can be chosen; the first goes where there are too many. */
export function keepBeside({ group, area }: Whom): void {
	const whom = { group, area };
	const others = beside.value.filter((one) => !sameWhom(one, whom));

	beside.value = [...others, whom].slice(-BESIDE_MAX);
}

export function removeBeside(whom: Whom): void {
	beside.value = beside.value.filter((one) => !sameWhom(one, whom));
}

/** A day that cannot be read yet is none: the field says so. */
export function dayOf(typed: string): string | undefined {
	const day = readDate(typed);

	return day === null ? undefined : isoOf(day);
}

/** Nothing at all is no mistake. */
export function isDay(typed: string): boolean {
	return !typed.trim() || readDate(typed) !== null;
}

/** The same as the server is asked. */
export function queryOf({ group, area, on, knownOn }: Question): string {
	const onDay = dayOf(on);
	const knownDay = dayOf(knownOn);

	return new URLSearchParams({
		group: group || 'other',
		area: area?.key ?? PAKISTAN,
		...(onDay && { on: onDay }),
		...(knownDay && { known_on: knownDay }),
	}).toString();
}
