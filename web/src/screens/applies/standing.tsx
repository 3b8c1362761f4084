/* How far a negotiation has come. */
import { sayCount } from '../../api/language';
import type { Negotiation, Waiting } from '../../gen/api';
import { Say } from '../../parts/say/say';
import { Day } from '../../parts/when/when';

/** Whose it is, and how far it has come. */
export function Stage({ one }: { readonly one: Negotiation }) {
	return (
		<>
			<p class="quiet">
				<bdi dir="auto">{one.authority}</bdi>
				{' · '}
				<bdi>{one.id}</bdi>
			</p>
			<p>
				<strong>{one.stage_said}</strong>
				{one.since !== undefined && (
					<>
						{' · '}
						<Day iso={one.since} />
					</>
				)}
			</p>
		</>
	);
}

/** The same, and who waits for whom. */
export function Standing({ one }: { readonly one: Negotiation }) {
	return (
		<>
			<Stage one={one} />
			<ul class="plain-list stack-close">
				{one.waits.map((wait) => (
					<li key={`${wait.who}/${wait.for}`}>
						<Wait wait={wait} />
					</li>
				))}
			</ul>
		</>
	);
}

function Wait({ wait }: { readonly wait: Waiting }) {
	return (
		<>
			<Say k="web.negotiation.waits" values={[wait.who, wait.for]} />
			{wait.days !== undefined && (
				<> {sayCount('web.negotiation.days', wait.days)}</>
			)}
		</>
	);
}
