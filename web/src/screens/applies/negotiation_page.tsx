/* One negotiation: who has said what to which version, its steps, its meetings and what came
 * of them, and its text; each with the form by which more of it is recorded. */
import { say, sayCode } from '../../api/language';
import { get } from '../../api/server';
import { may } from '../../api/session';
import type { Meeting, NegotiationFile, Party, StepTaken, TextVersion } from '../../gen/api';
import type { Key } from '../../gen/keys';
import { useAsked } from '../../parts/page/asked';
import { Answered, Page, Section } from '../../parts/page/page';
import { Say } from '../../parts/say/say';
import { type Column, Table } from '../../parts/table/table';
import { Unfold } from '../../parts/unfold/unfold';
import { Day } from '../../parts/when/when';
import { Comparison } from './comparison';
import { DoneForm, MeetingForm, OutcomeForm } from './meeting_form';
import { Standing } from './standing';
import { StepForm } from './step_form';
import { TextForm } from './text_form';

export function pathOf(code: string): string {
	return `/api/negotiations/${encodeURIComponent(code)}`;
}

export function NegotiationPage({ code }: { readonly code: string }) {
	const path = pathOf(code);
	const asked = useAsked((signal) => get('NegotiationFile', path, { signal }), [path]);

	return (
		<Page title={<bdi>{code}</bdi>}>
			<Answered asked={asked}>
				{(file) => <File file={file} path={path} />}
			</Answered>
		</Page>
	);
}

interface FileProps {
	readonly file: NegotiationFile;
	readonly path: string;
}

function File({ file, path }: FileProps) {
	const { negotiation } = file;

	return (
		<>
			<Section title={<bdi dir="auto">{negotiation.instrument}</bdi>}>
				<Standing one={negotiation} />
				{negotiation.detail !== undefined && (
					<p dir="auto">{negotiation.detail}</p>
				)}
				{negotiation.source !== undefined && (
					<p class="quiet small">
						<Say
							k="web.applies.source"
							values={[negotiation.source]}
						/>
					</p>
				)}
				<Parties parties={negotiation.parties} />
			</Section>
			<Section title={say('web.negotiation.steps')}>
				<Steps file={file} />
				{may('instrument.step') && <StepForm file={file} />}
			</Section>
			<Section title={say('web.negotiation.meetings')}>
				{file.meetings.length === 0 && (
					<p class="quiet">{say('web.negotiation.no-meeting')}</p>
				)}
				{file.meetings.map((one) => (
					<OneMeeting
						key={one.meeting}
						one={one}
						subject={negotiation.subject}
					/>
				))}
				{may('instrument.meeting') && (
					<MeetingForm subject={negotiation.subject} />
				)}
			</Section>
			<Section title={say('web.negotiation.text')}>
				<Versions versions={file.versions} />
				{file.versions.length > 1 && (
					<Comparison
						code={negotiation.id}
						versions={file.versions}
						path={path}
					/>
				)}
				{may('instrument.text') && <TextForm file={file} />}
			</Section>
		</>
	);
}

// --- who has said what

const STANDS = {
	'waited-for': 'web.negotiation.stand-waited-for',
	approved: 'web.negotiation.stand-approved',
	commented: 'web.negotiation.stand-commented',
	rejected: 'web.negotiation.stand-rejected',
} as const satisfies Record<Party['stand'], Key>;

function Since({ iso }: { readonly iso: string | undefined }) {
	return iso === undefined ? null : <Day iso={iso} />;
}

function Parties({ parties }: { readonly parties: readonly Party[] }) {
	const columns: readonly Column<Party>[] = [
		{
			title: say('web.negotiation.party'),
			cell: (party) => <bdi dir="auto">{party.name}</bdi>,
		},
		{ title: say('web.negotiation.stand'), cell: (party) => say(STANDS[party.stand]) },
		{ title: say('web.negotiation.on'), cell: (party) => <Since iso={party.since} /> },
		{
			title: say('web.negotiation.version'),
			cell: (party) => party.version ?? '',
			isNumber: true,
		},
		{
			title: say('web.negotiation.said'),
			cell: (party) => <bdi dir="auto">{party.said}</bdi>,
		},
	];

	return (
		<Table
			caption={say('web.negotiation.parties')}
			columns={columns}
			rows={parties}
			keyOf={(party) => party.name}
			empty={say('web.negotiation.no-party')}
		/>
	);
}

