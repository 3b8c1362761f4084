// How good pairs and clusters are, where it is known who is who.
//
//   score.mjs NAME PAIRS CLUSTERS ID CLUSTER LIST [LIST]
//
// PAIRS and CLUSTERS (`-`: none) are as `ikhtiar match` writes them.  ID is the column of the
// lists that names a record, CLUSTER an expression of SQL over their columns that is the
// same for records of one person.  Prints, as "NAME_what value", F1 of the pairs that are
// called the same, of the best threshold, of all pairs within clusters, and the share of the
// pairs to be found that is there at any threshold.

import { one, open } from './duckdb.mjs';

const [name, pairs, clusters, id, cluster, ...lists] = process.argv.slice(2);
const db = await open();
const last = lists.length;

await db.run(lists.map((list, i) => `${i ? 'INSERT INTO truth' : 'CREATE TABLE truth AS'}
	SELECT trim(${id}) AS id, trim(${cluster}) AS person, ${i + 1} AS list
	FROM read_csv('${list}', all_varchar = true)`).join(';'));
await db.run(`CREATE TABLE pairs AS
	SELECT bits::DOUBLE AS bits, decision, a.person = b.person AS so
	FROM read_csv('${pairs}', all_varchar = true)
	JOIN truth a ON a.id = id_a AND a.list = 1 JOIN truth b ON b.id = id_b AND b.list = ${last}`);

const { all } = await one(db, `
	SELECT count(*)::DOUBLE AS all FROM truth a JOIN truth b USING (person)
	WHERE ${last === 2 ? 'a.list < b.list' : 'a.id < b.id'}`);
const f1 = ({ right, said }) => (2 * right) / (all + said);
const tell = (what, value) => console.log(`${name}_${what} ${value}`);
const counted = 'count(*) FILTER (so)::DOUBLE AS right, count(*)::DOUBLE AS said';

tell('own', f1(await one(db, `SELECT ${counted} FROM pairs WHERE decision = 'same'`)));
const best = await one(db, `
	SELECT bits, 2 * sum(so::INT) OVER w / (${all} + count(*) OVER w) AS f1
	FROM pairs WINDOW w AS (ORDER BY bits DESC) ORDER BY f1 DESC LIMIT 1`);
tell('best', best.f1);
tell('best_bits', best.bits);
const met = await one(db, `SELECT ${counted} FROM pairs`);
tell('met', met.right / all);
if (clusters !== '-') {
	tell('clusters', f1(await one(db, `
		WITH c AS (SELECT id, c.cluster AS said, person, list
			FROM read_csv('${clusters}', all_varchar = true) c JOIN truth USING (id))
		SELECT ${counted.replace('so', 'a.person = b.person')}
		FROM c a JOIN c b ON a.said = b.said
		WHERE ${last === 2 ? 'a.list < b.list' : 'a.id < b.id'}`)));
}
