/*
 * An area by its name in any of our scripts, an older name, or its P-code.
 *
 * What is typed is looked up at the server; the list below follows the keys ↓ ↑ Enter, as
 * the ARIA pattern of a combobox wants it.  Quick hands leave the box before the answer is
 * there: one area that is found alone is what they meant, and where it is not one, what they
 * typed stays and is told to be no area.
 */
import './area.css';

import { useEffect, useId, useRef, useState } from 'preact/hooks';

import { say } from '../../api/language';
import { get } from '../../api/server';
import type { Area } from '../../gen/api';
import { type LabelProps, Labelled } from '../field/labelled';

const PAUSE_MS = 150;

interface AreaPickerProps extends LabelProps {
	readonly value: Area | null;
	readonly onChange: (value: Area | null) => void;
	readonly country?: 'PAK' | 'AFG';
}

type Search =
	| { readonly state: 'closed' }
	| { readonly state: 'silent' }
	| {
			readonly state: 'open';
			/** What was typed for it. */
			readonly of: string;
			readonly areas: readonly Area[];
			readonly at: number;
	  };

export function areaName(area: Area): string {
	return area.within === undefined
		? area.name
		: say('web.area.within', area.name, area.within);
}

function useSearch(typed: string, country: string | undefined, isWanted: boolean) {
	const [search, setSearch] = useState<Search>({ state: 'closed' });

	useEffect(() => {
		const stop = new AbortController();
		const query = new URLSearchParams({ q: typed.trim(), ...(country && { country }) });
		const timer = setTimeout(() => {
			if (!isWanted || !typed.trim()) {
				setSearch({ state: 'closed' });
				return;
			}
			void get('Areas', `/api/areas?${query}`, { signal: stop.signal }).then(
				(answer) => {
					if (stop.signal.aborted) return;
					setSearch(
						answer.state === 'ok'
							? {
									state: 'open',
									of: typed,
									areas: answer.value.areas,
									at: 0,
								}
							: { state: 'silent' },
					);
				},
			);
		}, PAUSE_MS);

		return () => {
			clearTimeout(timer);
			stop.abort();
		};
	}, [typed, country, isWanted]);
	return [search, setSearch] as const;
}

export function AreaPicker(props: AreaPickerProps) {
	const { value, onChange, country } = props;
	const [typed, setTyped] = useState<string | null>(null);
	const [isLeft, setLeft] = useState(false);
	const [search, setSearch] = useSearch(typed ?? '', country, typed !== null);
	const list = useId();
	const input = useRef<HTMLInputElement>(null);
	const found = search.state === 'open' && search.of === typed ? search.areas : null;
	const isOpen = search.state === 'open' && typed !== null && !isLeft;

	function choose(area: Area | undefined) {
		if (area) onChange(area);
		setTyped(null);
		setSearch({ state: 'closed' });
	}

	useEffect(() => {
		if (!isLeft || !found) return;
		if (found.length === 1) choose(found[0]);
		else onChange(null);
	}, [isLeft, found]);

	function step(by: number) {
		if (search.state !== 'open' || !search.areas.length) return;
		const count = search.areas.length;

		setSearch({ ...search, at: (search.at + by + count) % count });
	}

	function onKey(event: KeyboardEvent) {
		if (!isOpen) return;
		if (event.key === 'ArrowDown') step(1);
		else if (event.key === 'ArrowUp') step(-1);
		else if (event.key === 'Enter') choose(search.areas[search.at]);
		else if (event.key === 'Escape') choose(undefined);
		else return;
		event.preventDefault();
		event.stopPropagation();
	}

	return (
		<Labelled
			{...props}
			wrong={
				isLeft && found
					? say(found.length ? 'web.area.which' : 'web.area.none')
					: props.wrong
			}
			understood={value && typed === null ? <AreaCode area={value} /> : ''}
		>
			{(named) => (
				<div class="area">
					<input
						{...named}
						ref={input}
						class="input"
						role="combobox"
						aria-expanded={isOpen}
						aria-controls={list}
						aria-autocomplete="list"
						aria-activedescendant={
							isOpen && search.areas.length
								? `${list}-${search.at}`
								: undefined
						}
						autoComplete="off"
						spellcheck={false}
						dir="auto"
						value={typed ?? (value ? areaName(value) : '')}
						onInput={(event) => {
							setTyped(event.currentTarget.value);
							if (!event.currentTarget.value)
								onChange(null);
						}}
						onKeyDown={onKey}
						onFocus={() => setLeft(false)}
						onBlur={() => {
							if (typed?.trim()) setLeft(true);
							else choose(undefined);
						}}
					/>
					<ul
						class="area-list plain-list"
						role="listbox"
						id={list}
						aria-label={props.label}
						hidden={!isOpen}
					>
						{isOpen &&
							search.areas.map((area, i) => (
								<li
									key={area.key}
									id={`${list}-${i}`}
									role="option"
									aria-selected={
										i === search.at
									}
									class="area-option"
									// Before the input loses the focus.
									onPointerDown={(event) => {
										event.preventDefault();
										choose(area);
									}}
								>
									<span>
										{areaName(area)}
									</span>{' '}
									<AreaCode area={area} />
								</li>
							))}
					</ul>
					<p class="small" role="status">
						{isOpen &&
							!search.areas.length &&
							say('web.area.none')}
						{search.state === 'silent' &&
							say('web.state.silent')}
					</p>
				</div>
			)}
		</Labelled>
	);
}

function AreaCode({ area }: { readonly area: Area }) {
	return (
		<span class="quiet small">
			<bdi>{area.code}</bdi>
			{area.former !== undefined && <> {say('web.area.former', area.former)}</>}
		</span>
	);
}
