/* She has changed her mind: one press, one question in plain words, no reason. */
import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import { Button } from '../../parts/button/button';
import { Dialog } from '../../parts/dialog/dialog';
import { Notice } from '../../parts/notice/notice';
import { Section } from '../../parts/page/page';
import { ProblemNotice } from '../../parts/problem/problem';
import { Recorded } from '../household/recorded';
import { takeBack, type Talk } from './talk';

export function Withdrawal({ talk }: { readonly talk: Talk }) {
	const { person, withdrawal } = talk;
	const { now } = withdrawal;
	const [isAsked, setAsked] = useState(false);

	if (now.state === 'recorded')
		return (
			<Section title={say('web.counselling.mind')}>
				<Recorded
					title={say('web.counselling.mind-recorded')}
					recorded={now.recorded}
					done={withdrawal.clear}
				/>
			</Section>
		);
	if (person.withdrawn !== undefined) return null;
	return (
		<Section title={say('web.counselling.mind')}>
			{now.state === 'filling' && now.problem && (
				<ProblemNotice problem={now.problem} />
			)}
			{now.state === 'sending' && now.attempts > 0 && (
				<Notice sort="care" title={say('web.form.waiting')} />
			)}
			<p>
				<Button
					busy={now.state !== 'filling'}
					onPress={() => setAsked(true)}
				>
					{say('web.counselling.mind-changed')}
				</Button>
			</p>
			{isAsked && (
				<Dialog
					title={say('web.counselling.mind-changed')}
					onClose={() => setAsked(false)}
				>
					<p>{say('web.counselling.mind-what')}</p>
					<div class="row">
						<Button
							onPress={() => {
								setAsked(false);
								takeBack(talk);
							}}
						>
							{say('web.counselling.mind-yes')}
						</Button>
						<Button onPress={() => setAsked(false)}>
							{say('web.form.cancel')}
						</Button>
					</div>
				</Dialog>
			)}
		</Section>
	);
}
