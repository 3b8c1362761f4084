/*
 * The address of a screen stands behind the # and never reaches the server: "#/household/3f…".
 * It names ids that chance has made, never a person.
 */

export interface Route {
	/** "household"; empty: the first screen. */
	readonly screen: string;
	/** What stands behind it. */
	readonly args: readonly string[];
}

export function routeOf(hash: string): Route {
	const [screen = '', ...args] = hash
		.replace(/^#?\/?/, '')
		.split('/')
		.map(decoded);

	return { screen, args: args.filter((arg) => arg) };
}

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return '';
	}
}

export function hrefOf(screen: string, ...args: readonly string[]): string {
	return `#/${[screen, ...args].map(encodeURIComponent).join('/')}`;
}
