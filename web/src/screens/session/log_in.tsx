/* Coming in.  The first one of the day unlocks the register for all. */
import './session.css';

import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import { logIn, session } from '../../api/session';
import type { Login, Problem } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { CodeField } from '../../parts/field/digits_field';
import { FlagField } from '../../parts/field/choice_field';
import { TextField } from '../../parts/field/text_field';
import { Notice } from '../../parts/notice/notice';
import { ProblemNotice } from '../../parts/problem/problem';
import { LanguageChoice } from './language_choice';

type Coming =
	| { readonly state: 'asking'; readonly problem?: Problem }
	| { readonly state: 'silent' }
	| { readonly state: 'waiting' };

const SHARED = 'shared';
const CODE_DIGITS = 6;

interface LoginFormProps {
	/** Who is expected; empty: anybody. */
	readonly name: string;
}

export function LoginForm({ name }: LoginFormProps) {
	const [login, setLogin] = useState({
		name,
		passphrase: '',
		code: '',
		shared: localStorage.getItem(SHARED) === 'yes',
	});
	const [coming, setComing] = useState<Coming>({ state: 'asking' });
	const [hasCode, setHasCode] = useState(false);
	const change = (patch: Partial<typeof login>) => setLogin({ ...login, ...patch });

	async function come() {
		setComing({ state: 'waiting' });
		localStorage.setItem(SHARED, login.shared ? 'yes' : 'no');
		const answer = await logIn(requestOf(login));

		if (answer.state === 'problem')
			setComing({ state: 'asking', problem: answer.problem });
		if (answer.state === 'silent') setComing({ state: 'silent' });
	}

	return (
		<form
			class="stack"
			onSubmit={(event) => {
				event.preventDefault();
				if (coming.state !== 'waiting') void come();
			}}
		>
			<TextField
				label={say('web.login.name')}
				value={login.name}
				onChange={(value) => change({ name: value })}
				complete="username"
				most={60}
				autoFocus={name === ''}
			/>
			<TextField
				label={say('web.login.passphrase')}
				sort="passphrase"
				value={login.passphrase}
				onChange={(value) => change({ passphrase: value })}
				complete="current-password"
				autoFocus={name !== ''}
			/>
			{hasCode ? (
				<CodeField
					label={say('web.login.code')}
					hint={say('web.login.code-hint')}
					value={login.code}
					digits={CODE_DIGITS}
					onChange={(value) => change({ code: value })}
					autoFocus
				/>
			) : (
				<p>
					<Button look="link" onPress={() => setHasCode(true)}>
						{say('web.login.has-code')}
					</Button>
				</p>
			)}
			<FlagField
				label={say('web.login.shared')}
				value={login.shared}
				onChange={(shared) => change({ shared })}
			/>
			{coming.state === 'asking' && coming.problem && (
				<ProblemNotice problem={coming.problem} />
			)}
			{coming.state === 'silent' && (
				<Notice sort="care" title={say('web.state.silent')} />
			)}
			{coming.state === 'waiting' && session.value?.locked && (
				<Notice sort="note" title={say('web.login.unlocking')} />
			)}
			<Button look="main" submits busy={coming.state === 'waiting'}>
				{say('web.login.come-in')}
			</Button>
		</form>
	);
}

function requestOf(login: {
	name: string;
	passphrase: string;
	code: string;
	shared: boolean;
}): Login {
	const { name, passphrase, code, shared } = login;

	return { name: name.trim(), passphrase, ...(code && { code }), ...(shared && { shared }) };
}

export function LogIn() {
	const now = session.value;

	return (
		<main class="login">
			<div class="card stack">
				<div class="row login-head">
					<h1>
						<bdi>{now?.site}</bdi>
					</h1>
					<LanguageChoice />
				</div>
				{now?.demo && <Notice sort="note" title={say('web.login.demo')} />}
				{now?.locked && <p class="quiet">{say('web.login.locked')}</p>}
				<LoginForm name="" />
			</div>
		</main>
	);
}
