/*
 * The camera as a scanner: its pictures go to a worker, which reads codes out of them.  Slips
 * are read at once; what reads cards is large, and is loaded when a camera is switched on.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import cardsAddress from 'zxing-wasm/reader/zxing_reader.wasm?url';

import { fileAt } from '../../api/files';
import { say } from '../../api/language';
import type { Picture } from '../../core/picture';
import { Notice } from '../../parts/notice/notice';
import type { Given, Read } from './reader';

const SLIP_WIDTH_MAX = 800;
/** The bars of a card are a third as wide as the points of a slip. */
const CARD_WIDTH_MAX = 1280;
const PAUSE_MS = 150;
/** The same slip, still before the camera, is not scanned again and again. */
const SAME_MS = 4_000;

interface CameraProps {
	readonly onRead: (text: string) => void;
}

export function Camera({ onRead }: CameraProps) {
	const video = useRef<HTMLVideoElement>(null);
	const take = useRef(onRead);
	const [isDenied, setDenied] = useState(false);

	take.current = onRead;
	useEffect(() => {
		const stop = new AbortController();

		watch(video.current, stop.signal, (text) => take.current(text)).catch(() => {
			if (!stop.signal.aborted) setDenied(true);
		});
		return () => stop.abort();
	}, []);
	if (isDenied) return <Notice sort="care" title={say('web.gate.no-camera')} />;
	return (
		<video
			ref={video}
			class="gate-video"
			muted
			playsInline
			aria-label={say('web.gate.camera')}
		/>
	);
}

function pictureOf(
	video: HTMLVideoElement,
	canvas: HTMLCanvasElement,
	width_max: number,
): Picture | null {
	const scale = Math.min(1, width_max / (video.videoWidth || 1));
	const pen = canvas.getContext('2d', { willReadFrequently: true });

	canvas.width = Math.floor(video.videoWidth * scale);
	canvas.height = Math.floor(video.videoHeight * scale);
	if (!pen || !canvas.width || !canvas.height) return null;
	pen.drawImage(video, 0, 0, canvas.width, canvas.height);
	const { width, height, data } = pen.getImageData(0, 0, canvas.width, canvas.height);

	return { width, height, data };
}

/** Slips are read all the same where it does not come. */
async function giveCards(give: (given: Given) => void): Promise<void> {
	const wasm = await fileAt(cardsAddress);

	if (wasm) give({ what: 'cards', wasm });
}

/** Until `stop`; throws where there is no camera, or it may not be used. */
async function watch(
	video: HTMLVideoElement | null,
	stop: AbortSignal,
	onRead: (text: string) => void,
): Promise<void> {
	const stream = await navigator.mediaDevices.getUserMedia({
		video: { facingMode: 'environment', width: { ideal: CARD_WIDTH_MAX } },
	});
	const reader = new Worker(new URL('./reader.ts', import.meta.url), { type: 'module' });
	const canvas = document.createElement('canvas');
	let timer: ReturnType<typeof setTimeout> | undefined;
	let last = { text: '', at_ms: -Infinity };
	let width_max = SLIP_WIDTH_MAX;

	function give(given: Given): void {
		reader.postMessage(given);
	}

	function next(): void {
		const picture = video && pictureOf(video, canvas, width_max);

		if (picture) give({ what: 'picture', picture });
		else timer = setTimeout(next, PAUSE_MS);
	}

	function end(): void {
		clearTimeout(timer);
		reader.terminate();
		for (const track of stream.getTracks()) track.stop();
	}

	reader.onmessage = ({ data: { text, readsCards } }: MessageEvent<Read>) => {
		const now_ms = performance.now();

		if (text !== null && (text !== last.text || now_ms - last.at_ms > SAME_MS))
			onRead(text);
		if (text !== null) last = { text, at_ms: now_ms };
		if (readsCards) width_max = CARD_WIDTH_MAX;
		timer = setTimeout(next, PAUSE_MS);
	};
	if (stop.aborted || !video) {
		end();
		return;
	}
	stop.addEventListener('abort', end);
	video.srcObject = stream;
	void giveCards(give);
	await video.play();
	next();
}
