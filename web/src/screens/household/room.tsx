/* Which days have room for one more appointment, and what is so on the day that is typed. */
import { say } from '../../api/language';
import { get } from '../../api/server';
import { isoOf } from '../../core/dates';
import type { CalendarDay } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { Notice } from '../../parts/notice/notice';
import { useAsked } from '../../parts/page/asked';
import { Day } from '../../parts/when/when';

const OFFERED = 4;

interface RoomProps {
	/** That is typed; null: none, or none that can be read. */
	readonly day: number | null;
	readonly take: (iso: string) => void;
}

/** Where nobody answers, or nothing is set, the server says what it has to say at the end. */
export function Room({ day, take }: RoomProps) {
	const asked = useAsked((signal) => get('Calendar', '/api/calendar', { signal }), []);

	if (asked.state !== 'ok') return null;
	const { days } = asked.value;
	const chosen = days.find((one) => day !== null && one.day === isoOf(day));
	const free = days.filter((one) => one.room && one.people_max !== undefined);

	return (
		<>
			{free.length > 0 && <Free days={free.slice(0, OFFERED)} take={take} />}
			{chosen && !chosen.room && (
				<Notice sort="care" title={whyNot(chosen)}>
					<p>
						<bdi>{chosen.reason}</bdi>
					</p>
				</Notice>
			)}
		</>
	);
}

function whyNot({ people_max }: CalendarDay): string {
	return people_max ? say('web.days.full', people_max) : say('web.days.closed-then');
}

function Free({
	days,
	take,
}: {
	readonly days: readonly CalendarDay[];
	readonly take: (iso: string) => void;
}) {
	return (
		<fieldset class="stack-close">
			<legend>{say('web.days.next')}</legend>
			<div class="row">
				{days.map((one) => (
					<Button key={one.day} onPress={() => take(one.day)}>
						<Day iso={one.day} />{' '}
						<span class="small quiet">
							{say(
								'web.days.taken',
								one.taken,
								one.people_max ?? 0,
							)}
						</span>
					</Button>
				))}
			</div>
		</fieldset>
	);
}
