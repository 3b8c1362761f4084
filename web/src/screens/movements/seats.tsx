/* Seats, household by household, as a whole or not at all; and a movement that does not go. */
import { useState } from 'preact/hooks';

import { say } from '../../api/language';
import { membersOf } from '../../core/members';
import type { Movement } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { Dialog } from '../../parts/dialog/dialog';
import { TextField } from '../../parts/field/text_field';
import { Act } from '../../parts/form/act';
import { ProblemNotice } from '../../parts/problem/problem';
import { useDeed } from './deed';

interface Asked {
	readonly caseNumber: string;
	/** As typed: "1, 2, 4" */
	readonly members: string;
}

export function SeatForm({ movement }: { readonly movement: Movement }) {
	return (
		<Act<Asked>
			name={`seats/${movement.id}`}
			empty={() => ({ caseNumber: '', members: '' })}
			does={say('web.movements.assign-now')}
			done={say('web.movements.assigned')}
			make={({ caseNumber, members }) => {
				const people = membersOf(caseNumber, members);

				if (!people)
					return {
						missing: [
							say('web.movements.case-number'),
							say('web.movements.members'),
						],
					};
				return {
					facts: people.map((subject) => ({
						kind: 'seat.assigned',
						subject,
						movement: movement.id,
					})),
				};
			}}
		>
			{(value, change) => (
				<div class="columns">
					<TextField
						label={say('web.movements.case-number')}
						hint={say('web.movements.case-number-hint')}
						value={value.caseNumber}
						onChange={(caseNumber) => change({ caseNumber })}
					/>
					<TextField
						label={say('web.movements.members')}
						hint={say('web.movements.members-hint')}
						value={value.members}
						onChange={(members) => change({ members })}
					/>
				</div>
			)}
		</Act>
	);
}

export function Cancel({ movement }: { readonly movement: Movement }) {
	const [isAsked, setAsked] = useState(false);
	const deed = useDeed();

	return (
		<>
			{deed.now.state === 'refused' && (
				<ProblemNotice problem={deed.now.problem} />
			)}
			<p>
				<Button
					busy={deed.now.state === 'sending'}
					onPress={() => setAsked(true)}
				>
					{say('web.movements.cancel')}
				</Button>
			</p>
			{isAsked && (
				<Dialog
					title={say('web.movements.cancel')}
					onClose={() => setAsked(false)}
				>
					<p>{say('web.movements.cancel-what')}</p>
					<div class="row">
						<Button
							onPress={() => {
								setAsked(false);
								void deed.run([
									{
										kind: 'movement.cancelled',
										subject: movement.id,
									},
								]);
							}}
						>
							{say('web.movements.cancel')}
						</Button>
						<Button onPress={() => setAsked(false)}>
							{say('web.form.cancel')}
						</Button>
					</div>
				</Dialog>
			)}
		</>
	);
}
