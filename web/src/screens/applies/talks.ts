/*
 * What the forms of negotiations make of what is typed: lines, the paragraphs of a text, the
 * hash that came with it, the code of what is new.
 */
import { asciiDigits } from '../../core/digits';
import type { TextVersion, Waiting } from '../../gen/api';

/** As the register keeps them: without blanks around them, and none that is empty. */
export function linesOf(typed: string): readonly string[] {
	return typed
		.split(/\r?\n/)
		.map((line) => line.trim())
		.filter(Boolean);
}

export const PARAGRAPHS_MAX = 900;
const PARAGRAPH_BYTES_MAX = 1000;

/** The first paragraph that is too long, from 1; null: none. */
export function longParagraph(paragraphs: readonly string[]): number | null {
	const encoder = new TextEncoder();
	const at = paragraphs.findIndex(
		(text) => encoder.encode(text).length > PARAGRAPH_BYTES_MAX,
	);

	return at < 0 ? null : at + 1;
}

export type TypedHash =
	| { readonly state: 'none' }
	| { readonly state: 'wrong' }
	| { readonly state: 'given'; readonly hash: string };

/** As a letter gives it: in groups, in capitals, in digits of any script. */
export function hashOf(typed: string): TypedHash {
	const plain = asciiDigits(typed).replace(/\s/g, '').toLowerCase();

	if (!plain) return { state: 'none' };
	return /^[0-9a-f]{64}$/.test(plain) ? { state: 'given', hash: plain } : { state: 'wrong' };
}

export function nextVersion(versions: readonly TextVersion[]): number {
	return Math.max(0, ...versions.map(({ version }) => version)) + 1;
}

export const SORTS = { terms: 'TOR', agreement: 'AGR' } as const;
export type Sort = keyof typeof SORTS;

/** The code of what is new: "TOR-KP-2026"; empty where it cannot be one. */
export function codeOf(sort: Sort | '', typed: string): string {
	const plain = asciiDigits(typed).trim().replace(/\s+/g, '-').toUpperCase();

	return sort && /^[A-Z0-9][A-Z0-9-]{0,29}$/.test(plain) ? `${SORTS[sort]}-${plain}` : '';
}

/** Who has waited longest stands first. */
export function longestFirst<One extends { readonly wait: Waiting }>(
	all: readonly One[],
): readonly One[] {
	return [...all].sort((one, other) => (other.wait.days ?? 0) - (one.wait.days ?? 0));
}
