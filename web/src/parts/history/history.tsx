/* What was recorded, in plain words, newest first: what a reader looks for is mostly new. */
import './history.css';

import type { ComponentChildren } from 'preact';

import { say } from '../../api/language';
import type { Event } from '../../gen/api';
import { Say } from '../say/say';
import { When } from '../when/when';

interface LineProps {
	readonly event: Event;
	/** What may be done about it. */
	readonly beside?: ((event: Event) => ComponentChildren) | undefined;
}

function Line({ event, beside }: LineProps) {
	return (
		<li class="event">
			<p>
				<strong>{event.what}</strong>
			</p>
			<p class="small quiet">
				<When iso={event.happened} />
				{event.by !== undefined && (
					<>
						{' '}
						<Say k="web.history.by" values={[event.by]} />
					</>
				)}
			</p>
			{event.values.length > 0 && (
				<dl class="event-values small">
					{event.values.map((said) => (
						<div key={said.field}>
							<dt>{said.label}</dt>
							<dd>
								<bdi>{said.value}</bdi>
							</dd>
						</div>
					))}
				</dl>
			)}
			{beside?.(event)}
		</li>
	);
}

interface HistoryProps {
	readonly events: readonly Event[];
	readonly beside?: LineProps['beside'];
}

export function History({ events, beside }: HistoryProps) {
	const told = events.filter((event) => event.kind !== 'record.opened').reverse();

	if (!told.length) return <p class="quiet">{say('web.history.none')}</p>;
	return (
		<ol class="plain-list stack" reversed>
			{told.map((event) => (
				<Line key={event.fact} event={event} beside={beside} />
			))}
		</ol>
	);
}

/** Who looked into the file, when and what for. */
export function Openings({ events }: { readonly events: readonly Event[] }) {
	const openings = events.filter((event) => event.kind === 'record.opened').reverse();

	if (!openings.length) return <p class="quiet">{say('web.history.nobody-looked')}</p>;
	return (
		<ul class="plain-list stack-close">
			{openings.map((event) => (
				<li key={event.fact}>
					<bdi>{event.by}</bdi>{' '}
					<span class="quiet small">
						{event.values.map((said) => said.value).join(' ')}
					</span>{' '}
					<span class="small">
						<When iso={event.recorded} />
					</span>
				</li>
			))}
		</ul>
	);
}
