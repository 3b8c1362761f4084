import { say } from '../../api/language';
import type { Examples } from '../../examples';
import type { RuleState } from '../../gen/api';
import { Checklist } from './checklist';

function rule(id: string, outcome: RuleState['outcome'], rest: Partial<RuleState> = {}): RuleState {
	return {
		rule: id,
		statement: say('web.record.rights'),
		source: 'Handbook (1996), 2.3',
		outcome,
		...rest,
	};
}

const about = { person: '3f', for: 'departure.recorded' };

export const examples: Examples = {
	'something is open, something is refused': () => (
		<Checklist
			readiness={{
				...about,
				ready: false,
				rules: [
					rule('OWN_CHOICE', 'met'),
					rule('TIME_TO_THINK', 'missing', {
						why: say('web.rule.missing'),
						next: say('web.problem.look-again'),
						not_before: '2026-11-27T09:00:00+05:00',
					}),
					rule('HOLDS_HOLD', 'refused', {
						why: say('web.mark.hold'),
						next: say('web.problem.look-again'),
					}),
				],
			}}
		/>
	),
	'all is met': () => (
		<Checklist
			readiness={{ ...about, ready: true, rules: [rule('OWN_CHOICE', 'met')] }}
		/>
	),
};
