/* Counselling: whom this account sees today, and the talk with one of them. */
import './counselling.css';

import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import { get } from '../../api/server';
import { hrefOf } from '../../core/route';
import type { Expected, Today } from '../../gen/api';
import { useAsked } from '../../parts/page/asked';
import { Answered, Page, Section } from '../../parts/page/page';
import { useOpenedPerson } from '../opened';
import type { ScreenProps } from '../screens';
import { TalkPage } from './talk_page';

export default function Counselling({ args }: ScreenProps) {
	const [person] = args;

	return person === undefined ? <Caseload /> : <Opened person={person} />;
}

/** Who waits at this account's own desk today, and nobody else. */
function Caseload() {
	const asked = useAsked((signal) => get('Today', '/api/today', { signal }), []);

	return (
		<Page title={say('web.counselling.title')}>
			<Answered asked={asked}>{(day) => <Desk day={day} />}</Answered>
		</Page>
	);
}

function Desk({ day }: { readonly day: Today }) {
	return (
		<div class="columns">
			<People
				title={say('web.today.waiting')}
				empty={say('web.today.nobody-waiting')}
				people={day.waiting}
			/>
			<People
				title={say('web.today.counselled')}
				empty={say('web.today.nobody-counselled')}
				people={day.counselled}
			/>
			<People
				title={say('web.today.expected')}
				empty={say('web.today.nobody-expected')}
				people={day.expected}
			/>
		</div>
	);
}

interface PeopleProps {
	readonly title: string;
	readonly empty: string;
	readonly people: readonly Expected[];
}

function People({ title, empty, people }: PeopleProps) {
	return (
		<Section title={title}>
			{people.length ? (
				<ul class="plain-list stack-close">
					{people.map((who) => (
						<li key={who.person}>
							<a
								class="button talk-with"
								href={hrefOf(
									'counselling',
									who.person,
								)}
							>
								<strong>
									<bdi>{who.token}</bdi>
								</strong>
								<bdi>{who.name}</bdi>
							</a>
						</li>
					))}
				</ul>
			) : (
				<p class="quiet">{empty}</p>
			)}
		</Section>
	);
}

function Opened({ person }: { readonly person: string }) {
	const asked = useOpenedPerson(person, 'counselling');
	const [known, setKnown] = useState(asked);

	// A talk goes on while the server is not reached, and with who has left the file.
	if (asked.state === 'ok' && asked !== known) setKnown(asked);
	const shown = known.state === 'ok' ? known : asked;

	if (shown.state === 'ok') return <TalkPage person={shown.value} />;
	return (
		<Page title={say('web.counselling.title')}>
			<Answered asked={shown}>{() => null}</Answered>
		</Page>
	);
}
