/**
 * Provinces by how many people the last column has there, in five steps of one colour from
 * light to dark, each with its number; districts and the neighbour for orientation.  No tiles:
 * nobody else hears which area was looked at.
 */
import { geoMercator, geoPath, type GeoPermissibleObjects } from 'd3-geo';
import { scaleQuantize } from 'd3-scale';
import { feature, merge, mesh } from 'topojson-client';
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from 'topojson-specification';

import { legend, make, picture } from './svg';
import { largest, type Table } from './table';

type Areas = Topology<{
	pak: GeometryCollection;
	afg: GeometryCollection;
}>;

const WIDTH = 760;
const HEIGHT = 640;
const STEPS = [0, 1, 2, 3, 4];

/**
 * Where three small or long provinces meet their names would lie on one another: these stand
 * aside, with a line to what they name.
 */
const ASIDE: Record<string, [number, number]> = {
	PK1: [112, 4],
	PK4: [150, 42],
	PK5: [-84, -22],
};

const whole = new Intl.NumberFormat('en');

/** Two digits and zeros: "260,000". */
export function roughly(n: number): string {
	const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, n))) - 1);

	return whole.format(Math.round(n / step) * step);
}

type District = (Polygon | MultiPolygon) & { properties?: { parent?: string } };

function districtsOf(areas: Areas, province: string): District[] {
	return areas.objects.pak.geometries.filter(
		(area): area is District => (area as District).properties?.parent === province,
	);
}

function drawProvinces(svg: SVGSVGElement, table: Table, areas: Areas): void {
	const last = table.heads.length - 1;
	const step = scaleQuantize()
		.domain([0, largest(table, last)])
		.range(STEPS);
	const all = feature(areas, areas.objects.pak);
	const path = geoPath(geoMercator().fitSize([WIDTH, HEIGHT], all));
	const draw = (shape: GeoPermissibleObjects, name: string) =>
		make('path', { d: path(shape) ?? '', class: name });
	const labels: SVGElement[] = [];

	svg.append(draw(feature(areas, areas.objects.afg), 'land'));
	for (const row of table.rows) {
		const cell = row.cells[last];
		const districts = row.area === undefined ? [] : districtsOf(areas, row.area);

		if (!districts.length || cell?.value === undefined) continue;
		const shape = merge(areas, districts);
		const [centreX, centreY] = path.centroid(shape);
		const [asideX, asideY] = ASIDE[row.area ?? ''] ?? [0, 0];
		const x = centreX + asideX;
		const y = centreY + asideY;
		const province = draw(shape, `area step${step(cell.value)}`);

		province.append(make('title', {}, `${row.label}: ${cell.said}`));
		svg.append(province);
		if (asideX > 0)
			labels.push(
				make('line', {
					x1: centreX,
					y1: centreY,
					x2: x - 36,
					y2: y,
					class: 'leader',
				}),
			);
		labels.push(
			make(
				'text',
				{ x, y, class: 'name' },
				make('tspan', { x, dy: '-0.2em' }, row.label),
				make('tspan', { x, dy: '1.2em' }, cell.said),
			),
		);
	}
	svg.append(draw(mesh(areas, areas.objects.pak), 'district'), ...labels);
}

function drawLegend(table: Table): HTMLUListElement {
	const most = largest(table, table.heads.length - 1);

	return legend(
		STEPS.map((step) => ({
			said: `${roughly((most * step) / STEPS.length)} – ${roughly((most * (step + 1)) / STEPS.length)}`,
			class: `area step${step}`,
		})),
	);
}

export async function drawMap(table: Table, address: URL): Promise<Element[]> {
	const answer = await fetch(address);

	if (!answer.ok) throw new Error(`no boundaries: ${answer.status}`);
	const areas = (await answer.json()) as Areas;
	const svg = picture(table.caption, WIDTH, HEIGHT);

	drawProvinces(svg, table, areas);
	return [svg, drawLegend(table)];
}
