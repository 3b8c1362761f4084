/*
 * What axe finds on a page as it stands, and whether it is wider than its screen.
 */
import { readFile } from 'node:fs/promises';

const axe = await readFile(
	new URL('../../web/node_modules/axe-core/axe.min.js', import.meta.url),
	'utf8',
);
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Of what passes it is enough that something does. */
const OPTIONS = { runOnly: { type: 'tag', values: STANDARDS }, resultTypes: ['violations'] };

export async function findings(desk) {
	// Through the debugger: the page's own policy takes no script of others.  It stays as
	// long as the page does, since reading it takes half as long as looking.
	if (!(await desk.page.evaluate(() => 'axe' in globalThis))) await desk.page.evaluate(axe);
	const { violations, passes } = await desk.page.evaluate(
		(options) => globalThis.axe.run(document, options),
		OPTIONS,
	);

	if (!passes.length) return ['axe has looked at nothing'];
	return violations.flatMap(({ id, help, nodes }) =>
		nodes.map((node) => `${id} (${help}): ${node.html}`),
	);
}

/** What a page that is wider than its screen hides from who cannot scroll sideways. */
export async function overflow(desk) {
	const wide = await desk.page.evaluate(
		() => document.documentElement.scrollWidth - innerWidth,
	);

	return wide > 0 ? [`reflow: ${wide} px wider than the screen`] : [];
}
