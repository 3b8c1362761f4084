/*
 * What is closed or suspended, above every screen: asked again with everything that is
 * recorded in the centre, so that a desk knows of it before the next person sits down.
 */
import { say } from '../../api/language';
import { get } from '../../api/server';
import { Notice } from '../../parts/notice/notice';
import { useAsked } from '../../parts/page/asked';
import { Advisory, Since } from './advisory';

export function AdvisoryStrip() {
	const asked = useAsked((signal) => get('Advisories', '/api/advisories', { signal }), []);

	if (asked.state !== 'ok' || asked.value.advisories.length === 0) return null;
	return (
		<div class="frame-strip not-printed">
			<Notice sort="care">
				<ul class="plain-list stack-close">
					{asked.value.advisories.map((one) => (
						<li key={one.id}>
							<strong>
								<Advisory one={one} />
							</strong>
							<Since one={one} />
						</li>
					))}
				</ul>
				<p>{say('web.advisory.stops')}</p>
			</Notice>
		</div>
	);
}
