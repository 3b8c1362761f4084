// The cross-table of bench/figures.c in DuckDB, on as many threads as it likes: the same
// columns, made in SQL from the row's number, in a table in memory.
//
//   crosstable.mjs ROWS      prints "duckdb_s SECONDS" and "duckdb_sum SUM"

import { DuckDBInstance } from '@duckdb/node-api';

const rows = Number(process.argv[2]);
const rounds = 7;
const db = await (await DuckDBInstance.create(':memory:')).connect();

await db.run(`
	CREATE TABLE people AS
	SELECT ((h >> 16) % 170)::USMALLINT AS area, ((h >> 8) % 4)::UTINYINT AS grp,
	       ((h >> 12) % 3)::UTINYINT AS sex, ((h >> 4) % 6)::UTINYINT AS age
	FROM (SELECT (i * 2654435761) & 4294967295 AS h FROM range(${rows}) t(i))`);

const query = 'SELECT area, grp, sex, age, count(*) AS n FROM people GROUP BY area, grp, sex, age';
const times = [];
let cells;
for (let round = 0; round < rounds; round++) {
	const begun = performance.now();
	cells = (await db.runAndReadAll(query)).getRows();
	times.push((performance.now() - begun) / 1000);
}
times.sort((a, b) => a - b);

const sum = cells.reduce(
	(all, [area, group, sex, age, n]) => all + Number(n) * (((area * 4 + group) * 3 + sex) * 6 + age + 1),
	0,
);
console.log(`duckdb_s ${times[(rounds - 1) / 2]}`);
console.log(`duckdb_sum ${sum % 1000003}`);
