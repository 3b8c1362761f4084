/* What is closed or suspended, in words. */
import { sayCode } from '../../api/language';
import type { AdvisoryState } from '../../gen/api';
import { Say } from '../../parts/say/say';
import { When } from '../../parts/when/when';

/** "Crossing closed: Torkham" */
export function Advisory({ one }: { readonly one: AdvisoryState }) {
	const where = [one.crossing, one.area].filter((name) => name !== undefined);

	return (
		<Say
			k="web.advisory.one"
			values={[sayCode('advisory', one.sort), where.join(' · ')]}
		/>
	);
}

export function Since({ one }: { readonly one: AdvisoryState }) {
	return (
		<p class="small">
			<Say
				k="web.advisory.since"
				values={[<When key="since" iso={one.since} />, one.source]}
			/>
		</p>
	);
}
