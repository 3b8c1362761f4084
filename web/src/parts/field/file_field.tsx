/* Files of this device.  What was chosen is named beside it: the browser's own words are in
 * its language, not in the reader's. */
import { type LabelProps, Labelled } from './labelled';

interface FileFieldProps extends LabelProps {
	/** Of names, ".csv,.xlsx". */
	readonly accept: string;
	readonly several?: boolean;
	readonly onChange: (files: readonly File[]) => void;
}

export function FileField(props: FileFieldProps) {
	const { accept, several = false, onChange } = props;

	return (
		<Labelled {...props}>
			{(named) => (
				<input
					{...named}
					class="input"
					type="file"
					accept={accept}
					multiple={several}
					onChange={(event) =>
						onChange([...(event.currentTarget.files ?? [])])
					}
				/>
			)}
		</Labelled>
	);
}
