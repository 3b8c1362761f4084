/* One person's file, below her line: what is known, what is open, what happened, who looked. */
import { useState } from 'preact/hooks';

import { say, sayCode } from '../../api/language';
import { get } from '../../api/server';
import { may } from '../../api/session';
import { hrefOf } from '../../core/route';
import type { PairDecided, Paper, Person } from '../../gen/api';
import type { Key } from '../../gen/keys';
import { areaName } from '../../parts/area/area_picker';
import { Button } from '../../parts/button/button';
import { Checklist } from '../../parts/checklist/checklist';
import { KnownFacts } from '../../parts/facts/facts';
import { History, Openings } from '../../parts/history/history';
import { useAsked } from '../../parts/page/asked';
import { Answered } from '../../parts/page/page';
import { joined } from '../../parts/person/person_line';
import { When } from '../../parts/when/when';
import { Annulment } from './annulment';
import { Appointment } from './appointment';
import { Correction } from './correction';
import { Withdrawal } from './withdrawal';

export function PersonFile({ person }: { readonly person: Person }) {
	return (
		<div class="person-file stack">
			<WhatIsKnown person={person} />
			<OtherRecords person={person} />
			<Acts person={person} />
			{may('ready') && <Ready person={person} />}
			{may('show-history') && <WhatHappened id={person.id} />}
		</div>
	);
}

export function paperText(paper: Paper): string {
	const kind = sayCode('document_kind', paper.kind);
	const text =
		paper.number === undefined ? kind : say('web.person.paper', kind, paper.number);

	return paper.surrendered ? say('web.person.surrendered', text) : text;
}

function names(person: Person, part: 'father' | 'grandfather' | 'family'): string {
	return joined([person.names?.[part] ?? '', person.names?.[`${part}_latin`] ?? '']);
}

function codeOf(set: string, word: string | undefined): string | undefined {
	return word === undefined ? undefined : sayCode(set, word);
}

function WhatIsKnown({ person }: { readonly person: Person }) {
	const { choice, seat } = person;

	return (
		<KnownFacts
			known={[
				{
					label: say('field.given_latin'),
					value: person.names?.given_latin,
				},
				{ label: say('field.father'), value: names(person, 'father') },
				{
					label: say('field.grandfather'),
					value: names(person, 'grandfather'),
				},
				{ label: say('field.family'), value: names(person, 'family') },
				{ label: say('field.group'), value: codeOf('group', person.group) },
				{
					label: say('field.documents'),
					value: joined((person.papers ?? []).map(paperText)),
				},
				{
					label: say('field.marital'),
					value: codeOf('marital', person.marital),
				},
				{ label: say('field.care'), value: codeOf('care', person.care) },
				{
					label: say('field.needs'),
					value: joined(
						person.needs.map((need) => sayCode('need', need)),
					),
				},
				{
					label: say('field.counsellor_sex'),
					value: codeOf('sex', person.counsellor_sex),
				},
				{
					label: say('field.origin'),
					value: person.origin && areaName(person.origin),
				},
				{
					label: say('web.person.counselled'),
					value: person.counselled && (
						<When iso={person.counselled} />
					),
				},
				{
					label: say('field.answer'),
					value: choice && (
						<>
							{sayCode('answer', choice.answer)},{' '}
							<When iso={choice.at} />
						</>
					),
				},
				{
					label: say('web.mark.withdrawn'),
					value: person.withdrawn && <When iso={person.withdrawn} />,
				},
				{
					label: say('web.person.appointment'),
					value: person.appointment && (
						<When iso={person.appointment} />
					),
				},
				{
					label: say('field.seat'),
					value: seat && (
						<>
							{seat.seat}, <When iso={seat.departs} />
						</>
					),
				},
			]}
		/>
	);
}

const OTHER_RECORD = {
	nothing: 'web.pairs.other-nothing',
	same: 'web.pairs.other-same',
	different: 'web.pairs.other-different',
	later: 'web.pairs.other-later',
} as const satisfies Record<PairDecided['said'], Key>;

/** What was decided of this record and others; another decision takes its place. */
function OtherRecords({ person }: { readonly person: Person }) {
	if (!person.pairs?.length) return null;
	return (
		<section>
			<h3>{say('web.pairs.others')}</h3>
			<ul>
				{person.pairs.map(
					({ other, case_number: number, member, said }) => (
						<li key={other}>
							{say(
								OTHER_RECORD[said],
								`${number ?? ''}${member ? `/${member}` : ''}`,
							)}{' '}
							{may('pairs') && (
								<a
									href={hrefOf(
										'pairs',
										person.id,
										other,
									)}
								>
									{say('web.pairs.compare')}
								</a>
							)}
						</li>
					),
				)}
			</ul>
		</section>
	);
}

type Act = 'none' | 'correct' | 'appointment' | 'withdraw';

/** What is recorded about her from here; a withdrawal is as near as anything else. */
function Acts({ person }: { readonly person: Person }) {
	const [act, setAct] = useState<Act>('none');
	const close = () => setAct('none');
	const toggle = (wanted: Act) => setAct(act === wanted ? 'none' : wanted);

	return (
		<>
			<div class="row">
				{(may('counselling.held') || may('choice.made')) && (
					<a class="button" href={hrefOf('counselling', person.id)}>
						{say('web.counselling.title')}
					</a>
				)}
				{may('cases') && (
					<a class="button" href={hrefOf('protection', person.id)}>
						{say('web.protection.title')}
					</a>
				)}
				{may('choice.withdrawn') && (
					<Button
						pressed={act === 'withdraw'}
						onPress={() => toggle('withdraw')}
					>
						{say('web.withdraw.title')}
					</Button>
				)}
				{may('appointment.set') && (
					<Button
						pressed={act === 'appointment'}
						onPress={() => toggle('appointment')}
					>
						{say('web.appointment.title')}
					</Button>
				)}
				{may('person.amended') && (
					<Button
						pressed={act === 'correct'}
						onPress={() => toggle('correct')}
					>
						{say('web.household.correct')}
					</Button>
				)}
			</div>
			{act === 'withdraw' && <Withdrawal person={person} done={close} />}
			{act === 'appointment' && <Appointment person={person} done={close} />}
			{act === 'correct' && <Correction person={person} done={close} />}
		</>
	);
}

/** Of whoever does not want to go, what is missing for it is no list of things to be done. */
function wantsToReturn({ choice, withdrawn }: Person): boolean {
	return choice?.answer === 'return' && withdrawn === undefined;
}

function Ready({ person }: { readonly person: Person }) {
	const asked = useAsked(
		(signal) => get('Readiness', `/api/people/${person.id}/ready`, { signal }),
		[person.id],
	);

	return (
		<details open={wantsToReturn(person)}>
			<summary>{say('web.person.ready')}</summary>
			<Answered asked={asked}>
				{(readiness) => <Checklist readiness={readiness} />}
			</Answered>
		</details>
	);
}

function WhatHappened({ id }: { readonly id: string }) {
	const asked = useAsked(
		(signal) => get('History', `/api/people/${id}/history`, { signal }),
		[id],
	);

	return (
		<Answered asked={asked}>
			{(history) => (
				<>
					<details>
						<summary>{say('web.person.history')}</summary>
						<History
							events={history.events}
							beside={(event) => (
								<Annulment
									person={id}
									event={event}
								/>
							)}
						/>
					</details>
					<details>
						<summary>{say('web.person.openings')}</summary>
						<Openings events={history.events} />
					</details>
				</>
			)}
		</Answered>
	);
}
