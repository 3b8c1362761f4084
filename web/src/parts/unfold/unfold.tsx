/*
 * What most do not ask for, behind a line that unfolds it.  It is made when it is first
 * unfolded: a form of many people has a hundred boxes less until somebody wants them.
 */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

interface UnfoldProps {
	readonly title: string;
	readonly children: ComponentChildren;
}

export function Unfold({ title, children }: UnfoldProps) {
	const [wasOpened, setOpened] = useState(false);

	return (
		<details
			onToggle={(event) => {
				if (event.currentTarget.open) setOpened(true);
			}}
		>
			<summary>{title}</summary>
			{wasOpened && children}
		</details>
	);
}
