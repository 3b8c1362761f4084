/* The household is there: its number is said and written down, and the day goes on. */
import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import type { Recorded } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { Notice } from '../../parts/notice/notice';
import { Page } from '../../parts/page/page';
import { ProblemNotice } from '../../parts/problem/problem';
import { type Opening, openFile } from '../opening';

interface RegisteredProps {
	readonly recorded: Recorded;
	readonly another: () => void;
}

export function Registered({ recorded, another }: RegisteredProps) {
	const [opening, setOpening] = useState<Opening>();
	const household = recorded.ids.find((named) => named.name === '@h')?.id;

	return (
		<Page title={say('web.register.done')}>
			<Notice sort="done" title={say('web.register.number-is')}>
				<p class="case-number">
					<bdi>{recorded.case_number}</bdi>
				</p>
				<p>{say('web.register.number-what')}</p>
			</Notice>
			<div class="row">
				<Button look="main" onPress={another}>
					{say('web.register.another')}
				</Button>
				{household !== undefined && (
					<Button
						onPress={() =>
							void openFile(household).then(setOpening)
						}
					>
						{say('web.register.open')}
					</Button>
				)}
			</div>
			{opening?.state === 'problem' && (
				<ProblemNotice problem={opening.problem} />
			)}
		</Page>
	);
}
