/*
 * Directives in a browser: what contradicts each other stands side by side and hatched, also
 * over the years; the sheet for a notice board is one page in each language; terms of reference
 * are proposed, spoken of and compared, and a text under another hash is refused; a crossing
 * that is closed at one desk is told on every other one's screen within a second, until it is
 * open again; published figures are tried before they are recorded; in a family of several
 * papers each is told what protects her, and where nobody is taken to.
 *
 *     tools/node tests/browser/directives.mjs ps
 */
import assert from 'node:assert/strict';

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
	const days = await desk.page
		.locator('.applied p bdi > .day')
		.evaluateAll((all) => all.map((day) => [...day.children].map((one) => one.getBoundingClientRect())));
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
	await severalOnOneScale(desk);
}

/** One under the other: a day stands where it stands in the one above. */
async function severalOnOneScale(desk) {
	await desk.press('web.times.keep');
	await desk.select('web.applies.group', 'undocumented');
	await desk.page.locator('.times-picture').nth(1).waitFor();
	const [one, other] = await desk.page
		.locator('.times-today')
		.evaluateAll((all) => all.map((line) => line.getBoundingClientRect()));
	const area = await desk.page.locator('.times-lane h2 bdi').nth(1).innerText();
	const kept = desk.say('web.times.remove', desk.say('web.applies.group-acc'), area);

	assert.ok(Math.abs(one.x - other.x) < 1);
	assert.ok(one.bottom < other.top);
	assert.equal(await desk.page.locator('main table').count(), 2);
	await desk.page.getByRole('button', { name: kept }).click();
	await desk.page.locator('.times-picture').nth(1).waitFor({ state: 'detached' });
}

// --- what is negotiated

const JIRGA = 'Provincial jirga to Kabul';
const FEDERAL = 'Federal Government of Pakistan';
const OTHER_HASH = '0'.repeat(64);

/** What is behind a line that unfolds, unfolded. */
async function unfolded(desk, key) {
	const summary = desk.page.locator('summary').getByText(desk.say(key), { exact: true });

	await summary.click();
	return desk.page.locator('details').filter({ has: summary });
}

async function recorded(desk, form, key) {
	await desk.press(key, form);
	await desk.sees('web.talks.recorded', form);
}

/** Under another hash nothing is recorded, and it is said which text is on record. */
async function recordsTexts(desk) {
	const form = await unfolded(desk, 'web.talks.text');

	await desk.type('field.text', 'Return is voluntary.\n\nThe jirga meets.', form);
	await desk.choose('field.step', 'step', 'submitted', form);
	await recorded(desk, form, 'web.talks.text-record');
	await desk.press('web.form.another', form);
	await desk.type('field.text', 'Return is free and voluntary.\nThe jirga meets.', form);
	await desk.choose('field.step', 'step', 'submitted', form);
	await desk.type('field.text_hash', OTHER_HASH, form);
	await desk.press('web.talks.text-record', form);
	await form.getByText(OTHER_HASH.slice(0, 16)).waitFor();
	await desk.type('field.text_hash', '', form);
	await recorded(desk, form, 'web.talks.text-record');
	assert.equal((await desk.page.locator('main ins').innerText()).trim(), 'free and');
}

/** Who commented waits for an answer from now on. */
async function recordsAStep(desk) {
	const form = await unfolded(desk, 'web.talks.step');

	await desk.choose('field.step', 'step', 'commented', form);
	await desk.press('web.talks.step-record', form);
	await desk.sees('web.form.missing', form);
	await desk.select('field.party', FEDERAL, form);
	await desk.type('web.negotiation.said', 'Name the members of the jirga.', form);
	await recorded(desk, form, 'web.talks.step-record');
	await desk.sees('web.negotiation.stand-commented');
}

