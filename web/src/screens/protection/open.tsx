/* What is still open in a case, and what takes it further. */
import { say } from '../../api/language';
import { may } from '../../api/session';
import { following, openThreads, saidOf } from '../../core/threads';
import type { CodeWord, Event } from '../../gen/api';
import { SelectField } from '../../parts/field/choice_field';
import { Act, blanks, type Made } from '../../parts/form/act';
import { Section } from '../../parts/page/page';
import { Say } from '../../parts/say/say';
import { When } from '../../parts/when/when';
import { knownOf, Note, noteOf, type OfPerson } from './acts';
import { DutyClock } from './duty_clock';

interface OpenProps extends OfPerson {
	readonly events: readonly Event[];
}

interface OneProps extends OpenProps {
	readonly event: Event;
}

const CLOSING = { kind: 'incident.closed', field: 'incident' } as const;
const REFERRING = { kind: 'incident.referred', field: 'incident' } as const;
const VISITING = { kind: 'incident.visited', field: 'incident' } as const;
const LIFTING = { kind: 'hold.lifted', field: 'hold' } as const;
const ANSWERING = { kind: 'complaint.answered', field: 'complaint' } as const;

// --- incidents

export function Incidents({ person, events }: OpenProps) {
	const open = openThreads(events, 'incident.reported', CLOSING);

	return open.map((event) => (
		<Section
			key={event.fact}
			title={say('web.protection.incident', saidOf(event, 'sort'))}
		>
			<Incident person={person} events={events} event={event} />
		</Section>
	));
}

function Incident({ person, events, event }: OneProps) {
	const referrals = following(events, event, REFERRING);
	const visits = following(events, event, VISITING);

	return (
		<>
			<p>
				<When iso={event.happened} /> <bdi>{saidOf(event, 'area')}</bdi>
			</p>
			{saidOf(event, 'note') && (
				<blockquote>
					<bdi>{saidOf(event, 'note')}</bdi>
				</blockquote>
			)}
			<ul class="stack-close">
				{referrals.map((referral) => (
					<li key={referral.fact}>
						<Say
							k="web.protection.referred"
							values={[
								saidOf(referral, 'to'),
								<When
									key="t"
									iso={referral.recorded}
								/>,
							]}
						/>
					</li>
				))}
				{visits.map((visit) => (
					<li key={visit.fact}>
						<Say
							k="web.protection.visited"
							values={[
								<When
									key="t"
									iso={visit.recorded}
								/>,
							]}
						/>
					</li>
				))}
			</ul>
			{referrals.length === 0 && <DutyClock since={event.recorded} />}
			<div class="columns">
				{may('incident.referred') && (
					<Refer person={person} event={event} />
				)}
				{may('incident.visited') && <Visit person={person} event={event} />}
				{may('incident.closed') && <Close person={person} event={event} />}
			</div>
		</>
	);
}

type ActOn = Pick<OneProps, 'person' | 'event'>;

interface Referred {
	readonly to: CodeWord<'referral'> | '';
}

function Refer({ person, event }: ActOn) {
	return (
		<Act<Referred>
			name={`refer/${event.fact}`}
			empty={() => ({ to: 'legal-aid' })}
			does={say('web.protection.refer')}
			done={say('web.protection.refer-recorded')}
			make={({ to }): Made =>
				to
					? {
							facts: [
								{
									kind: 'incident.referred',
									subject: person.id,
									incident: event.fact,
									to,
								},
							],
						}
					: blanks([[to, say('field.to')]])
			}
		>
			{({ to }, change) => (
				<SelectField
					label={say('web.protection.refer-to')}
					set="referral"
					value={to}
					onChange={(next) => change({ to: next })}
				/>
			)}
		</Act>
	);
}

function Visit({ person, event }: ActOn) {
	return (
		<Act
			name={`visit/${event.fact}`}
			empty={() => ({})}
			does={say('web.protection.visit')}
			done={say('web.protection.visit-recorded')}
			make={() => ({
				facts: [
					{
						kind: 'incident.visited',
						subject: person.id,
						incident: event.fact,
					},
				],
			})}
		>
			{() => <p>{say('web.protection.visit-what')}</p>}
		</Act>
	);
}

interface Closed {
	readonly outcome: CodeWord<'incident_outcome'> | '';
}

function Close({ person, event }: ActOn) {
	return (
		<Act<Closed>
			name={`close/${event.fact}`}
			empty={() => ({ outcome: '' })}
			known={knownOf(person)}
			does={say('web.protection.close')}
			done={say('web.protection.close-recorded')}
			make={({ outcome }): Made =>
				outcome
					? {
							facts: [
								{
									kind: 'incident.closed',
									subject: person.id,
									incident: event.fact,
									outcome,
								},
							],
						}
					: blanks([[outcome, say('field.outcome')]])
			}
		>
			{({ outcome }, change) => (
				<SelectField
					label={say('field.outcome')}
					set="incident_outcome"
					value={outcome}
					onChange={(next) => change({ outcome: next })}
				/>
			)}
		</Act>
	);
}

// --- holds

export function Holds({ person, events }: OpenProps) {
	const open = openThreads(events, 'hold.placed', LIFTING);

	return open.map((event) => (
		<Section
			key={event.fact}
			title={say('web.protection.held', saidOf(event, 'reason'))}
		>
			<p>
				<Say
					k="web.protection.held-since"
					values={[<When key="t" iso={event.recorded} />, event.by]}
				/>
			</p>
			{may('hold.lifted') && (
				<Act
					name={`lift/${event.fact}`}
					empty={() => ({})}
					known={knownOf(person)}
					does={say('web.protection.lift')}
					done={say('web.protection.lift-recorded')}
					make={() => ({
						facts: [
							{
								kind: 'hold.lifted',
								subject: person.id,
								hold: event.fact,
							},
						],
					})}
				/>
			)}
		</Section>
	));
}

// --- complaints

export function Complaints({ person, events }: OpenProps) {
	const open = openThreads(events, 'complaint.made', ANSWERING);

	return open.map((event) => (
		<Section
			key={event.fact}
			title={say('web.protection.complaint', saidOf(event, 'about'))}
		>
			<p>
				<When iso={event.recorded} />
			</p>
			{saidOf(event, 'note') && (
				<blockquote>
					<bdi>{saidOf(event, 'note')}</bdi>
				</blockquote>
			)}
			{may('complaint.answered') && (
				<Act
					name={`answer/${event.fact}`}
					empty={() => ({ note: '' })}
					does={say('web.protection.answer')}
					done={say('web.protection.answer-recorded')}
					make={({ note }) => ({
						facts: [
							{
								kind: 'complaint.answered',
								subject: person.id,
								complaint: event.fact,
								...noteOf(note),
							},
						],
					})}
				>
					{({ note }, change) => (
						<Note
							value={note}
							onChange={(next) => change({ note: next })}
						/>
					)}
				</Act>
			)}
		</Section>
	));
}
