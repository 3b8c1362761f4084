/**
 * A line for each column over the rows, which are years or weeks.  Lines differ by dashes as
 * well as by colour.  Where people write from right to left, time runs so, too.
 */
import { scaleLinear, scalePoint } from 'd3-scale';
import { line } from 'd3-shape';

import { legend, make, picture } from './svg';
import { largest, type Row, type Table } from './table';

const WIDTH = 760;
const HEIGHT = 380;
const EDGE = { above: 16, below: 32, axis: 76, end: 16 };
const LABELS_MAX = 8;

const compact = new Intl.NumberFormat('en', { notation: 'compact' });

/** Of so many labels as there is room for, whether this is one. */
function isLabelled(at: number, count: number): boolean {
	return at % Math.ceil(count / LABELS_MAX) === 0;
}

export function drawLines(table: Table): Element[] {
	const { rows, rightToLeft } = table;
	const start = EDGE.axis;
	const end = WIDTH - EDGE.end;
	const x = scalePoint()
		.domain(rows.map(({ label }) => label))
		.range(rightToLeft ? [WIDTH - start, WIDTH - end] : [start, end]);
	const y = scaleLinear()
		.domain([0, largest(table)])
		.nice()
		.range([HEIGHT - EDGE.below, EDGE.above]);
	const svg = picture(table.caption, WIDTH, HEIGHT);
	const axis = rightToLeft ? WIDTH - start : start;
	const far = rightToLeft ? WIDTH - end : end;

	for (const tick of y.ticks(5))
		svg.append(
			make('line', {
				x1: axis,
				y1: y(tick),
				x2: far,
				y2: y(tick),
				class: 'grid',
			}),
			make(
				'text',
				{
					x: axis + (rightToLeft ? 8 : -8),
					y: y(tick) + 4,
					class: rightToLeft ? 'label from' : 'label to',
				},
				compact.format(tick),
			),
		);
	rows.forEach(({ label }, at) => {
		if (isLabelled(at, rows.length))
			svg.append(
				make(
					'text',
					{ x: x(label) ?? 0, y: HEIGHT - 10, class: 'label middle' },
					label,
				),
			);
	});
	table.heads.forEach((_, column) => {
		const draw = line<Row>()
			.defined((row) => row.cells[column]?.value !== undefined)
			.x((row) => x(row.label) ?? 0)
			.y((row) => y(row.cells[column]?.value ?? 0));

		svg.append(make('path', { d: draw(rows) ?? '', class: `line l${column}` }));
	});
	return [
		svg,
		legend(table.heads.map((said, column) => ({ said, class: `line l${column}` }))),
	];
}
