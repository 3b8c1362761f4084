/*
 * A worker that reads codes out of pictures, so that the screen never waits for it: QR codes
 * by `qr` at once, and what cards carry, PDF417 and Code 128, by zxing when that is given.
 *
 * The server's policy lets it run WebAssembly, which no page of ours may, and reach nobody
 * (api/http.c): what it needs is handed to it.
 */
import { decodeQR } from 'qr/decode.js';
import type { ReaderOptions } from 'zxing-wasm/reader';

import { believed, turnings } from '../../core/codes';
import { type Picture, turned } from '../../core/picture';

export type Given =
	| { readonly what: 'picture'; readonly picture: Picture }
	/** zxing itself. */
	| { readonly what: 'cards'; readonly wasm: ArrayBuffer };

/** What stands in a picture; null: nothing. */
export interface Read {
	readonly text: string | null;
	/** It needs finer pictures from now on. */
	readonly readsCards: boolean;
}

type Reading = (picture: Picture) => Promise<string | null>;

const OPTIONS: ReaderOptions = {
	formats: ['QRCode', 'PDF417', 'Code128'],
	tryHarder: true,
	maxNumberOfSymbols: 1,
};

/** Throws where there is no code, or half of one. */
const readSlips: Reading = (picture) => new Promise((resolve) => resolve(decodeQR(picture)));

async function readerOfCards(wasmBinary: ArrayBuffer): Promise<Reading> {
	const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader');

	const believe = believed();
	const nextTurn = turnings();
	let degrees = 0;

	await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
	return async (picture) => {
		const { data, width, height } = turned(picture, degrees);
		const [found] = await readBarcodes(
			new ImageData(new Uint8ClampedArray(data), width, height),
			OPTIONS,
		);

		degrees = nextTurn(found);
		return believe(found);
	};
}

let read = readSlips;

async function take(given: Given): Promise<void> {
	// A browser that cannot run it reads slips all the same.
	if (given.what === 'cards') read = await readerOfCards(given.wasm).catch(() => readSlips);
	else
		postMessage({
			text: await read(given.picture).catch(() => null),
			readsCards: read !== readSlips,
		} satisfies Read);
}

onmessage = ({ data }: MessageEvent<Given>) => void take(data);
