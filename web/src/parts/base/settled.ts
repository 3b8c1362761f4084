/* What need not follow each key: it is drawn when the hands rest. */
import { useEffect, useState } from 'preact/hooks';

const PAUSE_MS = 300;

/** `value` as it was when it had last not changed for a moment. */
export function useSettled<T>(value: T): T {
	const [settled, setSettled] = useState(() => value);

	useEffect(() => {
		const timer = setTimeout(() => setSettled(() => value), PAUSE_MS);

		return () => clearTimeout(timer);
	}, [value]);
	return settled;
}
