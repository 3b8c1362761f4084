/*
 * Directives in a browser: what contradicts each other stands side by side and hatched, also
 * over the years; the sheet for a notice board is one page in each language; what was changed
 * in a text that is negotiated is struck out and underlined; a crossing that is closed at one
 * desk is told on every other one's screen within a second, until it is open again.
 *
 *     tools/node tests/browser/directives.mjs ps
 */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { LANGUAGES } from '../../web/src/core/words.ts';
import { openCentre } from './centre.mjs';
import { isRightToLeft, openRoom } from './desk.mjs';

const [language = 'en'] = process.argv.slice(2);
const LIVE_MS = 1000;
const TORKHAM = 'XP-TORKHAM';

const centre = await openCentre({ stories: ['family'] });
const room = await openRoom(centre);

/** Presses, and how long after the server's answer `other` shows what is `awaited`. */
async function heardAfter(desk, key, awaited) {
	const shown = awaited();
	const answered = desk.page.waitForResponse((answer) => answer.url().endsWith('/api/facts'));

	await desk.press(key);
	await answered;
	const begun = performance.now();

	await shown;
	const took = performance.now() - begun;

	assert.ok(took < LIVE_MS, `the other desk hears of it after ${took} ms`);
	return took;
}

/** From right to left the Gregorian day stands where reading begins, also in a sentence. */
async function daysAreNotTurnedAround(desk) {
	if (!isRightToLeft(language)) return;
	const days = await desk.page.locator('.applied p bdi > .day').evaluateAll((all) =>
		all.map((day) => [...day.children].map((one) => one.getBoundingClientRect())),
	);
	// A line may end between the two.
	const pairs = days.filter(([one, other]) => one.y === other.y);

	assert.ok(pairs.length > 0);
	for (const [one, other] of pairs) assert.ok(other.x < one.x);
}

async function whatApplies(desk) {
	await desk.goTo('applies');
	await desk.select('web.applies.group', 'acc');
	await desk.pickArea('web.applies.area', 'PK528');
	await desk.type('web.applies.on', '2025-04-04');
	const sides = desk.section('web.applies.contradicting');

	for (const code of ['DIR-012', 'DIR-039', 'DIR-056'])
		await sides.locator('.applied-contradicted').filter({ hasText: code }).first().waitFor();
	await daysAreNotTurnedAround(desk);
}

/** As it is printed; a second page would hang on no board. */
async function onePageInEachLanguage(desk) {
	await desk.goTo('applies', 'board');
	for (const code of Object.keys(LANGUAGES)) {
		await desk.page.locator('select.language').last().selectOption(code);
		const hatched = desk.page.locator(`.sheet[lang="${code}"] .board-hatched`).first();

		// Where a line begins in the sheet's language, whatever the screen's is.
		assert.equal(
			await hatched.evaluate((one) => getComputedStyle(one).backgroundPositionX),
			LANGUAGES[code].rtl ? '100%' : '0%',
			code,
		);
		const pdf = await desk.page.pdf({ preferCSSPageSize: true });

		assert.equal(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length, 1, code);
	}
}

/** Hatched is what is contradicted, and the first days stand where reading begins. */
async function theYears(desk) {
	await desk.goTo('applies', 'times');
	const bars = desk.page.locator('.times-picture .times-bar');

	await desk.page.locator('.times-picture .times-bar-hatched').first().waitFor();
	const begun = await bars.evaluateAll(
		(all, rtl) =>
			all.map((one) => {
				const { left, right } = one.getBoundingClientRect();

				return { at: rtl ? -right : left, hatched: one.classList.length > 1 };
			}),
		isRightToLeft(language),
	);
	const firstOf = (hatched) =>
		Math.min(...begun.filter((bar) => bar.hatched === hatched).map((bar) => bar.at));

	// Years without a contradiction came before those with one.
	assert.ok(firstOf(false) < firstOf(true));
	await desk.seesHeading(desk.say('web.times.table'));
}

async function recordTalks() {
	const subject = 'DIR-058';
	const lines = [
		{ kind: 'instrument.text', subject, version: 1, paragraph: 1, text: 'Return is voluntary.' },
		{ kind: 'instrument.text', subject, version: 2, paragraph: 1, text: 'Return is free and voluntary.' },
		{
			kind: 'instrument.meeting',
			subject,
			meeting: 'Provincial jirga to Kabul',
			state: 'planned',
			members: ['Home Department'],
		},
		{
			kind: 'instrument.outcome',
			subject,
			meeting: 'Provincial jirga to Kabul',
			what: 'a list of districts',
			owes: 'Home Department',
			until: '2025-06-01',
		},
	];
	const file = join(centre.place, 'talks.jsonl');

	await writeFile(file, lines.map((line) => JSON.stringify(line)).join('\n') + '\n');
	await centre.command('record', centre.demo, file, '--as', 'legal-aid');
}

async function whatIsNegotiated(desk) {
	await desk.goTo('applies', 'negotiations');
	await desk.page.locator('main h2 a').first().click();
	await desk.page.getByText('Provincial jirga to Kabul', { exact: true }).waitFor();
	await desk.page.getByText('a list of districts').waitFor();
	assert.equal((await desk.page.locator('main ins').innerText()).trim(), 'free and');
}

async function closesACrossing(desk, other) {
	const strip = other.page.locator('.frame-strip');

	await other.goTo('movements');
	await desk.goTo('applies', 'advisories');
	await desk.choose('field.sort', 'advisory', 'crossing-closed');
	await desk.select('field.crossing', TORKHAM);
	await desk.type('web.advisory.source', 'Torkham gate office');
	const closed = await heardAfter(desk, 'web.advisory.record', () => strip.waitFor());

	await strip.getByText(desk.sayCode('advisory', 'crossing-closed')).waitFor();
	await desk.unfold('web.advisory.end');
	await desk.type('web.advisory.end-source', 'Torkham gate office');
	const opened = await heardAfter(desk, 'web.advisory.end-record', () =>
		strip.waitFor({ state: 'detached' }),
	);

	return [closed, opened];
}

try {
	const protection = await room.desk('protection', language);
	const border = await room.desk('border', language);

	await recordTalks();
	await whatApplies(protection);
	await onePageInEachLanguage(protection);
	await theYears(protection);
	await whatIsNegotiated(protection);
	const took = await closesACrossing(protection, border);

	console.log(`told on another desk's screen after ${took.map(Math.round).join(' and ')} ms`);
} finally {
	await room.close().finally(() => centre.close());
}
