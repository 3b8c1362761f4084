/* Movements to come, and the one that is planned anew; behind an id, one movement. */
import './movements.css';

import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import { get } from '../../api/server';
import { may } from '../../api/session';
import { hrefOf } from '../../core/route';
import type { Movement } from '../../gen/api';
import { FlagField } from '../../parts/field/choice_field';
import { useAsked } from '../../parts/page/asked';
import { Answered, Page, Section } from '../../parts/page/page';
import { Say } from '../../parts/say/say';
import { type Column, Table } from '../../parts/table/table';
import { When } from '../../parts/when/when';
import type { ScreenProps } from '../screens';
import { Gate } from './gate';
import { ManifestPage } from './manifest_page';
import { PlanForm } from './plan_form';

export default function Movements({ args }: ScreenProps) {
	const [movement, what] = args;

	if (movement === undefined) return <List />;
	return what === 'gate' ? (
		<Gate movement={movement} />
	) : (
		<ManifestPage movement={movement} />
	);
}

const COLUMNS = (): readonly Column<Movement>[] => [
	{
		title: say('web.movement.departs'),
		cell: (m) =>
			may('manifest') ? (
				<a href={hrefOf('movements', m.id)}>
					<When iso={m.departs} />
				</a>
			) : (
				<When iso={m.departs} />
			),
	},
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

function List() {
	const [past, setPast] = useState(false);
	const address = past ? '/api/movements?past=1' : '/api/movements';
	const asked = useAsked((signal) => get('Movements', address, { signal }), [address]);

	return (
		<Page title={say('web.movements.title')}>
			<Section title={say('web.movements.planned')}>
				<FlagField
					label={say('web.movements.past')}
					value={past}
					onChange={setPast}
				/>
				<Answered asked={asked}>
					{({ movements }) => (
						<Table
							caption={say('web.movements.title')}
							columns={COLUMNS()}
							rows={movements}
							keyOf={(movement) => movement.id}
							empty={say('web.movements.none')}
						/>
					)}
				</Answered>
			</Section>
			{may('movement.planned') && (
				<Section title={say('web.movements.plan')}>
					<PlanForm />
				</Section>
			)}
		</Page>
	);
}
