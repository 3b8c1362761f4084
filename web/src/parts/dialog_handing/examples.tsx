import { say } from '../../api/language';
import type { Examples } from '../../examples';
import { Handing } from './handing';

const silent = () => Promise.resolve({ state: 'silent' } as const);

export const examples: Examples = {
	'to one of two': () => (
		<Handing
			colleagues={[
				{ account: '1', name: 'registration' },
				{ account: '2', name: 'nadia' },
			]}
			nobody={say('web.handing.nobody')}
			hand={silent}
			close={() => undefined}
		/>
	),
	'nobody is there': () => (
		<Handing
			colleagues={[]}
			nobody={say('web.handing.nobody')}
			hand={silent}
			close={() => undefined}
		/>
	),
};
