/*
 * The lines of a machine-readable zone as a scanner sends them: each as a scan of its own,
 * one right after the other.  Together they are one document (ICAO Doc 9303: two lines of 44
 * in a passport, three of 30 on a card).
 */

const LINES_OF: Readonly<Record<number, number>> = { 44: 2, 30: 3 };
/** Between two lines of one document; a hand needs longer for the next. */
const GAP_MS = 1_000;

export interface Zone {
	/** What was scanned, whole; null: more lines of it are to come. */
	readonly take: (text: string, now_ms: number) => string | null;
}

function lineCount(text: string): number {
	return /^[A-Z0-9<]*<[A-Z0-9<]*$/.test(text) ? (LINES_OF[text.length] ?? 1) : 1;
}

export function zone(): Zone {
	let lines: readonly string[] = [];
	let last_ms = -Infinity;

	function take(text: string, now_ms: number): string | null {
		const [first] = lines;
		const goesOn = first?.length === text.length && now_ms - last_ms <= GAP_MS;

		lines = goesOn ? [...lines, text] : [text];
		last_ms = now_ms;
		if (lines.length < lineCount(lines[0] ?? '')) return null;
		const whole = lines.join('\n');

		lines = [];
		return whole;
	}

	return { take };
}
