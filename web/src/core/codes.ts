/*
 * What of the codes in a film is believed.  A QR code mends itself or is none.  A PDF417 that
 * is held askew can be mended into another number, and a Code 128 has a single sign that
 * checks it: a card's code has to be the same in two pictures, and a PDF417 to lie straight.
 */

/** As a picture shows it. */
export interface FoundCode {
	readonly format: string;
	readonly text: string;
	/** How it lies, in degrees. */
	readonly orientation: number;
}

const QUARTER = 90;
/** Misread ones were seen from 4 degrees on. */
const ASKEW_MAX = 3;

function isStraight({ orientation }: FoundCode): boolean {
	const over = Math.abs(orientation) % QUARTER;

	return Math.min(over, QUARTER - over) <= ASKEW_MAX;
}

/** To be asked of each picture of a film in turn; gives the text that is believed. */
export function believed(): (found: FoundCode | undefined) => string | null {
	let before: string | null = null;

	return (found) => {
		if (found?.format === 'QRCode') return found.text;
		const text =
			found && (found.format !== 'PDF417' || isStraight(found))
				? found.text
				: null;
		const isSame = text === before;

		before = text;
		return isSame ? text : null;
	};
}
