/* A language that somebody speaks. */
import { say } from '../../api/language';
import type { Key } from '../../gen/keys';
import type { LabelProps } from './labelled';
import { SelectList } from './select_list';

/** ISO 639-3, of languages that are spoken here; data/languages has all. */
const SPOKEN = {
	pbu: 'web.language.pbu',
	pbt: 'web.language.pbt',
	pst: 'web.language.pst',
	prs: 'web.language.prs',
	haz: 'web.language.haz',
	uzs: 'web.language.uzs',
	tuk: 'web.language.tuk',
	bal: 'web.language.bal',
	urd: 'web.language.urd',
	eng: 'web.language.eng',
} as const satisfies Record<string, Key>;

interface LanguageFieldProps extends LabelProps {
	/** ISO 639-3; empty: not said */
	readonly value: string;
	readonly onChange: (value: string) => void;
}

export function LanguageField(props: LanguageFieldProps) {
	return (
		<SelectList
			{...props}
			options={Object.entries(SPOKEN).map(([code, key]) => [code, say(key)])}
		/>
	);
}
