/* One person's case: what is open, and what those who protect record about it. */
import type { ComponentChildren } from 'preact';

import { say } from '../../api/language';
import { get } from '../../api/server';
import { may } from '../../api/session';
import { hrefOf } from '../../core/route';
import type { Event, Person } from '../../gen/api';
import { History } from '../../parts/history/history';
import { useAsked } from '../../parts/page/asked';
import { Answered, Page, Section } from '../../parts/page/page';
import { PersonLine } from '../../parts/person/person_line';
import { AssessmentMade, ComplaintMade, HoldPlaced, IncidentReported, ReviewMade } from './acts';
import { Complaints, Holds, Incidents } from './open';

export function CasePage({ person }: { readonly person: Person }) {
	const asked = useAsked(
		(signal) => get('History', `/api/people/${person.id}/history`, { signal }),
		[person.id],
	);

	return (
		<Page title={<bdi>{person.name}</bdi>}>
			<PersonLine person={person} />
			<Answered asked={asked}>
				{({ events }) => <Case person={person} events={events} />}
			</Answered>
			<p>
				<a href={hrefOf('protection')}>{say('web.protection.others')}</a>
			</p>
		</Page>
	);
}

interface CaseProps {
	readonly person: Person;
	readonly events: readonly Event[];
}

function Case({ person, events }: CaseProps) {
	return (
		<>
			<Incidents person={person} events={events} />
			<Holds person={person} events={events} />
			<Complaints person={person} events={events} />
			{may('review.made') && (
				<Section title={say('web.protection.review')}>
					<p>{say('web.protection.review-what')}</p>
					<ReviewMade person={person} />
				</Section>
			)}
			{may('assessment.made') && (
				<Folded title={say('web.protection.assess')}>
					<AssessmentMade person={person} />
				</Folded>
			)}
			<Folded title={say('web.protection.report')}>
				<IncidentReported person={person} />
			</Folded>
			{may('hold.placed') && (
				<Folded title={say('web.protection.hold')}>
					<HoldPlaced person={person} />
				</Folded>
			)}
			<Folded title={say('web.protection.complain')}>
				<ComplaintMade person={person} />
			</Folded>
			<Folded title={say('web.person.history')}>
				<History events={events} />
			</Folded>
		</>
	);
}

function Folded({
	title,
	children,
}: {
	readonly title: string;
	readonly children: ComponentChildren;
}) {
	return (
		<details class="card">
			<summary>{title}</summary>
			<div class="stack">{children}</div>
		</details>
	);
}
