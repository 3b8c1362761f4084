/* Two records side by side, what speaks for one person and against, and three answers. */
import '../find/find.css';
import './pairs.css';

import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { say, sayCode } from '../../api/language';
import { type Answer, post } from '../../api/server';
import { hrefOf } from '../../core/route';
import type { Pair, PairDecided, PairSide, Problem, Recorded } from '../../gen/api';
import type { Key } from '../../gen/keys';
import { areaName } from '../../parts/area/area_picker';
import { Button } from '../../parts/button/button';
import { Dialog } from '../../parts/dialog/dialog';
import { Notice } from '../../parts/notice/notice';
import type { Asked } from '../../parts/page/asked';
import { Answered, Page } from '../../parts/page/page';
import { ageText, joined } from '../../parts/person/person_line';
import { ProblemNotice } from '../../parts/problem/problem';
import { Table } from '../../parts/table/table';
import { When } from '../../parts/when/when';
import { Reasons } from '../find/found_name';
import { paperText } from '../household/person_file';
import { isNamed, NO_SECOND, SecondFields } from '../household/second';
import { Asking } from '../node/asking';
import { openFile } from '../opening';
import { decide } from './decide';
import { numberOf, STRENGTH } from './pairs';
import type { Said } from './said';

const ANSWERS = {
	same: 'web.pairs.same',
	different: 'web.pairs.different',
	later: 'web.pairs.ask-later',
} as const satisfies Record<Said, Key>;

const DONE = {
	same: 'web.pairs.done-same',
	different: 'web.pairs.done-different',
	later: 'web.pairs.done-later',
} as const satisfies Record<Said, Key>;

const STANDS = {
	nothing: 'web.pairs.stands-nothing',
	same: 'web.pairs.stands-same',
	different: 'web.pairs.stands-different',
	later: 'web.pairs.stands-later',
} as const satisfies Record<PairDecided['said'], Key>;

interface PairPageProps {
	readonly one: string;
	readonly other: string;
}

/** Asked once: each asking opens two files, and is recorded. */
function usePair(one: string, other: string): Asked<Pair> {
	const [asked, setAsked] = useState<Asked<Pair>>({ state: 'loading' });

	useEffect(() => {
		const stop = new AbortController();

		void post('Pair', '/api/pairs/open', { a: one, b: other }).then((answer) => {
			if (!stop.signal.aborted) setAsked(answer);
		});
		return () => stop.abort();
	}, [one, other]);
	return asked;
}

export function PairPage({ one, other }: PairPageProps) {
	const asked = usePair(one, other);

	return (
		<Page
			title={say('web.pairs.title')}
			beside={
				<a class="button" href={hrefOf('pairs')}>
					{say('web.pairs.list')}
				</a>
			}
		>
			<Answered asked={asked}>
				{(pair) => (
					<>
						<Standing pair={pair} />
						<Sides pair={pair} />
						<section class="card">
							<h2>{say('web.pairs.reasons')}</h2>
							<p>
								<strong>
									{say(
										STRENGTH[
											pair
												.strength
										],
									)}
								</strong>
							</p>
							<Reasons found={pair} />
						</section>
						<Decision pair={pair} />
					</>
				)}
			</Answered>
		</Page>
	);
}

/** What both files say already; another answer takes its place. */
function Standing({ pair: { a, b } }: { readonly pair: Pair }) {
	const decided = a.person.pairs?.find(({ other }) => other === b.person.id);

	if (!decided) return null;
	return (
		<Notice sort="note" title={say(STANDS[decided.said])}>
			<p>
				<When iso={decided.at} /> · {say('web.pairs.again')}
			</p>
		</Notice>
	);
}

// --- side by side ------------------------------------------------------------------------

interface Line {
	readonly label: string;
	readonly of: (side: PairSide) => ComponentChildren;
}

function lines(): readonly Line[] {
	const name = (part: 'given' | 'father' | 'grandfather' | 'family'): Line => ({
		label: say(`field.${part}`),
		of: ({ person: { names } }) =>
			joined([names?.[part] ?? '', names?.[`${part}_latin`] ?? '']),
	});

	return [
		{
			label: say('field.case_number'),
			of: ({ case_number: number = '', person: { member } }) => (
				<bdi class="pair-number">
					{numberOf({ case_number: number, member })}
				</bdi>
			),
		},
		name('given'),
		name('father'),
		name('grandfather'),
		name('family'),
		{
			label: say('field.sex'),
			of: ({ person: { sex } }) => sex && sayCode('sex', sex),
		},
		{ label: say('field.age'), of: ({ person }) => ageText(person) },
		{
			label: say('field.relation'),
			of: ({ person: { relation } }) => relation && sayCode('relation', relation),
		},
		{
			label: say('field.documents'),
			of: ({ person: { papers } }) => joined((papers ?? []).map(paperText)),
		},
		{
			label: say('field.origin'),
			of: ({ person: { origin } }) => origin && areaName(origin),
		},
		{
			label: say('field.residence'),
			of: ({ residence }) => residence && areaName(residence),
		},
		{
			label: say('web.pairs.since'),
			of: ({ registered }) => registered && <When iso={registered} />,
		},
	];
}

