/*
 * Lists that others keep: figures that were published, and directives.  A list is tried
 * first; what is refused is told with its line, its column and the reason, and the rest is
 * recorded only if somebody asks for it.
 */
import { useState } from 'preact/hooks';

import { languageNow, say, sayCount } from '../../api/language';
import { type Answer, post } from '../../api/server';
import { may } from '../../api/session';
import type { TableRefusal, TableTaken } from '../../gen/api';
import type { Key } from '../../gen/keys';
import { Button } from '../../parts/button/button';
import { FileField } from '../../parts/field/file_field';
import { Notice } from '../../parts/notice/notice';
import { Answered, Page, Section } from '../../parts/page/page';
import { Say } from '../../parts/say/say';
import { type Column, Table } from '../../parts/table/table';
import { readFiles, SENT_SIZE_MAX } from '../lists/sent';

interface Sort {
	readonly deed: string;
	readonly path: string;
	readonly title: Key;
	readonly what: Key;
	/** Below the public pages of a language: where it then stands. */
	readonly shown: string;
}

const SORTS: readonly Sort[] = [
	{
		deed: 'figure.reported',
		path: '/api/tables/figures',
		title: 'web.tables.figures',
		what: 'web.tables.figures-what',
		shown: 'figures/PAK.html',
	},
	{
		deed: 'instrument.recorded',
		path: '/api/tables/directives',
		title: 'web.tables.directives',
		what: 'web.tables.directives-what',
		shown: 'directives/PAK.html',
	},
];

function sortsOfMine(): readonly Sort[] {
	return SORTS.filter(({ deed }) => may(deed));
}

export function mayBringTables(): boolean {
	return sortsOfMine().length > 0;
}

export function Tables() {
	return (
		<Page title={say('web.tables.title')}>
			{sortsOfMine().map((sort) => (
				<Section key={sort.path} title={say(sort.title)}>
					<Bring sort={sort} />
				</Section>
			))}
		</Page>
	);
}

type Way =
	| { readonly state: 'choosing' }
	| { readonly state: 'lacking'; readonly what: Key }
	| { readonly state: 'sending' }
	| { readonly state: 'told'; readonly looked: boolean; readonly answer: Answer<TableTaken> };

function lackOf(file: File | undefined): Key | null {
	if (!file) return 'web.lists.lacks-file';
	return file.size > SENT_SIZE_MAX ? 'web.tables.too-large' : null;
}

/** A list of thousands of rows is recorded for a minute. */
const WAIT_MS = 5 * 60_000;

interface How {
	readonly dry_run: boolean;
	readonly keep_going?: boolean;
}

function Bring({ sort }: { readonly sort: Sort }) {
	const [file, setFile] = useState<File>();
	const [way, setWay] = useState<Way>({ state: 'choosing' });

	async function send(how: How): Promise<void> {
		const what = lackOf(file);

		if (!file || what) {
			setWay({ state: 'lacking', what: what ?? 'web.lists.lacks-file' });
			return;
		}
		setWay({ state: 'sending' });
		try {
			const [sent] = await readFiles([file]);
			const answer = await post(
				'TableTaken',
				sort.path,
				{ file: sent, ...how },
				{ wait_ms: WAIT_MS },
			);

			setWay({ state: 'told', looked: how.dry_run, answer });
		} catch {
			setWay({ state: 'lacking', what: 'web.lists.unreadable' });
		}
	}

	return (
		<>
			<form
				class="stack"
				noValidate
				onSubmit={(event) => {
					event.preventDefault();
					if (way.state !== 'sending') void send({ dry_run: true });
				}}
			>
				<FileField
					label={say('web.lists.file')}
					hint={say(sort.what)}
					accept=".csv,.tsv,.txt"
					onChange={([chosen]) => {
						setFile(chosen);
						setWay({ state: 'choosing' });
					}}
				/>
				<div class="row">
					<Button look="main" submits busy={way.state === 'sending'}>
						{say('web.lists.look')}
					</Button>
				</div>
			</form>
			<Outcome
				way={way}
				shown={sort.shown}
				record={(rest) => void send({ dry_run: false, keep_going: rest })}
			/>
		</>
	);
}

interface OutcomeProps {
	readonly way: Way;
	readonly shown: string;
	/** `rest`: what is sound, although other rows are refused. */
	readonly record: (rest: boolean) => void;
}

function Outcome({ way, shown, record }: OutcomeProps) {
	switch (way.state) {
		case 'choosing':
			return null;
		case 'lacking':
			return <Notice sort="care" takesFocus title={say(way.what)} />;
		case 'sending':
			return <Notice sort="note" takesFocus title={say('web.tables.reading')} />;
		case 'told':
			if (way.answer.state === 'silent')
				return (
					<Notice
						sort="care"
						takesFocus
						title={say('web.lists.silent')}
					/>
				);
			return (
				<Answered asked={way.answer}>
					{(taken) => (
						<Taken
							taken={taken}
							looked={way.looked}
							shown={shown}
							record={record}
						/>
					)}
				</Answered>
			);
	}
}

interface TakenProps {
	readonly taken: TableTaken;
	/** Nothing was recorded. */
	readonly looked: boolean;
	readonly shown: string;
	readonly record: OutcomeProps['record'];
}

function Taken({ taken, looked, shown, record }: TakenProps) {
	return (
		<>
			<Notice
				sort={looked ? 'note' : 'done'}
				takesFocus
				title={
					looked
						? sayCount('web.tables.looked', taken.fit)
						: sayCount('web.tables.done', taken.recorded)
				}
			>
				<p>
					<Say
						k="web.tables.counts"
						values={[taken.rows, taken.known, taken.refused]}
					/>
				</p>
				{!looked && (
					<p>
						<a href={`/public/${languageNow()}/${shown}`}>
							{say('web.tables.see')}
						</a>
					</p>
				)}
			</Notice>
			{taken.refusals.length > 0 && <Refusals taken={taken} />}
			{looked && taken.fit > 0 && (
				<>
					{taken.refused > 0 && <p>{say('web.tables.rest-what')}</p>}
					<div class="row">
						<Button
							look="main"
							onPress={() => record(taken.refused > 0)}
						>
							{say(
								taken.refused > 0
									? 'web.tables.record-rest'
									: 'web.tables.record',
							)}
						</Button>
					</div>
				</>
			)}
		</>
	);
}

function columns(): Column<TableRefusal>[] {
	return [
		{
			title: say('web.tables.line'),
			cell: ({ line }) => <bdi>{line}</bdi>,
			isNumber: true,
		},
		{
			title: say('web.lists.column'),
			cell: ({ column, place }) =>
				column === undefined ? (
					say('web.lists.whole-row')
				) : (
					<bdi>
						{column}
						{place !== undefined && ` (${place})`}
					</bdi>
				),
		},
		{
			title: say('web.lists.why'),
			cell: ({ kept, reason }) => (
				<>
					{reason}
					{kept && <> {say('web.tables.kept')}</>}
				</>
			),
		},
	];
}

function Refusals({ taken: { refusals } }: { readonly taken: TableTaken }) {
	return (
		<Table
			caption={say('web.lists.rejects')}
			columns={columns()}
			rows={refusals}
			keyOf={({ line, column, reason }) => [line, column, reason].join('/')}
			empty=""
		/>
	);
}
