/*
 * The marks of a tick sheet, typed in when there is power again: a line for each traveller by
 * alias, a box for each mark that this account may record.  The arrow keys go from box to box.
 * Each mark is sent by itself, so that what is refused of one line holds up no other.
 */
import { useRef, useState } from 'preact/hooks';

import { newKey, record } from '../../api/facts';
import { say } from '../../api/language';
import { get } from '../../api/server';
import { may, today } from '../../api/session';
import { lacksOfPaper } from '../../core/paper';
import { hrefOf } from '../../core/route';
import { proposalOf } from '../../core/sender';
import {
	emptyTickSheet,
	factOfTick,
	isRecorded,
	KIND_OF,
	keyOf,
	type Mark,
	MARKS,
	type Ticked,
	tickedOf,
	type TickSheet,
	withTick,
} from '../../core/ticks';
import type { Manifest, Problem, Traveller } from '../../gen/api';
import type { Key } from '../../gen/keys';
import { AreaPicker } from '../../parts/area/area_picker';
import { Button } from '../../parts/button/button';
import { FlagField } from '../../parts/field/choice_field';
import { ClockField, DayField } from '../../parts/field/digits_field';
import { type Form, useForm } from '../../parts/form/form';
import { Notice } from '../../parts/notice/notice';
import { useAsked } from '../../parts/page/asked';
import { Answered, Page, Section } from '../../parts/page/page';
import { PAPER_LACKS } from '../../parts/paper/paper_fields';
import { ProblemNotice } from '../../parts/problem/problem';
import { When } from '../../parts/when/when';

const TITLES = {
	asked: 'web.movements.asked',
	stays: 'web.movements.stays',
	boarded: 'web.movements.boarded',
	crossed: 'web.movements.crossed',
	arrived: 'web.movements.arrived',
} as const satisfies Record<Mark, Key>;

/** The marks that this account may record. */
function marksNow(): readonly Mark[] {
	return MARKS.filter((mark) => may(KIND_OF[mark]));
}

export function TickForm({ movement }: { readonly movement: string }) {
	const asked = useAsked(
		(signal) => get('Manifest', `/api/movements/${movement}`, { signal }),
		[movement],
	);

	return (
		<Page title={say('web.ticks.title')}>
			<Answered asked={asked}>
				{(manifest) => <Sheet key={movement} manifest={manifest} />}
			</Answered>
			<p>
				<a href={hrefOf('movements', movement)}>
					{say('web.movements.one')}
				</a>
			</p>
		</Page>
	);
}

/** Whoever stays gives up her seat and is on no manifest any more: her line stays here. */
function useLines(travellers: readonly Traveller[]): readonly Traveller[] {
	const lines = useRef(new Map<string, Traveller>());

	for (const traveller of travellers) lines.current.set(traveller.person, traveller);
	return [...lines.current.values()].sort((a, b) => a.seat - b.seat);
}

/** What became of a line's marks since the sheet was opened. */
interface Came {
	readonly recorded: readonly Mark[];
	readonly problem?: Problem;
}

type Outcome = Readonly<Record<string, Came>>;

function Sheet({ manifest }: { readonly manifest: Manifest }) {
	const { movement } = manifest;
	const lines = useLines(manifest.travellers);
	const form = useForm<TickSheet>(`ticks/${movement.id}`, emptyTickSheet);
	const [outcome, setOutcome] = useState<Outcome>({});
	const [missing, setMissing] = useState<readonly string[]>([]);
	const [isSending, setSending] = useState(false);

	function note({ person, mark }: Ticked, problem: Problem | undefined) {
		setOutcome((now) => {
			const before = now[person]?.recorded ?? [];

			return {
				...now,
				[person]: problem
					? { recorded: before, problem }
					: { recorded: [...before, mark] },
			};
		});
		if (!problem) form.change((sheet) => withTick(sheet, person, mark, undefined));
	}

	/** Of a line that is refused what comes later waits: it would be refused for that. */
	async function sendAll() {
		const refused = new Set<string>();

		setSending(true);
		for (const tick of tickedOf(
			form.value,
			lines.map((line) => line.person),
		)) {
			const fact = factOfTick(form.value, movement, tick);

			if (!fact || refused.has(tick.person)) continue;
			const sent = await record(proposalOf(tick.key, [fact]));

			if (sent.state !== 'recorded') refused.add(tick.person);
			note(tick, sent.state === 'recorded' ? undefined : sent.problem);
		}
		setSending(false);
	}

	function submit() {
		const lacks = lacksOf(form.value);

		setMissing(lacks);
		if (!lacks.length && !isSending) void sendAll();
	}

	return (
		<form
			class="stack"
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				submit();
			}}
		>
			<p>
				<When iso={movement.departs} />
			</p>
			<OfTheSheet form={form} />
			<Section title={say('web.movements.travellers')}>
				<Lines
					lines={lines}
					form={form}
					outcome={outcome}
					isSending={isSending}
				/>
			</Section>
			{missing.length > 0 && (
				<Notice sort="care" takesFocus title={say('web.form.missing')}>
					<ul>
						{missing.map((what) => (
							<li key={what}>{what}</li>
						))}
					</ul>
				</Notice>
			)}
			<p>
				<Button look="main" submits busy={isSending}>
					{isSending
						? say('web.form.sending')
						: say('web.ticks.record')}
				</Button>
			</p>
		</form>
	);
}

