/*
 * A centre to try things on: a demo register in a folder of its own and the real program
 * serving it on a port of its own.
 *
 *   const centre = await openCentre();        40 made-up households
 *   const centre = await openCentre({ stories: ['family', 'day'] });
 *   const centre = await openCentre({ weeks: true });     five weeks went by and were published
 *
 *   centre.address             "http://127.0.0.1:40123"
 *   centre.public              the same of the public server, with start: ['--public', …]
 *   centre.accounts            { counsellor: "passphrase", … }
 *   centre.place               a folder of its own, which goes at the end
 *   await centre.kill()        as when the power goes
 *   await centre.start()       again, on the same port
 *   await centre.pass('25h')   that much later, and started again: everybody is out
 *   await centre.close()       ended in order, and its folder is gone
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const program = resolve(process.env.IKHTIAR ?? join(root, 'ikhtiar'));

class Centre {
	#server;
	#port = 0;

	constructor(place) {
		this.place = place;
		this.demo = join(place, 'demo');
	}

	get address() {
		return `http://127.0.0.1:${this.#port}`;
	}

	/** One command of the program, which gives what it says. */
	async command(...words) {
		return (await run(program, words, { maxBuffer: 1 << 26 })).stdout;
	}

	async make(households, stories, weeks) {
		await run(join(root, 'tools/demo'), [this.demo, String(households)], {
			env: { ...process.env, IKHTIAR: program },
		});
		for (const story of stories)
			await this.command(
				'story',
				this.demo,
				'--quiet',
				'--file',
				join(root, `data/story/${story}.story`),
			);
		if (weeks)
			await run(join(root, 'tools/weeks'), [this.demo, join(this.place, 'bulletin')], {
				env: { ...process.env, IKHTIAR: program },
			});
		this.accounts = JSON.parse(
			await readFile(join(this.demo, 'demo-accounts.json'), 'utf8'),
		);
	}

	async start(...options) {
		const at = `127.0.0.1:${this.#port}`;

		this.#server = spawn(
			program,
			['serve', this.demo, '--json', '--listen', at, ...options],
			{ stdio: ['ignore', 'pipe', 'inherit'] },
		);
		const ended = once(this.#server, 'exit').then(([code]) => {
			throw new Error(`the server ended with ${code}`);
		});
		const line = once(createInterface(this.#server.stdout), 'line');
		const [told] = await Promise.race([line, ended]);

		ended.catch(() => undefined);
		const said = JSON.parse(told);

		this.#port = Number(new URL(said.addresses[0]).port);
		this.public = said.public?.[0]?.replace(/\/$/, '');
	}

	/** "2025-04-01": today at the site. */
	async day() {
		const answer = await fetch(`${this.address}/api/session`);

		return (await answer.json()).now.slice(0, 10);
	}

	async #end(signal) {
		if (this.#server?.exitCode !== null || this.#server.signalCode !== null) return;
		const ended = once(this.#server, 'exit');

		this.#server.kill(signal);
		await ended;
	}

	kill() {
		return this.#end('SIGKILL');
	}

	async pass(time) {
		await this.#end('SIGTERM');
		await this.start('--at', `+${time}`);
	}

	async close() {
		await this.#end('SIGTERM');
		await rm(this.place, { recursive: true, force: true });
	}
}

export async function openCentre({
	households = 40,
	stories = [],
	weeks = false,
	start = [],
} = {}) {
	const centre = new Centre(await mkdtemp(join(tmpdir(), 'ikhtiar-centre-')));

	try {
		await centre.make(households, stories, weeks);
		await centre.start(...start);
	} catch (wrong) {
		await centre.close();
		throw wrong;
	}
	return centre;
}
