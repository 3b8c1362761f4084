// The bare measures as the tables of docs/MATCHING.md, with what is asked and whether it holds.

import { readFileSync } from 'node:fs';

const m = new Map(readFileSync(process.argv[2], 'utf8').trimEnd().split('\n').map((line) => {
	const at = line.indexOf(' ');
	return [line.slice(0, at), Number(line.slice(at + 1))];
}));

const share = (x) => x.toFixed(3);
const whole = (x) => Math.round(x).toLocaleString('en');
const ms = (x) => `${x < 0.01 ? (x * 1000).toFixed(2) : whole(x * 1000)} ms`;
const s = (x) => `${x.toFixed(1)} s`;
const mb = (x) => `${whole(x / 1e6)} MB`;
const both = (name, shown) => (m.has(name) ? shown(m.get(name)) : '');

function table(heads, rows) {
	const line = (cells) => `| ${cells.join(' | ')} |`;
	console.log([line(heads), line(heads.map(() => '---')), ...rows.map(line), ''].join('\n'));
}

// What is asked, and whether it holds.
const least = (value, asked) => [`≥ ${asked}`, value >= asked ? 'yes' : 'NO'];
const most = (value, asked, shown) => [`≤ ${shown}`, value <= asked ? 'yes' : 'NO'];

function name(what, x, asked) {
	const of = (peer) => both(`names.${peer}${x}_recall`, share);
	const time = (peer) => both(`names.${peer}${x}_p99`, ms);
	const own = m.get(`names.${x}_recall`);
	return [what, whole(m.get(`names.${x}_asked`)), share(own), ...(asked ? least(own, asked) : ['', '']),
		of('sounds.'), of('trigrams.'), ['', 'sounds.', 'trigrams.'].map(time).join(' / ')];
}

function search(count, asked) {
	const of = (peer) => both(`search${count}.${peer}.asked_recall`, share);
	const own = m.get(`search${count}.recall`);
	const times = [m.get(`search${count}.p99_ms`) / 1000, ...['sounds', 'trigrams'].map((p) => m.get(`search${count}.${p}.asked_p99`))];
	return [`whole names among ${whole(count)} people`, whole(m.get(`search${count}.queries`)), share(own),
		...(asked ? least(own, asked) : ['', '']), of('sounds'), of('trigrams'),
		times.map((t) => (t === undefined ? '–' : ms(t))).join(' / ')];
}

const counts = [...m.keys()].flatMap((key) => key.match(/^search(\d+)\.recall$/)?.[1] ?? []);

console.log(`Found among ten; forms in Arabic letters: ${whole(m.get('names.forms'))}, Latin spellings: ${whole(m.get('names.latins'))}.\n`);
table(['what', 'asked', 'ikhtiar', 'must', 'holds', 'double metaphone on ICU', 'pg_trgm on ICU', 'p99 of each'], [
	name('Latin spelling → forms in Arabic letters', 'across', 0.92),
	name('form in Arabic letters → Latin spellings', 'back', 0.92),
	name('Latin spelling → another spelling', 'latin', 0.9),
	name('Latin spelling → names with Pashto letters', 'pashto', 0.96),
	...counts.map((count) => search(count, count === '100000' ? 0.88 : 0)),
]);

const limits = { 1000000: [0.002, '2 ms'], 10000000: [0.015, '15 ms'] };
console.log('The search:\n');
table(['what', 'ikhtiar', 'must', 'holds', 'double metaphone, pg_trgm'], counts.flatMap((count) => {
	const p99 = m.get(`search${count}.p99_ms`) / 1000, bytes = m.get(`search${count}.bytes_per_person`);
	const built = m.get(`search${count}.people_per_s`);
	const people = `${whole(count)} people`;
	return [
		[`p99 among ${people}`, `${ms(p99)} (CPU ${ms(m.get(`search${count}.p99_cpu_ms`) / 1000)})`, ...(limits[count] ? most(p99, ...limits[count]) : ['', '']),
			['sounds', 'trigrams'].map((p) => both(`search${count}.${p}.asked_p99`, ms)).join(', ')],
		[`bytes a person, ${people}`, whole(bytes), ...most(bytes, 80, '80'), ''],
		[`built a second, ${people}`, whole(built), ...least(built, 500000), ''],
	];
}));

function list(what, of, own, clusters) {
	const get = (measure) => m.get(`match.${of}_${measure}`);
	if (get('own') === undefined) return [];
	const theirs = (how) => both(`match.${of.replace('_alone', '')}_${how}_own`, share) && ['own', 'best'].map((x) => share(m.get(`match.${of.replace('_alone', '')}_${how}_${x}`))).join(' / ');
	const reached = clusters ? get('clusters') : get('own');
	return [[what, share(get('own')), share(get('best')), share(get('clusters')), own ? `${clusters ? 'clusters ' : ''}≥ ${own}` : '',
		own ? (reached >= own ? 'yes' : 'NO') : '', get('best') - get('own') <= 0.01 ? 'yes' : 'NO', theirs('text'), theirs('sound')]];
}

console.log('Lists: F1.  The peer’s two figures are those at its own and at its best threshold.\n');
table(['list', 'own threshold', 'best one', 'clusters', 'must', 'holds', 'within 0.01 of the best', 'DuckDB, names as typed', 'DuckDB, ICU and double metaphone'], [
	...list('register of 20,000, with households', 'register20', 0.95),
	...list('the same without households', 'register20_alone', 0.84),
	...list('register of 100,000, with households', 'register100', 0.95),
	...list('the same without households', 'register100_alone', 0.84),
	...list('register of 1,000,000, with households', 'million'),
	...list('febrl3', 'febrl3', 0.995),
	...list('febrl4', 'febrl4', 0.999),
	...list('febrl3, names and day of birth alone', 'febrl3_names', 0.92),
	...list('febrl4, names and day of birth alone', 'febrl4_names', 0.945),
	...list('RLdata10000', 'rldata10000', 0.965),
	...list('RLdata500', 'rldata500', 0.9),
	...list('historical figures, name in two columns', 'historical', 0.86, true),
	...list('historical figures, name in one column', 'historical_whole', 0.86, true),
]);

const cost = (of, peer) => [s(m.get(`${of}.wall_s`)), s(m.get(`${of}.cpu_s`)), mb(m.get(`${of}.peak_bytes`)), share(m.get(`match.${peer}_met`))];
console.log('What it costs, from the file to pairs and clusters:\n');
table(['list', 'who', 'wall', 'CPU', 'memory at its highest', 'doubles among the candidates'], [
	['register100', '100,000'], ['million', '1,000,000']].filter(([of]) => m.has(`${of}.wall_s`)).flatMap(([of, people]) => [
	[people, 'ikhtiar', ...cost(of, of)],
	[people, 'DuckDB, names as typed', ...cost(`${of}_text`, `${of}_text`)],
]));
