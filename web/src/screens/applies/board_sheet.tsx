/*
 * "What applies in my district today": one page for a notice board, in the language of those
 * who read it there.  It says what each authority says, also where they contradict each other,
 * and leaves a line to write on where legal aid is found.
 */
import './board_sheet.css';

import { useState } from 'preact/hooks';

import { languageNow, say, wordsOf } from '../../api/language';
import { type Answer, get } from '../../api/server';
import { session } from '../../api/session';
import { dayOfIso } from '../../core/dates';
import { type Language, say as sayIn, type Words } from '../../core/words';
import type { AdvisoryState, Applied, Applies } from '../../gen/api';
import { SheetLanguage } from '../../parts/field/sheet_language';
import { useAsked } from '../../parts/page/asked';
import { Answered, Page } from '../../parts/page/page';
import { PrintSheet } from '../../parts/printing/printing';
import { dayText } from '../../parts/when/when';
import { codesOf } from './codes';
import { question, queryOf } from './question';
import { WhereField } from './question_fields';

/** Of whom most are who read it. */
const GROUPS = ['por', 'acc', 'undocumented'] as const;

interface Sheet {
	readonly words: Words;
	readonly groups: readonly Applies[];
	readonly advisories: readonly AdvisoryState[];
}

/** All of it in the language of the sheet, for today and as is known today. */
async function askFor(language: Language, signal: AbortSignal): Promise<Answer<Sheet>> {
	const about = { ...question.value, on: '', knownOn: '' };
	const [words, advisories, ...groups] = await Promise.all([
		wordsOf(language),
		get('Advisories', '/api/advisories', { language, signal }),
		...GROUPS.map((group) =>
			get('Applies', `/api/applies?${queryOf({ ...about, group })}`, {
				language,
				signal,
			}),
		),
	]);
	const known: Applies[] = [];

	if (!words) return { state: 'silent' };
	if (advisories.state !== 'ok') return advisories;
	for (const answer of groups) {
		if (answer.state !== 'ok') return answer;
		known.push(answer.value);
	}
	return {
		state: 'ok',
		value: { words, groups: known, advisories: advisories.value.advisories },
	};
}

export function BoardSheet() {
	const [language, setLanguage] = useState<Language>(languageNow());
	const asked = useAsked(
		(signal) => askFor(language, signal),
		[language, question.value.area?.key],
	);

	return (
		<Page title={<span class="not-printed">{say('web.board.tab')}</span>}>
			<div class="card columns not-printed">
				<WhereField />
				<SheetLanguage value={language} onChange={setLanguage} />
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

function Content({ sheet: { words, groups, advisories } }: { readonly sheet: Sheet }) {
	const [first] = groups;
	const day = first && dayOfIso(first.on);

	return (
		<div class="one-page board">
			<h1>{sayIn(words, 'web.board.title', first?.area.name ?? '')}</h1>
			<p>
				{typeof day === 'number' && <bdi>{dayText(day, words)}</bdi>}
				{' · '}
				<bdi>{session.value?.site}</bdi>
			</p>
			<p>
				<strong>{sayIn(words, 'web.board.choice')}</strong>
			</p>
			{advisories.map((one) => (
				<p key={one.id}>
					{sayIn(
						words,
						'web.advisory.one',
						sayIn(words, `code.advisory.${one.sort}`),
						one.crossing ?? one.area ?? '',
					)}
				</p>
			))}
			{groups.map((group) => (
				<Group key={group.group} words={words} group={group} />
			))}
			<p class="board-foot">{sayIn(words, 'web.board.side-by-side')}</p>
			<p class="board-legal">{sayIn(words, 'web.board.legal')}</p>
		</div>
	);
}

interface GroupProps {
	readonly words: Words;
	readonly group: Applies;
}

/** What says that somebody may stay or is to leave; the rest by its code, for who asks. */
function Group({ words, group }: GroupProps) {
	const told = group.instruments.filter((one) => one.stance !== 'neither');
	const others = group.instruments.filter((one) => one.stance === 'neither');

	return (
		<section class="board-group">
			<h2>{group.group_said}</h2>
			{told.length === 0 && <p>{sayIn(words, 'web.applies.none-recorded')}</p>}
			<ul class="plain-list">
				{told.map((one) => (
					<Line key={one.id} words={words} one={one} />
				))}
			</ul>
			{others.length > 0 && (
				<p class="board-others">
					{sayIn(
						words,
						'web.board.others',
						codesOf(others.map((one) => one.id)),
					)}
				</p>
			)}
		</section>
	);
}

function Line({ words, one }: { readonly words: Words; readonly one: Applied }) {
	return (
		<li class={one.conflicts_with.length ? 'board-line board-hatched' : 'board-line'}>
			{one.says}{' '}
			<span class="board-who">
				<bdi dir="auto">{one.authority}</bdi>
				{' · '}
				<bdi>{one.id}</bdi>
				{one.conflicts_with.length > 0 && (
					<>
						{' · '}
						{sayIn(
							words,
							'web.applies.contradicts',
							codesOf(one.conflicts_with),
						)}
					</>
				)}
			</span>
		</li>
	);
}
