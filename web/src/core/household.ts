/*
 * A household as it is typed from the paper form, and the facts that it becomes.
 *
 * A name is typed in one box, in whichever script the paper has it, and again in the other
 * script where there is one.  A wife's husband, and whom a child follows, come from how they
 * say they are related to the head; nothing else is concluded.
 */
import type { Area, CodeWord, Draft, Drafts, Fact, Facts } from '../gen/api';
import { birthFields, birthSpan, mayBeChild, readBirth } from './birth';
import { isoOf } from './dates';
import { asciiDigits, wholeNumber } from './digits';
import {
	happenedOf,
	lacksOfPaper,
	NO_PAPER,
	type Paper,
	type PaperLack,
	readCaseNumber,
	saidOnPaper,
} from './paper';

export interface MemberDraft {
	/** Tells the members of one form apart. */
	readonly at: number;
	readonly given: string;
	/** The same in the other script. */
	readonly givenOther: string;
	readonly father: string;
	readonly fatherOther: string;
	readonly grandfather: string;
	readonly family: string;
	readonly sex: CodeWord<'sex'> | '';
	/** A day, a year or an age, as it was typed. */
	readonly birth: string;
	readonly relation: CodeWord<'relation'> | '';
	readonly marital: CodeWord<'marital'> | '';
	readonly group: CodeWord<'group'> | '';
	readonly paper: CodeWord<'document_kind'> | '';
	readonly number: string;
	readonly care: CodeWord<'care'> | '';
	/** `at` of whom a child follows, where it is not the head. */
	readonly guardian: number | null;
	readonly needs: readonly CodeWord<'need'>[];
	readonly counsellorSex: CodeWord<'sex'> | '';
	readonly capacity: CodeWord<'capacity'> | '';
}

export interface HouseholdAbout extends Paper {
	readonly residence: Area | null;
	readonly address: string;
	readonly phone: string;
	readonly phoneOwner: CodeWord<'phone_owner'> | '';
	readonly phoneSafe: boolean;
	readonly language: string;
	readonly arrivalYear: string;
	readonly origin: Area | null;
	readonly destination: Area | null;
	/** Of the paper: its number, and who else was there. */
	readonly caseNumber: string;
	readonly interpreter: string;
	readonly witness: string;
}

export interface HouseholdDraft extends HouseholdAbout {
	readonly members: readonly MemberDraft[];
}

/** A form changes by a patch, or by what makes one of what stands there now. */
export type Change = (
	patch: Partial<HouseholdDraft> | ((now: HouseholdDraft) => Partial<HouseholdDraft>),
) => void;

/** The household without those who live in it. */
export function aboutOf(household: HouseholdDraft): HouseholdAbout {
	const { members, ...about } = household;

	return about;
}

export function emptyMember(at: number, relation: CodeWord<'relation'> | ''): MemberDraft {
	return {
		at,
		given: '',
		givenOther: '',
		father: '',
		fatherOther: '',
		grandfather: '',
		family: '',
		sex: '',
		birth: '',
		relation,
		marital: '',
		group: '',
		paper: '',
		number: '',
		care: '',
		guardian: null,
		needs: [],
		counsellorSex: '',
		capacity: '',
	};
}

export function emptyHousehold(): HouseholdDraft {
	return {
		residence: null,
		address: '',
		phone: '',
		phoneOwner: '',
		phoneSafe: false,
		language: '',
		arrivalYear: '',
		origin: null,
		destination: null,
		...NO_PAPER,
		caseNumber: '',
		interpreter: '',
		witness: '',
		members: [emptyMember(1, 'head')],
	};
}

/** The next person; what a family mostly shares stands there already. */
export function withNext(household: HouseholdDraft): HouseholdDraft {
	const at = Math.max(0, ...household.members.map((member) => member.at)) + 1;
	const head = headOf(household);
	const next = {
		...emptyMember(at, household.members.length ? '' : 'head'),
		group: head?.group ?? '',
	};

	return { ...household, members: [...household.members, next] };
}

