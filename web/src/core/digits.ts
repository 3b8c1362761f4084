// Digits as people type them: ASCII, Arabic (٠١٢) and Persian (۰۱۲), mixed as a keyboard
// that changes its layout in the middle of a number mixes them.

const ARABIC_ZERO = 0x0660;
const PERSIAN_ZERO = 0x06f0;

/** The same text with every digit in ASCII. */
export function asciiDigits(text: string): string {
	return text.replace(/[٠-٩۰-۹]/g, (digit) => {
		const code = digit.charCodeAt(0);

		return String(code - (code >= PERSIAN_ZERO ? PERSIAN_ZERO : ARABIC_ZERO));
	});
}

/** A whole number that is not negative; null: the text is none. */
export function wholeNumber(text: string): number | null {
	const digits = asciiDigits(text).trim();

	return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
}

/** What was typed where only digits count, at most `most` of them. */
export function onlyDigits(text: string, most: number): string {
	return asciiDigits(text).replace(/\D/g, '').slice(0, most);
}
