/* Where in the client somebody is. */
import { signal } from '@preact/signals';

import { hrefOf, type Route, routeOf } from '../core/route';

export const route = signal<Route>(routeOf(location.hash));

/** The address that is held; null: one may go anywhere. */
let held: string | null = null;

addEventListener('hashchange', () => {
	route.value = routeOf(location.hash);
});

// Whoever goes back or forward is put where she was.
addEventListener('popstate', () => {
	if (held !== null) history.pushState(null, '', held);
});

/** Back and forward lead nowhere until what this gives is called. */
export function holdPlace(): () => void {
	held = location.href;
	history.pushState(null, '', held);
	return () => {
		held = null;
	};
}

export function goTo(screen: string, ...args: readonly string[]): void {
	location.hash = hrefOf(screen, ...args);
}
