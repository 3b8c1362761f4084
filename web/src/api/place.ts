/* Where in the client somebody is. */
import { signal } from '@preact/signals';

import { hrefOf, type Route, routeOf } from '../core/route';

export const route = signal<Route>(routeOf(location.hash));

addEventListener('hashchange', () => {
	route.value = routeOf(location.hash);
});

export function goTo(screen: string, ...args: readonly string[]): void {
	location.hash = hrefOf(screen, ...args);
}
