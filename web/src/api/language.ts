/*
 * The reader's language.  It is chosen in the page and kept in this browser: whoever sits
 * down next may change it before anybody has come in.
 */
import { computed, signal } from '@preact/signals';

import {
	isLanguage,
	type Language,
	LANGUAGES,
	say as sayIn,
	sayCount as sayCountIn,
	type Sentences,
	type TableKey,
	type Words,
} from '../core/words';
import type { CountKey, Key } from '../gen/keys';
import { getAs } from './server';

const KEPT = 'language';

export const words = signal<Words | null>(null);
export const rightToLeft = computed(() =>
	words.value ? LANGUAGES[words.value.language].rtl : false,
);

function isSentence(value: unknown): boolean {
	if (Array.isArray(value)) return value.every((form) => typeof form === 'string');
	return typeof value === 'string';
}

export function sentencesOf(json: unknown): Sentences {
	if (typeof json !== 'object' || json === null || !Object.values(json).every(isSentence))
		throw new TypeError('no catalogue');
	return json as Sentences;
}

/** Null: the server does not answer. */
export async function wordsOf(language: Language): Promise<Words | null> {
	const kept = keptSentences(language);
	const answer = await getAs(sentencesOf, '/api/words', { language, waitsForSession: false });

	if (answer.state === 'ok') {
		keepSentences(language, answer.value);
		return { language, sentences: answer.value };
	}
	return kept && { language, sentences: kept };
}

// Sentences are nobody's secret: with them the page still speaks when the wire is pulled.

function keptSentences(language: Language): Sentences | null {
	try {
		return sentencesOf(JSON.parse(localStorage.getItem(`words.${language}`) ?? 'null'));
	} catch {
		return null;
	}
}

function keepSentences(language: Language, sentences: Sentences): void {
	try {
		localStorage.setItem(`words.${language}`, JSON.stringify(sentences));
	} catch {
		// No room: they are asked for again next time.
	}
}

/** Kept before, else what the browser asks for, else English. */
export function firstLanguage(): Language {
	const asked = [localStorage.getItem(KEPT) ?? '', ...navigator.languages];

	for (const code of asked) {
		if (isLanguage(code)) return code;
		const [short = ''] = code.split('-');

		if (short === 'fa' || short === 'prs') return 'fa-AF';
		if (isLanguage(short)) return short;
	}
	return 'en';
}

let chosen_count = 0;

/** False: its words are not to be had.  Of two the one that was chosen last is spoken. */
export async function speak(language: Language): Promise<boolean> {
	const mine = ++chosen_count;
	const found = await wordsOf(language);

	if (!found) return false;
	if (mine !== chosen_count) return true;
	localStorage.setItem(KEPT, language);
	document.documentElement.lang = language;
	document.documentElement.dir = LANGUAGES[language].rtl ? 'rtl' : 'ltr';
	words.value = found;
	return true;
}

const HAND = 'nastaliq';

/** Whether Urdu is written in Nastaliq throughout; kept in this browser as the language is. */
export const nastaliq = signal(false);

export function writeNastaliq(isWanted: boolean): void {
	localStorage.setItem(HAND, String(isWanted));
	document.documentElement.classList.toggle(HAND, isWanted);
	nastaliq.value = isWanted;
}

/** As it was chosen last. */
export function beginHand(): void {
	writeNastaliq(localStorage.getItem(HAND) === 'true');
}

export function languageNow(): Language {
	return words.value?.language ?? firstLanguage();
}

// What a screen says; it is drawn again where the language changes.

const NOTHING: Words = { language: 'en', sentences: {} };

export function wordsNow(): Words {
	return words.value ?? NOTHING;
}

export function say(key: Key | TableKey, ...values: readonly (string | number)[]): string {
	return sayIn(wordsNow(), key, ...values);
}

export function sayCount(key: CountKey, n: number): string {
	return sayCountIn(wordsNow(), key, n);
}

/** A word of a closed list of kinds.def: sayCode("answer", "stay"). */
export function sayCode(set: string, word: string): string {
	return say(`code.${set}.${word}`);
}