async function recordsAMeeting(desk) {
	const form = await unfolded(desk, 'web.talks.meeting');

	await desk.type('field.meeting', JIRGA, form);
	await desk.choose('field.state', 'meeting', 'planned', form);
	await desk.type('field.members', 'Home Department\nUNHCR', form);
	await desk.type('field.agenda', 'Safety of those who return', form);
	await recorded(desk, form, 'web.talks.meeting-record');
	const outcome = await unfolded(desk, 'web.talks.outcome');

	await desk.type('field.what', 'a list of districts', outcome);
	await desk.type('field.owes', 'Home Department', outcome);
	await desk.type('field.until', '2025-06-01', outcome);
	await recorded(desk, outcome, 'web.talks.outcome-record');
	const done = await unfolded(desk, 'web.talks.done');

	await desk.type('field.done', '2025-04-04', done);
	await desk.press('web.talks.done-record', done);
	await done.waitFor({ state: 'detached' });
}

/** As it is handed to who has to approve it. */
async function comparisonOnPaper(desk) {
	await desk.follow('web.talks.print-comparison');
	await desk.sees('web.talks.gone');
	const pdf = await desk.page.pdf({ preferCSSPageSize: true });

	assert.equal(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length, 1);
}

/** A code that is there already is not recorded over. */
async function proposes(desk) {
	await desk.goTo('applies', 'negotiations');
	await desk.seesHeading(desk.say('web.talks.waits'));
	const form = await unfolded(desk, 'web.talks.propose');

	await desk.select('web.talks.sort', 'terms', form);
	await desk.type('web.talks.name', 'sindh 2025', form);
	await desk.type('field.instrument', 'Terms of reference for legal aid', form);
	await desk.type('field.authority', 'Home Department, Sindh', form);
	await desk.choose('field.level', 'level', 'provincial', form);
	await desk.type('field.date', '2025-04-04', form);
	await desk.type('field.parties', 'Law Department, Sindh', form);
	await desk.select('field.groups', 'not applicable', form);
	await desk.select('field.effect', 'approval_awaited', form);
	await desk.choose('field.basis', 'confidence', 'retrieved', form);
	await desk.press('web.talks.propose-record', form);
	await desk.sees('web.talks.proposed', form);
	await desk.page.getByRole('link', { name: 'Terms of reference for legal aid' }).waitFor();
	await desk.press('web.form.another', form);
	await desk.select('web.talks.sort', 'terms', form);
	await desk.type('web.talks.name', 'SINDH-2025', form);
	await form.getByText(desk.say('web.talks.name-taken', 'TOR-SINDH-2025')).waitFor();
}

/** Protection and legal aid record it; who counsels reads it. */
async function whatIsNegotiated(desk, reader) {
	await desk.goTo('applies', 'negotiations');
	await desk.page.locator('main h2 a').first().click();
	await desk.seesHeading(desk.say('web.negotiation.steps'));
	await recordsTexts(desk);
	await recordsAStep(desk);
	await recordsAMeeting(desk);
	await comparisonOnPaper(desk);
	await proposes(desk);
	await reader.goTo('applies', 'negotiations', 'DIR-058');
	await reader.page.getByText(JIRGA, { exact: true }).waitFor();
	assert.equal(await reader.page.locator('main details summary').count(), 2);
}

// --- lists of others

const FIGURES = [
	'source,publisher,as_of,area_name,area_pcode,group,measure,value,unit',
	'u,Punjab Police,2025-04-04,Punjab,PK6,PoR,stock,"۹۹٬۸۵۷",persons',
	',Punjab Police,2025-04-04,Punjab,PK6,ACC,stock,1,persons',
	'u,Quetta Police,2025-04-04,Balochistan,PK7,PoR,stock,1,persons',
].join('\n');

