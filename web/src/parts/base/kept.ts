/*
 * A component that is drawn anew only where what it is given has changed: for what stands
 * many times on one screen.  Another function is no change: what it was given calls the one
 * that it is given now.  What it reads of a signal or a context is followed all the same.
 */
import { type ComponentChild, createElement, type FunctionComponent } from 'preact';
import { useRef } from 'preact/hooks';

type Props = Readonly<Record<string, unknown>>;

interface Drawn {
	readonly props: Props;
	readonly node: ComponentChild;
}

export function kept<Content extends (props: never) => ComponentChild>(Content: Content): Content {
	function Kept(props: Props): ComponentChild {
		const now = useRef(props);
		const drawn = useRef<Drawn | null>(null);

		now.current = props;
		if (!drawn.current || !isSame(drawn.current.props, props))
			drawn.current = {
				props,
				node: createElement(
					Content as unknown as FunctionComponent<Props>,
					callingNow(now),
				),
			};
		// The same node as before is not looked into.
		return drawn.current.node;
	}

	return Kept as unknown as Content;
}

function isSame(before: Props, now: Props): boolean {
	const keys = Object.keys(now);

	return (
		keys.length === Object.keys(before).length &&
		keys.every((key) => typeof now[key] === 'function' || now[key] === before[key])
	);
}

function callingNow(now: { readonly current: Props }): Props {
	const call =
		(key: string) =>
		(...args: unknown[]) =>
			(now.current[key] as (...args: unknown[]) => unknown)(...args);

	return Object.fromEntries(
		Object.entries(now.current).map(([key, value]) => [
			key,
			typeof value === 'function' ? call(key) : value,
		]),
	);
}
