/* One's own account: a new passphrase, and an authenticator. */
import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import { post } from '../../api/server';
import { TextField } from '../../parts/field/text_field';
import { Notice } from '../../parts/notice/notice';
import { Section } from '../../parts/page/page';
import { Authenticator } from '../session/authenticator';
import { Asking } from './asking';

export function OwnAccount() {
	return (
		<Section title={say('web.own.title')}>
			<details>
				<summary>{say('web.own.passphrase')}</summary>
				<NewPassphrase />
			</details>
			<details>
				<summary>{say('web.totp.title')}</summary>
				<NewAuthenticator />
			</details>
		</Section>
	);
}

function NewPassphrase() {
	const [old, setOld] = useState('');
	const [next, setNext] = useState('');

	return (
		<Asking
			does={say('web.own.change')}
			done={say('web.own.changed')}
			isWhole={Boolean(old && next)}
			onDone={() => {
				setOld('');
				setNext('');
			}}
			send={() => post('Done', '/api/account/passphrase', { old, new: next })}
		>
			<TextField
				label={say('web.own.old')}
				sort="passphrase"
				complete="current-password"
				value={old}
				onChange={setOld}
			/>
			<TextField
				label={say('web.own.new')}
				hint={say('web.accounts.first-hint')}
				sort="passphrase"
				complete="new-password"
				value={next}
				onChange={setNext}
			/>
		</Asking>
	);
}

function NewAuthenticator() {
	const [isDone, setDone] = useState(false);

	if (isDone) return <Notice sort="done" takesFocus title={say('web.own.totp-done')} />;
	return (
		<div class="stack">
			<p>{say('web.own.totp-what')}</p>
			<Authenticator onDone={() => setDone(true)} />
		</div>
	);
}
