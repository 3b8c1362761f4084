/* A form whose words are kept nowhere: passphrases stand in it. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import type { Answer } from '../../api/server';
import type { Problem } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { Notice } from '../../parts/notice/notice';
import { ProblemNotice } from '../../parts/problem/problem';

type Now =
	| { readonly state: 'filling' }
	| { readonly state: 'sending' }
	| { readonly state: 'silent' }
	| { readonly state: 'problem'; readonly problem: Problem }
	| { readonly state: 'done' };

interface AskingProps {
	readonly children: ComponentChildren;
	/** On its button. */
	readonly does: string;
	/** When it is done. */
	readonly done: string;
	readonly send: () => Promise<Answer<unknown>>;
	/** What it takes is there. */
	readonly isWhole: boolean;
	/** Empty the fields: it is done. */
	readonly onDone: () => void;
}

export function Asking({ children, does, done, send, isWhole, onDone }: AskingProps) {
	const [now, setNow] = useState<Now>({ state: 'filling' });

	async function submit() {
		setNow({ state: 'sending' });
		const answer = await send();

		if (answer.state === 'ok') {
			onDone();
			setNow({ state: 'done' });
		} else {
			setNow(answer);
		}
	}

	return (
		<form
			class="stack"
			onSubmit={(event) => {
				event.preventDefault();
				if (isWhole && now.state !== 'sending') void submit();
			}}
		>
			{children}
			{now.state === 'silent' && (
				<Notice sort="care" title={say('web.state.silent')} />
			)}
			{now.state === 'problem' && <ProblemNotice problem={now.problem} />}
			{now.state === 'done' && <Notice sort="done" takesFocus title={done} />}
			<p>
				<Button
					look="main"
					submits
					disabled={!isWhole}
					busy={now.state === 'sending'}
				>
					{does}
				</Button>
			</p>
		</form>
	);
}
