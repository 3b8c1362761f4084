import type { Examples } from '../../examples';
import { Clock, Day, When } from './when';

export const examples: Examples = {
	'a day, a clock, a time': () => (
		<ul>
			<li>
				<Day iso="2026-11-26" />
			</li>
			<li>
				<Clock iso="2026-11-26T09:05:00+05:00" />
			</li>
			<li>
				<When iso="2026-11-26T09:05:00+05:00" />
			</li>
		</ul>
	),
};
