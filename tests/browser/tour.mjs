/*
 * Every screen, who sees it, and how it is reached: THE one table for looking at them all
 * (access.mjs holds them against axe, screens.mjs photographs them).  The register holds the
 * family's story and an ordinary day.
 */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Somebody of data/story/day.story. */
const GULMINA = 'Gulmina';
const RAHIMA = 'Rahima';
const LAILA = 'Laila';

const KOBO_LIST = fileURLToPath(new URL('../import/kobo.xlsx', import.meta.url));

/** PK7 is Sindh, and was Balochistan in an older list. */
const FIGURES_LIST = [
	'source,publisher,as_of,area_name,area_pcode,group,measure,value,unit',
	'u,Punjab Police,2025-04-04,Punjab,PK6,PoR,stock,"99,857",persons',
	'u,Quetta Police,2025-04-04,Balochistan,PK7,PoR,stock,1,persons',
].join('\n');

/** A page for everybody, its tables drawn. */
async function openPublic(desk, name) {
	const { language } = desk.words;

	await desk.page.goto(`${desk.room.centre.address}/public/${language}/${name}`);
	await desk.page.locator('html[data-pictures]').waitFor();
}

async function openTalk(desk, name) {
	await desk.openFile(`${name} 1990`);
	await desk.follow('web.counselling.title');
	await desk.seesHeading(desk.say('web.counselling.talk'));
}

async function turn(desk) {
	await openTalk(desk, RAHIMA);
	await desk.press('web.counselling.turn');
	await desk.page.locator('dialog.turned h1').waitFor();
}

async function openSeat(desk) {
	await desk.goTo('');
	await desk.button('web.seat.menu', desk.page, desk.role).click();
	await desk.sees('web.seat.away');
}

async function openMovement(desk) {
	await desk.goTo('movements');
	await desk.page.locator('table a').first().click();
	await desk.page.locator('.traveller').first().waitFor();
}

async function scan(desk, text, answer) {
	await desk.type('web.gate.type', text);
	await desk.press('web.gate.look');
	await desk.page.locator(`.gate-${answer}`).waitFor();
}

const FIRST = '0123456789abcdef0123456789abcd01';
const AGAIN = '0123456789abcdef0123456789abcd02';

/** A woman who is registered a second time, in the other script; once, however often. */
async function registerTwice(centre) {
	const household = (subject, key) => ({
		kind: 'household.registered',
		subject,
		residence: 'PK528',
		key,
	});
	const person = (subject, household, names) => ({
		kind: 'person.registered',
		subject,
		household,
		sex: 'female',
		birth_year: 1990,
		group: 'por',
		origin: 'AF06',
		...names,
	});
	const lines = [
		[FIRST, 'a', { given: 'زرمینه', father: 'شېر علي توریالی' }],
		[AGAIN, 'b', { given_latin: 'Zarmeena', father_latin: 'Sher Ali Toryalai' }],
	].map(([id, digit, names]) => {
		const home = digit.repeat(32);

		return JSON.stringify([household(home, home), person(id, home, names)]);
	});
	const path = join(centre.place, 'twice.jsonl');

	await writeFile(path, lines.join('\n'));
	await centre.command('record', centre.demo, path, '--as', 'registration');
}

/*
 * `role` absent: nobody has come in.  A screen is left as the next one finds it, so those of
 * one role follow each other.
 */
