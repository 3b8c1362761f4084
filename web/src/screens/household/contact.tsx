/* How the household can be found, and its correction. */
import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import { may } from '../../api/session';
import { contactAmendmentOf, contactOf } from '../../core/amend';
import type { Household } from '../../gen/api';
import { AreaPicker, areaName } from '../../parts/area/area_picker';
import { Button } from '../../parts/button/button';
import { KnownFacts } from '../../parts/facts/facts';
import { FlagField } from '../../parts/field/choice_field';
import { TextField } from '../../parts/field/text_field';
import { useForm } from '../../parts/form/form';
import { FormFrame } from '../../parts/form/form_frame';
import { Notice } from '../../parts/notice/notice';
import { Section } from '../../parts/page/page';

export function Contact({ household }: { readonly household: Household }) {
	const [isCorrecting, setCorrecting] = useState(false);
	const phone = household.phone;

	return (
		<Section
			title={say('web.household.contact')}
			beside={
				may('household.amended') && (
					<Button
						onPress={() => setCorrecting(!isCorrecting)}
						pressed={isCorrecting}
					>
						{say('web.household.correct')}
					</Button>
				)
			}
		>
			<KnownFacts
				known={[
					{
						label: say('field.residence'),
						value:
							household.residence &&
							areaName(household.residence),
					},
					{ label: say('field.address'), value: household.address },
					{
						label: say('field.phone'),
						value:
							phone !== undefined &&
							`${phone} – ${say(household.phone_safe ? 'web.household.phone-safe' : 'web.household.phone-not-safe')}`,
					},
					{
						label: say('field.arrival_year'),
						value: household.arrival_year,
					},
				]}
			/>
			{isCorrecting && (
				<CorrectContact
					household={household}
					done={() => setCorrecting(false)}
				/>
			)}
		</Section>
	);
}

interface CorrectProps {
	readonly household: Household;
	readonly done: () => void;
}

function CorrectContact({ household, done }: CorrectProps) {
	const form = useForm(`household/${household.id}`, () => contactOf(household));
	const [isSame, setSame] = useState(false);
	const { value, change } = form;

	function submit() {
		const amended = contactAmendmentOf(household, value);

		setSame(!amended);
		if (amended)
			form.submit([
				{ kind: 'household.amended', subject: household.id, ...amended },
			]);
	}

	if (form.now.state === 'opening') return null;
	if (form.now.state === 'recorded')
		return (
			<Notice sort="done" takesFocus title={say('web.household.corrected')}>
				<p>
					<Button onPress={done}>{say('web.form.close')}</Button>
				</p>
			</Notice>
		);
	return (
		<FormFrame
			form={form}
			does={say('web.household.record-correction')}
			onSubmit={submit}
		>
			<div class="columns">
				<AreaPicker
					label={say('field.residence')}
					country="PAK"
					value={value.residence ?? null}
					onChange={(residence) => change({ residence })}
				/>
				<TextField
					label={say('field.address')}
					value={value.address}
					onChange={(address) => change({ address })}
				/>
				<TextField
					label={say('field.phone')}
					sort="telephone"
					most={40}
					value={value.phone}
					onChange={(phone) => change({ phone })}
				/>
			</div>
			<FlagField
				label={say('web.register.phone-safe')}
				value={value.phoneSafe}
				onChange={(phoneSafe) => change({ phoneSafe })}
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
