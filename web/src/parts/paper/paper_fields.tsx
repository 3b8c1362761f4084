/* Whether something is typed in from a paper, and what that paper says of itself. */
import type { ComponentChildren } from 'preact';

import { say } from '../../api/language';
import type { Paper, PaperLack } from '../../core/paper';
import type { Key } from '../../gen/keys';
import { FlagField } from '../field/choice_field';
import { ClockField, DayField } from '../field/digits_field';
import { TextField } from '../field/text_field';
import { Notice } from '../notice/notice';

export const PAPER_LACKS = {
	'paper-day': 'web.paper.lacks-day',
	'paper-clock': 'web.paper.lacks-clock',
} as const satisfies Record<PaperLack, Key>;

interface PaperFieldsProps {
	readonly paper: Paper;
	readonly change: (patch: Partial<Paper>) => void;
	/** What else stands on a paper of this sort alone. */
	readonly children?: ComponentChildren;
}

export function PaperFields({ paper, change, children }: PaperFieldsProps) {
	return (
		<>
			<FlagField
				label={say('web.paper.is')}
				value={paper.isFromPaper}
				onChange={(isFromPaper) => change({ isFromPaper })}
			/>
			{paper.isFromPaper && (
				<>
					<Notice sort="note" title={say('web.paper.what')} />
					<div class="columns">
						<DayField
							label={say('web.paper.day')}
							required
							value={paper.paperDay}
							onChange={(paperDay) =>
								change({ paperDay })
							}
						/>
						<ClockField
							label={say('web.paper.clock')}
							value={paper.paperClock}
							onChange={(paperClock) =>
								change({ paperClock })
							}
						/>
						<TextField
							label={say('field.paper_officer')}
							isName
							most={200}
							value={paper.paperOfficer}
							onChange={(paperOfficer) =>
								change({ paperOfficer })
							}
						/>
						{children}
					</div>
				</>
			)}
		</>
	);
}
