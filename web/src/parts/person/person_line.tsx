/* A person in one line: who she is, and where she stands now. */
import './person.css';

import { languageNow, say, sayCode } from '../../api/language';
import { today } from '../../api/session';
import { dayOfIso, yearsBetween } from '../../core/dates';
import type { Person } from '../../gen/api';
import type { Key } from '../../gen/keys';

const STATUS = {
	none: 'web.status.none',
	registered: 'web.status.registered',
	stay: 'web.status.stay',
	undecided: 'web.status.undecided',
	return: 'web.status.return',
	withdrawn: 'web.status.withdrawn',
	seated: 'web.status.seated',
	departed: 'web.status.departed',
	crossed: 'web.status.crossed',
	arrived: 'web.status.arrived',
	died: 'web.status.died',
	erased: 'web.status.erased',
} as const satisfies Record<Person['status'], Key>;

export function statusText(person: Person): string {
	return say(STATUS[person.status]);
}

/** "34", "33 to 34", or nothing where nothing is known. */
export function ageText(person: Pick<Person, 'born_from' | 'born_to'>): string {
	const from = dayOfIso(person.born_from ?? '');
	const to = dayOfIso(person.born_to ?? '');

	if (from === null || to === null) return '';
	const least = Math.max(0, yearsBetween(to, today()));
	const most = Math.max(0, yearsBetween(from, today()));

	return least === most
		? say('web.person.age', least)
		: say('web.person.age-between', least, most);
}

/** What somebody has to know of her before anything is done. */
export function marksOf(person: Person): readonly string[] {
	// What this account may not know is absent, and marks nothing.
	const stands: readonly (readonly [boolean, Key])[] = [
		[(person.holds ?? 0) > 0, 'web.mark.hold'],
		[person.detained ?? false, 'web.mark.detained'],
		[person.review_due ?? false, 'web.mark.review'],
		[(person.incidents ?? 0) > 0, 'web.mark.incident'],
		[person.withdrawn !== undefined, 'web.mark.withdrawn'],
		[(person.broken ?? []).length > 0, 'web.mark.broken'],
	];

	return stands.filter(([isSo]) => isSo).map(([, mark]) => say(mark));
}

/** Words of a list, joined as the reader's language joins them. */
export function joined(parts: readonly string[]): string {
	return new Intl.ListFormat(languageNow(), { style: 'short', type: 'unit' }).format(
		parts.filter((part) => part),
	);
}

export function PersonLine({ person }: { readonly person: Person }) {
	const marks = marksOf(person);

	return (
		<div class="person-line">
			<div>
				<p class="person-name">
					{person.member > 0 && (
						<>
							<bdi class="quiet" dir="ltr">
								/{person.member}
							</bdi>{' '}
						</>
					)}
					<bdi>{person.name}</bdi>
				</p>
				<p class="small quiet">
					{joined([
						person.relation
							? sayCode('relation', person.relation)
							: '',
						person.sex ? sayCode('sex', person.sex) : '',
						ageText(person),
						person.child ? say('web.person.child') : '',
					])}
				</p>
			</div>
			<p class="person-status">{statusText(person)}</p>
			{marks.length > 0 && (
				<ul class="plain-list row">
					{marks.map((mark) => (
						<li class="mark" key={mark}>
							{mark}
						</li>
					))}
				</ul>
			)}
		</div>
	);
}
