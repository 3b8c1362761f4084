import { expect, test } from 'vitest';

import { dayOfIso } from './dates';
import {
	happenedOf,
	lacksOfPaper,
	NO_PAPER,
	type Paper,
	readCaseNumber,
	saidOnPaper,
} from './paper';

const today = dayOfIso('2026-11-26') ?? NaN;
const PAPER: Paper = {
	isFromPaper: true,
	paperDay: '4/9/1405',
	paperClock: '۱۴:۰۵',
	paperOfficer: ' Nasrin ',
};

test('what was typed without a paper happened now', () => {
	expect(happenedOf({ ...PAPER, isFromPaper: false })).toEqual({});
	expect(lacksOfPaper(NO_PAPER, today)).toEqual([]);
});

test('a paper has a day, and where it says so a time', () => {
	expect(happenedOf(PAPER)).toEqual({ happened: '2026-11-25T14:05:00' });
	expect(happenedOf({ ...PAPER, paperClock: '' })).toEqual({ happened: '2026-11-25' });
});

test('a paper of tomorrow, of no day or of no time of the day is asked about', () => {
	expect(lacksOfPaper({ ...PAPER, paperDay: '2026-11-27' }, today)).toEqual(['paper-day']);
	expect(lacksOfPaper({ ...PAPER, paperDay: '' }, today)).toEqual(['paper-day']);
	expect(lacksOfPaper({ ...PAPER, paperClock: '25:00' }, today)).toEqual(['paper-clock']);
	expect(lacksOfPaper(PAPER, today)).toEqual([]);
});

test('of whom a paper names only what is there is said, and nothing without a paper', () => {
	const fields = { paper_officer: PAPER.paperOfficer, interpreter: ' ' };

	expect(saidOnPaper(PAPER, fields)).toEqual({ paper_officer: 'Nasrin' });
	expect(saidOnPaper(NO_PAPER, fields)).toEqual({});
});

test('a number of a form is read in digits and letters of any sort', () => {
	expect(readCaseNumber(' psh-26-۸۰۰۰۱-k ')).toBe('PSH-26-80001-K');
});
