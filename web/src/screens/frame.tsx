/* What stands around every screen: where one is, who one is, and the way out. */
import './frame.css';

import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { say } from '../api/language';
import { route } from '../api/place';
import { reached } from '../api/server';
import { session, today } from '../api/session';
import { isoOf } from '../core/dates';
import { hrefOf } from '../core/route';
import { Notice } from '../parts/notice/notice';
import { Page } from '../parts/page/page';
import { Day } from '../parts/when/when';
import { AdvisoryStrip } from './applies/advisory_strip';
import { LanguageChoice } from './session/language_choice';
import { Seat } from './session/seat';
import { type ScreenInfo, type ScreenProps, SCREENS } from './screens';

export function Frame() {
	return (
		<div class="frame">
			<a class="frame-skip" href="#main" onClick={skip}>
				{say('web.frame.skip')}
			</a>
			<Head />
			{!reached.value && (
				<div class="frame-strip">
					<Notice sort="care" title={say('web.frame.lost')} />
				</div>
			)}
			<AdvisoryStrip />
			<main id="main" tabIndex={-1}>
				<Screen />
			</main>
		</div>
	);
}

/** The address behind # is the screen's, so the jump is made by hand. */
function skip(event: MouseEvent) {
	event.preventDefault();
	document.getElementById('main')?.focus();
}

function Head() {
	return (
		<header class="frame-head not-printed">
			<div class="frame-site">
				<p>
					<strong>
						<bdi>{session.value?.site}</bdi>
					</strong>
					{session.value?.demo && (
						<span class="frame-demo">
							{say('web.frame.demo')}
						</span>
					)}
				</p>
				<p class="small">
					<Day iso={isoOf(today())} />
				</p>
			</div>
			<Menu />
			<div class="row">
				<LanguageChoice />
				<Seat />
			</div>
		</header>
	);
}

function Menu() {
	return (
		<nav class="frame-menu" aria-label={say('web.frame.menu')}>
			{SCREENS.filter((screen) => screen.menu && screen.isAllowed()).map(
				(screen) => (
					<a
						key={screen.name}
						href={hrefOf(screen.name)}
						aria-current={
							route.value.screen === screen.name
								? 'page'
								: undefined
						}
					>
						{screen.menu && say(screen.menu)}
					</a>
				),
			)}
		</nav>
	);
}

type Loaded =
	| { readonly state: 'loading' }
	| { readonly state: 'lost' }
	| {
			readonly state: 'here';
			readonly name: string;
			readonly Content: ComponentType<ScreenProps>;
	  };

/** The screen of the address; of those that this account may not see, nothing. */
function Screen() {
	const { screen: name, args } = route.value;
	const info = SCREENS.find((screen) => screen.name === name);
	const [loaded, setLoaded] = useState<Loaded>({ state: 'loading' });

	useEffect(() => {
		let isWanted = true;

		if (info) {
			load(info).then(
				(next) => isWanted && setLoaded(next),
				() => isWanted && setLoaded({ state: 'lost' }),
			);
		}
		return () => {
			isWanted = false;
		};
	}, [info]);

	if (!info) return <Nowhere text={say('web.frame.nowhere')} />;
	if (!info.isAllowed()) return <Nowhere text={say('web.frame.not-yours')} />;
	if (loaded.state === 'lost') return <Nowhere text={say('web.state.silent')} />;
	if (loaded.state === 'loading' || loaded.name !== name)
		return <p class="unseen">{say('web.state.loading')}</p>;
	return <loaded.Content key={args.join('/')} args={args} />;
}

async function load(info: ScreenInfo): Promise<Loaded> {
	return { state: 'here', name: info.name, Content: (await info.load()).default };
}

function Nowhere({ text }: { readonly text: string }) {
	return (
		<Page title={text}>
			<p>
				<a href={hrefOf('')}>{say('web.frame.begin')}</a>
			</p>
		</Page>
	);
}
