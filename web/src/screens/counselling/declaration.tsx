/*
 * The declaration on one A4 page: the exact text that she marks, in her language and, where
 * that is another, in English; room for her mark, the witness and the receipt.
 *
 * It may be printed before her answer is recorded, to be marked, and after, with the receipt;
 * also again, when the paper was lost.  That it went to the printer is a fact each time.
 */
import { useState } from 'preact/hooks';

import { newKey, record } from '../../api/facts';
import { say } from '../../api/language';
import { get } from '../../api/server';
import { session, today } from '../../api/session';
import { proposalOf } from '../../core/sender';
import type { Words } from '../../core/words';
import type { Form, Problem, Receipt } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { FlagField } from '../../parts/field/choice_field';
import { useAsked } from '../../parts/page/asked';
import { Answered, Page } from '../../parts/page/page';
import { Both, InBoth } from '../../parts/printing/both';
import { FormText } from '../../parts/printing/form_text';
import { PrintSheet } from '../../parts/printing/printing';
import { ProblemNotice } from '../../parts/problem/problem';
import { Qr } from '../../parts/qr/qr';
import { dayText } from '../../parts/when/when';
import { useWordsOf } from './hers';
import type { Answer, Talk } from './talk';

const COPIES = [1, 2, 3] as const;

interface DeclarationProps {
	readonly talk: Talk;
	readonly onDone: () => void;
}

export function Declaration({ talk, onDone }: DeclarationProps) {
	const [hasOriginal, setOriginal] = useState(true);
	const [hasCopies, setCopies] = useState(false);
	const [problem, setProblem] = useState<Problem>();
	const { language } = talk.held.value;
	const hers = useAsked(
		(signal) => get('Form', '/api/form', { signal, language }),
		[language],
	);
	const english = useAsked(
		(signal) => get('Form', '/api/form', { signal, language: 'en' }),
		[],
	);
	const receipts = useAsked(
		(signal) => get('Receipts', `/api/people/${talk.person.id}/receipts`, { signal }),
		[talk.person.id],
	);
	const inHers = useWordsOf(language);
	const inEnglish = useWordsOf('en');
	const isEnglish = language === 'en';
	const sheets = [...(hasOriginal ? [0] : []), ...(hasCopies ? COPIES : [])];
	const marked = markedOf(talk, receipts.state === 'ok' ? receipts.value.receipts : []);

	/** Whether it may go to the printer: it does once that is on record. */
	async function notePrint(form: Form): Promise<boolean> {
		const sent = await record(
			proposalOf(newKey(), [
				{
					kind: 'declaration.printed',
					subject: talk.person.id,
					form: form.hash,
					sheets,
				},
			]),
		);

		setProblem(sent.state === 'recorded' ? undefined : sent.problem);
		return sent.state === 'recorded';
	}

	return (
		<Page title={say('web.counselling.declaration')}>
			<div class="not-printed stack">
				<div class="row">
					<Button onPress={onDone}>{say('web.form.cancel')}</Button>
					<FlagField
						label={say('web.declaration.with-original')}
						value={hasOriginal}
						onChange={setOriginal}
					/>
					<FlagField
						label={say('web.declaration.copies', COPIES.length)}
						value={hasCopies}
						onChange={setCopies}
					/>
				</div>
				<p class="quiet">{say('web.declaration.noted')}</p>
				{problem && <ProblemNotice problem={problem} />}
			</div>
			<Answered asked={hers}>
				{(form) => (
					<Answered asked={english}>
						{(second) =>
							inHers &&
							inEnglish &&
							sheets.length > 0 && (
								<PrintSheet
									language={language}
									onPrint={() =>
										notePrint(form)
									}
								>
									{sheets.map((sheet) => (
										<OnePage
											key={sheet}
											talk={talk}
											marked={
												marked
											}
											form={form}
											second={
												isEnglish
													? null
													: second
											}
											inWords={
												isEnglish
													? [
															inHers,
														]
													: [
															inHers,
															inEnglish,
														]
											}
											sheet={
												sheet
											}
										/>
									))}
								</PrintSheet>
							)
						}
					</Answered>
				)}
			</Answered>
		</Page>
	);
}

/** What the paper says of her answer. */
interface Marked {
	readonly answer: Answer | '';
	readonly receipt?: string | undefined;
}

/**
 * The answer that is being filled in or was just recorded; where none is, the one that stands,
 * with the receipt that she was given for it.
 */
function markedOf({ person, chosen }: Talk, receipts: readonly Receipt[]): Marked {
	const { answer } = chosen.value;

	if (chosen.now.state === 'recorded')
		return { answer, receipt: chosen.now.recorded.recorded[0]?.receipt };
	if (answer || !person.choice) return { answer };
	const given = receipts.findLast(
		({ kind, recorded }) => kind === 'choice.made' && recorded === person.choice?.at,
	);

	return { answer: person.choice.answer, receipt: given?.receipt };
}

interface OnePageProps {
	readonly talk: Talk;
	readonly marked: Marked;
	readonly form: Form;
	/** In English, where hers is another. */
	readonly second: Form | null;
	/** Of both languages. */
	readonly inWords: readonly Words[];
	/** 0: the original; else which copy */
	readonly sheet: number;
}

function OnePage({ talk, marked, form, second, inWords, sheet }: OnePageProps) {
	const { person, held, chosen } = talk;
	const { answer, receipt } = marked;

	return (
		<section class="one-page declaration">
			<header class="one-page-head">
				<bdi>{session.value?.site}</bdi>
				<span>
					{sheet === 0 ? (
						<Both
							inWords={inWords}
							k="web.declaration.original"
						/>
					) : (
						<Both
							inWords={inWords}
							k="web.declaration.copy"
							values={[sheet]}
						/>
					)}
				</span>
				<span>
					<InBoth
						inWords={inWords}
						said={(words) => dayText(today(), words)}
					/>
				</span>
			</header>
			<p class="declaration-who">
				<strong>
					<bdi>{person.name}</bdi>
				</strong>
				<bdi>{person.alias}</bdi>
			</p>
			<FormText form={form} language={held.value.language} answer={answer} />
			{second && (
				<div class="declaration-second">
					<FormText form={second} language="en" answer={answer} />
				</div>
			)}
			<footer class="one-page-foot">
				<div class="paper-box">
					<Both inWords={inWords} k="web.declaration.mark" />
				</div>
				<div class="paper-box">
					<Both inWords={inWords} k="field.witness" />
					<p>
						<bdi>{chosen.value.witness}</bdi>
					</p>
				</div>
				<div class="paper-box">
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
