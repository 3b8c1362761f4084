import { expect, test } from 'vitest';

import { membersOf } from './members';

test('each member is named once, in digits that the register knows', () => {
	expect(membersOf(' PES-25-00012-K ', '۱، ۲ ۲,4')).toEqual([
		'PES-25-00012-K/1',
		'PES-25-00012-K/2',
		'PES-25-00012-K/4',
	]);
});

test('a name, a zero or nothing is no member', () => {
	for (const numbers of ['', 'zarmina', '0', '1-2'])
		expect(membersOf('PES-25-00012-K', numbers)).toBeNull();
	expect(membersOf('', '1')).toBeNull();
});
