/* She has changed her mind: no reason, no paper, no question whether she is sure. */
import { say } from '../../api/language';
import type { CodeWord, Person } from '../../gen/api';
import { ChoiceField } from '../../parts/field/choice_field';
import { useForm } from '../../parts/form/form';
import { FormFrame } from '../../parts/form/form_frame';
import { Recorded } from './recorded';

interface WithdrawalProps {
	readonly person: Person;
	readonly done: () => void;
}

export function Withdrawal({ person, done }: WithdrawalProps) {
	const form = useForm<{ channel: CodeWord<'channel'> | '' }>(
		`withdrawal/${person.id}`,
		() => ({
			channel: 'in-person',
		}),
	);
	const { channel } = form.value;

	function submit() {
		if (channel)
			form.submit([{ kind: 'choice.withdrawn', subject: person.id, channel }]);
	}

	if (form.now.state === 'opening') return null;
	if (form.now.state === 'recorded')
		return (
			<Recorded
				title={say('web.withdraw.done')}
				recorded={form.now.recorded}
				done={done}
			>
				{say('web.withdraw.what')}
			</Recorded>
		);
	return (
		<FormFrame form={form} does={say('web.withdraw.record')} onSubmit={submit}>
			<ChoiceField
				label={say('field.channel')}
				set="channel"
				value={channel}
				onChange={(next) => form.change({ channel: next })}
			/>
		</FormFrame>
	);
}
