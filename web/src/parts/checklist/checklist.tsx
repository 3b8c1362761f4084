/* What the rules say of one step of one person: first what is open, then what is met. */
import './checklist.css';

import { say, sayCount } from '../../api/language';
import type { Readiness, RuleState } from '../../gen/api';
import { Say } from '../say/say';
import { When } from '../when/when';

const SIGNS = { met: '✓', missing: '○', refused: '×' } as const;
const OUTCOMES = {
	met: 'web.rule.met',
	missing: 'web.rule.missing',
	refused: 'web.rule.refused',
} as const;

function RuleLine({ rule }: { readonly rule: RuleState }) {
	return (
		<li class={`rule rule-${rule.outcome}`}>
			<span class="rule-sign" role="img" aria-label={say(OUTCOMES[rule.outcome])}>
				{SIGNS[rule.outcome]}
			</span>
			<div class="stack-close">
				<p>
					{rule.why === undefined ? (
						rule.statement
					) : (
						<strong>{rule.why}</strong>
					)}
				</p>
				{rule.next !== undefined && <p>{rule.next}</p>}
				{rule.not_before !== undefined && (
					<p>
						<Say
							k="web.rule.not-before"
							values={[
								<When
									key="t"
									iso={rule.not_before}
								/>,
							]}
						/>
					</p>
				)}
				<p class="small quiet">
					{rule.why !== undefined && `${rule.statement} `}
					{rule.source}
				</p>
			</div>
		</li>
	);
}

export function Checklist({ readiness }: { readonly readiness: Readiness }) {
	const open = readiness.rules.filter((rule) => rule.outcome !== 'met');
	const met = readiness.rules.filter((rule) => rule.outcome === 'met');

	return (
		<div class="stack">
			<p>
				{readiness.ready
					? say('web.rule.all-met')
					: sayCount('web.rule.open', open.length)}
			</p>
			{open.length > 0 && (
				<ul class="plain-list stack">
					{open.map((rule) => (
						<RuleLine key={rule.rule} rule={rule} />
					))}
				</ul>
			)}
			{met.length > 0 && (
				<details>
					<summary>
						{sayCount('web.rule.count-met', met.length)}
					</summary>
					<ul class="plain-list stack">
						{met.map((rule) => (
							<RuleLine key={rule.rule} rule={rule} />
						))}
					</ul>
				</details>
			)}
		</div>
	);
}
