/*
 * What the screens say, in the reader's language: the same catalogues as the program's.
 *
 * A sentence stands under a key; values go where {1} {2} … stand.  In languages that run
 * from right to left each value is isolated, so that a case number does not turn the
 * sentence around.
 */
import type { CountKey, Key } from '../gen/keys';

export const LANGUAGES = {
	en: { name: 'English', rtl: false, pluralOf: (n: number) => (n === 1 ? 0 : 1) },
	ur: { name: 'اردو', rtl: true, pluralOf: (n: number) => (n === 1 ? 0 : 1) },
	ps: { name: 'پښتو', rtl: true, pluralOf: (n: number) => (n === 1 ? 0 : 1) },
	// In Persian 0 and 1 take the first form.
	'fa-AF': { name: 'دری', rtl: true, pluralOf: (n: number) => (n > 1 ? 1 : 0) },
} as const;

export type Language = keyof typeof LANGUAGES;

export function isLanguage(code: string): code is Language {
	return code in LANGUAGES;
}

/** A sentence that has forms for one and for many is a list of them. */
export type Sentences = Readonly<Record<string, string | readonly string[]>>;

/** Words of kinds.def and of the shapes that the catalogues word, too. */
export type TableKey = `kind.${string}` | `field.${string}` | `code.${string}.${string}`;

export interface Words {
	readonly language: Language;
	readonly sentences: Sentences;
}

/** A sentence cut where its values stand: texts at even places, numbers of values between. */
export function cut(sentence: string): readonly (string | number)[] {
	return sentence.split(/\{(\d)\}/).map((part, i) => (i % 2 ? Number(part) : part));
}

const FIRST_STRONG = '\u2068';
const RIGHT_TO_LEFT = '\u2067';
const END = '\u2069';

/**
 * A browser guesses from a value's first letter how it runs, and looks past what is isolated
 * already: of a sentence that is a value itself, it is said.
 */
export function isolate(words: Words, value: string | number): string {
	if (!LANGUAGES[words.language].rtl) return String(value);
	const begin = String(value).includes(FIRST_STRONG) ? RIGHT_TO_LEFT : FIRST_STRONG;

	return `${begin}${value}${END}`;
}

function fill(words: Words, sentence: string, values: readonly (string | number)[]): string {
	return cut(sentence)
		.map((part) =>
			typeof part === 'number' ? isolate(words, values[part - 1] ?? '') : part,
		)
		.join('');
}

/** The sentence as it stands in the catalogue; the key itself where there is none. */
export function sentenceOf(words: Words, key: string, form = 0): string {
	const found = words.sentences[key];

	if (found === undefined) return key;
	return typeof found === 'string' ? found : (found[form] ?? found[0] ?? key);
}

export function say(
	words: Words,
	key: Key | TableKey,
	...values: readonly (string | number)[]
): string {
	return fill(words, sentenceOf(words, key), values);
}

/** The form that goes with `n`; {1} is `n`. */
export function sayCount(words: Words, key: CountKey, n: number): string {
	return fill(words, sentenceOf(words, key, LANGUAGES[words.language].pluralOf(n)), [n]);
}
