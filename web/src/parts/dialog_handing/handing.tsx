/* To whom a form that was begun goes: one press hands it over, and tells what came of it. */
import { useState } from 'preact/hooks';

import type { HandingOver } from '../../api/hand_over';
import { say } from '../../api/language';
import type { Colleague } from '../../gen/api';
import { Button } from '../button/button';
import { Dialog } from '../dialog/dialog';
import { Notice } from '../notice/notice';
import { ProblemNotice } from '../problem/problem';
import { Say } from '../say/say';

type Now =
	| { readonly state: 'asking' }
	| { readonly state: 'sending' }
	| { readonly state: 'done'; readonly to: string }
	| Exclude<HandingOver, { readonly state: 'ok' }>;

interface HandingProps {
	readonly colleagues: readonly Colleague[];
	/** Where there is none: how somebody comes to be there. */
	readonly nobody: string;
	readonly hand: (to: Colleague) => Promise<HandingOver>;
	/** `isDone`: the form is not here any more. */
	readonly close: (isDone: boolean) => void;
}

export function Handing({ colleagues, nobody, hand, close }: HandingProps) {
	const [now, setNow] = useState<Now>({ state: 'asking' });
	const isOver = now.state === 'done' || now.state === 'gone';

	async function give(to: Colleague) {
		setNow({ state: 'sending' });
		const came = await hand(to);

		setNow(came.state === 'ok' ? { state: 'done', to: to.name } : came);
	}

	return (
		<Dialog title={say('web.handing.title')} onClose={() => close(isOver)}>
			{!isOver && (
				<>
					<p>{say('web.handing.what')}</p>
					{colleagues.length === 0 && <p>{nobody}</p>}
					<div class="row">
						{colleagues.map((to) => (
							<Button
								key={to.account}
								busy={now.state === 'sending'}
								onPress={() => void give(to)}
							>
								<Say
									k="web.handing.to"
									values={[to.name]}
								/>
							</Button>
						))}
					</div>
				</>
			)}
			<CameOf now={now} />
			<p>
				<Button look="link" onPress={() => close(isOver)}>
					{isOver ? say('web.form.close') : say('web.form.cancel')}
				</Button>
			</p>
		</Dialog>
	);
}

function CameOf({ now }: { readonly now: Now }) {
	switch (now.state) {
		case 'asking':
		case 'sending':
			return null;
		case 'done':
			return (
				<Notice
					sort="done"
					takesFocus
					title={<Say k="web.handing.done" values={[now.to]} />}
				/>
			);
		case 'problem':
			return <ProblemNotice problem={now.problem} />;
		case 'silent':
			return <Notice sort="care" takesFocus title={say('web.state.silent')} />;
		case 'full':
			return <Notice sort="care" takesFocus title={say('web.handing.full')} />;
		case 'gone':
			return <Notice sort="care" takesFocus title={say('web.handing.gone')} />;
	}
}
