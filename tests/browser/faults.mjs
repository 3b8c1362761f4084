/*
 * What goes wrong in a centre, seen from the screen: the power, the wire, a session that has
 * ended, two who work on the same person, and what people type and scan.
 *
 *     tools/node tests/browser/faults.mjs
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { openCentre } from './centre.mjs';
import { openRoom } from './desk.mjs';

const centre = await openCentre({ households: 5, stories: ['family', 'day'] });
const room = await openRoom(centre);

after(() => room.close().finally(() => centre.close()));

async function fillHousehold(desk, name) {
	await desk.goTo('register');
	await desk.pickArea('field.residence', 'PK528');
	await desk.type('field.given', name);
	await desk.select('field.sex', 'female');
	await desk.select('field.group', 'undocumented');
}

async function recordHousehold(desk) {
	await desk.press('web.register.record');
}

async function isRegistered(desk) {
	await desk.seesHeading(desk.say('web.register.done'));
}

/** How many households have somebody of this name. */
async function countOf(desk, name) {
	await desk.goTo('find');
	await desk.type('web.find.box', `${name}, Peshawar`);
	await desk.page.locator('button.found').first().waitFor();
	return desk.page.locator('button.found').count();
}

/** Cuts the power while the next save is under way; `at` says how far it gets. */
async function killDuringSave(desk, at) {
	let killed;

	await desk.page.route(
		'**/api/facts',
		(route) => {
			killed = (async () => {
				const answer = route.fetch().catch(() => undefined);

				if (at === 'recorded') await answer;
				await centre.kill();
				await answer;
				await route.abort();
			})();
		},
		{ times: 1 },
	);
	await recordHousehold(desk);
	await desk.sees('web.form.waiting');
	await killed;
}

for (const [at, name] of [
	['recorded', 'Torpekai'],
	['sent', 'Shpungai'],
])
	test(`killed while a save is ${at}, the server has the household exactly once`, async () => {
		const desk = await room.desk('registration');

		await fillHousehold(desk, name);
		await killDuringSave(desk, at);
		await centre.start();
		await desk.sees('web.away.ended');
		await desk.type('web.login.passphrase', centre.accounts.registration);
		await desk.press('web.login.come-in');
		await isRegistered(desk);
		assert.equal(await countOf(desk, name), 1);
		await desk.close();
	});

/* In the page: whether a draft lies sealed in this browser; it is written when typing pauses. */
function hasDraft() {
	return new Promise((resolve) => {
		indexedDB.open('ikhtiar').onsuccess = ({ target: { result: db } }) => {
			db.transaction('drafts').objectStore('drafts').count().onsuccess = ({
				target,
			}) => {
				db.close();
				resolve(target.result > 0);
			};
		};
	});
}

test('the wire is pulled while a form is half full: a reload keeps it, and it is recorded once', async () => {
	const desk = await room.desk('registration');

	await desk.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await desk.page.reload();
	await fillHousehold(desk, 'Gharanai');
	await desk.context.setOffline(true);
	await desk.type('web.register.birth', '۱۳۵۵');
	await desk.sees('web.frame.lost', desk.page);
	while (!(await desk.page.evaluate(hasDraft)));
	await desk.page.reload();
	await desk.sees('web.draft.restored');
	assert.equal(await desk.field('web.register.birth').inputValue(), '۱۳۵۵');
	await recordHousehold(desk);
	await desk.sees('web.register.doubles-unknown');
	await desk.press('web.register.record-anyway');
	await desk.sees('web.form.waiting');
	await desk.context.setOffline(false);
	await isRegistered(desk);
	assert.equal(await countOf(desk, 'Gharanai'), 1);
	await desk.close();
});

test('a session that has ended is asked for over the same screen, and nothing is lost', async () => {
	const desk = await room.desk('registration');

	await fillHousehold(desk, 'Storai');
	await desk.context.clearCookies();
	await recordHousehold(desk);
	await desk.sees('web.away.ended');
	await desk.type('web.login.passphrase', centre.accounts.registration);
	await desk.press('web.login.come-in');
	await isRegistered(desk);
	await desk.close();
});

