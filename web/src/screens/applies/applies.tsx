/*
 * What applies to a group, in an area, on a day: by level, with what contradicts it.  What
 * contradicts each other is hatched and names the other; which of them prevails, nobody here
 * says.  It prints as it stands.
 */
import { useState } from 'preact/hooks';

import { say, sayCode } from '../../api/language';
import { get } from '../../api/server';
import { isoOf, readDate } from '../../core/dates';
import type { Applies, Area } from '../../gen/api';
import type { Key } from '../../gen/keys';
import { AreaPicker } from '../../parts/area/area_picker';
import { Button } from '../../parts/button/button';
import { DayField } from '../../parts/field/digits_field';
import { SelectList } from '../../parts/field/select_list';
import { useAsked } from '../../parts/page/asked';
import { Answered, Page, Section } from '../../parts/page/page';
import { Day } from '../../parts/when/when';
import { Instrument } from './instrument';

const GROUPS: readonly (readonly [group: string, key: Key])[] = [
	['por', 'web.applies.group-por'],
	['acc', 'web.applies.group-acc'],
	['undocumented', 'web.applies.group-undocumented'],
	['asylum_seekers', 'web.applies.group-asylum'],
	['umrf', 'web.applies.group-umrf'],
	['other', 'web.applies.group-other'],
];

const PAKISTAN: Area = { key: 'PAK', code: 'PAK', name: '', level: 'country' };

interface Question {
	readonly group: string;
	readonly area: Area | null;
	readonly on: string;
	readonly knownOn: string;
}

export default function WhatApplies() {
	const [asked, setAsked] = useState<Question>({
		group: 'por',
		area: null,
		on: '',
		knownOn: '',
	});
	const change = (part: Partial<Question>) => setAsked({ ...asked, ...part });

	return (
		<Page
			title={say('web.applies.title')}
			beside={
				<span class="not-printed">
					<Button onPress={() => print()}>
						{say('web.print.now')}
					</Button>
				</span>
			}
		>
			<div class="card stack not-printed">
				<SelectList
					label={say('web.applies.group')}
					options={GROUPS.map(
						([group, key]) => [group, say(key)] as const,
					)}
					value={asked.group}
					onChange={(group) => change({ group })}
				/>
				<AreaPicker
					label={say('web.applies.area')}
					hint={say('web.applies.area-hint')}
					country="PAK"
					value={asked.area}
					onChange={(area) => change({ area })}
				/>
				<DayField
					label={say('web.applies.on')}
					value={asked.on}
					onChange={(on) => change({ on })}
				/>
				<DayField
					label={say('web.applies.known-on')}
					hint={say('web.applies.known-on-hint')}
					value={asked.knownOn}
					onChange={(knownOn) => change({ knownOn })}
				/>
			</div>
			<Answer {...asked} />
		</Page>
	);
}

/** A day that cannot be read yet is none: the field says so. */
function dayOf(typed: string): string | undefined {
	const day = readDate(typed);

	return day === null ? undefined : isoOf(day);
}

function Answer({ group, area, on, knownOn }: Question) {
	const onDay = dayOf(on);
	const knownDay = dayOf(knownOn);
	const query = new URLSearchParams({
		group: group || 'other',
		area: (area ?? PAKISTAN).key,
		...(onDay && { on: onDay }),
		...(knownDay && { known_on: knownDay }),
	}).toString();
	const asked = useAsked(
		(signal) => get('Applies', `/api/applies?${query}`, { signal }),
		[query],
	);

	return <Answered asked={asked}>{(applies) => <Instruments applies={applies} />}</Answered>;
}

function Instruments({ applies }: { readonly applies: Applies }) {
	const levels = [...new Set(applies.instruments.map((one) => one.level))];

	return (
		<>
			<p class="applies-about">
				<bdi>{applies.group_said}</bdi>
				{' · '}
				<bdi>{applies.area.name}</bdi>
				{' · '}
				<Day iso={applies.on} />
			</p>
			<ul class="applies-notes stack">
				{applies.notes.map((note) => (
					<li key={note}>{note}</li>
				))}
			</ul>
			{levels.map((level) => (
				<Section key={level} title={sayCode('level', level)}>
					<div class="applies-side">
						{applies.instruments
							.filter((one) => one.level === level)
							.map((one) => (
								<Instrument
									key={one.id}
									one={one}
								/>
							))}
					</div>
				</Section>
			))}
		</>
	);
}
