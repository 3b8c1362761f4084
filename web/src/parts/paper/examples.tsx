import { useState } from 'preact/hooks';

import { NO_PAPER, type Paper } from '../../core/paper';
import type { Examples } from '../../examples';
import { PaperFields } from './paper_fields';

function Example({ first }: { readonly first: Paper }) {
	const [paper, setPaper] = useState(first);

	return (
		<PaperFields
			paper={paper}
			change={(patch) => setPaper((now) => ({ ...now, ...patch }))}
		/>
	);
}

export const examples: Examples = {
	'no paper': () => <Example first={NO_PAPER} />,
	'of yesterday': () => (
		<Example
			first={{
				isFromPaper: true,
				paperDay: '4/9/1405',
				paperClock: '۹:۳۰',
				paperOfficer: 'نسرین',
			}}
		/>
	),
};