/** Tried first; what is refused says where, and the rest is recorded once it is asked for. */
async function bringsFigures(desk) {
	await desk.goTo('applies', 'lists');
	const part = desk.section('web.tables.figures');

	await part.locator('input[type=file]').setInputFiles({
		name: 'figures.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from(FIGURES),
	});
	await desk.press('web.lists.look', part);
	await part.getByText(desk.sayCount('web.tables.looked', 1)).waitFor();
	const refused = part.locator('tbody tr');

	assert.equal(await refused.count(), 2);
	await refused.nth(0).filter({ hasText: 'source' }).waitFor();
	await refused.nth(1).filter({ hasText: 'area_pcode' }).waitFor();
	await desk.press('web.tables.record-rest', part);
	await part.getByText(desk.sayCount('web.tables.done', 1)).waitFor();
	assert.equal(await desk.page.getByText(desk.say('web.tables.directives')).count(), 0);
	await desk.follow('web.tables.see', part);
	await desk.page.getByRole('heading', { level: 1 }).waitFor();
	assert.ok((await desk.page.locator('main').innerText()).includes('Punjab Police'));
}

// --- a family of several papers

const MOTHER = 'Palwasha';

/** She holds a card, he has no paper, and an operation there also wants him gone. */
async function registersTheFamily() {
	const household = '@karachi';
	const member = (subject, given_latin, more) => ({
		kind: 'person.registered',
		subject,
		household,
		given_latin,
		...more,
	});
	const family = [
		{ kind: 'household.registered', subject: household, residence: 'PK702' },
		member('@mother', MOTHER, {
			sex: 'female',
			birth_year: 1991,
			relation: 'head',
			group: 'acc',
			documents: [{ kind: 'acc', number: '00000-1991077-2' }],
			destination: 'AF0617',
		}),
		member('@father', 'Torak', {
			sex: 'male',
			birth_year: 1988,
			relation: 'spouse',
			spouse: '@mother',
			group: 'undocumented',
			destination: 'AF01',
		}),
		member('@child', 'Sahar', {
			sex: 'female',
			birth_date: '2018-03-21',
			relation: 'child',
			guardian: '@mother',
			care: 'with-parents',
			group: 'undocumented',
		}),
	];
	const file = join(centre.place, 'family.jsonl');

	await writeFile(file, JSON.stringify(family) + '\n');
	await centre.command('record', centre.demo, file, '--as', 'registration');
}

async function suspendsReturns(desk) {
	await desk.goTo('applies', 'advisories');
	await desk.choose('field.sort', 'advisory', 'returns-suspended');
	await desk.pickArea('field.area', 'AF06');
	await desk.type('web.advisory.source', 'UNHCR');
	await desk.press('web.advisory.record');
	await desk.sees('web.advisory.recorded');
}

/** Each with what protects her first; where nobody is taken to, for whom it is about. */
async function eachHasWhatProtectsHer(desk) {
	await suspendsReturns(desk);
	await desk.openFile(`${MOTHER} 1991`);
	await desk.press('web.applies.show-each');
	const members = desk.page.locator('.applies-sides > section');

	await members.nth(2).waitFor();
	const [mother, father, child] = await members.allInnerTexts();
	const suspended = desk.say('web.applies.not-taken-there');
	const ownChoice = desk.say('web.applies.own-choice');

	for (const one of [mother, father, child]) {
		const protects = one.indexOf(desk.say('web.applies.protects'));

		assert.ok(protects >= 0 && protects < one.indexOf(ownChoice));
		assert.ok(one.indexOf(ownChoice) < one.indexOf(desk.say('web.applies.others')));
	}
	assert.ok(mother.includes('DIR-012') && !mother.includes('DIR-060'));
	assert.ok(father.includes('DIR-060') && child.includes('DIR-060'));
	assert.ok(mother.includes(suspended) && child.includes(suspended));
	assert.ok(!father.includes(suspended));
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
	const legal = await room.desk('legal-aid', language);

	await whatApplies(protection);
	await onePageInEachLanguage(protection);
	await theYears(protection);
	await whatIsNegotiated(legal, border);
	const took = await closesACrossing(protection, border);

	console.log(`told on another desk's screen after ${took.map(Math.round).join(' and ')} ms`);
} finally {
	await room.close().finally(() => centre.close());
}
