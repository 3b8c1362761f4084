/* The text of the declaration as it is hashed, line by line; its boxes are drawn. */
import './form_text.css';

import { LANGUAGES, type Language } from '../../core/words';
import { type CodeWord, CODES, type Form } from '../../gen/api';

const BOX = '[ ]';

/** Hers is marked, where she has said which. */
export function FormText({
	form,
	language,
	answer,
}: {
	readonly form: Form;
	readonly language: Language;
	readonly answer?: CodeWord<'answer'> | '';
}) {
	const lines = form.text.trimEnd().split('\n');
	const boxes = lines.filter((line) => line.startsWith(BOX));

	return (
		<div
			class="declaration-text"
			lang={language}
			dir={LANGUAGES[language].rtl ? 'rtl' : 'ltr'}
		>
			{lines.map((line, i) =>
				line.startsWith(BOX) ? (
					<p key={i} class="declaration-answer">
						<span class="declaration-tick">
							{answer &&
								CODES.answer[
									boxes.indexOf(line)
								] === answer &&
								'✓'}
						</span>
						{line.slice(BOX.length)}
					</p>
				) : (
					<p key={i}>{line}</p>
				),
			)}
		</div>
	);
}
