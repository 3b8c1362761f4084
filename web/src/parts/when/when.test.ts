import { expect, test } from 'vitest';

import { dayOfIso } from '../../core/dates';
import { dayText } from './when';

const PASHTO = {
	language: 'ps',
	sentences: {
		'web.date.day': '{1} {2} {3}',
		'web.date.both': '{1}، {2}',
		'web.month.april': 'اپریل',
		'web.month.hamal': 'وری',
	},
} as const;

test('a month is said in the words of the catalogue, whatever the browser knows of Pashto', () => {
	const said = dayText(dayOfIso('2025-04-01') ?? 0, PASHTO);

	expect(said).toContain('اپریل');
	expect(said).toContain('وری');
});
