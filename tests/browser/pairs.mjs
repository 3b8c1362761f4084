/*
 * Decided by two: a woman is registered twice, the pair waits by its numbers, and since a
 * grant of hers is approved, two officers say that she is one person; both files say so of
 * each other, and from one of them it is taken back.
 *
 *     tools/node tests/browser/pairs.mjs [ps [FOLDER]]
 *
 * in English, else in that language; with FOLDER its screens are photographed into it.
 */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { findings, overflow } from './axe.mjs';
import { openCentre } from './centre.mjs';
import { openRoom } from './desk.mjs';

const [language = 'en', folder] = process.argv.slice(2);
const centre = await openCentre({ households: 5, stories: ['family', 'day'] });
const room = await openRoom(centre);

/** Gives her case number. */
async function registers(desk, { given, birth, father }) {
	// Not from where the last one is told to be recorded.
	await desk.goTo('find');
	await desk.field('web.find.box').waitFor();
	await desk.goTo('register');
	await desk.pickArea('field.residence', 'PK528');
	await desk.type('field.given', given);
	await desk.type('field.father', father);
	await desk.type('web.register.birth', birth);
	await desk.select('field.sex', 'female');
	await desk.select('field.group', 'undocumented');
	await desk.press('web.register.record');
	await Promise.any([
		desk.seesHeading(desk.say('web.register.done')),
		desk.sees('web.register.doubles').then(() => desk.press('web.register.none-of-them')),
	]);
	await desk.seesHeading(desk.say('web.register.done'));
	const said = await desk.content.textContent();

	return said.match(/[A-Z]+-\d\d-\d{5}-[A-Z]/)[0];
}

/** A grant of hers is due, and somebody else says so. */
async function approves(number) {
	const path = join(centre.place, 'grant.jsonl');
	const tariff = {
		kind: 'tariff.set',
		subject: '@tariff',
		provider: 'UNHCR',
		part: 1,
		amount: 37500,
		currency: 'USD',
		per: 'person',
		valid_from: '2020-01-01',
		source: 'a circular',
	};
	const grant = { kind: 'grant.approved', subject: `${number}/1`, part: 1, amount: 37500 };

	await writeFile(path, JSON.stringify(tariff));
	const recorded = await centre.command(
		...['record', centre.demo, path, '--as', 'administrator', '--json'],
	);

	await writeFile(
		path,
		JSON.stringify({ ...grant, tariff: JSON.parse(recorded).ids['@tariff'] }),
	);
	await centre.command('record', centre.demo, path, '--as', 'protection');
}

async function looksWell(desk, name) {
	if (folder)
		await desk.page.screenshot({
			path: join(folder, `${name}-${language}.png`),
			fullPage: true,
		});
	assert.deepEqual([...(await findings(desk)), ...(await overflow(desk))], [], name);
}

/** Each as wide and high as the others. */
async function answersHaveOneSize(desk) {
	const sizes = await desk.page.locator('.pair-answers button').evaluateAll((buttons) =>
		buttons.map((button) => {
			const { width, height } = button.getBoundingClientRect();

			return `${Math.round(width)} by ${Math.round(height)}`;
		}),
	);

	assert.equal(sizes.length, 3);
	assert.equal(new Set(sizes).size, 1, sizes.join(', '));
}

/** Of a day in two calendars the first stands where the screen's writing begins. */
async function daysRunAsTheScreen(desk) {
	const [first, second] = await desk.page
		.locator('.pair-sides time')
		.first()
		.locator('bdi')
		.evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().x));

	assert.equal(first > second, language !== 'en', 'a day is turned around');
}

async function secondAgrees(desk) {
	const dialog = desk.page.locator('dialog');

	await desk.type('web.accounts.name', 'protection', dialog);
	await desk.type('web.login.passphrase', centre.accounts.protection, dialog);
	await desk.press('web.pairs.both-agree', dialog);
	await dialog.waitFor({ state: 'detached' });
}

try {
	const desk = await room.desk('registration', language);
	const first = await registers(desk, {
		given: 'زرمینه',
		father: 'شېر علي توریالی',
		birth: '1369',
	});
	const later = await registers(desk, {
		given: 'Zarmeena',
		father: 'Sher Ali Toryalai',
		birth: '1990',
	});

	await approves(first);
	await desk.goTo('pairs');
	const waiting = desk.page.locator('tbody tr').filter({ hasText: later });

	await waiting.waitFor();
	assert.match(await waiting.textContent(), new RegExp(first));
	assert.doesNotMatch(await waiting.textContent(), /زرمینه|Zarmeena/);
	await looksWell(desk, 'pairs');

	await waiting.getByRole('link').click();
	await desk.sees('web.pairs.question');
	assert.match(await desk.page.locator('.pair-sides').textContent(), /زرمینه.*Zarmeena/s);
	assert.ok((await desk.page.locator('.reasons .for').count()) >= 3);
	await answersHaveOneSize(desk);
	await daysRunAsTheScreen(desk);
	await looksWell(desk, 'pair');

	await desk.press('web.pairs.same');
	await desk.sees('web.pairs.takes-two', desk.page.locator('dialog'));
	await looksWell(desk, 'pair-by-two');
	await secondAgrees(desk);
	await desk.sees('web.pairs.done-same');

	await desk.openFile(later);
	await desk.page.locator('details summary').first().click();
	await desk.page
		.getByText(desk.say('web.pairs.other-same', `${first}/1`))
		.first()
		.waitFor();
	await looksWell(desk, 'pair-in-the-file');
	await desk.follow('web.pairs.compare');
	await desk.sees('web.pairs.stands-same');
	await desk.press('web.pairs.different');
	await secondAgrees(desk);
	await desk.sees('web.pairs.done-different');
	await desk.close();
	console.log('decided by two, said in both files, and taken back from one of them');
} finally {
	await room.close().finally(() => centre.close());
}
