/*
 * One pack of paper: the household form, and for each adult the notes of her counselling and
 * her declaration.  Each page carries the pack's case number, so that pages that fell apart
 * come together again; whose of the household a page is says the number that is written there.
 */
import './packs.css';

import type { ComponentChildren } from 'preact';

import { session } from '../../api/session';
import { say, type TableKey, type Words } from '../../core/words';
import { type CodeSet, CODES, type Form } from '../../gen/api';
import type { Key } from '../../gen/keys';
import { Both } from '../../parts/printing/both';
import { FormText } from '../../parts/printing/form_text';
import { Qr } from '../../parts/qr/qr';

const MEMBERS = 8;

interface PackProps {
	readonly number: string;
	readonly adults: number;
	/** The declaration, in the language of the pack. */
	readonly text: Form;
	/** In which it is printed, hers first. */
	readonly inWords: readonly [Words, ...Words[]];
}

interface PageProps {
	readonly number: string;
	readonly inWords: PackProps['inWords'];
}

export function Pack({ number, adults, text, inWords }: PackProps) {
	const page = { number, inWords };

	return (
		<>
			<HouseholdPage {...page} />
			{Array.from({ length: adults }, (_, at) => [
				<NotesPage key={`notes-${at}`} {...page} />,
				<DeclarationPage key={`declaration-${at}`} {...page} text={text} />,
			])}
		</>
	);
}

// --- what the pages share

interface FramedProps extends PageProps {
	readonly title: Key;
	readonly children: ComponentChildren;
	/** It is about one of the household. */
	readonly ofPerson?: boolean;
}

function Framed({ number, inWords, title, children, ofPerson }: FramedProps) {
	return (
		<section class="one-page pack-page">
			<header class="pack-head">
				<div>
					<h2>
						<Both inWords={inWords} k={title} />
					</h2>
					<bdi>{session.value?.site}</bdi>
				</div>
				<div class="pack-number">
					<bdi>{number}</bdi>
					{ofPerson && (
						<Blank
							inWords={inWords}
							k="web.packs.person-number"
						/>
					)}
				</div>
				<Qr text={number} label={number} />
			</header>
			{children}
		</section>
	);
}

interface LabelProps {
	readonly inWords: PackProps['inWords'];
	readonly k: Key | TableKey;
}

/** A label and a line to write on. */
function Blank({ inWords, k }: LabelProps) {
	return (
		<div class="blank">
			<Both inWords={inWords} k={k} />
		</div>
	);
}

interface BoxesProps extends LabelProps {
	readonly set: CodeSet;
}

/** A closed list, each word with a box. */
function Boxes({ inWords, k, set }: BoxesProps) {
	return (
		<div class="boxes">
			<div class="boxes-label">
				<Both inWords={inWords} k={k} />
			</div>
			{CODES[set].map((word) => (
				<span key={word} class="box-and-word">
					<span class="declaration-tick" />
					<span>
						<Both inWords={inWords} k={`code.${set}.${word}`} />
					</span>
				</span>
			))}
		</div>
	);
}

/** When it was filled in, and who was there: what is typed in with it. */
function OfThePaper({ inWords }: { readonly inWords: PackProps['inWords'] }) {
	return (
		<div class="blanks">
			<Blank inWords={inWords} k="web.packs.day-time" />
			<Blank inWords={inWords} k="web.packs.officer" />
			<Blank inWords={inWords} k="field.interpreter" />
		</div>
	);
}

function Marks({ inWords }: { readonly inWords: PackProps['inWords'] }) {
	return (
		<>
			<div class="paper-box">
				<Both inWords={inWords} k="web.declaration.mark" />
			</div>
			<div class="paper-box">
				<Both inWords={inWords} k="field.witness" />
			</div>
		</>
	);
}

// --- the household

