/* Who sits here, and how one gets up: for a moment, for a colleague, or for good. */
import { useState } from 'preact/hooks';

import { say, sayCount } from '../../api/language';
import {
	drafts,
	goAway,
	leave,
	lockRegister,
	logOut,
	may,
	session,
	setPin,
	switchTo,
} from '../../api/session';
import type { Colleague } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { Dialog } from '../../parts/dialog/dialog';
import { Notice } from '../../parts/notice/notice';
import { Colleagues } from './away';
import { Pin } from './pin';

type Asked =
	| { readonly what: 'nothing' }
	| { readonly what: 'menu' }
	| { readonly what: 'pin' }
	| { readonly what: 'switch'; readonly who: Colleague }
	| { readonly what: 'log-out'; readonly drafts: number }
	| { readonly what: 'lock' };

export function Seat() {
	const [asked, setAsked] = useState<Asked>({ what: 'nothing' });
	const close = () => setAsked({ what: 'nothing' });

	return (
		<>
			<Button
				onPress={() => setAsked({ what: 'menu' })}
				label={say('web.seat.menu', session.value?.name ?? '')}
			>
				<bdi>{session.value?.name}</bdi>
			</Button>
			{asked.what !== 'nothing' && (
				<Question asked={asked} setAsked={setAsked} close={close} />
			)}
		</>
	);
}

interface QuestionProps {
	readonly asked: Asked;
	readonly setAsked: (asked: Asked) => void;
	readonly close: () => void;
}

function Question({ asked, setAsked, close }: QuestionProps) {
	switch (asked.what) {
		case 'nothing':
			return null;
		case 'menu':
			return <SeatMenu setAsked={setAsked} close={close} />;
		case 'pin':
			return (
				<Dialog title={say('web.seat.pin-title')} onClose={close}>
					<p>{say('web.seat.pin-why')}</p>
					<Pin
						label={say('web.seat.pin-new')}
						send={setPin}
						onDone={close}
					/>
				</Dialog>
			);
		case 'switch':
			return (
				<Dialog title={say('web.seat.switch')} onClose={close}>
					<Pin
						label={say('web.away.pin-of', asked.who.name)}
						send={(pin) => switchTo(asked.who.account, pin)}
						onDone={close}
					/>
				</Dialog>
			);
		case 'log-out':
			return <LogOut count={asked.drafts} close={close} />;
		case 'lock':
			return (
				<Dialog title={say('web.seat.lock')} onClose={close}>
					<p>{say('web.seat.lock-what')}</p>
					<div class="row">
						<Button
							look="main"
							onPress={() => void lockRegister()}
						>
							{say('web.seat.lock')}
						</Button>
						<Button onPress={close}>
							{say('web.form.cancel')}
						</Button>
					</div>
				</Dialog>
			);
	}
}

function SeatMenu({ setAsked, close }: Pick<QuestionProps, 'setAsked' | 'close'>) {
	async function askToLogOut() {
		const names = (await drafts.value?.names()) ?? [];

		setAsked({ what: 'log-out', drafts: names.length });
	}

	return (
		<Dialog title={<bdi>{session.value?.name}</bdi>} onClose={close}>
			<Colleagues onChoose={(who) => setAsked({ what: 'switch', who })} />
			<div class="seats">
				<Button
					onPress={() => {
						close();
						void goAway();
					}}
				>
					{say('web.seat.away')}
				</Button>
				<Button onPress={() => setAsked({ what: 'pin' })}>
					{say('web.seat.pin-title')}
				</Button>
				<Button
					onPress={() => {
						close();
						// Whoever comes in next does not find her screen open.
						void goAway();
						leave();
					}}
				>
					{say('web.seat.another')}
				</Button>
				{may('lock') && (
					<Button onPress={() => setAsked({ what: 'lock' })}>
						{say('web.seat.lock')}
					</Button>
				)}
				<Button onPress={() => void askToLogOut()}>
					{say('web.seat.log-out')}
				</Button>
			</div>
			<p>
				<Button look="link" onPress={close}>
					{say('web.form.cancel')}
				</Button>
			</p>
		</Dialog>
	);
}

function LogOut({ count, close }: { readonly count: number; readonly close: () => void }) {
	return (
		<Dialog title={say('web.seat.log-out')} onClose={close}>
			{count > 0 && (
				<Notice sort="care" title={sayCount('web.seat.drafts', count)} />
			)}
			<div class="row">
				<Button look="main" onPress={() => void logOut()}>
					{count > 0 ? say('web.seat.wipe') : say('web.seat.log-out')}
				</Button>
				<Button onPress={close}>{say('web.form.cancel')}</Button>
			</div>
		</Dialog>
	);
}
