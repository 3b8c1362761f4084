/* A day and a time on which she is expected. */
import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import { siteOffset, today } from '../../api/session';
import { clockOf, isoOf, readClock, readDate } from '../../core/dates';
import type { CodeWord, Person } from '../../gen/api';
import { SelectField } from '../../parts/field/choice_field';
import { ClockField, DayField } from '../../parts/field/digits_field';
import { useForm } from '../../parts/form/form';
import { FormFrame } from '../../parts/form/form_frame';
import { Recorded } from './recorded';
import { Room } from './room';

interface AppointmentProps {
	readonly person: Person;
	readonly done: () => void;
}

interface Draft {
	readonly day: string;
	readonly clock: string;
	readonly purpose: CodeWord<'appointment'> | '';
}

function lacksOf(draft: Draft): readonly string[] {
	const day = readDate(draft.day);

	return [
		...(day === null || day < today() ? [say('web.appointment.lacks-day')] : []),
		...(readClock(draft.clock) === null ? [say('web.appointment.lacks-clock')] : []),
		...(draft.purpose ? [] : [say('web.appointment.lacks-purpose')]),
	];
}

export function Appointment({ person, done }: AppointmentProps) {
	const form = useForm<Draft>(`appointment/${person.id}`, () => ({
		day: '',
		clock: '',
		purpose: '',
	}));
	const [lacks, setLacks] = useState<readonly string[]>([]);
	const { day, clock, purpose } = form.value;

	function submit() {
		const on = readDate(day);
		const minutes = readClock(clock);

		setLacks(lacksOf(form.value));
		if (lacksOf(form.value).length || on === null || minutes === null || !purpose)
			return;
		const at = `${isoOf(on)}T${clockOf(minutes)}:00${siteOffset()}`;

		form.submit([{ kind: 'appointment.set', subject: person.id, at, purpose }]);
	}

	if (form.now.state === 'opening') return null;
	if (form.now.state === 'recorded')
		return (
			<Recorded
				title={say('web.appointment.done')}
				recorded={form.now.recorded}
				done={done}
			/>
		);
	return (
		<FormFrame
			form={form}
			does={say('web.appointment.record')}
			missing={lacks}
			onSubmit={submit}
		>
			<Room day={readDate(day)} take={(next) => form.change({ day: next })} />
			<div class="columns">
				<DayField
					label={say('web.appointment.day')}
					value={day}
					onChange={(next) => form.change({ day: next })}
				/>
				<ClockField
					label={say('web.appointment.clock')}
					hint={say('web.appointment.clock-hint')}
					value={clock}
					onChange={(next) => form.change({ clock: next })}
				/>
				<SelectField
					label={say('field.purpose')}
					set="appointment"
					value={purpose}
					onChange={(next) => form.change({ purpose: next })}
				/>
			</div>
		</FormFrame>
	);
}
