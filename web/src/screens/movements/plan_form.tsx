/* A movement: when it leaves, from where, over which crossing, and how many it takes. */
import { say } from '../../api/language';
import { get } from '../../api/server';
import { siteOffset } from '../../api/session';
import { clockOf, isoOf, readClock, readDate } from '../../core/dates';
import { wholeNumber } from '../../core/digits';
import type { Place } from '../../gen/api';
import { ClockField, DayField, NumberField } from '../../parts/field/digits_field';
import type { LabelProps } from '../../parts/field/labelled';
import { SelectList } from '../../parts/field/select_list';
import { TextField } from '../../parts/field/text_field';
import { Act, blanks, type Made } from '../../parts/form/act';
import { useAsked } from '../../parts/page/asked';
import { Answered } from '../../parts/page/page';

interface Planned {
	/** As typed. */
	readonly day: string;
	readonly clock: string;
	readonly seats: string;
	readonly from: string;
	readonly crossing: string;
	readonly transporter: string;
}

const SEATS_MAX = 2000;
const CROSSINGS: readonly string[] = ['border_crossing'];
/** Where the operation itself receives people; a movement leaves from no holding centre. */
const CENTRES: readonly string[] = [
	'voluntary_repatriation_centre',
	'transit_point',
	'encashment_centre',
];

function makePlan({ day, clock, seats, from, crossing, transporter }: Planned): Made {
	const on = readDate(day);
	const at = readClock(clock);
	const count = wholeNumber(seats);

	if (on === null || at === null || !count || !from || !crossing)
		return blanks([
			[on !== null, say('web.movements.day')],
			[at !== null, say('web.movements.clock')],
			[from, say('web.movement.from')],
			[crossing, say('web.movement.crossing')],
			[count, say('web.movement.seats')],
		]);
	return {
		facts: [
			{
				kind: 'movement.planned',
				subject: '@movement',
				departs: `${isoOf(on)}T${clockOf(at)}:00${siteOffset()}`,
				from,
				crossing,
				seats: count,
				...(transporter.trim() && { transporter: transporter.trim() }),
			},
		],
	};
}

export function PlanForm() {
	const asked = useAsked((signal) => get('Places', '/api/places', { signal }), []);

	return <Answered asked={asked}>{({ places }) => <Plan places={places} />}</Answered>;
}

function Plan({ places }: { readonly places: readonly Place[] }) {
	return (
		<Act<Planned>
			name="movement/new"
			empty={() => ({
				day: '',
				clock: '',
				seats: '',
				from: '',
				crossing: '',
				transporter: '',
			})}
			does={say('web.movements.plan')}
			done={say('web.movements.plan-recorded')}
			make={makePlan}
		>
			{(value, change) => (
				<div class="columns">
					<DayField
						label={say('web.movements.day')}
						value={value.day}
						onChange={(day) => change({ day })}
					/>
					<ClockField
						label={say('web.movements.clock')}
						value={value.clock}
						onChange={(clock) => change({ clock })}
					/>
					<PlaceField
						label={say('web.movement.from')}
						places={places.filter((place) =>
							CENTRES.includes(place.kind),
						)}
						value={value.from}
						onChange={(from) => change({ from })}
					/>
					<PlaceField
						label={say('web.movement.crossing')}
						places={places.filter((place) =>
							CROSSINGS.includes(place.kind),
						)}
						value={value.crossing}
						onChange={(crossing) => change({ crossing })}
					/>
					<NumberField
						label={say('web.movement.seats')}
						most={SEATS_MAX}
						value={value.seats}
						onChange={(seats) => change({ seats })}
					/>
					<TextField
						label={say('field.transporter')}
						most={200}
						value={value.transporter}
						onChange={(transporter) => change({ transporter })}
					/>
				</div>
			)}
		</Act>
	);
}

interface PlaceFieldProps extends LabelProps {
	readonly places: readonly Place[];
	/** Its code; empty: not said */
	readonly value: string;
	readonly onChange: (value: string) => void;
}

function PlaceField(props: PlaceFieldProps) {
	return (
		<SelectList
			{...props}
			options={props.places.map((place) => [place.code, place.name])}
		/>
	);
}
