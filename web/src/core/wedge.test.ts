import { expect, test } from 'vitest';

import { type Key, wedge } from './wedge';

/** Keys for a text as a scanner presses them, `gap_ms` apart, and Enter behind. */
function keysOf(text: string, gap_ms: number, end = 'Enter'): Key[] {
	const keys = Array.from(text, (c): Omit<Key, 'timeStamp'> => {
		if (/[A-Z]/.test(c)) return { code: `Key${c}`, shiftKey: true };
		if (/[a-z]/.test(c)) return { code: `Key${c.toUpperCase()}`, shiftKey: false };
		if (/\d/.test(c)) return { code: `Digit${c}`, shiftKey: false };
		if (c === ':') return { code: 'Semicolon', shiftKey: true };
		if (c === '<') return { code: 'Comma', shiftKey: true };
		return { code: 'Minus', shiftKey: false };
	});

	return [...keys, { code: end, shiftKey: false }].map((key, i) => ({
		...key,
		timeStamp: 1000 + i * gap_ms,
	}));
}

function read(keys: readonly Key[]): string | null {
	const scanner = wedge();

	return keys.map((key) => scanner.press(key)).at(-1) ?? null;
}

const SLIP = 'IKS1:5R7T0W9K3M2N8P4Q6S1V7X0Y4Z2B';

test('a slip is read from its keys, under whatever layout they type', () => {
	expect(read(keysOf(SLIP, 8))).toBe(SLIP);
	expect(read(keysOf('PES-25-00064-J', 29))).toBe('PES-25-00064-J');
	expect(read(keysOf('P<AFGZARMINA<<', 5, 'Tab'))).toBe('P<AFGZARMINA<<');
});

test('what a hand types is no scan', () => {
	expect(read(keysOf(SLIP, 31))).toBeNull();
	expect(read(keysOf('ab', 5))).toBeNull();
});

test('shift that is pressed on its own belongs to no burst and breaks none', () => {
	const scanner = wedge();
	const keys = keysOf('IKS1ABC', 10).flatMap((key) =>
		key.shiftKey
			? [{ code: 'ShiftLeft', shiftKey: true, timeStamp: key.timeStamp }, key]
			: [key],
	);

	expect(keys.map((key) => scanner.press(key)).at(-1)).toBe('IKS1ABC');
});

test('a scan after a pause begins anew', () => {
	const scanner = wedge();
	const first = keysOf('123', 5).slice(0, 3);
	const second = keysOf('IKS1XYZ', 5).map((key) => ({
		...key,
		timeStamp: key.timeStamp + 500,
	}));

	expect([...first, ...second].map((key) => scanner.press(key)).at(-1)).toBe('IKS1XYZ');
});

test('a key that types nothing ends a burst', () => {
	const [a, b, c, ...rest] = keysOf('ABCDEFG', 5);
	const scanner = wedge();

	for (const key of [a, b, c]) if (key) scanner.press(key);
	scanner.press({ code: 'Escape', shiftKey: false, timeStamp: 1011 });
	expect(rest.map((key) => scanner.press(key)).at(-1)).toBeNull();
});
