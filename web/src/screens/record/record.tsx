/*
 * "What is recorded about me", on paper, in her own language.  It is hers to take: it says who
 * looked into her file, and that nothing in it binds her.
 */
import { useState } from 'preact/hooks';

import { languageNow, say, wordsOf } from '../../api/language';
import { type Answer, get } from '../../api/server';
import { session } from '../../api/session';
import { type Language, say as sayIn, type Words } from '../../core/words';
import { hrefOf } from '../../core/route';
import type { Event, Household, Person } from '../../gen/api';
import { SheetLanguage } from '../../parts/field/sheet_language';
import { useAsked } from '../../parts/page/asked';
import { Answered, Page } from '../../parts/page/page';
import { PrintSheet } from '../../parts/printing/printing';
import type { ScreenProps } from '../screens';

interface Sheet {
	readonly words: Words;
	readonly household: Household;
	readonly person: Person;
	readonly events: readonly Event[];
}

/** All of it in the language of the sheet, which need not be the reader's. */
async function askFor(
	language: Language,
	ids: readonly string[],
	signal: AbortSignal,
): Promise<Answer<Sheet>> {
	const [household = '', person = ''] = ids;
	const [words, file, history] = await Promise.all([
		wordsOf(language),
		get('Household', `/api/households/${household}`, { language, signal }),
		get('History', `/api/people/${person}/history`, { language, signal }),
	]);

	if (file.state !== 'ok') return file;
	if (history.state !== 'ok') return history;
	const who = file.value.people.find((one) => one.id === person);

	if (!words || !who) return { state: 'silent' };
	return {
		state: 'ok',
		value: { words, household: file.value, person: who, events: history.value.events },
	};
}

export default function RecordOfPerson({ args }: ScreenProps) {
	const [language, setLanguage] = useState<Language>(languageNow());
	const asked = useAsked((signal) => askFor(language, args, signal), [language, ...args]);

	return (
		<Page title={<span class="not-printed">{say('web.record.title')}</span>}>
			<div class="not-printed row">
				<SheetLanguage value={language} onChange={setLanguage} />
				<a class="button" href={hrefOf('household', ...args)}>
					{say('web.form.cancel')}
				</a>
			</div>
			<Answered asked={asked}>
				{(sheet) => (
					<PrintSheet language={sheet.words.language}>
						<Content sheet={sheet} />
					</PrintSheet>
				)}
			</Answered>
		</Page>
	);
}

function Content({ sheet: { words, household, person, events } }: { readonly sheet: Sheet }) {
	const told = events.filter((event) => event.kind !== 'record.opened');
	const openings = events.filter((event) => event.kind === 'record.opened');

	return (
		<div class="stack">
			<h1>{sayIn(words, 'web.record.title')}</h1>
			<p>
				<strong>
					<bdi>{person.name}</bdi>
				</strong>{' '}
				<bdi>
					{household.case_number}/{person.member}
				</bdi>
				<br />
				<bdi>{session.value?.site}</bdi>,{' '}
				<bdi>{session.value?.now.slice(0, 10)}</bdi>
			</p>
			<p>{sayIn(words, 'web.record.rights')}</p>
			<h2>{sayIn(words, 'web.person.history')}</h2>
			<ol>
				{told.map((event) => (
					<li key={event.fact}>
						<strong>{event.what}</strong>{' '}
						<bdi>
							{event.happened
								.slice(0, 16)
								.replace('T', ' ')}
						</bdi>
						{event.values.length > 0 && (
							<ul>
								{event.values.map((said) => (
									<li key={said.field}>
										{said.label}:{' '}
										<bdi>
											{said.value}
										</bdi>
									</li>
								))}
							</ul>
						)}
					</li>
				))}
			</ol>
			<h2>{sayIn(words, 'web.person.openings')}</h2>
			<ul>
				{openings.map((event) => (
					<li key={event.fact}>
						<bdi>{event.by}</bdi> ·{' '}
						<bdi>
							{event.recorded
								.slice(0, 16)
								.replace('T', ' ')}
						</bdi>{' '}
						·{' '}
						{event.values.map((said) => said.value).join(' · ')}
					</li>
				))}
			</ul>
		</div>
	);
}
