/*
 * Signals that somebody is pushed, noted quietly: nothing of this is ever on the side that is
 * turned to her, and it sends her case to a review by somebody else.
 */
import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import type { CodeWord, Person } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { SelectField } from '../../parts/field/choice_field';
import { TextField } from '../../parts/field/text_field';
import { useForm } from '../../parts/form/form';
import { FormFrame } from '../../parts/form/form_frame';
import { Notice } from '../../parts/notice/notice';

interface Signal {
	readonly sort: CodeWord<'pressure'> | '';
	readonly reporter: CodeWord<'reporter'> | '';
	readonly note: string;
}

export function PressureForm({ person }: { readonly person: Person }) {
	const form = useForm<Signal>(`pressure/${person.id}`, () => ({
		sort: '',
		reporter: 'person',
		note: '',
	}));
	const { sort, reporter, note } = form.value;
	const [missing, setMissing] = useState<readonly string[]>([]);

	function submit() {
		if (!sort || !reporter) {
			setMissing([
				...(sort ? [] : [say('web.counselling.signal')]),
				...(reporter ? [] : [say('field.reporter')]),
			]);
			return;
		}
		setMissing([]);
		form.submit([
			{
				kind: 'pressure.reported',
				subject: person.id,
				sort,
				reporter,
				...(note.trim() && { note: note.trim() }),
			},
		]);
	}

	return (
		<details class="card">
			<summary>{say('web.counselling.signals')}</summary>
			{form.now.state === 'recorded' ? (
				<Notice
					sort="done"
					takesFocus
					title={say('web.counselling.signal-recorded')}
				>
					<p>
						<Button look="link" onPress={form.clear}>
							{say('web.counselling.another-signal')}
						</Button>
					</p>
				</Notice>
			) : (
				<FormFrame
					form={form}
					does={say('web.counselling.record-signal')}
					missing={missing}
					onSubmit={submit}
				>
					<div class="columns">
						<SelectField
							label={say('web.counselling.signal')}
							set="pressure"
							value={sort}
							onChange={(next) =>
								form.change({ sort: next })
							}
						/>
						<SelectField
							label={say('field.reporter')}
							set="reporter"
							value={reporter}
							onChange={(next) =>
								form.change({ reporter: next })
							}
						/>
					</div>
					<TextField
						label={say('web.counselling.in-words')}
						sort="note"
						most={1000}
						value={note}
						onChange={(next) => form.change({ note: next })}
					/>
				</FormFrame>
			)}
		</details>
	);
}
