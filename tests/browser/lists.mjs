/*
 * A list that others keep is registered in the browser: chosen with its mapping, tried,
 * registered; a second time nothing is new, and nothing either where the same list is sent
 * from the screen and brought to the laptop at one moment.
 *
 *     tools/node tests/browser/lists.mjs [ps [FOLDER]]
 *
 * in English, else in that language; with FOLDER its screens are photographed into it.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { openCentre } from './centre.mjs';
import { openRoom } from './desk.mjs';

const list = (name) => fileURLToPath(new URL(`../import/${name}`, import.meta.url));
const KOBO = list('kobo.xlsx');
const HOPE = list('hope.xlsx');

// How the command ends.
const ROW_NOT_TAKEN = 2;
const ANOTHER_IS_READ = 5;

const [language = 'en', folder] = process.argv.slice(2);
const centre = await openCentre({ households: 1 });
const room = await openRoom(centre);

async function photographs(desk, name) {
	if (folder)
		await desk.page.screenshot({
			path: join(folder, `${name}-${language}.png`),
			fullPage: true,
		});
}

/** What the table of an answer says beside those words. */
async function told(desk, key) {
	const row = desk.page.getByRole('row').filter({ hasText: desk.say(key) });

	return Number(await row.getByRole('cell').last().innerText());
}

/** The list is chosen anew, tried, and what would come of it is told. */
async function tries(desk, file, mapping) {
	await desk.goTo('find');
	await desk.goTo('lists');
	await desk.page.locator('input[type=file]').setInputFiles(file);
	await desk.select('web.lists.mapping', mapping);
	await desk.press('web.lists.look');
	await desk.sees('web.lists.fit');
}

async function households() {
	const { households } = JSON.parse(await centre.command('status', centre.demo, '--json'));

	assert.equal(typeof households, 'number');
	return households;
}

/** The same by the command, which goes through the socket of the server. */
async function atTheLaptop(file, ...mapping) {
	const rejects = join(centre.place, 'rejects.csv');
	const words = ['import', centre.demo, file, ...mapping, '--rejects', rejects];

	return centre
		.command(...words, '--as', 'registration', '--json')
		.catch((failed) => {
			if (failed.code !== ROW_NOT_TAKEN) throw failed;
			return failed.stdout;
		})
		.then((said) => JSON.parse(said));
}

async function registersOnce(desk) {
	const before = await households();

	await tries(desk, KOBO, 'kobo');
	const fit = await told(desk, 'web.lists.fit');

	assert.ok(fit > 0);
	assert.equal(await households(), before);
	await photographs(desk, 'list-tried');
	await desk.press('web.lists.register');
	await desk.page.getByText(desk.sayCount('web.lists.done', fit), { exact: true }).waitFor();
	assert.equal(await told(desk, 'web.lists.recorded'), fit);
	assert.equal(await households(), before + fit);
	assert.equal(await desk.button('web.lists.register').count(), 0);
	await photographs(desk, 'list-registered');

	await tries(desk, KOBO, 'kobo');
	await desk.sees('web.lists.nothing-new');
	assert.equal(await told(desk, 'web.lists.fit'), 0);
	assert.equal(await told(desk, 'web.lists.known'), fit);
	assert.equal(await desk.button('web.lists.register').count(), 0);
	await photographs(desk, 'list-again');

	assert.equal((await atTheLaptop(KOBO, '--map', 'kobo')).known, fit);
	assert.equal(await households(), before + fit);
}

async function comesByTwoDoors(desk) {
	const before = await households();

	await tries(desk, HOPE, '');
	const fit = await told(desk, 'web.lists.fit');

	assert.ok(fit > 0);
	await Promise.all([
		desk.press('web.lists.register'),
		atTheLaptop(HOPE).catch((failed) => assert.equal(failed.code, ANOTHER_IS_READ)),
	]);
	await desk.page
		.locator('.notice')
		.filter({ hasNotText: desk.say('web.lists.registering') })
		.first()
		.waitFor();
	await atTheLaptop(HOPE);
	assert.equal(await households(), before + fit);
}

try {
	const desk = await room.desk('registration', language);

	await registersOnce(desk);
	await comesByTwoDoors(desk);
	console.log('a list is registered once, whichever way it comes');
} finally {
	await room.close().finally(() => centre.close());
}
