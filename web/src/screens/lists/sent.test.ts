import { expect, test } from 'vitest';

import { base64Of } from './sent';

test('bytes of every value and of more than one piece come back as they were', () => {
	const bytes = Uint8Array.from({ length: 100_001 }, (_, at) => at % 256);
	const back = Uint8Array.from(atob(base64Of(bytes)), (letter) => letter.charCodeAt(0));

	expect(back).toEqual(bytes);
});

test('nothing is the empty text', () => {
	expect(base64Of(new Uint8Array())).toBe('');
});
