/*
 * Hand scanners that type like a keyboard.  They type faster than any hand, and end with
 * Enter or Tab; so a burst is told from typing by its speed, whatever has the focus.
 *
 * What is read are the keys, not the letters: under a Persian layout the key S types س, and
 * the scanner, which knows nothing of layouts, still presses S.
 *
 * Two or three keys fall together under a quick hand, too.  From the fourth on they are held
 * back until it is known who pressed them: a scanner goes on to its end key, and what a hand
 * typed is given back, letter by letter as it was meant.
 */

/** Of a KeyboardEvent. */
export interface Key {
	readonly code: string;
	/** What it types under the layout of this tablet. */
	readonly key: string;
	readonly shiftKey: boolean;
	readonly ctrlKey: boolean;
	readonly altKey: boolean;
	readonly metaKey: boolean;
	/** It is held down. */
	readonly repeat: boolean;
	/** in ms */
	readonly timeStamp: number;
}

/** What is to be done with a key; `typed` before it is what was held and is no scan. */
export type Pressed =
	/** A hand's; `begins` where a burst would begin with it. */
	| { readonly state: 'typing'; readonly typed: string; readonly begins: boolean }
	/** It may be a scanner's: it types nothing yet. */
	| { readonly state: 'held' }
	/** The last of a scan: it types nothing. */
	| { readonly state: 'read'; readonly text: string };

export interface Wedge {
	readonly press: (key: Key) => Pressed;
	/** No key came for so long that none of a burst can: gives what was held back. */
	readonly rest: () => string;
}

const GAP_MS = 30;
/** As many may fall together under a hand. */
const TOGETHER_MAX = 3;
/** No code of ours, of a card or of a passport has fewer letters. */
const LETTERS_MIN = 8;

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
const ENDS: readonly string[] = ['Enter', 'NumpadEnter', 'Tab'];

/** Null: no key that a scanner presses for a letter. */
function letterOf({ code, shiftKey, ctrlKey, altKey, metaKey, repeat }: Key): string | null {
	if (ctrlKey || altKey || metaKey || repeat) return null;
	const letter = /^Key([A-Z])$/.exec(code)?.[1];
	const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];

	if (letter !== undefined) return shiftKey ? letter : letter.toLowerCase();
	if (digit !== undefined)
		return shiftKey && code.startsWith('Digit')
			? (ABOVE_DIGITS[Number(digit)] ?? null)
			: digit;
	return SIGNS[code]?.[shiftKey ? 1 : 0] ?? null;
}

/** Some keys type two letters (لا), dead ones none; "Dead" is only what they are called. */
function textOf({ key }: Key): string {
	return /^[A-Z][A-Za-z]+$/.test(key) ? '' : key;
}

/** Keys that came one right after the other. */
interface Run {
	readonly letters: string;
	/** What those that are held would have typed. */
	readonly held: string;
	readonly last_ms: number;
}

const NONE: Run = { letters: '', held: '', last_ms: -Infinity };

export function wedge(): Wedge {
	let run = NONE;

	function rest(): string {
		const { held } = run;

		run = NONE;
		return held;
	}

	function press(key: Key): Pressed {
		// Shift is pressed before its letter, and is none itself.
		if (key.code.startsWith('Shift'))
			return { state: 'typing', typed: '', begins: false };
		const isLate = key.timeStamp - run.last_ms > GAP_MS;
		const letter = letterOf(key);

		if (!isLate && ENDS.includes(key.code) && run.letters.length >= LETTERS_MIN) {
			const text = run.letters;

			run = NONE;
			return { state: 'read', text };
		}
		const typed = isLate || letter === null ? rest() : '';

		if (letter === null) return { state: 'typing', typed, begins: false };
		const isHeld = run.letters.length >= TOGETHER_MAX;
		const begins = run.letters === '';

		run = {
			letters: run.letters + letter,
			held: isHeld ? run.held + textOf(key) : '',
			last_ms: key.timeStamp,
		};
		return isHeld ? { state: 'held' } : { state: 'typing', typed, begins };
	}

	return { press, rest };
}
