/*
 * The public pages at the public server, in four languages: somebody of the press comes to
 * the first page, reads what was published of Punjab and what contradicts it, follows it to
 * its rows, looks at UNHCR's series and at what the centre counted itself, takes a bulletin's
 * files and prints it: once with a script, once without.  axe looks at each page, on a desktop
 * and on a telephone.
 *
 *     tools/node tests/browser/public.mjs
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { chromium } from '../../web/node_modules/playwright-core/index.mjs';
import { openCentre } from './centre.mjs';
import { DESKTOP, PHONE } from './desk.mjs';

const LANGUAGES = [
	{ code: 'en', direction: 'ltr' },
	{ code: 'ur', direction: 'rtl' },
	{ code: 'ps', direction: 'rtl' },
	{ code: 'fa-AF', direction: 'rtl' },
];
/**
 * A telephone differs by its width, and that by the direction of writing.  `whole`: in which
 * language axe looks at all rows of a bulletin.
 */
const SCREENS = [
	{ viewport: DESKTOP, languages: LANGUAGES, whole: 'en' },
	{ viewport: PHONE, languages: LANGUAGES.slice(0, 2), whole: 'ur' },
];
const ROWS = 50;
const PICTURES = 3;
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Of what passes it is enough that something does. */
const OPTIONS = { runOnly: { type: 'tag', values: STANDARDS }, resultTypes: ['violations'] };

const axe = await readFile(
	new URL('../../web/node_modules/axe-core/axe.min.js', import.meta.url),
	'utf8',
);

/** Nothing wider than the screen, and each date on one line. */
async function fits(page) {
	const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
	const dates = await page.locator('time').evaluateAll((all) =>
		all.filter((one) => one.getClientRects().length > 1).map((one) => one.outerHTML),
	);

	assert.deepEqual(dates, [], `${page.url()} breaks dates`);
	assert.ok(wide <= 0, `${page.url()} is ${wide} px wider than the screen`);
}

/** A bulletin's thousands of rows are alike: once seen whole, the first stand for all. */
async function shorten(page) {
	await page.evaluate((rows) => {
		for (const row of [...document.querySelectorAll('table.all tbody tr')].slice(rows))
			row.remove();
	}, ROWS);
}

/** Nothing that axe finds, and all that fits() holds. */
async function isSound(page) {
	await fits(page);
	await page.evaluate(axe);
	const { violations, passes } = await page.evaluate(
		(options) => globalThis.axe.run(document, options),
		OPTIONS,
	);

	assert.ok(passes.length > 0);
	assert.deepEqual(
		violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
		[],
		page.url(),
	);
}

async function drawn(page) {
	await page.locator('html[data-pictures]').waitFor();
}

/** From a contradiction to a row that it names, and from the row's number back to it. */
async function followContradiction(page) {
	const last = page.locator('.contradictions li').last();
	const row = last.locator('.rows a').first();
	const target = await row.getAttribute('href');

	await row.click();
	assert.equal(new URL(page.url()).hash, target);
	await page.locator(`${target} .mark`).last().click();
	assert.equal(new URL(page.url()).hash, `#${await last.getAttribute('id')}`);
}

const PICTURE = 'svg[role=img]';

/** Each is large enough to be seen, and says what it is to who cannot see it. */
async function areSeen(pictures) {
	for (const picture of await pictures.all()) {
		const { width, height } = await picture.boundingBox();

		// A single strip on a telephone is the lowest of them.
		assert.ok(width > 200 && height > 50, `${width} by ${height}`);
		assert.ok((await picture.getAttribute('aria-label')).length > 10);
	}
}

async function lookAtPictures(page) {
	const pictures = page.locator(`figure[data-picture] > ${PICTURE}`);

	assert.equal(await pictures.count(), PICTURES);
	await areSeen(pictures);
	// Every province that the table has is on the map, with its number.
	const areas = await page.locator('tr[data-area]').count();

	assert.equal(await page.locator('svg .name').count(), areas);
	assert.equal(await page.locator('svg path.area').count(), areas);
}

