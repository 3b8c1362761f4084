/*
 * Photographs every screen in English and Urdu, on a desktop and on a telephone, into
 * docs/screens, and writes the table of them.
 *
 *     tools/node tests/browser/screens.mjs
 */
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { openCentre } from './centre.mjs';
import { DESKTOP, openRoom, PHONE } from './desk.mjs';
import { TOUR, walk } from './tour.mjs';

const folder = join(import.meta.dirname, '../../docs/screens');
const SIDES = [
	{ side: 'en-desktop', language: 'en', viewport: DESKTOP },
	{ side: 'en-phone', language: 'en', viewport: PHONE },
	{ side: 'ur-desktop', language: 'ur', viewport: DESKTOP },
	{ side: 'ur-phone', language: 'ur', viewport: PHONE },
];

/** Public pages of a register that published; public.mjs holds them against axe. */
const PUBLISHED = [
	{ name: 'public-bulletin', page: 'bulletin.html' },
	{ name: 'public-bulletin-printed', page: 'bulletin.html', media: 'print' },
	{ name: 'public-counted', page: 'counted.html' },
	{ name: 'public-counted-districts', page: 'counted.html', upTo: 'figure[data-picture=map]' },
];

async function photographPublished(room, { side, language, viewport }) {
	const desk = await room.emptyDesk(undefined, language, viewport);

	for (const { name, page, media = 'screen', upTo = 'body' } of PUBLISHED) {
		await desk.page.emulateMedia({ media });
		await desk.page.goto(`${room.centre.address}/public/${desk.words.language}/${page}`);
		await desk.page.locator('html[data-pictures]').waitFor();
		await desk.page
			.locator(upTo)
			.first()
			.evaluate((part) => part.scrollIntoView());
		await photograph(desk, join(folder, `${name}.${side}.png`));
	}
	await desk.close();
}

/** Few colours are enough for a screen of ours, and a tenth of the bytes. */
async function photograph(desk, path) {
	// What moves has come to rest.
	await desk.page.evaluate(() =>
		Promise.allSettled(document.getAnimations().map((one) => one.finished)),
	);
	await desk.page.screenshot({ path, animations: 'disabled', caret: 'initial' });
	await promisify(execFile)('pngquant', [
		'--force',
		'--ext',
		'.png',
		'--speed',
		'1',
		'32',
		path,
	]);
}

function pageOf() {
	const row = ({ name, role }) =>
		`| ${name} | ${role ?? 'nobody'} | ${SIDES.map(({ side }) => `[${side}](${name}.${side}.png)`).join(' | ')} |`;

	return `# The screens

Photographed by \`tools/node tests/browser/screens.mjs\` in a demo: nobody on them is real.

| screen | seen by | ${SIDES.map(({ side }) => side).join(' | ')} |
|---|---|${'---|'.repeat(SIDES.length)}
${[...TOUR, ...PUBLISHED].map(row).join('\n')}
`;
}

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const centre = await openCentre({ stories: ['family', 'day'] });
const published = await openCentre({ households: 0, weeks: true });
const room = await openRoom(centre);
const publicRoom = await openRoom(published);

try {
	for (const side of SIDES) {
		await walk(room, side, (desk, name) =>
			photograph(desk, join(folder, `${name}.${side.side}.png`)),
		);
		await photographPublished(publicRoom, side);
	}
	await writeFile(join(folder, 'README.md'), pageOf());
} finally {
	await room
		.close()
		.finally(() => publicRoom.close())
		.finally(() => centre.close())
		.finally(() => published.close());
}
