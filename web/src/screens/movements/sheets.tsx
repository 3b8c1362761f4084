/*
 * What is printed for a movement: a slip for each traveller, so that she can be called and
 * found without her name, and a sheet to tick by hand where there is no power.
 */
import { languageNow, say } from '../../api/language';
import type { Manifest, Traveller } from '../../gen/api';
import { Button } from '../../parts/button/button';
import { Page } from '../../parts/page/page';
import { PrintSheet } from '../../parts/printing/printing';
import { Qr } from '../../parts/qr/qr';
import { When } from '../../parts/when/when';

interface SheetsProps {
	readonly what: 'slips' | 'ticks';
	readonly manifest: Manifest;
	readonly onDone: () => void;
}

export function Sheets({ what, manifest, onDone }: SheetsProps) {
	return (
		<Page
			title={
				what === 'slips'
					? say('web.movements.slips')
					: say('web.movements.ticks')
			}
		>
			<p class="not-printed">
				<Button onPress={onDone}>{say('web.form.cancel')}</Button>
			</p>
			<PrintSheet language={languageNow()}>
				{what === 'slips' ? (
					<div class="slips">
						{manifest.travellers.map((traveller) => (
							<Slip
								key={traveller.person}
								traveller={traveller}
								manifest={manifest}
							/>
						))}
					</div>
				) : (
					<TickSheet manifest={manifest} />
				)}
			</PrintSheet>
		</Page>
	);
}

function Slip({
	traveller,
	manifest,
}: {
	readonly traveller: Traveller;
	readonly manifest: Manifest;
}) {
	return (
		<section class="slip">
			<Qr text={traveller.slip} label={traveller.alias} />
			<div>
				<p class="slip-alias">
					<bdi>{traveller.alias}</bdi>
				</p>
				<p>
					{say('field.seat')} <strong>{traveller.seat}</strong>
				</p>
				<p>
					<When iso={manifest.movement.departs} />
				</p>
				<p>{say('web.movements.slip-right')}</p>
			</div>
		</section>
	);
}

function TickSheet({ manifest }: { readonly manifest: Manifest }) {
	const columns = [
		say('field.seat'),
		say('web.movements.alias'),
		say('web.movements.asked'),
		say('web.movements.stays'),
		say('web.movements.boarded'),
		say('web.movements.crossed'),
		say('web.movements.arrived'),
	];

	return (
		<>
			<h2>
				<When iso={manifest.movement.departs} />
			</h2>
			<p>{say('web.movements.ticks-what')}</p>
			<div class="blanks">
				<div class="blank">{say('web.packs.day-time')}</div>
				<div class="blank">{say('web.packs.officer')}</div>
			</div>
			<table class="ticks">
				<thead>
					<tr>
						{columns.map((title) => (
							<th key={title} scope="col">
								{title}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{manifest.travellers.map((traveller) => (
						<tr key={traveller.person}>
							<td>{traveller.seat}</td>
							<td>
								<bdi class="alias">
									{traveller.alias}
								</bdi>
							</td>
							{columns.slice(2).map((title) => (
								<td key={title}>
									<span class="tick" />
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</>
	);
}
