/*
 * A sheet of codes to try a scanner with, and what this tablet reads of them: a scanner that
 * types under another layout, or drops a sign, shows it here and not at the gate.
 */
import { useState } from 'preact/hooks';

import { languageNow, say } from '../../api/language';
import { useScanner } from '../../parts/base/scanner';
import { Button } from '../../parts/button/button';
import { Notice } from '../../parts/notice/notice';
import { Page } from '../../parts/page/page';
import { PrintSheet } from '../../parts/printing/printing';
import { Qr } from '../../parts/qr/qr';

/** Letters, digits and signs as slips, case numbers, receipts and passports have them. */
const CODES = [
	'IKS1:0123456789ABCDEFGHJKMNPQRSTV',
	'PES-25-00012-K/1',
	'IKH1:%TEST $*+-./:0123456789',
	'P<AFGTEST<<SCANNER<<<<<<<<<<',
] as const;

export function ScannerTest({ onDone }: { readonly onDone: () => void }) {
	const [read, setRead] = useState<string | null>(null);

	useScanner(setRead);
	return (
		<Page title={say('web.scanner.title')}>
			<div class="not-printed stack">
				<p>{say('web.scanner.what')}</p>
				<p>
					<Button onPress={onDone}>{say('web.form.cancel')}</Button>
				</p>
				{read !== null && <Read text={read} />}
			</div>
			<PrintSheet language={languageNow()}>
				<ul class="plain-list test-codes">
					{CODES.map((code) => (
						<li key={code}>
							<Qr text={code} label={code} />
							<bdi dir="ltr">{code}</bdi>
						</li>
					))}
				</ul>
			</PrintSheet>
		</Page>
	);
}

function Read({ text }: { readonly text: string }) {
	const isRight = CODES.some((code) => code === text);

	return (
		<Notice
			sort={isRight ? 'done' : 'care'}
			title={isRight ? say('web.scanner.right') : say('web.scanner.wrong')}
		>
			<bdi dir="ltr">{text}</bdi>
		</Notice>
	);
}
