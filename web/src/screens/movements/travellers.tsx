/*
 * Travellers by seat: an alias, whether she may leave, and what is done at the bus.  The
 * question is put to each alone; a no is as near as a yes, and her seat is free at once.
 */
import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import { may } from '../../api/session';
import type { CodeWord, Fact, Manifest, Traveller } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { Dialog } from '../../parts/dialog/dialog';
import { ChoiceField, FlagField, SelectField } from '../../parts/field/choice_field';
import { TextField } from '../../parts/field/text_field';
import { Notice } from '../../parts/notice/notice';
import { ProblemNotice } from '../../parts/problem/problem';
import { type Deed, useDeed } from './deed';

type Question = {
	readonly about: 'wish' | 'seat';
	readonly traveller: Traveller;
};

export function Travellers({ manifest }: { readonly manifest: Manifest }) {
	const [wanted, setWanted] = useState('');
	const [question, setQuestion] = useState<Question | null>(null);
	const deed = useDeed();
	const shown = manifest.travellers.filter((traveller) =>
		traveller.alias.includes(wanted.trim().toUpperCase()),
	);
	const close = () => setQuestion(null);

	return (
		<>
			<TextField
				label={say('web.movements.alias')}
				hint={say('web.movements.alias-hint')}
				sort="search"
				value={wanted}
				onChange={setWanted}
			/>
			{deed.now.state === 'refused' && (
				<ProblemNotice problem={deed.now.problem} />
			)}
			{shown.length === 0 && <p class="quiet">{say('web.movements.nobody')}</p>}
			<ul class="plain-list travellers">
				{shown.map((traveller) => (
					<Line
						key={traveller.person}
						traveller={traveller}
						movement={manifest.movement.id}
						deed={deed}
						ask={setQuestion}
					/>
				))}
			</ul>
			{question?.about === 'wish' && (
				<AskAgain
					traveller={question.traveller}
					deed={deed}
					close={close}
				/>
			)}
			{question?.about === 'seat' && (
				<Release traveller={question.traveller} deed={deed} close={close} />
			)}
		</>
	);
}

function standingOf(traveller: Traveller): readonly string[] {
	if (traveller.arrived) return [say('web.movements.arrived')];
	if (traveller.crossed) return [say('web.movements.crossed')];
	if (traveller.boarded) return [say('web.movements.boarded')];
	return [
		traveller.asked_again ? say('web.movements.asked') : say('web.movements.not-asked'),
		...(traveller.ready ? [say('web.movements.ready')] : []),
		...(traveller.escort ? [say('web.movements.escort')] : []),
	];
}

interface LineProps {
	readonly traveller: Traveller;
	readonly movement: string;
	readonly deed: Deed;
	readonly ask: (question: Question) => void;
}

function Line({ traveller, movement, deed, ask }: LineProps) {
	const isHere = !traveller.boarded;

	return (
		<li class="traveller">
			<span class="traveller-seat">{traveller.seat}</span>
			<bdi class="alias">{traveller.alias}</bdi>
			<span class="traveller-standing">{standingOf(traveller).join(' · ')}</span>
			<span class="row">
				{isHere && may('choice.reconfirmed') && (
					<Button onPress={() => ask({ about: 'wish', traveller })}>
						{say('web.movements.ask')}
					</Button>
				)}
				{isHere && may('departure.recorded') && (
					<Button
						busy={deed.now.state === 'sending'}
						onPress={() =>
							void deed.run([
								{
									kind: 'departure.recorded',
									subject: traveller.person,
									movement,
								},
							])
						}
					>
						{say('web.movements.board')}
					</Button>
				)}
				{isHere && may('seat.released') && (
					<Button
						look="link"
						onPress={() => ask({ about: 'seat', traveller })}
					>
						{say('web.movements.release')}
					</Button>
				)}
			</span>
		</li>
	);
}

interface AskProps {
	readonly traveller: Traveller;
	readonly deed: Deed;
	readonly close: () => void;
}

function AskAgain({ traveller, deed, close }: AskProps) {
	const [company, setCompany] = useState<CodeWord<'company'> | ''>('');
	const [isTransporter, setTransporter] = useState(false);
	const { person } = traveller;

	function answer(fact: Fact) {
		close();
		void deed.run([fact]);
	}

	return (
		<Dialog
			title={
				<>
					{say('web.movements.ask-title')}{' '}
					<bdi class="alias">{traveller.alias}</bdi>
				</>
			}
			onClose={close}
		>
			<p>{say('web.movements.ask-what')}</p>
			<ChoiceField
				label={say('field.company')}
				set="company"
				value={company}
				onChange={setCompany}
			/>
			<FlagField
				label={say('web.movements.transporter')}
				value={isTransporter}
				onChange={setTransporter}
			/>
			<div class="two-answers">
				<Button
					disabled={!company}
					onPress={() => {
						if (company)
							answer({
								kind: 'choice.reconfirmed',
								subject: person,
								company,
								by_transporter: isTransporter,
							});
					}}
				>
					{say('web.movements.wants-to-go')}
				</Button>
				<Button
					onPress={() =>
						answer({
							kind: 'choice.withdrawn',
							subject: person,
							channel: 'gate',
						})
					}
				>
					{say('web.movements.wants-to-stay')}
				</Button>
			</div>
			{!company && (
				<Notice sort="note" title={say('web.movements.say-company')} />
			)}
		</Dialog>
	);
}

function Release({ traveller, deed, close }: AskProps) {
	const [reason, setReason] = useState<CodeWord<'seat_release'> | ''>('');

	return (
		<Dialog title={say('web.movements.release')} onClose={close}>
			<SelectField
				label={say('field.reason')}
				set="seat_release"
				value={reason}
				onChange={setReason}
			/>
			<div class="row">
				<Button
					look="main"
					disabled={!reason}
					onPress={() => {
						close();
						if (reason)
							void deed.run([
								{
									kind: 'seat.released',
									subject: traveller.person,
									reason,
								},
							]);
					}}
				>
					{say('web.movements.release')}
				</Button>
				<Button onPress={close}>{say('web.form.cancel')}</Button>
			</div>
		</Dialog>
	);
}
