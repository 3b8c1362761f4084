import { languageNow, say } from '../../api/language';
import type { Examples } from '../../examples';
import { PrintSheet } from './printing';

export const examples: Examples = {
	'a sheet': () => (
		<PrintSheet language={languageNow()}>
			<h3>{say('web.record.title')}</h3>
			<p>{say('web.record.rights')}</p>
		</PrintSheet>
	),
};
