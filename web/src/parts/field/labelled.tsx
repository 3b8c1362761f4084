/* A control with its label above, a hint, what was understood, and what is wrong. */
import './field.css';

import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

export interface LabelProps {
	readonly label: string;
	readonly hint?: ComponentChildren;
	/** What is wrong with what stands there. */
	readonly wrong?: string | undefined;
	readonly required?: boolean;
}

/** What the control takes over, so that a reader of the screen hears all of it. */
export interface Named {
	readonly id: string;
	readonly 'aria-describedby': string | undefined;
	readonly 'aria-invalid': 'true' | undefined;
	readonly 'aria-required': 'true' | undefined;
}

interface LabelledProps extends LabelProps {
	/** How what was typed is understood; read out when it changes. */
	readonly understood?: ComponentChildren;
	readonly children: (named: Named) => ComponentChildren;
}

export function Labelled({ label, hint, wrong, required, understood, children }: LabelledProps) {
	const id = useId();
	const ids = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(' ');

	return (
		<div class="field">
			<label for={id}>{label}</label>
			{hint && (
				<p class="field-hint" id={`${id}-hint`}>
					{hint}
				</p>
			)}
			{children({
				id,
				'aria-describedby': ids || undefined,
				'aria-invalid': wrong ? 'true' : undefined,
				'aria-required': required ? 'true' : undefined,
			})}
			{understood !== undefined && (
				<p class="field-understood" role="status">
					{understood}
				</p>
			)}
			{wrong && (
				<p class="field-wrong" id={`${id}-wrong`}>
					{wrong}
				</p>
			)}
		</div>
	);
}
