/*
 * Two versions of a text: what is gone is struck out, what is new underlined.  It prints as
 * a sheet of its own, for who has to approve it and has no screen.
 */
import './comparison.css';

import { useState } from 'preact/hooks';

import { languageNow, say } from '../../api/language';
import { get } from '../../api/server';
import { session, today } from '../../api/session';
import { hrefOf } from '../../core/route';
import type { NegotiationFile, TextChange, TextVersion } from '../../gen/api';
import { SelectList } from '../../parts/field/select_list';
import { useAsked } from '../../parts/page/asked';
import { Answered, Page } from '../../parts/page/page';
import { PrintSheet } from '../../parts/printing/printing';
import { dayText } from '../../parts/when/when';

interface ComparisonProps {
	readonly code: string;
	readonly versions: readonly TextVersion[];
	readonly path: string;
}

/** The last two at first, as most want to know what has just been changed. */
export function Comparison({ code, versions, path }: ComparisonProps) {
	const [last2, last] = versions.slice(-2).map(({ version }) => String(version));
	const [before, setBefore] = useState(last2 ?? '');
	const [after, setAfter] = useState(last ?? '');
	const options = versions.map(
		({ version }) =>
			[String(version), say('web.negotiation.version-of', version)] as const,
	);

	return (
		<>
			<h3>{say('web.negotiation.compare')}</h3>
			<div class="columns">
				<SelectList
					label={say('web.negotiation.before')}
					options={options}
					value={before}
					onChange={setBefore}
				/>
				<SelectList
					label={say('web.negotiation.after')}
					options={options}
					value={after}
					onChange={setAfter}
				/>
			</div>
			{before && after && (
				<>
					<p>
						<a
							href={hrefOf(
								'applies',
								'negotiations',
								code,
								'compared',
								before,
								after,
							)}
						>
							{say('web.talks.print-comparison')}
						</a>
					</p>
					<Compared
						query={`${path}?before=${before}&after=${after}`}
					/>
				</>
			)}
		</>
	);
}

function useCompared(query: string) {
	return useAsked((signal) => get('NegotiationFile', query, { signal }), [query]);
}

function Compared({ query }: { readonly query: string }) {
	const asked = useCompared(query);

	return <Answered asked={asked}>{(file) => <Changes changes={file.changes} />}</Answered>;
}

function Changes({ changes = [] }: { readonly changes: readonly TextChange[] | undefined }) {
	return (
		<p class="negotiation-text" dir="auto">
			{changes.map((change, i) => (
				<Run key={i} change={change} />
			))}
		</p>
	);
}

/** By shape, and not by colour. */
function Run({ change: { sort, text } }: { readonly change: TextChange }) {
	switch (sort) {
		case 'same':
			return <>{text}</>;
		case 'gone':
			return <del>{text}</del>;
		case 'new':
			return <ins>{text}</ins>;
	}
}

// --- on paper

interface ComparedPageProps {
	readonly code: string;
	readonly path: string;
	readonly before: string;
	readonly after: string;
}

export function ComparedPage({ code, path, before, after }: ComparedPageProps) {
	const asked = useCompared(`${path}?${new URLSearchParams({ before, after }).toString()}`);

	return (
		<Page title={<span class="not-printed">{say('web.talks.print-comparison')}</span>}>
			<p class="not-printed">
				<a href={hrefOf('applies', 'negotiations', code)}>
					<bdi>{code}</bdi>
				</a>
			</p>
			<Answered asked={asked}>
				{(file) => (
					<PrintSheet language={languageNow()}>
						<Sheet file={file} before={before} after={after} />
					</PrintSheet>
				)}
			</Answered>
		</Page>
	);
}

interface SheetProps {
	readonly file: NegotiationFile;
	readonly before: string;
	readonly after: string;
}

function Sheet({ file, before, after }: SheetProps) {
	const { negotiation, versions } = file;
	const isShown = ({ version }: TextVersion) =>
		String(version) === before || String(version) === after;

	return (
		<div class="compared">
			<h1>{say('web.negotiation.compare')}</h1>
			<p>
				<bdi dir="auto">{negotiation.instrument}</bdi>
				{' · '}
				<bdi dir="auto">{negotiation.authority}</bdi>
				{' · '}
				<bdi>{negotiation.id}</bdi>
			</p>
			<p>
				<bdi>{dayText(today())}</bdi>
				{' · '}
				<bdi>{session.value?.site}</bdi>
			</p>
			<ul class="plain-list">
				{versions.filter(isShown).map(({ version, hash }) => (
					<li key={version}>
						{say('web.negotiation.version-of', version)}
						<br />
						<bdi class="compared-hash">{hash}</bdi>
					</li>
				))}
			</ul>
			<p>
				<del>{say('web.talks.gone')}</del> ·{' '}
				<ins>{say('web.talks.new')}</ins>
			</p>
			<Changes changes={file.changes} />
		</div>
	);
}
