// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';

import { drawLines } from './lines';
import { roughly } from './map';
import { drawPyramid } from './pyramid';
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
