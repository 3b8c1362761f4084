/* A question over the screen.  What lies below cannot be reached until it is answered. */
import './dialog.css';

import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

interface DialogProps {
	readonly title: ComponentChildren;
	readonly children: ComponentChildren;
	/** Esc, or a button of its own; absent: it stays until it is answered. */
	readonly onClose?: () => void;
	/** What lies below is not to be read meanwhile. */
	readonly covers?: boolean;
}

export function Dialog({ title, children, onClose, covers }: DialogProps) {
	const dialog = useRef<HTMLDialogElement>(null);
	const name = useId();

	useEffect(() => {
		const before = document.activeElement;

		dialog.current?.showModal();
		return () => {
			if (before instanceof HTMLElement && before.isConnected) before.focus();
		};
	}, []);
	return (
		<dialog
			class={covers ? 'dialog dialog-covers' : 'dialog'}
			ref={dialog}
			aria-labelledby={name}
			onCancel={(event) => {
				event.preventDefault();
				onClose?.();
			}}
			// A browser closes on a second Esc whatever its page says to the first.
			onClose={() => {
				if (!onClose) dialog.current?.showModal();
			}}
		>
			<div class="stack">
				<h2 id={name}>{title}</h2>
				{children}
			</div>
		</dialog>
	);
}
