import { expect, test } from 'vitest';

import { hrefOf, routeOf } from './route';

test('an address reads back as what it was made of', () => {
	for (const args of [[], ['3f0a'], ['a/b', '#?%']])
		expect(routeOf(hrefOf('household', ...args))).toEqual({
			screen: 'household',
			args,
		});
});

test('nothing, and what makes no sense, is the first screen', () => {
	for (const hash of ['', '#', '#/', '#/%E0%A4%A'])
		expect(routeOf(hash)).toEqual({ screen: '', args: [] });
});
