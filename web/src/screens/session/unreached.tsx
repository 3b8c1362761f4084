/* The server gives no answer, and nothing is known yet: there may be no words either. */
import { useState } from 'preact/hooks';

import { firstLanguage, say, speak, words } from '../../api/language';
import { lookAtSession } from '../../api/session';
import { Button } from '../../parts/button/button';
import { Notice } from '../../parts/notice/notice';

export function Unreached() {
	const [isAsking, setAsking] = useState(false);

	async function again() {
		setAsking(true);
		await Promise.all([speak(firstLanguage()), lookAtSession()]);
		setAsking(false);
	}

	return (
		<main class="page stack">
			<h1>ikhtiar</h1>
			{words.value && <Notice sort="care" title={say('web.state.silent')} />}
			<p>
				<Button look="main" busy={isAsking} onPress={() => void again()}>
					{words.value ? say('web.state.again') : '↻'}
				</Button>
			</p>
		</main>
	);
}
