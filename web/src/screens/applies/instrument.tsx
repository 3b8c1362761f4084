/* An instrument as a card: what it says in plain words first, then who issued it and when. */
import './applies.css';

import { say } from '../../api/language';
import type { Applied } from '../../gen/api';
import type { Key } from '../../gen/keys';
import { Say } from '../../parts/say/say';
import { Day } from '../../parts/when/when';

export function Instrument({ one }: { readonly one: Applied }) {
	const isContradicted = one.conflicts_with.length > 0;

	return (
		<article class={isContradicted ? 'applied applied-contradicted' : 'applied'}>
			<h3>
				<bdi dir="auto">{one.instrument}</bdi>
			</h3>
			<p>{one.says}</p>
			<p class="quiet">
				<bdi dir="auto">{one.authority}</bdi>
				{' · '}
				<bdi>{one.id}</bdi>
				{' · '}
				<Day iso={one.date} />
			</p>
			<p>
				{one.to === undefined ? (
					<Say
						k="web.applies.from"
						values={[<Day key="from" iso={one.from} />]}
					/>
				) : (
					<Say
						k="web.applies.from-to"
						values={[
							<Day key="from" iso={one.from} />,
							<Day key="to" iso={one.to} />,
						]}
					/>
				)}
			</p>
			<Codes k="web.applies.contradicts" codes={one.conflicts_with} />
			<Codes k="web.applies.under" codes={one.line} />
			<Codes k="web.applies.superseded" codes={one.superseded_by} />
			{one.paused && (
				<Codes
					k="web.applies.paused"
					codes={
						one.paused_by === undefined
							? ['–']
							: [one.paused_by]
					}
				/>
			)}
			{one.some && <p>{say('web.applies.some')}</p>}
			{one.source !== undefined && (
				<p class="quiet">
					<Say k="web.applies.source" values={[one.source]} />
				</p>
			)}
		</article>
	);
}

interface CodesProps {
	readonly k: Key;
	readonly codes: readonly string[];
}

function Codes({ k, codes }: CodesProps) {
	if (codes.length === 0) return null;
	return (
		<p>
			<Say k={k} values={[codes.join(' · ')]} />
		</p>
	);
}
