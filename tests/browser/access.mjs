/*
 * axe on every screen: in English on a desktop, in Urdu, which runs from right to left, on a
 * telephone.  Prints each finding; there must be none.  The public pages are only passed:
 * public.mjs looks at them, in both ways as well.
 *
 *     tools/node tests/browser/access.mjs
 */
import { readFile } from 'node:fs/promises';

import { openCentre } from './centre.mjs';
import { DESKTOP, openRoom, PHONE } from './desk.mjs';
import { TOUR, walk } from './tour.mjs';

const axe = await readFile(
	new URL('../../web/node_modules/axe-core/axe.min.js', import.meta.url),
	'utf8',
);
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Of what passes it is enough that something does. */
const OPTIONS = { runOnly: { type: 'tag', values: STANDARDS }, resultTypes: ['violations'] };

async function findings(desk) {
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
async function overflow(desk) {
	const wide = await desk.page.evaluate(
		() => document.documentElement.scrollWidth - innerWidth,
	);

	return wide > 0 ? [`reflow: ${wide} px wider than the screen`] : [];
}

const centre = await openCentre({ stories: ['family', 'day'] });
const room = await openRoom(centre);
let found = 0;

try {
	for (const side of [
		{ language: 'en', viewport: DESKTOP },
		{ language: 'ur', viewport: PHONE },
	])
		await walk(room, side, async (desk, name) => {
			if (name.startsWith('public')) return;
			for (const finding of [
				...(await findings(desk)),
				...(await overflow(desk)),
			]) {
				found++;
				console.error(`${name} in ${side.language}: ${finding}`);
			}
		});
} finally {
	await room.close().finally(() => centre.close());
}
console.log(`${TOUR.length} screens in both directions, ${found} findings`);
process.exitCode = found ? 1 : 0;
