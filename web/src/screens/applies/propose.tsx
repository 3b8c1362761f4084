/*
 * A new negotiation: terms of reference or an agreement that others have to approve.  It
 * applies to nobody before a step says that it is in force.
 */
import { say } from '../../api/language';
import type { Area, CodeWord, Negotiation } from '../../gen/api';
import type { Key } from '../../gen/keys';
import { AreaPicker } from '../../parts/area/area_picker';
import { ChoiceField } from '../../parts/field/choice_field';
import { DayField } from '../../parts/field/digits_field';
import { SelectList } from '../../parts/field/select_list';
import { TextField } from '../../parts/field/text_field';
import { Act, blanks, type Made } from '../../parts/form/act';
import { Unfold } from '../../parts/unfold/unfold';
import { dayOf } from './question';
import { codeOf, linesOf, type Sort } from './talks';

const SORT_NAMES = [
	['terms', 'web.talks.sort-terms'],
	['agreement', 'web.talks.sort-agreement'],
] as const satisfies readonly (readonly [Sort, Key])[];

/** Words of directive/words.def: whom it is about once it is in force. */
const ABOUT = [
	['not applicable', 'web.talks.about-nobody'],
	['all Afghans', 'web.talks.about-all'],
	['PoR', 'web.applies.group-por'],
	['ACC', 'web.applies.group-acc'],
	['undocumented', 'web.applies.group-undocumented'],
] as const satisfies readonly (readonly [string, Key])[];

/** The same of what it does then. */
const EFFECTS = [
	['approval_awaited', 'web.talks.effect-talks'],
	['voluntary_return_framework', 'web.talks.effect-framework'],
	['assist_voluntary_return', 'web.talks.effect-assist'],
	['no_forced_return', 'web.talks.effect-no-force'],
	['permit_stay', 'web.talks.effect-stay'],
] as const satisfies readonly (readonly [string, Key])[];

const PAKISTAN = 'PAK';

interface Draft {
	readonly sort: Sort | '';
	readonly name: string;
	readonly title: string;
	readonly authority: string;
	readonly level: CodeWord<'level'> | '';
	readonly date: string;
	readonly parties: string;
	readonly area: Area | null;
	readonly groups: string;
	readonly effect: string;
	readonly detail: string;
	readonly basis: CodeWord<'confidence'> | '';
	readonly source: string;
}

const EMPTY: Draft = {
	sort: '',
	name: '',
	title: '',
	authority: '',
	level: '',
	date: '',
	parties: '',
	area: null,
	groups: '',
	effect: '',
	detail: '',
	basis: '',
	source: '',
};

interface ProposeProps {
	/** What there is already. */
	readonly all: readonly Negotiation[];
}

function isTaken(all: readonly Negotiation[], code: string): boolean {
	return all.some(({ id }) => id === code);
}

function factsOf(all: readonly Negotiation[], value: Draft): Made {
	const { level, groups, effect, basis } = value;
	const code = codeOf(value.sort, value.name);
	const date = dayOf(value.date);
	const authority = value.authority.trim();
	const title = value.title.trim();
	const parties = linesOf(value.parties);
	const detail = value.detail.trim();
	const source = value.source.trim();
	const isNew = code !== '' && !isTaken(all, code);
	const subject = `code:${code}`;

	if (!isNew || !date || !authority || !level || !title || !groups || !effect || !basis)
		return blanks([
			[value.sort, say('web.talks.sort')],
			[isNew, say('web.talks.name')],
			[title, say('field.instrument')],
			[authority, say('field.authority')],
			[level, say('field.level')],
			[date, say('field.date')],
			[groups, say('field.groups')],
			[effect, say('field.effect')],
			[basis, say('field.basis')],
		]);
	return {
		facts: [
			{
				kind: 'instrument.recorded',
				subject,
				code,
				date,
				authority,
				level,
				instrument: title,
				groups,
				areas: [value.area?.key ?? PAKISTAN],
				effect,
				basis,
				...(detail && { detail }),
				...(source && { source }),
				...(parties.length > 0 && { parties }),
			},
			{
				kind: 'instrument.step',
				subject,
				step: 'drafted',
				party: authority,
				on: date,
			},
		],
	};
}

function named<Word extends string>(
	options: readonly (readonly [Word, Key])[],
): readonly (readonly [Word, string])[] {
	return options.map(([word, key]) => [word, say(key)] as const);
}

/** What is wrong with the name, or the code that it makes. */
function NameField(
	props: ProposeProps & { value: Draft; change: (patch: Partial<Draft>) => void },
) {
	const { all, value, change } = props;
	const code = codeOf(value.sort, value.name);
	const wrong = !code
		? value.name.trim() && value.sort
			? say('web.talks.name-wrong')
			: undefined
		: isTaken(all, code)
			? say('web.talks.name-taken', code)
			: undefined;

	return (
		<TextField
			label={say('web.talks.name')}
			hint={
				code && !wrong
					? say('web.talks.its-code', code)
					: say('web.talks.name-hint')
			}
			isPath
			most={30}
			value={value.name}
			wrong={wrong}
			onChange={(name) => change({ name })}
		/>
	);
}

export function Propose({ all }: ProposeProps) {
	return (
		<Unfold title={say('web.talks.propose')}>
			<Act<Draft>
				name="talks/new"
				empty={() => EMPTY}
				does={say('web.talks.propose-record')}
				done={say('web.talks.proposed')}
				make={(value) => factsOf(all, value)}
			>
				{(value, change) => (
					<>
						<p class="quiet">{say('web.talks.propose-what')}</p>
						<SelectList
							label={say('web.talks.sort')}
							options={named(SORT_NAMES)}
							value={value.sort}
							onChange={(chosen) =>
								change({
									sort:
										SORT_NAMES.find(
											([sort]) =>
												sort ===
												chosen,
										)?.[0] ?? '',
								})
							}
						/>
						<NameField
							all={all}
							value={value}
							change={change}
						/>
						<TextField
							label={say('field.instrument')}
							isName
							most={150}
							value={value.title}
							onChange={(title) => change({ title })}
						/>
						<TextField
							label={say('field.authority')}
							hint={say('web.talks.office-hint')}
							isName
							most={100}
							value={value.authority}
							onChange={(authority) =>
								change({ authority })
							}
						/>
						<ChoiceField
							label={say('field.level')}
							set="level"
							value={value.level}
							onChange={(level) => change({ level })}
						/>
						<DayField
							label={say('field.date')}
							value={value.date}
							onChange={(date) => change({ date })}
						/>
						<TextField
							label={say('field.parties')}
							hint={say('web.talks.members-hint')}
							sort="note"
							most={2400}
							value={value.parties}
							onChange={(parties) => change({ parties })}
						/>
						<AreaPicker
							label={say('field.areas')}
							hint={say('web.applies.area-hint')}
							country="PAK"
							value={value.area}
							onChange={(area) => change({ area })}
						/>
						<SelectList
							label={say('field.groups')}
							options={named(ABOUT)}
							value={value.groups}
							onChange={(groups) => change({ groups })}
						/>
						<SelectList
							label={say('field.effect')}
							options={named(EFFECTS)}
							value={value.effect}
							onChange={(effect) => change({ effect })}
						/>
						<TextField
							label={say('field.detail')}
							sort="note"
							most={500}
							value={value.detail}
							onChange={(detail) => change({ detail })}
						/>
						<ChoiceField
							label={say('field.basis')}
							set="confidence"
							value={value.basis}
							onChange={(basis) => change({ basis })}
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
