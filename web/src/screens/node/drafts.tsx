/*
 * What was begun on this tablet and is not recorded: whose it is and since when, never what
 * stands in it.  Whoever fell ill or was sent elsewhere leaves nobody half registered.
 */
import { useEffect, useState } from 'preact/hooks';

import { handOver, mayBeHandedOver } from '../../api/hand_over';
import { say } from '../../api/language';
import { get } from '../../api/server';
import { siteTime } from '../../api/session';
import { draftStore } from '../../api/store';
import type { DraftMark } from '../../core/drafts';
import type { Account } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { Handing } from '../../parts/dialog_handing/handing';
import { useAsked } from '../../parts/page/asked';
import { Answered, Section } from '../../parts/page/page';
import { type Column, Table } from '../../parts/table/table';
import { When } from '../../parts/when/when';

export function Drafts() {
	const asked = useAsked((signal) => get('Accounts', '/api/accounts', { signal }), []);

	return (
		<Section title={say('web.drafts.title')}>
			<p>{say('web.drafts.what')}</p>
			<Answered asked={asked}>
				{({ accounts }) => <DraftTable accounts={accounts} />}
			</Answered>
		</Section>
	);
}

function DraftTable({ accounts }: { readonly accounts: readonly Account[] }) {
	const [marks, setMarks] = useState<readonly DraftMark[]>([]);
	const [given, setGiven] = useState<DraftMark | null>(null);
	const look = () => void draftStore.marks().then(setMarks);
	const nameOf = (id: string) =>
		accounts.find((account) => account.id === id)?.name ?? say('web.drafts.unknown');

	useEffect(look, []);
	return (
		<>
			<Table
				caption={say('web.drafts.title')}
				columns={columns(nameOf, setGiven)}
				rows={marks}
				keyOf={(mark) => `${mark.account}/${mark.name}`}
				empty={say('web.drafts.none')}
			/>
			{given && (
				<Handing
					colleagues={registrarsBut(given.account, accounts)}
					nobody={say('web.drafts.nobody')}
					hand={(to) =>
						handOver(given, nameOf(given.account), to.account)
					}
					close={() => {
						setGiven(null);
						look();
					}}
				/>
			)}
		</>
	);
}

/** Those to whom the server gives it. */
function registrarsBut(owner: string, accounts: readonly Account[]) {
	return accounts
		.filter(
			({ id, open, roles }) =>
				open && id !== owner && roles.includes('registration'),
		)
		.map(({ id, name }) => ({ account: id, name }));
}

function columns(
	nameOf: (account: string) => string,
	give: (mark: DraftMark) => void,
): readonly Column<DraftMark>[] {
	return [
		{
			title: say('web.drafts.whose'),
			cell: (mark) => <bdi>{nameOf(mark.account)}</bdi>,
		},
		{
			title: say('web.drafts.since'),
			cell: (mark) => <When iso={siteTime(mark.saved)} />,
		},
		{
			title: say('web.drafts.form'),
			cell: (mark) =>
				mayBeHandedOver(mark) ? (
					<Button onPress={() => give(mark)}>
						{say('web.handing.title')}
					</Button>
				) : (
					say('web.drafts.another')
				),
		},
	];
}
