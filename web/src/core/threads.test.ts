import { expect, test } from 'vitest';

import type { Event } from '../gen/api';
import { following, openThreads } from './threads';

const CLOSING = { kind: 'incident.closed', field: 'incident' };
const LIFTING = { kind: 'hold.lifted', field: 'hold' };

function event(kind: string, fact: string, field?: string, names?: string): Event {
	const said = { field: field ?? '', label: '', value: '' };

	return {
		fact,
		kind,
		what: kind,
		happened: '2026-11-26',
		recorded: '2026-11-26T09:00:00+05:00',
		annullable: false,
		values:
			field === undefined
				? []
				: [names === undefined ? said : { ...said, names }],
	};
}

test('an incident is open until it is closed, whatever becomes of another', () => {
	const events = [
		event('incident.reported', 'a/1/1'),
		event('incident.reported', 'a/1/2'),
		event('incident.closed', 'a/1/3', 'incident', 'a/1/1'),
	];

	expect(openThreads(events, 'incident.reported', CLOSING)).toEqual([events[1]]);
});

test('a lifting that names no hold ends all that stood, and none that came after', () => {
	const events = [
		event('hold.placed', 'a/1/1'),
		event('hold.placed', 'a/1/2'),
		event('hold.lifted', 'a/1/3'),
		event('hold.placed', 'a/1/4'),
	];

	expect(openThreads(events, 'hold.placed', LIFTING)).toEqual([events[3]]);
});

test('a referral belongs to the incident that it names', () => {
	const first = event('incident.reported', 'a/1/1');
	const second = event('incident.reported', 'a/1/2');
	const referral = event('incident.referred', 'a/1/3', 'incident', 'a/1/2');
	const events = [first, second, referral];
	const referring = { kind: 'incident.referred', field: 'incident' };

	expect(following(events, first, referring)).toEqual([]);
	expect(following(events, second, referring)).toEqual([referral]);
});
