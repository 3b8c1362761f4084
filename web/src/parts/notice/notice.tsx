/* Something that the reader should know now.  What went wrong has a shape, not only a colour. */
import './notice.css';

import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface NoticeProps {
	readonly sort: 'note' | 'care' | 'done';
	readonly title?: ComponentChildren;
	readonly children?: ComponentChildren;
	/** It is the answer to what was just done: the focus goes there. */
	readonly takesFocus?: boolean;
}

const SIGNS = { note: 'i', care: '!', done: '✓' } as const;

export function Notice({ sort, title, children, takesFocus }: NoticeProps) {
	const box = useRef<HTMLDivElement>(null);

	useEffect(() => {
		if (takesFocus) box.current?.focus();
	}, [takesFocus]);

	return (
		<div
			class={`notice notice-${sort}`}
			ref={box}
			tabIndex={takesFocus ? -1 : undefined}
			role="status"
		>
			<span class="notice-sign" aria-hidden="true">
				{SIGNS[sort]}
			</span>
			<div class="stack-close">
				{title !== undefined && <p class="notice-title">{title}</p>}
				{children}
			</div>
		</div>
	);
}
