/* It is recorded; where there is a receipt, the person takes it home. */
import type { ComponentChildren } from 'preact';

import { say } from '../../api/language';
import type { Recorded as Answer } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { Notice } from '../../parts/notice/notice';
import { Qr } from '../../parts/qr/qr';

interface RecordedProps {
	readonly title: string;
	readonly recorded: Answer;
	readonly done: () => void;
	readonly children?: ComponentChildren;
}

export function Recorded({ title, recorded, done, children }: RecordedProps) {
	const receipt = recorded.recorded[0]?.receipt;

	return (
		<Notice sort="done" takesFocus title={title}>
			{children}
			{receipt !== undefined && (
				<>
					<p>{say('web.receipt.what')}</p>
					<Qr text={receipt} label={say('web.receipt.title')} />
				</>
			)}
			<p>
				<Button onPress={done}>{say('web.form.close')}</Button>
			</p>
		</Notice>
	);
}
