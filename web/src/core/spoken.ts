/*
 * Languages that are spoken, and those that these screens are written in: in which of ours
 * somebody reads best, as data/languages says it.
 */
import type { Language } from './words';

/** ISO 639-3 */
const READ_IN: Readonly<Record<string, Language>> = {
	pus: 'ps',
	pbu: 'ps',
	pbt: 'ps',
	pst: 'ps',
	prs: 'fa-AF',
	pes: 'fa-AF',
	fas: 'fa-AF',
	haz: 'fa-AF',
	aiq: 'fa-AF',
	uzs: 'fa-AF',
	tuk: 'fa-AF',
	urd: 'ur',
	eng: 'en',
};

const SPOKEN_AS: Readonly<Record<Language, string>> = {
	ps: 'pbu',
	'fa-AF': 'prs',
	ur: 'urd',
	en: 'eng',
};

/** Of our languages the one that goes with a spoken one; null: nobody has said which. */
export function readIn(spoken: string | undefined): Language | null {
	return READ_IN[spoken ?? ''] ?? null;
}

/** What is most likely spoken by who reads this. */
export function spokenAs(language: Language): string {
	return SPOKEN_AS[language];
}
