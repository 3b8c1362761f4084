/* A second person at somebody else's screen: who she is, by her own passphrase. */
import { say } from '../../api/language';
import { type Answer, post } from '../../api/server';
import type { Second, Seconded } from '../../gen/api';
import { CodeField } from '../../parts/field/digits_field';
import { TextField } from '../../parts/field/text_field';

const CODE_DIGITS = 6;

export interface SecondPerson {
	readonly name: string;
	readonly passphrase: string;
	/** Of her authenticator, where she has one. */
	readonly code: string;
}

export const NO_SECOND: SecondPerson = { name: '', passphrase: '', code: '' };

export function isNamed({ name, passphrase }: SecondPerson): boolean {
	return Boolean(name.trim() && passphrase);
}

/** She agrees to one thing, which stands for five minutes. */
export function agree(
	{ name, passphrase, code }: SecondPerson,
	to: Pick<Second, 'fact'> | Pick<Second, 'pair'>,
): Promise<Answer<Seconded>> {
	return post('Seconded', '/api/session/second', {
		name: name.trim(),
		passphrase,
		...(code && { code }),
		...to,
	});
}

interface SecondFieldsProps {
	readonly value: SecondPerson;
	readonly onChange: (next: SecondPerson) => void;
}

export function SecondFields({ value, onChange }: SecondFieldsProps) {
	const change = (patch: Partial<SecondPerson>) => onChange({ ...value, ...patch });

	return (
		<fieldset class="stack">
			<legend>
				<strong>{say('web.annul.second')}</strong>
			</legend>
			<TextField
				label={say('web.accounts.name')}
				most={60}
				value={value.name}
				onChange={(name) => change({ name })}
			/>
			<TextField
				label={say('web.login.passphrase')}
				sort="passphrase"
				complete="off"
				value={value.passphrase}
				onChange={(passphrase) => change({ passphrase })}
			/>
			<CodeField
				label={say('web.login.code')}
				hint={say('web.annul.code-hint')}
				digits={CODE_DIGITS}
				value={value.code}
				onChange={(code) => change({ code })}
			/>
		</fieldset>
	);
}
