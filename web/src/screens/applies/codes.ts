/* Codes of instruments in a sentence. */

/** A code is not broken in two at the end of a line: what joins is seen by nobody. */
export function codesOf(codes: readonly string[]): string {
	return codes.map((code) => code.replaceAll('-', '-\u2060')).join(' · ');
}
