/*
 * The declaration on one A4 page: the exact text that she marks, in her language and, where
 * that is another, in English; room for her mark, the witness and the receipt.
 *
 * It may be printed before her answer is recorded, to be marked, and after, with the receipt.
 */
import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import { get } from '../../api/server';
import { session, today } from '../../api/session';
import { LANGUAGES, type Language, say as sayIn, type Words } from '../../core/words';
import { CODES, type Form, type Person } from '../../gen/api';
import type { Key } from '../../gen/keys';
import { Button } from '../../parts/button/button';
import { FlagField } from '../../parts/field/choice_field';
import { useAsked } from '../../parts/page/asked';
import { Answered, Page } from '../../parts/page/page';
import { PrintSheet } from '../../parts/printing/printing';
import { Qr } from '../../parts/qr/qr';
import { dayText } from '../../parts/when/when';
import { useWordsOf } from './hers';
import type { Answer, Talk } from './talk';

const COPIES = 3;

interface DeclarationProps {
	readonly talk: Talk;
	readonly onDone: () => void;
}

export function Declaration({ talk, onDone }: DeclarationProps) {
	const [hasCopies, setCopies] = useState(false);
	const { language } = talk.held.value;
	const hers = useAsked(
		(signal) => get('Form', '/api/form', { signal, language }),
		[language],
	);
	const english = useAsked(
		(signal) => get('Form', '/api/form', { signal, language: 'en' }),
		[],
	);
	const inHers = useWordsOf(language);
	const inEnglish = useWordsOf('en');
	const pages = hasCopies ? COPIES + 1 : 1;

	return (
		<Page title={say('web.counselling.declaration')}>
			<div class="not-printed row">
				<Button onPress={onDone}>{say('web.form.cancel')}</Button>
				<FlagField
					label={say('web.declaration.copies', COPIES)}
					value={hasCopies}
					onChange={setCopies}
				/>
			</div>
			<Answered asked={hers}>
				{(form) => (
					<Answered asked={english}>
						{(second) =>
							inHers &&
							inEnglish && (
								<PrintSheet language={language}>
									{Array.from(
										{ length: pages },
										(_, copy) => (
											<OnePage
												key={
													copy
												}
												talk={
													talk
												}
												form={
													form
												}
												second={
													language ===
													'en'
														? null
														: second
												}
												inWords={
													language ===
													'en'
														? [
																inHers,
															]
														: [
																inHers,
																inEnglish,
															]
												}
												copy={
													copy
												}
											/>
										),
									)}
								</PrintSheet>
							)
						}
					</Answered>
				)}
			</Answered>
		</Page>
	);
}

interface OnePageProps {
	readonly talk: Talk;
	readonly form: Form;
	/** In English, where hers is another. */
	readonly second: Form | null;
	/** Of both languages. */
	readonly inWords: readonly Words[];
	/** 0: the original */
	readonly copy: number;
}

/** A label in both languages, hers first. */
function Both({
	inWords,
	k,
	values = [],
}: {
	readonly inWords: readonly Words[];
	readonly k: Key | 'field.witness';
	readonly values?: readonly number[];
}) {
	return (
		<>
			{inWords.map((words) => (
				<bdi
					key={words.language}
					class="declaration-label"
					lang={words.language}
				>
					{sayIn(words, k, ...values)}
				</bdi>
			))}
		</>
	);
}

function OnePage({ talk, form, second, inWords, copy }: OnePageProps) {
	const { person, held, chosen } = talk;
	const { answer } = chosen.value;
	const receipt =
		chosen.now.state === 'recorded'
			? chosen.now.recorded.recorded[0]?.receipt
			: undefined;

	return (
		<section class="declaration">
			<header class="declaration-head">
				<bdi>{session.value?.site}</bdi>
				<span>
					{copy === 0 ? (
						<Both
							inWords={inWords}
							k="web.declaration.original"
						/>
					) : (
						<Both
							inWords={inWords}
							k="web.declaration.copy"
							values={[copy]}
						/>
					)}
				</span>
				<span>
					{inWords.map((words) => (
						<bdi key={words.language} class="declaration-label">
							{dayText(today(), words)}
						</bdi>
					))}
				</span>
			</header>
			<Who person={person} />
			<FormText form={form} language={held.value.language} answer={answer} />
			{second && (
				<div class="declaration-second">
					<FormText form={second} language="en" answer={answer} />
				</div>
			)}
			<footer class="declaration-foot">
				<div class="declaration-box">
					<Both inWords={inWords} k="web.declaration.mark" />
				</div>
				<div class="declaration-box">
					<Both inWords={inWords} k="field.witness" />
					<p>
						<bdi>{chosen.value.witness}</bdi>
					</p>
				</div>
				<div class="declaration-box">
					{receipt === undefined ? (
						<Both
							inWords={inWords}
							k="web.declaration.receipt-here"
						/>
					) : (
						<Qr
							text={receipt}
							label={say('web.declaration.receipt')}
						/>
					)}
				</div>
			</footer>
		</section>
	);
}

function Who({ person }: { readonly person: Person }) {
	return (
		<p class="declaration-who">
			<strong>
				<bdi>{person.name}</bdi>
			</strong>
			<bdi>{person.alias}</bdi>
		</p>
	);
}

const BOX = '[ ]';

/** Line by line as it is hashed; the boxes are drawn, and hers is marked. */
function FormText({
	form,
	language,
	answer,
}: {
	readonly form: Form;
	readonly language: Language;
	readonly answer: Answer | '';
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
