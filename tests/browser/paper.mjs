/*
 * A day without power, told through the screens: packs of blank forms are printed, one is
 * typed in with the number that it carries, and the same form is not typed in twice.  Then
 * the tick sheet of a bus is typed in, by each for what is hers.
 *
 *     tools/node tests/browser/paper.mjs LANGUAGE
 */
import assert from 'node:assert/strict';

import { openCentre } from './centre.mjs';
import { openRoom } from './desk.mjs';

const PACKS = 3;
const ADULTS = 2;

const language = process.argv[2] ?? 'en';
const centre = await openCentre({ stories: ['family', 'day'] });
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

const today = async () => (await centre.day()).split('-').reverse().join('/');

async function typeIn(desk, number, given) {
	await desk.goTo('register');
	await desk.tick('web.paper.is');
	await desk.type('web.paper.day', await today());
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

async function openTickSheet(desk) {
	await desk.goTo('movements');
	await desk.page.locator('table a').first().click();
	await desk.follow('web.ticks.title');
	await desk.page.locator('.tick-box').first().waitFor();
	await desk.type('web.paper.day', await today());
}

/** The line of a seat: its boxes, and what was refused of it. */
const lineOf = (desk, seat) => desk.page.locator('.tick-table tbody').nth(seat - 1);

async function tick(desk, seat, mark) {
	const title = desk.say(`web.movements.${mark}`);

	await lineOf(desk, seat).getByRole('checkbox', { name: title }).check();
}

async function seesRecorded(desk, seat) {
	await lineOf(desk, seat)
		.getByRole('img', { name: desk.say('web.ticks.recorded') })
		.waitFor();
}

/** Who asked says so; who drives says who boarded: of her who was not asked it is refused. */
async function typeInTicks() {
	const asking = await room.desk('boarding', language);
	const driving = await room.desk('movement', language);

	await openTickSheet(asking);
	await tick(asking, 1, 'asked');
	await asking.press('web.ticks.record');
	await seesRecorded(asking, 1);

	await openTickSheet(driving);
	await tick(driving, 1, 'boarded');
	await driving.page.keyboard.press('ArrowDown');
	await driving.page.keyboard.press('Space');
	await driving.press('web.ticks.record');
	await seesRecorded(driving, 1);
	await lineOf(driving, 2).locator('.refusal').first().waitFor();
	assert.equal(await lineOf(driving, 1).locator('.refusal').count(), 0);
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
	// On the day's bus nobody leaves before ten.
	await centre.pass('2h');
	await typeInTicks();
	console.log(`${language}: ${PACKS} packs printed, one typed in, once; and a tick sheet`);
} finally {
	await room.close().finally(() => centre.close());
}
