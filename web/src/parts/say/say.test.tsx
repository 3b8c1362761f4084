// @vitest-environment happy-dom
import { render } from 'preact';
import { expect, it } from 'vitest';

import { words } from '../../api/language';
import { Day } from '../when/when';
import { Say } from './say';

function shown(language: 'en' | 'ur') {
	const at = document.createElement('p');

	words.value = {
		language,
		sentences: { 'web.applies.from-to': '{1} – {2}' },
	};
	render(
		<Say
			k="web.applies.from-to"
			values={[<Day key="day" iso="2025-04-04" />, 'PoR']}
		/>,
		at,
	);
	return [...at.children].map((child) => child.getAttribute('dir'));
}

it('a day in two calendars runs as the reader reads, and a text as it is written', () => {
	expect(shown('ur')).toEqual(['rtl', 'auto']);
	expect(shown('en')).toEqual(['ltr', 'auto']);
});
