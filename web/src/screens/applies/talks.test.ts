import { expect, it } from 'vitest';

import { codeOf, hashOf, linesOf, longestFirst, longParagraph, nextVersion } from './talks';

it('a text is its paragraphs, without blanks around them and without empty ones', () => {
	expect(linesOf('  Return is voluntary. \r\n\n\tThe jirga meets.\n')).toEqual([
		'Return is voluntary.',
		'The jirga meets.',
	]);
});

it('a paragraph is measured as it is kept, where a letter of Urdu takes two bytes', () => {
	expect(longParagraph(['a'.repeat(1000)])).toBeNull();
	expect(longParagraph(['a', 'ک'.repeat(501)])).toBe(2);
});

it('a hash is read as a letter gives it, and half of one is wrong', () => {
	const hash = '0123456789abcdef'.repeat(4);

	expect(hashOf(' ')).toEqual({ state: 'none' });
	expect(hashOf(hash.toUpperCase().replace(/(.{8})/g, '$1 '))).toEqual({
		state: 'given',
		hash,
	});
	expect(
		hashOf(hash.replace(/[0-9]/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)] ?? '')),
	).toEqual({
		state: 'given',
		hash,
	});
	expect(hashOf(hash.slice(1))).toEqual({ state: 'wrong' });
});

it('the next version follows the highest, in whatever order they came', () => {
	const version = (n: number) => ({ version: n, hash: '', text: '' });

	expect(nextVersion([])).toBe(1);
	expect(nextVersion([version(3), version(1)])).toBe(4);
});

it('a code of what is new never is that of a directive', () => {
	expect(codeOf('terms', 'kp ۲۰۲۶')).toBe('TOR-KP-2026');
	expect(codeOf('agreement', 'kabul')).toBe('AGR-KABUL');
	expect(codeOf('', 'kp')).toBe('');
	expect(codeOf('terms', 'kp/1')).toBe('');
});

it('who has waited longest stands first, and who waits since no known day last', () => {
	const waits = [{}, { days: 3 }, { days: 40 }].map((more) => ({
		wait: { who: '', for: '', ...more },
	}));

	expect(longestFirst(waits).map(({ wait }) => wait)).toMatchObject([
		{ days: 40 },
		{ days: 3 },
		{},
	]);
});
