/*
 * One seat, two windows of it: who leaves in one has left in both, a screen whose account may
 * not go on is covered though nobody touches it, and neither writes over the other's draft.
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

/** Typed in two windows of one account: each has its own, and finds it again. */
async function keepsTwoDrafts(desk) {
	const given = (page) => page.getByLabel(desk.say('field.given'), { exact: true }).first();
	const second = await desk.context.newPage();

	await desk.goTo('register');
	await given(desk.page).fill('زرغونه');
	await second.goto(desk.page.url());
	await second.getByText(desk.say('web.draft.second'), { exact: true }).waitFor();
	if ((await given(second).inputValue()) !== '') throw new Error('it shows another window’s form');
	await given(second).fill('پلوشه');
	await given(desk.page).fill('زرغونه بي بي');
	// What is typed is kept after a pause; whoever goes elsewhere is not waited for.
	await second.goto(`${desk.room.centre.address}/#/`);
	await desk.page.goto(`${desk.room.centre.address}/#/`);
	await desk.page.getByText(desk.say('web.today.title'), { exact: true }).first().waitFor();
	await second.close();
	await desk.goTo('register');
	await given(desk.page).waitFor();
	await desk.sees('web.draft.restored');
	const kept = await given(desk.page).inputValue();

	if (kept !== 'زرغونه بي بي') throw new Error(`the second window wrote over the first: ${kept}`);
}

try {
	const first = await room.desk('counsellor', 'en');
	const second = await windowOf(first);

	await menu(first);
	await first.press('web.seat.away');
	await isCovered(second);

	const clerk = await room.desk('registration', 'en');

	await keepsTwoDrafts(clerk);
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
