/** Two columns as bars to either side of the rows' labels: ages of women and of men. */
import { scaleBand, scaleLinear } from 'd3-scale';

import { make, picture } from './svg';
import { largest, type Table } from './table';

const WIDTH = 760;
const HEIGHT = 320;
const MIDDLE = 130;
const HEAD = 34;
/** Room for the number at the end of the longest bar. */
const NUMBER = 112;

export function drawPyramid(table: Table): Element[] {
	const svg = picture(table.caption, WIDTH, HEIGHT);
	const side = (WIDTH - MIDDLE) / 2;
	const length = scaleLinear()
		.domain([0, largest(table)])
		.range([0, side - NUMBER]);
	// The oldest stand above.
	const y = scaleBand()
		.domain(table.rows.map(({ label }) => label).reverse())
		.range([HEAD, HEIGHT - 6])
		.padding(0.18);

	table.heads.slice(0, 2).forEach((head, column) => {
		// The first column is read first, on whichever side that is.
		const toTheRight = (column === 1) !== table.rightToLeft;
		const base = toTheRight ? side + MIDDLE : side;

		svg.append(
			make(
				'text',
				{
					x: toTheRight ? base : side,
					y: 20,
					class: `label strong ${toTheRight ? 'from' : 'to'}`,
				},
				head,
			),
		);
		for (const { label, cells } of table.rows) {
			const cell = cells[column];
			const width = length(cell?.value ?? 0);
			const top = y(label) ?? 0;

			svg.append(
				make('rect', {
					x: toTheRight ? base : base - width,
					y: top,
					width,
					height: y.bandwidth(),
					class: `bar b${column}`,
				}),
				make(
					'text',
					{
						x: toTheRight ? base + width + 6 : base - width - 6,
						y: top + y.bandwidth() / 2 + 5,
						class: `label ${toTheRight ? 'from' : 'to'}`,
					},
					cell?.said ?? '',
				),
			);
		}
	});
	for (const { label } of table.rows)
		svg.append(
			make(
				'text',
				{
					x: WIDTH / 2,
					y: (y(label) ?? 0) + y.bandwidth() / 2 + 5,
					class: 'label middle strong',
				},
				label,
			),
		);
	return [svg];
}
