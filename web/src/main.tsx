import './parts/base/base.css';

import { render } from 'preact';

import { followChanges } from './api/changes';
import { beginHand, firstLanguage, speak } from './api/language';
import { hideIfTurned, lookAtSession, resume, watchIdle } from './api/session';
import { App } from './screens/app';

async function start(): Promise<void> {
	beginHand();
	// Both at once: neither needs the other, and the first screen needs both.
	const [, stood] = await Promise.all([speak(firstLanguage()), lookAtSession()]);

	if (stood.state === 'silent') await resume();
	await hideIfTurned();
	render(<App />, document.getElementById('app') ?? document.body);
	watchIdle();
	followChanges();
	if ('serviceWorker' in navigator && import.meta.env.PROD)
		await navigator.serviceWorker.register('/sw.js').catch(() => undefined);
}

void start();
