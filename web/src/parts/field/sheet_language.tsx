/* In which of our languages something is printed, which need not be the reader's. */
import { say } from '../../api/language';
import { isLanguage, type Language, LANGUAGES } from '../../core/words';
import { Labelled } from './labelled';

interface SheetLanguageProps {
	readonly value: Language;
	readonly onChange: (language: Language) => void;
}

export function SheetLanguage({ value, onChange }: SheetLanguageProps) {
	return (
		<Labelled label={say('web.record.language')}>
			{(named) => (
				<select
					{...named}
					class="input language"
					value={value}
					onChange={(event) => {
						const chosen = event.currentTarget.value;

						if (isLanguage(chosen)) onChange(chosen);
					}}
				>
					{Object.entries(LANGUAGES).map(([code, { name }]) => (
						<option key={code} value={code} lang={code}>
							{name}
						</option>
					))}
				</select>
			)}
		</Labelled>
	);
}
