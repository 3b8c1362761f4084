/* What stands on paper in two languages: hers first, and that of who files it. */
import { LANGUAGES, say, type TableKey, type Words } from '../../core/words';
import type { Key } from '../../gen/keys';

interface InBothProps {
	readonly inWords: readonly Words[];
	readonly said: (words: Words) => string;
}

/**
 * Each in its own direction, which is said: of a sentence that begins with a value, isolated
 * as values are, a browser guesses that it runs from left to right.
 */
export function InBoth({ inWords, said }: InBothProps) {
	return (
		<>
			{inWords.map((words) => (
				<bdi
					key={words.language}
					class="both"
					lang={words.language}
					dir={LANGUAGES[words.language].rtl ? 'rtl' : 'ltr'}
				>
					{said(words)}
				</bdi>
			))}
		</>
	);
}

interface BothProps {
	readonly inWords: readonly Words[];
	readonly k: Key | TableKey;
	readonly values?: readonly number[];
}

export function Both({ inWords, k, values = [] }: BothProps) {
	return <InBoth inWords={inWords} said={(words) => say(words, k, ...values)} />;
}
