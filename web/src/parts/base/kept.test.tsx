// @vitest-environment happy-dom
import { render } from 'preact';
import { expect, test } from 'vitest';

import { kept } from './kept';

interface LineProps {
	readonly text: string;
	readonly note?: string;
	readonly onPress: () => void;
}

/** A line that knows how often it was drawn, and its page. */
function page() {
	let drawn = 0;
	const place = document.createElement('div');
	const Line = kept(({ text, note, onPress }: LineProps) => {
		drawn++;
		return (
			<button onClick={onPress}>
				{text}
				{note}
			</button>
		);
	});

	return {
		show: (props: LineProps) => render(<Line {...props} />, place),
		press: () => place.querySelector('button')?.click(),
		text: () => place.textContent,
		drawn: () => drawn,
	};
}

test('another function draws nothing anew, and is the one that is called', () => {
	const { show, press, drawn } = page();
	const called: string[] = [];

	show({ text: 'Zarmina', onPress: () => called.push('first') });
	show({ text: 'Zarmina', onPress: () => called.push('second') });
	press();

	expect(drawn()).toBe(1);
	expect(called).toEqual(['second']);
});

test('what is given no longer is no longer shown', () => {
	const { show, text } = page();

	show({ text: 'Zarmina', note: '!', onPress: () => undefined });
	show({ text: 'Zarmina', onPress: () => undefined });

	expect(text()).toBe('Zarmina');
});
