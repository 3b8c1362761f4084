import { say } from '../../api/language';
import type { Examples } from '../../examples';
import { KnownFacts } from './facts';

export const examples: Examples = {
	'what is not known has no line': () => (
		<KnownFacts
			known={[
				{ label: say('field.given'), value: 'زرمینه' },
				{ label: say('field.phone'), value: undefined },
				{ label: say('field.documents'), value: 'PoR 00000-8541019-9' },
			]}
		/>
	),
};
