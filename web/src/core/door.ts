/*
 * The door through which everything comes that the server sends: what is not of the form
 * that docs/openapi.json promises goes no further.  A member that nobody knows is let
 * through: the server may be newer than this page.
 */
import { CODES, type CodeSet, SHAPES, type Shapes } from '../gen/api';

export class NotAsPromised extends Error {
	override readonly name = 'NotAsPromised';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOneOf(words: readonly string[], value: unknown): boolean {
	return typeof value === 'string' && words.includes(value);
}

/** Where the value is not of this form, as a path; null: it is. */
function wrongIn(form: string, value: unknown, at: string): string | null {
	if (form.startsWith('[')) return wrongInList(form.slice(1, -1), value, at);
	if (form.startsWith('=')) return isOneOf(form.slice(1).split('|'), value) ? null : at;
	if (form.startsWith('$'))
		return isOneOf(CODES[form.slice(1) as CodeSet], value) ? null : at;
	switch (form) {
		case 'text':
			return typeof value === 'string' ? null : at;
		case 'int':
			return Number.isSafeInteger(value) ? null : at;
		case 'flag':
			return typeof value === 'boolean' ? null : at;
		case 'object':
			return isObject(value) ? null : at;
		default:
			return wrongInShape(form as keyof Shapes, value, at);
	}
}

function wrongInList(form: string, value: unknown, at: string): string | null {
	if (!Array.isArray(value)) return at;
	for (const [i, item] of value.entries()) {
		const wrong = wrongIn(form, item, `${at}/${i}`);

		if (wrong !== null) return wrong;
	}
	return null;
}

function wrongInShape(name: keyof Shapes, value: unknown, at: string): string | null {
	if (!isObject(value)) return at;
	for (const [key, form] of Object.entries(SHAPES[name])) {
		const maybe = form.endsWith('?');
		const member = value[key];

		if (member === undefined && maybe) continue;
		const wrong = wrongIn(maybe ? form.slice(0, -1) : form, member, `${at}/${key}`);

		if (wrong !== null) return wrong;
	}
	return null;
}

/** The value as what it was promised to be; throws NotAsPromised with the place. */
export function atTheDoor<Name extends keyof Shapes>(name: Name, value: unknown): Shapes[Name] {
	const wrong = wrongInShape(name, value, name);

	if (wrong !== null) throw new NotAsPromised(wrong);
	return value as Shapes[Name];
}
