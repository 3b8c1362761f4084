/* What came of a list: how much of it, and row by row what was not taken and why. */
import { say, sayCount } from '../../api/language';
import type { ListReject, ListTaken } from '../../gen/api';
import type { Key } from '../../gen/keys';
import { Button } from '../../parts/button/button';
import { Notice } from '../../parts/notice/notice';
import { Section } from '../../parts/page/page';
import { Say } from '../../parts/say/say';
import { type Column, Table } from '../../parts/table/table';

interface TakenProps {
	readonly taken: ListTaken;
	/** Nothing was recorded. */
	readonly looked: boolean;
	/** Of the list's first file. */
	readonly name: string;
}

type Count = Exclude<keyof ListTaken, 'rejects' | 'csv' | 'csv_rows'>;

const COUNTS = [
	['rows', 'web.lists.rows'],
	['households', 'web.lists.households'],
	['people', 'web.lists.people'],
	['fit', 'web.lists.fit'],
	['recorded', 'web.lists.recorded'],
	['known', 'web.lists.known'],
	['changed', 'web.lists.changed'],
	['rejected', 'web.lists.rejected'],
	['skipped', 'web.lists.skipped'],
] as const satisfies readonly (readonly [Count, Key])[];

interface Counted {
	readonly key: Key;
	readonly count: number;
}

function headline({ fit, recorded }: ListTaken, looked: boolean): string {
	if (!looked) return sayCount('web.lists.done', recorded);
	return fit > 0 ? sayCount('web.lists.looked', fit) : say('web.lists.nothing-new');
}

export function Taken({ taken, looked, name }: TakenProps) {
	const counted = COUNTS.filter(([count]) => count !== (looked ? 'recorded' : 'fit')).map(
		([count, key]): Counted => ({ key, count: taken[count] }),
	);

	return (
		<>
			<Notice
				sort={looked ? 'note' : 'done'}
				takesFocus
				title={headline(taken, looked)}
			/>
			<Section title={say('web.lists.counts')}>
				<Table
					caption={say('web.lists.counts')}
					columns={[
						{
							title: say('web.lists.count-of'),
							cell: ({ key }: Counted) => say(key),
						},
						{
							title: say('web.lists.count'),
							cell: ({ count }: Counted) => (
								<bdi>{count}</bdi>
							),
							isNumber: true,
						},
					]}
					rows={counted}
					keyOf={({ key }) => key}
					empty=""
				/>
			</Section>
			{taken.csv_rows > 0 && <Rejects taken={taken} name={name} />}
		</>
	);
}

function columns(): Column<ListReject>[] {
	return [
		{ title: say('web.lists.sheet'), cell: ({ sheet }) => <bdi>{sheet}</bdi> },
		{
			title: say('web.lists.row'),
			cell: ({ row }) => <bdi>{row}</bdi>,
			isNumber: true,
		},
		{
			title: say('web.lists.column'),
			cell: ({ column }) =>
				column === undefined ? (
					say('web.lists.whole-row')
				) : (
					<bdi>{column}</bdi>
				),
		},
		{
			title: say('web.lists.why'),
			cell: ({ changed, reason }) => (
				<>
					{changed && <strong>{say('web.lists.differs')} </strong>}
					{reason}
				</>
			),
		},
	];
}

function Rejects({ taken, name }: { readonly taken: ListTaken; readonly name: string }) {
	const left = taken.rejected + taken.changed - taken.csv_rows;

	return (
		<Section title={say('web.lists.rejects')}>
			<p>{say('web.lists.rejects-hint')}</p>
			<div class="row">
				<Button onPress={() => save(`${name}.rejects.csv`, taken.csv)}>
					{say('web.lists.save')}
				</Button>
			</div>
			{left > 0 && (
				<p>
					<Say k="web.lists.left" values={[left]} />
				</p>
			)}
			<Table
				caption={say('web.lists.rejects')}
				columns={columns()}
				rows={taken.rejects}
				keyOf={({ sheet, row, column, reason }) =>
					[sheet, row, column, reason].join('/')
				}
				empty=""
			/>
			{taken.rejects.length < taken.csv_rows && (
				<p class="quiet">
					<Say k="web.lists.shown" values={[taken.rejects.length]} />
				</p>
			)}
		</Section>
	);
}

/** To this device: no server is asked.  The mark tells a spreadsheet that it is UTF-8. */
function save(name: string, csv: string) {
	const address = URL.createObjectURL(new Blob(['\ufeff', csv], { type: 'text/csv' }));
	const link = document.createElement('a');

	link.href = address;
	link.download = name;
	link.click();
	URL.revokeObjectURL(address);
}
