import { expect, test } from 'vitest';

import { type Key, type Pressed, wedge } from './wedge';

const PLAIN = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, repeat: false };

/** The key of a letter, as a keyboard of the United States has it. */
function keyOf(letter: string): Omit<Key, 'timeStamp'> {
	const plain = { ...PLAIN, key: letter };
	const shifted = { ...plain, shiftKey: true };

	if (/[A-Z]/.test(letter)) return { ...shifted, code: `Key${letter}` };
	if (/[a-z]/.test(letter)) return { ...plain, code: `Key${letter.toUpperCase()}` };
	if (/\d/.test(letter)) return { ...plain, code: `Digit${letter}` };
	if (letter === ':') return { ...shifted, code: 'Semicolon' };
	if (letter === '<') return { ...shifted, code: 'Comma' };
	return { ...plain, code: 'Minus' };
}

/** Keys for a text, `gap_ms` apart. */
function keysOf(text: string, gap_ms: number, from_ms = 1000): Key[] {
	return Array.from(text, (letter, i) => ({
		...keyOf(letter),
		timeStamp: from_ms + i * gap_ms,
	}));
}

/** A key behind those, as soon as they. */
function behind(keys: readonly Key[], code: string, gap_ms: number): Key {
	const last_ms = keys.at(-1)?.timeStamp ?? 0;

	return { ...PLAIN, code, key: code, timeStamp: last_ms + gap_ms };
}

function scanOf(text: string, gap_ms: number, end = 'Enter'): Key[] {
	const keys = keysOf(text, gap_ms);

	return [...keys, behind(keys, end, gap_ms)];
}

function read(keys: readonly Key[]): string | null {
	const scanner = wedge();
	const last = keys.map((key) => scanner.press(key)).at(-1);

	return last?.state === 'read' ? last.text : null;
}

/** What stands in a box after all, in which a hand has typed these. */
function typed(keys: readonly Key[]): string {
	const scanner = wedge();
	const text = keys.map((key) => lettersOf(key, scanner.press(key))).join('');

	return text + scanner.rest();
}

function lettersOf({ key }: Key, pressed: Pressed): string {
	if (pressed.state !== 'typing') return '';
	return pressed.typed + (key.length > 1 ? '' : key);
}

const SLIP = 'IKS1:5R7T0W9K3M2N8P4Q6S1V7X0Y4Z2B';

test('a slip is read from its keys, under whatever layout they type', () => {
	expect(read(scanOf(SLIP, 8))).toBe(SLIP);
	expect(read(scanOf('PES-25-00064-J', 29))).toBe('PES-25-00064-J');
	expect(read(scanOf('P<AFGZARMINA<<', 5, 'Tab'))).toBe('P<AFGZARMINA<<');
	expect(read(scanOf(SLIP, 8).map((key) => ({ ...key, key: 'س' })))).toBe(SLIP);
});

test('what a hand types is no scan', () => {
	expect(read(scanOf(SLIP, 31))).toBeNull();
	expect(read(scanOf('ab', 5))).toBeNull();
});

test('keys of a very fast typist were swallowed: they are given back in their order', () => {
	const name = 'gulnazar';
	const fast = keysOf(name, 20);
	const slow = keysOf('y', 0, 1500);

	expect(typed([...fast, ...slow])).toBe('gulnazary');
	expect(typed(fast)).toBe(name);
});

test('seven fast letters and Enter are a hand: a burst has eight and its end key', () => {
	expect(read(scanOf('abcdefg', 5))).toBeNull();
	expect(typed(scanOf('abcdefg', 5))).toBe('abcdefg');
	expect(read(scanOf('abcdefgh', 5))).toBe('abcdefgh');
	expect(typed(scanOf('abcdefghi', 5, 'Escape'))).toBe('abcdefghi');
});

test('what is given back is what the layout types, not what a scanner would mean', () => {
	const scanner = wedge();
	const press = (says: (code: string) => string) => {
		for (const key of keysOf('sbabab', 10))
			scanner.press({ ...key, key: says(key.code) });
		return scanner.rest();
	};

	expect(press((code) => (code === 'KeyB' ? 'لا' : 'س'))).toBe('لاسلا');
	expect(press((code) => (code === 'KeyB' ? 'Dead' : 'س'))).toBe('س');
});

test('a key that is held down is no scanner, however fast it repeats', () => {
	const held = keysOf('aaaaaaaaaaaa', 10).map((key, i) => ({ ...key, repeat: i > 0 }));

	expect(typed(held)).toBe('aaaaaaaaaaaa');
	expect(read([...held, behind(held, 'Enter', 10)])).toBeNull();
});

test('a shortcut is nobody’s letter', () => {
	const keys = keysOf('abcdefgh', 5).map((key, i) => ({ ...key, ctrlKey: i === 7 }));

	expect(read([...keys, behind(keys, 'Enter', 5)])).toBeNull();
});

test('shift that is pressed on its own belongs to no burst and breaks none', () => {
	const keys = scanOf('IKS1ABCD', 10).flatMap((key) =>
		key.shiftKey ? [{ ...key, code: 'ShiftLeft', key: 'Shift' }, key] : [key],
	);

	expect(read(keys)).toBe('IKS1ABCD');
});

test('a scan after a pause begins anew', () => {
	const second = scanOf('IKS1WXYZ', 5).map((key) => ({
		...key,
		timeStamp: key.timeStamp + 500,
	}));

	expect(read([...keysOf('123', 5), ...second])).toBe('IKS1WXYZ');
});

test('a key that types nothing ends a burst', () => {
	const keys = scanOf('ABCDEFGHIJKL', 5);

	expect(read(keys.map((key, i) => (i === 3 ? { ...key, code: 'Escape' } : key)))).toBe(
		'EFGHIJKL',
	);
	expect(read(keys.map((key, i) => (i === 6 ? { ...key, code: 'Escape' } : key)))).toBeNull();
});