/** Enter behind the last box begins a person; of whom nothing was said, nobody is. */
export function withoutUntouched(household: HouseholdDraft): HouseholdDraft {
	const last = household.members.at(-1);

	if (!last || household.members.length === 1 || !isUntouched(last)) return household;
	return { ...household, members: household.members.slice(0, -1) };
}

function isUntouched(member: MemberDraft): boolean {
	const { at, group } = member;

	return JSON.stringify(member) === JSON.stringify({ ...emptyMember(at, ''), group });
}

export function headOf(household: HouseholdDraft): MemberDraft | undefined {
	return household.members.find((member) => member.relation === 'head');
}

export function isChild(member: MemberDraft, today: number): boolean {
	const read = readBirth(member.birth, today);

	return read.state === 'read' && mayBeChild(read.birth, today);
}

// --- what is missing

/** What has to be there before the register can take it; each with whom it is about. */
export type Lack =
	| { readonly what: 'residence' | 'head' | 'two-heads' | 'nobody' | 'arrival' | PaperLack }
	| {
			readonly what: 'given' | 'sex' | 'group' | 'birth' | 'number' | 'guardian';
			readonly who: MemberDraft;
	  };

function lacksOfMember(member: MemberDraft, household: HouseholdDraft, today: number): Lack[] {
	const birth = readBirth(member.birth, today).state;
	const follows = member.guardian;

	return [
		...(member.given.trim() ? [] : [{ what: 'given', who: member } as const]),
		...(member.sex ? [] : [{ what: 'sex', who: member } as const]),
		...(member.group ? [] : [{ what: 'group', who: member } as const]),
		...(birth === 'unclear' || birth === 'future'
			? [{ what: 'birth', who: member } as const]
			: []),
		...(member.number.trim() && !member.paper
			? [{ what: 'number', who: member } as const]
			: []),
		...(follows !== null && !household.members.some((other) => other.at === follows)
			? [{ what: 'guardian', who: member } as const]
			: []),
	];
}

export function lacksOf(household: HouseholdDraft, today: number): readonly Lack[] {
	const heads = household.members.filter((member) => member.relation === 'head').length;
	const arrival = household.arrivalYear.trim();

	return [
		...(household.residence ? [] : [{ what: 'residence' } as const]),
		...(household.members.length ? [] : [{ what: 'nobody' } as const]),
		...(household.members.length && !heads ? [{ what: 'head' } as const] : []),
		...(heads > 1 ? [{ what: 'two-heads' } as const] : []),
		...lacksOfPaper(household, today).map((what) => ({ what })),
		...(arrival && wholeNumber(arrival) === null ? [{ what: 'arrival' } as const] : []),
		...household.members.flatMap((member) => lacksOfMember(member, household, today)),
	];
}

// --- the facts

const LATIN = /\p{Script=Latin}/u;

type NameField = 'given' | 'father' | 'grandfather' | 'family';

/** One name under its own script's field, and under the other's where that was given. */
export function nameFields(field: NameField, ...typed: readonly string[]): Record<string, string> {
	const fields: Record<string, string> = {};

	for (const name of typed.map((text) => text.trim()).filter((text) => text)) {
		const key = LATIN.test(name) ? `${field}_latin` : field;

		fields[key] ??= name;
	}
	return fields;
}

function idOf(at: number): string {
	return `@p${at}`;
}

/** Without what was not said. */
function said<T extends object>(
	fields: T,
): { [Key in keyof T]: Exclude<T[Key], '' | null | undefined> } {
	return Object.fromEntries(
		Object.entries(fields).filter(
			([, value]) => value !== '' && value !== null && value !== undefined,
		),
	) as { [Key in keyof T]: Exclude<T[Key], '' | null | undefined> };
}

/** A wife names her husband: the head, or whoever says she is the head's husband. */
function spouseOf(member: MemberDraft, household: HouseholdDraft): string {
	const head = headOf(household);

	if (member.sex !== 'female' || !head) return '';
	if (member.relation === 'spouse') return idOf(head.at);
	const husband = household.members.find(
		(other) => other.relation === 'spouse' && other.sex === 'male',
	);

	return member === head && husband ? idOf(husband.at) : '';
}

