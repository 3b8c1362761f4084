/*
 * axe on every screen: in English on a desktop, in Urdu, which runs from right to left, on a
 * telephone.  Prints each finding; there must be none.  The public pages are only passed:
 * public.mjs looks at them, in both ways as well.
 *
 *     tools/node tests/browser/access.mjs
 */
import { findings, overflow } from './axe.mjs';
import { openCentre } from './centre.mjs';
import { DESKTOP, openRoom, PHONE } from './desk.mjs';
import { TOUR, walk } from './tour.mjs';

/** What public.mjs looks at. */
const isPublic = (name) => name.startsWith('public');

const centre = await openCentre({ stories: ['family', 'day'] });
const room = await openRoom(centre);
let found = 0;

try {
	for (const side of [
		{ language: 'en', viewport: DESKTOP },
		{ language: 'ur', viewport: PHONE },
	])
		await walk(room, side, async (desk, name) => {
			if (isPublic(name)) return;
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
const looked = TOUR.filter(({ name }) => !isPublic(name)).length;

console.log(`${looked} screens in both directions, ${found} findings`);
process.exitCode = found ? 1 : 0;
