/* A screen: its heading, which takes the focus when it opens, and what it has to show. */
import './page.css';

import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { say } from '../../api/language';
import { Notice } from '../notice/notice';
import { ProblemNotice } from '../problem/problem';
import type { Asked } from './asked';

interface PageProps {
	readonly title: ComponentChildren;
	readonly children: ComponentChildren;
	/** Beside the heading. */
	readonly beside?: ComponentChildren;
}

export function Page({ title, children, beside }: PageProps) {
	const heading = useRef<HTMLHeadingElement>(null);

	useEffect(() => heading.current?.focus(), []);
	return (
		<div class="page stack">
			<div class="page-head row">
				<h1 tabIndex={-1} ref={heading}>
					{title}
				</h1>
				{beside}
			</div>
			{children}
		</div>
	);
}

interface AnsweredProps<T> {
	readonly asked: Asked<T>;
	readonly children: (value: T) => ComponentChildren;
}

/** What came of asking, in each of its states. */
export function Answered<T>({ asked, children }: AnsweredProps<T>) {
	switch (asked.state) {
		case 'loading':
			return (
				<p class="page-loading quiet" role="status">
					{say('web.state.loading')}
				</p>
			);
		case 'silent':
			return <Notice sort="care" title={say('web.state.silent')} />;
		case 'problem':
			return <ProblemNotice problem={asked.problem} />;
		case 'ok':
			return <>{children(asked.value)}</>;
	}
}

interface SectionProps {
	readonly title: ComponentChildren;
	readonly children: ComponentChildren;
	readonly beside?: ComponentChildren;
}

/** A part of a screen under a heading of its own. */
export function Section({ title, children, beside }: SectionProps) {
	return (
		<section class="card stack">
			<div class="page-head row">
				<h2>{title}</h2>
				{beside}
			</div>
			{children}
		</section>
	);
}
