/*
 * A desk: a browser of its own at which one account works, in one language.  What is looked
 * for on a screen is named by its key in the catalogues, so that one script tells the same
 * story in every language.
 *
 *   const room = await openRoom(centre);
 *   const desk = await room.desk('counsellor', 'ps');
 *   await desk.press('web.counselling.title');
 *   await desk.choose('field.company', 'company', 'alone');
 *
 * Nothing waits for a time: each step waits for what the screen shows.  A page that throws,
 * breaks its own policy of contents or asks another host fails room.close().
 */
import { join } from 'node:path';

import { chromium } from '../../web/node_modules/playwright-core/index.mjs';

import { LANGUAGES, say, sayCount } from '../../web/src/core/words.ts';

export const PHONE = { width: 360, height: 800 };
export const DESKTOP = { width: 1280, height: 800 };
const BROWSER = process.env.CHROMIUM ?? '/usr/bin/chromium';
const WAIT_MS = Number(process.env.WAIT_MS ?? 60_000);

class Desk {
	constructor(room, context, page, words, role) {
		Object.assign(this, { room, context, page, words, role });
	}

	say(key, ...values) {
		const said = say(this.words, key, ...values);

		if (said === key) throw new Error(`${this.words.language} has no word for ${key}`);
		return said;
	}

	sayCode(set, word) {
		return this.say(`code.${set}.${word}`);
	}

	sayCount(key, count) {
		return sayCount(this.words, key, count);
	}

	/** The same page to somebody who reads another language. */
	async speaking(language) {
		return new Desk(
			this.room,
			this.context,
			this.page,
			await this.room.wordsOf(language),
			this.role,
		);
	}

	// --- finding

	/** All but the head, whose choice of language stands on every screen. */
	get content() {
		return this.page.locator('main, dialog');
	}

	field(key, within = this.content) {
		return within.getByLabel(this.say(key), { exact: true });
	}

	button(key, within = this.content, ...values) {
		return within.getByRole('button', { name: this.say(key, ...values), exact: true });
	}

	link(key, within = this.content) {
		return within.getByRole('link', { name: this.say(key), exact: true });
	}

	section(key) {
		const heading = this.page.getByRole('heading', {
			name: this.say(key),
			exact: true,
		});

		return this.page.locator('section').filter({ has: heading }).last();
	}

	// --- doing

	async press(key, within = this.content) {
		await this.button(key, within).click();
	}

	async follow(key, within = this.content) {
		await this.link(key, within).click();
	}

	async type(key, text, within = this.content) {
		await this.field(key, within).fill(text);
	}

	/** A word of a list that unfolds. */
	async select(key, word, within = this.content) {
		await this.field(key, within).selectOption(word);
	}

	/** A word of a list that stands side by side. */
	async choose(key, set, word, within = this.content) {
		await within
			.getByRole('group', { name: this.say(key), exact: true })
			.getByLabel(this.sayCode(set, word), { exact: true })
			.check();
	}

	async tick(key, within = this.content) {
		await this.field(key, within).check();
	}

	async unfold(key) {
		await this.page
			.locator('summary')
			.getByText(this.say(key), { exact: true })
			.click();
	}

	/** An area by its P-code. */
	async pickArea(key, code, within = this.content) {
		const box = within.getByRole('combobox', { name: this.say(key), exact: true });

		await box.fill(code);
		await this.page.getByRole('option').filter({ hasText: code }).first().click();
	}

	// --- seeing

	async sees(key, within = this.content) {
		await within.getByText(this.say(key), { exact: true }).first().waitFor();
	}

	/** The heading of a screen, which may hold more than this. */
	async seesTitle(text) {
		await this.page.locator('h1').filter({ hasText: text }).waitFor();
	}

	async seesHeading(text) {
		await this.page.getByRole('heading', { name: text, exact: true }).waitFor();
	}

	// --- coming in

	async comeIn(within = this.content) {
		await this.type('web.login.name', this.role, within);
		await this.type(
			'web.login.passphrase',
			this.room.centre.accounts[this.role],
			within,
		);
		await this.press('web.login.come-in', within);
		await this.button('web.login.come-in').waitFor({ state: 'detached' });
	}

	async setPin(pin) {
		await this.button('web.seat.menu', this.page, this.role).click();
		await this.press('web.seat.pin-title');
		await this.type('web.seat.pin-new', pin);
		await this.page.locator('dialog').waitFor({ state: 'detached' });
		this.pin = pin;
	}

	/** Over the same screen. */
	async comeBack() {
		await this.type('web.away.pin', this.pin);
		await this.field('web.away.pin').waitFor({ state: 'detached' });
	}

	async goTo(...parts) {
		await this.page.goto(`${this.room.centre.address}/#/${parts.join('/')}`);
	}

	/** Opens the file of whom this text finds first. */
	async openFile(text) {
		await this.goTo('find');
		await this.type('web.find.box', text);
		await this.page.locator('button.found').first().click();
		await this.seesHeading(this.say('web.household.members'));
	}

	async close() {
		await this.context.close();
	}
}

class Room {
	#browser;
	#wrong = [];

	constructor(centre, browser) {
		this.centre = centre;
		this.#browser = browser;
	}

	async wordsOf(language) {
		const answer = await fetch(`${this.centre.address}/api/words`, {
			headers: { 'Accept-Language': language },
		});

		return { language, sentences: await answer.json() };
	}

	/** What every desk shows now, for whoever looks for what went wrong. */
	async photograph(folder) {
		const pages = this.#browser.contexts().flatMap((context) => context.pages());

		for (const [i, page] of pages.entries())
			await page.screenshot({
				path: join(folder, `desk-${i + 1}.png`),
				fullPage: true,
			});
	}

	#watch(page) {
		page.setDefaultTimeout(WAIT_MS);
		page.on('pageerror', (error) => this.#wrong.push(error.stack ?? String(error)));
		page.on('console', (message) => {
			if (/Content Security Policy|is not of its shape/.test(message.text()))
				this.#wrong.push(message.text());
		});
		page.on('request', (request) => {
			const { protocol, origin } = new URL(request.url());

			if (/^(http|ws)/.test(protocol) && origin !== this.centre.address)
				this.#wrong.push(`asks ${origin}`);
		});
	}

	/** A browser in which nobody has come in yet. */
	async emptyDesk(role, language = 'en', viewport = DESKTOP) {
		const context = await this.#browser.newContext({ viewport, locale: language });
		const page = await context.newPage();

		context.on('page', (another) => this.#watch(another));
		this.#watch(page);
		await page.goto(this.centre.address);
		return new Desk(this, context, page, await this.wordsOf(language), role);
	}

	async desk(role, language = 'en', viewport = DESKTOP) {
		const desk = await this.emptyDesk(role, language, viewport);

		await desk.comeIn();
		return desk;
	}

	async close() {
		await this.#browser.close();
		if (this.#wrong.length) throw new Error(this.#wrong.join('\n'));
	}
}

export const isRightToLeft = (language) => LANGUAGES[language].rtl;

/** `film`: what every camera sees. */
export async function openRoom(centre, { film } = {}) {
	const camera = film && [
		'--use-fake-ui-for-media-stream',
		'--use-fake-device-for-media-stream',
		`--use-file-for-fake-video-capture=${film}`,
	];
	// Its own sandbox takes rights that root in a container has not to give.
	const sandbox = process.getuid() === 0 ? ['--no-sandbox'] : [];
	const browser = await chromium.launch({
		executablePath: BROWSER,
		args: [...sandbox, ...(camera ?? [])],
	});

	return new Room(centre, browser);
}
