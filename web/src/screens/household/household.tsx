/* A household: its members, where each stands, what is open, what was recorded, who looked. */
import './household.css';

import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import { get } from '../../api/server';
import { may } from '../../api/session';
import { hrefOf } from '../../core/route';
import type { Household as File, Person } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { History } from '../../parts/history/history';
import { useAsked } from '../../parts/page/asked';
import { Answered, Page, Section } from '../../parts/page/page';
import { PersonLine } from '../../parts/person/person_line';
import { ProblemNotice } from '../../parts/problem/problem';
import { type Opening, openFile, PurposeField } from '../opening';
import type { ScreenProps } from '../screens';
import { Contact } from './contact';
import { FamilyApplies } from './family_applies';
import { PersonFile } from './person_file';

export default function Household({ args: [id = '', chosen] }: ScreenProps) {
	const asked = useAsked(
		(signal) => get('Household', `/api/households/${id}`, { signal }),
		[id],
	);

	if (asked.state === 'problem' && asked.problem.key === 'opening.first')
		return <Closed id={id} />;
	if (asked.state !== 'ok')
		return (
			<Page title={say('web.find.household')}>
				<Answered asked={asked}>{() => null}</Answered>
			</Page>
		);
	return <OpenFile household={asked.value} chosen={chosen} />;
}

/** A file stays open for half an hour; after that one says again what for. */
function Closed({ id }: { readonly id: string }) {
	const [opening, setOpening] = useState<Opening>();

	return (
		<Page title={say('web.household.closed')}>
			<form
				class="card stack"
				onSubmit={(event) => {
					event.preventDefault();
					void openFile(id).then(setOpening);
				}}
			>
				<p>{say('web.household.closed-what')}</p>
				<PurposeField />
				{opening?.state === 'problem' && (
					<ProblemNotice problem={opening.problem} />
				)}
				<Button look="main" submits>
					{say('web.household.open')}
				</Button>
			</form>
		</Page>
	);
}

interface OpenFileProps {
	readonly household: File;
	readonly chosen: string | undefined;
}

function OpenFile({ household, chosen }: OpenFileProps) {
	return (
		<Page
			title={
				<>
					{say('web.find.household')}{' '}
					<bdi>{household.case_number}</bdi>
				</>
			}
		>
			<Contact household={household} />
			<Section title={say('web.household.members')}>
				<ul class="plain-list stack">
					{household.people.map((person) => (
						<Member
							key={person.id}
							household={household}
							person={person}
							isChosen={
								person.id === chosen ||
								household.people.length === 1
							}
						/>
					))}
				</ul>
			</Section>
			<FamilyApplies household={household.id} />
			{may('show-history') && <HouseholdHistory id={household.id} />}
		</Page>
	);
}

interface MemberProps {
	readonly household: File;
	readonly person: Person;
	readonly isChosen: boolean;
}

function Member({ household, person, isChosen }: MemberProps) {
	const [isOpen, setOpen] = useState(isChosen);

	return (
		<li class="household-member">
			<PersonLine person={person} />
			<p class="row">
				<Button pressed={isOpen} onPress={() => setOpen(!isOpen)}>
					{say('web.household.show', person.name)}
				</Button>
				{may('print-record') && (
					<a
						class="button"
						href={hrefOf('record', household.id, person.id)}
					>
						{say('web.record.title')}
					</a>
				)}
			</p>
			{isOpen && <PersonFile person={person} />}
		</li>
	);
}

function HouseholdHistory({ id }: { readonly id: string }) {
	const asked = useAsked(
		(signal) => get('History', `/api/households/${id}/history`, { signal }),
		[id],
	);

	return (
		<Section title={say('web.household.history')}>
			<Answered asked={asked}>
				{(history) => <History events={history.events} />}
			</Answered>
		</Section>
	);
}
