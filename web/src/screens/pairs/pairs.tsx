/*
 * Records that may be one person: a list by their numbers, and two of them side by side.
 * To open two is to read both files, which is recorded; nothing is ever merged.
 */
import { useEffect, useState } from 'preact/hooks';

import { moment } from '../../api/changes';
import { languageNow, say } from '../../api/language';
import { get } from '../../api/server';
import { hrefOf } from '../../core/route';
import type { PairRecord, Pairs, PairWaiting } from '../../gen/api';
import type { Key } from '../../gen/keys';
import type { Asked } from '../../parts/page/asked';
import { Answered, Page } from '../../parts/page/page';
import { Table } from '../../parts/table/table';
import { When } from '../../parts/when/when';
import type { ScreenProps } from '../screens';
import { PairPage } from './pair_page';

const PAUSE_MS = 500;

export const STRENGTH = {
	strong: 'web.pairs.strong',
	fair: 'web.pairs.fair',
	weak: 'web.pairs.weak',
} as const satisfies Record<PairWaiting['strength'], Key>;

export default function PairsScreen({ args: [one, other] }: ScreenProps) {
	return one && other ? <PairPage key={one + other} one={one} other={other} /> : <PairList />;
}

function isLookingOn({ looked_at: at, people }: Pairs): boolean {
	return at < people;
}

/** Each asking looks on in the register, until everybody was looked at. */
async function lookOn(stop: AbortSignal, tell: (asked: Asked<Pairs>) => void): Promise<void> {
	const answer = await get('Pairs', '/api/pairs', { signal: stop });

	if (stop.aborted) return;
	tell(answer);
	if (answer.state !== 'ok' || !isLookingOn(answer.value)) return;
	await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
	await lookOn(stop, tell);
}

function usePairs(): Asked<Pairs> {
	const [asked, setAsked] = useState<Asked<Pairs>>({ state: 'loading' });
	const now = moment.value;
	const language = languageNow();

	useEffect(() => {
		const stop = new AbortController();

		void lookOn(stop.signal, setAsked);
		return () => stop.abort();
	}, [now, language]);
	return asked;
}

function PairList() {
	const asked = usePairs();

	return (
		<Page title={say('web.pairs.title')}>
			<p>{say('web.pairs.what')}</p>
			<Answered asked={asked}>{(pairs) => <Waiting pairs={pairs} />}</Answered>
		</Page>
	);
}

export function numberOf({
	case_number: number = '',
	member,
}: Pick<PairRecord, 'case_number' | 'member'>): string {
	return member ? `${number}/${member}` : number;
}

function Waiting({ pairs }: { readonly pairs: Pairs }) {
	return (
		<>
			{isLookingOn(pairs) && (
				<p class="quiet" role="status">
					{say('web.pairs.looking', pairs.looked_at, pairs.people)}
				</p>
			)}
			<Table
				caption={say('web.pairs.title')}
				columns={[
					{
						title: say('web.pairs.earlier'),
						cell: ({ a }: PairWaiting) => (
							<bdi>{numberOf(a)}</bdi>
						),
					},
					{
						title: say('web.pairs.later'),
						cell: ({ b }) => <bdi>{numberOf(b)}</bdi>,
					},
					{
						title: say('web.pairs.how-much'),
						cell: ({ strength }) => say(STRENGTH[strength]),
					},
					{
						title: say('web.pairs.since'),
						cell: ({ since }) => <When iso={since} />,
					},
					{
						title: say('web.pairs.compare'),
						cell: ({ a, b }) => (
							<a
								class="button"
								href={hrefOf('pairs', a.id, b.id)}
								aria-label={say(
									'web.pairs.compare-of',
									numberOf(a),
									numberOf(b),
								)}
							>
								{say('web.pairs.compare')}
							</a>
						),
					},
				]}
				rows={pairs.pairs}
				keyOf={({ a, b }) => a.id + b.id}
				empty={isLookingOn(pairs) ? '' : say('web.pairs.none')}
			/>
		</>
	);
}
