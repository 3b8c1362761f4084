import './find.css';

import { say } from '../../api/language';
import type { Found } from '../../gen/api';
import { ageText, joined } from '../../parts/person/person_line';

function numberOf({ case_number: number, member }: Found): string {
	return number ? `${number}${member ? `/${member}` : ''}` : '';
}

function fathersOf({ father, grandfather }: Found): string {
	const names = joined([father ?? '', grandfather ?? '']);

	return names && say('web.find.father', names);
}

/** Somebody who was found: enough to know whom one opens. */
export function FoundName({ found }: { readonly found: Found }) {
	return (
		<>
			<strong>
				<bdi>{found.name ?? say('web.find.household')}</bdi>
			</strong>
			<span class="found-known">
				{[fathersOf(found), ageText(found), found.origin?.name]
					.filter(Boolean)
					.map((known) => (
						<bdi key={known}>{known}</bdi>
					))}
			</span>
			<bdi class="quiet">{numberOf(found)}</bdi>
		</>
	);
}

/** Why she is shown: what speaks for her, then what speaks against. */
export function Reasons({ found }: { readonly found: Pick<Found, 'reasons'> }) {
	const sorted = [...found.reasons].sort(
		(a, b) => Number(b.speaks_for) - Number(a.speaks_for),
	);

	return (
		<ul class="reasons">
			{sorted.map((reason) => (
				<li key={reason.said} class={reason.speaks_for ? 'for' : 'against'}>
					{reason.said}
				</li>
			))}
		</ul>
	);
}

interface FoundListProps {
	readonly found: readonly Found[];
	readonly open: (subject: string) => void;
}

/** Each opens her file; what speaks for and against her stands below. */
export function FoundList({ found, open }: FoundListProps) {
	return (
		<ul class="plain-list stack-close">
			{found.map((one) => (
				<li key={one.id}>
					<button
						type="button"
						class="button found"
						onClick={() => open(one.id)}
					>
						<FoundName found={one} />
					</button>
					<Reasons found={one} />
				</li>
			))}
		</ul>
	);
}
