/*
 * A form that loses nothing: what is typed is kept as a draft, and what is sent reaches the
 * register exactly once, also when the page is closed while nobody knows.
 */
import { useEffect, useRef, useState } from 'preact/hooks';

import { type DraftPlace, takePlace } from '../../api/draft_place';
import { newKey, record } from '../../api/facts';
import { drafts } from '../../api/session';
import { proposalOf } from '../../core/sender';
import type { Fact, Known, Problem, Proposal, Recorded } from '../../gen/api';

export type FormState =
	/** Its draft is being read. */
	| { readonly state: 'opening' }
	| { readonly state: 'filling'; readonly problem?: Problem }
	/** `attempts` that were not answered: nobody knows yet. */
	| { readonly state: 'sending'; readonly attempts: number }
	| { readonly state: 'recorded'; readonly recorded: Recorded };

interface Kept<T> {
	readonly value: T;
	readonly key: string;
	/** What was sent, as long as no answer came. */
	readonly sent?: Proposal;
}

export interface Form<T> {
	readonly value: T;
	/** What depends on what stands there is given as a function of it. */
	readonly change: (patch: Partial<T> | ((now: T) => Partial<T>)) => void;
	readonly now: FormState;
	/** It came out of a draft. */
	readonly restored: boolean;
	/** Name of the colleague whose it was, where it was handed over. */
	readonly wasOf: string | undefined;
	/** Another window of this account has the same form open; this one has its own draft. */
	readonly isSecond: boolean;
	readonly submit: (facts: readonly Fact[], known?: readonly Known[]) => void;
	/** What is wrong with it before it is sent. */
	readonly refuse: (problem: Problem | undefined) => void;
	/** Begin anew; the draft is gone. */
	readonly clear: () => void;
	/** What was typed is in its draft once this is over; the place of that draft. */
	readonly save: () => Promise<string | undefined>;
}

const PAUSE_MS = 300;

/** `name` is the form's place among the drafts of the account: "household/new". */
export function useForm<T extends object>(name: string, empty: () => T): Form<T> {
	const [kept, setKept] = useState<Kept<T>>(() => ({ value: empty(), key: newKey() }));
	const [now, setNow] = useState<FormState>({ state: 'opening' });
	const [restored, setRestored] = useState(false);
	const [wasOf, setWasOf] = useState<string>();
	const latest = useRef(kept);
	const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
	// Null until it is known: nothing is typed before.
	const place = useRef<DraftPlace | null>(null);

	/** What is sent is kept, and forgotten, also where the form was left meanwhile. */
	function keep(next: Kept<T>, at = place.current): Promise<void> | undefined {
		clearTimeout(timer.current);
		timer.current = undefined;
		latest.current = next;
		setKept(next);
		return at ? drafts.value?.write(at.name, next) : undefined;
	}

	async function forget(at = place.current): Promise<void> {
		if (at) await drafts.value?.remove(at.name);
	}

	async function open(taken: DraftPlace): Promise<void> {
		// Only this hook writes under this name; the seal says that it did.
		const draft = (await drafts.value?.read(taken.name)) as Kept<T> | undefined;
		const from = draft && (await drafts.value?.wasOf(taken.name));

		if (place.current !== taken) return;
		if (draft) {
			latest.current = { ...draft, value: { ...empty(), ...draft.value } };
			setKept(latest.current);
			setRestored(true);
			setWasOf(from);
		}
		if (draft?.sent) void sendOff(draft.sent);
		else setNow({ state: 'filling' });
	}

	async function sendOff(proposal: Proposal): Promise<void> {
		const at = place.current;

		setNow({ state: 'sending', attempts: 0 });
		await keep({ ...latest.current, sent: proposal }, at);
		const sent = await record(proposal, (attempts) =>
			setNow({ state: 'sending', attempts }),
		);

		if (sent.state === 'recorded') {
			await forget(at);
			setNow(sent);
		} else {
			const { value, key } = latest.current;

			await keep({ value, key }, at);
			setNow({ state: 'filling', problem: sent.problem });
		}
	}

	useEffect(() => {
		let isHere = true;

		void takePlace(name).then((taken) => {
			if (isHere) void open((place.current = taken));
			else taken.leave();
		});
		return () => {
			const left = place.current;
			const kept = timer.current === undefined ? undefined : keep(latest.current);

			isHere = false;
			place.current = null;
			void Promise.resolve(kept).finally(() => left?.leave());
		};
	}, [name]);

	function change(patch: Partial<T> | ((now: T) => Partial<T>)): void {
		const { value } = latest.current;
		const changed = typeof patch === 'function' ? patch(value) : patch;

		latest.current = { ...latest.current, value: { ...value, ...changed } };
		setKept(latest.current);
		clearTimeout(timer.current);
		timer.current = setTimeout(() => void keep(latest.current), PAUSE_MS);
	}

	function clear(): void {
		clearTimeout(timer.current);
		timer.current = undefined;
		latest.current = { value: empty(), key: newKey() };
		setKept(latest.current);
		setRestored(false);
		setNow({ state: 'filling' });
		void forget();
	}

	async function save(): Promise<string | undefined> {
		await keep(latest.current);
		return place.current?.name;
	}

	return {
		value: kept.value,
		change,
		now,
		restored,
		wasOf,
		isSecond: place.current?.isSecond ?? false,
		submit: (facts, known) => void sendOff(proposalOf(kept.key, facts, known)),
		refuse: (problem) =>
			setNow(problem ? { state: 'filling', problem } : { state: 'filling' }),
		clear,
		save,
	};
}
