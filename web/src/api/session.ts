/*
 * How this browser stands with the server, and who sits before it.
 *
 *   nobody    the login page
 *   somebody  the screens, drawn for that account
 *   away      the same screens, covered, until she or a colleague comes back
 *
 * `sitting` is whose screens are drawn: it outlives a PIN that is due and a session that
 * has ended, and goes only when somebody leaves on purpose or another takes the seat.
 *
 * The pages of one browser share one seat: who leaves it in one has left it in all.
 */
import { computed, effect, signal } from '@preact/signals';

import { dayOfIso } from '../core/dates';
import { type Drafts, draftsOf, keyOfBase64 } from '../core/drafts';
import type { Login, OpenSession, Session } from '../gen/api';
import { languageNow } from './language';
import { forget, keepTouched, remember, remembered } from './reload';
import { type Answer, get, post, reached, stand } from './server';
import { draftStore } from './store';

export const session = signal<Session | null>(null);
export const sitting = signal<string | null>(null);
/** The name of who sits here; it outlives her session, as `sitting` does. */
export const sitterName = signal('');
export const drafts = signal<Drafts | null>(null);

/** What she may do; it outlives her session too, else her screen would be taken away. */
const deeds = signal<readonly string[]>([]);

/** Somebody sits here, and the server wants to know whether it is still she. */
export const isAway = computed(() => sitting.value !== null && session.value?.standing !== 'in');

export function may(deed: string): boolean {
	return deeds.value.includes(deed);
}

// --- the site's clock, which is not this tablet's

let clockAhead_ms = 0;

function setClock(now: string): void {
	clockAhead_ms = Date.parse(now) - Date.now();
}

export function siteNow_ms(): number {
	return Date.now() + clockAhead_ms;
}

/** "+05:00" */
export function siteOffset(): string {
	return /[+-]\d\d:\d\d$/.exec(session.value?.now ?? '')?.[0] ?? '+00:00';
}

/** "2026-11-26T14:05:00.000+05:00": what the wall showed when this tablet's clock showed that. */
export function siteTime(tablet_ms: number): string {
	const [, sign = '+', hours = '0', minutes = '0'] =
		/([+-])(\d\d):(\d\d)/.exec(siteOffset()) ?? [];
	const offset_min = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
	const local = new Date(tablet_ms + clockAhead_ms + offset_min * 60_000).toISOString();

	return local.slice(0, -1) + siteOffset();
}

/** Today at the site, in days since 1970. */
export function today(): number {
	return dayOfIso(siteTime(Date.now()).slice(0, 10)) ?? 0;
}

// --- taking what the server says of the session

function openDrafts(account: string, key: CryptoKey): void {
	drafts.value = draftsOf(account, key, { crypto, store: draftStore, now: () => Date.now() });
}

async function takeKey(now: Session): Promise<void> {
	if (!now.account || !now.draft_key) return;
	const key = await keyOfBase64(now.draft_key, crypto);

	openDrafts(now.account, key);
	await remember(now, key);
}

async function put(now: Session): Promise<void> {
	setClock(now.now);
	const isAnother = now.account !== undefined && now.account !== sitting.value;

	if (now.standing === 'in' && (isAnother || !drafts.value)) await takeKey(now);
	// That she was here is forgotten at once; her key follows, and no picture waits for it.
	if (now.standing !== 'in') void forget();
	session.value = now;
	if (now.name !== undefined) sitterName.value = now.name;
	if (now.deeds !== undefined) deeds.value = now.deeds;
	if (now.standing === 'in' || now.standing === 'code') sitting.value = now.account ?? null;
}

/** One after the other: what came last is what stays. */
let taking = Promise.resolve();

function take(now: Session): Promise<void> {
	taking = taking.catch(() => undefined).then(() => put(now));
	return taking;
}

/** How often this page has come, gone or come back. */
let moves = 0;

async function moving(asked: Promise<Answer<Session>>): Promise<Answer<Session>> {
	const answer = await asked;

	if (answer.state === 'ok') {
		moves++;
		await take(answer.value);
		tell('moved');
	}
	return answer;
}

/** At once, whatever the server says to it. */
function cover(): void {
	const now = session.value;

	moves++;
	if (now?.standing === 'in') session.value = { ...now, standing: 'pin' };
}

// --- the other pages of this browser

const others = new BroadcastChannel('ikhtiar.session');

type Told = 'covered' | 'moved';

function tell(what: Told): void {
	others.postMessage(what);
}

others.onmessage = ({ data }: MessageEvent<Told>) => {
	if (data === 'covered') cover();
	else if (sitting.peek() !== null) void lookAtSession();
};

/**
 * The page was loaded anew and the server does not answer: who sat here a moment ago goes on
 * with her drafts.  False: nobody did.
 */
