import './find.css';

import { say } from '../../api/language';
import type { Found } from '../../gen/api';

/** Somebody who was found: enough to know whom one opens. */
export function FoundName({ found }: { readonly found: Found }) {
	return (
		<>
			<strong>
				<bdi>{found.name ?? say('web.find.household')}</bdi>
			</strong>
			<bdi class="quiet">
				{found.case_number}
				{found.member !== undefined &&
					found.member > 0 &&
					`/${found.member}`}
			</bdi>
		</>
	);
}
