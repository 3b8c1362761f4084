/* The frame of a form: what came of sending it stands above its button. */
import type { ComponentChildren } from 'preact';

import { say } from '../../api/language';
import { Button } from '../button/button';
import { Notice } from '../notice/notice';
import { ProblemNotice } from '../problem/problem';
import { Say } from '../say/say';
import type { Form } from './form';

interface FormFrameProps<T> {
	readonly form: Form<T>;
	readonly children: ComponentChildren;
	/** On its button. */
	readonly does: string;
	readonly onSubmit: () => void;
	/** What is missing before it can be sent. */
	readonly missing?: readonly string[];
}

export function FormFrame<T>({ form, children, does, onSubmit, missing = [] }: FormFrameProps<T>) {
	const isSending = form.now.state === 'sending';

	return (
		<form
			class="stack"
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				if (!isSending) onSubmit();
			}}
		>
			{form.restored && form.now.state === 'filling' && (
				<Notice
					sort="note"
					title={
						form.wasOf === undefined ? (
							say('web.draft.restored')
						) : (
							<Say
								k="web.draft.was-of"
								values={[form.wasOf]}
							/>
						)
					}
				>
					<p>
						<Button look="link" onPress={form.clear}>
							{say('web.draft.begin-anew')}
						</Button>
					</p>
				</Notice>
			)}
			{form.isSecond && form.now.state === 'filling' && (
				<Notice sort="note" title={say('web.draft.second')} />
			)}
			<fieldset class="stack" disabled={isSending}>
				{children}
			</fieldset>
			{missing.length > 0 && (
				<Notice sort="care" takesFocus title={say('web.form.missing')}>
					<ul>
						{missing.map((what) => (
							<li key={what}>{what}</li>
						))}
					</ul>
				</Notice>
			)}
			{form.now.state === 'filling' && form.now.problem && (
				<ProblemNotice problem={form.now.problem} />
			)}
			{form.now.state === 'sending' && form.now.attempts > 0 && (
				<Notice sort="care" title={say('web.form.waiting')} />
			)}
			<div class="row">
				<Button look="main" submits busy={isSending}>
					{isSending ? say('web.form.sending') : does}
				</Button>
			</div>
		</form>
	);
}
