/*
 * What is still open in somebody's file: an incident that nobody closed, a hold that nobody
 * lifted, a complaint that nobody answered.
 */
import type { Event } from '../gen/api';

/** The fact that an event names in a field; undefined: none. */
export function namedBy(event: Event, field: string): string | undefined {
	return event.values.find((said) => said.field === field)?.names;
}

/** What an event says of a field, in words; empty: nothing. */
export function saidOf(event: Event, field: string): string {
	return event.values.find((said) => said.field === field)?.value ?? '';
}

interface Ending {
	/** Kind of the fact that ends one. */
	readonly kind: string;
	/** Its field that names which. */
	readonly field: string;
}

/** Events of `kind`, oldest first, that no later `ending` has named; one that names none ends all. */
export function openThreads(
	events: readonly Event[],
	kind: string,
	ending: Ending,
): readonly Event[] {
	let open: Event[] = [];

	for (const event of events) {
		if (event.kind === kind) open.push(event);
		if (event.kind !== ending.kind) continue;
		const named = namedBy(event, ending.field);

		open = named === undefined ? [] : open.filter((begun) => begun.fact !== named);
	}
	return open;
}

/** Events of `kind` that name this one in `field`. */
export function following(
	events: readonly Event[],
	begun: Event,
	{ kind, field }: Ending,
): readonly Event[] {
	return events.filter(
		(event) => event.kind === kind && namedBy(event, field) === begun.fact,
	);
}