export const TOUR = [
	{ name: 'come-in', arrive: (desk) => desk.sees('web.login.come-in') },
	{
		name: 'come-in-refused',
		arrive: async (desk) => {
			await desk.type('web.login.name', 'nobody');
			await desk.type('web.login.passphrase', 'not the passphrase');
			await desk.press('web.login.come-in');
			await desk.page.locator('.notice-care').waitFor();
		},
	},
	{ name: 'public', arrive: (desk) => openPublic(desk, '') },
	{ name: 'public-figures', arrive: (desk) => openPublic(desk, 'figures/PK6.html') },
	{ name: 'public-directives', arrive: (desk) => openPublic(desk, 'directives/PK5.html') },
	{ name: 'public-unhcr', arrive: (desk) => openPublic(desk, 'unhcr.html') },
	{
		name: 'today',
		role: 'registration',
		arrive: async (desk) => {
			await desk.goTo('');
			await desk.seesHeading(desk.say('web.today.waiting'));
		},
	},
	{
		name: 'find',
		role: 'registration',
		arrive: async (desk) => {
			await desk.goTo('find');
			await desk.type('web.find.box', 'Gulmeena, son Hameed, about 46, Nangarhar');
			await desk.page.locator('button.found').first().waitFor();
		},
	},
	{
		name: 'find-nobody',
		role: 'registration',
		arrive: async (desk) => {
			await desk.type('web.find.box', 'xyzxyz 1990');
			await desk.sees('web.find.none');
		},
	},
	{
		name: 'register',
		role: 'registration',
		arrive: async (desk) => {
			await desk.goTo('register');
			await desk.type('field.given', 'زرغونه');
			await desk.type('web.register.birth', '۱۳۶۴');
		},
	},
	{
		name: 'register-lacking',
		role: 'registration',
		arrive: async (desk) => {
			await desk.press('web.register.record');
			await desk.sees('web.form.missing');
		},
	},
	{
		name: 'register-paper',
		role: 'registration',
		arrive: (desk) => desk.tick('web.paper.is'),
	},
	{
		name: 'packs',
		role: 'registration',
		arrive: async (desk) => {
			await desk.goTo('packs');
			await desk.sees('web.packs.what');
		},
	},
	{
		name: 'packs-reserved',
		role: 'registration',
		arrive: async (desk) => {
			await desk.type('web.packs.count', '1');
			await desk.press('web.packs.reserve');
			await desk.page.locator('.pack-page .qr path[d^="M"]').first().waitFor();
		},
	},
	{
		name: 'list-looked-at',
		role: 'registration',
		arrive: async (desk) => {
			await desk.goTo('lists');
			await desk.page.locator('input[type=file]').setInputFiles(KOBO_LIST);
			await desk.select('web.lists.mapping', 'kobo');
			await desk.press('web.lists.look');
			await desk.sees('web.lists.rejects');
		},
	},
	{
		name: 'pairs',
		role: 'registration',
		arrive: async (desk) => {
			await registerTwice(desk.room.centre);
			await desk.goTo('pairs');
			await desk.page.locator('tbody a.button').first().waitFor();
		},
	},
	{
		name: 'pair',
		role: 'registration',
		arrive: async (desk) => {
			await desk.goTo('pairs', FIRST, AGAIN);
			await desk.sees('web.pairs.question');
		},
	},
	{
		name: 'household',
		role: 'registration',
		arrive: (desk) => desk.openFile(`${GULMINA} 1979`),
	},
	{
		name: 'correction',
		role: 'registration',
		arrive: async (desk) => {
			await desk.press(
				'web.household.correct',
				desk.page.locator('.person-file'),
			);
			await desk.button('web.household.record-correction').waitFor();
		},
	},
	{
		name: 'record',
		role: 'registration',
		arrive: async (desk) => {
			await desk.openFile(`${GULMINA} 1979`);
			await desk.link('web.record.title').first().click();
			await desk.sees('web.record.rights');
		},
	},
	{ name: 'seat', role: 'registration', arrive: openSeat },
	{
		name: 'away',
		role: 'registration',
		arrive: async (desk) => {
			await desk.press('web.seat.away');
			await desk.page.locator('.dialog-covers').waitFor();
		},
	},
	{
		name: 'calling',
		role: 'counsellor',
		arrive: async (desk) => {
			await desk.goTo('');
			await desk.unfold('web.call.no-desk');
			await desk.type('web.call.desk', '7');
			const one = desk.page.locator('.today-line').first();

			// Who was called at an earlier round is called again.
			await one.locator('.button').last().click();
			await one.getByText(desk.say('web.call.called', 7), { exact: true }).waitFor();
		},
	},
	{
		name: 'called',
		role: 'counsellor',
		arrive: async (desk) => {
			await desk.goTo('called');
			await desk.page.locator('.called-token').first().waitFor();
		},
	},
	{
		name: 'counselling',
		role: 'counsellor',
		arrive: async (desk) => {
			await desk.goTo('counselling');
			await desk.page.locator('a.talk-with').first().waitFor();
		},
	},
	{ name: 'talk', role: 'counsellor', arrive: (desk) => openTalk(desk, RAHIMA) },
	{ name: 'turned-topics', role: 'counsellor', arrive: turn },
	{
		name: 'turned-topic',
		role: 'counsellor',
		arrive: async (desk) => {
			await desk.page.locator('.turned-topic').first().click();
			await desk.page.locator('dialog.turned .turned-source').first().waitFor();
		},
	},
	{
		name: 'turned-answer',
		role: 'counsellor',
		arrive: async (desk) => {
			await desk.page.locator('.turned-ways button').nth(2).click();
			await desk.page.locator('.turned-answers').waitFor();
		},
	},
	{
		name: 'turned-hidden',
		role: 'counsellor',
		arrive: async (desk) => {
			await desk.page.keyboard.press('Escape');
			await desk.page.locator('dialog.calm').waitFor();
		},
	},
	{
		name: 'answer',
		role: 'protection',
		arrive: (desk) => openTalk(desk, RAHIMA),
	},
	{
		name: 'declaration',
		role: 'protection',
		arrive: async (desk) => {
			await desk.press('web.counselling.declaration');
			await desk.page.locator('.declaration').waitFor();
		},
	},
	{
		name: 'protection',
		role: 'protection',
		arrive: async (desk) => {
			await desk.goTo('protection');
			await desk.page.locator('.case').first().waitFor();
		},
	},
	{
		name: 'case',
		role: 'protection',
		arrive: async (desk) => {
			await desk.page.locator('.case-who').filter({ hasText: LAILA }).click();
			await desk.sees('web.protection.hold');
		},
	},
	{
		name: 'advisories',
		role: 'protection',
		arrive: async (desk) => {
			await desk.goTo('applies', 'advisories');
			await desk.choose('field.sort', 'advisory', 'returns-suspended');
		},
	},
	{
		name: 'review',
		role: 'reviewer',
		arrive: async (desk) => {
			await desk.goTo('protection');
			await desk.page.locator('.case-who').filter({ hasText: 'Nadir' }).click();
			await desk.seesHeading(desk.say('web.protection.review'));
		},
	},
	{
		name: 'household-applies',
		role: 'reviewer',
		arrive: async (desk) => {
			await desk.openFile(`${GULMINA} 1979`);
			await desk.press('web.applies.show-each');
			await desk.page.locator('details.applied').first().waitFor();
			await desk.page.locator('details.applied summary').first().click();
		},
	},
	{
		name: 'applies',
		role: 'reviewer',
		arrive: async (desk) => {
			await desk.goTo('applies');
			await desk.page.getByLabel(desk.say('web.applies.group')).selectOption('acc');
			await desk.pickArea('web.applies.area', 'PK528');
			await desk.type('web.applies.on', '2025-04-04');
			await desk.page.locator('.applied-contradicted').first().waitFor();
		},
	},
	{
		name: 'board',
		role: 'reviewer',
		arrive: async (desk) => {
			await desk.goTo('applies', 'board');
			await desk.page.locator('.board-line').first().waitFor();
		},
	},
	{
		name: 'times',
		role: 'reviewer',
		arrive: async (desk) => {
			await desk.goTo('applies', 'times');
			await desk.press('web.times.keep');
			await desk.select('web.applies.group', 'undocumented');
			await desk.page.locator('.times-picture').nth(1).waitFor();
		},
	},
	{
		name: 'negotiations',
		role: 'reviewer',
		arrive: async (desk) => {
			await desk.goTo('applies', 'negotiations');
			await desk.page.locator('main h2 a').first().waitFor();
			await desk.unfold('web.talks.propose');
		},
	},
	{
		name: 'negotiation',
		role: 'reviewer',
		arrive: async (desk) => {
			await desk.page.locator('main h2 a').first().click();
			await desk.seesHeading(desk.say('web.negotiation.steps'));
			await desk.unfold('web.talks.step');
			await desk.unfold('web.talks.text');
			await desk.unfold('web.talks.meeting');
		},
	},
	{
		name: 'others-lists',
		role: 'statistician',
		arrive: async (desk) => {
			await desk.goTo('applies', 'lists');
			await desk.page.locator('input[type=file]').setInputFiles({
				name: 'figures.csv',
				mimeType: 'text/csv',
				buffer: Buffer.from(FIGURES_LIST),
			});
			await desk.press('web.lists.look');
			await desk.page.locator('tbody tr').first().waitFor();
		},
	},
	{
		name: 'movements',
		role: 'movement',
		arrive: async (desk) => {
			await desk.goTo('movements');
			await desk.page.locator('table a').first().waitFor();
		},
	},
	{ name: 'movement', role: 'movement', arrive: openMovement },
	{
		name: 'slips',
		role: 'movement',
		arrive: async (desk) => {
			await desk.press('web.movements.slips');
			await desk.page.locator('.slip svg, .slip img, .slip canvas').first().waitFor();
		},
	},
	{
		name: 'tick-sheet',
		role: 'movement',
		arrive: async (desk) => {
			await openMovement(desk);
			await desk.follow('web.ticks.title');
			await desk.page.locator('.tick-box').first().check();
		},
	},
	{
		name: 'ask-again',
		role: 'boarding',
		arrive: async (desk) => {
			await openMovement(desk);
			await desk.press('web.movements.ask', desk.page.locator('.traveller').first());
			await desk.sees('web.movements.ask-what');
		},
	},
	{
		name: 'gate',
		role: 'border',
		arrive: async (desk) => {
			await openMovement(desk);
			await desk.follow('web.gate.title');
			await desk.sees('web.gate.waiting');
		},
	},
	{ name: 'gate-refuse', role: 'border', arrive: (desk) => scan(desk, '00000-1990017-4', 'refuse') },
	{ name: 'gate-unknown', role: 'border', arrive: (desk) => scan(desk, 'https://example.org', 'unknown') },
	{
		name: 'server',
		role: 'administrator',
		arrive: async (desk) => {
			await desk.goTo('node');
			await desk.seesHeading(desk.say('web.own.title'));
		},
	},
	{
		name: 'not-yours',
		role: 'administrator',
		arrive: async (desk) => {
			await desk.goTo('counselling');
			await desk.sees('web.frame.not-yours');
		},
	},
	{
		name: 'lost',
		role: 'administrator',
		arrive: async (desk) => {
			await desk.context.setOffline(true);
			await desk.sees('web.frame.lost', desk.page);
		},
	},
];

/** Each screen in its turn: `look(desk, name)`. */
export async function walk(room, { language, viewport }, look) {
	let desk;

	for (const { name, role, arrive } of TOUR) {
		if (!desk || desk.role !== role) {
			await desk?.close();
			desk = await room[role ? 'desk' : 'emptyDesk'](role, language, viewport);
		}
		try {
			await arrive(desk);
		} catch (wrong) {
			throw new Error(`${name} in ${language}: is not reached`, { cause: wrong });
		}
		await look(desk, name);
	}
	await desk.close();
}
