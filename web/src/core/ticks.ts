/*
 * A tick sheet that was filled in by hand, typed in afterwards: for each traveller which boxes
 * are ticked, and the fact that each of them is.
 *
 * A tick has the key under which it is sent as long as it stands there, so that one whose
 * answer was lost is recorded once.
 */
import type { Area, Fact, Movement, Traveller } from '../gen/api';
import { happenedOf, NO_PAPER, type Paper } from './paper';

/** In the order of the journey: what comes later may depend on what was before. */
export const MARKS = ['asked', 'stays', 'boarded', 'crossed', 'arrived'] as const;

export type Mark = (typeof MARKS)[number];

export interface TickSheet extends Paper {
	/** Whether the one who asked works for the transport. */
	readonly byTransporter: boolean;
	/** Where those arrived who did. */
	readonly area: Area | null;
	/** By person: the keys of the boxes that are ticked and not yet recorded. */
	readonly ticks: Readonly<Record<string, Partial<Record<Mark, string>>>>;
}

export const KIND_OF = {
	asked: 'choice.reconfirmed',
	stays: 'choice.withdrawn',
	boarded: 'departure.recorded',
	crossed: 'crossing.recorded',
	arrived: 'arrival.recorded',
} as const satisfies Record<Mark, Fact['kind']>;

export function emptyTickSheet(): TickSheet {
	return { ...NO_PAPER, isFromPaper: true, byTransporter: false, area: null, ticks: {} };
}

/** What is on record already has no box. */
export function isRecorded(traveller: Traveller, mark: Mark): boolean {
	return {
		asked: traveller.asked_again,
		stays: traveller.withdrawn,
		boarded: traveller.boarded,
		crossed: traveller.crossed,
		arrived: traveller.arrived,
	}[mark];
}

export function keyOf(sheet: TickSheet, person: string, mark: Mark): string | undefined {
	return sheet.ticks[person]?.[mark];
}

/** `key` undefined: the box is empty again. */
export function withTick(
	sheet: TickSheet,
	person: string,
	mark: Mark,
	key: string | undefined,
): Pick<TickSheet, 'ticks'> {
	const { [mark]: before, ...others } = sheet.ticks[person] ?? {};

	return {
		ticks: {
			...sheet.ticks,
			[person]: key === undefined ? others : { ...others, [mark]: key },
		},
	};
}

export interface Ticked {
	readonly person: string;
	readonly mark: Mark;
	readonly key: string;
}

/** Line by line, each in the order of the journey. */
export function tickedOf(sheet: TickSheet, people: readonly string[]): readonly Ticked[] {
	return people.flatMap((person) =>
		MARKS.flatMap((mark) => {
			const key = keyOf(sheet, person, mark);

			return key === undefined ? [] : [{ person, mark, key }];
		}),
	);
}

/** Null: where she arrived is not said. */
export function factOfTick(
	sheet: TickSheet,
	movement: Movement,
	{ person, mark }: Ticked,
): Fact | null {
	const about = { subject: person, ...happenedOf(sheet) };

	switch (mark) {
		case 'asked':
			return {
				kind: KIND_OF.asked,
				...about,
				company: 'alone',
				by_transporter: sheet.byTransporter,
			};
		case 'stays':
			return { kind: KIND_OF.stays, ...about, channel: 'paper' };
		case 'boarded':
			return { kind: KIND_OF.boarded, ...about, movement: movement.id };
		case 'crossed':
			return {
				kind: KIND_OF.crossed,
				...about,
				crossing: movement.crossing,
				direction: 'crossed',
				return_kind: 'facilitated-voluntary',
			};
		case 'arrived':
			return (
				sheet.area && {
					kind: KIND_OF.arrived,
					...about,
					area: sheet.area.key,
				}
			);
	}
}
