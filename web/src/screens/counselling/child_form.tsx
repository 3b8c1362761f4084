/* What a child says of the family's plan: it is heard, and is nobody's consent. */
import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import type { CodeWord, Person } from '../../gen/api';
import { ChoiceField } from '../../parts/field/choice_field';
import { useForm } from '../../parts/form/form';
import { FormFrame } from '../../parts/form/form_frame';
import { Notice } from '../../parts/notice/notice';
import { Section } from '../../parts/page/page';
import type { Company } from './talk';

interface Heard {
	readonly view: CodeWord<'child_view'> | '';
	readonly company: Company | '';
}

export function ChildForm({ person }: { readonly person: Person }) {
	const form = useForm<Heard>(`child/${person.id}`, () => ({ view: '', company: '' }));
	const { view, company } = form.value;
	const [missing, setMissing] = useState<readonly string[]>([]);

	function submit() {
		if (!view || !company) {
			setMissing([
				...(view ? [] : [say('field.view')]),
				...(company ? [] : [say('field.company')]),
			]);
			return;
		}
		setMissing([]);
		form.submit(
			[{ kind: 'child.heard', subject: person.id, view, company }],
			[{ subject: person.id, version: person.version }],
		);
	}

	return (
		<Section title={say('web.counselling.child')}>
			<p>{say('web.counselling.child-what')}</p>
			{form.now.state === 'recorded' ? (
				<Notice
					sort="done"
					takesFocus
					title={say('web.counselling.child-recorded')}
				/>
			) : (
				<FormFrame
					form={form}
					does={say('web.counselling.record-child')}
					missing={missing}
					onSubmit={submit}
				>
					<ChoiceField
						label={say('field.view')}
						set="child_view"
						value={view}
						onChange={(next) => form.change({ view: next })}
					/>
					<ChoiceField
						label={say('field.company')}
						set="company"
						value={company}
						onChange={(next) => form.change({ company: next })}
					/>
				</FormFrame>
			)}
		</Section>
	);
}
