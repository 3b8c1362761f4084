import { say } from '../../api/language';
import type { Examples } from '../../examples';
import type { Event } from '../../gen/api';
import { History, Openings } from './history';

function events(): readonly Event[] {
	return [
		{
			fact: '3f/1/7',
			kind: 'choice.made',
			what: say('kind.choice.made'),
			happened: '2026-11-25',
			recorded: '2026-11-25T10:00:00+05:00',
			annullable: false,
			by: 'counsellor',
			values: [
				{
					field: 'answer',
					label: say('field.answer'),
					value: say('code.answer.stay'),
				},
				{
					field: 'witness',
					label: say('field.witness'),
					value: 'Bibi Hawa',
				},
			],
		},
		{
			fact: '3f/1/8',
			kind: 'record.opened',
			what: say('kind.record.opened'),
			happened: '2026-11-26T09:00:00+05:00',
			recorded: '2026-11-26T09:00:00+05:00',
			annullable: false,
			by: 'auditor',
			values: [
				{
					field: 'purpose',
					label: say('field.purpose'),
					value: say('code.opening.audit'),
				},
			],
		},
	];
}

export const examples: Examples = {
	'what was recorded': () => <History events={events()} />,
	'who looked': () => <Openings events={events()} />,
	'nothing yet': () => (
		<>
			<History events={[]} />
			<Openings events={[]} />
		</>
	),
};
