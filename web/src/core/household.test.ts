import { expect, test } from 'vitest';

import type { Area } from '../gen/api';
import { dayOfIso } from './dates';
import {
	draftsOf,
	emptyHousehold,
	emptyMember,
	factsOf,
	type HouseholdDraft,
	lacksOf,
	type MemberDraft,
	withNext,
	withoutUntouched,
} from './household';

const today = dayOfIso('2026-11-26') ?? NaN;
const area: Area = { key: 'PK528@cod-ab-2022', code: 'PK528', name: 'Peshawar', level: 'district' };

function householdOf(...members: Partial<MemberDraft>[]): HouseholdDraft {
	return {
		...emptyHousehold(),
		residence: area,
		members: members.map((member, i) => ({
			...emptyMember(i + 1, i ? 'child' : 'head'),
			group: 'por',
			...member,
		})),
	};
}

const head = { given: 'زلمی', sex: 'male', birth: '1362' } as const;
const wife = { given: 'Zarmina', sex: 'female', birth: '35', relation: 'spouse' } as const;
const child = { given: 'ګل', sex: 'female', birth: '۹' } as const;

test('a name goes to the field of its script, and in the other script to the other', () => {
	const [, person] = factsOf(
		householdOf({ ...head, given: 'Zalmai', givenOther: 'زلمی', father: 'Tahir' }),
		today,
	);

	expect(person).toMatchObject({
		given: 'زلمی',
		given_latin: 'Zalmai',
		father_latin: 'Tahir',
	});
});

test('a wife names her husband and a child follows the head', () => {
	const [household, , second, third] = factsOf(householdOf(head, wife, child), today);

	expect(household).toMatchObject({ kind: 'household.registered', head: '@p1' });
	expect(second).toMatchObject({ spouse: '@p1', age: 35, age_on: '2026-11-26' });
	expect(third).toMatchObject({ guardian: '@p1', age: 9 });
});

test('a wife who is the head names her husband, and he names nobody', () => {
	const [, first, second] = factsOf(
		householdOf({ ...wife, relation: 'head' }, { ...head, relation: 'spouse' }),
		today,
	);

	expect(first).toMatchObject({ spouse: '@p2' });
	expect(second).not.toHaveProperty('spouse');
});

test('a child of others follows nobody until it is said whom', () => {
	const niece = { ...child, relation: 'other-relative' } as const;

	expect(factsOf(householdOf(head, niece), today)[2]).not.toHaveProperty('guardian');
	expect(factsOf(householdOf(head, wife, { ...niece, guardian: 2 }), today)[3]).toMatchObject(
		{
			guardian: '@p2',
		},
	);
});

test('no child is put behind a head who may be a child too', () => {
	expect(factsOf(householdOf({ ...head, birth: '16' }, child), today)[2]).not.toHaveProperty(
		'guardian',
	);
});

test('what was not said is not in the fact', () => {
	const [household, person] = factsOf(householdOf(head), today);

	for (const fact of [household, person])
		for (const value of Object.values(fact ?? {}))
			expect(['', null, undefined]).not.toContain(value);
	expect(household).not.toHaveProperty('phone_safe');
});

test('what is missing is told of each person, and nothing else is', () => {
	const lacks = lacksOf(
		{ ...householdOf(head, { given: 'x', birth: '12/12' }), residence: null },
		today,
	);

	expect(lacks.map((lack) => lack.what)).toEqual(['residence', 'sex', 'birth']);
	expect(lacksOf(householdOf(head, wife, child), today)).toEqual([]);
	expect(lacksOf(householdOf(head, { ...wife, relation: 'head' }), today)).toEqual([
		{ what: 'two-heads' },
	]);
});

test('an entry from paper has the day of the paper, in either calendar, and none to come', () => {
	const paper = { ...householdOf(head), isFromPaper: true };

	expect(factsOf({ ...paper, paperDay: '4/9/1405' }, today)[1]).toMatchObject({
		happened: '2026-11-25',
	});
	expect(
		factsOf({ ...paper, paperDay: '4/9/1405', caseNumber: 'psh-26-۸۰۰۰۱-k' }, today)[0],
	).toMatchObject({ case_number: 'PSH-26-80001-K' });
	expect(lacksOf({ ...paper, paperDay: '27/11/2026' }, today)).toEqual([
		{ what: 'paper-day' },
	]);
	expect(lacksOf(paper, today)).toEqual([{ what: 'paper-day' }]);
});

test('the next person takes over what a family shares', () => {
	const next = withNext(householdOf({ ...head, group: 'acc' })).members[1];

	expect(next).toMatchObject({ at: 2, group: 'acc', relation: '', given: '' });
});

test('doubles are looked for by all that is known of each person', () => {
	const household = householdOf(
		{ ...head, father: 'نور', number: '۰۰۰۰۰-8541019-9', birth: '1985' },
		{ ...wife, birth: '35' },
	);
	const { people } = draftsOf(household, today);

	expect(people[0]).toMatchObject({
		name: 'زلمی نور',
		number: '00000-8541019-9',
		year: 1985,
		about: false,
		sex: 'male',
	});
	expect(people[1]).toMatchObject({ name: 'Zarmina', year: 1991, about: true });
	expect(people[1]).not.toHaveProperty('number');
});

test('a person whom the last Enter began, and of whom nothing was said, is nobody', () => {
	const family = householdOf(head, wife);

	expect(withoutUntouched(withNext(family))).toEqual(family);
	expect(withoutUntouched(family)).toBe(family);
	expect(withoutUntouched(householdOf(head, { given: 'Gul' })).members).toHaveLength(2);
	expect(withoutUntouched(emptyHousehold()).members).toHaveLength(1);
});
