/*
 * A household is registered, from the mouth or from the paper form.  Made for keys: Enter
 * goes to the next box and, behind the last one, begins the next person.
 */
import './register.css';

import { useRef, useState } from 'preact/hooks';

import { say } from '../../api/language';
import { post } from '../../api/server';
import { today } from '../../api/session';
import {
	type Change,
	emptyHousehold,
	aboutOf,
	draftsOf,
	factsOf,
	type HouseholdDraft,
	type Lack,
	lacksOf,
	type MemberDraft,
	withNext,
	withoutUntouched,
} from '../../core/household';
import { hrefOf } from '../../core/route';
import type { DraftDoubles } from '../../gen/api';
import type { Key } from '../../gen/keys';
import { useSettled } from '../../parts/base/settled';
import { Button } from '../../parts/button/button';
import { useForm } from '../../parts/form/form';
import { FormFrame } from '../../parts/form/form_frame';
import { Notice } from '../../parts/notice/notice';
import { Page } from '../../parts/page/page';
import { PAPER_LACKS } from '../../parts/paper/paper_fields';
import { Doubles } from './doubles';
import { HandOver } from './hand_over';
import { HouseholdFields } from './household_fields';
import { HouseholdNow, MemberFields } from './member_fields';
import { Registered } from './registered';

const LACKS = {
	residence: 'web.register.lacks-residence',
	head: 'web.register.lacks-head',
	'two-heads': 'web.register.two-heads',
	nobody: 'web.register.lacks-nobody',
	...PAPER_LACKS,
	arrival: 'web.register.lacks-arrival',
	given: 'web.register.lacks-given',
	sex: 'web.register.lacks-sex',
	group: 'web.register.lacks-group',
	birth: 'web.register.lacks-birth',
	number: 'web.register.lacks-paper',
	guardian: 'web.register.lacks-guardian',
} as const satisfies Record<Lack['what'], Key>;

/** "Person 3", or her name once there is one. */
export function memberName(member: MemberDraft): string {
	return member.given.trim() || say('web.register.person', member.at);
}

function lackText(lack: Lack): string {
	return 'who' in lack ? say(LACKS[lack.what], memberName(lack.who)) : say(LACKS[lack.what]);
}

type Patch = Parameters<Change>[0];

/** Whether somebody of this household is registered already. */
type Looking =
	| { readonly state: 'not-yet' }
	| { readonly state: 'looking' }
	| { readonly state: 'lacking'; readonly lacks: readonly Lack[] }
	| { readonly state: 'found'; readonly doubles: readonly DraftDoubles[] }
	/** Nobody could be looked up: it is said, and holds nobody up who stands at the desk. */
	| { readonly state: 'unknown' };

async function findDoubles(household: HouseholdDraft): Promise<Looking> {
	const answer = await post('Doubles', '/api/doubles', draftsOf(household, today()));

	return answer.state === 'ok'
		? { state: 'found', doubles: answer.value.people }
		: { state: 'unknown' };
}

/** Enter goes on to the next box; where there is none, `atEnd`. */
function goOn(event: KeyboardEvent, atEnd: () => void): void {
	const { target, currentTarget } = event;

	if (event.key !== 'Enter' || event.ctrlKey || event.defaultPrevented) return;
	if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
	if (!(currentTarget instanceof HTMLElement)) return;
	event.preventDefault();
	const boxes = [...currentTarget.querySelectorAll<HTMLElement>('input, select')].filter(
		isReached,
	);
	const next = boxes[boxes.indexOf(target) + 1];

	if (next) next.focus();
	else atEnd();
}

/** Of radio buttons Tab reaches one; what lies in a closed part is not reached. */
function isReached(box: HTMLElement): boolean {
	if (!box.checkVisibility()) return false;
	if (!(box instanceof HTMLInputElement) || box.type !== 'radio' || box.checked) return true;
	const group = box.closest('fieldset');

	return !group?.querySelector(':checked') && group?.querySelector('input') === box;
}

export default function Register() {
	const form = useForm<HouseholdDraft>('household/new', emptyHousehold);
	const [looking, setLooking] = useState<Looking>({ state: 'not-yet' });
	const members = useRef<HTMLDivElement>(null);
	const household = form.value;
	const said = withoutUntouched(household);
	const settled = useSettled(household);

	function change(patch: Patch) {
		form.change(patch);
		setLooking((now) => (now.state === 'not-yet' ? now : { state: 'not-yet' }));
	}

	function add() {
		change(withNext);
		// Drawn first, then gone to.
		requestAnimationFrame(() =>
			members.current?.lastElementChild?.querySelector('input')?.focus(),
		);
	}

	async function check() {
		const lacks = lacksOf(said, today());

		if (lacks.length) {
			setLooking({ state: 'lacking', lacks });
			return;
		}
		setLooking({ state: 'looking' });
		const found = await findDoubles(said);

		if (found.state === 'found' && !found.doubles.length) recordNow();
		else setLooking(found);
	}

	function nameOf(at: number): string {
		const member = said.members[at];

		return member ? memberName(member) : '';
	}

	function recordNow() {
		setLooking({ state: 'not-yet' });
		form.submit(factsOf(said, today()));
	}

	if (form.now.state === 'opening') return <p class="unseen">{say('web.state.loading')}</p>;
	if (form.now.state === 'recorded')
		return <Registered recorded={form.now.recorded} another={form.clear} />;
	return (
		<Page
			title={say('web.register.title')}
			beside={
				<a class="button" href={hrefOf('packs')}>
					{say('web.packs.title')}
				</a>
			}
		>
			<p class="quiet">{say('web.register.keys')}</p>
			<FormFrame
				form={form}
				does={say('web.register.record')}
				missing={
					looking.state === 'lacking'
						? looking.lacks.map(lackText)
						: []
				}
				onSubmit={() => void check()}
			>
				<div class="stack" onKeyDown={(event) => goOn(event, add)}>
					<HouseholdFields {...aboutOf(household)} change={change} />
					<HouseholdNow.Provider value={settled}>
						<div class="stack" ref={members}>
							{household.members.map((member) => (
								<MemberFields
									key={member.at}
									member={member}
									isAlone={
										household.members
											.length ===
										1
									}
									change={change}
								/>
							))}
						</div>
					</HouseholdNow.Provider>
				</div>
				<div class="row">
					<Button onPress={add}>{say('web.register.add')}</Button>
					<HandOver form={form} />
				</div>
				{looking.state === 'looking' && (
					<Notice sort="note" title={say('web.register.looking')} />
				)}
				{looking.state === 'unknown' && (
					<Notice
						sort="care"
						takesFocus
						title={say('web.register.doubles-unknown')}
					>
						<p>
							<Button onPress={recordNow}>
								{say('web.register.record-anyway')}
							</Button>
						</p>
					</Notice>
				)}
				{looking.state === 'found' && (
					<Doubles
						doubles={looking.doubles}
						nameOf={nameOf}
						record={recordNow}
					/>
				)}
			</FormFrame>
		</Page>
	);
}
