import { expect, test } from 'vitest';

import { asciiDigits, onlyDigits, wholeNumber } from './digits';

test('a number reads the same in ASCII, Arabic and Persian digits, and in a mixture', () => {
	for (const text of ['1403', '١٤٠٣', '۱۴۰۳', '1٤۰3', '  ۱۴۰۳ '])
		expect(wholeNumber(text)).toBe(1403);
});

test('what is not wholly a number is none', () => {
	for (const text of ['', ' ', '12a', '-3', '3.5', '۱۲ سال', '1'.repeat(16)])
		expect(wholeNumber(text)).toBeNull();
});

test('everything but digits stays as it was', () => {
	expect(asciiDigits('PES-۲۶-٠٠٠١٢-K/٣')).toBe('PES-26-00012-K/3');
});

test('a PIN takes six digits of any script and nothing else', () => {
	expect(onlyDigits('۱۲ ٣-4x567', 6)).toBe('123456');
});
