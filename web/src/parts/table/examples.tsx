import { say } from '../../api/language';
import type { Examples } from '../../examples';
import { type Column, Table } from './table';

interface Bus {
	readonly from: string;
	readonly seats: number;
}

function columns(): readonly Column<Bus>[] {
	return [
		{ title: say('web.movement.from'), cell: (bus) => <bdi>{bus.from}</bdi> },
		{ title: say('web.movement.seats'), cell: (bus) => bus.seats, isNumber: true },
	];
}

function Buses({ rows }: { readonly rows: readonly Bus[] }) {
	return (
		<Table
			caption={say('web.today.movements')}
			columns={columns()}
			rows={rows}
			keyOf={(bus) => bus.from}
			empty={say('web.today.no-movement')}
		/>
	);
}

export const examples: Examples = {
	'two rows': () => (
		<Buses
			rows={[
				{ from: 'VRC Azakhel', seats: 40 },
				{ from: 'VRC Balochistan', seats: 2000 },
			]}
		/>
	),
	'no row': () => <Buses rows={[]} />,
};
