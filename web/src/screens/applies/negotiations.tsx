/*
 * Terms of reference and agreements on their way: who waits for whom, counted in days that
 * have passed and never in days that are left.
 */
import { say, sayCount } from '../../api/language';
import { get } from '../../api/server';
import { may } from '../../api/session';
import { hrefOf } from '../../core/route';
import type { Negotiation, Waiting } from '../../gen/api';
import { useAsked } from '../../parts/page/asked';
import { Answered, Page, Section } from '../../parts/page/page';
import { type Column, Table } from '../../parts/table/table';
import { Day } from '../../parts/when/when';
import type { ScreenProps } from '../screens';
import { ComparedPage } from './comparison';
import { NegotiationPage, pathOf } from './negotiation_page';
import { Propose } from './propose';
import { Stage } from './standing';
import { longestFirst } from './talks';

export function Negotiations({ args }: ScreenProps) {
	const [code, part, before, after] = args;

	if (code === undefined) return <All />;
	if (part === 'compared' && before !== undefined && after !== undefined)
		return (
			<ComparedPage
				code={code}
				path={pathOf(code)}
				before={before}
				after={after}
			/>
		);
	return <NegotiationPage code={code} />;
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
						<Waits negotiations={negotiations} />
						{negotiations.map((one) => (
							<section
								key={one.id}
								class="card stack-close"
							>
								<h2>
									<Title one={one} />
								</h2>
								<Stage one={one} />
							</section>
						))}
						{may('instrument.recorded') && (
							<section class="card">
								<Propose all={negotiations} />
							</section>
						)}
					</>
				)}
			</Answered>
		</Page>
	);
}

function Title({ one }: { readonly one: Negotiation }) {
	return (
		<a href={hrefOf('applies', 'negotiations', one.id)}>
			<bdi dir="auto">{one.instrument}</bdi>
		</a>
	);
}

interface Row {
	readonly one: Negotiation;
	readonly wait: Waiting;
}

/** Of all of them together, so that what has lain longest is seen first. */
function Waits({ negotiations }: { readonly negotiations: readonly Negotiation[] }) {
	const rows = longestFirst(
		negotiations.flatMap((one) => one.waits.map((wait): Row => ({ one, wait }))),
	);
	const columns: readonly Column<Row>[] = [
		{
			title: say('web.talks.who-waits'),
			cell: ({ wait }) => <bdi dir="auto">{wait.who}</bdi>,
		},
		{
			title: say('web.talks.for-whom'),
			cell: ({ wait }) => <bdi dir="auto">{wait.for}</bdi>,
		},
		{
			title: say('web.negotiation.on'),
			cell: ({ wait }) => wait.since !== undefined && <Day iso={wait.since} />,
		},
		{
			title: say('web.talks.how-long'),
			cell: ({ wait }) =>
				wait.days !== undefined &&
				sayCount('web.negotiation.days', wait.days),
		},
		{ title: say('web.talks.about'), cell: ({ one }) => <Title one={one} /> },
	];

	if (!rows.length) return null;
	return (
		<Section title={say('web.talks.waits')}>
			<Table
				caption={say('web.talks.waits')}
				columns={columns}
				rows={rows}
				keyOf={({ one, wait }) => [one.id, wait.who, wait.for].join('/')}
				empty=""
			/>
		</Section>
	);
}
