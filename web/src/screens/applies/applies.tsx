/*
 * Directives: what applies, the sheet for a notice board, the picture of the years, what is
 * negotiated, what is closed or suspended now, and lists of others.  None of them opens or closes a gate, and
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
import { mayBringTables, Tables } from './tables';
import { TimesPage } from './times';

interface Part {
	/** Behind the screen's name in the address. */
	readonly name: string;
	readonly title: Key;
	/** Absent: for everybody who may come here. */
	readonly isAllowed?: () => boolean;
	/** Takes what stands behind the part's name. */
	readonly Content: ComponentType<ScreenProps>;
}

const PARTS: readonly [Part, ...Part[]] = [
	{ name: '', title: 'web.applies.title', Content: InForce },
	{ name: 'board', title: 'web.board.tab', Content: BoardSheet },
	{ name: 'times', title: 'web.times.tab', Content: TimesPage },
	{ name: 'negotiations', title: 'web.negotiation.tab', Content: Negotiations },
	{ name: 'advisories', title: 'web.advisory.title', Content: Advisories },
	{
		name: 'lists',
		title: 'web.tables.title',
		isAllowed: mayBringTables,
		Content: Tables,
	},
];

export default function Applies({ args }: ScreenProps) {
	const [name = '', ...rest] = args;
	const parts = PARTS.filter(({ isAllowed }) => !isAllowed || isAllowed());
	const part = parts.find((one) => one.name === name) ?? PARTS[0];

	return (
		<>
			<nav
				class="applies-parts not-printed"
				aria-label={say('web.applies.title')}
			>
				{parts.map((one) => (
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
