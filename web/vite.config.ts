import { defineConfig } from 'vitest/config';
import type { Plugin } from 'vite';

// The worker that keeps the shell has to know its files by name, and their names carry
// hashes of what is in them: the list takes the place of one string of its source.
function filesOfTheShell(): Plugin {
	return {
		name: 'files-of-the-shell',
		enforce: 'post',
		generateBundle(_, bundle) {
			// A font that few ask for is not asked for by the worker.
			const names = Object.keys(bundle).filter(
				(name) => name.startsWith('assets/') && !name.includes('nastaliq'),
			);
			const worker = bundle['sw.js'];

			if (worker?.type !== 'chunk') return;
			const list = JSON.stringify(names.sort().map((name) => `/${name}`));
			worker.code = worker.code.replace(
				/(["'`])FILES_OF_THE_SHELL\1/,
				JSON.stringify(list),
			);
		},
	};
}

interface Module {
	readonly importers: readonly string[];
	readonly importedIds: readonly string[];
	readonly dynamicallyImportedIds: readonly string[];
}

interface Modules {
	getModuleInfo(id: string): Module | null;
}

/** A module, and all that are found by following it. */
function reachedFrom(id: string, next: (id: string) => readonly string[]): readonly string[] {
	const met = new Set([id]);

	// A set that grows while it is walked gives what was added, too.
	for (const one of met) for (const other of next(one)) met.add(other);
	return [...met];
}

/*
 * What the first screen takes is one script with one style, beside the entry: a slowed tablet
 * spends longer on asking for twenty small files than on reading all of them.  The table of
 * screens is left to the entry: it knows the name of each, which changes with what is in it,
 * and each knows the name of the shell.
 */
function shellOf(id: string, modules: Modules): string | null {
	const of = (one: string) => modules.getModuleInfo(one);
	const isFirst = reachedFrom(id, (one) => of(one)?.importers ?? []).some((one) =>
		one.endsWith('/src/main.tsx'),
	);
	const opensScreens = reachedFrom(id, (one) => of(one)?.importedIds ?? []).some((one) =>
		of(one)?.dynamicallyImportedIds.some((screen) => screen.includes('/src/screens/')),
	);

	return isFirst && !opensScreens ? 'shell' : null;
}

// What is asked for by its name, whatever is in it.
const NAMES: Record<string, string> = { sw: 'sw.js', pictures: 'public/pictures.js' };

// scripts/dev says which.
const server = process.env['IKHTIAR_SERVER'];

export default defineConfig({
	plugins: [filesOfTheShell()],
	build: {
		target: 'chrome109',
		// Everything comes from the server itself, and its policy allows no data: addresses.
		assetsInlineLimit: 0,
		modulePreload: { polyfill: false },
		rolldownOptions: {
			// The pictures of the public pages stand beside these, under a name that lasts.
			input: {
				index: 'index.html',
				sw: 'src/sw.ts',
				pictures: 'src/pictures/pictures.ts',
			},
			output: {
				entryFileNames: (chunk) =>
					NAMES[chunk.name] ?? 'assets/[name]-[hash].js',
				codeSplitting: {
					groups: [{ debugName: 'shell', name: shellOf }],
				},
			},
		},
	},
	// The server gives what lies in this folder a policy of its own; see src/api/http.c.
	worker: {
		format: 'es',
		rolldownOptions: {
			output: {
				entryFileNames: 'assets/readers/[name]-[hash].js',
				chunkFileNames: 'assets/readers/[name]-[hash].js',
			},
		},
	},
	server: {
		host: '127.0.0.1',
		...(server && { proxy: { '/api': { target: server, changeOrigin: false } } }),
	},
	test: {
		include: ['src/**/*.test.{ts,tsx}'],
	},
});
