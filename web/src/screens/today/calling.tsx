/*
 * Calling the next one in from the yard: by her token, to the desk at which this tablet
 * stands.
 */
import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';

import { useCalled } from '../../api/called';
import { say } from '../../api/language';
import { type Answer, post } from '../../api/server';
import { hrefOf } from '../../core/route';
import { wholeNumber } from '../../core/digits';
import type { Call, Called, Expected } from '../../gen/api';
import { NumberField } from '../../parts/field/digits_field';
import { Notice } from '../../parts/notice/notice';
import { ProblemNotice } from '../../parts/problem/problem';

const DESK_MOST = 99;
/** Calls of other desks: soon enough for whoever looks whom to call. */
const PAUSE_MS = 3000;
const KEPT = 'desk';

/** As it was typed; a tablet stays at its desk. */
const desk = signal(localStorage.getItem(KEPT) ?? '');

/** Null: this tablet stands at no desk that has a number. */
function deskNumber(): number | null {
	const number = wholeNumber(desk.value);

	return number !== null && number >= 1 && number <= DESK_MOST ? number : null;
}

export interface Calling {
	/** Null: nobody can be called from here. */
	readonly call: ((person: string) => void) | null;
	/** The desk to which somebody was called a while ago. */
	readonly deskOf: (token: string) => number | undefined;
	/** The first who was not called. */
	readonly nextOf: (people: readonly Expected[]) => Expected | undefined;
	readonly answer: Answer<Called> | null;
}

export function useCalling(): Calling {
	const [known, look] = useCalled(PAUSE_MS);
	const [answer, setAnswer] = useState<Answer<Called> | null>(null);
	const number = deskNumber();
	const deskOf = (token: string) => callOf(known ?? [], token)?.desk;

	async function call(person: string) {
		setAnswer(await post('Called', '/api/calls', { person, desk: number }));
		await look();
	}

	return {
		call: number === null ? null : (person) => void call(person),
		deskOf,
		nextOf: (people) => people.find(({ token }) => deskOf(token) === undefined),
		answer,
	};
}

function callOf(calls: readonly Call[], token: string): Call | undefined {
	return calls.find((call) => call.token === token);
}

/** Which desk this is, and the way to the screen that hangs in the yard. */
export function Desk({ calling }: { readonly calling: Calling }) {
	return (
		<details>
			<summary>
				{deskNumber() === null
					? say('web.call.no-desk')
					: say('web.call.this-desk', deskNumber() ?? 0)}
			</summary>
			<div class="stack">
				<NumberField
					label={say('web.call.desk')}
					hint={say('web.call.desk-hint')}
					most={DESK_MOST}
					value={desk.value}
					onChange={(typed) => {
						desk.value = typed;
						localStorage.setItem(KEPT, typed);
					}}
				/>
				<p>
					<a href={hrefOf('called')} target="_blank" rel="noreferrer">
						{say('web.call.screen')}
					</a>
				</p>
			</div>
			{calling.call === null && <p class="quiet">{say('web.call.how')}</p>}
		</details>
	);
}

/** What came of the last call, where it is not on the screen already. */
export function CallAnswer({ answer }: { readonly answer: Answer<Called> | null }) {
	if (answer?.state === 'problem') return <ProblemNotice problem={answer.problem} />;
	if (answer?.state === 'silent')
		return <Notice sort="care" title={say('web.state.silent')} />;
	return null;
}
