/* One person of the form: what everybody is asked in one row, the rest behind it. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

import { say } from '../../api/language';
import { today } from '../../api/session';
import { type Change, emptyHousehold, isChild, type MemberDraft } from '../../core/household';
import { kept } from '../../parts/base/kept';
import { useSettled } from '../../parts/base/settled';
import { Button } from '../../parts/button/button';
import { ManyField, SelectField } from '../../parts/field/choice_field';
import { BirthField } from '../../parts/field/digits_field';
import { Labelled } from '../../parts/field/labelled';
import { TextField } from '../../parts/field/text_field';
import { Unfold } from '../../parts/unfold/unfold';
import { memberName } from './register';

/** Whom else the form has, for those who follow one of them. */
export const HouseholdNow = createContext(emptyHousehold());

interface MemberFieldsProps {
	readonly member: MemberDraft;
	/** There is nobody else, and the form needs somebody. */
	readonly isAlone: boolean;
	readonly change: Change;
}

/** Drawn anew only where something of this person was typed: a form has twenty of them. */
export const MemberFields = kept(({ member, change, isAlone }: MemberFieldsProps) => {
	const { at } = member;
	const name = useSettled(memberName(member));
	const set = (patch: Partial<MemberDraft>) =>
		change(({ members }) => ({
			members: members.map((one) => (one.at === at ? { ...one, ...patch } : one)),
		}));
	const remove = () =>
		change(({ members }) => ({ members: members.filter((one) => one.at !== at) }));

	return (
		<fieldset class="card member">
			<legend>
				<bdi>{name}</bdi>
			</legend>
			<div class="member-row">
				<TextField
					label={say('field.given')}
					isName
					required
					most={200}
					value={member.given}
					onChange={(given) => set({ given })}
				/>
				<TextField
					label={say('field.father')}
					isName
					most={200}
					value={member.father}
					onChange={(father) => set({ father })}
				/>
				<SelectField
					label={say('field.sex')}
					set="sex"
					required
					value={member.sex}
					onChange={(sex) => set({ sex })}
				/>
				<BirthField
					label={say('web.register.birth')}
					value={member.birth}
					onChange={(birth) => set({ birth })}
				/>
				<SelectField
					label={say('field.relation')}
					set="relation"
					value={member.relation}
					onChange={(relation) => set({ relation })}
				/>
				<SelectField
					label={say('field.group')}
					set="group"
					required
					value={member.group}
					onChange={(group) => set({ group })}
				/>
				<SelectField
					label={say('web.register.paper')}
					set="document_kind"
					value={member.paper}
					onChange={(paper) => set({ paper })}
				/>
				{member.paper !== 'none' && (
					<TextField
						label={say('web.register.number')}
						most={40}
						value={member.number}
						onChange={(number) => set({ number })}
					/>
				)}
			</div>
			{isChild(member, today()) && <ChildFields member={member} set={set} />}
			<Unfold title={say('web.register.more-person')}>
				<MoreFields member={member} set={set} />
			</Unfold>
			{!isAlone && (
				<p>
					<Button look="link" onPress={remove}>
						{say('web.register.remove', name)}
					</Button>
				</p>
			)}
		</fieldset>
	);
});

interface SetProps {
	readonly member: MemberDraft;
	readonly set: (patch: Partial<MemberDraft>) => void;
}

function ChildFields({ member, set }: SetProps) {
	const others = useContext(HouseholdNow).members.filter(
		(other) => other.at !== member.at && !isChild(other, today()),
	);

	return (
		<div class="member-row">
			<SelectField
				label={say('field.care')}
				set="care"
				value={member.care}
				onChange={(care) => set({ care })}
			/>
			<Labelled label={say('field.guardian')}>
				{(named) => (
					<select
						{...named}
						class="input"
						value={member.guardian ?? ''}
						onChange={(event) =>
							set({
								guardian:
									Number(
										event.currentTarget
											.value,
									) || null,
							})
						}
					>
						<option value="">
							{member.relation === 'child'
								? say('web.register.guardian-head')
								: say('web.field.not-said')}
						</option>
						{others.map((other) => (
							<option key={other.at} value={other.at}>
								{memberName(other)}
							</option>
						))}
					</select>
				)}
			</Labelled>
		</div>
	);
}

function MoreFields({ member, set }: SetProps) {
	return (
		<div class="stack">
			<div class="member-row">
				<TextField
					label={say('web.register.given-other')}
					isName
					most={200}
					value={member.givenOther}
					onChange={(givenOther) => set({ givenOther })}
				/>
				<TextField
					label={say('web.register.father-other')}
					isName
					most={200}
					value={member.fatherOther}
					onChange={(fatherOther) => set({ fatherOther })}
				/>
				<TextField
					label={say('field.grandfather')}
					isName
					most={200}
					value={member.grandfather}
					onChange={(grandfather) => set({ grandfather })}
				/>
				<TextField
					label={say('field.family')}
					isName
					most={200}
					value={member.family}
					onChange={(family) => set({ family })}
				/>
				<SelectField
					label={say('field.marital')}
					set="marital"
					value={member.marital}
					onChange={(marital) => set({ marital })}
				/>
				<SelectField
					label={say('field.counsellor_sex')}
					set="sex"
					value={member.counsellorSex}
					onChange={(counsellorSex) => set({ counsellorSex })}
				/>
				<SelectField
					label={say('field.capacity')}
					set="capacity"
					value={member.capacity}
					onChange={(capacity) => set({ capacity })}
				/>
			</div>
			<ManyField
				label={say('field.needs')}
				set="need"
				value={member.needs}
				onChange={(needs) => set({ needs })}
			/>
		</div>
	);
}
