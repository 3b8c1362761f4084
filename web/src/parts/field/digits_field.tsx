/* Fields of digits in any script.  What was typed stays as it was typed; what it means is
 * read beside it: type=number and type=date know one script and one calendar. */
import { say } from '../../api/language';
import { today } from '../../api/session';
import { type Birth, birthSpan, readBirth } from '../../core/birth';
import { isoOf, readClock, readDate, yearsBetween } from '../../core/dates';
import { onlyDigits, wholeNumber } from '../../core/digits';
import { kept } from '../base/kept';
import { Say } from '../say/say';
import { Day, dayText, gregorianText } from '../when/when';
import { type LabelProps, Labelled } from './labelled';

interface TypedProps extends LabelProps {
	/** As it was typed. */
	readonly value: string;
	readonly onChange: (value: string) => void;
	readonly autoFocus?: boolean;
}

interface InputProps extends TypedProps {
	readonly understood?: preact.ComponentChildren;
	readonly isSecret?: boolean;
	readonly most: number;
	readonly keys?: 'numeric' | 'text';
	readonly complete?: string;
}

const PLAIN = { type: 'text' } as const;
const SECRET = { type: 'password' } as const;

function DigitsInput(props: InputProps) {
	const {
		value,
		onChange,
		autoFocus = false,
		isSecret,
		most,
		keys = 'numeric',
		complete = 'off',
	} = props;

	return (
		<Labelled {...props}>
			{(named) => (
				<input
					{...named}
					class="input input-short"
					{...(isSecret ? SECRET : PLAIN)}
					inputMode={keys}
					dir="ltr"
					autoComplete={complete}
					autoFocus={autoFocus}
					maxLength={most}
					value={value}
					onInput={(event) => onChange(event.currentTarget.value)}
				/>
			)}
		</Labelled>
	);
}

export function NumberField(props: TypedProps & { readonly most: number }) {
	const number = wholeNumber(props.value);
	const isWrong = props.value.trim() !== '' && (number === null || number > props.most);

	return (
		<DigitsInput
			{...props}
			most={15}
			wrong={
				props.wrong ??
				(isWrong ? say('web.field.number-wrong', props.most) : undefined)
			}
		/>
	);
}

/** Digits alone, such as a PIN or the code of an authenticator; `value` is ASCII. */
export function CodeField(
	props: TypedProps & { readonly digits: number; readonly isSecret?: boolean },
) {
	return (
		<DigitsInput
			{...props}
			most={props.digits + 4}
			complete={props.isSecret ? 'off' : 'one-time-code'}
			onChange={(typed) => props.onChange(onlyDigits(typed, props.digits))}
		/>
	);
}

export function DayField(props: TypedProps) {
	const day = readDate(props.value);
	const isWrong = props.value.trim() !== '' && day === null;

	return (
		<DigitsInput
			{...props}
			most={12}
			keys="text"
			hint={props.hint ?? say('web.field.day-hint')}
			understood={day === null ? '' : <Day iso={isoOf(day)} />}
			wrong={props.wrong ?? (isWrong ? say('web.field.day-wrong') : undefined)}
		/>
	);
}

export function ClockField(props: TypedProps) {
	const isWrong = props.value.trim() !== '' && readClock(props.value) === null;

	return (
		<DigitsInput
			{...props}
			most={6}
			wrong={props.wrong ?? (isWrong ? say('web.field.clock-wrong') : undefined)}
		/>
	);
}

function BirthUnderstood({ birth }: { readonly birth: Birth }) {
	const age = yearsBetween(birthSpan(birth).to, today());

	switch (birth.known) {
		case 'age':
			return <Say k="web.birth.age" values={[birth.age, dayText(birth.on)]} />;
		case 'year':
			return <Say k="web.birth.year" values={[birth.year, Math.max(age, 0)]} />;
		case 'solar-year':
			return (
				<Say
					k="web.birth.solar-year"
					values={[
						birth.year,
						gregorianText(birth.from),
						gregorianText(birth.to),
						Math.max(age, 0),
					]}
				/>
			);
		case 'day':
			return <Say k="web.birth.day" values={[dayText(birth.day), age]} />;
	}
}

/**
 * A day, a year alone or an age, in one box; see core/birth.  Kept, so that how it is
 * understood is not said anew with every letter of her name.
 */
export const BirthField = kept(function BirthField(props: TypedProps) {
	const read = readBirth(props.value, today());
	const wrong = {
		empty: undefined,
		unclear: say('web.birth.unclear'),
		future: say('web.birth.future'),
		read: undefined,
	}[read.state];

	return (
		<DigitsInput
			{...props}
			most={12}
			keys="text"
			understood={
				read.state === 'read' ? <BirthUnderstood birth={read.birth} /> : ''
			}
			wrong={props.wrong ?? wrong}
		/>
	);
});
