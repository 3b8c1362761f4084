/*
 * A correction: only what is otherwise now goes into the fact, so that nothing is overwritten
 * that nobody looked at.  Fields that were emptied stay as they are: a name is not unsaid by
 * an empty box.
 */
import type { Facts, Household, Person } from '../gen/api';
import { birthFields, readBirth } from './birth';
import { emptyMember, type MemberDraft, nameFields } from './household';

export type PersonAmended = Omit<Facts['person.amended'], 'kind' | 'subject'>;

/** What her file says, as the form would have it; her birth is typed only where it changes. */
export function memberOf(person: Person): MemberDraft {
	const names = person.names ?? {};

	return {
		...emptyMember(person.member, person.relation ?? ''),
		given: names.given ?? names.given_latin ?? '',
		givenOther: names.given === undefined ? '' : (names.given_latin ?? ''),
		father: names.father ?? names.father_latin ?? '',
		fatherOther: names.father === undefined ? '' : (names.father_latin ?? ''),
		grandfather: names.grandfather ?? names.grandfather_latin ?? '',
		family: names.family ?? names.family_latin ?? '',
		sex: person.sex ?? '',
		marital: person.marital ?? '',
		group: person.group ?? '',
		care: person.care ?? '',
		capacity: person.capacity ?? '',
		needs: person.needs,
		counsellorSex: person.counsellor_sex ?? '',
	};
}

function changedNames(before: MemberDraft, after: MemberDraft): Record<string, string> {
	const was = { ...namesOf(before) };

	return Object.fromEntries(
		Object.entries(namesOf(after)).filter(([key, name]) => was[key] !== name),
	);
}

function namesOf(member: MemberDraft): Record<string, string> {
	return {
		...nameFields('given', member.given, member.givenOther),
		...nameFields('father', member.father, member.fatherOther),
		...nameFields('grandfather', member.grandfather),
		...nameFields('family', member.family),
	};
}

/** Codes of the form and their names in the fact. */
const CODES = {
	sex: 'sex',
	relation: 'relation',
	marital: 'marital',
	group: 'group',
	care: 'care',
	capacity: 'capacity',
	counsellorSex: 'counsellor_sex',
} as const;

function changedCodes(before: MemberDraft, after: MemberDraft): Record<string, string> {
	const changed: Record<string, string> = {};

	for (const [key, field] of Object.entries(CODES)) {
		const now = after[key as keyof typeof CODES];

		if (now && now !== before[key as keyof typeof CODES]) changed[field] = now;
	}
	return changed;
}

function changedPapers(person: Person, after: MemberDraft): PersonAmended {
	if (!after.paper) return {};
	const number = after.number.trim();
	const kept = (person.papers ?? []).map(({ kind, number, valid_to }) => ({
		kind,
		...(number !== undefined && { number }),
		...(valid_to !== undefined && { valid_to }),
	}));

	// "None" was only true until there is one.
	return {
		documents: [
			...kept.filter((paper) => paper.kind !== 'none'),
			{ kind: after.paper, ...(number && { number }) },
		],
	};
}

function changedNeeds(before: MemberDraft, after: MemberDraft): PersonAmended {
	const isSame = [...before.needs].sort().join() === [...after.needs].sort().join();

	return isSame || !after.needs.length ? {} : { needs: after.needs };
}

/** Null: there is nothing to record. */
export function amendmentOf(
	person: Person,
	after: MemberDraft,
	today: number,
): PersonAmended | null {
	const before = memberOf(person);
	const birth = readBirth(after.birth, today);
	const changed = {
		...changedNames(before, after),
		...changedCodes(before, after),
		...changedNeeds(before, after),
		...changedPapers(person, after),
		...(birth.state === 'read' && birthFields(birth.birth, today)),
	};

	return Object.keys(changed).length ? changed : null;
}

/** What a household's file says and can be corrected. */
export interface ContactDraft {
	readonly residence: Household['residence'] | null;
	readonly address: string;
	readonly phone: string;
	readonly phoneSafe: boolean;
}

export function contactOf(household: Household): ContactDraft {
	return {
		residence: household.residence ?? null,
		address: household.address ?? '',
		phone: household.phone ?? '',
		phoneSafe: household.phone_safe ?? false,
	};
}

export type HouseholdAmended = Omit<Facts['household.amended'], 'kind' | 'subject'>;

export function contactAmendmentOf(
	household: Household,
	after: ContactDraft,
): HouseholdAmended | null {
	const before = contactOf(household);
	const address = after.address.trim();
	const phone = after.phone.trim();
	const changed = {
		...(after.residence &&
			after.residence.key !== before.residence?.key && {
				residence: after.residence.key,
			}),
		...(address && address !== before.address && { address }),
		...(phone && phone !== before.phone && { phone }),
		...(phone &&
			after.phoneSafe !== before.phoneSafe && { phone_safe: after.phoneSafe }),
	};

	return Object.keys(changed).length ? changed : null;
}
