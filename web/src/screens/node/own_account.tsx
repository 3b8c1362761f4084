/* One's own account: a new passphrase, and an authenticator. */
import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import { post } from '../../api/server';
import { Button } from '../../parts/button/button';
import { TextField } from '../../parts/field/text_field';
import { Notice } from '../../parts/notice/notice';
import { Page, Section } from '../../parts/page/page';
import { Authenticator } from '../session/authenticator';
import { Asking } from './asking';

export function OwnAccount({ onAuthenticator }: { readonly onAuthenticator: () => void }) {
	return (
		<Section title={say('web.own.title')}>
			<details>
				<summary>{say('web.own.passphrase')}</summary>
				<NewPassphrase />
			</details>
			<p>
				<Button onPress={onAuthenticator}>{say('web.totp.title')}</Button>
			</p>
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

/** A page of its own: what is printed here are the recovery codes, and nothing else. */
export function NewAuthenticator({ onDone }: { readonly onDone: () => void }) {
	const [isSet, setSet] = useState(false);

	return (
		<Page title={say('web.totp.title')}>
			<p class="not-printed">
				<Button onPress={onDone}>{say('web.form.cancel')}</Button>
			</p>
			{isSet ? (
				<Notice sort="done" takesFocus title={say('web.own.totp-done')} />
			) : (
				<div class="card stack">
					<p class="not-printed">{say('web.own.totp-what')}</p>
					<Authenticator onDone={() => setSet(true)} />
				</div>
			)}
		</Page>
	);
}
