/*
 * How long ago an incident was reported that is not yet referred to legal aid.  It is the
 * operation that owes a referral within 24 hours; nobody else has anything to hurry for.
 */
import { say, sayCount } from '../../api/language';
import { siteNow_ms } from '../../api/session';
import { elapsed, REFERRAL_H } from '../../core/elapsed';

function agoText(since: string): string {
	const passed = elapsed(since, siteNow_ms());

	switch (passed.within) {
		case 'hour':
			return say('web.clock.this-hour');
		case 'duty':
			return sayCount('web.clock.hours', passed.hours);
		case 'late':
			return `${sayCount('web.clock.hours', passed.hours)} ${say('web.clock.late')}`;
	}
}

export function DutyClock({ since }: { readonly since: string }) {
	return (
		<p class="duty-clock">
			{agoText(since)}{' '}
			<span class="quiet">{say('web.clock.duty', REFERRAL_H)}</span>
		</p>
	);
}
