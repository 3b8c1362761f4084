/*
 * What of the codes in a film is believed.  A QR code mends itself or is none.  A PDF417 that
 * is held askew can be mended into another number, and a Code 128 has a single sign that
 * checks it: a card's code has to be the same in two pictures, and a PDF417 to lie straight.
 *
 * Nobody holds a card straight.  A picture in which nothing is found may have one that lies
 * askew, so that the next is turned before it is read, each by another angle, until one finds
 * it; and as it is held still, so are those that follow.
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

function isSure(found: FoundCode): boolean {
	return found.format !== 'PDF417' || isStraight(found);
}

/** In degrees; each reaches ASKEW_MAX to either side.  Every other one is for straight cards. */
const TURNS = [0, 6, 0, -6, 0, 12, 0, -12, 0, 18, 0, -18] as const;

/** To be told of each picture of a film what was found in it; gives how the next is turned. */
export function turnings(): (found: FoundCode | undefined) => number {
	let at = 0;

	return (found) => {
		if (!found || !isSure(found)) at = (at + 1) % TURNS.length;
		return TURNS[at] ?? 0;
	};
}

/** To be asked of each picture of a film in turn; gives the text that is believed. */
export function believed(): (found: FoundCode | undefined) => string | null {
	let before: string | null = null;

	return (found) => {
		if (found?.format === 'QRCode') return found.text;
		const text = found && isSure(found) ? found.text : null;
		const isSame = text === before;

		before = text;
		return isSame ? text : null;
	};
}
