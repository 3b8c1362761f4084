/* What is recorded in one person's case, whatever is open there. */
import { say } from '../../api/language';
import type { Area, CodeWord, Known, Person } from '../../gen/api';
import { AreaPicker } from '../../parts/area/area_picker';
import { ChoiceField, SelectField } from '../../parts/field/choice_field';
import { TextField } from '../../parts/field/text_field';
import { Act, blanks, type Made } from '../../parts/form/act';

export interface OfPerson {
	readonly person: Person;
}

/** Who decides about her does so on what the screen showed. */
export function knownOf(person: Person): readonly Known[] {
	return [{ subject: person.id, version: person.version }];
}

/** A member with what was typed, where something was. */
export function noteOf(note: string): { readonly note?: string } {
	return note.trim() ? { note: note.trim() } : {};
}

interface Reviewed {
	readonly finding: CodeWord<'finding'> | '';
	readonly company: CodeWord<'company'> | '';
}

export function ReviewMade({ person }: OfPerson) {
	return (
		<Act<Reviewed>
			name={`review/${person.id}`}
			empty={() => ({
				finding: '',
				company: '',
			})}
			known={knownOf(person)}
			does={say('web.protection.record-review')}
			done={say('web.protection.review-recorded')}
			make={({ finding, company }): Made =>
				finding && company
					? {
							facts: [
								{
									kind: 'review.made',
									subject: person.id,
									finding,
									company,
								},
							],
						}
					: blanks([
							[finding, say('field.finding')],
							[company, say('field.company')],
						])
			}
		>
			{({ finding, company }, change) => (
				<>
					<ChoiceField
						label={say('field.finding')}
						set="finding"
						value={finding}
						onChange={(next) => change({ finding: next })}
					/>
					<ChoiceField
						label={say('field.company')}
						set="company"
						value={company}
						onChange={(next) => change({ company: next })}
					/>
				</>
			)}
		</Act>
	);
}

interface Assessed {
	readonly sort: CodeWord<'assessment'> | '';
	readonly result: CodeWord<'result'> | '';
	readonly basis: CodeWord<'parent_basis'> | '';
	readonly escort: string;
}

function assessmentOf(person: Person, { sort, result, basis, escort }: Assessed): Made {
	if (!sort || !result || (sort === 'other-parent' && !basis))
		return blanks([
			[sort, say('field.sort')],
			[result, say('field.result')],
			[basis || sort !== 'other-parent', say('field.basis')],
		]);
	return {
		facts: [
			{
				kind: 'assessment.made',
				subject: person.id,
				sort,
				result,
				...(sort === 'other-parent' && basis && { basis }),
				...(escort.trim() && { escort: escort.trim() }),
			},
		],
	};
}

export function AssessmentMade({ person }: OfPerson) {
	return (
		<Act<Assessed>
			name={`assessment/${person.id}`}
			empty={() => ({ sort: '', result: '', basis: '', escort: '' })}
			known={knownOf(person)}
			does={say('web.protection.record-assessment')}
			done={say('web.protection.assessment-recorded')}
			make={(value) => assessmentOf(person, value)}
		>
			{(value, change) => (
				<>
					<ChoiceField
						label={say('field.sort')}
						set="assessment"
						value={value.sort}
						onChange={(sort) => change({ sort })}
					/>
					<ChoiceField
						label={say('field.result')}
						set="result"
						value={value.result}
						onChange={(result) => change({ result })}
					/>
					{value.sort === 'other-parent' && (
						<ChoiceField
							label={say('field.basis')}
							set="parent_basis"
							value={value.basis}
							onChange={(basis) => change({ basis })}
						/>
					)}
					{value.result === 'favourable-with-escort' && (
						<TextField
							label={say('field.escort')}
							isName
							most={200}
							value={value.escort}
							onChange={(escort) => change({ escort })}
						/>
					)}
				</>
			)}
		</Act>
	);
}

interface Reported {
	readonly sort: CodeWord<'incident'> | '';
	readonly area: Area | null;
	readonly note: string;
}

export function IncidentReported({ person }: OfPerson) {
	return (
		<Act<Reported>
			name={`incident/${person.id}`}
			empty={() => ({ sort: '', area: null, note: '' })}
			does={say('web.protection.record-incident')}
			done={say('web.protection.incident-recorded')}
			make={({ sort, area, note }) =>
				sort
					? {
							facts: [
								{
									kind: 'incident.reported',
									subject: person.id,
									sort,
									...(area && {
										area: area.key,
									}),
									...noteOf(note),
								},
							],
						}
					: blanks([[sort, say('field.sort')]])
			}
		>
			{(value, change) => (
				<>
					<ChoiceField
						label={say('web.protection.what-happened')}
						set="incident"
						value={value.sort}
						onChange={(sort) => change({ sort })}
					/>
					<AreaPicker
						label={say('field.area')}
						value={value.area}
						onChange={(area) => change({ area })}
					/>
					<Note
						value={value.note}
						onChange={(note) => change({ note })}
					/>
				</>
			)}
		</Act>
	);
}

interface Held {
	readonly reason: CodeWord<'hold_reason'> | '';
}

export function HoldPlaced({ person }: OfPerson) {
	return (
		<Act<Held>
			name={`hold/${person.id}`}
			empty={() => ({ reason: '' })}
			does={say('web.protection.record-hold')}
			done={say('web.protection.hold-recorded')}
			make={({ reason }): Made =>
				reason
					? {
							facts: [
								{
									kind: 'hold.placed',
									subject: person.id,
									reason,
								},
							],
						}
					: blanks([[reason, say('field.reason')]])
			}
		>
			{({ reason }, change) => (
				<>
					<p>{say('web.protection.hold-what')}</p>
					<ChoiceField
						label={say('field.reason')}
						set="hold_reason"
						value={reason}
						onChange={(next) => change({ reason: next })}
					/>
				</>
			)}
		</Act>
	);
}

interface Complained {
	readonly about: CodeWord<'complaint'> | '';
	readonly note: string;
}

export function ComplaintMade({ person }: OfPerson) {
	return (
		<Act<Complained>
			name={`complaint/${person.id}`}
			empty={() => ({ about: '', note: '' })}
			does={say('web.protection.record-complaint')}
			done={say('web.protection.complaint-recorded')}
			make={({ about, note }) =>
				about
					? {
							facts: [
								{
									kind: 'complaint.made',
									subject: person.id,
									about,
									...noteOf(note),
								},
							],
						}
					: blanks([[about, say('field.about')]])
			}
		>
			{(value, change) => (
				<>
					<p>{say('web.protection.complaint-what')}</p>
					<SelectField
						label={say('field.about')}
						set="complaint"
						value={value.about}
						onChange={(about) => change({ about })}
					/>
					<Note
						value={value.note}
						onChange={(note) => change({ note })}
					/>
				</>
			)}
		</Act>
	);
}

interface NoteProps {
	readonly value: string;
	readonly onChange: (value: string) => void;
}

export function Note({ value, onChange }: NoteProps) {
	return (
		<TextField
			label={say('web.counselling.in-words')}
			sort="note"
			most={1000}
			value={value}
			onChange={onChange}
		/>
	);
}