/** The version that it is about, and whether that is still the text on record. */
function About({ step, versions }: AboutProps) {
	const { version, hash } = step;

	if (version === undefined) return null;
	const now = versions.find((one) => one.version === version);

	return (
		<>
			{' · '}
			{say('web.negotiation.version-of', version)}
			{hash !== undefined && (
				<>
					{' · '}
					<bdi class="applied-code">{hash.slice(0, HASH_SHOWN)}…</bdi>
				</>
			)}
			{hash !== undefined && now && now.hash !== hash && (
				<strong> {say('web.talks.text-differs')}</strong>
			)}
		</>
	);
}

interface AboutProps {
	readonly step: StepTaken;
	readonly versions: readonly TextVersion[];
}

function Steps({ file: { steps, versions } }: { readonly file: NegotiationFile }) {
	if (!steps.length) return <p class="quiet">{say('web.negotiation.no-step')}</p>;
	return (
		<ol class="stack-close">
			{steps.map((step, i) => (
				<li key={i}>
					<strong>{sayCode('step', step.step)}</strong>
					{' · '}
					<Day iso={step.on} />
					{step.party !== undefined && (
						<>
							{' · '}
							<bdi dir="auto">{step.party}</bdi>
						</>
					)}
					<About step={step} versions={versions} />
					{step.note !== undefined && (
						<p class="quiet" dir="auto">
							{step.note}
						</p>
					)}
				</li>
			))}
		</ol>
	);
}

// --- meetings

interface OneMeetingProps {
	readonly one: Meeting;
	readonly subject: string;
}

function OneMeeting({ one, subject }: OneMeetingProps) {
	return (
		<article class="stack-close">
			<h3>
				<bdi dir="auto">{one.meeting}</bdi>
			</h3>
			<p>
				{sayCode('meeting', one.state)}
				{one.on !== undefined && (
					<>
						{' · '}
						<Day iso={one.on} />
					</>
				)}
				{one.place !== undefined && (
					<>
						{' · '}
						<bdi dir="auto">{one.place}</bdi>
					</>
				)}
			</p>
			<Lines title={say('web.negotiation.members')} lines={one.members} />
			<Lines title={say('web.negotiation.agenda')} lines={one.agenda} />
			<Lines title={say('web.negotiation.minutes')} lines={one.minutes} />
			{one.outcomes.length > 0 && (
				<>
					<h4>{say('web.negotiation.outcomes')}</h4>
					<Outcomes one={one} subject={subject} />
				</>
			)}
			{may('instrument.outcome') && (
				<OutcomeForm subject={subject} meeting={one.meeting} />
			)}
			{may('instrument.meeting') && <MeetingForm subject={subject} one={one} />}
		</article>
	);
}

interface LinesProps {
	readonly title: string;
	readonly lines: readonly string[];
}

function Lines({ title, lines }: LinesProps) {
	if (!lines.length) return null;
	return (
		<>
			<h4>{title}</h4>
			<ul>
				{lines.map((line, i) => (
					<li key={i}>
						<bdi dir="auto">{line}</bdi>
					</li>
				))}
			</ul>
		</>
	);
}

function Outcomes({ one, subject }: OneMeetingProps) {
	type Outcome = Meeting['outcomes'][number];
	const columns: readonly Column<Outcome>[] = [
		{
			title: say('web.negotiation.outcome'),
			cell: (outcome) => <bdi dir="auto">{outcome.what}</bdi>,
		},
		{
			title: say('web.negotiation.owes'),
			cell: (outcome) => <bdi dir="auto">{outcome.owes}</bdi>,
		},
		{
			title: say('web.negotiation.until'),
			cell: (outcome) => <Since iso={outcome.until} />,
		},
		{
			title: say('web.negotiation.done'),
			cell: (outcome) =>
				outcome.done === undefined && may('instrument.outcome') ? (
					<DoneForm
						subject={subject}
						meeting={one.meeting}
						outcome={outcome}
					/>
				) : (
					<Since iso={outcome.done} />
				),
		},
	];

	return (
		<Table
			caption={say('web.negotiation.outcomes')}
			columns={columns}
			rows={one.outcomes}
			keyOf={(outcome) => outcome.what}
			empty=""
		/>
	);
}

// --- its text

const HASH_SHOWN = 16;

function Versions({ versions }: { readonly versions: readonly TextVersion[] }) {
	if (!versions.length) return <p class="quiet">{say('web.negotiation.no-text')}</p>;
	return (
		<ul class="plain-list stack-close">
			{versions.map(({ version, hash, text }) => (
				<li key={version}>
					<Unfold title={say('web.negotiation.version-of', version)}>
						<p class="small quiet">
							<Say
								k="web.negotiation.hash"
								values={[hash]}
							/>
						</p>
						<p class="negotiation-text" dir="auto">
							{text}
						</p>
					</Unfold>
				</li>
			))}
		</ul>
	);
}
