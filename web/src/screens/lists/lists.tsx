/*
 * A list that others keep: it is chosen with its mapping, looked at, and only then
 * registered.  What was not taken stands in a table and can be saved for who puts it right;
 * nobody but this browser keeps it.
 */
import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import { type Answer, post } from '../../api/server';
import type { ListTaken, SentList } from '../../gen/api';
import type { Key } from '../../gen/keys';
import { Button } from '../../parts/button/button';
import { FlagField } from '../../parts/field/choice_field';
import { FileField } from '../../parts/field/file_field';
import { Labelled } from '../../parts/field/labelled';
import { Notice } from '../../parts/notice/notice';
import { Answered, Page, Section } from '../../parts/page/page';
import { readFiles, SENT_SIZE_MAX, sizeOf } from './sent';
import { Taken } from './taken';

/** A long list is read for minutes; to give up earlier would leave nobody knowing. */
const WAIT_MS = 15 * 60_000;

const MAPPINGS = {
	'': 'web.lists.mapping-known',
	kobo: 'web.lists.mapping-kobo',
	odk: 'web.lists.mapping-odk',
	own: 'web.lists.mapping-own',
} as const satisfies Record<string, Key>;

type Mapping = keyof typeof MAPPINGS;

const MAPPING_NAMES = ['', 'kobo', 'odk', 'own'] as const satisfies readonly Mapping[];

interface Chosen {
	readonly files: readonly File[];
	readonly mapping: Mapping;
	readonly own: File | undefined;
	readonly bringBack: boolean;
}

type Way =
	| { readonly state: 'choosing' }
	| { readonly state: 'lacking'; readonly what: Key }
	| { readonly state: 'sending'; readonly looks: boolean }
	| { readonly state: 'told'; readonly looked: boolean; readonly answer: Answer<ListTaken> };

function lackOf({ files, mapping, own }: Chosen): Key | null {
	if (!files.length) return 'web.lists.lacks-file';
	if (sizeOf(files) > SENT_SIZE_MAX) return 'web.lists.too-large';
	if (mapping === 'own' && !own) return 'web.lists.lacks-mapping';
	return null;
}

async function sentList(chosen: Chosen, looks: boolean): Promise<SentList> {
	const { files, mapping, own, bringBack } = chosen;

	return {
		files: await readFiles(files),
		...(mapping === 'own' && own && { map: await own.text() }),
		...((mapping === 'kobo' || mapping === 'odk') && { ready: mapping }),
		dry_run: looks,
		bring_back: bringBack,
	};
}

export default function Lists() {
	const [chosen, setChosen] = useState<Chosen>({
		files: [],
		mapping: '',
		own: undefined,
		bringBack: false,
	});
	const [way, setWay] = useState<Way>({ state: 'choosing' });

	/** What was looked at was another choice. */
	function change(change: Partial<Chosen>) {
		setChosen({ ...chosen, ...change });
		setWay({ state: 'choosing' });
	}

	async function send(looks: boolean): Promise<void> {
		const what = lackOf(chosen);

		if (what) {
			setWay({ state: 'lacking', what });
			return;
		}
		setWay({ state: 'sending', looks });
		try {
			const list = await sentList(chosen, looks);
			const answer = await post('ListTaken', '/api/lists', list, {
				wait_ms: WAIT_MS,
			});

			setWay({ state: 'told', looked: looks, answer });
		} catch {
			setWay({ state: 'lacking', what: 'web.lists.unreadable' });
		}
	}

	return (
		<Page title={say('web.lists.title')}>
			<p>{say('web.lists.what')}</p>
			<form
				class="card stack"
				noValidate
				onSubmit={(event) => {
					event.preventDefault();
					if (way.state !== 'sending') void send(true);
				}}
			>
				<fieldset class="stack" disabled={way.state === 'sending'}>
					<Choosing chosen={chosen} change={change} />
				</fieldset>
				<div class="row">
					<Button look="main" submits busy={way.state === 'sending'}>
						{say('web.lists.look')}
					</Button>
				</div>
			</form>
			<Outcome
				way={way}
				name={chosen.files[0]?.name}
				register={() => void send(false)}
			/>
		</Page>
	);
}

interface ChoosingProps {
	readonly chosen: Chosen;
	readonly change: (change: Partial<Chosen>) => void;
}

function Choosing({ chosen, change }: ChoosingProps) {
	return (
		<>
			<FileField
				label={say('web.lists.file')}
				hint={say('web.lists.file-hint')}
				accept=".csv,.tsv,.txt,.xlsx"
				several
				onChange={(files) => change({ files })}
			/>
			<MappingField
				value={chosen.mapping}
				onChange={(mapping) => change({ mapping })}
			/>
			{chosen.mapping === 'own' && (
				<FileField
					label={say('web.lists.own')}
					hint={say('web.lists.own-hint')}
					accept=".json"
					onChange={([own]) => change({ own })}
				/>
			)}
			<FlagField
				label={say('web.lists.bring-back')}
				value={chosen.bringBack}
				onChange={(bringBack) => change({ bringBack })}
			/>
		</>
	);
}

interface MappingFieldProps {
	readonly value: Mapping;
	readonly onChange: (value: Mapping) => void;
}

function MappingField({ value, onChange }: MappingFieldProps) {
	return (
		<Labelled label={say('web.lists.mapping')} hint={say('web.lists.mapping-hint')}>
			{(named) => (
				<select
					{...named}
					class="input"
					value={value}
					onChange={(event) => {
						const chosen = event.currentTarget.value;

						onChange(
							MAPPING_NAMES.find(
								(name) => name === chosen,
							) ?? '',
						);
					}}
				>
					{MAPPING_NAMES.map((name) => (
						<option key={name} value={name}>
							{say(MAPPINGS[name])}
						</option>
					))}
				</select>
			)}
		</Labelled>
	);
}

interface OutcomeProps {
	readonly way: Way;
	readonly name: string | undefined;
	readonly register: () => void;
}

function Outcome({ way, name = '', register }: OutcomeProps) {
	switch (way.state) {
		case 'choosing':
			return null;
		case 'lacking':
			return <Notice sort="care" takesFocus title={say(way.what)} />;
		case 'sending':
			return (
				<Notice
					sort="note"
					takesFocus
					title={say(
						way.looks
							? 'web.lists.looking'
							: 'web.lists.registering',
					)}
				/>
			);
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
						<>
							<Taken
								taken={taken}
								looked={way.looked}
								name={name}
							/>
							{way.looked && taken.fit > 0 && (
								<Section
									title={say(
										'web.lists.then',
									)}
								>
									<p>
										{say(
											'web.lists.then-hint',
										)}
									</p>
									<div class="row">
										<Button
											look="main"
											onPress={
												register
											}
										>
											{say(
												'web.lists.register',
											)}
										</Button>
									</div>
								</Section>
							)}
						</>
					)}
				</Answered>
			);
	}
}
