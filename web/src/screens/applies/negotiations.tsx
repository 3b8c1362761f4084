/*
 * Terms of reference and agreements on their way: who waits for whom, counted in days that
 * have passed and never in days that are left.
 */
import { say } from '../../api/language';
import { get } from '../../api/server';
import { hrefOf } from '../../core/route';
import { useAsked } from '../../parts/page/asked';
import { Answered, Page } from '../../parts/page/page';
import type { ScreenProps } from '../screens';
import { NegotiationPage } from './negotiation_page';
import { Standing } from './standing';

export function Negotiations({ args }: ScreenProps) {
	const [code] = args;

	return code === undefined ? <All /> : <NegotiationPage code={code} />;
}

function All() {
	const asked = useAsked(
		(signal) => get('Negotiations', '/api/negotiations', { signal }),
		[],
	);

	return (
		<Page title={say('web.negotiation.tab')}>
			<Answered asked={asked}>
				{({ negotiations }) => (
					<>
						{negotiations.length === 0 && (
							<p>{say('web.negotiation.none')}</p>
						)}
						{negotiations.map((one) => (
							<section
								key={one.id}
								class="card stack-close"
							>
								<h2>
									<a
										href={hrefOf(
											'applies',
											'negotiations',
											one.id,
										)}
									>
										<bdi dir="auto">
											{
												one.instrument
											}
										</bdi>
									</a>
								</h2>
								<Standing one={one} />
							</section>
						))}
					</>
				)}
			</Answered>
		</Page>
	);
}
