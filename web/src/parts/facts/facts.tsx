/* What is known, label by label; what is not known has no line. */
import './facts.css';

import type { ComponentChildren } from 'preact';

export interface Known {
	readonly label: string;
	/** Undefined, false or empty: not known. */
	readonly value: ComponentChildren;
}

export function KnownFacts({ known }: { readonly known: readonly Known[] }) {
	return (
		<dl class="known">
			{known
				.filter(
					({ value }) =>
						value !== undefined &&
						value !== false &&
						value !== '',
				)
				.map(({ label, value }) => (
					<div key={label}>
						<dt>{label}</dt>
						<dd>
							<bdi>{value}</bdi>
						</dd>
					</div>
				))}
		</dl>
	);
}
