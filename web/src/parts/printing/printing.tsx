/*
 * A sheet to be printed from the browser.  While it is shown the page's title names nobody,
 * since a browser prints the title; @page leaves no room for the browser's own head and foot.
 */
import './printing.css';

import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';

import { say } from '../../api/language';
import { type Language, LANGUAGES } from '../../core/words';
import { Button } from '../button/button';

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

	async function start() {
		if (!onPrint || (await onPrint())) print();
	}

	return (
		<div class="stack">
			<div class="not-printed">
				<Button look="main" onPress={() => void start()}>
					{say('web.print.now')}
				</Button>
			</div>
			<article
				class="sheet"
				lang={language}
				dir={LANGUAGES[language].rtl ? 'rtl' : 'ltr'}
			>
				{children}
			</article>
		</div>
	);
}
