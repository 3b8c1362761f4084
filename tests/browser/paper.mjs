/*
 * A day without power, told through the screens: packs of blank forms are printed, one is
 * typed in with the number that it carries, and the same form is not typed in twice.
 *
 *     tools/node tests/browser/paper.mjs LANGUAGE
 */
import assert from 'node:assert/strict';

import { openCentre } from './centre.mjs';
import { openRoom } from './desk.mjs';

const PACKS = 3;
const ADULTS = 2;

const language = process.argv[2] ?? 'en';
const centre = await openCentre();
const room = await openRoom(centre);

/** How many pages a printer would take. */
async function pagesOf(desk) {
	const pdf = await desk.page.pdf({ preferCSSPageSize: true });

	return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
}

/** Gives the numbers of the packs. */
async function printPacks(desk) {
	await desk.goTo('register');
	await desk.follow('web.packs.title');
	await desk.type('web.packs.count', String(PACKS));
	await desk.type('web.packs.adults', String(ADULTS));
	await desk.press('web.packs.reserve');
	await desk.page.locator('.pack-page').nth(PACKS).waitFor();
	const numbers = await desk.page.locator('.pack-number > bdi').allInnerTexts();

	assert.equal(await pagesOf(desk), PACKS * (1 + 2 * ADULTS));
	assert.equal(await desk.page.title(), desk.say('web.print.title'));
	return [...new Set(numbers)];
}

async function typeIn(desk, number, given) {
	await desk.goTo('register');
	await desk.tick('web.paper.is');
	await desk.type('web.paper.day', (await centre.day()).split('-').reverse().join('/'));
	await desk.type('web.paper.clock', '۰:۰۱');
	await desk.type('field.paper_officer', 'نسرین');
	await desk.type('web.paper.number', number.toLowerCase());
	await desk.pickArea('field.residence', 'PK528');
	await desk.type('field.given', given);
	await desk.select('field.sex', 'female');
	await desk.type('web.register.birth', '1985');
	await desk.select('field.group', 'acc');
	await desk.press('web.register.record');
}

try {
	const desk = await room.desk('registration', language);
	const numbers = await printPacks(desk);

	assert.equal(numbers.length, PACKS);
	await typeIn(desk, numbers[1], 'ناپېژندلې');
	await desk.seesHeading(desk.say('web.register.done'));
	assert.equal(await desk.page.locator('.case-number').innerText(), numbers[1]);
	await desk.press('web.register.another');

	// The same form a second time, by whoever finds it on the pile.
	await typeIn(desk, numbers[1], 'بېګانه');
	await desk.page.locator('.notice-care').filter({ hasText: numbers[1] }).waitFor();
	console.log(`${language}: ${PACKS} packs printed, one typed in, once`);
} finally {
	await room.close().finally(() => centre.close());
}
