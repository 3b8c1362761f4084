/*
 * She has crossed, and only now gives up a card; or she turned back, at the line or behind it;
 * or she says that she has changed her mind, which is one press here, too.  Why she goes is
 * folded away: nobody is asked in a queue, and no press waits for it.
 */
import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import { may } from '../../api/session';
import type { CodeWord, Fact } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { ManyField, SelectField } from '../../parts/field/choice_field';
import { Notice } from '../../parts/notice/notice';
import { ProblemNotice } from '../../parts/problem/problem';
import { Unfold } from '../../parts/unfold/unfold';
import { useDeed } from './deed';

interface CrossingFormProps {
	readonly person: string;
	/** code of the place */
	readonly crossing: string;
	readonly returnKind: CodeWord<'return_kind'>;
	readonly done: () => void;
}

/** Cards that are given up at the line; whatever else she carries stays hers. */
const GIVEN_UP = ['por', 'acc'] as const;

export function CrossingForm({ person, crossing, returnKind, done }: CrossingFormProps) {
	const [card, setCard] = useState<CodeWord<'document_kind'> | ''>('');
	const [reasons, setReasons] = useState<readonly CodeWord<'return_reason'>[]>([]);
	const deed = useDeed();
	const isSending = deed.now.state === 'sending';

	function pass(direction: CodeWord<'direction'>) {
		const crossed: Fact = {
			kind: 'crossing.recorded',
			subject: person,
			crossing,
			direction,
			return_kind: returnKind,
			...(direction === 'crossed' && reasons.length ? { reasons } : {}),
		};
		const givenUp: readonly Fact[] =
			card && direction === 'crossed'
				? [
						{
							kind: 'document.surrendered',
							subject: person,
							document: card,
							crossing,
						},
					]
				: [];

		void deed.run([crossed, ...givenUp]);
	}

	if (deed.now.state === 'recorded')
		return (
			<Notice sort="done" takesFocus title={say('web.gate.crossing-recorded')}>
				<p>
					<Button onPress={done}>{say('web.gate.next')}</Button>
				</p>
			</Notice>
		);
	return (
		<div class="card stack">
			{may('document.surrendered') && (
				<SelectField
					label={say('web.gate.card')}
					hint={say('web.gate.card-hint')}
					set="document_kind"
					only={GIVEN_UP}
					value={card}
					onChange={setCard}
				/>
			)}
			<Unfold title={say('field.reasons')}>
				<ManyField
					label={say('field.reasons')}
					hint={say('web.gate.reasons-hint')}
					set="return_reason"
					value={reasons}
					onChange={setReasons}
				/>
			</Unfold>
			{deed.now.state === 'refused' && (
				<ProblemNotice problem={deed.now.problem} />
			)}
			<div class="two-answers">
				<Button busy={isSending} onPress={() => pass('crossed')}>
					{say('web.gate.crossed')}
				</Button>
				<Button busy={isSending} onPress={() => pass('turned-back')}>
					{say('web.gate.turned-back')}
				</Button>
				<Button
					busy={isSending}
					onPress={() =>
						void deed.run([
							{
								kind: 'choice.withdrawn',
								subject: person,
								channel: 'gate',
							},
						])
					}
				>
					{say('web.counselling.mind-changed')}
				</Button>
			</div>
		</div>
	);
}
