/* A list that unfolds: for keys, where the first letter finds a word. */
import { say } from '../../api/language';
import { type LabelProps, Labelled } from './labelled';

interface SelectListProps extends LabelProps {
	/** What is kept, and how it is said. */
	readonly options: readonly (readonly [value: string, said: string])[];
	/** Empty: not said. */
	readonly value: string;
	readonly onChange: (value: string) => void;
}

export function SelectList(props: SelectListProps) {
	return (
		<Labelled {...props}>
			{(named) => (
				<select
					{...named}
					class="input"
					value={props.value}
					onChange={(event) =>
						props.onChange(event.currentTarget.value)
					}
				>
					<option value="">{say('web.field.not-said')}</option>
					{props.options.map(([value, said]) => (
						<option key={value} value={value}>
							{said}
						</option>
					))}
				</select>
			)}
		</Labelled>
	);
}
