/*
 * One box for all that is known of her: names in any script, her father's, a year, a district,
 * somebody of her household; or one number, also of a slip that is scanned.  It is asked after
 * each word; that somebody was looked for is recorded once.
 */
import './find.css';

import { useEffect, useState } from 'preact/hooks';

import { say } from '../../api/language';
import { type Answer, post } from '../../api/server';
import { may } from '../../api/session';
import { asciiDigits } from '../../core/digits';
import { hrefOf } from '../../core/route';
import type { Findings } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { TextField } from '../../parts/field/text_field';
import { Notice } from '../../parts/notice/notice';
import { Answered, Page } from '../../parts/page/page';
import { ProblemNotice } from '../../parts/problem/problem';
import { type Opening, openFile, PurposeField, purposeNow } from '../opening';
import { FoundList } from './found_name';
import { WhyNot } from './why_not';

const LETTERS_MIN = 3;
const PAUSE_MS = 200;

type Search = { readonly state: 'none' } | { readonly state: 'loading' } | Answer<Findings>;

/** What was found, once the typing pauses. */
function useFindings(typed: string): Search {
	const [search, setSearch] = useState<Search>({ state: 'none' });

	useEffect(() => {
		const query = asciiDigits(typed).trim();
		const stop = new AbortController();

		if (query.length < LETTERS_MIN) {
			setSearch({ state: 'none' });
			return undefined;
		}
		const timer = setTimeout(() => {
			void post(
				'Findings',
				'/api/find',
				{ q: query, purpose: purposeNow() },
				{ signal: stop.signal },
			).then((answer) => {
				if (!stop.signal.aborted) setSearch(answer);
			});
		}, PAUSE_MS);

		return () => {
			clearTimeout(timer);
			stop.abort();
		};
	}, [typed]);
	return search;
}

export default function Find() {
	return may('find') ? <BySearch /> : <ByNumber />;
}

/** Who may read files and looks for nobody names one by the number that she was given. */
function ByNumber() {
	const [number, setNumber] = useState('');
	const [opening, setOpening] = useState<Opening>();

	return (
		<Page title={say('web.find.title')}>
			<form
				class="card stack"
				onSubmit={(event) => {
					event.preventDefault();
					void openFile(asciiDigits(number).trim()).then(setOpening);
				}}
			>
				<TextField
					label={say('web.movements.case-number')}
					value={number}
					onChange={setNumber}
					autoFocus
				/>
				<PurposeField />
				<p>
					<Button look="main" submits>
						{say('web.household.open')}
					</Button>
				</p>
			</form>
			<NotOpened opening={opening} />
		</Page>
	);
}

function NotOpened({ opening }: { readonly opening: Opening | undefined }) {
	switch (opening?.state) {
		case 'problem':
			return <ProblemNotice problem={opening.problem} />;
		case 'silent':
			return <Notice sort="care" title={say('web.state.silent')} />;
		case 'open':
		case undefined:
			return null;
	}
}

function BySearch() {
	const [typed, setTyped] = useState('');
	const [opening, setOpening] = useState<Opening>();
	const search = useFindings(typed);
	const open = (subject: string) => void openFile(subject).then(setOpening);

	function openTheOnlyOne() {
		const found = search.state === 'ok' ? search.value.found : [];

		if (found.length === 1 && found[0]) open(found[0].id);
	}

	return (
		<Page title={say('web.find.title')}>
			<form
				role="search"
				class="card stack"
				onSubmit={(event) => {
					event.preventDefault();
					openTheOnlyOne();
				}}
			>
				<TextField
					label={say('web.find.box')}
					hint={say('web.find.hint')}
					sort="search"
					isName
					value={typed}
					onChange={setTyped}
					autoFocus
				/>
				<PurposeField />
			</form>
			<NotOpened opening={opening} />
			<div aria-live="polite" class="stack">
				{search.state !== 'none' && (
					<Answered asked={search}>
						{(findings) => (
							<Results
								findings={findings}
								query={typed}
								open={open}
							/>
						)}
					</Answered>
				)}
			</div>
			<p class="row">
				{may('household.registered') && (
					<a class="button" href={hrefOf('register')}>
						{say('web.register.title')}
					</a>
				)}
				{may('import') && (
					<a class="button" href={hrefOf('lists')}>
						{say('web.lists.title')}
					</a>
				)}
				{may('pairs') && (
					<a class="button" href={hrefOf('pairs')}>
						{say('web.pairs.title')}
					</a>
				)}
			</p>
		</Page>
	);
}

interface ResultsProps {
	readonly findings: Findings;
	readonly query: string;
	readonly open: (subject: string) => void;
}

function Results({ findings, query, open }: ResultsProps) {
	if (!findings.enough)
		return (
			<Notice sort="note" title={say('web.find.more')}>
				{findings.advice}
			</Notice>
		);
	return (
		<>
			{findings.found.length ? (
				<FoundList found={findings.found} open={open} />
			) : (
				<Notice sort="note" title={say('web.find.none')}>
					{findings.advice}
				</Notice>
			)}
			<WhyNot query={asciiDigits(query).trim()} />
		</>
	);
}
