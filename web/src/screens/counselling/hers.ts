/* The sentences of her language, which need not be the officer's. */
import { useEffect, useState } from 'preact/hooks';

import { wordsOf } from '../../api/language';
import type { Language, Words } from '../../core/words';

/** Null until they are here; those of the last language until the next are. */
export function useWordsOf(language: Language): Words | null {
	const [words, setWords] = useState<Words | null>(null);

	useEffect(() => {
		let isWanted = true;

		void wordsOf(language).then((found) => {
			if (isWanted && found) setWords(found);
		});
		return () => {
			isWanted = false;
		};
	}, [language]);
	return words;
}
