/*
 * What was recorded in error is annulled: the officer says why, and a second person agrees
 * with her own passphrase at the same screen.  Nothing goes; both stand in the file.
 */
import { useState } from 'preact/hooks';

import { newKey, record } from '../../api/facts';
import { say } from '../../api/language';
import type { Answer } from '../../api/server';
import { proposalOf } from '../../core/sender';
import type { CodeWord, Event, Recorded } from '../../gen/api';
import { ChoiceField } from '../../parts/field/choice_field';
import { Button } from '../../parts/button/button';
import { Dialog } from '../../parts/dialog/dialog';
import { Asking } from '../node/asking';
import { agree, isNamed, NO_SECOND, SecondFields, type SecondPerson } from './second';

interface Agreed {
	readonly reason: CodeWord<'annulment'> | '';
	readonly second: SecondPerson;
}

const EMPTY: Agreed = { reason: '', second: NO_SECOND };

async function annul(
	person: string,
	event: Event,
	{ reason, second }: Agreed,
): Promise<Answer<Recorded>> {
	const agreed = await agree(second, { fact: event.fact });

	if (agreed.state !== 'ok') return agreed;
	const sent = await record(
		proposalOf(newKey(), [
			{
				kind: 'fact.annulled',
				subject: person,
				fact: event.fact,
				reason: reason || 'did-not-happen',
				second: agreed.value.account,
			},
		]),
	);

	return sent.state === 'recorded'
		? { state: 'ok', value: sent.recorded }
		: { state: 'problem', problem: sent.problem };
}

interface AnnulmentProps {
	readonly person: string;
	readonly event: Event;
}

export function Annulment({ person, event }: AnnulmentProps) {
	const [isOpen, setOpen] = useState(false);

	// What came of it stands there until it is read, though it cannot be done twice.
	if (!event.annullable && !isOpen) return null;
	return (
		<>
			<Button
				look="link"
				label={say('web.annul.of', event.what)}
				onPress={() => setOpen(true)}
			>
				{say('web.annul.title')}
			</Button>
			{isOpen && (
				<Dialog
					title={say('web.annul.of', event.what)}
					onClose={() => setOpen(false)}
				>
					<Agreement person={person} event={event} />
					<p>
						<Button look="link" onPress={() => setOpen(false)}>
							{say('web.form.close')}
						</Button>
					</p>
				</Dialog>
			)}
		</>
	);
}

function Agreement({ person, event }: AnnulmentProps) {
	const [agreed, setAgreed] = useState(EMPTY);
	const { reason, second } = agreed;

	return (
		<Asking
			does={say('web.annul.record')}
			done={say('web.annul.done')}
			isWhole={Boolean(reason) && isNamed(second)}
			onDone={() => setAgreed(EMPTY)}
			send={() => annul(person, event, agreed)}
		>
			<p>{say('web.annul.what')}</p>
			<ChoiceField
				label={say('field.reason')}
				set="annulment"
				value={reason}
				onChange={(next) => setAgreed({ ...agreed, reason: next })}
			/>
			<SecondFields
				value={second}
				onChange={(next) => setAgreed({ ...agreed, second: next })}
			/>
		</Asking>
	);
}
