import { expect, test } from 'vitest';

import { atTheDoor } from './door';

const event = {
	fact: '3f/1/7',
	kind: 'choice.made',
	what: 'Choice made',
	happened: '2026-11-26',
	recorded: '2026-11-26T09:00:00+05:00',
	values: [{ field: 'answer', label: 'Answer', value: 'To stay' }],
	annullable: false,
};

test('what is of the promised form comes in as it is', () => {
	expect(atTheDoor('History', { events: [event, event] }).events).toHaveLength(2);
});

test('a member that is missing, of another type or deep inside is named', () => {
	const without = { ...event, what: undefined };
	const deep = { ...event, values: [{ field: 'answer', label: 7, value: 'x' }] };

	expect(() => atTheDoor('History', { events: [event, without] })).toThrow(
		'History/events/1/what',
	);
	expect(() => atTheDoor('History', { events: [deep] })).toThrow(
		'History/events/0/values/0/label',
	);
	expect(() => atTheDoor('History', [])).toThrow('History');
	expect(() => atTheDoor('History', { events: {} })).toThrow('History/events');
});

test('a word that is not of its list does not come in', () => {
	const refusal = {
		rule: 'R',
		statement: '',
		source: '',
		why: '',
		next: '',
		outcome: 'maybe',
	};

	expect(() => atTheDoor('Refusal', refusal)).toThrow('Refusal/outcome');
});

test('a number that is none, or too large to be exact, does not come in', () => {
	expect(() => atTheDoor('Changes', { moment: 2 ** 60, locked: false })).toThrow(
		'Changes/moment',
	);
	expect(() => atTheDoor('Changes', { moment: 1.5, locked: false })).toThrow(
		'Changes/moment',
	);
});

test('a member of a newer server is no reason to stop', () => {
	expect(atTheDoor('Changes', { moment: 7, locked: false, mood: 'new' }).moment).toBe(7);
});
