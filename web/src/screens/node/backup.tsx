/*
 * A copy of the register on another medium, made while work goes on; and how one becomes a
 * register again, which is done at the laptop: there nobody is in who could ask for it.
 */
import { useEffect, useState } from 'preact/hooks';

import { moment } from '../../api/changes';
import { say } from '../../api/language';
import { type Answer, get, post } from '../../api/server';
import { may } from '../../api/session';
import type { Backup as Made, Erasures } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { KnownFacts } from '../../parts/facts/facts';
import { TextField } from '../../parts/field/text_field';
import { Notice } from '../../parts/notice/notice';
import { Answered, Section } from '../../parts/page/page';
import { When } from '../../parts/when/when';
import { sizeText } from './size';

const LOOK_MS = 1000;

export function Backup() {
	return (
		<Section title={say('web.node.backup-title')}>
			<p>{say('web.backup.what')}</p>
			{may('backup') ? <Copying /> : <p>{say('web.backup.who')}</p>}
			<h3>{say('web.backup.restore')}</h3>
			<p>{say('web.node.restore-how')}</p>
			<pre class="command" dir="ltr">
				ikhtiar restore FILE DIR --erasures FILE.erasures
			</pre>
		</Section>
	);
}

function isRunning(backup: Made | undefined): boolean {
	return backup?.stage === 'copying' || backup?.stage === 'reading';
}

/** The newest that is known, and how one says that there is something newer. */
function useBackup(): readonly [Made | undefined, (backup: Made) => void] {
	const [known, setKnown] = useState<Made>();
	const runs = isRunning(known);
	const now = moment.value;

	useEffect(() => {
		const stop = new AbortController();
		const look = async () => {
			const answer = await get('Backup', '/api/backups', { signal: stop.signal });

			if (!stop.signal.aborted && answer.state === 'ok') setKnown(answer.value);
		};
		const timer = runs ? setInterval(() => void look(), LOOK_MS) : undefined;

		void look();
		return () => {
			stop.abort();
			clearInterval(timer);
		};
	}, [now, runs]);
	return [known, setKnown];
}

/** What the two buttons came to; a backup that was begun tells of itself. */
type Said = Answer<Erasures> | Answer<Made> | null;

function Copying() {
	const [backup, setBackup] = useBackup();
	const [typed, setTyped] = useState<string>();
	const [said, setSaid] = useState<Said>(null);
	const [isAsking, setAsking] = useState(false);
	const folder = typed ?? backup?.folder ?? '';
	const busy = isAsking || isRunning(backup);

	async function ask<T extends Made | Erasures>(
		send: () => Promise<Answer<T>>,
	): Promise<Answer<T>> {
		setAsking(true);
		setSaid(null);
		const answer = await send();

		setAsking(false);
		return answer;
	}

	async function begin() {
		const answer = await ask(() => post('Backup', '/api/backups', { folder }));

		if (answer.state === 'ok') setBackup(answer.value);
		else setSaid(answer);
	}

	async function list() {
		setSaid(await ask(() => post('Erasures', '/api/erasures', { folder })));
	}

	return (
		<form
			class="stack"
			onSubmit={(event) => {
				event.preventDefault();
				if (folder && !busy) void begin();
			}}
		>
			<TextField
				label={say('web.backup.folder')}
				hint={say('web.backup.folder-hint')}
				isPath
				value={folder}
				onChange={setTyped}
			/>
			{said && <WhatWasSaid said={said} />}
			{backup && !isAsking && <Stage backup={backup} />}
			<div class="row">
				<Button look="main" submits disabled={!folder} busy={busy}>
					{say('web.backup.begin')}
				</Button>
				<Button disabled={!folder} busy={busy} onPress={() => void list()}>
					{say('web.backup.list')}
				</Button>
			</div>
			<p class="small quiet">{say('web.backup.list-what')}</p>
		</form>
	);
}

function WhatWasSaid({ said }: { readonly said: Answer<Erasures | Made> }) {
	return (
		<Answered asked={said}>
			{(value) =>
				'count' in value && (
					<Notice
						sort="done"
						takesFocus
						title={say('web.backup.listed', value.count)}
					>
						<Path path={value.path} />
					</Notice>
				)
			}
		</Answered>
	);
}

function Path({ path }: { readonly path: string | undefined }) {
	return (
		<p>
			<bdi dir="ltr" class="path">
				{path}
			</bdi>
		</p>
	);
}

function Stage({ backup }: { readonly backup: Made }) {
	switch (backup.stage) {
		case 'none':
			return null;
		case 'copying':
			return <Bar label={say('web.backup.copying')} />;
		case 'reading':
			return (
				<Bar
					label={say('web.backup.reading')}
					done={backup.done ?? 0}
					of={backup.of ?? 1}
				/>
			);
		case 'made':
			return <Whole backup={backup} />;
		case 'failed':
			return (
				<Notice sort="care" title={say('web.backup.failed')}>
					<p>{backup.why}</p>
				</Notice>
			);
	}
}

interface BarProps {
	readonly label: string;
	/** Absent: nobody can say how far it is. */
	readonly done?: number;
	readonly of?: number;
}

function Bar({ label, done, of }: BarProps) {
	return (
		<div role="status" class="stack-close">
			<p>{label}</p>
			<progress aria-label={label} max={of} value={done} />
		</div>
	);
}

function Whole({ backup }: { readonly backup: Made }) {
	return (
		<Notice sort="done" title={say('web.backup.made')}>
			<Path path={backup.path} />
			<KnownFacts
				known={[
					{
						label: say('web.backup.size'),
						value: sizeText(backup.bytes ?? 0),
					},
					{
						label: say('web.backup.when'),
						value: backup.ended && <When iso={backup.ended} />,
					},
				]}
			/>
		</Notice>
	);
}
