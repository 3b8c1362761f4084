/*
 * Directives in a browser: what contradicts each other stands side by side and hatched; a
 * family of several papers is read all at once; a crossing that is closed at one desk is told
 * on every other one's screen within a second, until it is recorded that it is open again.
 *
 *     tools/node tests/browser/directives.mjs ps
 */
import assert from 'node:assert/strict';

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

/** The Gregorian day stands where reading begins, also within a sentence. */
async function daysAreNotTurnedAround(desk) {
	const parts = desk.page.locator('.applied .day').last().locator('bdi');
	const [first, second] = await parts.evaluateAll((all) =>
		all.map((one) => one.getBoundingClientRect().x),
	);

	assert.equal(second < first, isRightToLeft(language));
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

	await whatApplies(protection);
	const took = await closesACrossing(protection, border);

	console.log(`told on another desk's screen after ${took.map(Math.round).join(' and ')} ms`);
} finally {
	await room.close().finally(() => centre.close());
}
