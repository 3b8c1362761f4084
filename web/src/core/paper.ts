/*
 * What a paper says of itself, where it is typed in after a day without power.  When it was
 * filled in, and by whom, is a claim: it is kept beside the entry, and no rule counts from it.
 */
import { clockOf, isoOf, readClock, readDate } from './dates';
import { asciiDigits } from './digits';

export interface Paper {
	readonly isFromPaper: boolean;
	/** As they were typed; not every paper has a time. */
	readonly paperDay: string;
	readonly paperClock: string;
	readonly paperOfficer: string;
}

export const NO_PAPER: Paper = {
	isFromPaper: false,
	paperDay: '',
	paperClock: '',
	paperOfficer: '',
};

export type PaperLack = 'paper-day' | 'paper-clock';

export function lacksOfPaper(paper: Paper, today: number): readonly PaperLack[] {
	const day = readDate(paper.paperDay);
	const clock = paper.paperClock.trim();

	if (!paper.isFromPaper) return [];
	return [
		...(day === null || day > today ? ['paper-day' as const] : []),
		...(clock && readClock(clock) === null ? ['paper-clock' as const] : []),
	];
}

/** For each fact of the paper; a time without its offset is one of the site. */
export function happenedOf(paper: Paper): { happened?: string } {
	const day = paper.isFromPaper ? readDate(paper.paperDay) : null;
	const clock = readClock(paper.paperClock);

	if (day === null) return {};
	return { happened: isoOf(day) + (clock === null ? '' : `T${clockOf(clock)}:00`) };
}

/** What else it says of itself: of these fields those that are filled in. */
export function saidOnPaper<Field extends string>(
	paper: Paper,
	fields: Readonly<Record<Field, string>>,
): Partial<Record<Field, string>> {
	const said = Object.entries<string>(fields).map(([field, text]) => [field, text.trim()]);

	return paper.isFromPaper
		? (Object.fromEntries(said.filter(([, text]) => text)) as Partial<
				Record<Field, string>
			>)
		: {};
}

/** "psh-26-۸۰۰۰۱-k" as the register writes it. */
export function readCaseNumber(typed: string): string {
	return asciiDigits(typed).trim().toUpperCase();
}
