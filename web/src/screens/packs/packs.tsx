/*
 * Blank forms for a day without power, each pack with a case number that is reserved for it
 * before it is printed.  They are typed in afterwards where a household is registered.
 */
import { useState } from 'preact/hooks';

import { languageNow, say } from '../../api/language';
import { get } from '../../api/server';
import { wholeNumber } from '../../core/digits';
import type { Language } from '../../core/words';
import { Button } from '../../parts/button/button';
import { NumberField } from '../../parts/field/digits_field';
import { SheetLanguage } from '../../parts/field/sheet_language';
import { type Form, useForm } from '../../parts/form/form';
import { FormFrame } from '../../parts/form/form_frame';
import { Notice } from '../../parts/notice/notice';
import { useAsked } from '../../parts/page/asked';
import { Answered, Page, Section } from '../../parts/page/page';
import { PrintSheet } from '../../parts/printing/printing';
import { Say } from '../../parts/say/say';
import { useWordsOf } from '../counselling/hers';
import { Pack } from './pack';

interface Wanted {
	/** As typed. */
	readonly packs: string;
	readonly adults: string;
	readonly language: Language;
}

/** A stack that somebody still reads through before it is filled in. */
const PACKS_MAX = 50;
const ADULTS_MAX = 8;

/** Null: it is none, or too many. */
function countOf(typed: string, most: number): number | null {
	const count = wholeNumber(typed);

	return count !== null && count >= 1 && count <= most ? count : null;
}

export default function Packs() {
	const form = useForm<Wanted>('packs', () => ({
		packs: '10',
		adults: '2',
		language: languageNow(),
	}));

	if (form.now.state === 'recorded')
		return <Printing form={form} numbers={form.now.recorded.reserved ?? []} />;
	return (
		<Page title={say('web.packs.title')}>
			<p>{say('web.packs.what')}</p>
			<Section title={say('web.packs.print')}>
				<Wish form={form} />
			</Section>
		</Page>
	);
}

function Wish({ form }: { readonly form: Form<Wanted> }) {
	const [missing, setMissing] = useState<readonly string[]>([]);
	const { packs, adults, language } = form.value;

	function submit() {
		const count = countOf(packs, PACKS_MAX);
		const people = countOf(adults, ADULTS_MAX);

		setMissing([
			...(count === null ? [say('web.packs.count')] : []),
			...(people === null ? [say('web.packs.adults')] : []),
		]);
		if (count !== null && people !== null)
			form.submit([{ kind: 'case-numbers.reserved', subject: 'here', count }]);
	}

	return (
		<FormFrame
			form={form}
			does={say('web.packs.reserve')}
			missing={missing}
			onSubmit={submit}
		>
			<div class="columns">
				<NumberField
					label={say('web.packs.count')}
					most={PACKS_MAX}
					required
					value={packs}
					onChange={(typed) => form.change({ packs: typed })}
				/>
				<NumberField
					label={say('web.packs.adults')}
					hint={say('web.packs.adults-hint')}
					most={ADULTS_MAX}
					required
					value={adults}
					onChange={(typed) => form.change({ adults: typed })}
				/>
				<SheetLanguage
					value={language}
					onChange={(chosen) => form.change({ language: chosen })}
				/>
			</div>
		</FormFrame>
	);
}

interface PrintingProps {
	readonly form: Form<Wanted>;
	readonly numbers: readonly string[];
}

function Printing({ form, numbers }: PrintingProps) {
	const { language } = form.value;
	const adults = countOf(form.value.adults, ADULTS_MAX) ?? 1;
	const hers = useAsked(
		(signal) => get('Form', '/api/form', { signal, language }),
		[language],
	);
	const inHers = useWordsOf(language);
	const inEnglish = useWordsOf('en');

	return (
		<Page title={<span class="not-printed">{say('web.packs.title')}</span>}>
			<div class="not-printed stack">
				<Notice
					sort="care"
					title={
						<Say
							k="web.packs.reserved"
							values={[
								numbers[0] ?? '',
								numbers.at(-1) ?? '',
							]}
						/>
					}
				/>
				<p>
					<Button onPress={form.clear}>
						{say('web.packs.others')}
					</Button>
				</p>
			</div>
			<Answered asked={hers}>
				{(text) =>
					inHers &&
					inEnglish && (
						<PrintSheet language={language}>
							{numbers.map((number) => (
								<Pack
									key={number}
									number={number}
									adults={adults}
									text={text}
									inWords={
										language === 'en'
											? [inHers]
											: [
													inHers,
													inEnglish,
												]
									}
								/>
							))}
						</PrintSheet>
					)
				}
			</Answered>
		</Page>
	);
}
