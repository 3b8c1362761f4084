/* A drawing for each topic and each answer: they are read before, or instead of, the words. */
import type { Answer, Topic } from './talk';

/** Paths on a field of 48 by 48, drawn with a pen. */
const TOPICS: Readonly<Record<Topic, string>> = {
	safety: 'M24 5 40 11v12c0 10-7 17-16 20C15 40 8 33 8 23V11zM16 24l6 6 11-12',
	'access-to-area': 'M17 43 22 5M31 43 26 5M24 9v5M24 20v6M24 33v7M5 43h38',
	'housing-land': 'M6 24 24 8l18 16M11 20v21h26V20M20 41V29h8v12',
	school: 'M24 13c-5-4-11-5-18-5v28c7 0 13 1 18 5 5-4 11-5 18-5V8c-7 0-13 1-18 5zM24 13v28',
	health: 'M18 6h12v12h12v12H30v12H18V30H6V18h12z',
	work: 'M6 42 26 22M22 18l8 8M20 16 32 6l10 10-10 12z',
	documents: 'M5 10h38v28H5zM11 32c0-4 3-6 6-6s6 2 6 6M17 23a4 4 0 1 0 0-8 4 4 0 0 0 0 8M28 18h10M28 25h10M28 32h7',
	explosives: 'M24 6 44 41H4zM24 19v10M24 34v2',
	assistance: 'M4 30c6-6 12-4 16 0h8c4 0 4 5 0 5h-8M28 33l12-6c4-1 5 3 3 4L28 43H14L4 40M30 21a8 8 0 1 0 0-16 8 8 0 0 0 0 16',
	staying: 'M4 24 18 11l14 13M8 21v20h20V21M38 41V27M38 27a6 6 0 1 0 0-12 6 6 0 0 0 0 12M4 41h40',
	withdrawal: 'M14 8 5 17l9 9M5 17h23a12 12 0 0 1 0 24H13',
	women: 'M24 5c-9 0-13 7-13 16 0 10-3 14-5 21h36c-2-7-5-11-5-21 0-9-4-16-13-16zM24 28a7 8 0 1 0 0-16 7 8 0 0 0 0 16',
};

const ANSWERS: Readonly<Record<Answer, string>> = {
	stay: TOPICS.staying,
	return: TOPICS['access-to-area'],
	undecided: 'M24 43a19 19 0 1 0 0-38 19 19 0 0 0 0 38M18 19c0-4 3-6 6-6s6 2 6 6c0 5-6 5-6 10M24 33v3',
};

function Drawing({ path }: { readonly path: string }) {
	return (
		<svg class="pictogram" viewBox="0 0 48 48" aria-hidden="true">
			<path d={path} />
		</svg>
	);
}

export function TopicDrawing({ topic }: { readonly topic: Topic }) {
	return <Drawing path={TOPICS[topic]} />;
}

export function AnswerDrawing({ answer }: { readonly answer: Answer }) {
	return <Drawing path={ANSWERS[answer]} />;
}
