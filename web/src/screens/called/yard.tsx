/* The screen in the yard is loaded when it is asked for: no desk needs it. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** The screen behind "#/called", which needs nobody to be in. */
export const YARD = 'called';

export function Yard() {
	const [Content, setContent] = useState<ComponentType>();

	useEffect(() => {
		// Where it does not come the page stays empty until it is loaded anew.
		void import('./called').then((loaded) => setContent(() => loaded.default));
	}, []);
	return Content ? <Content /> : null;
}
