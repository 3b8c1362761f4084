/* One of a closed list, or several of it.  The words come from kinds.def. */
import { useId } from 'preact/hooks';

import { sayCode } from '../../api/language';
import { type CodeWord, CODES, type CodeSet } from '../../gen/api';
import { kept } from '../base/kept';
import type { LabelProps } from './labelled';
import { SelectList } from './select_list';

interface OneProps<Set extends CodeSet> extends LabelProps {
	readonly set: Set;
	readonly value: CodeWord<Set> | '';
	readonly onChange: (value: CodeWord<Set> | '') => void;
	/** Not all of the list. */
	readonly only?: readonly CodeWord<Set>[];
}

function wordsOf<Set extends CodeSet>({
	set,
	only,
}: {
	set: Set;
	only?: readonly CodeWord<Set>[];
}) {
	return only ?? CODES[set];
}

/** Kept, as a form of a family has dozens of such lists. */
export const SelectField = kept(function SelectField<Set extends CodeSet>(props: OneProps<Set>) {
	const words = wordsOf(props);

	return (
		<SelectList
			{...props}
			options={words.map((word) => [word, sayCode(props.set, word)])}
			onChange={(chosen) =>
				props.onChange(words.find((word) => word === chosen) ?? '')
			}
		/>
	);
});

/** All words side by side, of one size; none is chosen until somebody chooses. */
export function ChoiceField<Set extends CodeSet>(props: OneProps<Set>) {
	const name = useId();

	return (
		<Choices {...props}>
			{wordsOf(props).map((word) => (
				<label class="choice" key={word}>
					<input
						type="radio"
						name={name}
						checked={props.value === word}
						onChange={() => props.onChange(word)}
					/>
					{sayCode(props.set, word)}
				</label>
			))}
		</Choices>
	);
}

interface ManyProps<Set extends CodeSet> extends LabelProps {
	readonly set: Set;
	readonly value: readonly CodeWord<Set>[];
	readonly onChange: (value: readonly CodeWord<Set>[]) => void;
	readonly only?: readonly CodeWord<Set>[];
}

export function ManyField<Set extends CodeSet>(props: ManyProps<Set>) {
	const { value, onChange } = props;

	return (
		<Choices {...props}>
			{wordsOf(props).map((word) => (
				<label class="choice" key={word}>
					<input
						type="checkbox"
						checked={value.includes(word)}
						onChange={(event) =>
							onChange(
								event.currentTarget.checked
									? [...value, word]
									: value.filter(
											(other) =>
												other !==
												word,
										),
							)
						}
					/>
					{sayCode(props.set, word)}
				</label>
			))}
		</Choices>
	);
}

function Choices({
	label,
	hint,
	wrong,
	children,
}: LabelProps & { children: preact.ComponentChildren }) {
	const id = useId();

	return (
		<fieldset class="choices" aria-describedby={wrong ? id : undefined}>
			<legend>{label}</legend>
			{hint && <p class="field-hint">{hint}</p>}
			<div class="choices-list">{children}</div>
			{wrong && (
				<p class="field-wrong" id={id}>
					{wrong}
				</p>
			)}
		</fieldset>
	);
}

interface FlagProps {
	readonly label: string;
	readonly value: boolean;
	readonly onChange: (value: boolean) => void;
}

/** One sentence that is so, or is not. */
export function FlagField({ label, value, onChange }: FlagProps) {
	return (
		<label class="choice">
			<input
				type="checkbox"
				checked={value}
				onChange={(event) => onChange(event.currentTarget.checked)}
			/>
			{label}
		</label>
	);
}
