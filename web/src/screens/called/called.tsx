/*
 * A screen that hangs in the yard, at which nobody is: the tokens that are called and the
 * desks they are called to, never a name.
 */
import './called.css';

import { useCalled } from '../../api/called';
import { say } from '../../api/language';
import { reached } from '../../api/server';
import type { Call } from '../../gen/api';
import { Notice } from '../../parts/notice/notice';
import { Say } from '../../parts/say/say';
import { LanguageChoice } from '../session/language_choice';

/** A screen in the yard is live within a second. */
const PAUSE_MS = 400;
/** Behind the newest; more could not be read from across the yard. */
const BEFORE_SHOWN = 5;

export default function Called() {
	const [calls] = useCalled(PAUSE_MS);
	const [newest, ...before] = calls ?? [];

	return (
		<main class="called">
			<div class="called-head">
				<h1>{say('web.called.title')}</h1>
				<LanguageChoice />
			</div>
			{!reached.value && <Notice sort="care" title={say('web.frame.lost')} />}
			{/* It changes while nobody touches it: who cannot see it is told. */}
			<div aria-live="polite">
				{newest ? (
					<One key={newest.number} call={newest} />
				) : (
					<p class="called-none">{say('web.called.none')}</p>
				)}
			</div>
			{before.length > 0 && (
				<ul class="called-before">
					{before.slice(0, BEFORE_SHOWN).map((call) => (
						<li key={call.number}>
							<One call={call} />
						</li>
					))}
				</ul>
			)}
		</main>
	);
}

function One({ call }: { readonly call: Call }) {
	return (
		<p class="called-one">
			<bdi class="called-token">{call.token}</bdi>
			<span class="called-desk">
				<Say
					k="web.called.desk"
					values={[<bdi key="desk">{call.desk}</bdi>]}
				/>
			</span>
		</p>
	);
}
