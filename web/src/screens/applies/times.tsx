/*
 * The years as a picture: a line for each instrument, by the level of its authority, hatched
 * on the days on which another contradicts it.  Several groups and areas stand one under the
 * other on one scale.  Behind each picture stands the same as a table.
 */
import './times.css';

import { useState } from 'preact/hooks';

import { languageNow, say, sayCode } from '../../api/language';
import { type Answer, get } from '../../api/server';
import { dayOfIso, plusYears } from '../../core/dates';
import { LANGUAGES } from '../../core/words';
import type { TimeRow, Times, TimeSpan } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { SelectList } from '../../parts/field/select_list';
import { useAsked } from '../../parts/page/asked';
import { Answered, Page, Section } from '../../parts/page/page';
import { type Column, Table } from '../../parts/table/table';
import { dayText } from '../../parts/when/when';
import { codesOf } from './codes';
import { Term } from './instrument';
import {
	beside,
	GROUPS,
	keepBeside,
	question,
	queryOf,
	removeBeside,
	sameWhom,
	type Whom,
} from './question';
import { QuestionFields } from './question_fields';
import { barOf, placeOf, rowsWithin, type Scale, yearsOf } from './times_layout';

/** So many years back from today; the oldest law is older than all who read it. */
const SPANS = ['2', '5', '20'] as const;
const AHEAD_DAYS = 120;

/** Each as is known today, in the order in which they stand. */
async function askFor(
	whom: readonly Whom[],
	signal: AbortSignal,
): Promise<Answer<readonly Times[]>> {
	const answers = await Promise.all(
		whom.map((one) =>
			get('Times', `/api/times?${queryOf({ ...one, on: '', knownOn: '' })}`, {
				signal,
			}),
		),
	);
	const known: Times[] = [];

	for (const answer of answers) {
		if (answer.state !== 'ok') return answer;
		known.push(answer.value);
	}
	return { state: 'ok', value: known };
}

/** Those that are kept, and last what is being asked. */
function whomAsked(): readonly Whom[] {
	const now = question.value;

	return [...beside.value.filter((one) => !sameWhom(one, now)), now];
}

export function TimesPage() {
	const [years, setYears] = useState<string>(SPANS[0]);
	const whom = whomAsked();
	const asked = useAsked(
		(signal) => askFor(whom, signal),
		[whom.map(({ group, area }) => `${group}/${area?.key ?? ''}`).join(' ')],
	);

	return (
		<Page
			title={say('web.times.tab')}
			beside={
				<span class="not-printed">
					<Button onPress={() => print()}>
						{say('web.print.now')}
					</Button>
				</span>
			}
		>
			<QuestionFields>
				<SelectList
					label={say('web.times.years')}
					options={SPANS.map(
						(count) =>
							[
								count,
								say('web.times.back', count),
							] as const,
					)}
					value={years}
					onChange={setYears}
				/>
			</QuestionFields>
			<Beside />
			<Answered asked={asked}>
				{(all) => (
					<Drawn
						all={all}
						years={Number(years) || Number(SPANS[0])}
					/>
				)}
			</Answered>
		</Page>
	);
}

function wordOf(group: string): string {
	const known = GROUPS.find(([one]) => one === group);

	return known ? say(known[1]) : group;
}

/** What is kept beside the question, each to be taken away again. */
function Beside() {
	return (
		<div class="row not-printed">
			<Button onPress={() => keepBeside(question.value)}>
				{say('web.times.keep')}
			</Button>
			{beside.value.map((one) => (
				<Button
					key={`${one.group}/${one.area?.key ?? ''}`}
					look="link"
					onPress={() => removeBeside(one)}
				>
					{say(
						'web.times.remove',
						wordOf(one.group),
						one.area?.name ?? say('web.times.everywhere'),
					)}
				</Button>
			))}
		</div>
	);
}

const WIDTH = 760;
const LABELS = 74;
const ROW = 22;
const BAR = 14;
const HEAD = 24;

function scaleOf(today: number, years: number, isRtl: boolean): Scale {
	return {
		first: plusYears(today, -years),
		last: today + AHEAD_DAYS,
		left: isRtl ? 4 : LABELS,
		right: isRtl ? WIDTH - LABELS : WIDTH - 4,
		isRtl,
	};
}

interface DrawnProps {
	readonly all: readonly Times[];
	readonly years: number;
}

function Drawn({ all, years }: DrawnProps) {
	return (
		<>
			<figure class="card stack">
				<Hatching />
				{all.map((times) => (
					<Lane key={laneOf(times)} times={times} years={years} />
				))}
				<figcaption class="row small">
					<Sample hatched={false} said={say('web.times.in-force')} />
					<Sample hatched said={say('web.applies.contradicting')} />
					<span>{say('web.times.line-is-today')}</span>
				</figcaption>
			</figure>
			{all.map((times) => (
				<Section
					key={laneOf(times)}
					title={
						<>
							{say('web.times.table')}
							{': '}
							<About times={times} />
						</>
					}
				>
					<RowsTable rows={rowsOf(times, years)} />
				</Section>
			))}
		</>
	);
}

function laneOf({ group_said, area }: Times): string {
	return `${group_said}/${area.key}`;
}

function scaleFor(times: Times, years: number): Scale {
	return scaleOf(dayOfIso(times.today) ?? 0, years, LANGUAGES[languageNow()].rtl);
}

function rowsOf(times: Times, years: number): readonly TimeRow[] {
	return rowsWithin(times.rows, scaleFor(times, years));
}

function About({ times }: { readonly times: Times }) {
	return (
		<>
			<bdi>{times.group_said}</bdi>
			{' · '}
			<bdi>{times.area.name}</bdi>
		</>
	);
}

