/* Who of this household may be registered already, before she is a second time. */
import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import type { DraftDoubles } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { Notice } from '../../parts/notice/notice';
import { ProblemNotice } from '../../parts/problem/problem';
import { FoundList } from '../find/found_name';
import { type Opening, openFile } from '../opening';

interface DoublesProps {
	/** Of each person of the form for whom there is somebody. */
	readonly doubles: readonly DraftDoubles[];
	/** What a person of the form is called, by her place in it. */
	readonly nameOf: (at: number) => string;
	/** It is none of them. */
	readonly record: () => void;
}

export function Doubles({ doubles, nameOf, record }: DoublesProps) {
	const [opening, setOpening] = useState<Opening>();
	const open = (subject: string) => void openFile(subject).then(setOpening);

	return (
		<Notice sort="care" takesFocus title={say('web.register.doubles')}>
			<p>{say('web.register.doubles-what')}</p>
			{doubles.map(({ at, found }) => (
				<section key={at}>
					<h3>
						<bdi>{nameOf(at)}</bdi>
					</h3>
					<FoundList found={found} open={open} />
				</section>
			))}
			{opening?.state === 'problem' && (
				<ProblemNotice problem={opening.problem} />
			)}
			<p>
				<Button onPress={record}>{say('web.register.none-of-them')}</Button>
			</p>
		</Notice>
	);
}
