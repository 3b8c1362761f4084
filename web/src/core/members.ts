/* Members of a household as they are said in one breath: "1, 2, 4", in digits of any script. */
import { asciiDigits } from './digits';

/** "PES-25-00012-K/1" of each; null: it is not a list of numbers. */
export function membersOf(caseNumber: string, numbers: string): readonly string[] | null {
	const parts = asciiDigits(numbers)
		.split(/[\s,،/]+/)
		.filter((part) => part);

	if (!caseNumber.trim() || !parts.length) return null;
	if (!parts.every((part) => /^[1-9]\d{0,3}$/.test(part))) return null;
	return [...new Set(parts)].map((part) => `${asciiDigits(caseNumber).trim()}/${part}`);
}
