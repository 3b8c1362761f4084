/* Movements to come, and the one that is planned anew; behind an id, one movement. */
import './movements.css';

import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import { get } from '../../api/server';
import { may } from '../../api/session';
import { hrefOf } from '../../core/route';
import type { Movement } from '../../gen/api';
import { FlagField } from '../../parts/field/choice_field';
import { movementColumns } from '../../parts/movement/columns';
import { useAsked } from '../../parts/page/asked';
import { Answered, Page, Section } from '../../parts/page/page';
import { Table } from '../../parts/table/table';
import { When } from '../../parts/when/when';
import type { ScreenProps } from '../screens';
import { Gate } from './gate';
import { ManifestPage } from './manifest_page';
import { PlanForm } from './plan_form';
import { TickForm } from './tick_form';

export default function Movements({ args }: ScreenProps) {
	const [movement, what] = args;

	if (movement === undefined) return <List />;
	if (what === 'gate') return <Gate movement={movement} />;
	if (what === 'ticks') return <TickForm movement={movement} />;
	return <ManifestPage movement={movement} />;
}

function Departs({ movement }: { readonly movement: Movement }) {
	const when = <When iso={movement.departs} />;

	return may('manifest') ? <a href={hrefOf('movements', movement.id)}>{when}</a> : when;
}

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
							columns={movementColumns((m) => (
								<Departs movement={m} />
							))}
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