interface LaneProps {
	readonly times: Times;
	readonly years: number;
}

/** One group in one area; its days stand where those of the others do. */
function Lane({ times, years }: LaneProps) {
	const today = dayOfIso(times.today) ?? 0;
	const scale = scaleFor(times, years);

	return (
		<div class="times-lane stack-close">
			<h2>
				<About times={times} />
				{' · '}
				<bdi>{dayText(today)}</bdi>
			</h2>
			<div
				class="times-scroll"
				role="region"
				tabIndex={0}
				aria-label={`${times.group_said} · ${times.area.name}`}
			>
				<Picture
					rows={rowsWithin(times.rows, scale)}
					scale={scale}
					today={today}
				/>
			</div>
		</div>
	);
}

// --- the picture

interface Line {
	/** A heading has no row. */
	readonly row?: TimeRow;
	readonly label: string;
}

/** Each level once, and its rows under it. */
function linesOf(rows: readonly TimeRow[]): readonly Line[] {
	return rows.flatMap((row, i) => {
		const line = { row, label: row.id };

		return row.level === rows[i - 1]?.level
			? [line]
			: [{ label: sayCode('level', row.level) }, line];
	});
}

interface PictureProps {
	readonly rows: readonly TimeRow[];
	readonly scale: Scale;
	readonly today: number;
}

function Picture({ rows, scale, today }: PictureProps) {
	const lines = linesOf(rows);
	const height = HEAD + lines.length * ROW + 4;
	const start = scale.isRtl ? WIDTH - 2 : 2;

	return (
		<svg
			class="times-picture"
			viewBox={`0 0 ${WIDTH} ${height}`}
			role="img"
			aria-label={say('web.times.picture')}
		>
			{yearsOf(scale).map(({ year, day }) => (
				<Mark
					key={year}
					x={placeOf(scale, day)}
					height={height}
					label={String(year)}
				/>
			))}
			<line
				class="times-today"
				x1={placeOf(scale, today)}
				x2={placeOf(scale, today)}
				y1={HEAD - 6}
				y2={height}
			/>
			{lines.map(({ row, label }, i) => (
				<g key={label} transform={`translate(0 ${HEAD + i * ROW})`}>
					<text
						x={start}
						y={BAR}
						class={row ? 'times-code' : 'times-level'}
					>
						{label}
					</text>
					{row && <Bars spans={row.spans} scale={scale} />}
				</g>
			))}
		</svg>
	);
}

/** Of an id of its own: it is looked up in the whole page. */
const HATCH = 'times-hatching';

/** Once for all pictures; it is none itself, and hiding it would hide what it fills. */
function Hatching() {
	return (
		<svg class="times-hatching" aria-hidden="true" width="0" height="0">
			<pattern
				id={HATCH}
				width="6"
				height="6"
				patternUnits="userSpaceOnUse"
				patternTransform="rotate(45)"
			>
				<line class="times-hatch" x1="1" x2="1" y1="0" y2="6" />
			</pattern>
		</svg>
	);
}

interface MarkProps {
	readonly x: number;
	readonly height: number;
	readonly label: string;
}

function Mark({ x, height, label }: MarkProps) {
	return (
		<>
			<line class="times-year" x1={x} x2={x} y1={HEAD - 6} y2={height} />
			<text class="times-year-label" x={x} y={HEAD - 10}>
				{label}
			</text>
		</>
	);
}

interface BarsProps {
	readonly spans: readonly TimeSpan[];
	readonly scale: Scale;
}

function Bars({ spans, scale }: BarsProps) {
	return (
		<>
			{spans.map((span) => {
				const bar = barOf(scale, span);

				return (
					bar && (
						<rect
							key={span.from}
							class={
								bar.isContradicted
									? 'times-bar times-bar-hatched'
									: 'times-bar'
							}
							x={bar.x}
							width={bar.width}
							y={3}
							height={BAR}
						/>
					)
				);
			})}
		</>
	);
}

interface SampleProps {
	readonly hatched: boolean;
	readonly said: string;
}

function Sample({ hatched, said }: SampleProps) {
	return (
		<span class="times-sample">
			<svg viewBox="0 0 28 14" aria-hidden="true">
				<rect
					class={
						hatched
							? 'times-bar times-bar-hatched'
							: 'times-bar'
					}
					width="28"
					height={BAR}
				/>
			</svg>
			{said}
		</span>
	);
}

// --- the table behind it

function RowsTable({ rows }: { readonly rows: readonly TimeRow[] }) {
	const columns: readonly Column<TimeRow>[] = [
		{
			title: say('web.times.instrument'),
			cell: (row) => (
				<>
					<bdi class="applied-code">{row.id}</bdi>{' '}
					<bdi dir="auto">{row.instrument}</bdi>
				</>
			),
		},
		{
			title: say('web.times.authority'),
			cell: (row) => (
				<>
					<bdi dir="auto">{row.authority}</bdi>
					{' · '}
					{sayCode('level', row.level)}
				</>
			),
		},
		{ title: say('web.times.means'), cell: (row) => row.says },
		{
			title: say('web.times.when'),
			cell: (row) => (
				<ul class="plain-list stack-close">
					{row.spans.map((span) => (
						<li key={span.from}>
							<Term from={span.from} to={span.to} />
							{span.conflicts_with.length > 0 && (
								<>
									{' '}
									{say(
										'web.applies.contradicts',
										codesOf(
											span.conflicts_with,
										),
									)}
								</>
							)}
						</li>
					))}
				</ul>
			),
		},
	];

	return (
		<Table
			caption={say('web.times.table')}
			columns={columns}
			rows={rows}
			keyOf={(row) => row.id}
			empty={say('web.applies.none-recorded')}
		/>
	);
}
