// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { drawLines } from './lines';
import { apart, drawMap, roughly } from './map';
import { drawPyramid } from './pyramid';
import { drawStrips } from './strips';
import { largest, readTable } from './table';

const TABLE = `<table><caption>People by year</caption>
<thead><tr><th>Year</th><th>Refugees</th><th>Others</th></tr></thead>
<tbody>
<tr><th>2023</th><td data-value="1200"><bdi>1,200</bdi></td><td>–</td></tr>
<tr data-area="PK6"><th>2024</th><td data-value="900"><bdi>900</bdi></td><td data-value="7"><bdi>7</bdi></td></tr>
</tbody></table>`;

function table() {
	document.body.innerHTML = TABLE;
	return readTable(document.querySelector('table') as HTMLTableElement);
}

beforeEach(() => {
	document.documentElement.dir = 'ltr';
});

describe('a table', () => {
	it('is read with its heads, its numbers and what has none', () => {
		expect(table()).toEqual({
			caption: 'People by year',
			heads: ['Refugees', 'Others'],
			rightToLeft: false,
			rows: [
				{
					label: '2023',
					area: undefined,
					cells: [
						{ value: 1200, said: '1,200' },
						{ value: undefined, said: '–' },
					],
				},
				{
					label: '2024',
					area: 'PK6',
					cells: [
						{ value: 900, said: '900' },
						{ value: 7, said: '7' },
					],
				},
			],
		});
	});

	it('knows its largest number, of all and of a column', () => {
		expect(largest(table())).toBe(1200);
		expect(largest(table(), 1)).toBe(7);
	});
});

describe('lines', () => {
	it('have a name for who cannot see them, and a legend', () => {
		const [svg, legend] = drawLines(table());

		expect(svg?.getAttribute('role')).toBe('img');
		expect(svg?.getAttribute('aria-label')).toBe('People by year');
		expect(legend?.textContent).toBe('RefugeesOthers');
	});

	it('leave out what the source does not give', () => {
		const [svg] = drawLines(table());
		const paths = [...(svg?.querySelectorAll('path') ?? [])];

		expect(paths).toHaveLength(2);
		expect(paths[0]?.getAttribute('d')).toContain('L');
		expect(paths[1]?.getAttribute('d')).not.toContain('L');
	});

	it('run from right to left where people write so', () => {
		const firstX = () => {
			const [svg] = drawLines(table());
			const d = svg?.querySelector('path')?.getAttribute('d') ?? '';

			return Number(/^M([\d.]+)/.exec(d)?.[1]);
		};
		const ltr = firstX();

		document.documentElement.dir = 'rtl';
		expect(ltr).toBeLessThan(380);
		expect(firstX()).toBeGreaterThan(380);
	});
});

describe('a pyramid', () => {
	it('has a bar and a number for each row and sex', () => {
		const [svg] = drawPyramid(table());

		expect(svg?.querySelectorAll('rect')).toHaveLength(4);
		expect(svg?.textContent).toContain('1,200');
	});
});

describe('the steps of a map', () => {
	it('are told in two digits', () => {
		expect(roughly(0)).toBe('0');
		expect(roughly(1234567)).toBe('1,200,000');
		expect(roughly(87)).toBe('87');
	});
});

