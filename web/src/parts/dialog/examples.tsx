import { say } from '../../api/language';
import type { Examples } from '../../examples';
import { Button } from '../button/button';
import { Dialog } from './dialog';

export const examples: Examples = {
	'a question': () => (
		<Dialog title={say('web.seat.log-out')} onClose={() => undefined}>
			<p>{say('web.seat.lock-what')}</p>
			<Button look="main">{say('web.seat.log-out')}</Button>
		</Dialog>
	),
	'over a covered screen': () => (
		<Dialog covers title={say('web.away.title', 'Zarmina')}>
			<p>{say('web.seat.pin-why')}</p>
			<Button look="link">{say('web.away.another')}</Button>
		</Dialog>
	),
};
