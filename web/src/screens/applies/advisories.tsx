/*
 * What is closed or suspended now.  It stops departures, nobody's staying, and it ends only
 * when protection staff record that it has.
 */
import { say } from '../../api/language';
import { get } from '../../api/server';
import { may } from '../../api/session';
import type { AdvisoryState, Area, CodeWord, Place } from '../../gen/api';
import { AreaPicker } from '../../parts/area/area_picker';
import { ChoiceField } from '../../parts/field/choice_field';
import { SelectList } from '../../parts/field/select_list';
import { TextField } from '../../parts/field/text_field';
import { Act, blanks, type Made } from '../../parts/form/act';
import { useAsked } from '../../parts/page/asked';
import { Answered, Page, Section } from '../../parts/page/page';
import { Unfold } from '../../parts/unfold/unfold';
import { Advisory, Since } from './advisory';

export function Advisories() {
	const asked = useAsked((signal) => get('Advisories', '/api/advisories', { signal }), []);

	return (
		<Page title={say('web.advisory.title')}>
			<p>{say('web.advisory.what')}</p>
			<Answered asked={asked}>
				{({ advisories }) => <InForce advisories={advisories} />}
			</Answered>
			{may('advisory.set') && <SetForm />}
		</Page>
	);
}

function InForce({ advisories }: { readonly advisories: readonly AdvisoryState[] }) {
	return (
		<Section title={say('web.advisory.in-force')}>
			{advisories.length === 0 && <p class="quiet">{say('web.advisory.none')}</p>}
			<ul class="plain-list stack">
				{advisories.map((one) => (
					<li key={one.id} class="stack-close">
						<p>
							<strong>
								<Advisory one={one} />
							</strong>
						</p>
						<Since one={one} />
						{may('advisory.set') && <EndForm one={one} />}
					</li>
				))}
			</ul>
		</Section>
	);
}

interface Ended {
	readonly source: string;
}

/**
 * What it was about is said again: where another site has set it anew meanwhile, it goes on,
 * and must go on about the same crossing and area.
 */
function endOf(one: AdvisoryState, { source }: Ended): Made {
	if (!source.trim()) return blanks([['', say('web.advisory.end-source')]]);
	return {
		facts: [
			{
				kind: 'advisory.set',
				subject: one.id,
				sort: one.sort,
				state: 'ended',
				...(one.crossing_code !== undefined && {
					crossing: one.crossing_code,
				}),
				...(one.area_key !== undefined && { area: one.area_key }),
				source: source.trim(),
			},
		],
	};
}

function EndForm({ one }: { readonly one: AdvisoryState }) {
	return (
		<Unfold title={say('web.advisory.end')}>
			<Act<Ended>
				name={`advisory/end/${one.id}`}
				empty={() => ({ source: '' })}
				does={say('web.advisory.end-record')}
				done={say('web.advisory.ended')}
				make={(value) => endOf(one, value)}
			>
				{({ source }, change) => (
					<TextField
						label={say('web.advisory.end-source')}
						isName
						value={source}
						onChange={(next) => change({ source: next })}
					/>
				)}
			</Act>
		</Unfold>
	);
}

interface NewAdvisory {
	readonly sort: CodeWord<'advisory'> | '';
	readonly crossing: string;
	readonly area: Area | null;
	readonly source: string;
}

function isAboutArea(sort: NewAdvisory['sort']): boolean {
	return sort === 'returns-suspended';
}

function setOf({ sort, crossing, area, source }: NewAdvisory): Made {
	const about: { crossing?: string; area?: string } | null = isAboutArea(sort)
		? area && { area: area.key }
		: crossing
			? { crossing }
			: null;

	if (!sort || !about || !source.trim())
		return blanks([
			[sort, say('field.sort')],
			[about, say(isAboutArea(sort) ? 'field.area' : 'field.crossing')],
			[source.trim(), say('web.advisory.source')],
		]);
	return {
		facts: [
			{
				kind: 'advisory.set',
				subject: '@advisory',
				sort,
				state: 'in-force',
				...about,
				source: source.trim(),
			},
		],
	};
}

function SetForm() {
	const asked = useAsked((signal) => get('Places', '/api/places', { signal }), []);

	return (
		<Section title={say('web.advisory.set')}>
			<Answered asked={asked}>
				{({ places }) => (
					<SetFields
						crossings={places.filter(
							(place) => place.kind === 'border_crossing',
						)}
					/>
				)}
			</Answered>
		</Section>
	);
}

function SetFields({ crossings }: { readonly crossings: readonly Place[] }) {
	return (
		<Act<NewAdvisory>
			name="advisory/new"
			empty={() => ({ sort: '', crossing: '', area: null, source: '' })}
			does={say('web.advisory.record')}
			done={say('web.advisory.recorded')}
			make={setOf}
		>
			{(value, change) => (
				<>
					<ChoiceField
						label={say('field.sort')}
						set="advisory"
						value={value.sort}
						onChange={(sort) => change({ sort })}
					/>
					{isAboutArea(value.sort) ? (
						<AreaPicker
							label={say('field.area')}
							country="AFG"
							value={value.area}
							onChange={(area) => change({ area })}
						/>
					) : (
						<SelectList
							label={say('field.crossing')}
							options={crossings.map((place) => [
								place.code,
								place.name,
							])}
							value={value.crossing}
							onChange={(crossing) =>
								change({ crossing })
							}
						/>
					)}
					<TextField
						label={say('web.advisory.source')}
						isName
						value={value.source}
						onChange={(source) => change({ source })}
					/>
				</>
			)}
		</Act>
	);
}
