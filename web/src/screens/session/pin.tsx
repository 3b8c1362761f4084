/* A PIN of six digits: the last one sends it. */
import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import type { Answer } from '../../api/server';
import type { Problem, Session } from '../../gen/api';
import { CodeField } from '../../parts/field/digits_field';
import { Notice } from '../../parts/notice/notice';
import { ProblemNotice } from '../../parts/problem/problem';

const PIN_DIGITS = 6;

interface PinProps {
	readonly label: string;
	readonly send: (pin: string) => Promise<Answer<Session>>;
	readonly onDone?: () => void;
}

type Sending =
	{ readonly state: 'asking'; readonly problem?: Problem } | { readonly state: 'silent' };

export function Pin({ label, send, onDone }: PinProps) {
	const [pin, setPin] = useState('');
	const [now, setNow] = useState<Sending>({ state: 'asking' });

	async function typed(digits: string) {
		setPin(digits);
		if (digits.length < PIN_DIGITS) return;
		const answer = await send(digits);

		setPin('');
		if (answer.state === 'ok') onDone?.();
		else if (answer.state === 'silent') setNow(answer);
		else setNow({ state: 'asking', problem: answer.problem });
	}

	return (
		<div class="stack">
			<CodeField
				label={label}
				value={pin}
				digits={PIN_DIGITS}
				isSecret
				autoFocus
				onChange={(digits) => void typed(digits)}
			/>
			{now.state === 'silent' && (
				<Notice sort="care" title={say('web.state.silent')} />
			)}
			{now.state === 'asking' && now.problem && (
				<ProblemNotice problem={now.problem} leavesFocus />
			)}
		</div>
	);
}
