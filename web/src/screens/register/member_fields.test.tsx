// @vitest-environment happy-dom
import { render } from 'preact';
import { useState } from 'preact/hooks';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { session } from '../../api/session';
import { type Change, emptyHousehold, withNext } from '../../core/household';
import { MemberFields } from './member_fields';

const FAMILY = 7;

function family() {
	let household = emptyHousehold();

	while (household.members.length < FAMILY) household = withNext(household);
	return household;
}

function Form() {
	const [household, setHousehold] = useState(family);
	const change: Change = (patch) =>
		setHousehold((now) => ({
			...now,
			...(typeof patch === 'function' ? patch(now) : patch),
		}));

	return (
		<form>
			{household.members.map((member) => (
				<MemberFields
					key={member.at}
					member={member}
					isAlone={false}
					change={change}
				/>
			))}
		</form>
	);
}

/** As a key does; what it leads to is drawn before this returns. */
async function type(box: HTMLInputElement, text: string): Promise<void> {
	box.value = text;
	box.dispatchEvent(new Event('input', { bubbles: true }));
	await vi.advanceTimersByTimeAsync(0);
}

beforeEach(() => {
	vi.useFakeTimers();
	session.value = {
		standing: 'in',
		site: 'Peshawar Azakhel',
		demo: true,
		locked: false,
		now: '2026-11-26T09:00:00+05:00',
		moment: 0,
		token: 'asks nobody',
	};
	document.body.replaceChildren();
	render(<Form />, document.body);
});

afterEach(() => {
	render(null, document.body);
	vi.useRealTimers();
});

test('a letter changes nothing of the form around its box until the hands rest', async () => {
	const last = document.querySelectorAll('.member').item(FAMILY - 1);
	const box = last.querySelector('input');
	const changed: MutationRecord[] = [];
	const watch = new MutationObserver((records) => changed.push(...records));

	if (!box) throw new Error('nobody can be typed');
	await vi.advanceTimersByTimeAsync(1000);
	watch.observe(document.body, {
		subtree: true,
		childList: true,
		characterData: true,
		attributes: true,
	});
	await type(box, 'G');

	expect(changed).toEqual([]);
	await vi.advanceTimersByTimeAsync(1000);
	expect(last.querySelector('legend')?.textContent).toBe('G');
	expect(changed).not.toEqual([]);
});

test('a name is typed letter by letter, and none is lost', async () => {
	const [first, second] = document.querySelectorAll<HTMLInputElement>('.member input');

	if (!first || !second) throw new Error('nobody can be typed');
	await type(first, 'Gul');
	await type(second, 'Nazar');
	await type(first, 'Gul Rahman');
	await vi.advanceTimersByTimeAsync(1000);

	expect(first.value).toBe('Gul Rahman');
	expect(second.value).toBe('Nazar');
});

test('what is asked of few is made when it is unfolded', async () => {
	const more = document.querySelector('details');
	const boxes = () => document.querySelectorAll('.member input, .member select').length;
	const before = boxes();

	if (!more) throw new Error('nothing to unfold');
	more.open = true;
	more.dispatchEvent(new Event('toggle'));
	await vi.advanceTimersByTimeAsync(0);

	expect(boxes()).toBeGreaterThan(before);
});
