/*
 * A step of a negotiation: who said what to which version, and when.  The version is named
 * by the hash that this screen shows; where another text is on record by now, the register
 * refuses the step and says so.
 */
import { say } from '../../api/language';
import type { CodeWord, NegotiationFile } from '../../gen/api';
import { ChoiceField } from '../../parts/field/choice_field';
import { DayField } from '../../parts/field/digits_field';
import { SelectList } from '../../parts/field/select_list';
import { TextField } from '../../parts/field/text_field';
import { Act, blanks, type Made } from '../../parts/form/act';
import { Unfold } from '../../parts/unfold/unfold';
import { dayOf, isDay } from './question';

interface Step {
	readonly step: CodeWord<'step'> | '';
	/** One of those that are named, or OTHER. */
	readonly party: string;
	readonly other: string;
	readonly version: string;
	readonly on: string;
	readonly note: string;
	readonly source: string;
}

const OTHER = '*';

function emptyStep({ versions }: NegotiationFile): Step {
	return {
		step: '',
		party: '',
		other: '',
		version: String(versions.at(-1)?.version ?? ''),
		on: '',
		note: '',
		source: '',
	};
}

/** What an office says, it says by its name. */
function isSaid(step: Step['step']): boolean {
	return step === 'approved' || step === 'commented' || step === 'rejected';
}

function factOf(file: NegotiationFile, value: Step): Made {
	const { step, on, note, source } = value;
	const party = (value.party === OTHER ? value.other : value.party).trim();
	const day = dayOf(on);
	const version = file.versions.find((one) => String(one.version) === value.version);

	if (!step || (isSaid(step) && !party) || !isDay(on))
		return blanks([
			[step, say('field.step')],
			[party || !isSaid(step), say('field.party')],
			[isDay(on), say('field.on')],
		]);
	return {
		facts: [
			{
				kind: 'instrument.step',
				subject: file.negotiation.subject,
				step,
				...(party && { party }),
				...(version && {
					version: version.version,
					text_hash: version.hash,
				}),
				...(day && { on: day }),
				...(note.trim() && { note: note.trim() }),
				...(source.trim() && { source: source.trim() }),
			},
		],
	};
}

export function StepForm({ file }: { readonly file: NegotiationFile }) {
	const { negotiation } = file;
	const offices = new Set([
		negotiation.authority,
		...negotiation.parties.map(({ name }) => name),
	]);

	return (
		<Unfold title={say('web.talks.step')}>
			<Act<Step>
				name={`talks/step/${negotiation.subject}`}
				empty={() => emptyStep(file)}
				does={say('web.talks.step-record')}
				done={say('web.talks.recorded')}
				make={(value) => factOf(file, value)}
			>
				{(value, change) => (
					<>
						<ChoiceField
							label={say('field.step')}
							set="step"
							value={value.step}
							onChange={(step) => change({ step })}
						/>
						<SelectList
							label={say('field.party')}
							options={[
								...[...offices].map(
									(office) =>
										[
											office,
											office,
										] as const,
								),
								[
									OTHER,
									say(
										'web.talks.other-office',
									),
								],
							]}
							value={value.party}
							onChange={(party) => change({ party })}
						/>
						{value.party === OTHER && (
							<TextField
								label={say(
									'web.talks.which-office',
								)}
								hint={say('web.talks.office-hint')}
								isName
								most={200}
								value={value.other}
								onChange={(other) =>
									change({ other })
								}
							/>
						)}
						{file.versions.length > 0 && (
							<SelectList
								label={say('field.version')}
								hint={say('web.talks.version-hint')}
								options={file.versions.map(
									({ version }) => [
										String(version),
										say(
											'web.negotiation.version-of',
											version,
										),
									],
								)}
								value={value.version}
								onChange={(version) =>
									change({ version })
								}
							/>
						)}
						<DayField
							label={say('field.on')}
							value={value.on}
							onChange={(on) => change({ on })}
						/>
						<TextField
							label={say('web.negotiation.said')}
							sort="note"
							most={500}
							value={value.note}
							onChange={(note) => change({ note })}
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