describe('strips', () => {
	const one = `<table><caption>Returns</caption>
<thead><tr><th>Week</th><th>Spontaneous</th><th>Deported</th><th>Unknown</th></tr></thead>
<tbody>
<tr><th>2025-04-06</th><td data-value="20">20</td><td>*</td><td>*</td></tr>
<tr><th>2025-04-13</th><td data-value="10">10</td><td data-value="5">5</td><td>*</td></tr>
</tbody></table>`;

	function strips(html = one) {
		document.body.innerHTML = html;
		return drawStrips(readTable(document.querySelector('table') as HTMLTableElement));
	}

	it('stand one below the other, and none where nothing is told', () => {
		const [svg] = strips();
		const names = [...(svg?.querySelectorAll('.strong') ?? [])].map(
			(n) => n.textContent,
		);

		expect(names).toEqual(['Spontaneous', 'Deported']);
		expect(svg?.textContent).toContain('2025-04-13');
	});

	it('have one scale, on which a star is no bar', () => {
		const [svg] = strips();
		const heights = [...(svg?.querySelectorAll('rect') ?? [])].map((bar) =>
			Number(bar.getAttribute('height')),
		);

		expect(heights[0]).toBe(2 * (heights[1] ?? 0));
		expect(heights[2]).toBe(0);
		expect(heights[3]).toBe((heights[1] ?? 0) / 2);
	});

	it('run from right to left where people write so', () => {
		document.documentElement.dir = 'rtl';
		const xs = [...(strips()[0]?.querySelectorAll('rect') ?? [])].map((bar) =>
			Number(bar.getAttribute('x')),
		);

		expect(xs[0]).toBeGreaterThan(xs[1] ?? 0);
	});

	it('are none where all is stars', () => {
		expect(strips(one.replaceAll(/ data-value="\d+"/g, ''))).toEqual([]);
	});
});

describe('a map', () => {
	/** Two provinces: PK6 with two districts side by side, PK7 with one below them. */
	const areas = {
		type: 'Topology',
		arcs: [
			[
				[0, 0],
				[0, 1],
				[1, 1],
				[1, 0],
				[0, 0],
			],
			[
				[1, 0],
				[1, 1],
				[2, 1],
				[2, 0],
				[1, 0],
			],
			[
				[0, -1],
				[0, 0],
				[2, 0],
				[2, -1],
				[0, -1],
			],
		],
		objects: {
			pak: {
				type: 'GeometryCollection',
				geometries: [
					{
						type: 'Polygon',
						id: 'PK601',
						properties: { parent: 'PK6' },
						arcs: [[0]],
					},
					{
						type: 'Polygon',
						id: 'PK602',
						properties: { parent: 'PK6' },
						arcs: [[1]],
					},
					{
						type: 'Polygon',
						id: 'PK701',
						properties: { parent: 'PK7' },
						arcs: [[2]],
					},
				],
			},
			afg: { type: 'GeometryCollection', geometries: [] },
		},
	};

	async function map(rows: string) {
		document.body.innerHTML = `<table><caption>Arrests</caption>
<thead><tr><th>Where</th><th>Arrests</th></tr></thead><tbody>${rows}</tbody></table>`;
		vi.stubGlobal('fetch', () =>
			Promise.resolve(new Response(JSON.stringify(areas), { status: 200 })),
		);
		const [svg] = await drawMap(
			readTable(document.querySelector('table') as HTMLTableElement),
			new URL('http://127.0.0.1/areas.json'),
		);

		vi.unstubAllGlobals();
		return svg;
	}

	it('colours the districts that the table tells, and no other', async () => {
		const svg = await map(
			'<tr data-area="PK601"><th>Attock</th><td data-value="20">20</td></tr>' +
				'<tr data-area="PK701"><th>Badin</th><td>*</td></tr>',
		);

		expect(svg?.querySelectorAll('.area')).toHaveLength(1);
		expect(svg?.querySelector('.area title')?.textContent).toBe('Attock: 20');
		expect(svg?.querySelectorAll('.untold')).toHaveLength(1);
	});

	it('leaves out the name of a small district that would lie on a larger number', () => {
		expect(
			apart([
				[400, 300],
				[430, 310],
				[400, 400],
				[600, 300],
			]),
		).toEqual([
			[400, 300],
			[400, 400],
			[600, 300],
		]);
	});

	it('makes a province of its districts', async () => {
		const svg = await map(
			'<tr data-area="PK6"><th>Punjab</th><td data-value="20">20</td></tr>',
		);

		expect(svg?.querySelectorAll('.area')).toHaveLength(1);
		expect(svg?.querySelector('.name')?.textContent).toBe('Punjab20');
	});
});
