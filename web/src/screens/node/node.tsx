/* This centre's server: how it stands, who works with it, and one's own account. */
import './node.css';

import { useState } from 'preact/hooks';

import { languageNow, nastaliq, say, writeNastaliq } from '../../api/language';
import { type Answer, get, post } from '../../api/server';
import { lockRegister, may } from '../../api/session';
import { hrefOf } from '../../core/route';
import type { NodeState, Proved } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { FlagField } from '../../parts/field/choice_field';
import { Dialog } from '../../parts/dialog/dialog';
import { KnownFacts } from '../../parts/facts/facts';
import { Notice } from '../../parts/notice/notice';
import { useAsked } from '../../parts/page/asked';
import { Answered, Page, Section } from '../../parts/page/page';
import { When } from '../../parts/when/when';
import { LanguageChoice } from '../session/language_choice';
import { Accounts } from './accounts';
import { Backup } from './backup';
import { ClockJumped } from './clock';
import { Days } from './days';
import { Drafts } from './drafts';
import { NewAuthenticator, OwnAccount } from './own_account';
import { ScannerTest } from './scanner_test';
import { sizeText } from './size';

export default function Node() {
	const asked = useAsked((signal) => get('NodeState', '/api/node', { signal }), []);
	const [sheet, setSheet] = useState<'scanner' | 'authenticator' | null>(null);
	const close = () => setSheet(null);

	if (sheet === 'scanner') return <ScannerTest onDone={close} />;
	if (sheet === 'authenticator') return <NewAuthenticator onDone={close} />;
	return (
		<Page
			title={say('web.today.node')}
			beside={
				<div class="row">
					<Button onPress={() => setSheet('scanner')}>
						{say('web.scanner.title')}
					</Button>
					{may('case-numbers.reserved') && (
						<a class="button" href={hrefOf('packs')}>
							{say('web.packs.title')}
						</a>
					)}
				</div>
			}
		>
			<Answered asked={asked}>{(node) => <State node={node} />}</Answered>
			<Days />
			{may('verify') && <Verify />}
			{may('lock') && <Lock />}
			<Backup />
			{may('account-list') && <Accounts />}
			{may('manage-accounts') && <Drafts />}
			<OwnAccount onAuthenticator={() => setSheet('authenticator')} />
			<Section title={say('web.frame.language')}>
				<p>
					<LanguageChoice />
				</p>
				{languageNow() === 'ur' && (
					<FlagField
						label={say('web.frame.nastaliq')}
						value={nastaliq.value}
						onChange={writeNastaliq}
					/>
				)}
			</Section>
			<Section title={say('web.node.about')}>
				<p>{say('web.node.about-what')}</p>
			</Section>
		</Page>
	);
}

function State({ node }: { readonly node: NodeState }) {
	const count = new Intl.NumberFormat(languageNow(), { numberingSystem: 'latn' });

	return (
		<Section title={say('web.node.state')}>
			{node.clock_jumped && <ClockJumped node={node} />}
			{node.last_backup === undefined && (
				<Notice sort="care" title={say('web.node.no-backup')} />
			)}
			<KnownFacts
				known={[
					{
						label: say('web.node.last-backup'),
						value: node.last_backup && (
							<When iso={node.last_backup} />
						),
					},
					{
						label: say('web.node.facts'),
						value: count.format(node.facts),
					},
					{
						label: say('web.node.takes'),
						value: sizeText(node.disk_bytes),
					},
					{
						label: say('web.node.free'),
						value: sizeText(node.disk_room_bytes),
					},
					{ label: say('web.node.sessions'), value: node.sessions },
					{
						label: say('web.node.erasures'),
						value: node.erasures_unlisted || undefined,
					},
					{ label: say('web.node.version'), value: node.version },
				]}
			/>
		</Section>
	);
}

type Proving = { readonly state: 'idle' } | { readonly state: 'reading' } | Answer<Proved>;

/** All of a large register takes minutes to be read back. */
const VERIFY_MS = 3_600_000;

function Verify() {
	const [now, setNow] = useState<Proving>({ state: 'idle' });

	async function verify() {
		setNow({ state: 'reading' });
		setNow(await post('Proved', '/api/verify', {}, { wait_ms: VERIFY_MS }));
	}

	return (
		<Section title={say('web.node.verify')}>
			<p>{say('web.node.verify-what')}</p>
			{now.state === 'reading' && <p role="status">{say('web.node.reading')}</p>}
			{(now.state === 'ok' ||
				now.state === 'silent' ||
				now.state === 'problem') && (
				<Answered asked={now}>
					{(proved) => <Result proved={proved} />}
				</Answered>
			)}
			<p>
				<Button
					busy={now.state === 'reading'}
					onPress={() => void verify()}
				>
					{say('web.node.verify')}
				</Button>
			</p>
		</Section>
	);
}

function Result({ proved }: { readonly proved: Proved }) {
	if (proved.sound)
		return (
			<Notice
				sort="done"
				takesFocus
				title={say(
					'web.node.sound',
					proved.facts,
					proved.opened,
					proved.unreadable,
				)}
			/>
		);
	return (
		<Notice
			sort="care"
			takesFocus
			title={say('web.node.damaged', proved.damaged, proved.first_damaged ?? '')}
		/>
	);
}

function Lock() {
	const [isAsked, setAsked] = useState(false);

	return (
		<Section title={say('web.seat.lock')}>
			<p>{say('web.seat.lock-what')}</p>
			<p>
				<Button onPress={() => setAsked(true)}>
					{say('web.seat.lock')}
				</Button>
			</p>
			{isAsked && (
				<Dialog
					title={say('web.seat.lock')}
					onClose={() => setAsked(false)}
				>
					<p>{say('web.seat.lock-what')}</p>
					<div class="row">
						<Button
							look="main"
							onPress={() => void lockRegister()}
						>
							{say('web.seat.lock')}
						</Button>
						<Button onPress={() => setAsked(false)}>
							{say('web.form.cancel')}
						</Button>
					</div>
				</Dialog>
			)}
		</Section>
	);
}
