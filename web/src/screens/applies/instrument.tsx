/* An instrument: what it means in plain words first, then who issued it, when, and how well
 * it is known. */
import './applies.css';

import { say, sayCode } from '../../api/language';
import type { Applied } from '../../gen/api';
import type { Key } from '../../gen/keys';
import { Say } from '../../parts/say/say';
import { Day } from '../../parts/when/when';

function classOf(one: Applied): string {
	return one.conflicts_with.length > 0 ? 'applied applied-contradicted' : 'applied';
}

/** As a card, with all that is known of it. */
export function Instrument({ one }: { readonly one: Applied }) {
	return (
		<article class={classOf(one)}>
			<h3>
				<Title one={one} />
			</h3>
			<Means one={one} />
			<Issued one={one} />
		</article>
	);
}

/** In two lines, beside those that contradict it. */
export function Voice({ one }: { readonly one: Applied }) {
	return (
		<li class={classOf(one)}>
			<p>{one.says}</p>
			<p class="quiet">
				<bdi dir="auto">{one.authority}</bdi>
				{' · '}
				<bdi>{one.id}</bdi>
			</p>
			<Codes k="web.applies.contradicts" codes={one.conflicts_with} />
		</li>
	);
}

/** In one line that unfolds: for who reads what protects each of a family. */
export function FoldedInstrument({ one }: { readonly one: Applied }) {
	return (
		<details class={classOf(one)}>
			<summary>
				{one.says}{' '}
				<span class="quiet small">
					<bdi dir="auto">{one.authority}</bdi>
					{' · '}
					<bdi>{one.id}</bdi>
				</span>
			</summary>
			<p>
				<strong>
					<Title one={one} />
				</strong>
			</p>
			<Issued one={one} />
		</details>
	);
}

function Title({ one }: { readonly one: Applied }) {
	return (
		<>
			<bdi dir="auto">{one.instrument}</bdi>
			{one.number !== undefined && (
				<>
					{' · '}
					<bdi dir="auto">{one.number}</bdi>
				</>
			)}
		</>
	);
}

/** In the reader's words, and in those of the instrument. */
function Means({ one }: { readonly one: Applied }) {
	return (
		<>
			<p>{one.says}</p>
			{one.detail !== undefined && (
				<p class="quiet" dir="auto">
					{one.detail}
				</p>
			)}
		</>
	);
}

function Issued({ one }: { readonly one: Applied }) {
	return (
		<>
			<p class="quiet">
				<bdi dir="auto">{one.authority}</bdi>
				{' · '}
				<bdi>{one.id}</bdi>
				{' · '}
				<Day iso={one.date} />
			</p>
			<p>
				<Term from={one.from} to={one.to} />
			</p>
			<p class="quiet">{one.areas_said.join(' · ')}</p>
			<Codes k="web.applies.contradicts" codes={one.conflicts_with} />
			<Codes k="web.applies.under" codes={one.line} />
			<Codes k="web.applies.superseded" codes={one.superseded_by} />
			{one.paused && (
				<Codes k="web.applies.paused" codes={[one.paused_by ?? '–']} />
			)}
			{one.some && <p>{say('web.applies.some')}</p>}
			<Known one={one} />
		</>
	);
}

/** From which day, and to which where it has an end. */
export function Term({ from, to }: { readonly from: string; readonly to: string | undefined }) {
	if (to === undefined)
		return <Say k="web.applies.from" values={[<Day key="from" iso={from} />]} />;
	return (
		<Say
			k="web.applies.from-to"
			values={[<Day key="from" iso={from} />, <Day key="to" iso={to} />]}
		/>
	);
}

/** Where it was read, how well, and what is to be known about it. */
function Known({ one }: { readonly one: Applied }) {
	return (
		<div class="quiet small stack-close">
			{one.source !== undefined && (
				<p>
					<Say k="web.applies.source" values={[one.source]} />
				</p>
			)}
			{one.basis !== undefined && <p>{sayCode('confidence', one.basis)}</p>}
			{one.verified_by !== undefined && (
				<p>
					<Say k="web.applies.verified" values={[one.verified_by]} />
				</p>
			)}
			{one.note !== undefined && <p dir="auto">{one.note}</p>}
		</div>
	);
}

interface CodesProps {
	readonly k: Key;
	readonly codes: readonly string[];
}

/** A code is not broken at its hyphen. */
function Codes({ k, codes }: CodesProps) {
	if (codes.length === 0) return null;
	return (
		<p>
			<Say
				k={k}
				values={[
					<span key="codes">
						{codes.map((code, i) => (
							<span key={code}>
								{i > 0 && ' · '}
								<bdi class="applied-code">
									{code}
								</bdi>
							</span>
						))}
					</span>,
				]}
			/>
		</p>
	);
}
