/*
 * Hand scanners that type like a keyboard.  They type faster than any hand, and end with
 * Enter or Tab; so a burst is told from typing by its speed, whatever has the focus.
 *
 * What is read are the keys, not the letters: under a Persian layout the key S types س, and
 * the scanner, which knows nothing of layouts, still presses S.
 */

/** Of a KeyboardEvent. */
export interface Key {
	readonly code: string;
	readonly shiftKey: boolean;
	/** in ms */
	readonly timeStamp: number;
}

export interface Wedge {
	/** The whole of a burst when its last key is pressed; null: not yet, or no burst. */
	readonly press: (key: Key) => string | null;
	/** A burst runs: its keys are meant for nobody else. */
	readonly isBurst: () => boolean;
}

const GAP_MS = 30;
/** Two keys can fall together under a hand; so many do not. */
const KEYS_MIN = 6;

/** As scanners are set by default: the keys of a keyboard of the United States. */
const SIGNS: Readonly<Record<string, readonly [string, string]>> = {
	Minus: ['-', '_'],
	Equal: ['=', '+'],
	BracketLeft: ['[', '{'],
	BracketRight: [']', '}'],
	Backslash: ['\\', '|'],
	Semicolon: [';', ':'],
	Quote: ["'", '"'],
	Backquote: ['`', '~'],
	Comma: [',', '<'],
	Period: ['.', '>'],
	Slash: ['/', '?'],
	Space: [' ', ' '],
};
const ABOVE_DIGITS = ')!@#$%^&*(';

function letterOf({ code, shiftKey }: Key): string | null {
	const letter = /^Key([A-Z])$/.exec(code)?.[1];
	const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];

	if (letter !== undefined) return shiftKey ? letter : letter.toLowerCase();
	if (digit !== undefined)
		return shiftKey && code.startsWith('Digit')
			? (ABOVE_DIGITS[Number(digit)] ?? null)
			: digit;
	return SIGNS[code]?.[shiftKey ? 1 : 0] ?? null;
}

export function wedge(): Wedge {
	let letters = '';
	let last_ms = -Infinity;

	function press(key: Key): string | null {
		// Shift is pressed before its letter, and is none itself.
		if (key.code.startsWith('Shift')) return null;
		const isLate = key.timeStamp - last_ms > GAP_MS;
		const before = isLate ? '' : letters;
		const letter = letterOf(key);

		last_ms = key.timeStamp;
		letters = '';
		if (letter !== null) letters = before + letter;
		else if (key.code === 'Enter' || key.code === 'NumpadEnter' || key.code === 'Tab')
			return before.length >= KEYS_MIN ? before : null;
		return null;
	}

	return { press, isBurst: () => letters.length > 3 };
}
