/* Whom it is about, and where: what each page of these is asked with. */
import type { ComponentChildren } from 'preact';

import { say } from '../../api/language';
import { AreaPicker } from '../../parts/area/area_picker';
import { SelectList } from '../../parts/field/select_list';
import { change, GROUPS, question } from './question';

export function WhereField() {
	return (
		<AreaPicker
			label={say('web.applies.area')}
			hint={say('web.applies.area-hint')}
			country="PAK"
			value={question.value.area}
			onChange={(area) => change({ area })}
		/>
	);
}

export function QuestionFields({ children }: { readonly children?: ComponentChildren }) {
	return (
		<div class="card columns not-printed">
			<SelectList
				label={say('web.applies.group')}
				options={GROUPS.map(([group, key]) => [group, say(key)] as const)}
				value={question.value.group}
				onChange={(group) => change({ group })}
			/>
			<WhereField />
			{children}
		</div>
	);
}
