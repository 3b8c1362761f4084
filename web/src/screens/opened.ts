/*
 * A person's file for work that lasts: where it is not open, or has closed since, it is
 * opened for `purpose`, which is recorded as any opening is.
 */
import { type Answer, get, post } from '../api/server';
import type { CodeWord, Household, Person, Shapes } from '../gen/api';
import { type Asked, useAsked } from '../parts/page/asked';

async function askOpened<Name extends keyof Shapes>(
	shape: Name,
	address: string,
	subject: string,
	purpose: CodeWord<'opening'>,
	signal: AbortSignal,
): Promise<Answer<Shapes[Name]>> {
	const answer = await get(shape, address, { signal });

	if (answer.state !== 'problem' || answer.problem.key !== 'opening.first') return answer;
	const opened = await post('Opened', '/api/openings', { subject, purpose });

	return opened.state === 'ok' ? get(shape, address, { signal }) : opened;
}

export function useOpenedPerson(id: string, purpose: CodeWord<'opening'>): Asked<Person> {
	return useAsked(
		(signal) => askOpened('Person', `/api/people/${id}`, id, purpose, signal),
		[id, purpose],
	);
}

export function useOpenedHousehold(id: string, purpose: CodeWord<'opening'>): Asked<Household> {
	return useAsked(
		(signal) => askOpened('Household', `/api/households/${id}`, id, purpose, signal),
		[id, purpose],
	);
}