const COLUMNS = [
	'field.given',
	'field.father',
	'field.sex',
	'web.register.birth',
	'field.relation',
	'field.group',
	'web.packs.paper-number',
	'field.needs',
] as const;
/** What may stand in these columns, in the words of the screen. */
const WORDED = {
	sex: 'sex',
	relation: 'relation',
	group: 'group',
	documents: 'document_kind',
} as const;

function HouseholdPage({ number, inWords }: PageProps) {
	return (
		<Framed number={number} inWords={inWords} title="web.packs.household">
			<OfThePaper inWords={inWords} />
			<div class="blanks">
				<Blank inWords={inWords} k="field.residence" />
				<Blank inWords={inWords} k="field.origin" />
				<Blank inWords={inWords} k="field.language" />
				<Blank inWords={inWords} k="field.address" />
				<Blank inWords={inWords} k="field.phone" />
				<Blank inWords={inWords} k="web.packs.phone-safe" />
			</div>
			<table class="pack-members">
				<thead>
					<tr>
						<td />
						{COLUMNS.map((k) => (
							<th key={k} scope="col">
								<Both inWords={inWords} k={k} />
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{Array.from({ length: MEMBERS }, (_, at) => (
						<tr key={at}>
							<th scope="row">{at + 1}</th>
							{COLUMNS.map((k) => (
								<td key={k} />
							))}
						</tr>
					))}
				</tbody>
			</table>
			<WordsOfColumns words={inWords[0]} />
			<p>
				<Both inWords={inWords} k="web.packs.more-people" />
			</p>
			<footer class="one-page-foot pack-foot">
				<Marks inWords={inWords} />
			</footer>
		</Framed>
	);
}

function WordsOfColumns({ words }: { readonly words: Words }) {
	return (
		<ul class="plain-list pack-words">
			{Object.entries(WORDED).map(([field, set]) => (
				<li key={field}>
					<strong>{say(words, `field.${field}`)}</strong>
					{': '}
					{CODES[set]
						.map((word) => say(words, `code.${set}.${word}`))
						.join(' · ')}
				</li>
			))}
		</ul>
	);
}

// --- one adult

function NotesPage({ number, inWords }: PageProps) {
	return (
		<Framed number={number} inWords={inWords} title="web.packs.notes" ofPerson>
			<OfThePaper inWords={inWords} />
			<div class="blanks">
				<Blank inWords={inWords} k="field.language" />
				<Blank inWords={inWords} k="field.sheet_area" />
			</div>
			<Boxes inWords={inWords} k="field.company" set="company" />
			<Boxes inWords={inWords} k="field.counsellor_sex" set="sex" />
			<Boxes inWords={inWords} k="field.topics" set="topic" />
			<p class="box-and-word">
				<span class="declaration-tick" />
				<span>
					<Both inWords={inWords} k="web.counselling.understood" />
				</span>
			</p>
			<p class="box-and-word">
				<span class="declaration-tick" />
				<span>
					<Both inWords={inWords} k="web.counselling.read-back" />
				</span>
			</p>
			<div class="pack-lines">
				<Both inWords={inWords} k="web.packs.her-words" />
			</div>
		</Framed>
	);
}

function DeclarationPage({ number, inWords, text }: PageProps & { readonly text: Form }) {
	return (
		<Framed number={number} inWords={inWords} title="web.packs.declaration" ofPerson>
			<OfThePaper inWords={inWords} />
			<FormText form={text} language={inWords[0].language} />
			<div class="blanks">
				<Blank inWords={inWords} k="field.destination" />
			</div>
			<Boxes inWords={inWords} k="field.company" set="company" />
			<p class="box-and-word">
				<span class="declaration-tick" />
				<span>
					<Both inWords={inWords} k="web.counselling.apart" />
				</span>
			</p>
			<footer class="one-page-foot">
				<Marks inWords={inWords} />
				<div class="paper-box">
					<Both inWords={inWords} k="web.declaration.receipt-here" />
				</div>
			</footer>
		</Framed>
	);
}
