/*
 * A new version of a text, paragraph by paragraph.  The register computes its hash; one that
 * came with the text is held against it, and where they differ nothing is recorded.
 */
import { say } from '../../api/language';
import { wholeNumber } from '../../core/digits';
import type { CodeWord, NegotiationFile } from '../../gen/api';
import { ChoiceField } from '../../parts/field/choice_field';
import { DayField, NumberField } from '../../parts/field/digits_field';
import { LanguageField } from '../../parts/field/language_field';
import { TextField } from '../../parts/field/text_field';
import { Act, blanks, type Made } from '../../parts/form/act';
import { Unfold } from '../../parts/unfold/unfold';
import { dayOf, isDay } from './question';
import { hashOf, linesOf, longParagraph, nextVersion, PARAGRAPHS_MAX } from './talks';

const VERSION_MAX = 1000;
const TEXT_MAX = 500_000;

interface NewText {
	readonly version: string;
	readonly language: string;
	readonly text: string;
	readonly hash: string;
	readonly step: CodeWord<'step'> | '';
	readonly on: string;
}

function versionOf({ version }: NewText): number {
	const number = wholeNumber(version) ?? 0;

	return number <= VERSION_MAX ? number : 0;
}

function wrongWith(text: string): string | undefined {
	const paragraphs = linesOf(text);
	const long = longParagraph(paragraphs);

	if (long !== null) return say('web.talks.long', long);
	if (paragraphs.length > PARAGRAPHS_MAX) return say('web.talks.many', PARAGRAPHS_MAX);
	return undefined;
}

function factsOf({ negotiation }: NegotiationFile, value: NewText): Made {
	const { language, text, step, on } = value;
	const { subject } = negotiation;
	const paragraphs = linesOf(text);
	const version = versionOf(value);
	const hash = hashOf(value.hash);
	const day = dayOf(on);
	const isText = paragraphs.length > 0 && !wrongWith(text);

	if (!version || !isText || hash.state === 'wrong' || !step || !isDay(on))
		return blanks([
			[version, say('field.version')],
			[isText, say('field.text')],
			[hash.state !== 'wrong', say('field.text_hash')],
			[step, say('field.step')],
			[isDay(on), say('field.on')],
		]);
	return {
		facts: [
			...paragraphs.map((paragraph, i) => ({
				kind: 'instrument.text' as const,
				subject,
				version,
				paragraph: i + 1,
				text: paragraph,
				...(language && { language }),
			})),
			{
				kind: 'instrument.step',
				subject,
				step,
				version,
				party: negotiation.authority,
				...(hash.state === 'given' && { text_hash: hash.hash }),
				...(day && { on: day }),
			},
		],
	};
}

export function TextForm({ file }: { readonly file: NegotiationFile }) {
	return (
		<Unfold title={say('web.talks.text')}>
			<Act<NewText>
				name={`talks/text/${file.negotiation.subject}`}
				empty={() => ({
					version: String(nextVersion(file.versions)),
					language: '',
					text: '',
					hash: '',
					step: '',
					on: '',
				})}
				does={say('web.talks.text-record')}
				done={say('web.talks.recorded')}
				make={(value) => factsOf(file, value)}
			>
				{(value, change) => (
					<>
						<NumberField
							label={say('field.version')}
							most={VERSION_MAX}
							value={value.version}
							onChange={(version) => change({ version })}
						/>
						<LanguageField
							label={say('field.language')}
							value={value.language}
							onChange={(language) =>
								change({ language })
							}
						/>
						<TextField
							label={say('field.text')}
							hint={say('web.talks.text-hint')}
							sort="note"
							most={TEXT_MAX}
							value={value.text}
							wrong={wrongWith(value.text)}
							onChange={(text) => change({ text })}
						/>
						<TextField
							label={say('field.text_hash')}
							hint={say('web.talks.hash-hint')}
							isPath
							value={value.hash}
							wrong={
								hashOf(value.hash).state === 'wrong'
									? say(
											'web.talks.hash-wrong',
										)
									: undefined
							}
							onChange={(hash) => change({ hash })}
						/>
						<ChoiceField
							label={say('field.step')}
							set="step"
							only={['drafted', 'submitted']}
							value={value.step}
							onChange={(step) => change({ step })}
						/>
						<DayField
							label={say('field.on')}
							value={value.on}
							onChange={(on) => change({ on })}
						/>
					</>
				)}
			</Act>
		</Unfold>
	);
}
