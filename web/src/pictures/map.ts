/**
 * Provinces or districts by how many people the last column has there, in five steps of one
 * colour from light to dark; what the table does not have has no colour.  Each province has
 * its name and number, of districts as many as the map has room for, those with the most
 * first and none on another; the others say theirs when pointed at, and all stand in the table.  No tiles: nobody
 * else hears which area was looked at.
 */
import { geoMercator, geoPath, type GeoPermissibleObjects } from 'd3-geo';
import { scaleQuantize } from 'd3-scale';
import { feature, merge, mesh } from 'topojson-client';
import type { FeatureCollection } from 'geojson';
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from 'topojson-specification';

import { legend, make, picture } from './svg';
import { type Cell, largest, type Row, type Table } from './table';

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

type Shape = Polygon | MultiPolygon;
type District = Shape & { id?: string; properties?: { parent?: string } };

/** What a row of the table has on the map. */
interface Place {
	row: Row;
	cell: Cell & { value: number };
	districts: District[];
}

const DISTRICT_NAMES_MAX = 6;
/** What a name and a number take on a telephone, where they are largest. */
const NAME_ROOM = [120, 54] as const;

type Point = [number, number];

/** Those of the points, the first of which matters most, whose names lie on no other's. */
export function apart(points: readonly Point[]): Point[] {
	const kept: Point[] = [];

	for (const [x, y] of points)
		if (
			kept.every(
				([otherX, otherY]) =>
					Math.abs(x - otherX) >= NAME_ROOM[0] ||
					Math.abs(y - otherY) >= NAME_ROOM[1],
			)
		)
			kept.push([x, y]);
	return kept;
}

function districtsOf(areas: Areas, code: string | undefined): District[] {
	return areas.objects.pak.geometries.filter((area): area is District => {
		const { id, properties } = area as District;

		return code !== undefined && (id === code || properties?.parent === code);
	});
}

function placesOf(table: Table, areas: Areas): Place[] {
	const last = table.heads.length - 1;

	return table.rows.flatMap((row) => {
		const { value, said } = row.cells[last] ?? { value: undefined, said: '' };
		const districts = districtsOf(areas, row.area);

		return value === undefined || !districts.length
			? []
			: [{ row, cell: { value, said }, districts }];
	});
}

function isDistrict({ row, districts: [first] }: Place): boolean {
	return first?.id === row.area;
}

/** All provinces, and the districts of which most is told. */
function named(places: Place[]): Set<Place> {
	const districts = places.filter(isDistrict);
	const most = districts.sort((a, b) => b.cell.value - a.cell.value);
	const silent = new Set(most.slice(DISTRICT_NAMES_MAX));

	return new Set(places.filter((place) => !silent.has(place)));
}

/** Of districts the provinces in which they lie fill the picture: they are small. */
function frameOf(places: Place[], all: FeatureCollection): FeatureCollection {
	const parents = new Set(
		places.map(({ row, districts: [first] }) =>
			first?.id === row.area ? first?.properties?.parent : undefined,
		),
	);

	return !parents.size || parents.has(undefined)
		? all
		: {
				...all,
				features: all.features.filter(({ properties }) =>
					parents.has(
						(properties as { parent?: string } | null)?.parent,
					),
				),
			};
}

function drawName({ row, cell }: Place, [centreX, centreY]: Point): SVGElement[] {
	const [asideX, asideY] = ASIDE[row.area ?? ''] ?? [0, 0];
	const x = centreX + asideX;
	const y = centreY + asideY;
	const text = make(
		'text',
		{ x, y, class: 'name' },
		make('tspan', { x, dy: '-0.2em' }, row.label),
		make('tspan', { x, dy: '1.2em' }, cell.said),
	);

	return asideX > 0
		? [
				make('line', {
					x1: centreX,
					y1: centreY,
					x2: x - 36,
					y2: y,
					class: 'leader',
				}),
				text,
			]
		: [text];
}

function drawAreas(svg: SVGSVGElement, table: Table, areas: Areas): void {
	const places = placesOf(table, areas);
	const withName = named(places);
	const step = scaleQuantize()
		.domain([0, largest(table, table.heads.length - 1)])
		.range(STEPS);
	const all = feature(areas, areas.objects.pak);
	const path = geoPath(geoMercator().fitSize([WIDTH, HEIGHT], frameOf(places, all)));
	const draw = (shape: GeoPermissibleObjects, name: string) =>
		make('path', { d: path(shape) ?? '', class: name });
	const borders = (name: string, isOne: (a: District, b: District) => boolean) =>
		draw(
			mesh(areas, areas.objects.pak, (a, b) =>
				isOne(a as District, b as District),
			),
			name,
		);
	const labels: SVGElement[] = [];
	const centre = ({ districts }: Place) => path.centroid(merge(areas, districts));
	const roomy = apart(
		[...withName]
			.filter(isDistrict)
			.sort((a, b) => b.cell.value - a.cell.value)
			.map(centre),
	);
	const hasRoom = (place: Place) => {
		const [x, y] = centre(place);

		return !isDistrict(place) || roomy.some(([atX, atY]) => atX === x && atY === y);
	};

	svg.append(draw(feature(areas, areas.objects.afg), 'land'), draw(all, 'untold'));
	for (const place of places) {
		const shape = merge(areas, place.districts);
		const area = draw(shape, `area step${step(place.cell.value)}`);

		area.append(make('title', {}, `${place.row.label}: ${place.cell.said}`));
		svg.append(area);
		if (withName.has(place) && hasRoom(place))
			labels.push(...drawName(place, path.centroid(shape)));
	}
	svg.append(
		borders('district', () => true),
		borders('province', (a, b) => a.properties?.parent !== b.properties?.parent),
		...labels,
	);
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

	drawAreas(svg, table, areas);
	return [svg, drawLegend(table)];
}
