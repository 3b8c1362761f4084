/* A clock that jumped: no rule counts time until somebody has looked at another one. */
import { say } from '../../api/language';
import { may } from '../../api/session';
import type { NodeState } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { Notice } from '../../parts/notice/notice';
import { ProblemNotice } from '../../parts/problem/problem';
import { Say } from '../../parts/say/say';
import { When } from '../../parts/when/when';
import { useDeed } from '../movements/deed';

export function ClockJumped({ node }: { readonly node: NodeState }) {
	const deed = useDeed();

	return (
		<Notice sort="care" title={say('web.node.clock-jumped')}>
			{node.clock !== undefined && (
				<p>
					<Say
						k="web.clock.says"
						values={[<When key="clock" iso={node.clock} />]}
					/>
				</p>
			)}
			{may('clock.confirmed') && (
				<>
					<p>{say('web.clock.look')}</p>
					<p>
						<Button
							busy={deed.now.state === 'sending'}
							onPress={() =>
								void deed.run([
									{
										kind: 'clock.confirmed',
										subject: node.site,
									},
								])
							}
						>
							{say('web.clock.confirm')}
						</Button>
					</p>
				</>
			)}
			{deed.now.state === 'refused' && (
				<ProblemNotice problem={deed.now.problem} />
			)}
		</Notice>
	);
}
