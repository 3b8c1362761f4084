/*
 * Keeps the files of the client, so that a reload without network still shows the draft.
 * Nothing of the register is ever kept here: /api is not answered.
 */
/// <reference lib="webworker" />
export type {};

declare const self: ServiceWorkerGlobalScope;

// The build puts the list in its place; see vite.config.ts.
const files = JSON.parse('FILES_OF_THE_SHELL') as readonly string[];
const CACHE = `shell ${files.join(' ')}`;

async function keepShell(): Promise<void> {
	const cache = await caches.open(CACHE);

	await cache.addAll(['/', ...files]);
	await self.skipWaiting();
}

async function forgetOlder(): Promise<void> {
	const names = await caches.keys();

	await Promise.all(
		names.filter((name) => name !== CACHE).map((name) => caches.delete(name)),
	);
	await self.clients.claim();
}

async function kept(address: string): Promise<Response | undefined> {
	return (await caches.open(CACHE)).match(address);
}

/** The page from the server while it is there, since a newer one may be. */
async function page(request: Request): Promise<Response> {
	try {
		return await fetch(request);
	} catch (lost) {
		const shell = await kept('/');

		if (shell) return shell;
		throw lost;
	}
}

/** A file's name says what is in it: what is kept is as good as the server's. */
async function file(request: Request, name: string): Promise<Response> {
	return (await kept(name)) ?? fetch(request);
}

self.addEventListener('install', (event) => event.waitUntil(keepShell()));
self.addEventListener('activate', (event) => event.waitUntil(forgetOlder()));
self.addEventListener('fetch', (event) => {
	const { origin, pathname } = new URL(event.request.url);

	if (event.request.method !== 'GET' || origin !== self.location.origin) return;
	if (event.request.mode === 'navigate') event.respondWith(page(event.request));
	else if (files.includes(pathname)) event.respondWith(file(event.request, pathname));
});
