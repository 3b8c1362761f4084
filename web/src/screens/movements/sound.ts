/* Two tones up: pass.  One low, twice: stop and look.  Heard where nobody looks at the screen. */
import type { Scanned } from '../../gen/api';

interface Tone {
	readonly hertz: number;
	readonly at_s: number;
}

const TONES: Readonly<Record<Scanned['answer'], readonly Tone[]>> = {
	accept: [
		{ hertz: 660, at_s: 0 },
		{ hertz: 880, at_s: 0.12 },
	],
	refuse: [
		{ hertz: 220, at_s: 0 },
		{ hertz: 220, at_s: 0.25 },
	],
	unknown: [{ hertz: 330, at_s: 0 }],
};
const LENGTH_S = 0.11;

let context: AudioContext | undefined;

export function sound(answer: Scanned['answer']): void {
	context ??= new AudioContext();
	const now = context.currentTime;

	for (const { hertz, at_s } of TONES[answer]) {
		const tone = context.createOscillator();

		tone.frequency.value = hertz;
		tone.connect(context.destination);
		tone.start(now + at_s);
		tone.stop(now + at_s + LENGTH_S);
	}
}
