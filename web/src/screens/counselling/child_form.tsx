/* What a child says of the family's plan: it is heard, and is nobody's consent. */
import { say } from '../../api/language';
import type { CodeWord, Person } from '../../gen/api';
import { ChoiceField } from '../../parts/field/choice_field';
import { Act, blanks, type Made } from '../../parts/form/act';
import { Section } from '../../parts/page/page';
import type { Company } from './talk';

interface Heard {
	readonly view: CodeWord<'child_view'> | '';
	readonly company: Company | '';
}

function heardOf(person: Person, { view, company }: Heard): Made {
	if (!view || !company)
		return blanks([
			[view, say('field.view')],
			[company, say('field.company')],
		]);
	return { facts: [{ kind: 'child.heard', subject: person.id, view, company }] };
}

export function ChildForm({ person }: { readonly person: Person }) {
	return (
		<Section title={say('web.counselling.child')}>
			<p>{say('web.counselling.child-what')}</p>
			<Act<Heard>
				name={`child/${person.id}`}
				empty={() => ({ view: '', company: '' })}
				make={(value) => heardOf(person, value)}
				known={[{ subject: person.id, version: person.version }]}
				does={say('web.counselling.record-child')}
				done={say('web.counselling.child-recorded')}
			>
				{(value, change) => (
					<>
						<ChoiceField
							label={say('field.view')}
							set="child_view"
							value={value.view}
							onChange={(view) => change({ view })}
						/>
						<ChoiceField
							label={say('field.company')}
							set="company"
							value={value.company}
							onChange={(company) => change({ company })}
						/>
					</>
				)}
			</Act>
		</Section>
	);
}
