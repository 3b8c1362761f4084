// @vitest-environment happy-dom
import { expect, test } from 'vitest';

import { NO_PAPER } from '../../core/paper';
import type { Area, Person, Sheet } from '../../gen/api';
import { answersHerself, type Chosen, factOfChoice, factOfTalk, type Held } from './talk';

const ZARMINA: Person = {
	id: '0123456789abcdef0123456789abcdef',
	version: 3,
	member: 1,
	name: 'Zarmina',
	alias: 'YCS3TE',
	child: false,
	needs: [],
	status: 'registered',
	opened: 1,
};
const NANGARHAR: Area = {
	key: 'AF06@cod-ab-2022',
	code: 'AF06',
	name: 'Nangarhar',
	level: 'province',
};
const SHEET: Sheet = { version: 'ab'.repeat(32), area: NANGARHAR, dated: '2026-02-08', lines: [] };
const FORM = 'cd'.repeat(32);

const HELD: Held = {
	language: 'ps',
	spoken: 'pbu',
	understood: true,
	interpreter: ' ',
	company: 'alone',
	counsellorSex: 'female',
	area: NANGARHAR,
	topics: ['safety', 'staying'],
	readBack: true,
	...NO_PAPER,
};
const CHOSEN: Chosen = {
	answer: 'return',
	mark: 'thumb',
	witness: ' Bibi Hawa ',
	company: 'alone',
	destination: NANGARHAR,
	apart: false,
	interpreter: '',
	...NO_PAPER,
};

test('a talk names the version of the sheet that was shown', () => {
	expect(factOfTalk(ZARMINA, HELD, SHEET)).toMatchObject({
		kind: 'counselling.held',
		sheet: SHEET.version,
		sheet_area: NANGARHAR.key,
		language: 'pbu',
	});
});

test('a talk without a sheet, a topic or who was there is not recorded', () => {
	expect(factOfTalk(ZARMINA, HELD, null)).toBeNull();
	expect(factOfTalk(ZARMINA, { ...HELD, topics: [] }, SHEET)).toBeNull();
	expect(factOfTalk(ZARMINA, { ...HELD, company: '' }, SHEET)).toBeNull();
});

test('an interpreter of blanks is nobody', () => {
	expect(factOfTalk(ZARMINA, HELD, SHEET)).not.toHaveProperty('interpreter');
});

test('she herself marks her answer, on the text that was shown', () => {
	expect(factOfChoice(ZARMINA, CHOSEN, FORM)).toEqual({
		kind: 'choice.made',
		subject: ZARMINA.id,
		by: ZARMINA.id,
		answer: 'return',
		form: FORM,
		mark: 'thumb',
		witness: 'Bibi Hawa',
		company: 'alone',
		destination: NANGARHAR.key,
	});
});

test('an answer to stay names no destination', () => {
	for (const answer of ['stay', 'undecided'] as const)
		expect(factOfChoice(ZARMINA, { ...CHOSEN, answer }, FORM)).not.toHaveProperty(
			'destination',
		);
});

test('an answer to return without a destination is not recorded', () => {
	expect(factOfChoice(ZARMINA, { ...CHOSEN, destination: null }, FORM)).toBeNull();
});

test('nothing is answered before she answers', () => {
	expect(factOfChoice(ZARMINA, { ...CHOSEN, answer: '' }, FORM)).toBeNull();
});

test('a child is asked for an answer only where one of its own is on record', () => {
	const child = { ...ZARMINA, child: true };

	expect(answersHerself(ZARMINA)).toBe(true);
	expect(answersHerself(child)).toBe(false);
	expect(
		answersHerself({
			...child,
			choice: { answer: 'return', at: '2026-11-24T10:00:00+05:00' },
		}),
	).toBe(true);
});

test('what is typed in from a paper happened on its day, and names who filled it in', () => {
	const paper = {
		isFromPaper: true,
		paperDay: '25/11/2026',
		paperClock: '10:15',
		paperOfficer: ' Nasrin ',
	};

	expect(
		factOfChoice(ZARMINA, { ...CHOSEN, ...paper, interpreter: 'Wali' }, FORM),
	).toMatchObject({
		happened: '2026-11-25T10:15:00',
		paper_officer: 'Nasrin',
		interpreter: 'Wali',
	});
	expect(factOfTalk(ZARMINA, { ...HELD, ...paper }, SHEET)).toMatchObject({
		happened: '2026-11-25T10:15:00',
		paper_officer: 'Nasrin',
	});
	expect(factOfTalk(ZARMINA, HELD, SHEET)).not.toHaveProperty('happened');
});
