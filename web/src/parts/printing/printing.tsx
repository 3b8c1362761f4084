/*
 * A sheet to be printed from the browser.  While it is shown the page's title names nobody,
 * since a browser prints the title; @page leaves no room for the browser's own head and foot.
 *
 * Where a print is a fact, paper comes by the sheet's own button alone: the browser's way to
 * print, of which nobody is told, gives a page that says so.
 */
import './printing.css';

import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { say } from '../../api/language';
import { type Language, LANGUAGES } from '../../core/words';
import { Button } from '../button/button';

const ISSUED = 'sheet-issued';

interface PrintSheetProps {
	/** Of the sheet itself, which need not be the reader's. */
	readonly language: Language;
	readonly children: ComponentChildren;
	/** Told before the printer's dialog opens: a print may be a fact. */
	readonly onPrint?: () => Promise<boolean>;
}

export function PrintSheet({ language, children, onPrint }: PrintSheetProps) {
	useEffect(() => {
		const before = document.title;

		document.title = say('web.print.title');
		return () => {
			document.title = before;
		};
	}, []);

	const sheet = useRef<HTMLElement>(null);

	async function start() {
		if (onPrint && !(await onPrint())) return;
		sheet.current?.classList.add(ISSUED);
		// A telephone prints after print() has come back.
		addEventListener('afterprint', () => sheet.current?.classList.remove(ISSUED), {
			once: true,
		});
		print();
	}

	return (
		<div class="stack">
			<div class="not-printed">
				<Button look="main" onPress={() => void start()}>
					{say('web.print.now')}
				</Button>
			</div>
			{onPrint && (
				<p class="sheet-not-issued">
					{say('web.print.not-issued', say('web.print.now'))}
				</p>
			)}
			<article
				ref={sheet}
				class={onPrint ? 'sheet sheet-noted' : 'sheet'}
				lang={language}
				dir={LANGUAGES[language].rtl ? 'rtl' : 'ltr'}
			>
				{children}
			</article>
		</div>
	);
}
