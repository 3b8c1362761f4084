/*
 * Opening a file is a fact: who, when and what for.  What for is chosen beside the way to the
 * file; what this account's role opens files for stands there first.
 */
import { signal } from '@preact/signals';

import { say } from '../api/language';
import { goTo } from '../api/place';
import { post } from '../api/server';
import { session } from '../api/session';
import type { CodeWord, Problem } from '../gen/api';
import { SelectField } from '../parts/field/choice_field';

type Purpose = CodeWord<'opening'>;

const USUAL: Readonly<Partial<Record<CodeWord<'role'>, Purpose>>> = {
	registration: 'registration',
	counsellor: 'counselling',
	protection: 'protection',
	'legal-aid': 'protection',
	cashier: 'payment',
	movement: 'travel',
	border: 'travel',
	auditor: 'audit',
};

const chosen = signal<Purpose | null>(null);

export function purposeNow(): Purpose {
	const [usual] = (session.value?.roles ?? [])
		.map((role) => USUAL[role])
		.filter((p) => p !== undefined);

	return chosen.value ?? usual ?? 'person-asked';
}

export function PurposeField() {
	return (
		<SelectField
			label={say('web.opening.purpose')}
			hint={say('web.opening.hint')}
			set="opening"
			value={purposeNow()}
			onChange={(purpose) => {
				if (purpose) chosen.value = purpose;
			}}
		/>
	);
}

export type Opening =
	| { readonly state: 'open' }
	| { readonly state: 'silent' }
	| { readonly state: 'problem'; readonly problem: Problem };

/** Open the file of this id, case number or paper, and go there. */
export async function openFile(subject: string): Promise<Opening> {
	const answer = await post('Opened', '/api/openings', { subject, purpose: purposeNow() });

	if (answer.state !== 'ok') return answer;
	const { household, person } = answer.value;

	goTo('household', household, ...(person ? [person] : []));
	return { state: 'open' };
}
