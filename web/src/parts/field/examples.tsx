import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import type { Examples } from '../../examples';
import type { CodeWord } from '../../gen/api';
import { ChoiceField, FlagField, ManyField, SelectField } from './choice_field';
import { BirthField, ClockField, CodeField, DayField, NumberField } from './digits_field';
import { TextField } from './text_field';

const nothing = () => undefined;

function Births() {
	const [typed, setTyped] = useState('۱۳۶۴');

	return <BirthField label={say('web.register.birth')} value={typed} onChange={setTyped} />;
}

function Answers() {
	const [answer, setAnswer] = useState<CodeWord<'answer'> | ''>('');

	return (
		<ChoiceField
			label={say('field.answer')}
			set="answer"
			value={answer}
			onChange={setAnswer}
		/>
	);
}

export const examples: Examples = {
	'a line, a note, a passphrase': () => (
		<div class="columns">
			<TextField
				label={say('field.given')}
				isName
				value="زرمینه"
				onChange={nothing}
			/>
			<TextField
				label={say('field.note')}
				sort="note"
				value=""
				onChange={nothing}
			/>
			<TextField
				label={say('web.login.passphrase')}
				sort="passphrase"
				value="x"
				onChange={nothing}
			/>
		</div>
	),
	'what is wrong stands below': () => (
		<TextField
			label={say('field.given')}
			required
			wrong={say('web.form.missing')}
			value=""
			onChange={nothing}
		/>
	),
	'a birth in Persian digits': () => <Births />,
	'births that cannot be': () => (
		<div class="columns">
			{['3 something', '2150', '31/2/1990'].map((value) => (
				<BirthField
					key={value}
					label={say('web.register.birth')}
					value={value}
					onChange={nothing}
				/>
			))}
		</div>
	),
	'a day, a time, a number, a PIN': () => (
		<div class="columns">
			<DayField
				label={say('web.appointment.day')}
				value="٥/٩/١٤٠٥"
				onChange={nothing}
			/>
			<ClockField
				label={say('web.appointment.clock')}
				value="25"
				onChange={nothing}
			/>
			<NumberField
				label={say('field.seats')}
				most={2000}
				value="۴۰"
				onChange={nothing}
			/>
			<CodeField
				label={say('web.away.pin')}
				digits={6}
				isSecret
				value="123"
				onChange={nothing}
			/>
		</div>
	),
	'three answers of one size, none chosen': () => <Answers />,
	'one of a list, several of a list, a sentence': () => (
		<>
			<SelectField
				label={say('field.relation')}
				set="relation"
				value="spouse"
				onChange={nothing}
			/>
			<ManyField
				label={say('field.needs')}
				set="need"
				value={['DS']}
				onChange={nothing}
			/>
			<FlagField label={say('web.login.shared')} value onChange={nothing} />
		</>
	),
};
