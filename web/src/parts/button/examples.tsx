import type { Examples } from '../../examples';
import { Button } from './button';
import { say } from '../../api/language';

export const examples: Examples = {
	'main, plain, link': () => (
		<div class="row">
			<Button look="main">{say('web.login.come-in')}</Button>
			<Button>{say('web.form.cancel')}</Button>
			<Button look="link">{say('web.login.has-code')}</Button>
		</div>
	),
	'busy, off, pressed': () => (
		<div class="row">
			<Button look="main" busy>
				{say('web.form.sending')}
			</Button>
			<Button disabled>{say('web.form.cancel')}</Button>
			<Button pressed>{say('web.household.correct')}</Button>
		</div>
	),
};
