/*
 * The side of the screen that is turned to the person.  It speaks her language, shows what she
 * asks for and nothing of anybody else, and knows no way out but to give the screen back:
 * Esc and the corner hide everything at once.
 */
import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';

import { holdPlace } from '../../api/place';
import { get } from '../../api/server';
import { hide, keepTurned } from '../../api/session';
import { dayOfIso } from '../../core/dates';
import { isLanguage, LANGUAGES, say as sayIn, type Words } from '../../core/words';
import { CODES, type Sheet, type SheetLine } from '../../gen/api';
import type { Key } from '../../gen/keys';
import { type Asked, useAsked } from '../../parts/page/asked';
import { dayText } from '../../parts/when/when';
import { useWordsOf } from './hers';
import { AnswerDrawing, TopicDrawing } from './pictograms';
import { type Answer, answersHerself, takeBack, sheetAddress, type Talk, type Topic } from './talk';

type Shown =
	| { readonly at: 'topics' }
	| { readonly at: 'topic'; readonly topic: Topic }
	| { readonly at: 'own-words' }
	| { readonly at: 'answer' }
	| { readonly at: 'sure'; readonly answer: Answer }
	| { readonly at: 'answered'; readonly answer: Answer }
	| { readonly at: 'take-back' };

/** As the declaration says it. */
const SAID = {
	stay: 'web.turned.stay',
	return: 'web.turned.return',
	undecided: 'web.turned.undecided',
} as const satisfies Record<Answer, Key>;

const Hers = createContext<Words>({ language: 'en', sentences: {} });

function useHers() {
	const words = useContext(Hers);

	return {
		words,
		say: (key: Key, ...values: readonly string[]) => sayIn(words, key, ...values),
		sayCode: (set: string, word: string) => sayIn(words, `code.${set}.${word}`),
	};
}

interface TurnedProps {
	readonly talk: Talk;
	readonly onGiveBack: () => void;
}

export function Turned({ talk, onGiveBack }: TurnedProps) {
	const page = useRef<HTMLDialogElement>(null);
	const words = useWordsOf(talk.held.value.language);

	useEffect(() => {
		const letGo = holdPlace();

		keepTurned(true);
		page.current?.showModal();
		return () => {
			keepTurned(false);
			letGo();
		};
	}, []);
	return (
		<dialog
			class="turned"
			ref={page}
			lang={words?.language}
			dir={words && LANGUAGES[words.language].rtl ? 'rtl' : 'ltr'}
			aria-label={words ? sayIn(words, 'web.turned.title') : ''}
			onCancel={(event) => {
				event.preventDefault();
				void hide();
			}}
			// A browser closes on a second Esc whatever its page says to the first.
			onClose={() => page.current?.showModal()}
		>
			{words && (
				<Hers.Provider value={words}>
					<HerSide talk={talk} onGiveBack={onGiveBack} />
				</Hers.Provider>
			)}
		</dialog>
	);
}

function HerSide({ talk, onGiveBack }: TurnedProps) {
	const [shown, setShown] = useState<Shown>({ at: 'topics' });
	const { say } = useHers();

	return (
		<>
			<Corner talk={talk} />
			<div class="turned-content">
				<HerPage talk={talk} shown={shown} show={setShown} />
			</div>
			<nav class="turned-ways" aria-label={say('web.turned.ways')}>
				<Way to={{ at: 'topics' }} shown={shown} show={setShown}>
					{say('web.turned.topics')}
				</Way>
				<Way to={{ at: 'own-words' }} shown={shown} show={setShown}>
					{say('web.turned.own-words')}
				</Way>
				{answersHerself(talk.person) && (
					<Way to={{ at: 'answer' }} shown={shown} show={setShown}>
						{say('web.turned.answer')}
					</Way>
				)}
				<button type="button" class="button" onClick={onGiveBack}>
					{say('web.turned.give-back')}
				</button>
			</nav>
		</>
	);
}

interface WayProps {
	readonly to: Shown;
	readonly shown: Shown;
	readonly show: (shown: Shown) => void;
	readonly children: ComponentChildren;
}

function Way({ to, shown, show, children }: WayProps) {
	return (
		<button
			type="button"
			class="button"
			aria-current={shown.at === to.at ? 'page' : undefined}
			onClick={() => show(to)}
		>
			{children}
		</button>
	);
}

