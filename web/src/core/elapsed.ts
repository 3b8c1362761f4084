/*
 * Time that has passed, as a clock on the operation's own duty: it never counts down, and
 * never towards anything that a person has to do.
 */

const HOUR_MS = 3_600_000;

/** Within so many hours an incident is referred to legal aid. */
export const REFERRAL_H = 24;

export type Elapsed =
	| { readonly within: 'hour' }
	| { readonly within: 'duty'; readonly hours: number }
	| { readonly within: 'late'; readonly hours: number };

/** Since a moment of the past; one that lies ahead, by a clock that was wrong, is now. */
export function elapsed(since: string, now_ms: number, duty_h: number = REFERRAL_H): Elapsed {
	const hours = Math.floor((now_ms - Date.parse(since)) / HOUR_MS);

	if (hours < 1) return { within: 'hour' };
	return { within: hours < duty_h ? 'duty' : 'late', hours };
}
