/*
 * Directives: what applies, the sheet for a notice board, the picture of the years, what is
 * negotiated, and what is closed or suspended now.  None of them opens or closes a gate, and
 * none names a person.
 */
import './applies.css';

import type { ComponentType } from 'preact';

import { say } from '../../api/language';
import { hrefOf } from '../../core/route';
import type { Key } from '../../gen/keys';
import type { ScreenProps } from '../screens';
import { Advisories } from './advisories';
import { BoardSheet } from './board_sheet';
import { InForce } from './in_force';
import { Negotiations } from './negotiations';
import { TimesPage } from './times';

interface Part {
	/** Behind the screen's name in the address. */
	readonly name: string;
	readonly title: Key;
	/** Takes what stands behind the part's name. */
	readonly Content: ComponentType<ScreenProps>;
}

const PARTS: readonly [Part, ...Part[]] = [
	{ name: '', title: 'web.applies.title', Content: InForce },
	{ name: 'board', title: 'web.board.tab', Content: BoardSheet },
	{ name: 'times', title: 'web.times.tab', Content: TimesPage },
	{ name: 'negotiations', title: 'web.negotiation.tab', Content: Negotiations },
	{ name: 'advisories', title: 'web.advisory.title', Content: Advisories },
];

export default function Applies({ args }: ScreenProps) {
	const [name = '', ...rest] = args;
	const part = PARTS.find((one) => one.name === name) ?? PARTS[0];

	return (
		<>
			<nav
				class="applies-parts not-printed"
				aria-label={say('web.applies.title')}
			>
				{PARTS.map((one) => (
					<a
						key={one.name}
						href={hrefOf(
							'applies',
							...(one.name ? [one.name] : []),
						)}
						aria-current={one === part ? 'page' : undefined}
					>
						{say(one.title)}
					</a>
				))}
			</nav>
			<part.Content args={rest} />
		</>
	);
}
