/**
 * A strip of bars for each column, one below the other, over the same rows: weeks, crossings.
 * All strips have one scale, so that they can be compared; they do not stand on one another,
 * since kinds of return are never added up.  A column of which no row has a number has none.
 */
import { scaleBand, scaleLinear } from 'd3-scale';

import { make, picture } from './svg';
import { largest, type Table } from './table';

const WIDTH = 760;
const EDGE = 12;
/** Of a strip: its name, the number above its longest bar, that bar. */
const STRIP = { name: 26, number: 22, bar: 70, below: 14 };
const STRIP_HEIGHT = STRIP.name + STRIP.number + STRIP.bar + STRIP.below;
const LABELS = 36;
const BAR_MAX = 90;

type Scale = ReturnType<typeof scaleBand<string>>;

/** Rows are read from the side from which people read. */
function places({ rows, rightToLeft }: Table): Scale {
	return scaleBand()
		.domain(rows.map(({ label }) => label))
		.range(rightToLeft ? [WIDTH - EDGE, EDGE] : [EDGE, WIDTH - EDGE])
		.padding(0.2);
}

/** The columns that have a number anywhere. */
function told({ heads, rows }: Table): number[] {
	return [...heads.keys()].filter((column) =>
		rows.some(({ cells }) => cells[column]?.value !== undefined),
	);
}

function drawStrip(table: Table, column: number, x: Scale, above: number): SVGElement[] {
	const { rows, rightToLeft } = table;
	const ground = above + STRIP_HEIGHT - STRIP.below;
	const length = scaleLinear()
		.domain([0, Math.max(1, largest(table))])
		.range([0, STRIP.bar]);
	const width = Math.min(BAR_MAX, x.bandwidth());
	const drawn: SVGElement[] = [
		make(
			'text',
			{
				x: rightToLeft ? WIDTH - EDGE : EDGE,
				y: above + STRIP.name - 8,
				class: `label strong ${rightToLeft ? 'to' : 'from'}`,
			},
			table.heads[column] ?? '',
		),
		make('line', { x1: EDGE, y1: ground, x2: WIDTH - EDGE, y2: ground, class: 'grid' }),
	];

	for (const { label, cells } of rows) {
		const cell = cells[column];
		const middle = (x(label) ?? 0) + x.bandwidth() / 2;
		const height = length(cell?.value ?? 0);

		drawn.push(
			make('rect', {
				x: middle - width / 2,
				y: ground - height,
				width,
				height,
				class: 'bar b0',
			}),
			make(
				'text',
				{ x: middle, y: ground - height - 5, class: 'label middle' },
				cell?.said ?? '',
			),
		);
	}
	return drawn;
}

export function drawStrips(table: Table): Element[] {
	const columns = told(table);
	const height = EDGE + columns.length * STRIP_HEIGHT + LABELS;
	const svg = picture(table.caption, WIDTH, height);
	const x = places(table);

	if (!columns.length) return [];
	columns.forEach((column, at) => {
		svg.append(...drawStrip(table, column, x, EDGE + at * STRIP_HEIGHT));
	});
	for (const { label } of table.rows)
		svg.append(
			make(
				'text',
				{
					x: (x(label) ?? 0) + x.bandwidth() / 2,
					y: height - 10,
					class: 'label middle',
				},
				label,
			),
		);
	return [svg];
}
