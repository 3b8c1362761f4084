import { say } from '../../api/language';
import type { Change, HouseholdAbout } from '../../core/household';
import { kept } from '../../parts/base/kept';
import { AreaPicker } from '../../parts/area/area_picker';
import { FlagField, SelectField } from '../../parts/field/choice_field';
import { NumberField } from '../../parts/field/digits_field';
import { LanguageField } from '../../parts/field/language_field';
import { TextField } from '../../parts/field/text_field';
import { Section } from '../../parts/page/page';
import { PaperFields } from '../../parts/paper/paper_fields';
import { Unfold } from '../../parts/unfold/unfold';

interface HouseholdFieldsProps {
	readonly household: HouseholdAbout;
	readonly change: Change;
}

interface AboutProps extends HouseholdAbout {
	readonly change: Change;
}

/** Drawn anew only where something of the household itself was typed. */
export const HouseholdFields = kept(({ change, ...household }: AboutProps) => {
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
				<LanguageField
					label={say('field.language')}
					value={household.language}
					onChange={(language) => change({ language })}
				/>
			</div>
			<Unfold title={say('web.register.more-household')}>
				<MoreFields household={household} change={change} />
			</Unfold>
		</Section>
	);
});

function FromPaper({ household, change }: HouseholdFieldsProps) {
	return (
		<PaperFields paper={household} change={change}>
			<TextField
				label={say('web.paper.number')}
				hint={say('web.paper.number-hint')}
				isPath
				most={24}
				value={household.caseNumber}
				onChange={(caseNumber) => change({ caseNumber })}
			/>
			<TextField
				label={say('field.interpreter')}
				isName
				most={200}
				value={household.interpreter}
				onChange={(interpreter) => change({ interpreter })}
			/>
			<TextField
				label={say('field.witness')}
				isName
				most={200}
				value={household.witness}
				onChange={(witness) => change({ witness })}
			/>
		</PaperFields>
	);
}

function MoreFields({ household, change }: HouseholdFieldsProps) {
	return (
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
			{household.phone.trim() && <Phone household={household} change={change} />}
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
