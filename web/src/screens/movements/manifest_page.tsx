/* One movement: who has a seat, by alias; boarding one by one; who is missing. */
import { useState } from 'preact/hooks';

import { say, sayCount } from '../../api/language';
import { get } from '../../api/server';
import { may } from '../../api/session';
import { hrefOf } from '../../core/route';
import type { Manifest, Movement } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { Notice } from '../../parts/notice/notice';
import { useAsked } from '../../parts/page/asked';
import { Answered, Page, Section } from '../../parts/page/page';
import { Say } from '../../parts/say/say';
import { When } from '../../parts/when/when';
import { Cancel, SeatForm } from './seats';
import { Sheets } from './sheets';
import { Travellers } from './travellers';

export function ManifestPage({ movement }: { readonly movement: string }) {
	const asked = useAsked(
		(signal) => get('Manifest', `/api/movements/${movement}`, { signal }),
		[movement],
	);
	const [printing, setPrinting] = useState<'slips' | 'ticks' | null>(null);

	if (printing && asked.state === 'ok')
		return (
			<Sheets
				what={printing}
				manifest={asked.value}
				onDone={() => setPrinting(null)}
			/>
		);
	return (
		<Page
			title={say('web.movements.one')}
			beside={
				<div class="row">
					<Button onPress={() => setPrinting('slips')}>
						{say('web.movements.slips')}
					</Button>
					<Button onPress={() => setPrinting('ticks')}>
						{say('web.movements.ticks')}
					</Button>
					<a
						class="button"
						href={hrefOf('movements', movement, 'ticks')}
					>
						{say('web.ticks.title')}
					</a>
				</div>
			}
		>
			<Answered asked={asked}>
				{(manifest) => <OneMovement manifest={manifest} />}
			</Answered>
			<p>
				<a href={hrefOf('movements')}>{say('web.movements.title')}</a>
			</p>
		</Page>
	);
}

function OneMovement({ manifest }: { readonly manifest: Manifest }) {
	const { movement } = manifest;

	return (
		<>
			<Head movement={movement} />
			{movement.cancelled && (
				<Notice sort="care" title={say('web.movement.cancelled')} />
			)}
			{may('crossing.recorded') && (
				<p>
					<a
						class="button button-main"
						href={hrefOf('movements', movement.id, 'gate')}
					>
						{say('web.gate.title')}
					</a>
				</p>
			)}
			<Count manifest={manifest} />
			<Section title={say('web.movements.travellers')}>
				<Travellers manifest={manifest} />
			</Section>
			{may('seat.assigned') && (
				<Section title={say('web.movements.assign')}>
					<SeatForm movement={movement} />
				</Section>
			)}
			{may('movement.cancelled') && !movement.cancelled && (
				<Cancel movement={movement} />
			)}
		</>
	);
}

function Head({ movement }: { readonly movement: Movement }) {
	return (
		<p class="movement-head">
			<strong>
				<When iso={movement.departs} />
			</strong>
			<span>
				<Say
					k="web.movements.way"
					values={[movement.from_name, movement.crossing_name]}
				/>
			</span>
			<span>
				{say('web.movement.seats')}:{' '}
				<Say
					k="web.movement.taken"
					values={[movement.taken, movement.seats]}
				/>
			</span>
		</p>
	);
}

/** The same people counted three times; who is missing is named by her alias. */
function Count({ manifest }: { readonly manifest: Manifest }) {
	const { boarded, crossed, arrived } = manifest;

	return (
		<Section title={say('web.movements.count')}>
			<ul class="plain-list columns movement-count">
				<li>
					<strong>{boarded}</strong> {say('web.movements.boarded')}
				</li>
				<li>
					<strong>{crossed}</strong> {say('web.movements.crossed')}
				</li>
				<li>
					<strong>{arrived}</strong> {say('web.movements.arrived')}
				</li>
			</ul>
			<Missing
				title={sayCount(
					'web.movements.missing-crossing',
					manifest.missing_at_crossing.length,
				)}
				aliases={manifest.missing_at_crossing}
			/>
			<Missing
				title={sayCount(
					'web.movements.missing-arrival',
					manifest.missing_at_arrival.length,
				)}
				aliases={manifest.missing_at_arrival}
			/>
		</Section>
	);
}

function Missing({
	title,
	aliases,
}: {
	readonly title: string;
	readonly aliases: readonly string[];
}) {
	if (!aliases.length) return null;
	return (
		<Notice sort="care" title={title}>
			<ul class="plain-list row">
				{aliases.map((alias) => (
					<li key={alias}>
						<bdi class="alias">{alias}</bdi>
					</li>
				))}
			</ul>
		</Notice>
	);
}
