import { expect, test } from 'vitest';

import { readIn, spokenAs } from './spoken';
import { isLanguage, LANGUAGES } from './words';

test('every language of the screens is read by who speaks it', () => {
	for (const language of Object.keys(LANGUAGES))
		if (isLanguage(language)) expect(readIn(spokenAs(language))).toBe(language);
});

test('who speaks Hazaragi reads Dari', () => {
	expect(readIn('haz')).toBe('fa-AF');
});

test('of a language that nobody here writes nothing is assumed', () => {
	expect(readIn('bal')).toBeNull();
	expect(readIn(undefined)).toBeNull();
});
