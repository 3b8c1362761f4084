/*
 * What was recorded in error is annulled: the officer says why, and a second person agrees
 * with her own passphrase at the same screen.  Nothing goes; both stand in the file.
 */
import { useState } from 'preact/hooks';

import { newKey, record } from '../../api/facts';
import { say } from '../../api/language';
import { type Answer, post } from '../../api/server';
import { proposalOf } from '../../core/sender';
import type { CodeWord, Event, Recorded } from '../../gen/api';
import { ChoiceField } from '../../parts/field/choice_field';
import { CodeField } from '../../parts/field/digits_field';
import { TextField } from '../../parts/field/text_field';
import { Button } from '../../parts/button/button';
import { Dialog } from '../../parts/dialog/dialog';
import { Asking } from '../node/asking';

const CODE_DIGITS = 6;

interface Agreed {
	readonly reason: CodeWord<'annulment'> | '';
	readonly name: string;
	readonly passphrase: string;
	/** Of her authenticator, where she has one. */
	readonly code: string;
}

const EMPTY: Agreed = { reason: '', name: '', passphrase: '', code: '' };

async function annul(
	person: string,
	event: Event,
	{ reason, name, passphrase, code }: Agreed,
): Promise<Answer<Recorded>> {
	const second = await post('Seconded', '/api/session/second', {
		name: name.trim(),
		passphrase,
		fact: event.fact,
		...(code && { code }),
	});

	if (second.state !== 'ok') return second;
	const sent = await record(
		proposalOf(newKey(), [
			{
				kind: 'fact.annulled',
				subject: person,
				fact: event.fact,
				reason: reason || 'did-not-happen',
				second: second.value.account,
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
	const change = (patch: Partial<Agreed>) => setAgreed({ ...agreed, ...patch });
	const { reason, name, passphrase, code } = agreed;

	return (
		<Asking
			does={say('web.annul.record')}
			done={say('web.annul.done')}
			isWhole={Boolean(reason && name.trim() && passphrase)}
			onDone={() => setAgreed(EMPTY)}
			send={() => annul(person, event, agreed)}
		>
			<p>{say('web.annul.what')}</p>
			<ChoiceField
				label={say('field.reason')}
				set="annulment"
				value={reason}
				onChange={(next) => change({ reason: next })}
			/>
			<fieldset class="stack">
				<legend>
					<strong>{say('web.annul.second')}</strong>
				</legend>
				<TextField
					label={say('web.accounts.name')}
					most={60}
					value={name}
					onChange={(next) => change({ name: next })}
				/>
				<TextField
					label={say('web.login.passphrase')}
					sort="passphrase"
					complete="off"
					value={passphrase}
					onChange={(next) => change({ passphrase: next })}
				/>
				<CodeField
					label={say('web.login.code')}
					hint={say('web.annul.code-hint')}
					digits={CODE_DIGITS}
					value={code}
					onChange={(next) => change({ code: next })}
				/>
			</fieldset>
		</Asking>
	);
}
