import { say } from '../../api/language';
import type { Examples } from '../../examples';
import { AreaPicker } from './area_picker';

const nothing = () => undefined;

export const examples: Examples = {
	'nothing chosen': () => (
		<AreaPicker label={say('field.residence')} value={null} onChange={nothing} />
	),
	'a district with an older name': () => (
		<AreaPicker
			label={say('field.origin')}
			value={{
				key: 'AF3201@cod-ab-2021',
				code: 'AF3201',
				name: 'Zaranj',
				within: 'Nimroz',
				level: 'district',
				former: 'Nad Ali',
			}}
			onChange={nothing}
		/>
	),
};
