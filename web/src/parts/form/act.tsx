/*
 * One thing that is recorded about somebody: a few fields, a button, and what came of it.
 * What is typed is a draft like that of any form.
 */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import type { Fact, Known } from '../../gen/api';
import { Button } from '../button/button';
import { Notice } from '../notice/notice';
import { useForm } from './form';
import { FormFrame } from './form_frame';

/** What is proposed, or the labels of what is missing. */
export type Made = { readonly facts: readonly Fact[] } | { readonly missing: readonly string[] };

/** Labels of those that are empty. */
export function blanks(fields: readonly (readonly [unknown, string])[]): Made {
	return { missing: fields.filter(([value]) => !value).map(([, label]) => label) };
}

interface ActProps<T extends object> {
	/** Its place among the drafts: "hold/3f…" */
	readonly name: string;
	readonly empty: () => T;
	readonly children?: (value: T, change: (patch: Partial<T>) => void) => ComponentChildren;
	readonly make: (value: T) => Made;
	/** What the screen showed of whom it is about. */
	readonly known?: readonly Known[];
	/** On its button. */
	readonly does: string;
	/** When it is recorded. */
	readonly done: string;
}

export function Act<T extends object>(props: ActProps<T>) {
	const { name, empty, children, make, known, does, done } = props;
	const form = useForm(name, empty);
	const [missing, setMissing] = useState<readonly string[]>([]);

	function submit() {
		const made = make(form.value);

		setMissing('missing' in made ? made.missing : []);
		if ('facts' in made) form.submit(made.facts, known);
	}

	if (form.now.state === 'recorded')
		return (
			<Notice sort="done" takesFocus title={done}>
				<p>
					<Button look="link" onPress={form.clear}>
						{say('web.form.another')}
					</Button>
				</p>
			</Notice>
		);
	return (
		<FormFrame form={form} does={does} missing={missing} onSubmit={submit}>
			{children?.(form.value, form.change)}
		</FormFrame>
	);
}
