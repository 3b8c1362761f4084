/*
 * One seat, two windows of it: who leaves in one has left in both, and a screen whose account
 * may not go on is covered though nobody touches it.
 *
 *     tools/node tests/browser/seat.mjs
 */
import { openCentre } from './centre.mjs';
import { openRoom } from './desk.mjs';

const centre = await openCentre();
const room = await openRoom(centre);

/** A second window of the same browser, at the same desk. */
async function windowOf(desk) {
	const page = await desk.context.newPage();

	await page.goto(desk.page.url());
	await page.locator('.frame-head').waitFor();
	return page;
}

function menu(desk) {
	return desk.button('web.seat.menu', desk.page, desk.role).click();
}

async function isCovered(page) {
	await page.locator('dialog[open]').waitFor();
}

try {
	const first = await room.desk('counsellor', 'en');
	const second = await windowOf(first);

	await menu(first);
	await first.press('web.seat.away');
	await isCovered(second);

	const clerk = await room.desk('registration', 'en');

	// Whose screen asks the server nothing by itself.
	await clerk.goTo('register');
	await clerk.seesTitle(clerk.say('web.register.title'));

	const admin = await room.desk('administrator', 'en');

	await menu(admin);
	await admin.press('web.seat.lock');
	await admin.sees('web.seat.lock-what');
	await admin.press('web.seat.lock');
	await isCovered(clerk.page);
	console.log('covered in each window, and on each tablet');
} finally {
	await room.close().finally(() => centre.close());
}
