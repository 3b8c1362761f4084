/* What takes one's passphrase again: it is asked for in the same form, and forgotten after. */
import { type Answer, post } from '../../api/server';
import type { Shapes } from '../../gen/api';

export async function postAgain<Name extends keyof Shapes>(
	passphrase: string,
	shape: Name,
	address: string,
	body: object,
): Promise<Answer<Shapes[Name]>> {
	const again = await post('Done', '/api/session/again', { passphrase });

	return again.state === 'ok' ? post(shape, address, body) : again;
}