function guardianOf(member: MemberDraft, household: HouseholdDraft, today: number): string {
	const head = headOf(household);

	if (!isChild(member, today)) return '';
	if (member.guardian !== null) return idOf(member.guardian);
	return member.relation === 'child' && head && !isChild(head, today) ? idOf(head.at) : '';
}

function documentsOf(member: MemberDraft): Facts['person.registered']['documents'] {
	if (!member.paper) return undefined;
	return [{ kind: member.paper, ...said({ number: member.number.trim() }) }];
}

function personOf(member: MemberDraft, household: HouseholdDraft, today: number): Fact {
	const read = readBirth(member.birth, today);
	const { sex, group } = member;

	if (!sex || !group) throw new RangeError('lacksOf() was not asked');
	return {
		kind: 'person.registered',
		subject: idOf(member.at),
		household: '@h',
		sex,
		group,
		...happenedOf(household),
		...nameFields('given', member.given, member.givenOther),
		...nameFields('father', member.father, member.fatherOther),
		...nameFields('grandfather', member.grandfather),
		...nameFields('family', member.family),
		...(read.state === 'read' && birthFields(read.birth, today)),
		...said({
			relation: member.relation,
			marital: member.marital,
			care: isChild(member, today) ? member.care : '',
			capacity: member.capacity,
			spouse: spouseOf(member, household),
			guardian: guardianOf(member, household, today),
			documents: documentsOf(member),
			origin: household.origin?.key,
			destination: household.destination?.key,
			needs: member.needs.length ? member.needs : undefined,
			counsellor_sex: member.counsellorSex,
			language: household.language,
		}),
	};
}

/** All or none are recorded.  To be called where lacksOf() finds nothing. */
export function factsOf(household: HouseholdDraft, today: number): readonly Fact[] {
	const head = headOf(household);
	const phone = household.phone.trim();
	const { residence } = household;

	if (!residence) throw new RangeError('lacksOf() was not asked');
	return [
		{
			kind: 'household.registered',
			subject: '@h',
			residence: residence.key,
			...happenedOf(household),
			...saidOnPaper(household, {
				case_number: readCaseNumber(household.caseNumber),
				paper_officer: household.paperOfficer,
				interpreter: household.interpreter,
				witness: household.witness,
			}),
			...said({
				address: household.address.trim(),
				phone,
				phone_owner: phone ? household.phoneOwner : '',
				phone_safe: phone ? household.phoneSafe : undefined,
				language: household.language,
				arrival_year: wholeNumber(household.arrivalYear),
				head: head && idOf(head.at),
			}),
		},
		...household.members.map((member) => personOf(member, household, today)),
	];
}

/** All her names, one after another; the register looks for them in either script. */
function namesOf(member: MemberDraft): string {
	return [member.given, member.father, member.grandfather, member.family]
		.map((name) => name.trim())
		.filter(Boolean)
		.join(' ');
}

/** The year of birth as far as it was said, and whether it follows from an age. */
function yearOf(member: MemberDraft, today: number): Pick<Draft, 'year' | 'about'> {
	const read = readBirth(member.birth, today);

	if (read.state !== 'read') return {};
	const { from, to } = birthSpan(read.birth);

	return {
		year: Number(isoOf(Math.floor((from + to) / 2)).slice(0, 4)),
		about: read.birth.known === 'age',
	};
}

/** What is known of everybody, so that the register can tell who is there already. */
export function draftsOf(household: HouseholdDraft, today: number): Drafts {
	return {
		people: household.members.map((member) => ({
			name: namesOf(member),
			...(member.number.trim() && { number: asciiDigits(member.number.trim()) }),
			...(household.origin && { origin: household.origin.code }),
			...(member.sex && { sex: member.sex }),
			...yearOf(member, today),
		})),
	};
}
