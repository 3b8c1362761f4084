import { type LabelProps, Labelled } from './labelled';

export interface TextFieldProps extends LabelProps {
	readonly value: string;
	readonly onChange: (value: string) => void;
	readonly sort?: 'line' | 'note' | 'passphrase' | 'search' | 'telephone';
	/** Of its own direction: names are written in either script. */
	readonly isName?: boolean;
	/** Of a file or folder: from left to right in every language. */
	readonly isPath?: boolean;
	readonly most?: number;
	readonly autoFocus?: boolean;
	readonly complete?: string;
	readonly onLeave?: () => void;
}

const TYPES = {
	line: { type: 'text' },
	passphrase: { type: 'password' },
	search: { type: 'search' },
	telephone: { type: 'tel' },
} as const;

export function TextField(props: TextFieldProps) {
	const {
		value,
		onChange,
		sort = 'line',
		isName,
		isPath,
		most,
		autoFocus,
		complete = 'off',
		onLeave,
	} = props;

	return (
		<Labelled {...props}>
			{(named) => {
				const common = {
					...named,
					class: 'input',
					value,
					maxLength: most ?? 400,
					autoFocus: autoFocus ?? false,
					...(isName && { dir: 'auto' as const }),
					...(isPath && { dir: 'ltr' as const }),
				};

				if (sort === 'note')
					return (
						<textarea
							{...common}
							dir="auto"
							onInput={(event) =>
								onChange(event.currentTarget.value)
							}
						/>
					);
				return (
					<input
						{...common}
						{...TYPES[sort]}
						autoComplete={complete}
						autoCapitalize="off"
						spellcheck={false}
						onInput={(event) =>
							onChange(event.currentTarget.value)
						}
						onBlur={onLeave}
					/>
				);
			}}
		</Labelled>
	);
}
