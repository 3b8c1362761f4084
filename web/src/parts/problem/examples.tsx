import { say } from '../../api/language';
import type { Examples } from '../../examples';
import { ProblemNotice } from './problem';

const head = { type: 'about:blank', title: '', key: 'record.refused' };

export const examples: Examples = {
	'a rule says no': () => (
		<ProblemNotice
			leavesFocus
			problem={{
				...head,
				status: 422,
				detail: say('web.rule.missing'),
				refused: [
					{
						rule: 'TIME_TO_THINK',
						statement: say('web.record.rights'),
						source: 'UNHCR Handbook (1996), 4.1',
						outcome: 'missing',
						why: say('web.rule.missing'),
						next: say('web.problem.look-again'),
						not_before: '2026-11-27T09:00:00+05:00',
					},
				],
			}}
		/>
	),
	'others were first': () => (
		<ProblemNotice
			leavesFocus
			problem={{
				...head,
				status: 409,
				detail: say('web.household.nothing-changed'),
				changed: [
					{
						subject: '3f',
						what: say('kind.choice.withdrawn'),
						by: 'counsellor',
						recorded: '2026-11-26T08:59:00+05:00',
					},
				],
			}}
		/>
	),
};