/** An element of ours runs as the screen does: a browser would take a day in two calendars
 * for a text that runs from left to right. */
function isolated(value: ComponentChildren): ComponentChildren {
	return typeof value === 'object' && value !== null ? value : <bdi>{value || '–'}</bdi>;
}

function Sides({ pair: { a, b } }: { readonly pair: Pair }) {
	const known = lines().filter(({ of }) => of(a) || of(b));
	const side = (title: Key, of: PairSide) => ({
		title: say(title),
		cell: (line: Line) => isolated(line.of(of)),
	});

	return (
		<div class="pair-sides">
			<Table
				caption={say('web.pairs.sides')}
				columns={[
					{
						title: say('web.pairs.what-is-known'),
						cell: ({ label }: Line) => <strong>{label}</strong>,
						isHead: true,
					},
					side('web.pairs.earlier', a),
					side('web.pairs.later', b),
				]}
				rows={known}
				keyOf={({ label }) => label}
				empty=""
			/>
			<p class="row">
				{[a, b].map(({ person, household, case_number: number }) => (
					<Button
						key={person.id}
						look="link"
						onPress={() =>
							void openFile(household ?? person.id)
						}
					>
						{say('web.pairs.open-file', number ?? '')}
					</Button>
				))}
			</p>
		</div>
	);
}

// --- what is decided -----------------------------------------------------------------------

type Now =
	| { readonly state: 'asked' }
	| { readonly state: 'sending' }
	| { readonly state: 'takes-two'; readonly said: Said }
	| { readonly state: 'problem'; readonly problem: Problem }
	| { readonly state: 'silent' }
	| { readonly state: 'done'; readonly said: Said };

function Decision({ pair }: { readonly pair: Pair }) {
	const [now, setNow] = useState<Now>({ state: 'asked' });
	const takesTwo = (said: Said) => pair.takes_two && said !== 'later';

	async function press(said: Said) {
		if (takesTwo(said)) {
			setNow({ state: 'takes-two', said });
			return;
		}
		setNow({ state: 'sending' });
		const answer = await decide(said, pair.a.person.id, pair.b.person.id);

		setNow(answer.state === 'ok' ? { state: 'done', said } : answer);
	}

	if (now.state === 'done') return <Decided said={now.said} />;
	return (
		<section class="card stack">
			<fieldset class="pair-answers">
				<legend>
					<h2>{say('web.pairs.question')}</h2>
				</legend>
				{(['same', 'different', 'later'] as const).map((said) => (
					<Button
						key={said}
						busy={now.state === 'sending'}
						onPress={() => void press(said)}
					>
						{say(ANSWERS[said])}
					</Button>
				))}
			</fieldset>
			<p class="quiet">{say('web.pairs.merges-nothing')}</p>
			{pair.takes_two && <p>{say('web.pairs.takes-two')}</p>}
			{now.state === 'problem' && <ProblemNotice problem={now.problem} />}
			{now.state === 'silent' && (
				<Notice sort="care" title={say('web.state.silent')} />
			)}
			{now.state === 'takes-two' && (
				<ByTwo
					pair={pair}
					said={now.said}
					close={() => setNow({ state: 'asked' })}
					done={() => setNow({ state: 'done', said: now.said })}
				/>
			)}
		</section>
	);
}

function Decided({ said }: { readonly said: Said }) {
	return (
		<Notice sort="done" takesFocus title={say(DONE[said])}>
			<p>
				<a class="button" href={hrefOf('pairs')}>
					{say('web.pairs.list')}
				</a>
			</p>
		</Notice>
	);
}

interface ByTwoProps {
	readonly pair: Pair;
	readonly said: Said;
	readonly close: () => void;
	readonly done: () => void;
}

/** The second person reads what she agrees to, and proves who she is. */
function ByTwo({ pair: { a, b }, said, close, done }: ByTwoProps) {
	const [second, setSecond] = useState(NO_SECOND);

	async function send(): Promise<Answer<Recorded>> {
		const answer = await decide(said, a.person.id, b.person.id, second);

		if (answer.state === 'ok') done();
		return answer;
	}

	return (
		<Dialog title={say(ANSWERS[said])} onClose={close}>
			<Asking
				does={say('web.pairs.both-agree')}
				done={say(DONE[said])}
				isWhole={isNamed(second)}
				onDone={() => setSecond(NO_SECOND)}
				send={send}
			>
				<p>{say('web.pairs.takes-two')}</p>
				<SecondFields value={second} onChange={setSecond} />
			</Asking>
			<p>
				<Button look="link" onPress={close}>
					{say('web.form.close')}
				</Button>
			</p>
		</Dialog>
	);
}
