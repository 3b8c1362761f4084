// What `ikhtiar names` found, and what it says of itself.
//
//   found.mjs FOUND ASKED STATS
//
// FOUND: query, rank, id, bits.  Ids of list and questions begin with what they are, up to a
// colon.  STATS: a file with what `--stats` printed.  Prints "recall SHARE" and each figure.

import { readFileSync } from 'node:fs';

const [found, asked, stats] = process.argv.slice(2);
const lines = (file) => readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => line.split('\t'));
const what = (id) => id.split(':')[0];

const right = new Set(lines(found).filter(([query, , id]) => what(query) === what(id)).map(([query]) => query));
console.log(`recall ${right.size / lines(asked).length}`);
const figures = JSON.parse(readFileSync(stats, 'utf8').match(/\{[^]*\}/)[0]);
for (const [name, value] of Object.entries(figures)) if (typeof value === 'number') console.log(`${name} ${value}`);
