import { say } from '../../api/language';
import type { HouseholdDraft } from '../../core/household';
import type { Key } from '../../gen/keys';
import { AreaPicker } from '../../parts/area/area_picker';
import { FlagField, SelectField } from '../../parts/field/choice_field';
import { DayField, NumberField } from '../../parts/field/digits_field';
import { Labelled } from '../../parts/field/labelled';
import { TextField } from '../../parts/field/text_field';
import { Notice } from '../../parts/notice/notice';
import { Section } from '../../parts/page/page';

/** ISO 639-3, of languages that are spoken here; data/languages has all. */
const SPOKEN = {
	pbu: 'web.language.pbu',
	pbt: 'web.language.pbt',
	pst: 'web.language.pst',
	prs: 'web.language.prs',
	haz: 'web.language.haz',
	uzs: 'web.language.uzs',
	tuk: 'web.language.tuk',
	bal: 'web.language.bal',
	urd: 'web.language.urd',
} as const satisfies Record<string, Key>;

interface HouseholdFieldsProps {
	readonly household: HouseholdDraft;
	readonly change: (patch: Partial<HouseholdDraft>) => void;
}

export function HouseholdFields({ household, change }: HouseholdFieldsProps) {
	return (
		<Section title={say('web.find.household')}>
			<FromPaper household={household} change={change} />
			<div class="member-row">
				<AreaPicker
					label={say('field.residence')}
					country="PAK"
					required
					value={household.residence}
					onChange={(residence) => change({ residence })}
				/>
				<AreaPicker
					label={say('field.origin')}
					country="AFG"
					value={household.origin}
					onChange={(origin) => change({ origin })}
				/>
				<Language household={household} change={change} />
			</div>
			<details>
				<summary>{say('web.register.more-household')}</summary>
				<div class="member-row">
					<TextField
						label={say('field.address')}
						value={household.address}
						onChange={(address) => change({ address })}
					/>
					<TextField
						label={say('field.phone')}
						sort="telephone"
						most={40}
						value={household.phone}
						onChange={(phone) => change({ phone })}
					/>
					{household.phone.trim() && (
						<Phone household={household} change={change} />
					)}
					<NumberField
						label={say('field.arrival_year')}
						most={2100}
						value={household.arrivalYear}
						onChange={(arrivalYear) => change({ arrivalYear })}
					/>
					<AreaPicker
						label={say('field.destination')}
						hint={say('web.register.destination-hint')}
						country="AFG"
						value={household.destination}
						onChange={(destination) => change({ destination })}
					/>
				</div>
			</details>
		</Section>
	);
}

function FromPaper({ household, change }: HouseholdFieldsProps) {
	return (
		<>
			<FlagField
				label={say('web.register.from-paper')}
				value={household.isFromPaper}
				onChange={(isFromPaper) => change({ isFromPaper })}
			/>
			{household.isFromPaper && (
				<>
					<Notice
						sort="note"
						title={say('web.register.from-paper-what')}
					/>
					<DayField
						label={say('web.register.paper-day')}
						required
						value={household.paperDay}
						onChange={(paperDay) => change({ paperDay })}
					/>
				</>
			)}
		</>
	);
}

function Language({ household, change }: HouseholdFieldsProps) {
	return (
		<Labelled label={say('field.language')}>
			{(named) => (
				<select
					{...named}
					class="input"
					value={household.language}
					onChange={(event) =>
						change({ language: event.currentTarget.value })
					}
				>
					<option value="">{say('web.field.not-said')}</option>
					{Object.entries(SPOKEN).map(([code, key]) => (
						<option key={code} value={code}>
							{say(key)}
						</option>
					))}
				</select>
			)}
		</Labelled>
	);
}

function Phone({ household, change }: HouseholdFieldsProps) {
	return (
		<>
			<SelectField
				label={say('field.phone_owner')}
				set="phone_owner"
				value={household.phoneOwner}
				onChange={(phoneOwner) => change({ phoneOwner })}
			/>
			<FlagField
				label={say('web.register.phone-safe')}
				value={household.phoneSafe}
				onChange={(phoneSafe) => change({ phoneSafe })}
			/>
		</>
	);
}
