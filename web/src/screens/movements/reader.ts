/* A worker that reads a QR code out of a picture, so that the screen never waits for it. */
import { decodeQR } from 'qr/decode.js';

/** As a canvas gives it: four bytes a point. */
export interface Picture {
	readonly width: number;
	readonly height: number;
	readonly data: Uint8ClampedArray;
}

onmessage = ({ data }: MessageEvent<Picture>) => {
	let text: string | null = null;

	try {
		text = decodeQR(data);
	} catch {
		// No code, or half of one: the next picture comes at once.
	}
	postMessage(text);
};
