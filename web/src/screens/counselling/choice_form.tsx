/* Her answer, as she marked it before a witness. */
import { useState } from 'preact/hooks';

import { say, sayCode } from '../../api/language';
import { get } from '../../api/server';
import { today } from '../../api/session';
import { lacksOfPaper } from '../../core/paper';
import { AreaPicker } from '../../parts/area/area_picker';
import { Button } from '../../parts/button/button';
import { ChoiceField, FlagField } from '../../parts/field/choice_field';
import { TextField } from '../../parts/field/text_field';
import { FormFrame } from '../../parts/form/form_frame';
import { Notice } from '../../parts/notice/notice';
import { useAsked } from '../../parts/page/asked';
import { Section } from '../../parts/page/page';
import { PAPER_LACKS, PaperFields } from '../../parts/paper/paper_fields';
import { Say } from '../../parts/say/say';
import { When } from '../../parts/when/when';
import { type Chosen, factOfChoice, type Talk } from './talk';

interface ChoiceFormProps {
	readonly talk: Talk;
	readonly onPrint: () => void;
}

function missingOf(chosen: Chosen): readonly string[] {
	return [
		...lacksOfPaper(chosen, today()).map((lack) => say(PAPER_LACKS[lack])),
		...(chosen.answer ? [] : [say('field.answer')]),
		...(chosen.mark ? [] : [say('field.mark')]),
		...(chosen.witness.trim() ? [] : [say('field.witness')]),
		...(chosen.company ? [] : [say('field.company')]),
		...(chosen.answer === 'return' && !chosen.destination
			? [say('field.destination')]
			: []),
	];
}

export function ChoiceForm({ talk, onPrint }: ChoiceFormProps) {
	const { person, held, chosen } = talk;
	const [missing, setMissing] = useState<readonly string[]>([]);
	const { language } = held.value;
	const form = useAsked(
		(signal) => get('Form', '/api/form', { signal, language }),
		[language],
	);

	function submit() {
		const hash = form.state === 'ok' ? form.value.hash : null;
		const fact = factOfChoice(person, chosen.value, hash);
		const lacks = [
			...missingOf(chosen.value),
			...(hash === null ? [say('field.form')] : []),
		];

		setMissing(lacks);
		if (fact && !lacks.length)
			chosen.submit([fact], [{ subject: person.id, version: person.version }]);
	}

	return (
		<Section
			title={say('web.counselling.answer')}
			beside={
				<Button onPress={onPrint}>
					{say('web.counselling.declaration')}
				</Button>
			}
		>
			<Standing talk={talk} />
			{chosen.now.state === 'recorded' ? (
				<Notice
					sort="done"
					takesFocus
					title={say('web.counselling.answer-recorded')}
				>
					<p>{say('web.counselling.print-receipt')}</p>
					<p>
						<Button look="link" onPress={chosen.clear}>
							{say('web.counselling.another-answer')}
						</Button>
					</p>
				</Notice>
			) : (
				<FormFrame
					form={chosen}
					does={say('web.counselling.record-answer')}
					missing={missing}
					onSubmit={submit}
				>
					<Fields talk={talk} />
				</FormFrame>
			)}
		</Section>
	);
}

/** What is on record now. */
function Standing({ talk }: { readonly talk: Talk }) {
	const { choice, withdrawn } = talk.person;

	if (withdrawn !== undefined)
		return (
			<p>
				<Say
					k="web.counselling.withdrawn"
					values={[<When key="t" iso={withdrawn} />]}
				/>
			</p>
		);
	if (!choice) return null;
	return (
		<p>
			<Say
				k="web.counselling.last-answer"
				values={[
					<strong key="a">{sayCode('answer', choice.answer)}</strong>,
					<When key="t" iso={choice.at} />,
				]}
			/>
		</p>
	);
}

function Fields({ talk }: { readonly talk: Talk }) {
	const { value, change } = talk.chosen;

	return (
		<>
			<PaperFields paper={value} change={change}>
				<TextField
					label={say('field.interpreter')}
					isName
					most={200}
					value={value.interpreter}
					onChange={(interpreter) => change({ interpreter })}
				/>
			</PaperFields>
			<div class="three-answers">
				<ChoiceField
					label={say('field.answer')}
					hint={say('web.counselling.answer-hint')}
					set="answer"
					value={value.answer}
					onChange={(answer) => change({ answer })}
				/>
			</div>
			{value.answer === 'return' && (
				<AreaPicker
					label={say('field.destination')}
					country="AFG"
					required
					value={value.destination}
					onChange={(destination) => change({ destination })}
				/>
			)}
			<FlagField
				label={say('web.counselling.apart')}
				value={value.apart}
				onChange={(apart) => change({ apart })}
			/>
			<ChoiceField
				label={say('field.company')}
				set="company"
				value={value.company}
				onChange={(company) => change({ company })}
			/>
			<ChoiceField
				label={say('field.mark')}
				set="mark"
				value={value.mark}
				onChange={(mark) => change({ mark })}
			/>
			<TextField
				label={say('field.witness')}
				hint={say('web.counselling.witness-hint')}
				isName
				most={200}
				value={value.witness}
				onChange={(witness) => change({ witness })}
			/>
		</>
	);
}
