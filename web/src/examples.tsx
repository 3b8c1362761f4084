/*
 * Every part in its states, one below the other, for looking at and for scripts/look: what a
 * folder in parts/ exports as `examples`.  No part of the built client.
 */
import './parts/base/base.css';

import { type ComponentChild, render } from 'preact';

import { firstLanguage, speak } from './api/language';
import { session } from './api/session';

/** By what is to be seen; drawn when it is shown. */
export type Examples = Readonly<Record<string, () => ComponentChild>>;

const modules = import.meta.glob<{ examples: Examples }>('./parts/*/examples.tsx', { eager: true });

function Example({
	name,
	draw: Draw,
}: {
	readonly name: string;
	readonly draw: () => ComponentChild;
}) {
	return (
		<section class="card stack" data-example={name}>
			<h2 class="small quiet" lang="en" dir="ltr">
				{name}
			</h2>
			<Draw />
		</section>
	);
}

function Gallery() {
	// One alone where it covers the others: examples.html?dialog
	const wanted = decodeURIComponent(location.search.slice(1));
	const all = Object.entries(modules).flatMap(([path, { examples }]) =>
		Object.entries(examples).map(([name, draw]) => ({
			name: `${path.split('/')[2] ?? ''}: ${name}`,
			draw,
		})),
	);

	return (
		<main class="page stack">
			<h1>ikhtiar</h1>
			{all
				.filter(({ name }) =>
					wanted ? name.includes(wanted) : !name.startsWith('dialog'),
				)
				.map(({ name, draw }) => (
					<Example key={name} name={name} draw={draw} />
				))}
		</main>
	);
}

await speak(firstLanguage());
session.value = {
	standing: 'in',
	site: 'Peshawar Azakhel',
	demo: true,
	locked: false,
	now: '2026-11-26T09:00:00+05:00',
	moment: 0,
	token: 'asks nobody',
};
render(<Gallery />, document.getElementById('app') ?? document.body);
