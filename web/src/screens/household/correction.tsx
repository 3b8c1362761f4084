/* What her file says, to be corrected: only what is otherwise now is recorded. */
import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import { today } from '../../api/session';
import { amendmentOf, memberOf } from '../../core/amend';
import type { Person } from '../../gen/api';
import { ManyField, SelectField } from '../../parts/field/choice_field';
import { BirthField } from '../../parts/field/digits_field';
import { TextField } from '../../parts/field/text_field';
import { type Form, useForm } from '../../parts/form/form';
import { FormFrame } from '../../parts/form/form_frame';
import { Notice } from '../../parts/notice/notice';
import type { MemberDraft } from '../../core/household';
import { Recorded } from './recorded';

interface CorrectionProps {
	readonly person: Person;
	readonly done: () => void;
}

export function Correction({ person, done }: CorrectionProps) {
	const form = useForm(`person/${person.id}`, () => memberOf(person));
	const [isSame, setSame] = useState(false);

	function submit() {
		const amended = amendmentOf(person, form.value, today());

		setSame(!amended);
		if (!amended) return;
		form.submit(
			[{ kind: 'person.amended', subject: person.id, ...amended }],
			[{ subject: person.id, version: person.version }],
		);
	}

	if (form.now.state === 'opening') return null;
	if (form.now.state === 'recorded')
		return (
			<Recorded
				title={say('web.household.corrected')}
				recorded={form.now.recorded}
				done={done}
			/>
		);
	return (
		<FormFrame
			form={form}
			does={say('web.household.record-correction')}
			onSubmit={submit}
		>
			<p class="quiet">{say('web.household.correct-what')}</p>
			<Names form={form} />
			<Codes form={form} />
			<ManyField
				label={say('field.needs')}
				set="need"
				value={form.value.needs}
				onChange={(needs) => form.change({ needs })}
			/>
			{isSame && (
				<Notice
					sort="note"
					takesFocus
					title={say('web.household.nothing-changed')}
				/>
			)}
		</FormFrame>
	);
}

const NAMES = [
	['given', 'field.given'],
	['givenOther', 'web.register.given-other'],
	['father', 'field.father'],
	['fatherOther', 'web.register.father-other'],
	['grandfather', 'field.grandfather'],
	['family', 'field.family'],
] as const;

function Names({ form }: { readonly form: Form<MemberDraft> }) {
	return (
		<div class="columns">
			{NAMES.map(([name, label]) => (
				<TextField
					key={name}
					label={say(label)}
					isName
					most={200}
					value={form.value[name]}
					onChange={(value) => form.change({ [name]: value })}
				/>
			))}
		</div>
	);
}

function Codes({ form }: { readonly form: Form<MemberDraft> }) {
	const { value, change } = form;

	return (
		<div class="columns">
			<SelectField
				label={say('field.sex')}
				set="sex"
				value={value.sex}
				onChange={(sex) => change({ sex })}
			/>
			<BirthField
				label={say('web.register.birth')}
				value={value.birth}
				onChange={(birth) => change({ birth })}
			/>
			<SelectField
				label={say('field.relation')}
				set="relation"
				value={value.relation}
				onChange={(relation) => change({ relation })}
			/>
			<SelectField
				label={say('field.marital')}
				set="marital"
				value={value.marital}
				onChange={(marital) => change({ marital })}
			/>
			<SelectField
				label={say('field.group')}
				set="group"
				value={value.group}
				onChange={(group) => change({ group })}
			/>
			<SelectField
				label={say('field.counsellor_sex')}
				set="sex"
				value={value.counsellorSex}
				onChange={(counsellorSex) => change({ counsellorSex })}
			/>
			<SelectField
				label={say('web.household.new-paper')}
				set="document_kind"
				value={value.paper}
				onChange={(paper) => change({ paper })}
			/>
			<TextField
				label={say('web.register.number')}
				most={40}
				value={value.number}
				onChange={(number) => change({ number })}
			/>
		</div>
	);
}
