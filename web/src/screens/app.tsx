/* Who sees what: the login page, or the frame with a screen in it. */
import { words } from '../api/language';
import { route } from '../api/place';
import { isAway, session, sitting } from '../api/session';
import { Yard, YARD } from './called/yard';
import { Away } from './session/away';
import { FirstCode } from './session/first_code';
import { LogIn } from './session/log_in';
import { Unreached } from './session/unreached';
import { Frame } from './frame';

export function App() {
	if (!words.value || !session.value) return <Unreached />;
	if (route.value.screen === YARD) return <Yard />;
	if (sitting.value === null) return <LogIn />;
	if (session.value.standing === 'code') return <FirstCode />;
	return (
		<>
			<Frame key={sitting.value} />
			{isAway.value && <Away />}
		</>
	);
}
