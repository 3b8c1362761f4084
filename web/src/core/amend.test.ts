import { expect, test } from 'vitest';

import type { Household, Person } from '../gen/api';
import { amendmentOf, contactAmendmentOf, contactOf, memberOf } from './amend';
import { dayOfIso } from './dates';

const today = dayOfIso('2026-11-26') ?? NaN;
const zarmina: Person = {
	id: '3f',
	version: 4,
	member: 1,
	name: 'زرمینه',
	alias: 'KL4M7Q',
	names: { given: 'زرمینه', given_latin: 'Zarmina', father_latin: 'Gul' },
	sex: 'female',
	child: false,
	relation: 'head',
	group: 'por',
	needs: ['DS', 'WR'],
	status: 'registered',
	papers: [{ kind: 'por', number: '00000-1', surrendered: false }],
	opened: 1,
};

function amended(patch: object) {
	return amendmentOf(zarmina, { ...memberOf(zarmina), ...patch }, today);
}

test('a form that nobody touched records nothing', () => {
	expect(amended({})).toBeNull();
	expect(amended({ needs: ['WR', 'DS'] })).toBeNull();
});

test('only what is otherwise now is in the fact', () => {
	expect(amended({ givenOther: 'Zarmeena' })).toEqual({ given_latin: 'Zarmeena' });
	expect(amended({ marital: 'widowed', birth: '1362' })).toEqual({
		marital: 'widowed',
		age: 42,
		age_on: '2026-03-20',
	});
	expect(amended({ needs: ['DS'] })).toEqual({ needs: ['DS'] });
});

test('an emptied box unsays nothing', () => {
	expect(amended({ given: '', sex: '', group: '' })).toBeNull();
});

test('a new paper stands beside those she has', () => {
	expect(amended({ paper: 'tazkira', number: ' 12-3 ' })).toEqual({
		documents: [
			{ kind: 'por', number: '00000-1' },
			{ kind: 'tazkira', number: '12-3' },
		],
	});
});

test('a household is corrected alike', () => {
	const household: Household = {
		id: '9a',
		people: [],
		phone: '+92 1',
		phone_safe: true,
		address: 'Lane 3',
	};
	const contact = contactOf(household);

	expect(contactAmendmentOf(household, contact)).toBeNull();
	expect(contactAmendmentOf(household, { ...contact, address: '', phone: '+92 2' })).toEqual({
		phone: '+92 2',
	});
	expect(contactAmendmentOf(household, { ...contact, phoneSafe: false })).toEqual({
		phone_safe: false,
	});
});
