/* That a talk was held: in which language, with whom in the room, about what. */
import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import { today } from '../../api/session';
import { lacksOfPaper } from '../../core/paper';
import type { Sheet } from '../../gen/api';
import { AreaPicker } from '../../parts/area/area_picker';
import { Button } from '../../parts/button/button';
import { ChoiceField, FlagField, ManyField } from '../../parts/field/choice_field';
import { LanguageField } from '../../parts/field/language_field';
import { TextField } from '../../parts/field/text_field';
import { FormFrame } from '../../parts/form/form_frame';
import { Notice } from '../../parts/notice/notice';
import type { Asked } from '../../parts/page/asked';
import { Section } from '../../parts/page/page';
import { PAPER_LACKS, PaperFields } from '../../parts/paper/paper_fields';
import { Say } from '../../parts/say/say';
import { Day } from '../../parts/when/when';
import { factOfTalk, type Talk } from './talk';

interface HeldFormProps {
	readonly talk: Talk;
	readonly sheet: Asked<Sheet>;
}

function missingOf({ held }: Talk, sheet: Asked<Sheet>): readonly string[] {
	const { company, counsellorSex, topics } = held.value;

	return [
		...lacksOfPaper(held.value, today()).map((lack) => say(PAPER_LACKS[lack])),
		...(company ? [] : [say('field.company')]),
		...(counsellorSex ? [] : [say('field.counsellor_sex')]),
		...(topics.length ? [] : [say('field.topics')]),
		...(sheet.state === 'ok' ? [] : [say('field.sheet')]),
	];
}

export function HeldForm({ talk, sheet }: HeldFormProps) {
	const { person, held } = talk;
	const [missing, setMissing] = useState<readonly string[]>([]);

	function submit() {
		const lacks = missingOf(talk, sheet);
		const fact = factOfTalk(
			person,
			held.value,
			sheet.state === 'ok' ? sheet.value : null,
		);

		setMissing(lacks);
		if (fact && !lacks.length)
			held.submit([fact], [{ subject: person.id, version: person.version }]);
	}

	return (
		<Section title={say('web.counselling.talk')}>
			{held.now.state === 'recorded' ? (
				<Notice sort="done" takesFocus title={say('web.counselling.held')}>
					<p>
						<Button look="link" onPress={held.clear}>
							{say('web.counselling.another-talk')}
						</Button>
					</p>
				</Notice>
			) : (
				<FormFrame
					form={held}
					does={say('web.counselling.record-talk')}
					missing={missing}
					onSubmit={submit}
				>
					<Fields talk={talk} sheet={sheet} />
				</FormFrame>
			)}
		</Section>
	);
}

function Fields({ talk, sheet }: HeldFormProps) {
	const { value, change } = talk.held;

	return (
		<>
			<PaperFields paper={value} change={change} />
			<ChoiceField
				label={say('field.company')}
				set="company"
				value={value.company}
				onChange={(company) => change({ company })}
			/>
			<div class="columns">
				<LanguageField
					label={say('field.language')}
					value={value.spoken}
					onChange={(spoken) => change({ spoken })}
				/>
				<TextField
					label={say('field.interpreter')}
					hint={say('web.counselling.interpreter-hint')}
					isName
					most={200}
					value={value.interpreter}
					onChange={(interpreter) => change({ interpreter })}
				/>
			</div>
			<FlagField
				label={say('web.counselling.understood')}
				value={value.understood}
				onChange={(understood) => change({ understood })}
			/>
			<ChoiceField
				label={
					value.isFromPaper
						? say('field.counsellor_sex')
						: say('web.counselling.your-sex')
				}
				set="sex"
				value={value.counsellorSex}
				onChange={(counsellorSex) => change({ counsellorSex })}
			/>
			<AreaPicker
				label={say('field.sheet_area')}
				country="AFG"
				value={value.area}
				onChange={(area) => change({ area })}
			/>
			<SheetShown sheet={sheet} />
			<ManyField
				label={say('field.topics')}
				hint={say('web.counselling.topics-hint')}
				set="topic"
				value={value.topics}
				onChange={(topics) => change({ topics })}
			/>
			<FlagField
				label={say('web.counselling.read-back')}
				value={value.readBack}
				onChange={(readBack) => change({ readBack })}
			/>
		</>
	);
}

function SheetShown({ sheet }: { readonly sheet: Asked<Sheet> }) {
	if (sheet.state === 'problem') return <Notice sort="care" title={sheet.problem.detail} />;
	if (sheet.state !== 'ok') return null;
	return (
		<p class="quiet">
			<Say
				k="web.turned.sheet-of"
				values={[
					sheet.value.area.name,
					<Day key="d" iso={sheet.value.dated} />,
				]}
			/>
		</p>
	);
}
