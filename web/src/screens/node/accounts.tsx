/* Who works with this register: accounts, their roles, and the end of one. */
import { useState } from 'preact/hooks';

import { say, sayCode } from '../../api/language';
import { get } from '../../api/server';
import { may, session } from '../../api/session';
import type { Account, CodeWord } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { ChoiceField, ManyField } from '../../parts/field/choice_field';
import { TextField } from '../../parts/field/text_field';
import { Dialog } from '../../parts/dialog/dialog';
import { useAsked } from '../../parts/page/asked';
import { Answered, Section } from '../../parts/page/page';
import { joined } from '../../parts/person/person_line';
import { type Column, Table } from '../../parts/table/table';
import { postAgain } from './again';
import { Asking } from './asking';

type Role = CodeWord<'role'>;

export function Accounts() {
	// An account that was just opened is no fact about a person: it is asked for anew here.
	const [turn, setTurn] = useState(0);
	const [changed, setChanged] = useState<Account | null>(null);
	const asked = useAsked((signal) => get('Accounts', '/api/accounts', { signal }), [turn]);
	const again = () => setTurn(turn + 1);

	return (
		<Section title={say('web.accounts.title')}>
			<Answered asked={asked}>
				{({ accounts }) => (
					<Table
						caption={say('web.accounts.title')}
						columns={columns(setChanged)}
						rows={accounts}
						keyOf={(account) => account.id}
						empty={say('web.accounts.none')}
					/>
				)}
			</Answered>
			{changed && (
				<Roles
					account={changed}
					close={() => {
						setChanged(null);
						again();
					}}
				/>
			)}
			{may('manage-accounts') && (
				<details>
					<summary>{say('web.accounts.new')}</summary>
					<NewAccount onDone={again} />
				</details>
			)}
		</Section>
	);
}

function columns(change: (account: Account) => void): readonly Column<Account>[] {
	const shown: readonly Column<Account>[] = [
		{ title: say('web.accounts.name'), cell: (account) => <bdi>{account.name}</bdi> },
		{
			title: say('field.roles'),
			cell: (account) =>
				account.open
					? joined(account.roles.map((role) => sayCode('role', role)))
					: say('web.accounts.closed'),
		},
		{
			title: say('web.accounts.totp'),
			cell: (account) => (account.totp ? say('web.accounts.has') : ''),
		},
	];
	const changing: Column<Account> = {
		title: say('web.accounts.change'),
		cell: (account) =>
			account.open && account.id !== session.value?.account ? (
				<Button onPress={() => change(account)}>
					{say('web.accounts.change')}
				</Button>
			) : (
				''
			),
	};

	return may('manage-accounts') ? [...shown, changing] : shown;
}

function NewAccount({ onDone }: { readonly onDone: () => void }) {
	const [name, setName] = useState('');
	const [roles, setRoles] = useState<readonly Role[]>([]);
	const [sex, setSex] = useState<CodeWord<'sex'> | ''>('');
	const [first, setFirst] = useState('');
	const [passphrase, setPassphrase] = useState('');

	return (
		<Asking
			does={say('web.accounts.open')}
			done={say('web.accounts.opened')}
			isWhole={Boolean(name.trim() && roles.length && first && passphrase)}
			onDone={() => {
				setName('');
				setRoles([]);
				setFirst('');
				setPassphrase('');
				onDone();
			}}
			send={() =>
				postAgain(passphrase, 'Account', '/api/accounts', {
					name: name.trim(),
					roles,
					passphrase: first,
					...(sex && { sex }),
				})
			}
		>
			<TextField
				label={say('web.accounts.name')}
				most={60}
				value={name}
				onChange={setName}
			/>
			<ManyField
				label={say('field.roles')}
				set="role"
				value={roles}
				onChange={setRoles}
			/>
			<ChoiceField
				label={say('field.sex')}
				set="sex"
				value={sex}
				onChange={setSex}
			/>
			<TextField
				label={say('web.accounts.first')}
				hint={say('web.accounts.first-hint')}
				sort="passphrase"
				complete="new-password"
				value={first}
				onChange={setFirst}
			/>
			<OwnPassphrase value={passphrase} onChange={setPassphrase} />
		</Asking>
	);
}

function Roles({ account, close }: { readonly account: Account; readonly close: () => void }) {
	const [roles, setRoles] = useState<readonly Role[]>(account.roles);
	const [passphrase, setPassphrase] = useState('');

	return (
		<Dialog title={<bdi>{account.name}</bdi>} onClose={close}>
			<Asking
				does={
					roles.length
						? say('web.accounts.set-roles')
						: say('web.accounts.close')
				}
				done={say('web.accounts.changed')}
				isWhole={Boolean(passphrase)}
				onDone={() => setPassphrase('')}
				send={() =>
					postAgain(passphrase, 'Done', '/api/accounts/roles', {
						account: account.id,
						roles,
					})
				}
			>
				<ManyField
					label={say('field.roles')}
					hint={say('web.accounts.roles-hint')}
					set="role"
					value={roles}
					onChange={setRoles}
				/>
				<OwnPassphrase value={passphrase} onChange={setPassphrase} />
			</Asking>
			<p>
				<Button look="link" onPress={close}>
					{say('web.form.close')}
				</Button>
			</p>
		</Dialog>
	);
}

interface OwnPassphraseProps {
	readonly value: string;
	readonly onChange: (value: string) => void;
}

function OwnPassphrase({ value, onChange }: OwnPassphraseProps) {
	return (
		<TextField
			label={say('web.accounts.again')}
			hint={say('web.accounts.again-hint')}
			sort="passphrase"
			complete="current-password"
			value={value}
			onChange={onChange}
		/>
	);
}