export async function resume(): Promise<boolean> {
	const found = await remembered();

	if (!found) return false;
	openDrafts(found.account, found.key);
	setClock(found.session.now);
	session.value = found.session;
	sitterName.value = found.session.name ?? '';
	deeds.value = found.session.deeds ?? [];
	sitting.value = found.account;
	return true;
}

// Who went on so has no token; the first answer of the server is the time to ask for it.
effect(() => {
	if (reached.value && session.value?.standing === 'in' && !session.value.token)
		void lookAtSession();
});

const COMING = { waitsForSession: false } as const;

export async function lookAtSession(): Promise<Answer<Session>> {
	const before = moves;
	const answer = await get('Session', '/api/session', COMING);

	// Whoever has come back meanwhile is not sent away by what was so before.
	if (answer.state === 'ok' && moves === before) await take(answer.value);
	return answer;
}

export function logIn(login: Login): Promise<Answer<Session>> {
	// The first login of the day unlocks the register and reads all of it.
	return moving(post('Session', '/api/login', login, { ...COMING, wait_ms: 180_000 }));
}

/** Going away, while the server has not heard of it. */
let going: Promise<unknown> = Promise.resolve();

export async function openAgain(how: OpenSession): Promise<Answer<Session>> {
	// Overtaken by its own going away, a right PIN would be asked for once more.
	await going;
	return moving(post('Session', '/api/session/open', how, COMING));
}

export async function switchTo(account: string, pin: string): Promise<Answer<Session>> {
	await going;
	return moving(post('Session', '/api/session/switch', { account, pin }, COMING));
}

export function setPin(pin: string): Promise<Answer<Session>> {
	return moving(post('Session', '/api/session/pin', { pin }));
}

export async function goAway(): Promise<void> {
	cover();
	tell('covered');
	going = forget().then(() => moving(post('Session', '/api/session/away', {}, COMING)));
	await going;
}

/** Away, and nothing is to be seen, not even that somebody's PIN is asked. */
export const isCalm = signal(false);

/** Hides everything at once; the first touch asks for the PIN. */
export async function hide(): Promise<void> {
	isCalm.value = true;
	await goAway();
}

// While the screen is turned to somebody else, loading the page anew must not turn it back.
const TURNED = 'turned';

export function keepTurned(isTurned: boolean): void {
	if (isTurned) sessionStorage.setItem(TURNED, '');
	else sessionStorage.removeItem(TURNED);
}

export async function hideIfTurned(): Promise<void> {
	if (sessionStorage.getItem(TURNED) === null) return;
	keepTurned(false);
	await hide();
}

/** Nobody sits here any more; what was typed and not recorded is wiped. */
export async function logOut(): Promise<Answer<Session>> {
	await drafts.value?.wipe();
	const answer = await moving(post('Session', '/api/logout', {}, COMING));

	leave();
	return answer;
}

/** Another takes the seat; drafts stay behind their owner's key. */
export function leave(): void {
	void forget();
	drafts.value = null;
	sitting.value = null;
	deeds.value = [];
}

/** The register is locked for everybody. */
export async function lockRegister(): Promise<Answer<Session>> {
	const answer = await moving(post('Session', '/api/lock'));

	if (answer.state === 'ok') leave();
	return answer;
}

// --- coming back

function standsAgain(): Promise<boolean> {
	return new Promise((resolve) => {
		const who = sitting.peek();
		const stop = effect(() => {
			if (sitting.value !== who) resolve(false);
			else if (session.value?.standing === 'in') resolve(true);
			else return;
			queueMicrotask(() => stop());
		});
	});
}

stand({
	token: () => session.value?.token,
	language: languageNow,
	comeBack: async () => {
		if (sitting.value === null) return false;
		const answer = await lookAtSession();

		return answer.state === 'ok' && standsAgain();
	},
});

// --- the browser believes that the network has gone, or is back

// The server may be on this very machine, so that only its answer tells.
for (const turn of ['offline', 'online'])
	addEventListener(turn, () => {
		if (sitting.peek() !== null) void lookAtSession();
	});

// --- nobody has touched the screen for a while

/** Covers the screen when nobody has touched it for as long as the server allows. */
export function watchIdle(): void {
	let touched_ms = Date.now();
	const touch = () => {
		touched_ms = Date.now();
	};

	for (const sort of ['pointerdown', 'keydown', 'wheel'])
		addEventListener(sort, touch, { passive: true, capture: true });
	setInterval(() => {
		const idle_s = session.value?.idle_s ?? Infinity;

		keepTouched(touched_ms);
		if (session.value?.standing === 'in' && Date.now() - touched_ms > idle_s * 1000)
			void goAway();
	}, 5_000);
}
