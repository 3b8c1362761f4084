/* A picture, point by point, and the same turned about its middle. */

/** As a canvas gives it: four bytes a point. */
export type Picture = Pick<ImageData, 'width' | 'height' | 'data'>;

const POINT_SIZE = 4;
const WHITE = 0xffffffff;
const OPAQUE = 0xff000000;

/** `share` of the way from `a` to `b`. */
function between(a: number, b: number, share: number): number {
	return a + (b - a) * share;
}

/** The mean of the four points around a place that lies between them. */
function greyAt({ width, data }: Picture, x: number, y: number): number {
	const left = Math.floor(x);
	const top = Math.floor(y);
	const at = (top * width + left) * POINT_SIZE;
	const below = at + width * POINT_SIZE;
	const upper = between(data[at] ?? 0, data[at + POINT_SIZE] ?? 0, x - left);
	const lower = between(data[below] ?? 0, data[below + POINT_SIZE] ?? 0, x - left);

	return between(upper, lower, y - top);
}

/**
 * In grey, which is all that a reader of codes looks at; what was outside is white.  A point is
 * the mean of the four where it was, since the bars of a card are few points wide.
 */
export function turned(picture: Picture, degrees: number): Picture {
	if (degrees === 0) return picture;
	const { width, height } = picture;
	const sin = Math.sin((degrees * Math.PI) / 180);
	const cos = Math.cos((degrees * Math.PI) / 180);
	const points = new Uint32Array(width * height).fill(WHITE);

	for (let row = 0; row < height; row++) {
		const down = row - height / 2;
		let x = width / 2 - (width / 2) * cos - down * sin;
		let y = height / 2 - (width / 2) * sin + down * cos;

		for (let column = 0; column < width; column++, x += cos, y += sin) {
			if (x < 0 || y < 0 || x >= width - 1 || y >= height - 1) continue;
			// Three times the same in one write: it is grey.
			points[row * width + column] =
				OPAQUE | (Math.floor(greyAt(picture, x, y)) * 0x010101);
		}
	}
	return { width, height, data: new Uint8ClampedArray(points.buffer) };
}
