/* Files of the client itself that are no scripts: those that are large, and seldom needed. */

/** Null: the server does not answer, and the file was not kept. */
export async function fileAt(address: string): Promise<ArrayBuffer | null> {
	try {
		const answer = await fetch(address);

		return answer.ok ? await answer.arrayBuffer() : null;
	} catch {
		return null;
	}
}