/** Weeks side by side, ages, and the districts of four weeks. */
async function lookAtCounted(page) {
	for (const sort of ['strips', 'pyramid', 'map']) {
		const pictures = page.locator(`figure[data-picture=${sort}] > ${PICTURE}`);

		assert.ok((await pictures.count()) > 0, `no ${sort}`);
		await areSeen(pictures);
	}
	const told = await page.locator('tr[data-area] td[data-value]').count();

	assert.ok(told > 0);
	assert.equal(await page.locator('svg path.area').count(), told);
}

async function takeFiles(page) {
	const links = await page.locator('.files a').all();

	assert.ok(links.length > 9);
	for (const link of links) {
		const address = new URL(await link.getAttribute('href'), page.url());
		const answer = await page.request.get(address.href);

		assert.equal(answer.status(), 200, address.href);
		assert.ok((await answer.body()).length > 0);
	}
}

/** Chromium names each page of a PDF by an object of its own. */
async function printsOnTwoSheets(page) {
	const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');

	assert.equal(pdf.match(/\/Type \/Page\b/g)?.length, 2, `${page.url()} printed`);
}

async function read(page, address, { code, direction }, whole) {
	await page.goto(`${address}/public/${code}/`);
	assert.equal(await page.locator('html').getAttribute('dir'), direction);
	await drawn(page);
	await isSound(page);

	await page.locator('.areas a[href$="directives/PK5.html"]').click();
	await drawn(page);
	assert.ok((await page.locator('tbody tr').count()) > 3);
	await isSound(page);

	await page.locator('header .home').click();
	await page.locator('.areas a[href$="figures/PK6.html"]').click();
	await drawn(page);
	assert.equal(await page.locator('.contradictions li').count(), 4);
	await isSound(page);
	await followContradiction(page);

	await page.locator('header .home').click();
	await page.locator('main a[href$="unhcr.html"]').click();
	await drawn(page);
	await lookAtPictures(page);
	await isSound(page);

	await page.locator('header .home').click();
	await page.locator('main a[href$="counted.html"]').click();
	await drawn(page);
	await lookAtCounted(page);
	await isSound(page);
	await page.locator('main a[href$="bulletin.html"]').first().click();
	await drawn(page);
	await takeFiles(page);
	await printsOnTwoSheets(page);
	await fits(page);
	if (code !== whole) await shorten(page);
	await isSound(page);

	// The same page in the next language.
	await page.locator('.languages a:not([aria-current])').first().click();
	assert.match(page.url(), /\/bulletin\.html$/);
	assert.notEqual(await page.locator('html').getAttribute('lang'), code);
}

async function readWithoutScript(page, address) {
	await page.goto(`${address}/public/`);
	await page.locator('main a[href$="unhcr.html"]').click();
	assert.equal(await page.locator('svg').count(), 0);
	assert.equal(await page.locator('table').count(), PICTURES);
	await page.locator('tr[data-area=PK6] a').click();
	assert.ok((await page.locator('tbody tr').count()) > 30);
	for (const link of await page.locator('.contradictions .rows a').all())
		assert.equal(await page.locator(await link.getAttribute('href')).count(), 1);
}

const centre = await openCentre({
	households: 0,
	weeks: true,
	start: ['--public', '127.0.0.1:0'],
});
const errors = [];
// Its own sandbox takes rights that root in a container has not to give.
const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	args: process.getuid() === 0 ? ['--no-sandbox'] : [],
});

try {
	for (const { viewport, languages, whole } of SCREENS)
		for (const language of languages) {
			const page = await browser.newPage({ viewport });

			page.on('pageerror', (error) => errors.push(error.message));
			await read(page, centre.public, language, whole);
			assert.deepEqual(errors, []);
			await page.close();
		}
	const plain = await browser.newContext({ javaScriptEnabled: false });

	await readWithoutScript(await plain.newPage(), centre.public);
} finally {
	await browser.close().finally(() => centre.close());
}
console.log(`the public pages, in ${LANGUAGES.length} languages and without a script`);
