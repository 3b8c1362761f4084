/** Elements of SVG; what they look like is said by classes, in style.css. */

const NAMESPACE = 'http://www.w3.org/2000/svg';

type Attributes = Record<string, string | number>;

export function make<Name extends keyof SVGElementTagNameMap>(
	name: Name,
	attributes: Attributes,
	...inside: (Node | string)[]
): SVGElementTagNameMap[Name] {
	const element = document.createElementNS(NAMESPACE, name);

	for (const [key, value] of Object.entries(attributes))
		element.setAttribute(key, typeof value === 'number' ? round(value) : value);
	element.append(...inside);
	return element;
}

/** A tenth of a pixel is enough, and half as long. */
function round(n: number): string {
	return String(Math.round(n * 10) / 10);
}

/** The picture as a whole: one thing to who cannot see it, whose table follows. */
export function picture(label: string, width: number, height: number): SVGSVGElement {
	return make('svg', {
		viewBox: `0 0 ${width} ${height}`,
		role: 'img',
		'aria-label': label,
		class: 'picture',
	});
}

/** What each colour and pattern stands for. */
export function legend(entries: { said: string; class: string }[]): HTMLUListElement {
	const list = document.createElement('ul');

	list.className = 'legend';
	for (const entry of entries) {
		const item = document.createElement('li');
		const sample = make('svg', {
			viewBox: '0 0 28 12',
			class: 'sample',
			'aria-hidden': 'true',
		});

		sample.append(
			entry.class.startsWith('line')
				? make('line', { x1: 0, y1: 6, x2: 28, y2: 6, class: entry.class })
				: make('rect', {
						x: 0,
						y: 0,
						width: 28,
						height: 12,
						class: entry.class,
					}),
		);
		item.append(sample, entry.said);
		list.append(item);
	}
	return list;
}
