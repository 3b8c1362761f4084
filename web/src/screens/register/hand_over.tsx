/* Whoever has to go hands the form that she began to a colleague at the same tablet. */
import { useState } from 'preact/hooks';

import { handOver } from '../../api/hand_over';
import { say } from '../../api/language';
import { session } from '../../api/session';
import type { Colleague } from '../../gen/api';
import { Button } from '../../parts/button/button';
import type { Form } from '../../parts/form/form';
import { Handing } from '../../parts/dialog_handing/handing';

export function HandOver<T>({ form }: { readonly form: Form<T> }) {
	const [isOpen, setOpen] = useState(false);

	async function hand(to: Colleague) {
		const { account = '', name = '' } = session.value ?? {};
		const place = await form.save();

		return place === undefined
			? ({ state: 'gone' } as const)
			: handOver({ account, name: place }, name, to.account);
	}

	return (
		<>
			<Button onPress={() => setOpen(true)}>{say('web.handing.title')}</Button>
			{isOpen && (
				<Handing
					colleagues={session.value?.colleagues ?? []}
					nobody={say('web.handing.nobody')}
					hand={hand}
					close={(isDone) => {
						setOpen(false);
						if (isDone) form.clear();
					}}
				/>
			)}
		</>
	);
}
