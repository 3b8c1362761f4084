/**
 * The tables of the public pages, as pictures read them: nothing is drawn that does not stand
 * in a table below.
 */

export interface Cell {
	/** Absent: the source gives none, which is not zero. */
	value: number | undefined;
	/** As the page says it. */
	said: string;
}

export interface Row {
	label: string;
	/** P-code, where the row is an area. */
	area: string | undefined;
	cells: Cell[];
}

export interface Table {
	caption: string;
	/** Of the columns with numbers. */
	heads: string[];
	rows: Row[];
	rightToLeft: boolean;
}

function textOf(node: Element | null): string {
	return node?.textContent.trim() ?? '';
}

function cellOf(td: HTMLTableCellElement): Cell {
	const given = td.dataset['value'];

	return { value: given === undefined ? undefined : Number(given), said: textOf(td) };
}

function rowOf(tr: HTMLTableRowElement): Row {
	return {
		label: textOf(tr.querySelector('th')),
		area: tr.dataset['area'],
		cells: [...tr.querySelectorAll('td')].map(cellOf),
	};
}

export function readTable(table: HTMLTableElement): Table {
	return {
		caption: textOf(table.caption),
		heads: [...table.querySelectorAll('thead th')].slice(1).map(textOf),
		rows: [...table.querySelectorAll<HTMLTableRowElement>('tbody tr')].map(rowOf),
		rightToLeft: table.ownerDocument.documentElement.dir === 'rtl',
	};
}

/** The largest number of all, or of one column. */
export function largest(table: Table, column?: number): number {
	const values = table.rows.flatMap(({ cells }) =>
		(column === undefined ? cells : cells.slice(column, column + 1)).map(
			({ value }) => value ?? 0,
		),
	);

	return Math.max(0, ...values);
}
