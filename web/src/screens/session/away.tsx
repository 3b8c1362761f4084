/*
 * Over the screen, while the server waits to see who sits here.  The screen below stays as it
 * is: a talk outlasts a session, and what was typed must be there when she is back.
 */
import './session.css';

import { useEffect, useRef, useState } from 'preact/hooks';

import { say } from '../../api/language';
import { isCalm, leave, openAgain, session, sitterName, switchTo } from '../../api/session';
import type { Colleague } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { Dialog } from '../../parts/dialog/dialog';
import { TextField } from '../../parts/field/text_field';
import { Notice } from '../../parts/notice/notice';
import { LoginForm } from './log_in';
import { Pin } from './pin';

type How =
	| { readonly by: 'pin' }
	| { readonly by: 'passphrase' }
	| { readonly by: 'colleague'; readonly who: Colleague };

export function Away() {
	return isCalm.value ? <Calm /> : <WhoIsThere />;
}

/** An empty page, whoever looks; the first touch or key asks who it is. */
function Calm() {
	const page = useRef<HTMLDialogElement>(null);
	const touch = () => {
		isCalm.value = false;
	};

	useEffect(() => page.current?.showModal(), []);
	return (
		<dialog
			class="calm"
			ref={page}
			aria-label={say('web.away.calm')}
			onPointerDown={touch}
			// Esc hides; pressed again in haste, it must not begin to ask.
			onKeyDown={(event) => event.key !== 'Escape' && touch()}
			onCancel={(event) => event.preventDefault()}
			onClose={() => page.current?.showModal()}
		/>
	);
}

function WhoIsThere() {
	const now = session.value;
	const [how, setHow] = useState<How>({ by: now?.pin_set ? 'pin' : 'passphrase' });
	const name = sitterName.value;

	return (
		<Dialog
			covers
			title={
				now?.standing === 'out'
					? say('web.away.ended')
					: say('web.away.title', name)
			}
		>
			{now?.standing === 'out' ? (
				<LoginForm name={name} />
			) : (
				<ComeBack how={how} setHow={setHow} />
			)}
			<Colleagues onChoose={(who) => setHow({ by: 'colleague', who })} />
			<p>
				<Button look="link" onPress={leave}>
					{say('web.away.another')}
				</Button>
			</p>
		</Dialog>
	);
}

function ComeBack({ how, setHow }: { readonly how: How; readonly setHow: (how: How) => void }) {
	switch (how.by) {
		case 'pin':
			return (
				<>
					<Pin
						label={say('web.away.pin')}
						send={(pin) => openAgain({ pin })}
					/>
					<p>
						<Button
							look="link"
							onPress={() => setHow({ by: 'passphrase' })}
						>
							{say('web.away.by-passphrase')}
						</Button>
					</p>
				</>
			);
		case 'passphrase':
			return <ByPassphrase />;
		case 'colleague':
			return (
				<Pin
					key={how.who.account}
					label={say('web.away.pin-of', how.who.name)}
					send={(pin) => switchTo(how.who.account, pin)}
				/>
			);
	}
}

function ByPassphrase() {
	const [passphrase, setPassphrase] = useState('');
	const [wrong, setWrong] = useState<string>();

	async function open() {
		const answer = await openAgain({ passphrase });

		if (answer.state === 'ok') return;
		setPassphrase('');
		setWrong(
			answer.state === 'silent' ? say('web.state.silent') : answer.problem.detail,
		);
	}

	return (
		<form
			class="stack"
			onSubmit={(event) => {
				event.preventDefault();
				void open();
			}}
		>
			<TextField
				label={say('web.login.passphrase')}
				sort="passphrase"
				value={passphrase}
				onChange={setPassphrase}
				complete="current-password"
				autoFocus
			/>
			{wrong !== undefined && <Notice sort="care" takesFocus title={wrong} />}
			<Button look="main" submits>
				{say('web.away.come-back')}
			</Button>
		</form>
	);
}

export function Colleagues({ onChoose }: { readonly onChoose: (who: Colleague) => void }) {
	const colleagues = session.value?.colleagues ?? [];

	if (!colleagues.length) return null;
	return (
		<div class="stack-close">
			<h3>{say('web.away.colleagues')}</h3>
			<div class="seats">
				{colleagues.map((who) => (
					<Button key={who.account} onPress={() => onChoose(who)}>
						<bdi>{who.name}</bdi>
					</Button>
				))}
			</div>
		</div>
	);
}
