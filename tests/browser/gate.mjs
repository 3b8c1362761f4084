/*
 * What comes to the gate: hand scanners, which type as keyboards do, hands, which type fast,
 * and what is held before a camera.  The keys carry times of their own, so that no test
 * depends on how fast this machine is.
 *
 *     tools/node tests/browser/gate.mjs
 */
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { openCentre } from './centre.mjs';
import { openRoom } from './desk.mjs';
import { writeFilm } from './film.mjs';

/** Zarmina's card, of data/story/family.story: she is known, and has not left. */
const CARD = '00000-1990017-4';

/** What is held before the camera; each is of another sort, and says something else. */
const SHOWN = [
	['qrcode', 'IKS1:0123456789ABCDEFGHJKMNPQRSTV'],
	['pdf417', 'P<AFGTEST<<CARD<<<<<<<<<<<<<<<<<<<<<<<<<<<<<'],
	['code128', CARD],
];

const film = join(tmpdir(), `ikhtiar-film-${process.pid}.y4m`);

await writeFilm(film, SHOWN);
const centre = await openCentre({ households: 5, stories: ['family', 'day'] });
const room = await openRoom(centre, { film });

after(() =>
	room
		.close()
		.finally(() => centre.close())
		.finally(() => rm(film)),
);

async function openGate(language) {
	const desk = await room.desk('border', language);

	await desk.goTo('movements');
	await desk.page.locator('table a').first().click();
	await desk.follow('web.gate.title');
	await desk.sees('web.gate.waiting');
	return desk;
}

/** Of each letter the key on a keyboard of the United States. */
const codeOf = (letter) =>
	/\d/.test(letter) ? `Digit${letter}` : letter === '-' ? 'Minus' : `Key${letter.toUpperCase()}`;

/** Presses the keys of a text, `gap_ms` apart by their own clock; a layout says what they type. */
async function pressKeys(desk, text, { gap_ms, layout = (letter) => letter, end }) {
	const keys = Array.from(text, (letter) => ({
		code: codeOf(letter),
		key: layout(letter),
		text: layout(letter),
	}));

	if (end) keys.push({ code: end, key: end, text: '\r' });
	const debug = await desk.context.newCDPSession(desk.page);
	const from_s = Date.now() / 1000;

	// All at once, as they lie in the queue of a machine that has no time: it is waited for
	// none of them before the next.
	await Promise.all(
		keys.flatMap((key, i) =>
			['keyDown', 'keyUp'].map((type) =>
				debug.send('Input.dispatchKeyEvent', {
					...key,
					type,
					timestamp: from_s + (i * gap_ms) / 1000,
				}),
			),
		),
	);
	await debug.detach();
}

test('a scanner is read under a Persian layout, wherever the focus is, and types nothing', async () => {
	const desk = await openGate('fa-AF');
	const box = desk.field('web.gate.type');

	await box.fill('سلام');
	await box.focus();
	await pressKeys(desk, CARD, { gap_ms: 8, layout: () => 'س', end: 'Enter' });
	await desk.page.locator('.gate-refuse').waitFor();
	assert.equal(await box.inputValue(), '');

	await desk.page.locator('h1').focus();
	await pressKeys(desk, 'NOCARDOFOURS', { gap_ms: 8, layout: () => 'س', end: 'Enter' });
	await desk.page.locator('.gate-unknown').waitFor();
	await desk.close();
});

test('a scan while the choice of language has the focus leaves the language as it was', async () => {
	const desk = await openGate('en');
	const choice = desk.page.locator('select.language');

	// Its first key finds اردو in the list, before anybody can know that a scanner pressed it.
	await choice.focus();
	await pressKeys(desk, 'a', { gap_ms: 0, layout: () => 'ا' });
	await desk.page.locator('html[lang=ur]').waitFor();
	await choice.selectOption('en');
	await desk.sees('web.gate.waiting');

	// Of the two answers that follow the first is the later one.
	await desk.page.route('**/api/words', async (route) => {
		if (route.request().headers()['accept-language'] === 'ur')
			await desk.page.waitForResponse('**/api/words');
		await route.continue();
	});
	const late = desk.page.waitForResponse(
		(answer) => answer.request().headers()['accept-language'] === 'ur',
	);

	await choice.focus();
	await pressKeys(desk, 'ANOCARDOFOURS', { gap_ms: 8, layout: () => 'ا', end: 'Enter' });
	await desk.page.locator('.gate-unknown').waitFor();
	await late;
	await desk.page.locator('html[lang=en]').waitFor();
	assert.equal(await choice.inputValue(), 'en');
	await desk.close();
});

test('a very fast typist loses no letter', async () => {
	const desk = await openGate('en');
	const box = desk.field('web.gate.type');

	await box.focus();
	await pressKeys(desk, 'gulnazar', { gap_ms: 20 });
	await pressKeys(desk, 'y', { gap_ms: 0 });
	await desk.page.waitForFunction((field) => field.value === 'gulnazary', await box.elementHandle());
	await desk.close();
});

/** In a page: WebAssembly, which the reader alone may run. */
function compileNothing() {
	return WebAssembly.compile(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
}

test('a camera reads slips and what cards carry, by what reaches not even the server', async () => {
	const desk = await openGate('en');
	const wanted = new Set(SHOWN.map(([, text]) => text));
	const read = desk.page.waitForRequest((request) => {
		if (request.url().endsWith('/api/scan')) wanted.delete(request.postDataJSON().text);
		return !wanted.size;
	});

	await desk.press('web.gate.camera');
	await read;
	const [reader] = desk.page.workers();

	await assert.rejects(reader.evaluate(() => fetch('/api/session')), /fetch/);
	await assert.rejects(desk.page.evaluate(compileNothing), /Content Security Policy/i);
	await desk.close();
});
