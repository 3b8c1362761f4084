/* Who of this household may be registered already, before she is a second time. */
import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import type { Found } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { Notice } from '../../parts/notice/notice';
import { ProblemNotice } from '../../parts/problem/problem';
import { FoundName } from '../find/found_name';
import { type Opening, openFile } from '../opening';

interface DoublesProps {
	readonly found: readonly Found[];
	/** It is none of them. */
	readonly record: () => void;
}

export function Doubles({ found, record }: DoublesProps) {
	const [opening, setOpening] = useState<Opening>();

	return (
		<Notice sort="care" takesFocus title={say('web.register.doubles')}>
			<p>{say('web.register.doubles-what')}</p>
			<ul class="plain-list stack-close">
				{found.map((one) => (
					<li key={one.id}>
						<button
							type="button"
							class="button found"
							onClick={() =>
								void openFile(one.id).then(
									setOpening,
								)
							}
						>
							<FoundName found={one} />
						</button>
					</li>
				))}
			</ul>
			{opening?.state === 'problem' && (
				<ProblemNotice problem={opening.problem} />
			)}
			<p>
				<Button onPress={record}>{say('web.register.none-of-them')}</Button>
			</p>
		</Notice>
	);
}
