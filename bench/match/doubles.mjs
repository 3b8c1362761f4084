// Doubles of a register as one finds them in SQL: blocking rules, levels of agreement by
// Jaro-Winkler, weights by expectation and maximisation over the patterns; what Splink does,
// written out.
//
//   doubles.mjs LIST PAIRS text|sound
//
// text: names as they were typed.  sound: names in ICU's Latin letters, blocked by their
// double metaphone (columns given_sound, father_sound) and with a level for it.

import { open, rows } from './duckdb.mjs';

const [list, pairs, how] = process.argv.slice(2);
const sound = how === 'sound';
const db = await open();
const key = (column) => (sound ? `${column}_sound` : column);

await db.run(`CREATE TABLE people AS SELECT *, year(try_cast(birth_date AS DATE)) AS born
	FROM read_csv('${list}', all_varchar = true, nullstr = '')`);

const name = (c) => `CASE WHEN a.${c} IS NULL OR b.${c} IS NULL THEN 0 WHEN a.${c} = b.${c} THEN 4
	WHEN jaro_winkler_similarity(a.${c}, b.${c}) >= 0.92 THEN 3
	WHEN ${sound && c !== 'grandfather' ? `a.${c}_sound = b.${c}_sound OR ` : ''}
		jaro_winkler_similarity(a.${c}, b.${c}) >= 0.8 THEN 2 ELSE 1 END`;
const plain = (c) => `CASE WHEN a.${c} IS NULL OR b.${c} IS NULL THEN 0 WHEN a.${c} = b.${c} THEN 2 ELSE 1 END`;
const levels = {
	given: name('given'),
	father: name('father'),
	grandfather: name('grandfather'),
	sex: plain('sex'),
	area: plain('area'),
	birth: `CASE WHEN a.born IS NULL OR b.born IS NULL THEN 0 WHEN a.birth_date = b.birth_date THEN 4
		WHEN a.born = b.born THEN 3 WHEN abs(a.born - b.born) <= 1 THEN 2 ELSE 1 END`,
};
const columns = Object.keys(levels);
const top = { given: 4, father: 4, grandfather: 4, sex: 2, area: 2, birth: 4 };
const select = columns.map((c) => `${levels[c]} AS ${c}`).join(', ');

const blocks = [
	[key('given'), key('father')],
	[key('given'), 'birth_date'],
	[key('father'), 'birth_date'],
	[key('given'), 'area', 'born'],
].map((keys) => keys.map((k) => `a.${k} = b.${k}`).join(' AND '));
await db.run(`CREATE TABLE met AS SELECT DISTINCT x, y FROM (${blocks
	.map((b) => `SELECT a.rec_id AS x, b.rec_id AS y FROM people a JOIN people b ON ${b} WHERE a.rec_id < b.rec_id`)
	.join(' UNION ALL ')})`);
await db.run(`CREATE TABLE compared AS SELECT x, y, ${select}
	FROM met JOIN people a ON a.rec_id = x JOIN people b ON b.rec_id = y`);

// How strangers agree, over random pairs.
const strangers = await rows(db, `SELECT ${columns.join(', ')}, count(*)::DOUBLE AS n FROM (
	SELECT ${select} FROM (SELECT * FROM people USING SAMPLE reservoir(1500 ROWS) REPEATABLE (1)) a,
		(SELECT * FROM people USING SAMPLE reservoir(1500 ROWS) REPEATABLE (2)) b
	WHERE a.rec_id <> b.rec_id) GROUP BY ALL`);
const patterns = await rows(db, `SELECT ${columns.join(', ')}, count(*)::DOUBLE AS n FROM compared GROUP BY ALL`);

function shares(weighted, c) {
	const sums = Array(top[c] + 1).fill(0.5);
	for (const [row, weight] of weighted) sums[row[c]] += weight;
	const all = sums.slice(1).reduce((x, y) => x + y);
	return sums.map((n, level) => (level ? n / all : 1));
}
const each = (weighted) => Object.fromEntries(columns.map((c) => [c, shares(weighted, c)]));
const product = (by, row) => columns.reduce((p, c) => p * by[c][row[c]], 1);

const u = each(strangers.map((row) => [row, row.n]));
let m = Object.fromEntries(columns.map((c) => [c, top[c] === 2 ? [1, 0.1, 0.9] : [1, 0.05, 0.1, 0.15, 0.7]]));
const n = Number((await rows(db, 'SELECT count(*)::DOUBLE AS n FROM people'))[0].n);
const all = (n * (n - 1)) / 2;
let doubles = n / 10;
for (let round = 0; round < 30; round++) {
	const weighted = patterns.map((row) => {
		const d = doubles * product(m, row);
		return [row, (row.n * d) / (d + all * product(u, row))];
	});
	m = each(weighted);
	doubles = weighted.reduce((sum, [, weight]) => sum + weight, 1);
}

const bits = columns.map((c) => `[${m[c].map((p, level) => Math.log2(p / u[c][level]))}][${c} + 1]`);
await db.run(`COPY (
	SELECT x AS id_a, y AS id_b, bits, 1 / (1 + pow(2, -bits)) AS probability, CASE WHEN bits >= 0 THEN 'same' ELSE 'ask' END AS decision
	FROM (SELECT x, y, ${Math.log2(doubles / all)} + ${bits.join(' + ')} AS bits FROM compared) WHERE bits > -13
	) TO '${pairs}' (HEADER)`);
console.log(`pairs ${patterns.reduce((sum, row) => sum + row.n, 0)}`);
