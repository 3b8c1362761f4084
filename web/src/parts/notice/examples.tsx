import { say } from '../../api/language';
import type { Examples } from '../../examples';
import { Notice } from './notice';

export const examples: Examples = {
	note: () => <Notice sort="note" title={say('web.login.demo')} />,
	care: () => <Notice sort="care" title={say('web.state.silent')} />,
	done: () => (
		<Notice sort="done" title={say('web.withdraw.done')}>
			<p>{say('web.withdraw.what')}</p>
		</Notice>
	),
};
