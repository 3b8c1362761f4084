/*
 * A meeting, and what came of it: who owes what until when, and when it was done.  What is
 * recorded again under the same name stands in place of what was there.
 */
import { say } from '../../api/language';
import type { CodeWord, Meeting } from '../../gen/api';
import { ChoiceField } from '../../parts/field/choice_field';
import { DayField } from '../../parts/field/digits_field';
import { TextField } from '../../parts/field/text_field';
import { Act, blanks, type Made } from '../../parts/form/act';
import { Unfold } from '../../parts/unfold/unfold';
import { dayOf, isDay } from './question';
import { linesOf } from './talks';

const LINES_MAX = 20_000;

interface MeetingDraft {
	readonly meeting: string;
	readonly state: CodeWord<'meeting'> | '';
	readonly on: string;
	readonly place: string;
	readonly members: string;
	readonly agenda: string;
	readonly minutes: string;
	readonly source: string;
}

function draftOf(one: Meeting | undefined): MeetingDraft {
	return {
		meeting: one?.meeting ?? '',
		state: one?.state ?? '',
		on: one?.on ?? '',
		place: one?.place ?? '',
		members: one?.members.join('\n') ?? '',
		agenda: one?.agenda.join('\n') ?? '',
		minutes: one?.minutes.join('\n') ?? '',
		source: '',
	};
}

function meetingOf(subject: string, value: MeetingDraft): Made {
	const { state, on } = value;
	const day = dayOf(on);
	const meeting = value.meeting.trim();
	const lists = {
		members: linesOf(value.members),
		agenda: linesOf(value.agenda),
		minutes: linesOf(value.minutes),
	};

	if (!meeting || !state || !isDay(on))
		return blanks([
			[meeting, say('field.meeting')],
			[state, say('field.state')],
			[isDay(on), say('field.on')],
		]);
	return {
		facts: [
			{
				kind: 'instrument.meeting',
				subject,
				meeting,
				state,
				...(day && { on: day }),
				...(value.place.trim() && { place: value.place.trim() }),
				...(lists.members.length > 0 && { members: lists.members }),
				...(lists.agenda.length > 0 && { agenda: lists.agenda }),
				...(lists.minutes.length > 0 && { minutes: lists.minutes }),
				...(value.source.trim() && { source: value.source.trim() }),
			},
		],
	};
}

interface MeetingFormProps {
	readonly subject: string;
	/** Absent: a new one. */
	readonly one?: Meeting;
}

export function MeetingForm({ subject, one }: MeetingFormProps) {
	return (
		<Unfold title={one ? say('web.talks.meeting-change') : say('web.talks.meeting')}>
			<Act<MeetingDraft>
				name={`talks/meeting/${subject}/${one?.meeting ?? ''}`}
				empty={() => draftOf(one)}
				does={say('web.talks.meeting-record')}
				done={say('web.talks.recorded')}
				make={(value) => meetingOf(subject, value)}
			>
				{(value, change) => (
					<>
						{!one && (
							<TextField
								label={say('field.meeting')}
								isName
								most={100}
								value={value.meeting}
								onChange={(meeting) =>
									change({ meeting })
								}
							/>
						)}
						<ChoiceField
							label={say('field.state')}
							set="meeting"
							value={value.state}
							onChange={(state) => change({ state })}
						/>
						<DayField
							label={say('field.on')}
							value={value.on}
							onChange={(on) => change({ on })}
						/>
						<TextField
							label={say('field.place')}
							isName
							most={100}
							value={value.place}
							onChange={(place) => change({ place })}
						/>
						<TextField
							label={say('field.members')}
							hint={say('web.talks.members-hint')}
							sort="note"
							most={LINES_MAX}
							value={value.members}
							onChange={(members) => change({ members })}
						/>
						<TextField
							label={say('field.agenda')}
							hint={say('web.talks.lines-hint')}
							sort="note"
							most={LINES_MAX}
							value={value.agenda}
							onChange={(agenda) => change({ agenda })}
						/>
						<TextField
							label={say('field.minutes')}
							hint={say('web.talks.lines-hint')}
							sort="note"
							most={LINES_MAX}
							value={value.minutes}
							onChange={(minutes) => change({ minutes })}
						/>
						<TextField
							label={say('field.source')}
							isName
							value={value.source}
							onChange={(source) => change({ source })}
						/>
					</>
				)}
			</Act>
		</Unfold>
	);
}

// --- what came of it

interface OutcomeDraft {
	readonly what: string;
	readonly owes: string;
	readonly until: string;
}

function outcomeOf(subject: string, meeting: string, value: OutcomeDraft): Made {
	const what = value.what.trim();
	const owes = value.owes.trim();
	const { until } = value;
	const day = dayOf(until);

	if (!what || !isDay(until))
		return blanks([
			[what, say('field.what')],
			[isDay(until), say('field.until')],
		]);
	return {
		facts: [
			{
				kind: 'instrument.outcome',
				subject,
				meeting,
				what,
				...(owes && { owes }),
				...(day && { until: day }),
			},
		],
	};
}

interface OutcomeFormProps {
	readonly subject: string;
	readonly meeting: string;
}

export function OutcomeForm({ subject, meeting }: OutcomeFormProps) {
	return (
		<Unfold title={say('web.talks.outcome')}>
			<Act<OutcomeDraft>
				name={`talks/outcome/${subject}/${meeting}`}
				empty={() => ({ what: '', owes: '', until: '' })}
				does={say('web.talks.outcome-record')}
				done={say('web.talks.recorded')}
				make={(value) => outcomeOf(subject, meeting, value)}
			>
				{(value, change) => (
					<>
						<TextField
							label={say('field.what')}
							isName
							most={200}
							value={value.what}
							onChange={(what) => change({ what })}
						/>
						<TextField
							label={say('field.owes')}
							hint={say('web.talks.office-hint')}
							isName
							most={100}
							value={value.owes}
							onChange={(owes) => change({ owes })}
						/>
						<DayField
							label={say('field.until')}
							value={value.until}
							onChange={(until) => change({ until })}
						/>
					</>
				)}
			</Act>
		</Unfold>
	);
}

type Outcome = Meeting['outcomes'][number];

interface DoneFormProps extends OutcomeFormProps {
	readonly outcome: Outcome;
}

/** What was agreed is said again: the same words are the same outcome. */
export function DoneForm({ subject, meeting, outcome }: DoneFormProps) {
	const { what, owes, until } = outcome;

	return (
		<Unfold title={say('web.talks.done')}>
			<Act<{ readonly done: string }>
				name={`talks/done/${subject}/${meeting}/${what}`}
				empty={() => ({ done: '' })}
				does={say('web.talks.done-record')}
				done={say('web.talks.recorded')}
				make={({ done }) => {
					const day = dayOf(done);

					if (!day) return blanks([['', say('field.done')]]);
					return {
						facts: [
							{
								kind: 'instrument.outcome',
								subject,
								meeting,
								what,
								...(owes !== undefined && { owes }),
								...(until !== undefined && {
									until,
								}),
								done: day,
							},
						],
					};
				}}
			>
				{({ done }, change) => (
					<DayField
						label={say('field.done')}
						value={done}
						onChange={(next) => change({ done: next })}
					/>
				)}
			</Act>
		</Unfold>
	);
}
