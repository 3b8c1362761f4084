/*
 * What applies to each of a household, side by side: in a family of several papers each has
 * what protects her, and that stands first.
 */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import { get } from '../../api/server';
import type { AdvisoryState, Applied, HouseholdApplies, MemberApplies } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { useAsked } from '../../parts/page/asked';
import { Answered, Section } from '../../parts/page/page';
import { Advisory, Since } from '../applies/advisory';
import { FoldedInstrument } from '../applies/instrument';

interface FamilyAppliesProps {
	readonly household: string;
}

/** Asked for only when somebody wants to see it: most who open a file do not. */
export function FamilyApplies({ household }: FamilyAppliesProps) {
	const [isOpen, setOpen] = useState(false);

	return (
		<Section
			title={say('web.applies.title')}
			beside={
				<Button pressed={isOpen} onPress={() => setOpen(!isOpen)}>
					{say('web.applies.show-each')}
				</Button>
			}
		>
			{isOpen && <Asked household={household} />}
		</Section>
	);
}

function Asked({ household }: FamilyAppliesProps) {
	const asked = useAsked(
		(signal) =>
			get('HouseholdApplies', `/api/households/${household}/applies`, { signal }),
		[household],
	);

	return <Answered asked={asked}>{(applies) => <Members applies={applies} />}</Answered>;
}

/** All of them at once: what protects one can be what another lacks. */
function Members({ applies }: { readonly applies: HouseholdApplies }) {
	return (
		<>
			<ul class="applies-notes stack">
				{applies.notes.map((note) => (
					<li key={note}>{note}</li>
				))}
			</ul>
			<div class="applies-sides">
				{applies.members.map((member) => (
					<Member key={member.person} member={member} />
				))}
			</div>
		</>
	);
}

function Member({ member }: { readonly member: MemberApplies }) {
	return (
		<section class="stack">
			<h3>
				<bdi>{member.name}</bdi>
				{' · '}
				<bdi>{member.group_said}</bdi>
			</h3>
			<Side title={say('web.applies.protects')} instruments={member.protects}>
				<p>{say('web.applies.own-choice')}</p>
				<Suspended advisories={member.advisories} />
			</Side>
			<Side title={say('web.applies.others')} instruments={member.others} />
		</section>
	);
}

/** That nobody is taken there protects whoever would go. */
function Suspended({ advisories }: { readonly advisories: readonly AdvisoryState[] }) {
	return (
		<>
			{advisories.map((one) => (
				<div key={one.id} class="applied stack-close">
					<strong>
						<Advisory one={one} />
					</strong>
					<Since one={one} />
					<p>{say('web.applies.not-taken-there')}</p>
				</div>
			))}
		</>
	);
}

interface SideProps {
	readonly title: string;
	readonly instruments: readonly Applied[];
	/** What stands before them, instruments or none. */
	readonly children?: ComponentChildren;
}

function Side({ title, instruments, children }: SideProps) {
	return (
		<section class="stack-close">
			<h4>{title}</h4>
			{children}
			{instruments.length === 0 && <p>{say('web.applies.none-recorded')}</p>}
			{instruments.map((one) => (
				<FoldedInstrument key={one.id} one={one} />
			))}
		</section>
	);
}
