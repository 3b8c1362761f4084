/* A picture, point by point, and the same turned about its middle. */

/** As a canvas gives it: four bytes a point. */
export type Picture = Pick<ImageData, 'width' | 'height' | 'data'>;

const POINT_SIZE = 4;

/** `share` of the way from `a` to `b`. */
function between(a: number, b: number, share: number): number {
	return a + (b - a) * share;
}

/**
 * In grey, which is all that a reader of codes looks at; what was outside is white.  A point is
 * the mean of the four where it was, since the bars of a card are few points wide.
 */
export function turned(picture: Picture, degrees: number): Picture {
	if (degrees === 0) return picture;
	const { width, height, data } = picture;
	const [sin, cos] = [
		Math.sin((degrees * Math.PI) / 180),
		Math.cos((degrees * Math.PI) / 180),
	];
	const row = width * POINT_SIZE;
	const out = new Uint8ClampedArray(data.length).fill(255);

	for (let at = 0; at < width * height; at++) {
		const dx = (at % width) - width / 2;
		const dy = Math.floor(at / width) - height / 2;
		const [x, y] = [dx * cos - dy * sin + width / 2, dx * sin + dy * cos + height / 2];
		const [left, top] = [Math.floor(x), Math.floor(y)];

		if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) continue;
		const from = top * row + left * POINT_SIZE;
		const grey = (point: number) => data[point] ?? 0;
		const upper = between(grey(from), grey(from + POINT_SIZE), x - left);
		const lower = between(grey(from + row), grey(from + row + POINT_SIZE), x - left);

		out.fill(between(upper, lower, y - top), at * POINT_SIZE, at * POINT_SIZE + 3);
	}
	return { width, height, data: out };
}
