/*
 * At the crossing: a slip or a paper is scanned, and the answer is seen from three steps away,
 * by its word, its shape and its sound.  A scanner needs no field to be chosen first.
 */
import { useRef, useState } from 'preact/hooks';

import { say } from '../../api/language';
import { get, post } from '../../api/server';
import { may } from '../../api/session';
import { hrefOf } from '../../core/route';
import { zone } from '../../core/zone';
import type { Area, Movement, Problem, Scanned } from '../../gen/api';
import { AreaPicker } from '../../parts/area/area_picker';
import { useScanner } from '../../parts/base/scanner';
import { Button } from '../../parts/button/button';
import { TextField } from '../../parts/field/text_field';
import { Notice } from '../../parts/notice/notice';
import { useAsked } from '../../parts/page/asked';
import { Answered, Page } from '../../parts/page/page';
import { ProblemNotice } from '../../parts/problem/problem';
import { Camera } from './camera';
import { CrossingForm } from './crossing_form';
import { useDeed } from './deed';
import { sound } from './sound';

type Scan =
	| { readonly state: 'waiting' }
	| { readonly state: 'asking' }
	| { readonly state: 'silent' }
	| { readonly state: 'problem'; readonly problem: Problem }
	| { readonly state: 'answered'; readonly scanned: Scanned };

export function Gate({ movement }: { readonly movement: string }) {
	const asked = useAsked(
		(signal) => get('Manifest', `/api/movements/${movement}`, { signal }),
		[movement],
	);

	return (
		<Page
			title={say('web.gate.title')}
			beside={
				<a href={hrefOf('movements', movement)}>
					{say('web.movements.one')}
				</a>
			}
		>
			<Answered asked={asked}>
				{(manifest) => <Scanner movement={manifest.movement} />}
			</Answered>
		</Page>
	);
}

function useScan(movement: string) {
	const [scan, setScan] = useState<Scan>({ state: 'waiting' });
	const latest = useRef(0);

	async function ask(text: string): Promise<void> {
		const mine = ++latest.current;

		setScan({ state: 'asking' });
		const answer = await post('Scanned', '/api/scan', { text, movement });

		// Who is scanned next is answered next, whichever answer comes first.
		if (mine !== latest.current) return;
		if (answer.state !== 'ok') {
			setScan(answer);
			return;
		}
		sound(answer.value.answer);
		setScan({ state: 'answered', scanned: answer.value });
	}

	return { scan, ask, clear: () => setScan({ state: 'waiting' }) };
}

function Scanner({ movement }: { readonly movement: Movement }) {
	const { scan, ask, clear } = useScan(movement.id);
	const [typed, setTyped] = useState('');
	const [hasCamera, setCamera] = useState(false);
	const document = useRef(zone());

	function take(text: string) {
		setTyped('');
		if (text.trim()) void ask(text.trim());
	}

	useScanner((text, at_ms) => {
		const whole = document.current.take(text, at_ms);

		if (whole !== null) take(whole);
	});
	return (
		<>
			<div aria-live="assertive" class="stack">
				<Result scan={scan} />
			</div>
			{scan.state === 'answered' && (
				<Next movement={movement} scanned={scan.scanned} done={clear} />
			)}
			<form
				class="card stack"
				onSubmit={(event) => {
					event.preventDefault();
					take(typed);
				}}
			>
				<TextField
					label={say('web.gate.type')}
					hint={say('web.gate.type-hint')}
					value={typed}
					onChange={setTyped}
				/>
				<div class="row">
					<Button submits>{say('web.gate.look')}</Button>
					<Button
						pressed={hasCamera}
						onPress={() => setCamera(!hasCamera)}
					>
						{say('web.gate.camera')}
					</Button>
				</div>
				{hasCamera && <Camera onRead={take} />}
			</form>
		</>
	);
}

const SHAPES = { accept: '✓', refuse: '✕', unknown: '?' } as const;
const WORDS = {
	accept: 'web.gate.accept',
	refuse: 'web.gate.refuse',
	unknown: 'web.gate.unknown',
} as const;

function Result({ scan }: { readonly scan: Scan }) {
	switch (scan.state) {
		case 'waiting':
			return <p class="gate gate-waiting">{say('web.gate.waiting')}</p>;
		case 'asking':
			return <p class="gate gate-waiting">{say('web.state.loading')}</p>;
		case 'silent':
			return <Notice sort="care" title={say('web.state.silent')} />;
		case 'problem':
			return <ProblemNotice problem={scan.problem} />;
		case 'answered': {
			const { answer, why, alias, seat } = scan.scanned;

			return (
				<div class={`gate gate-${answer}`}>
					<span class="gate-shape" aria-hidden="true">
						{SHAPES[answer]}
					</span>
					<div class="stack-close">
						<p class="gate-word">{say(WORDS[answer])}</p>
						<p>{why}</p>
						{alias !== undefined && (
							<p>
								<bdi class="alias">{alias}</bdi>
								{seat !== undefined && (
									<>
										{' · '}
										{say(
											'field.seat',
										)}{' '}
										{seat}
									</>
								)}
							</p>
						)}
					</div>
				</div>
			);
		}
	}
}

interface NextProps {
	readonly movement: Movement;
	readonly scanned: Scanned;
	readonly done: () => void;
}

/** What is recorded of who stands there: the crossing, or, once across, the arrival. */
function Next({ movement, scanned, done }: NextProps) {
	if (scanned.person === undefined) return null;
	// Whoever comes on her own passes like anybody, and is counted as what she is; of who has a
	// seat on a movement it is first asked at the bus.
	const isAlone = scanned.key === 'scan.not-departed' && scanned.seat === undefined;

	if ((scanned.answer === 'accept' || isAlone) && may('crossing.recorded'))
		return (
			<CrossingForm
				key={scanned.person}
				person={scanned.person}
				crossing={movement.crossing}
				returnKind={isAlone ? 'spontaneous' : 'facilitated-voluntary'}
				done={done}
			/>
		);
	if (scanned.crossed !== undefined && may('arrival.recorded'))
		return <Arrival key={scanned.person} person={scanned.person} done={done} />;
	return null;
}

function Arrival({ person, done }: { readonly person: string; readonly done: () => void }) {
	const [area, setArea] = useState<Area | null>(null);
	const deed = useDeed();

	if (deed.now.state === 'recorded')
		return (
			<Notice sort="done" takesFocus title={say('web.gate.arrival-recorded')}>
				<p>
					<Button onPress={done}>{say('web.gate.next')}</Button>
				</p>
			</Notice>
		);
	return (
		<div class="card stack">
			<AreaPicker
				label={say('web.gate.arrived-in')}
				country="AFG"
				value={area}
				onChange={setArea}
			/>
			{deed.now.state === 'refused' && (
				<ProblemNotice problem={deed.now.problem} />
			)}
			<p>
				<Button
					look="main"
					disabled={!area}
					busy={deed.now.state === 'sending'}
					onPress={() => {
						if (area)
							void deed.run([
								{
									kind: 'arrival.recorded',
									subject: person,
									area: area.key,
								},
							]);
					}}
				>
					{say('web.gate.arrived')}
				</Button>
			</p>
		</div>
	);
}
