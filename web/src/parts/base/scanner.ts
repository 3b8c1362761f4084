/* Listens for hand scanners, wherever the focus is; core/wedge tells them from hands. */
import { useEffect, useRef } from 'preact/hooks';

import { wedge } from '../../core/wedge';

/** A busy tablet may come late to keys that were pressed in time: they are waited for. */
const REST_MS = 120;

type Box = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function boxWithFocus(): Box | null {
	const { activeElement: box } = document;

	return box instanceof HTMLInputElement ||
		box instanceof HTMLTextAreaElement ||
		box instanceof HTMLSelectElement
		? box
		: null;
}

/** As a hand does, where the caret stands. */
function typeText(text: string): void {
	const box = boxWithFocus();

	if (!text || !box || box instanceof HTMLSelectElement) return;
	const { selectionStart: start, selectionEnd: end } = box;

	// A box to be ticked has no caret.
	if (start === null || end === null) return;
	box.setRangeText(text, start, end, 'end');
	box.dispatchEvent(new InputEvent('input', { bubbles: true, data: text }));
}

/** What stands in the box with the focus, and how it comes to stand there again. */
function keptBox(): () => void {
	const box = boxWithFocus();
	const value = box?.value;

	return () => {
		if (!box || value === undefined || box.value === value) return;
		box.value = value;
		for (const name of ['input', 'change'])
			box.dispatchEvent(new Event(name, { bubbles: true }));
	};
}

/** `onScan` is called with what was scanned, and when. */
export function useScanner(onScan: (text: string, at_ms: number) => void): void {
	const take = useRef(onScan);

	take.current = onScan;
	useEffect(() => {
		const scanner = wedge();
		let timer: ReturnType<typeof setTimeout> | undefined;
		let putBack = keptBox();

		function press(event: KeyboardEvent): void {
			const pressed = scanner.press(event);

			clearTimeout(timer);
			timer = setTimeout(() => typeText(scanner.rest()), REST_MS);
			switch (pressed.state) {
				case 'typing':
					typeText(pressed.typed);
					if (pressed.begins) putBack = keptBox();
					return;
				case 'held':
					event.preventDefault();
					return;
				case 'read':
					event.preventDefault();
					// The first keys have typed before they were known to be a scanner's.
					putBack();
					take.current(pressed.text, event.timeStamp);
			}
		}

		addEventListener('keydown', press, { capture: true });
		return () => {
			clearTimeout(timer);
			removeEventListener('keydown', press, { capture: true });
		};
	}, []);
}
