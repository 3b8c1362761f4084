/*
 * Signals that somebody is pushed, noted quietly: nothing of this is ever on the side that is
 * turned to her, and it sends her case to a review by somebody else.
 */
import { say } from '../../api/language';
import type { CodeWord, Person } from '../../gen/api';
import { SelectField } from '../../parts/field/choice_field';
import { TextField } from '../../parts/field/text_field';
import { Act, blanks, type Made } from '../../parts/form/act';

interface Signal {
	readonly sort: CodeWord<'pressure'> | '';
	readonly reporter: CodeWord<'reporter'> | '';
	readonly note: string;
}

function signalOf(person: Person, { sort, reporter, note }: Signal): Made {
	if (!sort || !reporter)
		return blanks([
			[sort, say('web.counselling.signal')],
			[reporter, say('field.reporter')],
		]);
	return {
		facts: [
			{
				kind: 'pressure.reported',
				subject: person.id,
				sort,
				reporter,
				...(note.trim() && { note: note.trim() }),
			},
		],
	};
}

export function PressureForm({ person }: { readonly person: Person }) {
	return (
		<details class="card">
			<summary>{say('web.counselling.signals')}</summary>
			<Act<Signal>
				name={`pressure/${person.id}`}
				empty={() => ({ sort: '', reporter: 'person', note: '' })}
				make={(value) => signalOf(person, value)}
				does={say('web.counselling.record-signal')}
				done={say('web.counselling.signal-recorded')}
			>
				{(value, change) => (
					<>
						<div class="columns">
							<SelectField
								label={say(
									'web.counselling.signal',
								)}
								set="pressure"
								value={value.sort}
								onChange={(sort) =>
									change({ sort })
								}
							/>
							<SelectField
								label={say('field.reporter')}
								set="reporter"
								value={value.reporter}
								onChange={(reporter) =>
									change({ reporter })
								}
							/>
						</div>
						<TextField
							label={say('web.counselling.in-words')}
							sort="note"
							most={1000}
							value={value.note}
							onChange={(note) => change({ note })}
						/>
					</>
				)}
			</Act>
		</details>
	);
}
