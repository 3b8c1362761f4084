/*
 * What is decided of two records goes to the register.  Where a grant is touched, a second
 * person has agreed to just this before.
 */
import { newKey, record } from '../../api/facts';
import type { Answer } from '../../api/server';
import { proposalOf } from '../../core/sender';
import type { Recorded } from '../../gen/api';
import { agree, type SecondPerson } from '../household/second';
import { factsOf, type Said } from './said';

/** `second`: where it takes two. */
export async function decide(
	said: Said,
	one: string,
	other: string,
	second?: SecondPerson,
): Promise<Answer<Recorded>> {
	const agreed =
		second && said !== 'later'
			? await agree(second, { pair: { a: one, b: other, said } })
			: undefined;

	if (agreed && agreed.state !== 'ok') return agreed;
	const sent = await record(
		proposalOf(newKey(), factsOf(said, one, other, agreed?.value.account)),
	);

	return sent.state === 'recorded'
		? { state: 'ok', value: sent.recorded }
		: { state: 'problem', problem: sent.problem };
}
