/*
 * A component that is drawn anew only where what it is given has changed: for what stands
 * many times on one screen.  Functions it is given have to do the same in each drawing; what
 * it reads of a signal or a context is followed all the same.
 */
import { type ComponentChild, createElement, type FunctionComponent } from 'preact';
import { useRef } from 'preact/hooks';

export function kept<P extends object>(Content: FunctionComponent<P>): FunctionComponent<P> {
	return function Kept(props: P) {
		const drawn = useRef<{ props: P; node: ComponentChild } | null>(null);
		const isAsBefore = drawn.current && isSame(drawn.current.props, props);

		// The same node as before is not looked into.
		if (!isAsBefore) drawn.current = { props, node: createElement(Content, props) };
		return drawn.current?.node;
	};
}

function isSame<P extends object>(before: P, now: P): boolean {
	const keys = Object.keys(now) as (keyof P)[];

	return keys.every((key) => typeof now[key] === 'function' || now[key] === before[key]);
}