/** Her language, and the corner that hides everything. */
function Corner({ talk }: { readonly talk: Talk }) {
	const { words, say } = useHers();

	return (
		<div class="turned-head">
			<div class="row">
				{Object.entries(LANGUAGES).map(([code, { name, rtl }]) => (
					<button
						key={code}
						type="button"
						class="button"
						lang={code}
						dir={rtl ? 'rtl' : 'ltr'}
						aria-pressed={words.language === code}
						onClick={() => {
							if (isLanguage(code))
								talk.held.change({
									language: code,
								});
						}}
					>
						{name}
					</button>
				))}
			</div>
			<button
				type="button"
				class="button turned-hide"
				onClick={() => void hide()}
			>
				<span aria-hidden="true">✕</span> {say('web.turned.hide')}
			</button>
		</div>
	);
}

interface HerPageProps {
	readonly talk: Talk;
	readonly shown: Shown;
	readonly show: (shown: Shown) => void;
}

function HerPage({ talk, shown, show }: HerPageProps) {
	switch (shown.at) {
		case 'topics':
			return <Topics talk={talk} show={show} />;
		case 'topic':
			return <OneTopic talk={talk} topic={shown.topic} show={show} />;
		case 'own-words':
			return <OwnWords />;
		case 'answer':
			return <ThreeAnswers talk={talk} show={show} />;
		case 'sure':
			return <Sure talk={talk} answer={shown.answer} show={show} />;
		case 'answered':
			return <Answered answer={shown.answer} />;
		case 'take-back':
			return <TakeBack talk={talk} show={show} />;
	}
}

// Whatever she opens next begins at its heading.
function Heading({ children }: { readonly children: ComponentChildren }) {
	const heading = useRef<HTMLHeadingElement>(null);

	useEffect(() => heading.current?.focus(), []);
	return (
		<h1 tabIndex={-1} ref={heading}>
			{children}
		</h1>
	);
}

// --- what is known

type Showing = Pick<HerPageProps, 'talk' | 'show'>;

function Topics({ talk, show }: Showing) {
	const { say, sayCode } = useHers();
	const { value, change } = talk.held;

	function open(topic: Topic) {
		if (!value.topics.includes(topic)) change({ topics: [...value.topics, topic] });
		show({ at: 'topic', topic });
	}

	return (
		<>
			<Heading>{say('web.turned.topics-title')}</Heading>
			<p>{say('web.turned.topics-what')}</p>
			<ul class="plain-list turned-topics">
				{CODES.topic.map((topic) => (
					<li key={topic}>
						<button
							type="button"
							class="button turned-topic"
							onClick={() => open(topic)}
						>
							<TopicDrawing topic={topic} />
							<span>{sayCode('topic', topic)}</span>
							{value.topics.includes(topic) && (
								<span
									role="img"
									aria-label={say(
										'web.turned.spoken-of',
									)}
								>
									✓
								</span>
							)}
						</button>
					</li>
				))}
			</ul>
		</>
	);
}

function OneTopic({ talk, topic, show }: Showing & { readonly topic: Topic }) {
	const { words, say, sayCode } = useHers();
	const address = sheetAddress(talk.held.value);
	const asked = useAsked(
		(signal) => get('Sheet', address, { signal, language: words.language }),
		[address, words.language],
	);

	return (
		<>
			<div class="row">
				<TopicDrawing topic={topic} />
				<Heading>{sayCode('topic', topic)}</Heading>
			</div>
			<SheetOf asked={asked} topic={topic} />
			<p>
				<button
					type="button"
					class="button"
					onClick={() => show({ at: 'topics' })}
				>
					{say('web.turned.other-topic')}
				</button>
			</p>
		</>
	);
}

function SheetOf({ asked, topic }: { readonly asked: Asked<Sheet>; readonly topic: Topic }) {
	const { words, say } = useHers();

	switch (asked.state) {
		case 'loading':
			return <p role="status">{say('web.state.loading')}</p>;
		case 'silent':
			return <p role="status">{say('web.turned.no-sheet')}</p>;
		case 'problem':
			return <p role="status">{asked.problem.detail}</p>;
		case 'ok': {
			const lines = asked.value.lines.filter((line) => line.topic === topic);

			return (
				<>
					{lines.length === 0 && (
						<p>{say('web.turned.nothing-known')}</p>
					)}
					{lines.map((line) => (
						<Line key={line.text} line={line} />
					))}
					<p class="turned-source">
						{say(
							'web.turned.sheet-of',
							asked.value.area.name,
							dayText(
								dayOfIso(asked.value.dated) ?? 0,
								words,
							),
						)}
					</p>
				</>
			);
		}
	}
}

