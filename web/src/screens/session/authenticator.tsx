/* Setting up an authenticator: its QR, the recovery codes, and the first digits that it shows. */
import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import { type Answer, post } from '../../api/server';
import type { Problem, Totp } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { CodeField } from '../../parts/field/digits_field';
import { ProblemNotice } from '../../parts/problem/problem';
import { Qr } from '../../parts/qr/qr';

const CODE_DIGITS = 6;

export function Authenticator({ onDone }: { readonly onDone: () => void }) {
	const [totp, setTotp] = useState<Totp>();
	const [problem, setProblem] = useState<Problem>();

	function told<T>(answer: Answer<T>): T | undefined {
		if (answer.state === 'problem') setProblem(answer.problem);
		return answer.state === 'ok' ? answer.value : undefined;
	}

	async function begin() {
		setTotp(told(await post('Totp', '/api/account/totp')));
	}

	async function confirm(code: string) {
		if (told(await post('Done', '/api/account/totp/confirm', { code }))) onDone();
	}

	return (
		<>
			{totp ? (
				<Secret totp={totp} confirm={confirm} />
			) : (
				<p>
					<Button look="main" onPress={() => void begin()}>
						{say('web.totp.begin')}
					</Button>
				</p>
			)}
			{problem && <ProblemNotice problem={problem} />}
		</>
	);
}

function Secret({
	totp,
	confirm,
}: {
	readonly totp: Totp;
	readonly confirm: (code: string) => Promise<void>;
}) {
	const [code, setCode] = useState('');

	return (
		<>
			<div class="not-printed stack">
				<Qr text={totp.uri} label={say('web.totp.qr')} />
				<p>
					{say('web.totp.by-hand')} <bdi>{totp.secret}</bdi>
				</p>
			</div>
			<h2>{say('web.totp.recovery')}</h2>
			<p>{say('web.totp.recovery-what')}</p>
			<ul class="recovery plain-list" dir="ltr">
				{totp.recovery.map((word) => (
					<li key={word}>{word}</li>
				))}
			</ul>
			<p class="not-printed">
				<Button onPress={() => print()}>{say('web.print.now')}</Button>
			</p>
			<div class="not-printed">
				<CodeField
					label={say('web.totp.code')}
					value={code}
					digits={CODE_DIGITS}
					onChange={(digits) => {
						setCode(digits);
						if (digits.length === CODE_DIGITS)
							void confirm(digits).then(() =>
								setCode(''),
							);
					}}
				/>
			</div>
		</>
	);
}
