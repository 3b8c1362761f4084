/* An account whose role takes an authenticator, and that has none yet. */
import './session.css';

import { say } from '../../api/language';
import { leave, lookAtSession } from '../../api/session';
import { Button } from '../../parts/button/button';
import { Authenticator } from './authenticator';

export function FirstCode() {
	return (
		<main class="login">
			<div class="card stack">
				<h1>{say('web.totp.title')}</h1>
				<p>{say('web.totp.why')}</p>
				<Authenticator onDone={() => void lookAtSession()} />
				<p class="not-printed">
					<Button look="link" onPress={leave}>
						{say('web.away.another')}
					</Button>
				</p>
			</div>
		</main>
	);
}
