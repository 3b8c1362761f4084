import { expect, test } from 'vitest';

import { zone } from './zone';

const PASSPORT = [
	'P<AFGTEST<<SCANNER<<<<<<<<<<<<<<<<<<<<<<<<<<',
	'P000000<<0AFG9001011F3001012<<<<<<<<<<<<<<02',
] as const;
const CARD = [
	'I<AFG0000000000<<<<<<<<<<<<<<<',
	'9001011F3001012AFG<<<<<<<<<<<2',
	'TEST<<SCANNER<<<<<<<<<<<<<<<<<',
] as const;

test('two lines of a passport, or three of a card, are one scan', () => {
	const scans = zone();

	expect(scans.take(PASSPORT[0], 0)).toBeNull();
	expect(scans.take(PASSPORT[1], 80)).toBe(PASSPORT.join('\n'));
	expect(scans.take(CARD[0], 5000)).toBeNull();
	expect(scans.take(CARD[1], 5080)).toBeNull();
	expect(scans.take(CARD[2], 5160)).toBe(CARD.join('\n'));
});

test('a slip is whole at once, also where a zone was cut off before it', () => {
	const scans = zone();

	expect(scans.take(PASSPORT[0], 0)).toBeNull();
	expect(scans.take('IKS1:5R7T0W9K3M2N8P4Q6S1V7X0Y4Z', 60)).toBe(
		'IKS1:5R7T0W9K3M2N8P4Q6S1V7X0Y4Z',
	);
});

test('a first line that is scanned again after a while begins anew', () => {
	const scans = zone();

	expect(scans.take(PASSPORT[0], 0)).toBeNull();
	expect(scans.take(PASSPORT[0], 3000)).toBeNull();
	expect(scans.take(PASSPORT[1], 3090)).toBe(PASSPORT.join('\n'));
});
