/* The camera as a scanner: its pictures go to a worker, which reads codes out of them. */
import { useEffect, useRef, useState } from 'preact/hooks';

import { say } from '../../api/language';
import { Notice } from '../../parts/notice/notice';
import type { Picture } from './reader';

const WIDTH_MAX = 800;
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

function pictureOf(video: HTMLVideoElement, canvas: HTMLCanvasElement): Picture | null {
	const scale = Math.min(1, WIDTH_MAX / (video.videoWidth || 1));
	const pen = canvas.getContext('2d', { willReadFrequently: true });

	canvas.width = Math.floor(video.videoWidth * scale);
	canvas.height = Math.floor(video.videoHeight * scale);
	if (!pen || !canvas.width || !canvas.height) return null;
	pen.drawImage(video, 0, 0, canvas.width, canvas.height);
	return pen.getImageData(0, 0, canvas.width, canvas.height);
}

/** Until `stop`; throws where there is no camera, or it may not be used. */
async function watch(
	video: HTMLVideoElement | null,
	stop: AbortSignal,
	onRead: (text: string) => void,
): Promise<void> {
	const stream = await navigator.mediaDevices.getUserMedia({
		video: { facingMode: 'environment' },
	});
	const reader = new Worker(new URL('./reader.ts', import.meta.url), { type: 'module' });
	const canvas = document.createElement('canvas');
	let timer: ReturnType<typeof setTimeout> | undefined;
	let last = { text: '', at_ms: -Infinity };

	function next(): void {
		const picture = video && pictureOf(video, canvas);

		if (picture) reader.postMessage(picture);
		else timer = setTimeout(next, PAUSE_MS);
	}

	function end(): void {
		clearTimeout(timer);
		reader.terminate();
		for (const track of stream.getTracks()) track.stop();
	}

	reader.onmessage = ({ data }: MessageEvent<string | null>) => {
		const now_ms = performance.now();

		if (data !== null && (data !== last.text || now_ms - last.at_ms > SAME_MS))
			onRead(data);
		if (data !== null) last = { text: data, at_ms: now_ms };
		timer = setTimeout(next, PAUSE_MS);
	};
	if (stop.aborted || !video) {
		end();
		return;
	}
	stop.addEventListener('abort', end);
	video.srcObject = stream;
	await video.play();
	next();
}
