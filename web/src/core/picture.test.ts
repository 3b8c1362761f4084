import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import { expect, test } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

import { believed, turnings } from './codes';
import { type Picture, turned } from './picture';

const installed = createRequire(import.meta.url);
const WIDTH = 640;
const HEIGHT = 360;
const CARD = 'P<AFGTEST<<CARD<<<<<<<<<<<<<<<<<<<<<<<<<<<<<';
/** As many pictures as a camera gives within three seconds or so. */
const PICTURES = 14;

interface Grid {
	readonly pixs: readonly number[];
	readonly pixx: number;
	readonly pixy: number;
}

interface Drawing {
	readonly raw: (what: { bcid: string; text: string }) => readonly Grid[];
}

/** A card with this text, held askew, on paper that is not white. */
function cardAskew(degrees: number): Picture {
	const [code] = (installed('bwip-js') as Drawing).raw({ bcid: 'pdf417', text: CARD });

	if (!code) throw new Error('no code is drawn');
	const scale = (WIDTH * 0.6) / code.pixx;
	const rows = code.pixs.length / code.pixx;
	const [sin, cos] = [
		Math.sin((degrees * Math.PI) / 180),
		Math.cos((degrees * Math.PI) / 180),
	];
	const data = new Uint8ClampedArray(4 * WIDTH * HEIGHT);

	for (let at = 0; at < WIDTH * HEIGHT; at++) {
		const [dx, dy] = [(at % WIDTH) - WIDTH / 2, Math.floor(at / WIDTH) - HEIGHT / 2];
		const x = Math.floor((dx * cos + dy * sin) / scale + code.pixx / 2);
		const y = Math.floor((dy * cos - dx * sin) / scale + code.pixy / 2);
		const row = Math.floor((y * rows) / code.pixy);
		const isInk =
			x >= 0 &&
			y >= 0 &&
			x < code.pixx &&
			y < code.pixy &&
			code.pixs[row * code.pixx + x] === 1;

		data.fill(isInk ? 45 : 215, 4 * at, 4 * at + 3);
	}
	return { width: WIDTH, height: HEIGHT, data };
}

/** What is believed of a film in which the card is held still. */
async function readFilm(picture: Picture): Promise<string | null> {
	const believe = believed();
	const nextTurn = turnings();
	let degrees = 0;
	let text: string | null = null;

	for (let i = 0; i < PICTURES && text === null; i++) {
		const [found] = await readBarcodes(turned(picture, degrees) as ImageData, {
			formats: ['QRCode', 'PDF417', 'Code128'],
			tryHarder: true,
			maxNumberOfSymbols: 1,
		});

		degrees = nextTurn(found);
		text = believe(found);
	}
	return text;
}

test('a card is read as askew as a hand holds it', async () => {
	const wasm = installed.resolve('zxing-wasm/reader/zxing_reader.wasm');
	const { buffer } = new Uint8Array(await readFile(wasm));

	await prepareZXingModule({ overrides: { wasmBinary: buffer }, fireImmediately: true });
	for (const degrees of [0, -10, 20])
		expect(await readFilm(cardAskew(degrees)), `${degrees} degrees`).toBe(CARD);
}, 30_000);

test('what was on the right of a picture is above when it was turned by a quarter', () => {
	const [width, height] = [40, 40];
	const data = new Uint8ClampedArray(4 * width * height).fill(255);
	const picture = { width, height, data };
	const at = (x: number, y: number) => 4 * (y * width + x);

	for (let y = 18; y < 23; y++) data.fill(0, at(28, y), at(33, y));
	expect(turned(picture, 0)).toBe(picture);
	const { data: quarter } = turned(picture, 90);

	expect(quarter[at(30, 20)]).toBe(255);
	expect(quarter[at(20, 10)]).toBe(0);
});
