/*
 * What applies to a group, in an area, on a day: what contradicts each other first, side by
 * side, then all of it by level.  What is contradicted is hatched and names the other; which
 * of them prevails, nobody here says.  It prints as it stands.
 */
import { say, sayCode } from '../../api/language';
import { get } from '../../api/server';
import type { Applied, Applies } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { DayField } from '../../parts/field/digits_field';
import { useAsked } from '../../parts/page/asked';
import { Answered, Page, Section } from '../../parts/page/page';
import { Say } from '../../parts/say/say';
import { Day } from '../../parts/when/when';
import { Instrument, Term, Voice } from './instrument';
import { change, question, queryOf } from './question';
import { QuestionFields } from './question_fields';

export function InForce() {
	const { on, knownOn } = question.value;

	return (
		<Page
			title={say('web.applies.title')}
			beside={
				<span class="not-printed">
					<Button onPress={() => print()}>
						{say('web.print.now')}
					</Button>
				</span>
			}
		>
			<QuestionFields>
				<DayField
					label={say('web.applies.on')}
					value={on}
					onChange={(day) => change({ on: day })}
				/>
				<DayField
					label={say('web.applies.known-on')}
					hint={say('web.applies.known-on-hint')}
					value={knownOn}
					onChange={(day) => change({ knownOn: day })}
				/>
			</QuestionFields>
			<Answer query={queryOf(question.value)} />
		</Page>
	);
}

function Answer({ query }: { readonly query: string }) {
	const asked = useAsked(
		(signal) => get('Applies', `/api/applies?${query}`, { signal }),
		[query],
	);

	return <Answered asked={asked}>{(applies) => <Instruments applies={applies} />}</Answered>;
}

function Instruments({ applies }: { readonly applies: Applies }) {
	const { instruments } = applies;
	const levels = [...new Set(instruments.map((one) => one.level))];

	return (
		<>
			<About applies={applies} />
			<ul class="applies-notes stack">
				{applies.notes.map((note) => (
					<li key={note}>{note}</li>
				))}
			</ul>
			<Contradictions instruments={instruments} />
			{levels.map((level) => (
				<Section key={level} title={sayCode('level', level)}>
					<div class="applies-side">
						{instruments
							.filter((one) => one.level === level)
							.map((one) => (
								<Instrument
									key={one.id}
									one={one}
								/>
							))}
					</div>
				</Section>
			))}
			<Ended ended={applies.ended} />
		</>
	);
}

/** So that nobody takes it for what is in force. */
function Ended({ ended }: { readonly ended: readonly Applied[] }) {
	if (!ended.length) return null;
	return (
		<Section title={say('web.applies.ended')}>
			<ul class="stack-close quiet">
				{ended.map((one) => (
					<li key={one.id}>
						<bdi class="applied-code">{one.id}</bdi>
						{' · '}
						<bdi dir="auto">{one.instrument}</bdi>
						{' · '}
						<bdi dir="auto">{one.authority}</bdi>
						{'. '}
						<Term from={one.from} to={one.to} />
					</li>
				))}
			</ul>
		</Section>
	);
}

function About({ applies }: { readonly applies: Applies }) {
	return (
		<p class="applies-about">
			<bdi>{applies.group_said}</bdi>
			{' · '}
			<bdi>{applies.area.name}</bdi>
			{' · '}
			<Day iso={applies.on} />
			{applies.known_on !== undefined && (
				<>
					{' · '}
					<Say
						k="web.applies.as-known"
						values={[<Day key="day" iso={applies.known_on} />]}
					/>
				</>
			)}
		</p>
	);
}

/** Each side in order of level; neither is larger, and neither has a colour. */
function Contradictions({ instruments }: { readonly instruments: readonly Applied[] }) {
	const voices = instruments.filter((one) => one.conflicts_with.length > 0);

	if (!voices.length) return null;
	return (
		<Section title={say('web.applies.contradicting')}>
			<div class="applies-sides">
				<Side
					title={say('web.applies.side-stays')}
					voices={voices.filter((one) => one.stance === 'stays')}
				/>
				<Side
					title={say('web.applies.side-leaves')}
					voices={voices.filter((one) => one.stance === 'leaves')}
				/>
			</div>
		</Section>
	);
}

interface SideProps {
	readonly title: string;
	readonly voices: readonly Applied[];
}

function Side({ title, voices }: SideProps) {
	return (
		<section class="stack-close">
			<h3>{title}</h3>
			<ul class="plain-list stack-close">
				{voices.map((one) => (
					<Voice key={one.id} one={one} />
				))}
			</ul>
		</section>
	);
}
