import { say } from '../../api/language';
import type { Examples } from '../../examples';
import { Unfold } from './unfold';

export const examples: Examples = {
	'not unfolded yet': () => (
		<Unfold title={say('web.register.more-person')}>
			<p>{say('web.register.number-what')}</p>
		</Unfold>
	),
};
