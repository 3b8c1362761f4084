/*
 * A film for Chromium's camera that is none: codes as cards carry them, each held before the
 * camera for some seconds, a little askew, on paper that is not white and under an uneven light.
 *
 *     await writeFilm('codes.y4m', [['qrcode', 'IKS1:…'], ['pdf417', '…'], ['code128', '…']]);
 */
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const bwip = createRequire(new URL('../../web/package.json', import.meta.url))('bwip-js');

const WIDTH = 1280;
const HEIGHT = 720;
const PAPER = 215;
const INK = 45;
const HELD_S = 3;
const ASKEW = (2 * Math.PI) / 180;
/** Of the picture, as a hand holds a card. */
const SHARE = 0.6;

/** Whether there is ink at a point of a code's own grid, and how large that is. */
function gridOf(kind, text) {
	const [code] = bwip.raw({ bcid: kind, text });

	if (code.pixs) {
		const { pixs, pixx: width, pixy: height } = code;
		const rows = pixs.length / width;
		const rowAt = (y) => Math.floor((y * rows) / height);

		return { width, height, hasInk: (x, y) => pixs[rowAt(y) * width + x] === 1 };
	}
	// Bars and spaces in turn, by their widths.
	const bars = code.sbs.flatMap((width, i) => Array(width).fill(i % 2 === 0));

	return { width: bars.length, height: bars.length / 4, hasInk: (x) => bars[x] };
}

/** The picture's grey, point by point. */
function pictureOf({ width, height, hasInk }) {
	const scale = Math.min((WIDTH * SHARE) / width, (HEIGHT * SHARE) / height);
	const [sin, cos] = [Math.sin(ASKEW), Math.cos(ASKEW)];
	const grey = Buffer.alloc(WIDTH * HEIGHT);

	for (let y = 0; y < HEIGHT; y++)
		for (let x = 0; x < WIDTH; x++) {
			const [dx, dy] = [x - WIDTH / 2, y - HEIGHT / 2];
			const u = Math.floor((dx * cos + dy * sin) / scale + width / 2);
			const v = Math.floor((dy * cos - dx * sin) / scale + height / 2);
			const isInside = u >= 0 && v >= 0 && u < width && v < height;
			const light = (20 * x) / WIDTH;

			grey[y * WIDTH + x] = (isInside && hasInk(u, v) ? INK : PAPER) + light;
		}
	return grey;
}

export async function writeFilm(path, codes) {
	const colours = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
	const frames = codes.flatMap(([kind, text]) => {
		const frame = [Buffer.from('FRAME\n'), pictureOf(gridOf(kind, text)), colours];

		return Array(HELD_S).fill(frame).flat();
	});
	const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F1:1 Ip A1:1 C420jpeg\n`);

	await writeFile(path, Buffer.concat([head, ...frames]));
}