function Line({ line }: { readonly line: SheetLine }) {
	const { say } = useHers();

	return (
		<div>
			<p>{line.text}</p>
			{line.source !== undefined && (
				<p class="turned-source">{say('web.turned.source', line.source)}</p>
			)}
		</div>
	);
}

function OwnWords() {
	const { say } = useHers();

	return (
		<>
			<Heading>{say('web.turned.own-words')}</Heading>
			<p>{say('web.turned.own-words-what')}</p>
		</>
	);
}

// --- what she wants

function ThreeAnswers({ talk, show }: Showing) {
	const { say } = useHers();
	const { choice, withdrawn } = talk.person;

	return (
		<>
			<Heading>{say('web.turned.answer-title')}</Heading>
			<p>{say('web.turned.answer-what')}</p>
			<div class="turned-answers">
				{CODES.answer.map((answer) => (
					<button
						key={answer}
						type="button"
						class="button turned-answer"
						onClick={() => show({ at: 'sure', answer })}
					>
						<AnswerDrawing answer={answer} />
						<span>{say(SAID[answer])}</span>
					</button>
				))}
			</div>
			{choice && withdrawn === undefined && (
				<>
					<p>
						{say(
							'web.turned.last-answer',
							say(SAID[choice.answer]),
						)}
					</p>
					<button
						type="button"
						class="button turned-answer"
						onClick={() => {
							if (
								talk.withdrawal.now.state ===
								'recorded'
							)
								talk.withdrawal.clear();
							show({ at: 'take-back' });
						}}
					>
						{say('web.turned.changed-my-mind')}
					</button>
				</>
			)}
		</>
	);
}

function Sure({ talk, answer, show }: Showing & { readonly answer: Answer }) {
	const { say } = useHers();

	return (
		<>
			<Heading>{say('web.turned.sure')}</Heading>
			<p class="row turned-said">
				<AnswerDrawing answer={answer} />
				<strong>{say(SAID[answer])}</strong>
			</p>
			<div class="turned-answers">
				<button
					type="button"
					class="button turned-answer"
					onClick={() => {
						talk.chosen.change({ answer });
						show({ at: 'answered', answer });
					}}
				>
					{say('web.turned.sure-yes')}
				</button>
				<button
					type="button"
					class="button turned-answer"
					onClick={() => show({ at: 'answer' })}
				>
					{say('web.turned.sure-no')}
				</button>
			</div>
		</>
	);
}

function Answered({ answer }: { readonly answer: Answer }) {
	const { say } = useHers();

	return (
		<>
			<Heading>{say('web.turned.answered', say(SAID[answer]))}</Heading>
			<p>{say('web.turned.answered-next')}</p>
			<p>{say('web.turned.answered-change')}</p>
		</>
	);
}

/** One press, and one question in plain words; no reason is asked. */
function TakeBack({ talk, show }: Showing) {
	const { say } = useHers();
	const { now } = talk.withdrawal;

	switch (now.state) {
		case 'recorded':
			return (
				<>
					<Heading>{say('web.turned.taken-back')}</Heading>
					<p>{say('web.turned.taken-back-what')}</p>
				</>
			);
		case 'sending':
			return <Heading>{say('web.form.sending')}</Heading>;
		case 'opening':
		case 'filling':
			return (
				<>
					<Heading>{say('web.turned.take-back')}</Heading>
					<p>{say('web.turned.take-back-what')}</p>
					{now.state === 'filling' && now.problem && (
						<p role="status">
							{say('web.turned.not-recorded')}
						</p>
					)}
					<div class="turned-answers">
						<button
							type="button"
							class="button turned-answer"
							onClick={() => takeBack(talk)}
						>
							{say('web.turned.take-back-yes')}
						</button>
						<button
							type="button"
							class="button turned-answer"
							onClick={() => show({ at: 'answer' })}
						>
							{say('web.turned.take-back-no')}
						</button>
					</div>
				</>
			);
	}
}
