/*
 * What a talk comes to: that it was held, what she answered, that she takes it back.  The two
 * sides of the screen fill the same forms.
 */
import { languageNow } from '../../api/language';
import { happenedOf, NO_PAPER, type Paper, saidOnPaper } from '../../core/paper';
import { readIn, spokenAs } from '../../core/spoken';
import type { Language } from '../../core/words';
import type { Area, CodeWord, Fact, Person, Sheet } from '../../gen/api';
import { type Form, useForm } from '../../parts/form/form';

export type Topic = CodeWord<'topic'>;
export type Answer = CodeWord<'answer'>;
export type Company = CodeWord<'company'>;

export interface Held extends Paper {
	/** Of the screen that is turned to her. */
	readonly language: Language;
	/** ISO 639-3, of the talk */
	readonly spoken: string;
	readonly understood: boolean;
	readonly interpreter: string;
	readonly company: Company | '';
	readonly counsellorSex: CodeWord<'sex'> | '';
	/** Whose sheet is shown. */
	readonly area: Area | null;
	readonly topics: readonly Topic[];
	readonly readBack: boolean;
}

export interface Chosen extends Paper {
	readonly answer: Answer | '';
	readonly mark: CodeWord<'mark'> | '';
	readonly witness: string;
	readonly company: Company | '';
	readonly destination: Area | null;
	/** She knows that others of hers answer otherwise. */
	readonly apart: boolean;
	/** Named on the paper. */
	readonly interpreter: string;
}

export interface Talk {
	readonly person: Person;
	readonly held: Form<Held>;
	readonly chosen: Form<Chosen>;
	readonly withdrawal: Form<object>;
}

function areaOf(person: Person): Area | null {
	return person.choice?.destination ?? person.destination ?? person.origin ?? null;
}

export function useTalk(person: Person): Talk {
	const language = readIn(person.language) ?? languageNow();
	const held = useForm<Held>(`counselling/${person.id}`, () => ({
		language,
		spoken: person.language ?? spokenAs(language),
		understood: false,
		interpreter: '',
		company: '',
		counsellorSex: '',
		area: areaOf(person),
		topics: [],
		readBack: false,
		...NO_PAPER,
	}));
	const chosen = useForm<Chosen>(`choice/${person.id}`, () => ({
		answer: '',
		mark: '',
		witness: '',
		company: '',
		destination: areaOf(person),
		apart: false,
		interpreter: '',
		...NO_PAPER,
	}));
	const withdrawal = useForm<object>(`withdrawal/${person.id}`, () => ({}));

	return { person, held, chosen, withdrawal };
}

/** The P-code of the country, of which there is a sheet for who knows no more than that. */
const COUNTRY = 'AF';

export function sheetAddress(held: Held): string {
	return `/api/sheets/${held.area?.code ?? COUNTRY}`;
}

/** Null: something is still missing. */
export function factOfTalk(person: Person, held: Held, sheet: Sheet | null): Fact | null {
	if (!held.company || !held.counsellorSex || !held.topics.length || !sheet) return null;
	return {
		kind: 'counselling.held',
		subject: person.id,
		...happenedOf(held),
		...saidOnPaper(held, { paper_officer: held.paperOfficer }),
		company: held.company,
		language: held.spoken,
		understood: held.understood,
		...(held.interpreter.trim() && { interpreter: held.interpreter.trim() }),
		counsellor_sex: held.counsellorSex,
		topics: held.topics,
		sheet: sheet.version,
		sheet_area: sheet.area.key,
		read_back: held.readBack,
	};
}

/** `form` is the hash of the text that she marks; null: something is still missing. */
export function factOfChoice(person: Person, chosen: Chosen, form: string | null): Fact | null {
	const { answer, mark, company, destination } = chosen;

	if (!answer || !mark || !company || !chosen.witness.trim() || form === null) return null;
	if (answer === 'return' && !destination) return null;
	return {
		kind: 'choice.made',
		subject: person.id,
		...happenedOf(chosen),
		...saidOnPaper(chosen, {
			paper_officer: chosen.paperOfficer,
			interpreter: chosen.interpreter,
		}),
		by: person.id,
		answer,
		form,
		mark,
		witness: chosen.witness.trim(),
		company,
		...(answer === 'return' && destination && { destination: destination.key }),
		...(chosen.apart && { apart: true }),
	};
}

/** A child follows its guardian; its own answer is taken only where one is on record. */
export function answersHerself(person: Person): boolean {
	return !person.child || person.choice !== undefined;
}

/** No reason, no paper, and whatever others have recorded meanwhile. */
export function takeBack({ person, chosen, withdrawal }: Talk): void {
	if (chosen.now.state === 'recorded') chosen.clear();
	withdrawal.submit([{ kind: 'choice.withdrawn', subject: person.id, channel: 'in-person' }]);
}
