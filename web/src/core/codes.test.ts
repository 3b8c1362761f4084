import { expect, test } from 'vitest';

import { believed, type FoundCode } from './codes';

const NUMBER = '00000-1990017-4';

function code(format: string, text: string, orientation = 0): FoundCode {
	return { format, text, orientation };
}

function textsOf(film: readonly (FoundCode | undefined)[]): (string | null)[] {
	return film.map(believed());
}

test('a QR code is believed at once', () => {
	expect(textsOf([code('QRCode', 'IKS1:7', 41)])).toEqual(['IKS1:7']);
});

test('what a card says is believed when two pictures say it', () => {
	const card = code('Code128', NUMBER);

	expect(textsOf([card, card])).toEqual([null, NUMBER]);
	expect(textsOf([card, undefined, card])).toEqual([null, null, null]);
	expect(textsOf([card, code('Code128', '4'), card])).toEqual([null, null, null]);
});

test('a PDF417 askew was read as another number: it has to lie straight, or upright', () => {
	const film = (orientation: number) => {
		const card = code('PDF417', NUMBER, orientation);

		return textsOf([card, card])[1];
	};

	expect([0, 3, -3, 90, -92, 178, 270].map(film)).toEqual(Array(7).fill(NUMBER));
	expect([4, -7, 45, 86, 99].map(film)).toEqual(Array(5).fill(null));
});
