/*
 * The yard: a screen at which nobody is shows the token that a desk has just called, within
 * a second, and no name; also while the register is locked.
 *
 *     tools/node tests/browser/yard.mjs
 */
import { openCentre } from './centre.mjs';
import { openRoom } from './desk.mjs';

const LIVE_MS = 1000;

const centre = await openCentre({ stories: ['day'] });
const room = await openRoom(centre);

/** Presses, and how long after the server's answer the yard shows this token as the newest. */
async function callsNext(desk, screen) {
	const section = desk.section('web.today.waiting');
	const token = await section.locator('.today-token').first().innerText();
	const shown = screen.page
		.locator('[aria-live] .called-token')
		.getByText(token, { exact: true })
		.waitFor();
	const answered = desk.page.waitForResponse((answer) => answer.url().endsWith('/api/calls'));

	await desk.press('web.call.next', section);
	await answered;
	const begun = performance.now();

	await shown;
	return performance.now() - begun;
}

try {
	const screen = await room.emptyDesk('nobody', 'ps');

	await screen.goTo('called');
	await screen.sees('web.called.none');

	const counsellor = await room.desk('counsellor', 'en');
	const waiting = counsellor.page.locator('.today-who bdi');

	await waiting.first().waitFor();
	const names = (await waiting.allInnerTexts()).filter((name) => name);

	await counsellor.unfold('web.call.no-desk');
	await counsellor.type('web.call.desk', '۷');
	const took = await callsNext(counsellor, screen);

	if (took > LIVE_MS) throw new Error(`the yard hears of a call after ${took} ms`);
	await counsellor.page.getByText(counsellor.say('web.call.called', 7)).waitFor();
	if (!names.length) throw new Error('who waits has no name that could be shown');
	const seen = await screen.page.locator('body').innerText();

	if (names.some((name) => seen.includes(name))) throw new Error(`a name: ${seen}`);

	await counsellor.button('web.seat.menu', counsellor.page, 'counsellor').click();
	await counsellor.press('web.seat.lock');
	await counsellor.press('web.seat.lock', counsellor.page.locator('dialog').last());
	await screen.page.reload();
	await screen.page.locator('.called-token').first().waitFor();
	console.log(`called in the yard after ${Math.round(took)} ms, and no name`);
} finally {
	await room.close().finally(() => centre.close());
}
