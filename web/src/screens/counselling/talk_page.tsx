/* The officer's side of a talk: what was spoken of, what she answered, and what is quiet. */
import { useEffect, useState } from 'preact/hooks';

import { say, sayCode } from '../../api/language';
import { get } from '../../api/server';
import { goAway, isAway, may, session } from '../../api/session';
import { hrefOf } from '../../core/route';
import type { Person } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { Notice } from '../../parts/notice/notice';
import { useAsked } from '../../parts/page/asked';
import { Page } from '../../parts/page/page';
import { PersonLine } from '../../parts/person/person_line';
import { ChildForm } from './child_form';
import { ChoiceForm } from './choice_form';
import { Declaration } from './declaration';
import { HeldForm } from './held_form';
import { PressureForm } from './pressure_form';
import { answersHerself, sheetAddress, useTalk } from './talk';
import { Turned } from './turned';
import { Withdrawal } from './withdrawal';

/** Which way the screen looks. */
type Side =
	| { readonly to: 'officer' }
	| { readonly to: 'person' }
	/** She has given it back: whoever knows the PIN goes on. */
	| { readonly to: 'whom' };

export function TalkPage({ person }: { readonly person: Person }) {
	const talk = useTalk(person);
	const [side, setSide] = useState<Side>({ to: 'officer' });
	const [isPrinting, setPrinting] = useState(false);
	const address = sheetAddress(talk.held.value);
	const sheet = useAsked((signal) => get('Sheet', address, { signal }), [address]);
	const away = isAway.value;

	useEffect(() => {
		if (side.to === 'whom' && !away) setSide({ to: 'officer' });
	}, [side, away]);

	function giveBack() {
		setSide({ to: 'whom' });
		void goAway();
	}

	if (isPrinting) return <Declaration talk={talk} onDone={() => setPrinting(false)} />;
	return (
		<Page
			title={<bdi>{person.name}</bdi>}
			beside={
				<Button look="main" onPress={() => setSide({ to: 'person' })}>
					{say('web.counselling.turn')}
				</Button>
			}
		>
			{side.to !== 'officer' && <Turned talk={talk} onGiveBack={giveBack} />}
			{!session.value?.pin_set && (
				<Notice sort="note" title={say('web.counselling.no-pin')} />
			)}
			<PersonLine person={person} />
			{person.counsellor_sex && (
				<Notice
					sort="note"
					title={say(
						'web.counselling.wants-counsellor',
						sayCode('sex', person.counsellor_sex),
					)}
				/>
			)}
			{may('counselling.held') && <HeldForm talk={talk} sheet={sheet} />}
			{person.child && may('child.heard') && <ChildForm person={person} />}
			{answersHerself(person) && may('choice.made') && (
				<ChoiceForm talk={talk} onPrint={() => setPrinting(true)} />
			)}
			{(person.choice ?? talk.withdrawal.now.state === 'recorded') && (
				<Withdrawal talk={talk} />
			)}
			<PressureForm person={person} />
			<p>
				<a href={hrefOf('counselling')}>{say('web.counselling.others')}</a>
			</p>
		</Page>
	);
}
