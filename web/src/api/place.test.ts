// @vitest-environment happy-dom
import { expect, test } from 'vitest';

import { holdPlace } from './place';

/** What a browser does when somebody goes back to `hash`. */
function goBackTo(hash: string): void {
	history.replaceState(null, '', hash);
	dispatchEvent(new PopStateEvent('popstate'));
}

test('back leads nowhere while the place is held, and somewhere again afterwards', () => {
	location.hash = '#/counselling/3f';
	const letGo = holdPlace();

	goBackTo('#/find');
	expect(location.hash).toBe('#/counselling/3f');
	letGo();
	goBackTo('#/find');
	expect(location.hash).toBe('#/find');
});
