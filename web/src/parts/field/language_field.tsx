/* A language that somebody speaks. */
import { say } from '../../api/language';
import type { Key } from '../../gen/keys';
import { type LabelProps, Labelled } from './labelled';

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
		<Labelled {...props}>
			{(named) => (
				<select
					{...named}
					class="input"
					value={props.value}
					onChange={(event) =>
						props.onChange(event.currentTarget.value)
					}
				>
					<option value="">{say('web.field.not-said')}</option>
					{Object.entries(SPOKEN).map(([code, key]) => (
						<option key={code} value={code}>
							{say(key)}
						</option>
					))}
				</select>
			)}
		</Labelled>
	);
}
