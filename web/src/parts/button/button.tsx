import './button.css';

import type { ComponentChildren } from 'preact';

interface ButtonProps {
	readonly children: ComponentChildren;
	/** What it does; a submit button of a form does nothing itself. */
	readonly onPress?: () => void;
	/** One of a screen is `main`; `link` looks like words. */
	readonly look?: 'main' | 'plain' | 'link';
	readonly submits?: boolean;
	readonly disabled?: boolean;
	/** What is being done now: it is not pressed twice. */
	readonly busy?: boolean;
	readonly label?: string;
	readonly pressed?: boolean;
}

export function Button({
	children,
	onPress,
	look = 'plain',
	submits,
	disabled,
	busy,
	label,
	pressed,
}: ButtonProps) {
	return (
		<button
			class={`button button-${look}`}
			type={submits ? 'submit' : 'button'}
			disabled={disabled}
			aria-disabled={busy ? 'true' : undefined}
			aria-label={label}
			aria-pressed={pressed}
			onClick={(event) => {
				if (busy) event.preventDefault();
				else onPress?.();
			}}
		>
			{children}
		</button>
	);
}
