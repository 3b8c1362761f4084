/* A movement as a line of a table. */
import type { ComponentChildren } from 'preact';

import { say } from '../../api/language';
import type { Movement } from '../../gen/api';
import { Say } from '../say/say';
import type { Column } from '../table/table';

/** `departs` shows when it leaves, and leads there where there is a way. */
export function movementColumns(
	departs: (m: Movement) => ComponentChildren,
): readonly Column<Movement>[] {
	return [
		{ title: say('web.movement.departs'), cell: departs },
		{ title: say('web.movement.from'), cell: (m) => <bdi>{m.from_name}</bdi> },
		{ title: say('web.movement.crossing'), cell: (m) => <bdi>{m.crossing_name}</bdi> },
		{
			title: say('web.movement.seats'),
			cell: (m) =>
				m.cancelled ? (
					say('web.movement.cancelled')
				) : (
					<Say k="web.movement.taken" values={[m.taken, m.seats]} />
				),
			isNumber: true,
		},
	];
}