function hasTick(sheet: TickSheet, mark: Mark): boolean {
	return Object.keys(sheet.ticks).some((person) => keyOf(sheet, person, mark) !== undefined);
}

function lacksOf(sheet: TickSheet): readonly string[] {
	return [
		...lacksOfPaper(sheet, today()).map((lack) => say(PAPER_LACKS[lack])),
		...(hasTick(sheet, 'arrived') && !sheet.area ? [say('web.gate.arrived-in')] : []),
		...(MARKS.some((mark) => hasTick(sheet, mark)) ? [] : [say('web.ticks.none')]),
	];
}

function OfTheSheet({ form }: { readonly form: Form<TickSheet> }) {
	const { value, change } = form;

	return (
		<>
			<p>{say('web.ticks.what')}</p>
			<div class="columns">
				<DayField
					label={say('web.paper.day')}
					required
					value={value.paperDay}
					onChange={(paperDay) => change({ paperDay })}
				/>
				<ClockField
					label={say('web.paper.clock')}
					value={value.paperClock}
					onChange={(paperClock) => change({ paperClock })}
				/>
				{may(KIND_OF.arrived) && (
					<AreaPicker
						label={say('web.gate.arrived-in')}
						country="AFG"
						value={value.area}
						onChange={(area) => change({ area })}
					/>
				)}
			</div>
			{may(KIND_OF.asked) && (
				<FlagField
					label={say('web.ticks.transporter')}
					value={value.byTransporter}
					onChange={(byTransporter) => change({ byTransporter })}
				/>
			)}
		</>
	);
}

const STEPS: Readonly<Record<string, readonly [down: number, on: number]>> = {
	ArrowUp: [-1, 0],
	ArrowDown: [1, 0],
	ArrowLeft: [0, -1],
	ArrowRight: [0, 1],
};

/** From box to box; what is recorded has none and is passed over. */
function step(event: KeyboardEvent): void {
	const [down, on] = STEPS[event.key] ?? [0, 0];
	const box = event.target;

	if ((!down && !on) || !(box instanceof HTMLInputElement)) return;
	const cell = box.closest('td');
	const row = cell?.closest('tr');
	const table = row?.closest('table');

	if (!cell || !row || !table) return;
	event.preventDefault();
	const forward = getComputedStyle(table).direction === 'rtl' ? -on : on;
	let [at, column] = [row.rowIndex + down, cell.cellIndex + forward];

	while (table.rows[at]?.cells[column]) {
		const next = table.rows[at]?.cells[column]?.querySelector('input');

		if (next) {
			next.focus();
			return;
		}
		at += down;
		column += forward;
	}
}

interface LinesProps {
	readonly lines: readonly Traveller[];
	readonly form: Form<TickSheet>;
	readonly outcome: Outcome;
	readonly isSending: boolean;
}

function Lines({ lines, form, outcome, isSending }: LinesProps) {
	const marks = marksNow();

	return (
		<div class="tick-lines">
			<table class="tick-table" onKeyDown={step}>
				<thead>
					<tr>
						<th scope="col">{say('field.seat')}</th>
						<th scope="col">{say('web.movements.alias')}</th>
						{marks.map((mark) => (
							<th key={mark} scope="col">
								{say(TITLES[mark])}
							</th>
						))}
					</tr>
				</thead>
				{lines.map((line) => (
					<Line
						key={line.person}
						line={line}
						marks={marks}
						form={form}
						came={outcome[line.person]}
						isSending={isSending}
					/>
				))}
			</table>
		</div>
	);
}

interface LineProps {
	readonly line: Traveller;
	readonly marks: readonly Mark[];
	readonly form: Form<TickSheet>;
	readonly came: Came | undefined;
	readonly isSending: boolean;
}

/** What was refused stands in its own line, below the boxes. */
function Line({ line, marks, form, came, isSending }: LineProps) {
	const { person, alias, seat } = line;

	return (
		<tbody>
			<tr>
				<td>{seat}</td>
				<th scope="row">
					<bdi class="alias">{alias}</bdi>
				</th>
				{marks.map((mark) => (
					<td key={mark}>
						{isRecorded(line, mark) ||
						came?.recorded.includes(mark) ? (
							<span
								role="img"
								aria-label={say(
									'web.ticks.recorded',
								)}
							>
								✓
							</span>
						) : (
							<input
								type="checkbox"
								class="tick-box"
								aria-label={`${alias}: ${say(TITLES[mark])}`}
								disabled={isSending}
								checked={
									keyOf(
										form.value,
										person,
										mark,
									) !== undefined
								}
								onChange={(event) => {
									const { checked } =
										event.currentTarget;

									form.change((sheet) =>
										withTick(
											sheet,
											person,
											mark,
											checked
												? newKey()
												: undefined,
										),
									);
								}}
							/>
						)}
					</td>
				))}
			</tr>
			{came?.problem && (
				<tr>
					<td colSpan={marks.length + 2}>
						<ProblemNotice problem={came.problem} leavesFocus />
					</td>
				</tr>
			)}
		</tbody>
	);
}