test('keys reach each box of a family of seven in its order, also where it is not drawn', async () => {
	const desk = await room.desk('registration');
	const boxes = desk.page.locator('main form').locator('input, select, summary, button');
	/** Which of them has the focus. */
	const now = () =>
		boxes.evaluateAll((all) => all.indexOf(document.activeElement));

	await desk.goTo('register');
	for (let i = 1; i < 7; i++) await desk.press('web.register.add');
	const count = await boxes.count();

	await boxes.first().focus();
	for (let i = 1; i < count; i++) {
		await desk.page.keyboard.press('Tab');
		assert.equal(await now(), i);
	}
	const [fourth, fifth] = [3, 4].map((i) => desk.page.locator('.member').nth(i));

	await boxes.first().focus();
	await desk.field('web.register.number', fourth).evaluate((box) => box.focus());
	await desk.page.keyboard.press('Enter');
	assert.equal(
		await desk.field('field.given', fifth).evaluate((box) => box === document.activeElement),
		true,
	);
	await desk.close();
});

test('a form that is sent by two quick presses is recorded once', async () => {
	const desk = await room.desk('registration');

	await fillHousehold(desk, 'Wagma');
	await desk.button('web.register.record').dblclick();
	await isRegistered(desk);
	assert.equal(await countOf(desk, 'Wagma'), 1);
	await desk.close();
});

test('eight tabs ask for what is new over one connection, and all of them hear it', async () => {
	const desk = await room.emptyDesk('movement');
	const tabs = [desk.page];
	let open = 0;
	let most = 0;
	const isChanges = (request) => request.url().includes('/api/changes');

	desk.context.on('request', (request) => {
		if (isChanges(request)) most = Math.max(most, ++open);
	});
	for (const end of ['requestfinished', 'requestfailed'])
		desk.context.on(end, (request) => {
			if (isChanges(request)) open--;
		});
	await desk.comeIn();
	while (tabs.length < 8) tabs.push(await desk.context.newPage());
	for (const tab of tabs) {
		await tab.goto(`${centre.address}/#/movements`);
		await tab.locator('table').waitFor();
	}
	const before = await desk.page.locator('tbody tr').count();
	const day = (await centre.day()).split('-').reverse().join('/');

	await desk.type('web.movements.day', day);
	await desk.type('web.movements.clock', '23:00');
	await desk.select('web.movement.from', 'VRC-AZAKHEL');
	await desk.select('web.movement.crossing', 'XP-TORKHAM');
	await desk.type('web.movement.seats', '7');
	await desk.press('web.movements.plan');
	for (const tab of tabs) await tab.locator('tbody tr').nth(before).waitFor();
	assert.equal(most, 1);
	await desk.close();
});

test('of two officers at once the second is told what changed, and keeps what was typed', async () => {
	const [first, second] = [await room.desk('counsellor'), await room.desk('counsellor')];

	// The second hears of nothing new, as behind a wire that is slow.
	await second.page.route('**/api/changes*', () => undefined);
	for (const desk of [first, second]) {
		await desk.openFile('Rahima 1990');
		await desk.follow('web.counselling.title');
		const talk = desk.section('web.counselling.talk');

		await desk.choose('field.company', 'company', 'alone', talk);
		await desk.choose('web.counselling.your-sex', 'sex', 'female', talk);
		await desk.choose('field.topics', 'topic', 'safety', talk);
	}
	await first.press('web.counselling.record-talk');
	await first.sees('web.counselling.held');
	await second.press('web.counselling.record-talk');
	await second.sees('web.problem.look-again');
	assert.ok(
		await second.page
			.getByLabel(second.sayCode('company', 'alone'), { exact: true })
			.first()
			.isChecked(),
	);
	await first.close();
	await second.close();
});

test("another household's file is not shown before it is opened", async () => {
	const [desk, other] = [await room.desk('registration'), await room.desk('counsellor')];

	await other.openFile('Rahima 1990');
	const [, address] = other.page.url().split('#/');

	await desk.goTo(address);
	await desk.sees('web.household.closed');
	assert.equal(await desk.page.getByText('Rahima').count(), 0);
	await desk.close();
	await other.close();
});

test('a name of pictures is refused in words, and stays to be mended', async () => {
	const desk = await room.desk('registration', 'ps');

	await fillHousehold(desk, '😀😀');
	await recordHousehold(desk);
	const notice = desk.page.locator('.notice-care');

	await notice.waitFor();
	assert.match(await notice.innerText(), /😀/);
	assert.equal(await desk.field('field.given').inputValue(), '😀😀');
	await desk.close();
});

test('a code of something else is told to be none of ours', async () => {
	const desk = await room.desk('border', 'ur');

	await desk.goTo('movements');
	await desk.page.locator('table a').first().click();
	await desk.follow('web.gate.title');
	for (const text of ['https://example.org/menu', 'WIFI:S:guest;;', '4006381333931']) {
		await desk.type('web.gate.type', text);
		await desk.press('web.gate.look');
		await desk.page.locator('.gate-unknown').waitFor();
	}
	await desk.close();
});
