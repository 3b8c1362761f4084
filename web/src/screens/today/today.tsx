/* The centre's day: who comes to this account's own desk, what leaves, what waits. */
import './today.css';

import { useState } from 'preact/hooks';

import { languageNow, say, sayCount } from '../../api/language';
import { get } from '../../api/server';
import { may } from '../../api/session';
import { hrefOf } from '../../core/route';
import type { Expected, Movement, NodeState, Today as Day } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { movementColumns } from '../../parts/movement/columns';
import { Notice } from '../../parts/notice/notice';
import { useAsked } from '../../parts/page/asked';
import { Answered, Page, Section } from '../../parts/page/page';
import { ProblemNotice } from '../../parts/problem/problem';
import { Say } from '../../parts/say/say';
import { Table } from '../../parts/table/table';
import { Clock, When } from '../../parts/when/when';
import { type Opening, openFile } from '../opening';
import { CallAnswer, type Calling, Desk, useCalling } from './calling';

export default function Today() {
	const asked = useAsked((signal) => get('Today', '/api/today', { signal }), []);

	return (
		<Page title={say('web.today.title')}>
			<Answered asked={asked}>{(day) => <TheDay day={day} />}</Answered>
		</Page>
	);
}

function TheDay({ day }: { readonly day: Day }) {
	const [opening, setOpening] = useState<Opening>();
	const open = (person: string) => void openFile(person).then(setOpening);

	return (
		<>
			{may('find') && (
				<p class="row">
					<a class="button button-main" href={hrefOf('find')}>
						{say('web.menu.find')}
					</a>
					{may('household.registered') && (
						<a class="button" href={hrefOf('register')}>
							{say('web.register.title')}
						</a>
					)}
				</p>
			)}
			{opening?.state === 'problem' && (
				<ProblemNotice problem={opening.problem} />
			)}
			{opening?.state === 'silent' && (
				<Notice sort="care" title={say('web.state.silent')} />
			)}
			{may('caseload') && <Caseload day={day} open={open} />}
			<Movements movements={day.movements} />
			<div class="columns">
				<Waiting day={day} />
				<Node node={day.node} />
			</div>
		</>
	);
}

interface CaseloadProps {
	readonly day: Day;
	readonly open: (person: string) => void;
}

/** Who comes to this desk; a list that the account may not have is no empty list. */
function Caseload({ day, open }: CaseloadProps) {
	const calling = useCalling();

	return (
		<>
			<Desk calling={calling} />
			<CallAnswer answer={calling.answer} />
			<div class="columns">
				<People
					title={say('web.today.expected')}
					empty={say('web.today.nobody-expected')}
					people={day.expected}
					open={open}
					calling={calling}
				/>
				<People
					title={say('web.today.waiting')}
					empty={say('web.today.nobody-waiting')}
					people={day.waiting}
					open={open}
					calling={calling}
				/>
				{may('choice.made') && (
					<People
						title={say('web.today.counselled')}
						empty={say('web.today.nobody-counselled')}
						people={day.counselled}
						open={open}
						calling={calling}
					/>
				)}
			</div>
		</>
	);
}

interface PeopleProps {
	readonly calling: Calling;
	readonly title: string;
	readonly empty: string;
	readonly people: readonly Expected[];
	readonly open: (person: string) => void;
}

function People({ title, empty, people, open, calling }: PeopleProps) {
	const next = calling.nextOf(people);
	const { call } = calling;

	return (
		<Section
			title={title}
			beside={
				call &&
				next && (
					<Button onPress={() => call(next.person)}>
						{say('web.call.next')}
					</Button>
				)
			}
		>
			{people.length ? (
				<ul class="plain-list stack-close">
					{people.map((who) => (
						<li key={who.person} class="today-line">
							<PersonButton who={who} open={open} />
							<CallOne who={who} calling={calling} />
						</li>
					))}
				</ul>
			) : (
				<p class="quiet">{empty}</p>
			)}
		</Section>
	);
}

/** Where she was called to, and calling her, again where she did not hear it. */
function CallOne({ who, calling }: { readonly who: Expected; readonly calling: Calling }) {
	const { call } = calling;
	const desk = calling.deskOf(who.token);

	return (
		<>
			{desk !== undefined && (
				<span class="small">{say('web.call.called', desk)}</span>
			)}
			{call && (
				<Button
					label={say('web.call.one', who.token)}
					onPress={() => call(who.person)}
				>
					{say('web.call.call')}
				</Button>
			)}
		</>
	);
}

function PersonButton({
	who,
	open,
}: {
	readonly who: Expected;
	readonly open: (person: string) => void;
}) {
	const content = (
		<>
			<bdi class="today-token">{who.token}</bdi>
			<span class="today-who">
				<bdi>{who.name}</bdi>
				<span class="small quiet">
					<bdi>{who.case_number}</bdi>
				</span>
			</span>
			{who.at !== undefined && <Clock iso={who.at} />}
		</>
	);

	if (!may('show-person')) return <p class="today-person">{content}</p>;
	return (
		<button type="button" class="button today-person" onClick={() => open(who.person)}>
			{content}
		</button>
	);
}

function Movements({ movements }: { readonly movements: readonly Movement[] }) {
	return (
		<Section title={say('web.today.movements')}>
			<Table
				caption={say('web.today.movements')}
				columns={movementColumns((m) => (
					<When iso={m.departs} />
				))}
				rows={movements}
				keyOf={(movement) => movement.id}
				empty={say('web.today.no-movement')}
			/>
		</Section>
	);
}

/** What waits for those who protect; a number only where this account may know it. */
function Waiting({ day }: { readonly day: Day }) {
	const { reviews, holds, legal_clocks, legal_oldest } = day;

	if (reviews === undefined && holds === undefined && legal_clocks === undefined) return null;
	return (
		<Section title={say('web.today.protection')}>
			<ul class="stack-close">
				{reviews !== undefined && (
					<li>{sayCount('web.today.reviews', reviews)}</li>
				)}
				{holds !== undefined && (
					<li>{sayCount('web.today.holds', holds)}</li>
				)}
				{legal_clocks !== undefined && (
					<li>{sayCount('web.today.legal', legal_clocks)}</li>
				)}
			</ul>
			{legal_oldest !== undefined && (
				<p>
					<Say
						k="web.today.legal-oldest"
						values={[<When key="t" iso={legal_oldest} />]}
					/>
				</p>
			)}
		</Section>
	);
}

export function gigabytes(bytes: number): string {
	return new Intl.NumberFormat(languageNow(), {
		style: 'unit',
		unit: 'gigabyte',
		numberingSystem: 'latn',
		maximumFractionDigits: 1,
	}).format(bytes / 1e9);
}

function Node({ node }: { readonly node: NodeState }) {
	return (
		<Section title={say('web.today.node')}>
			<ul class="stack-close">
				<li>
					{node.last_backup === undefined ? (
						<strong>{say('web.node.no-backup')}</strong>
					) : (
						<Say
							k="web.node.backup"
							values={[
								<When
									key="t"
									iso={node.last_backup}
								/>,
							]}
						/>
					)}
				</li>
				<li>
					<Say
						k="web.node.room"
						values={[gigabytes(node.disk_room_bytes)]}
					/>
				</li>
				{node.clock_jumped && (
					<li>
						<strong>{say('web.node.clock-jumped')}</strong>
					</li>
				)}
			</ul>
		</Section>
	);
}
