/* "Why not?": somebody whom the officer expected is not among those found. */
import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import { type Answer, post } from '../../api/server';
import { asciiDigits } from '../../core/digits';
import type { Findings } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { TextField } from '../../parts/field/text_field';
import { Answered } from '../../parts/page/page';
import { Unfold } from '../../parts/unfold/unfold';
import { purposeNow } from '../opening';
import { FoundName, Reasons } from './found_name';

/** `query` is what was asked; the answer is about one person, named by her number. */
export function WhyNot({ query }: { readonly query: string }) {
	return (
		<Unfold title={say('web.find.why-not')}>
			<Expected query={query} />
		</Unfold>
	);
}

function Expected({ query }: { readonly query: string }) {
	const [number, setNumber] = useState('');
	const [asked, setAsked] = useState<Answer<Findings>>();

	function ask() {
		void post('Findings', '/api/find', {
			q: query,
			expected: asciiDigits(number).trim(),
			purpose: purposeNow(),
		}).then(setAsked);
	}

	return (
		<div class="stack-close">
			<TextField
				label={say('web.find.expected')}
				hint={say('web.find.expected-hint')}
				value={number}
				onChange={setNumber}
			/>
			<p>
				<Button onPress={ask}>{say('web.find.show-why')}</Button>
			</p>
			<div aria-live="polite">
				{asked && (
					<Answered asked={asked}>
						{({ expected }) =>
							expected && (
								<>
									<p>
										<FoundName
											found={
												expected
											}
										/>
									</p>
									<Reasons found={expected} />
								</>
							)
						}
					</Answered>
				)}
			</div>
		</div>
	);
}
