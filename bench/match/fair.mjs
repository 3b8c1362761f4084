// Whose doubles are found, and whose are not: a table in Markdown.
//
//   fair.mjs PAIRS LIST

import { open, rows } from './duckdb.mjs';

const [pairs, list] = process.argv.slice(2);
const db = await open();

await db.run(`CREATE TABLE people AS SELECT *,
	regexp_matches(concat(given, father), '[\u0600-\u06FF]') AS arabic,
	regexp_matches(concat(given, father, grandfather), '[ټډړږښځڅڼېۍګ]') AS pashto,
	year(try_cast(birth_date AS DATE)) AS born FROM read_csv('${list}', all_varchar = true)`);
const both = `a.cluster = b.cluster AS so, a.sex AS a_sex, b.sex AS b_sex, a.arabic AS a_arabic, b.arabic AS b_arabic,
	a.pashto OR b.pashto AS pashto, a.born AS a_born, b.born AS b_born,
	coalesce(a.birth_date, '') NOT LIKE '%-01-01' AND coalesce(b.birth_date, '') NOT LIKE '%-01-01' AS day_known`;
await db.run(`CREATE TABLE same AS SELECT id_a, id_b, ${both} FROM read_csv('${pairs}', all_varchar = true)
	JOIN people a ON a.rec_id = id_a JOIN people b ON b.rec_id = id_b WHERE decision = 'same'`);
await db.run(`CREATE TABLE doubles AS SELECT ${both},
	EXISTS (SELECT * FROM same WHERE (id_a, id_b) IN ((a.rec_id, b.rec_id), (b.rec_id, a.rec_id))) AS found
	FROM people a JOIN people b ON a.cluster = b.cluster AND a.rec_id < b.rec_id`);

const known = 'a_born IS NOT NULL AND b_born IS NOT NULL';
const groups = [
	['all', 'TRUE'],
	['women and girls', "a_sex = 'f'"],
	['men and boys', "a_sex = 'm'"],
	['both in Arabic letters', 'a_arabic AND b_arabic'],
	['both in Latin letters', 'NOT a_arabic AND NOT b_arabic'],
	['one in each script', 'a_arabic <> b_arabic'],
	['with Pashto letters', 'pashto'],
	['day of birth known', `${known} AND day_known`],
	['year known, ends in neither 0 nor 5', `${known} AND NOT day_known AND a_born % 5 <> 0 AND b_born % 5 <> 0`],
	['year heaped on 0 or 5', `${known} AND NOT day_known AND (a_born % 5 = 0 OR b_born % 5 = 0)`],
	['no birth on one side', `NOT (${known})`],
];

console.log('| who | doubles | found | wrong |\n| --- | --- | --- | --- |');
for (const [who, where] of groups) {
	const [found] = await rows(db, `SELECT count(*)::INT AS n, avg(found::INT) AS share FROM doubles WHERE ${where}`);
	const [wrong] = await rows(db, `SELECT avg((NOT so)::INT) AS share FROM same WHERE ${where}`);
	const share = (x) => (x === null ? '' : x);
	const percent = wrong.share === null ? '' : `${(100 * wrong.share).toFixed(1)} %`;
	console.log(`| ${who} | ${found.n.toLocaleString('en')} | ${share(found.share?.toFixed(3) ?? null)} | ${percent} |`);
}
