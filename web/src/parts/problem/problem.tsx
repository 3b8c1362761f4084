/* Why something was not done: what, why and what to do, rule by rule. */
import './problem.css';

import { say } from '../../api/language';
import type { Problem, Refusal } from '../../gen/api';
import { Notice } from '../notice/notice';
import { Say } from '../say/say';
import { When } from '../when/when';

export function RefusalText({ refusal }: { readonly refusal: Refusal }) {
	return (
		<li class="refusal">
			<p>
				<strong>{refusal.why}</strong>
			</p>
			<p>{refusal.next}</p>
			{refusal.not_before !== undefined && (
				<p>
					<Say
						k="web.rule.not-before"
						values={[<When key="t" iso={refusal.not_before} />]}
					/>
				</p>
			)}
			<p class="small">
				{refusal.statement} <cite>{refusal.source}</cite>
			</p>
		</li>
	);
}

function changedText(problem: Problem) {
	return problem.changed?.map((change) => (
		<li key={`${change.subject}${change.recorded}`}>
			{change.by === undefined ? (
				<Say
					k="web.problem.changed"
					values={[
						change.what,
						<When key="t" iso={change.recorded} />,
					]}
				/>
			) : (
				<Say
					k="web.problem.changed-by"
					values={[
						change.what,
						change.by,
						<When key="t" iso={change.recorded} />,
					]}
				/>
			)}
		</li>
	));
}

interface ProblemNoticeProps {
	readonly problem: Problem;
	/** Where one types on at once, as in a field for a PIN, the focus stays there. */
	readonly leavesFocus?: boolean;
}

export function ProblemNotice({ problem, leavesFocus }: ProblemNoticeProps) {
	return (
		<Notice sort="care" takesFocus={!leavesFocus} title={problem.detail}>
			{problem.refused && (
				<ul class="plain-list stack">
					{problem.refused.map((refusal) => (
						<RefusalText key={refusal.rule} refusal={refusal} />
					))}
				</ul>
			)}
			{problem.changed && (
				<>
					<ul>{changedText(problem)}</ul>
					<p>{say('web.problem.look-again')}</p>
				</>
			)}
		</Notice>
	);
}
