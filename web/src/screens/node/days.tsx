/* When the centre receives people by appointment: what its rooms and desks hold. */
import { languageNow, say, sayCode } from '../../api/language';
import { get } from '../../api/server';
import { may } from '../../api/session';
import { isoOf, readDate } from '../../core/dates';
import { wholeNumber } from '../../core/digits';
import type { CodeWord, Days as Set, Fact } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { SelectField } from '../../parts/field/choice_field';
import { DayField, NumberField } from '../../parts/field/digits_field';
import { TextField } from '../../parts/field/text_field';
import { Act, type Made } from '../../parts/form/act';
import { useAsked } from '../../parts/page/asked';
import { Answered, Section } from '../../parts/page/page';
import { ProblemNotice } from '../../parts/problem/problem';
import { Say } from '../../parts/say/say';
import { type Column, Table } from '../../parts/table/table';
import { Day } from '../../parts/when/when';
import { useDeed } from '../movements/deed';

const PEOPLE_MOST = 10_000;

export function Days() {
	const asked = useAsked((signal) => get('Calendar', '/api/calendar', { signal }), []);

	return (
		<Section title={say('web.days.title')}>
			<p>{say('web.days.what')}</p>
			<Answered asked={asked}>{({ set }) => <WhatIsSet set={set} />}</Answered>
			{may('days.set') && (
				<details>
					<summary>{say('web.days.new')}</summary>
					<NewDays />
				</details>
			)}
		</Section>
	);
}

function WhatIsSet({ set }: { readonly set: readonly Set[] }) {
	const deed = useDeed();
	const ending: Column<Set> = {
		title: say('web.days.end'),
		cell: ({ id, people_max }) => (
			<Button
				busy={deed.now.state === 'sending'}
				onPress={() =>
					void deed.run([
						{
							kind: 'days.set',
							subject: id,
							people_max,
							ended: true,
						},
					])
				}
			>
				{say('web.days.end')}
			</Button>
		),
	};

	return (
		<>
			<Table
				caption={say('web.days.title')}
				columns={may('days.set') ? [...columns(), ending] : columns()}
				rows={set}
				keyOf={({ id }) => id}
				empty={say('web.days.none')}
			/>
			{deed.now.state === 'refused' && (
				<ProblemNotice problem={deed.now.problem} />
			)}
		</>
	);
}

/** In the reader's language of now. */
function columns(): readonly Column<Set>[] {
	const count = new Intl.NumberFormat(languageNow(), { numberingSystem: 'latn' });

	return [
		{ title: say('web.days.which'), cell: (days) => <Which days={days} /> },
		{
			title: say('field.people_max'),
			cell: ({ people_max }) =>
				people_max ? count.format(people_max) : say('web.days.closed'),
		},
		{ title: say('field.reason'), cell: ({ reason }) => <bdi>{reason}</bdi> },
	];
}

function Which({ days: { weekday, first_day, last_day } }: { readonly days: Set }) {
	return (
		<>
			{weekday && <p>{sayCode('weekday', weekday)}</p>}
			{first_day !== undefined && (
				<p>
					<Say
						k="web.days.from"
						values={[<Day key="d" iso={first_day} />]}
					/>
				</p>
			)}
			{last_day !== undefined && (
				<p>
					<Say
						k="web.days.to"
						values={[<Day key="d" iso={last_day} />]}
					/>
				</p>
			)}
			{!weekday && first_day === undefined && last_day === undefined && (
				<p>{say('web.days.all')}</p>
			)}
		</>
	);
}

interface Draft {
	readonly most: string;
	readonly weekday: CodeWord<'weekday'> | '';
	readonly first: string;
	readonly last: string;
	readonly reason: string;
}

const EMPTY: Draft = { most: '', weekday: '', first: '', last: '', reason: '' };

/** Labels of the days that cannot be read. */
function wrongDays({ first, last }: Draft): readonly string[] {
	return [
		...(first.trim() && readDate(first) === null ? [say('field.first_day')] : []),
		...(last.trim() && readDate(last) === null ? [say('field.last_day')] : []),
	];
}

function factOf(draft: Draft, most: number): Fact {
	const first = readDate(draft.first);
	const last = readDate(draft.last);

	return {
		kind: 'days.set',
		subject: '@days',
		people_max: most,
		...(draft.weekday && { weekday: draft.weekday }),
		...(first !== null && { first_day: isoOf(first) }),
		...(last !== null && { last_day: isoOf(last) }),
		...(draft.reason.trim() && { reason: draft.reason.trim() }),
	};
}

function make(draft: Draft): Made {
	const most = wholeNumber(draft.most);
	const wrong = wrongDays(draft);

	if (most === null || most > PEOPLE_MOST)
		return { missing: [say('field.people_max'), ...wrong] };
	return wrong.length ? { missing: wrong } : { facts: [factOf(draft, most)] };
}

function NewDays() {
	return (
		<Act<Draft>
			name="days/new"
			empty={() => EMPTY}
			make={make}
			does={say('web.days.set')}
			done={say('web.days.done')}
		>
			{({ most, weekday, first, last, reason }, change) => (
				<>
					<NumberField
						label={say('field.people_max')}
						hint={say('web.days.most-hint')}
						most={PEOPLE_MOST}
						value={most}
						onChange={(next) => change({ most: next })}
					/>
					<SelectField
						label={say('field.weekday')}
						hint={say('web.days.weekday-hint')}
						set="weekday"
						value={weekday}
						onChange={(next) => change({ weekday: next })}
					/>
					<div class="columns">
						<DayField
							label={say('field.first_day')}
							hint={say('web.days.day-hint')}
							value={first}
							onChange={(next) => change({ first: next })}
						/>
						<DayField
							label={say('field.last_day')}
							hint={say('web.days.day-hint')}
							value={last}
							onChange={(next) => change({ last: next })}
						/>
					</div>
					<TextField
						label={say('field.reason')}
						hint={say('web.days.reason-hint')}
						most={200}
						value={reason}
						onChange={(next) => change({ reason: next })}
					/>
				</>
			)}
		</Act>
	);
}
