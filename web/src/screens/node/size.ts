import { languageNow } from '../../api/language';

/** Bytes in the unit that leaves a number one can read. */
export function sizeText(bytes: number): string {
	const isLarge = bytes >= 1e9;

	return new Intl.NumberFormat(languageNow(), {
		style: 'unit',
		unit: isLarge ? 'gigabyte' : 'megabyte',
		numberingSystem: 'latn',
		maximumFractionDigits: 1,
	}).format(bytes / (isLarge ? 1e9 : 1e6));
}
