import { languageNow, say, speak } from '../../api/language';
import { isLanguage, LANGUAGES } from '../../core/words';

/** Each language under its own name: whoever needs it does not read the others. */
export function LanguageChoice() {
	return (
		<select
			class="input language"
			aria-label={say('web.frame.language')}
			value={languageNow()}
			onChange={(event) => {
				const chosen = event.currentTarget.value;

				if (isLanguage(chosen)) void speak(chosen);
			}}
		>
			{Object.entries(LANGUAGES).map(([code, { name }]) => (
				<option key={code} value={code} lang={code}>
					{name}
				</option>
			))}
		</select>
	);
}
