/* Rows under headings; on a narrow screen each row stands as a card, its headings beside. */
import './table.css';

import type { ComponentChildren } from 'preact';

export interface Column<Row> {
	readonly title: string;
	readonly cell: (row: Row) => ComponentChildren;
	readonly isNumber?: boolean;
	/** Says what its row is about: on a narrow screen it stands above, without a heading. */
	readonly isHead?: boolean;
}

function classOf<Row>({ isNumber, isHead }: Column<Row>): string | undefined {
	if (isHead) return 'table-head';
	return isNumber ? 'table-number' : undefined;
}

interface TableProps<Row> {
	/** Said to who cannot see it; the screen has a heading above. */
	readonly caption: string;
	readonly columns: readonly Column<Row>[];
	readonly rows: readonly Row[];
	readonly keyOf: (row: Row) => string;
	/** Where there is no row. */
	readonly empty: string;
}

export function Table<Row>({ caption, columns, rows, keyOf, empty }: TableProps<Row>) {
	if (!rows.length) return <p class="quiet">{empty}</p>;
	// Roles: a table that is drawn as cards would else be none to a reader of the screen.
	return (
		<table class="table" role="table">
			<caption class="unseen">{caption}</caption>
			<thead role="rowgroup">
				<tr role="row">
					{columns.map((column) => (
						<th
							key={column.title}
							scope="col"
							role="columnheader"
						>
							{column.title}
						</th>
					))}
				</tr>
			</thead>
			<tbody role="rowgroup">
				{rows.map((row) => (
					<tr key={keyOf(row)} role="row">
						{columns.map((column) => (
							<td
								key={column.title}
								role="cell"
								class={classOf(column)}
								data-title={column.title}
							>
								<div>{column.cell(row)}</div>
							</td>
						))}
					</tr>
				))}
			</tbody>
		</table>
	);
}
