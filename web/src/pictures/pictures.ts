/**
 * The public pages' tables as pictures, above each table.  Without this script the tables
 * stand there alone; where a picture cannot be drawn, they do so, too.
 */
import { drawLines } from './lines';
import { drawMap } from './map';
import { drawPyramid } from './pyramid';
import { drawStrips } from './strips';
import { readTable, type Table } from './table';

const BOUNDARIES = new URL('areas.json', import.meta.url);

type Draw = (table: Table) => Element[] | Promise<Element[]>;

const pictures: Record<string, Draw> = {
	lines: drawLines,
	pyramid: drawPyramid,
	strips: drawStrips,
	map: (table) => drawMap(table, BOUNDARIES),
};

async function drawAbove(figure: HTMLElement): Promise<void> {
	const draw = pictures[figure.dataset['picture'] ?? ''];
	const table = figure.querySelector('table');

	if (draw && table) figure.prepend(...(await draw(readTable(table))));
}

await Promise.allSettled(
	[...document.querySelectorAll<HTMLElement>('figure[data-picture]')].map(drawAbove),
);
document.documentElement.dataset['pictures'] = 'drawn';
