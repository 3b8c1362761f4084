/*
 * A list on its way to the server: bytes as base64, in pieces, since a call takes only so
 * many arguments; and what the server takes at a time.
 */
import type { ListFile } from '../../gen/api';

const PIECE = 0x8000;
/** The server takes 8 MiB as it is sent: base64 makes four bytes of three. */
export const SENT_SIZE_MAX = 6_000_000;

export function base64Of(bytes: Uint8Array): string {
	let binary = '';

	for (let at = 0; at < bytes.length; at += PIECE)
		binary += String.fromCharCode(...bytes.subarray(at, at + PIECE));
	return btoa(binary);
}

export function sizeOf(files: readonly File[]): number {
	return files.reduce((size, file) => size + file.size, 0);
}

/** Throws where a file is not there any more, or may not be read. */
export async function readFiles(files: readonly File[]): Promise<ListFile[]> {
	return Promise.all(
		files.map(async (file) => ({
			name: file.name,
			content: base64Of(new Uint8Array(await file.arrayBuffer())),
		})),
	);
}
