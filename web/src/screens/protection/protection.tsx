/* Protection: what waits, the longest first, and one person's case. */
import './protection.css';

import { say, sayCode, sayCount } from '../../api/language';
import { get } from '../../api/server';
import { hrefOf } from '../../core/route';
import { type Case, CODES } from '../../gen/api';
import type { Key } from '../../gen/keys';
import { Notice } from '../../parts/notice/notice';
import { useAsked } from '../../parts/page/asked';
import { Answered, Page, Section } from '../../parts/page/page';
import { useOpenedPerson } from '../opened';
import type { ScreenProps } from '../screens';
import { CasePage } from './case_page';
import { DutyClock } from './duty_clock';

export default function Protection({ args }: ScreenProps) {
	const [person] = args;

	return person === undefined ? <Cases /> : <Opened person={person} />;
}

function Cases() {
	const asked = useAsked((signal) => get('Cases', '/api/cases', { signal }), []);

	return (
		<Page title={say('web.protection.title')}>
			<Answered asked={asked}>
				{({ cases, more }) => (
					<>
						{cases.length === 0 && (
							<Notice
								sort="done"
								title={say('web.protection.none')}
							/>
						)}
						{SORTS.map((sort) => (
							<CasesOf
								key={sort}
								sort={sort}
								cases={cases.filter(
									(one) =>
										sortOf(one) ===
										sort,
								)}
							/>
						))}
						{more && (
							<Notice
								sort="note"
								title={say('web.protection.more')}
							/>
						)}
					</>
				)}
			</Answered>
		</Page>
	);
}

/** By what is to be done, the most pressing first. */
const SORTS = ['incident', 'review', 'complaint', 'assessment'] as const;
type Sort = (typeof SORTS)[number];

const TITLES = {
	incident: 'web.protection.title-incidents',
	review: 'web.protection.title-reviews',
	complaint: 'web.protection.title-complaints',
	assessment: 'web.protection.title-assessments',
} as const satisfies Record<Sort, Key>;

function sortOf(one: Case): Sort {
	if (one.incidents || one.detained) return 'incident';
	if (one.review_due || one.holds) return 'review';
	return one.complaints ? 'complaint' : 'assessment';
}

function CasesOf({ sort, cases }: { readonly sort: Sort; readonly cases: readonly Case[] }) {
	if (!cases.length) return null;
	return (
		<Section title={say(TITLES[sort])}>
			<ul class="plain-list cases">
				{cases.map((one) => (
					<CaseLine key={one.person} one={one} />
				))}
			</ul>
		</Section>
	);
}

/** What one case waits for, in words. */
function waitsFor(one: Case): readonly string[] {
	return [
		...(one.detained ? [say('web.mark.detained')] : []),
		...(one.review_due ? [say('web.mark.review')] : []),
		...(one.holds ? [sayCount('web.today.holds', one.holds)] : []),
		...(one.incidents ? [sayCount('web.protection.incidents', one.incidents)] : []),
		...(one.complaints ? [sayCount('web.protection.complaints', one.complaints)] : []),
		...CODES.assessment
			.filter((sort) => one.assessments.includes(sort))
			.map((sort) =>
				say('web.protection.assessment', sayCode('assessment', sort)),
			),
	];
}

function CaseLine({ one }: { readonly one: Case }) {
	return (
		<li class="case">
			<a href={hrefOf('protection', one.person)} class="case-who">
				<strong>
					<bdi>{one.name}</bdi>
				</strong>{' '}
				<bdi class="quiet">{one.case_number}</bdi>
			</a>
			<ul class="plain-list row">
				{waitsFor(one).map((what) => (
					<li key={what} class="case-waits">
						{what}
					</li>
				))}
			</ul>
			{one.legal_since !== undefined && <DutyClock since={one.legal_since} />}
		</li>
	);
}

function Opened({ person }: { readonly person: string }) {
	const asked = useOpenedPerson(person, 'protection');

	if (asked.state === 'ok') return <CasePage person={asked.value} />;
	return (
		<Page title={say('web.protection.title')}>
			<Answered asked={asked}>{() => null}</Answered>
		</Page>
	);
}
