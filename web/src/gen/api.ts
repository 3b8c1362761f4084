// Made by scripts/types from docs/openapi.json.

export const CODES = {
	sex: ['female', 'male', 'other'],
	answer: ['stay', 'return', 'undecided'],
	group: ['por', 'acc', 'undocumented', 'other'],
	document_kind: ['none', 'por', 'acc', 'tazkira', 'e-tazkira', 'passport', 'slip', 'other'],
	relation: ['head', 'spouse', 'child', 'parent', 'sibling', 'grandchild', 'grandparent', 'child-in-law', 'other-relative', 'not-related'],
	marital: ['single', 'married', 'widowed', 'divorced', 'separated'],
	care: ['with-parents', 'with-one-parent', 'separated', 'unaccompanied', 'heads-household'],
	capacity: ['decides', 'needs-assessment'],
	need: ['CR', 'SC', 'WR', 'ER', 'SP', 'DS', 'SM', 'FU', 'LP', 'TR', 'SV', 'PG'],
	phone_owner: ['self', 'family', 'neighbour', 'other'],
	company: ['alone', 'companion-of-own-choice', 'others-present'],
	topic: ['safety', 'access-to-area', 'housing-land', 'school', 'health', 'work', 'documents', 'explosives', 'assistance', 'staying', 'withdrawal', 'women'],
	pressure: ['arrest', 'eviction', 'document-taken', 'threat', 'paid-agent', 'release-for-return', 'deadline', 'family', 'service-refused', 'other'],
	reporter: ['person', 'relative', 'officer', 'partner', 'other'],
	mark: ['thumb', 'signature', 'spoken-before-witness'],
	channel: ['in-person', 'phone', 'message', 'paper', 'gate', 'partner', 'other'],
	child_view: ['agrees', 'disagrees', 'unsure', 'too-young'],
	hold_reason: ['protection', 'medical', 'legal', 'child', 'family', 'possible-double', 'other'],
	finding: ['voluntary', 'not-voluntary', 'needs-time'],
	assessment: ['best-interests', 'tracing', 'fitness-to-travel', 'capacity', 'other-parent'],
	result: ['favourable', 'favourable-with-escort', 'unfavourable', 'pending'],
	parent_basis: ['consent', 'custody', 'death'],
	incident: ['arrest', 'detention', 'extortion', 'violence', 'eviction', 'document-taken', 'family-separated', 'rule-broken', 'other'],
	referral: ['legal-aid', 'child-protection', 'medical', 'gender-based-violence', 'unhcr', 'other'],
	incident_outcome: ['released', 'deported', 'settled', 'unfounded', 'unknown'],
	appointment: ['registration', 'counselling', 'review', 'assessment', 'departure', 'follow-up'],
	weekday: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
	seat_release: ['person-asked', 'no-show', 'plan-changed'],
	direction: ['crossed', 'turned-back'],
	return_kind: ['facilitated-voluntary', 'assisted-spontaneous', 'spontaneous', 'adverse-circumstances', 'deported', 'unknown'],
	return_reason: ['fear-of-arrest', 'authorities', 'eviction', 'documents', 'community', 'livelihood', 'services', 'family', 'home', 'other'],
	grant_per: ['person', 'family', 'family-of-one'],
	reversal: ['wrong-person', 'not-handed-over', 'did-not-travel', 'other'],
	wellbeing: ['well', 'needs-help', 'in-danger', 'not-reached'],
	complaint: ['service', 'conduct', 'exploitation-abuse', 'payment', 'data', 'other'],
	shared: ['name', 'birth', 'documents', 'contact', 'needs', 'destination'],
	erasure: ['person-asked', 'retention-ended', 'court'],
	annulment: ['wrong-person', 'entered-twice', 'did-not-happen'],
	level: ['federal', 'provincial', 'court', 'district', 'international', 'organisation'],
	step: ['drafted', 'submitted', 'approved', 'commented', 'rejected', 'in-force', 'suspended', 'resumed', 'ended'],
	meeting: ['planned', 'held', 'cancelled'],
	confidence: ['retrieved', 'mixed', 'general-knowledge'],
	advisory: ['crossing-closed', 'attacks-near-crossing', 'returns-suspended'],
	advisory_state: ['in-force', 'ended'],
	role: ['registration', 'counsellor', 'protection', 'legal-aid', 'cashier', 'movement', 'border', 'statistician', 'administrator', 'auditor'],
	opening: ['registration', 'counselling', 'protection', 'travel', 'payment', 'person-asked', 'audit'],
} as const;

export type CodeSet = keyof typeof CODES;
export type CodeWord<Set extends CodeSet> = (typeof CODES)[Set][number];

/** A rule that is not met. */
export interface Refusal {
	/** its id: TIME_TO_THINK */
	readonly rule: string;
	/** what it says, in the reader's language */
	readonly statement: string;
	/** where it comes from */
	readonly source: string;
	/** whether something has to come first, or it may not be so */
	readonly outcome: 'missing' | 'refused';
	/** what is missing or wrong, in words */
	readonly why: string;
	/** what to do next, in words */
	readonly next: string;
	/** where only time is missing */
	readonly not_before?: string;
}

/** RFC 9457: why a request was not done. */
export interface Problem {
	/** urn:ikhtiar:problem:<key>, or about:blank */
	readonly type: string;
	/** the status in words */
	readonly title: string;
	/** of HTTP */
	readonly status: number;
	/** what, where, why and what to do, in the reader's language */
	readonly detail: string;
	/** key of the sentence in the catalogue */
	readonly key: string;
	/** which fact of an array, from 0 */
	readonly at?: number;
	/** the rules that are not met */
	readonly refused?: readonly Refusal[];
	/** what others recorded since the screen was filled */
	readonly changed?: readonly Changed[];
	/** seconds to wait before trying again */
	readonly retry_after_s?: number;
}

/** A fact that this screen did not know. */
export interface Changed {
	/** about whom */
	readonly subject: string;
	/** the kind of fact, in words */
	readonly what: string;
	/** name of the account that recorded it */
	readonly by?: string;
	/** when */
	readonly recorded: string;
}

/** Who wants to come in. */
export interface Login {
	/** of the account */
	readonly name: string;
	readonly passphrase: string;
	/** six digits of the authenticator, or a printed recovery code */
	readonly code?: string;
	/** this tablet is shared: several accounts stay on it, each behind its PIN */
	readonly shared?: boolean;
}

/** An account that is on this shared tablet, behind its PIN. */
export interface Colleague {
	readonly account: string;
	readonly name: string;
}

/** How this browser stands. */
export interface Session {
	/** nobody; somebody; somebody whose PIN is asked; whose authenticator must be set up first */
	readonly standing: 'out' | 'in' | 'pin' | 'code';
	/** name of the site */
	readonly site: string;
	/** made-up people only */
	readonly demo: boolean;
	/** nobody has logged in since start or lock: no name can be read */
	readonly locked: boolean;
	/** the site's clock */
	readonly now: string;
	/** for /api/changes */
	readonly moment: number;
	/** to be sent as X-Ikhtiar-Token with every write */
	readonly token?: string;
	readonly account?: string;
	/** of the account */
	readonly name?: string;
	readonly roles?: readonly CodeWord<'role'>[];
	/** what this account may do: words of deeds.def and of kinds */
	readonly deeds?: readonly string[];
	/** base64, 32 bytes: for drafts of this account in the browser */
	readonly draft_key?: string;
	/** the session can be re-opened with a PIN */
	readonly pin_set?: boolean;
	/** seconds without a request until the PIN is asked */
	readonly idle_s?: number;
	/** when the session ends whatever is done */
	readonly ends?: string;
	/** others on this shared tablet */
	readonly colleagues?: readonly Colleague[];
}

/** Six digits, in any script. */
export interface Pin {
	readonly pin: string;
}

/** Coming back to one's own screen. */
export interface OpenSession {
	readonly pin?: string;
	/** after five wrong PINs, or without one */
	readonly passphrase?: string;
}

/** Another account of this shared tablet. */
export interface Switch {
	readonly account: string;
	readonly pin: string;
}

/** One's own passphrase. */
export interface NewPassphrase {
	readonly old: string;
	/** at least 15 characters, none that is easily guessed */
	readonly new: string;
}

/** What an authenticator needs, shown once. */
export interface Totp {
	/** base32 */
	readonly secret: string;
	/** otpauth://…, for a QR */
	readonly uri: string;
	/** codes to be printed; each works once */
	readonly recovery: readonly string[];
}

/** Six digits of the authenticator. */
export interface Code {
	readonly code: string;
}

/** One's passphrase again, before what cannot be undone. */
export interface Again {
	readonly passphrase: string;
}

/** A second person at somebody else's screen, and what she agrees to. */
export interface Second {
	/** of her account */
	readonly name: string;
	readonly passphrase: string;
	/** of her authenticator, where she has one */
	readonly code?: string;
	/** the fact that is to be annulled */
	readonly fact?: string;
	/** or what is to be decided of two records */
	readonly pair?: PairAgreed;
}

/** What a second person agrees to of two records. */
export interface PairAgreed {
	readonly a: string;
	readonly b: string;
	readonly said: 'same' | 'different';
}

export interface Seconded {
	/** hers: what the facts name as `second` */
	readonly account: string;
}

/** A household's form that was begun, sealed as a browser keeps it, for a colleague. */
export interface HandOver {
	/** account whose draft it is */
	readonly from: string;
	/** its place among that account's drafts: household/new */
	readonly name: string;
	/** base64, 12 bytes */
	readonly nonce: string;
	/** base64; 512 KiB at most */
	readonly sealed: string;
	/** account that goes on with it */
	readonly to: string;
	/** its place among that account's drafts */
	readonly as: string;
}

/** The same form, for the other account's key and place. */
export interface HandedOver {
	/** base64, 12 bytes */
	readonly nonce: string;
	/** base64 */
	readonly sealed: string;
}

/** Who may work with this register. */
export interface Account {
	readonly id: string;
	readonly name: string;
	readonly roles: readonly CodeWord<'role'>[];
	/** so that a person can have the counsellor she prefers */
	readonly sex?: CodeWord<'sex'>;
	/** false: closed */
	readonly open: boolean;
	/** has an authenticator */
	readonly totp: boolean;
}

export interface Accounts {
	readonly accounts: readonly Account[];
}

export interface NewAccount {
	readonly name: string;
	readonly roles: readonly CodeWord<'role'>[];
	readonly sex?: CodeWord<'sex'>;
	/** its first, to be changed by its holder */
	readonly passphrase: string;
}

export interface NewRoles {
	readonly account: string;
	/** none: the account is closed */
	readonly roles: readonly CodeWord<'role'>[];
}

/** It is done, and there is nothing more to say. */
export interface Done {
	/** true */
	readonly done: boolean;
}

/** What the screen showed of a person when it was filled. */
export interface Known {
	readonly subject: string;
	/** Person.version */
	readonly version: number;
}

/** One fact, or several that are recorded as a whole or not at all. */
export interface Proposal {
	/** "@name" as an id: a new one, the same within these; "current" as form or sheet: the one used now */
	readonly facts: readonly Fact[];
	/** refused with 409 where others have changed these since */
	readonly known?: readonly Known[];
}

/** A fact that is recorded. */
export interface Kept {
	readonly seq: number;
	readonly fact: string;
	/** IKH1:…, for a choice and for a withdrawal */
	readonly receipt?: string;
}

/** What a "@name" came to stand for. */
export interface Named {
	/** "@zarmina" */
	readonly name: string;
	readonly id: string;
}

/** What came of a proposal. */
export interface Recorded {
	/** its key was recorded before: this is the first answer again */
	readonly repeated: boolean;
	readonly recorded: readonly Kept[];
	/** of a household that was registered */
	readonly case_number?: string;
	/** case numbers, for blank paper forms */
	readonly reserved?: readonly string[];
	readonly ids: readonly Named[];
}

/** Whose file is opened, and what for; it is recorded. */
export interface Opening {
	/** id of a person or household, case number, or a paper's number */
	readonly subject: string;
	readonly purpose: CodeWord<'opening'>;
}

/** The file is open for this session, for half an hour. */
export interface Opened {
	readonly household: string;
	/** where one was named */
	readonly person?: string;
	/** how many more files this account may open within the hour */
	readonly left: number;
}

/** Who is looked for.  Her name stands in no address: those are kept in more places. */
export interface Search {
	/** names in any script, her father's, a year or an age, a district, somebody of her household; two of these, or a number */
	readonly q: string;
	/** what for; it is recorded */
	readonly purpose?: CodeWord<'opening'>;
	/** case number and member of whom one expected: why is she not found? */
	readonly expected?: string;
	/** give what each reason weighs */
	readonly bits?: boolean;
}

/** What speaks for or against one being whom one looks for. */
export interface Reason {
	/** in the reader's language */
	readonly said: string;
	readonly speaks_for: boolean;
	/** tenths of a bit, where asked for: ten make it twice as likely */
	readonly bits_tenths?: number;
}

/** Enough to open the file, no more. */
export interface Found {
	readonly id: string;
	readonly sort: 'person' | 'household';
	/** as this account may see it; absent for a household */
	readonly name?: string;
	readonly case_number?: string;
	/** her number in it */
	readonly member?: number;
	readonly father?: string;
	readonly grandfather?: string;
	readonly sex?: CodeWord<'sex'>;
	/** first day of birth that fits what is known */
	readonly born_from?: string;
	/** last such day */
	readonly born_to?: string;
	readonly origin?: Area;
	readonly reasons: readonly Reason[];
	/** their sum, where asked for */
	readonly bits_tenths?: number;
}

/** At most ten, and never how many more. */
export interface Findings {
	readonly found: readonly Found[];
	/** who was expected */
	readonly expected?: Found;
	/** false: too little was asked that anybody may be shown */
	readonly enough: boolean;
	/** where nobody is found: a slip of the pen in a case number, or what else to try */
	readonly advice?: string;
}

/** A person who is about to be registered. */
export interface Draft {
	/** given name, father's, grandfather's and family's, in one script */
	readonly name: string;
	/** of a paper */
	readonly number?: string;
	/** P-code */
	readonly origin?: string;
	/** of birth */
	readonly year?: number;
	/** the year follows from an age */
	readonly about?: boolean;
	readonly sex?: CodeWord<'sex'>;
}

/** A household that is about to be registered. */
export interface Drafts {
	readonly people: readonly Draft[];
}

/** Who may be one of them already. */
export interface DraftDoubles {
	/** which of the people asked about, from 0 */
	readonly at: number;
	readonly found: readonly Found[];
}

/** Of those for whom there is somebody; nothing is merged. */
export interface Doubles {
	readonly people: readonly DraftDoubles[];
}

/** One of two records, by its number alone. */
export interface PairRecord {
	readonly id: string;
	readonly case_number?: string;
	/** her number in it */
	readonly member?: number;
}

/** Two records that may be one person, and nobody has decided. */
export interface PairWaiting {
	/** the one that was registered first */
	readonly a: PairRecord;
	readonly b: PairRecord;
	/** how much speaks for it */
	readonly strength: 'weak' | 'fair' | 'strong';
	/** when the later of the two was registered */
	readonly since: string;
}

/** What waits for a decision, what most speaks for first, of these the oldest; 200 at most, and no names. */
export interface Pairs {
	readonly pairs: readonly PairWaiting[];
	/** how many people were looked at so far; asking again goes on */
	readonly looked_at: number;
	/** of how many */
	readonly people: number;
}

/** Two records that are to be compared. */
export interface PairOrder {
	readonly a: string;
	readonly b: string;
}

/** One of the two. */
export interface PairSide {
	readonly person: Person;
	readonly household?: string;
	readonly case_number?: string;
	/** where the household lives now */
	readonly residence?: Area;
	readonly registered?: string;
}

/** Two records side by side.  Nothing is merged. */
export interface Pair {
	/** the one that was registered first */
	readonly a: PairSide;
	readonly b: PairSide;
	/** what speaks for and against their being one person */
	readonly reasons: readonly Reason[];
	/** how much speaks for it */
	readonly strength: 'weak' | 'fair' | 'strong';
	/** a grant of one of them is approved or paid: a second person has to agree */
	readonly takes_two: boolean;
}

/** What was decided of this record and another. */
export interface PairDecided {
	readonly other: string;
	/** of the other */
	readonly case_number?: string;
	readonly member?: number;
	readonly said: 'nothing' | 'same' | 'different' | 'later';
	readonly at: string;
	/** another decision takes a second person */
	readonly takes_two: boolean;
}

/** In her own script and in Latin letters. */
export interface Names {
	readonly given?: string;
	readonly given_latin?: string;
	readonly family?: string;
	readonly family_latin?: string;
	readonly father?: string;
	readonly father_latin?: string;
	readonly grandfather?: string;
	readonly grandfather_latin?: string;
}

/** A paper that she has. */
export interface Paper {
	readonly kind: CodeWord<'document_kind'>;
	/** as typed from the paper */
	readonly number?: string;
	readonly valid_to?: string;
	/** given up at the crossing */
	readonly surrendered: boolean;
}

/** A country, province or district. */
export interface Area {
	/** PK528@cod-ab-2022 */
	readonly key: string;
	/** its P-code */
	readonly code: string;
	/** in the reader's language */
	readonly name: string;
	/** names of what it lies in, outermost last */
	readonly within?: string;
	readonly level: 'country' | 'province' | 'district';
	/** older or other names */
	readonly former?: string;
}

/** What she said she wants, as it stands. */
export interface Choice {
	readonly answer: CodeWord<'answer'>;
	readonly at: string;
	readonly destination?: Area;
	/** asked again, alone, at boarding */
	readonly reconfirmed?: string;
}

/** On a movement to come, or that left. */
export interface Seat {
	readonly movement: string;
	readonly seat: number;
	readonly departs: string;
	readonly crossing: string;
}

/** A person as her file shows her. */
export interface Person {
	readonly id: string;
	/** grows with each fact about her, openings aside */
	readonly version: number;
	/** her number in the household; 0: none */
	readonly member: number;
	/** as this account may see it: her name, or the alias */
	readonly name: string;
	readonly alias: string;
	readonly names?: Names;
	readonly sex?: CodeWord<'sex'>;
	/** earliest day of birth that fits what is known */
	readonly born_from?: string;
	/** latest */
	readonly born_to?: string;
	/** may be under 18 */
	readonly child: boolean;
	readonly relation?: CodeWord<'relation'>;
	readonly marital?: CodeWord<'marital'>;
	readonly care?: CodeWord<'care'>;
	readonly capacity?: CodeWord<'capacity'>;
	readonly group?: CodeWord<'group'>;
	readonly needs: readonly CodeWord<'need'>[];
	/** of the counsellor she prefers */
	readonly counsellor_sex?: CodeWord<'sex'>;
	/** ISO 639-3 */
	readonly language?: string;
	readonly origin?: Area;
	/** as registered; her choice may name another */
	readonly destination?: Area;
	readonly spouse?: string;
	readonly guardian?: string;
	readonly papers?: readonly Paper[];
	/** the newest step that this account may know of */
	readonly status: 'none' | 'registered' | 'stay' | 'undecided' | 'return' | 'withdrawn' | 'seated' | 'departed' | 'crossed' | 'arrived' | 'died' | 'erased';
	/** last counselling */
	readonly counselled?: string;
	readonly choice?: Choice;
	/** a withdrawal stands since then */
	readonly withdrawn?: string;
	/** standing holds */
	readonly holds?: number;
	readonly review_due?: boolean;
	/** of the review */
	readonly finding?: CodeWord<'finding'>;
	readonly best_interests?: CodeWord<'result'>;
	readonly tracing?: CodeWord<'result'>;
	readonly fitness?: CodeWord<'result'>;
	/** open ones */
	readonly incidents?: number;
	readonly detained?: boolean;
	readonly appointment?: string;
	readonly seat?: Seat;
	readonly departed?: string;
	readonly crossed?: string;
	readonly arrived?: string;
	/** parts of the grant that were paid */
	readonly paid_parts?: readonly number[];
	/** approved and not yet paid */
	readonly approved_parts?: readonly number[];
	/** open ones */
	readonly complaints?: number;
	/** rules that a fact on record broke: their ids */
	readonly broken?: readonly string[];
	/** what was decided of this record and others, oldest first */
	readonly pairs?: readonly PairDecided[];
	/** how often her file was opened */
	readonly opened: number;
}

/** A household and its members, in the order in which they came. */
export interface Household {
	readonly id: string;
	readonly case_number?: string;
	readonly residence?: Area;
	readonly address?: string;
	readonly phone?: string;
	/** whether calling it puts nobody at risk */
	readonly phone_safe?: boolean;
	readonly language?: string;
	readonly arrival_year?: number;
	readonly head?: string;
	readonly people: readonly Person[];
}

/** What one rule says. */
export interface RuleState {
	readonly rule: string;
	readonly statement: string;
	readonly source: string;
	readonly outcome: 'met' | 'missing' | 'refused';
	readonly why?: string;
	readonly next?: string;
	readonly not_before?: string;
}

/** Every rule that guards a step, for one person. */
export interface Readiness {
	readonly person: string;
	/** kind of fact: departure.recorded */
	readonly for: string;
	readonly ready: boolean;
	readonly rules: readonly RuleState[];
}

/** A fact in plain words. */
export interface Event {
	readonly fact: string;
	/** choice.made */
	readonly kind: string;
	/** the kind, in words */
	readonly what: string;
	/** a time or a day */
	readonly happened: string;
	readonly recorded: string;
	/** name of the account */
	readonly by?: string;
	/** this account may annul it with a second person: fact.annulled */
	readonly annullable: boolean;
	/** what this account may see of it */
	readonly values: readonly Said[];
}

/** A field and its value, in words. */
export interface Said {
	/** its word in kinds.def */
	readonly field: string;
	readonly label: string;
	readonly value: string;
	/** the other fact that it names: which incident was closed */
	readonly names?: string;
}

/** All facts about a subject, oldest first. */
export interface History {
	readonly events: readonly Event[];
}

/** What she took home of a choice or of taking it back, letter by letter. */
export interface Receipt {
	/** of the fact */
	readonly kind: string;
	readonly recorded: string;
	readonly fact: string;
	/** IKH1:… */
	readonly receipt: string;
}

/** A lost paper is no lost receipt. */
export interface Receipts {
	/** the oldest first */
	readonly receipts: readonly Receipt[];
}

/** A person of today's caseload. */
export interface Expected {
	readonly person: string;
	/** as this account may see it */
	readonly name: string;
	readonly case_number?: string;
	readonly at?: string;
	/** what is called in the yard: never a name */
	readonly token: string;
}

/** How the server stands; nothing per person. */
export interface NodeState {
	readonly facts: number;
	/** that the register takes */
	readonly disk_bytes: number;
	/** that are free */
	readonly disk_room_bytes: number;
	/** absent: there is none */
	readonly last_backup?: string;
	/** that no backup and no other list knows of */
	readonly erasures_unlisted: number;
	/** no rule counts time until it is confirmed */
	readonly clock_jumped: boolean;
	/** what it says, where it has jumped: what clock.confirmed would make true */
	readonly clock?: string;
	/** the subject of clock.confirmed */
	readonly site: string;
	readonly locked: boolean;
	readonly sessions: number;
	/** of the program */
	readonly version: string;
}

/** What is set for some days; the most particular counts, of two alike the smaller number. */
export interface Days {
	readonly id: string;
	/** 0: closed */
	readonly people_max: number;
	/** only on this one */
	readonly weekday?: CodeWord<'weekday'>;
	readonly first_day?: string;
	readonly last_day?: string;
	readonly reason?: string;
}

/** How many have an appointment, and how many may. */
export interface CalendarDay {
	readonly day: string;
	/** absent: as many as come; 0: closed */
	readonly people_max?: number;
	/** appointments of that day */
	readonly taken: number;
	/** for one more */
	readonly room: boolean;
	/** why so few, or why it is closed */
	readonly reason?: string;
}

/** When this site receives people by appointment. */
export interface Calendar {
	/** from today on, eight weeks */
	readonly days: readonly CalendarDay[];
	/** what counts today or later */
	readonly set: readonly Days[];
}

/** The centre's day; of people only who comes to this account's own desk today. */
export interface Today {
	/** appointments of today that are still to come */
	readonly expected: readonly Expected[];
	/** registered today, not counselled yet */
	readonly waiting: readonly Expected[];
	/** counselled today, no choice yet */
	readonly counselled: readonly Expected[];
	/** of today and tomorrow */
	readonly movements: readonly Movement[];
	/** that wait */
	readonly reviews?: number;
	/** that stand */
	readonly holds?: number;
	/** incidents not yet referred to legal aid */
	readonly legal_clocks?: number;
	/** of these, since when the oldest */
	readonly legal_oldest?: string;
	readonly node: NodeState;
}

/** Whom to call in the yard. */
export interface CallOrder {
	/** of today's caseload; her token is what is called */
	readonly person: string;
	/** number of the desk that calls, 1 to 99 */
	readonly desk: number;
}

/** A token that is called. */
export interface Call {
	/** grows with each call */
	readonly number: number;
	readonly token: string;
	readonly desk: number;
	readonly at: string;
}

/** Who is called now; for a screen that all can see. */
export interface Called {
	/** the newest first, each token once, of the last half hour */
	readonly calls: readonly Call[];
}

/** A case that waits for protection or legal aid. */
export interface Case {
	readonly person: string;
	/** as this account may see it */
	readonly name: string;
	readonly case_number?: string;
	readonly review_due: boolean;
	readonly holds: number;
	/** that are due or pending: words of `assessment` */
	readonly assessments: readonly string[];
	/** open ones */
	readonly incidents: number;
	readonly detained: boolean;
	/** incident not yet referred: the 24-hour clock runs from then */
	readonly legal_since?: string;
	/** open ones */
	readonly complaints: number;
}

/** What waits, the longest first; behind it, where nothing but an assessment is due. */
export interface Cases {
	/** at most 200 */
	readonly cases: readonly Case[];
	/** there are more */
	readonly more: boolean;
}

/** A convoy. */
export interface Movement {
	readonly id: string;
	readonly departs: string;
	/** code of the place */
	readonly from: string;
	readonly from_name: string;
	/** code of the place */
	readonly crossing: string;
	readonly crossing_name: string;
	readonly transporter?: string;
	readonly seats: number;
	readonly taken: number;
	readonly cancelled: boolean;
}

/** Soonest first. */
export interface Movements {
	/** at most 500 */
	readonly movements: readonly Movement[];
}

/** One line of the manifest. */
export interface Traveller {
	readonly person: string;
	readonly seat: number;
	readonly alias: string;
	/** what the QR of her slip says */
	readonly slip: string;
	/** every rule for the departure is met */
	readonly ready: boolean;
	/** at boarding, in private */
	readonly asked_again: boolean;
	/** fit to travel with an escort */
	readonly escort: boolean;
	/** the departure is recorded */
	readonly boarded: boolean;
	readonly crossed: boolean;
	readonly arrived: boolean;
	/** she has withdrawn since */
	readonly withdrawn: boolean;
}

/** Aliases and fitness only; until 24 h after the planned arrival. */
export interface Manifest {
	readonly movement: Movement;
	/** by seat */
	readonly travellers: readonly Traveller[];
	readonly boarded: number;
	readonly crossed: number;
	readonly arrived: number;
	/** aliases that left and did not cross */
	readonly missing_at_crossing: readonly string[];
	/** aliases that crossed and did not arrive */
	readonly missing_at_arrival: readonly string[];
}

/** What a scanner read or somebody typed. */
export interface Scan {
	/** a slip's QR, a paper's number, the lines of a machine-readable zone, a case number */
	readonly text: string;
	/** that stands at the crossing */
	readonly movement?: string;
}

/** Whether this traveller may pass, and why not. */
export interface Scanned {
	readonly answer: 'accept' | 'refuse' | 'unknown';
	/** in words */
	readonly why: string;
	/** of that sentence */
	readonly key: string;
	readonly person?: string;
	readonly alias?: string;
	readonly seat?: number;
	readonly movement?: string;
	/** already */
	readonly crossed?: string;
}

/** For anybody. */
export interface Health {
	readonly site: string;
	readonly demo: boolean;
	readonly locked: boolean;
	readonly version: string;
}

/** What this register has signed of its log; names nobody. */
export interface Checkpoint {
	/** C2SP signed note (tlog-checkpoint): origin, size, root, signature */
	readonly note: string;
	/** C2SP verifier key, to be compared with the one that is known */
	readonly key: string;
}

/** Whether anything was recorded since. */
export interface Changes {
	/** to ask for the next */
	readonly moment: number;
	readonly locked: boolean;
}

export interface Rule {
	readonly rule: string;
	readonly number: number;
	readonly statement: string;
	readonly source: string;
	/** kinds of facts */
	readonly guards: readonly string[];
}

/** The constitution. */
export interface Rules {
	readonly rules: readonly Rule[];
}

/** A word of a list, and how it is said. */
export interface Worded {
	readonly word: string;
	readonly said: string;
}

export interface Field {
	readonly word: string;
	readonly label: string;
	readonly type: string;
	/** code set, record or sort of subject */
	readonly of?: string;
	readonly least?: number;
	readonly most?: number;
	/** 1: a single value */
	readonly many: number;
	readonly required: boolean;
	/** of a code set */
	readonly words?: readonly Worded[];
}

export interface Kind {
	readonly word: string;
	readonly label: string;
	readonly subject: string;
	/** by this account */
	readonly may_record: boolean;
	readonly fields: readonly Field[];
}

export interface Kinds {
	readonly kinds: readonly Kind[];
}

export interface Areas {
	/** at most 20, the best first */
	readonly areas: readonly Area[];
}

/** A centre, a crossing, an office. */
export interface Place {
	readonly code: string;
	readonly name: string;
	readonly kind: string;
}

export interface Places {
	readonly places: readonly Place[];
}

/** What is paid, to whom, in which part. */
export interface Tariff {
	readonly id: string;
	readonly provider: string;
	/** in minor units */
	readonly amount: number;
	readonly currency: string;
	readonly part: number;
	readonly per: CodeWord<'grant_per'>;
	/** absent: for all */
	readonly group?: CodeWord<'group'>;
	readonly source: string;
}

/** In force today. */
export interface Tariffs {
	readonly tariffs: readonly Tariff[];
}

/** A crossing is closed, or returns to an area are suspended. */
export interface AdvisoryState {
	readonly id: string;
	readonly sort: CodeWord<'advisory'>;
	/** by name */
	readonly area?: string;
	/** the same as a fact names it */
	readonly area_key?: string;
	/** by name */
	readonly crossing?: string;
	/** the same as a fact names it */
	readonly crossing_code?: string;
	readonly source: string;
	readonly since: string;
}

/** In force. */
export interface Advisories {
	readonly advisories: readonly AdvisoryState[];
}

export interface SheetLine {
	readonly topic: string;
	readonly text: string;
	readonly source?: string;
}

/** What is known about a destination, in the person's language. */
export interface Sheet {
	/** 64 hex digits: what counselling.held names */
	readonly version: string;
	readonly area: Area;
	readonly dated: string;
	readonly lines: readonly SheetLine[];
}

/** The text of the declaration, in the person's language. */
export interface Form {
	/** 64 hex digits: what choice.made names */
	readonly hash: string;
	readonly language: string;
	readonly text: string;
}

/** An instrument in force for a group, there and then.  It opens and closes no gate. */
export interface Applied {
	/** its code: DIR-056 */
	readonly id: string;
	/** when it was issued */
	readonly date: string;
	/** office that issued it */
	readonly authority: string;
	/** of that office */
	readonly level: CodeWord<'level'>;
	/** what it calls itself */
	readonly instrument: string;
	readonly number?: string;
	/** whom it is about, as it says */
	readonly groups: readonly string[];
	/** where it applies: P-code with vintage */
	readonly areas: readonly string[];
	/** the same by name */
	readonly areas_said: readonly string[];
	/** what it does, as it says: order_leave, extend_stay, … */
	readonly effect: string;
	/** whether somebody may stay by it, or has to go */
	readonly stance: 'stays' | 'leaves' | 'neither';
	/** what that means, in plain words */
	readonly says: string;
	/** what it says */
	readonly detail?: string;
	/** first day */
	readonly from: string;
	/** last day, as was known then; absent: open */
	readonly to?: string;
	/** how well it is known */
	readonly basis?: CodeWord<'confidence'>;
	/** where it was read */
	readonly source?: string;
	/** office that compared it with the source */
	readonly verified_by?: string;
	/** what to know about it */
	readonly note?: string;
	/** code of what it was issued under */
	readonly under?: string;
	/** that, what that was issued under, and so on */
	readonly line: readonly string[];
	/** codes of what replaces it later */
	readonly superseded_by: readonly string[];
	/** codes of those in this answer that contradict it */
	readonly conflicts_with: readonly string[];
	/** it covers only some of the group: those whom it names or describes */
	readonly some: boolean;
	/** whom or what it means is not in the table of words */
	readonly unclear: boolean;
	/** another instrument holds it back on that day */
	readonly paused: boolean;
	/** which */
	readonly paused_by?: string;
}

/** What applies to a group in an area on a day; what contradicts each other stands side by side. */
export interface Applies {
	/** por, acc, undocumented, asylum_seekers, umrf, other */
	readonly group: string;
	readonly group_said: string;
	readonly area: Area;
	readonly on: string;
	/** as was known on that day; absent: all that is known */
	readonly known_on?: string;
	/** by level, then by date */
	readonly instruments: readonly Applied[];
	/** no longer: in force on the last of the 30 days before on which it was */
	readonly ended: readonly Applied[];
	/** what to know about this answer, in words */
	readonly notes: readonly string[];
}

/** Days in a row on which an instrument was in force. */
export interface TimeSpan {
	readonly from: string;
	/** absent: open */
	readonly to?: string;
	/** codes of those that contradict it on these days */
	readonly conflicts_with: readonly string[];
}

/** An instrument over the years. */
export interface TimeRow {
	/** its code */
	readonly id: string;
	/** what it calls itself */
	readonly instrument: string;
	/** office that issued it */
	readonly authority: string;
	/** of that office */
	readonly level: CodeWord<'level'>;
	/** what it means, in plain words */
	readonly says: string;
	/** in order */
	readonly spans: readonly TimeSpan[];
}

/** What has applied to a group in an area over the years, as is known today. */
export interface Times {
	readonly group_said: string;
	readonly area: Area;
	readonly today: string;
	/** by level, then by the first day */
	readonly rows: readonly TimeRow[];
}

/** What applies to one of a household. */
export interface MemberApplies {
	readonly person: string;
	/** as this account may see it */
	readonly name: string;
	/** other: where none is known */
	readonly group: string;
	readonly group_said: string;
	/** returns to where she would go are suspended */
	readonly advisories: readonly AdvisoryState[];
	/** by which she may stay */
	readonly protects: readonly Applied[];
	/** all others */
	readonly others: readonly Applied[];
}

/** The members of a household side by side, today, where it lives. */
export interface HouseholdApplies {
	/** Pakistan, where no residence is known */
	readonly area: Area;
	readonly on: string;
	readonly members: readonly MemberApplies[];
	/** what to know about this answer, in words */
	readonly notes: readonly string[];
}

/** Whose approval a negotiation needs, or who spoke in it. */
export interface Party {
	/** an office */
	readonly name: string;
	readonly stand: 'waited-for' | 'approved' | 'commented' | 'rejected';
	readonly since?: string;
	/** of the text that it spoke of */
	readonly version?: number;
	readonly said?: string;
}

/** Who waits for whom; days are counted up, never down. */
export interface Waiting {
	readonly who: string;
	readonly for: string;
	readonly since?: string;
	readonly days?: number;
}

/** Terms of reference or an agreement on its way. */
export interface Negotiation {
	/** its code: DIR-058 */
	readonly id: string;
	/** what facts about it name */
	readonly subject: string;
	/** what it calls itself */
	readonly instrument: string;
	/** office that submits it */
	readonly authority: string;
	readonly stage: 'draft' | 'submitted' | 'approved' | 'rejected' | 'in-force' | 'suspended' | 'ended';
	readonly stage_said: string;
	readonly since?: string;
	readonly parties: readonly Party[];
	readonly waits: readonly Waiting[];
	readonly detail?: string;
	/** where it was read */
	readonly source?: string;
}

/** By date. */
export interface Negotiations {
	readonly negotiations: readonly Negotiation[];
}

/** A version of a text, named by its hash. */
export interface TextVersion {
	readonly version: number;
	/** SHA-256 of its paragraphs, each with an end of line */
	readonly hash: string;
	/** paragraph by paragraph */
	readonly text: string;
}

/** What came of a meeting, and who owes what. */
export interface MeetingOutcome {
	readonly what: string;
	/** office that has to do it */
	readonly owes?: string;
	readonly until?: string;
	readonly done?: string;
}

/** A jirga, a round of talks. */
export interface Meeting {
	/** what it is called */
	readonly meeting: string;
	readonly on?: string;
	readonly state: CodeWord<'meeting'>;
	readonly place?: string;
	/** offices */
	readonly members: readonly string[];
	readonly agenda: readonly string[];
	readonly minutes: readonly string[];
	readonly outcomes: readonly MeetingOutcome[];
}

/** A run of words of two versions. */
export interface TextChange {
	readonly sort: 'same' | 'gone' | 'new';
	readonly text: string;
}

/** A step of a negotiation, as it was recorded. */
export interface StepTaken {
	readonly step: CodeWord<'step'>;
	/** the office that took it */
	readonly party?: string;
	readonly on: string;
	/** of the text that it is about */
	readonly version?: number;
	/** of that version, as it was then */
	readonly hash?: string;
	/** what was said */
	readonly note?: string;
	/** where it was read */
	readonly source?: string;
}

/** All that is known of a negotiation. */
export interface NegotiationFile {
	readonly negotiation: Negotiation;
	/** in the order in which they were recorded */
	readonly steps: readonly StepTaken[];
	/** of its text */
	readonly versions: readonly TextVersion[];
	readonly meetings: readonly Meeting[];
	/** between the two versions that were asked for */
	readonly changes?: readonly TextChange[];
}

/** A file of a list: a workbook or a CSV. */
export interface ListFile {
	/** as its owner calls it; rejects name it so */
	readonly name: string;
	/** base64 */
	readonly content: string;
}

/** A list that others keep, to be looked at or to be registered (docs/IMPORT.md). */
export interface SentList {
	/** of two CSVs that of the households first; at most 16 */
	readonly files: readonly ListFile[];
	/** a mapping that ships with ikhtiar: kobo, odk, hope, people */
	readonly ready?: string;
	/** one's own, as JSON; without either the names of the columns have to tell */
	readonly map?: string;
	/** look only: nothing is recorded */
	readonly dry_run: boolean;
	/** also those who were erased here, since they ask for it themselves */
	readonly bring_back?: boolean;
}

/** A list of figures (docs/REPORTED.md) or directives (docs/DIRECTIVES.md) of others, to be looked at or recorded. */
export interface SentTable {
	/** a CSV */
	readonly file: ListFile;
	/** look only: nothing is recorded */
	readonly dry_run: boolean;
	/** record what is sound although other rows are refused */
	readonly keep_going?: boolean;
}

/** A row that is refused, or is kept and flagged. */
export interface TableRefusal {
	/** from 1 */
	readonly line: number;
	/** as the list calls it; absent: the row as a whole */
	readonly column?: string;
	/** of that column, from 1 */
	readonly place?: number;
	/** taken all the same: what it names may still come */
	readonly kept: boolean;
	/** what is wrong and what to do, in words */
	readonly reason: string;
}

/** What came of it. */
export interface TableTaken {
	/** that were read */
	readonly rows: number;
	/** of a look: that would be recorded */
	readonly fit: number;
	readonly recorded: number;
	/** on record already, or twice in the list */
	readonly known: number;
	/** where any is, nothing is recorded, unless the rest is asked for */
	readonly refused: number;
	/** the first 200 */
	readonly refusals: readonly TableRefusal[];
}

/** A row that was not taken, or not overwritten, and why. */
export interface ListReject {
	/** or the file */
	readonly sheet: string;
	/** as the spreadsheet counts, from 1 */
	readonly row: number;
	/** absent: the row as a whole */
	readonly column?: string;
	/** it is on record already, and differs: for a person to decide */
	readonly changed: boolean;
	/** what is wrong and what to do, in words */
	readonly reason: string;
}

/** What came of a list. */
export interface ListTaken {
	/** that were read */
	readonly rows: number;
	readonly households: number;
	readonly people: number;
	/** households of which something was recorded now */
	readonly recorded: number;
	/** the same of a look: what would be recorded */
	readonly fit: number;
	/** households on record already */
	readonly known: number;
	/** differ from what is on record, and were not overwritten */
	readonly changed: number;
	readonly rejected: number;
	/** rows that the mapping leaves out */
	readonly skipped: number;
	/** the first 100 */
	readonly rejects: readonly ListReject[];
	/** the rejects as the command import writes them, as far as 4 MiB hold */
	readonly csv: string;
	/** how many of them stand there */
	readonly csv_rows: number;
}

/** Where something is written. */
export interface IntoFolder {
	/** of the laptop, from its root: /media/stick */
	readonly folder: string;
}

/** The backup that is being made, or the last one since the server started. */
export interface Backup {
	/** reading: it is copied, and is read back from the medium */
	readonly stage: 'none' | 'copying' | 'reading' | 'made' | 'failed';
	/** into which the last one went; at first the usual one, where there is one */
	readonly folder?: string;
	/** of the file; the list of those erased lies beside it, at path.erasures */
	readonly path?: string;
	/** bytes that were read back */
	readonly done?: number;
	/** bytes to be read back */
	readonly of?: number;
	/** of a backup that was made */
	readonly bytes?: number;
	/** when it was made, or failed */
	readonly ended?: string;
	/** it failed, in words */
	readonly why?: string;
}

/** The list of those erased that was written. */
export interface Erasures {
	readonly path: string;
	/** how many are on it */
	readonly count: number;
}

/** A number that somebody published, as printed. */
export interface Figure {
	readonly id: string;
	/** where it was read */
	readonly source: string;
	/** who published it */
	readonly publisher: string;
	/** in which report, or who speaks through the publisher */
	readonly report?: string;
	/** as of which day it is right */
	readonly as_of: string;
	/** first day that it covers */
	readonly period_start?: string;
	/** last day that it covers */
	readonly period_end?: string;
	/** when it was entered here */
	readonly entered: string;
	/** P-code with its vintage */
	readonly area?: string;
	/** code of a crossing, a centre, a village */
	readonly place?: string;
	/** as printed */
	readonly area_name?: string;
	/** in the reader's language */
	readonly where: string;
	/** of whom, as printed */
	readonly group: string;
	/** in the reader's language, where we know it */
	readonly group_said: string;
	/** of what */
	readonly measure: string;
	/** in the reader's language, where we know it */
	readonly measure_said: string;
	/** a decimal number: 99857 */
	readonly value: string;
	/** 99,857 */
	readonly value_said: string;
	/** persons, percent, … */
	readonly unit: string;
	/** in the reader's language, where we know it */
	readonly unit_said: string;
	/** what to know about it */
	readonly note?: string;
	/** which of the list name it, from 0 */
	readonly contradictions: readonly number[];
}

/** Figures that cannot all be true (docs/REPORTED.md). */
export interface Contradiction {
	readonly sort: 'sum' | 'divisions' | 'part' | 'cell' | 'fall' | 'base' | 'unsaid';
	/** in words */
	readonly said: string;
	/** which figures of the list, from 0 */
	readonly figures: readonly number[];
}

/** What others published, side by side; nothing of it is counted here. */
export interface Figures {
	/** absent: everywhere */
	readonly area?: Area;
	/** as of this day or earlier */
	readonly on?: string;
	/** of the area, those as of the newest day first; with what contradicts them elsewhere */
	readonly figures: readonly Figure[];
	readonly contradictions: readonly Contradiction[];
}

/** What verify found. */
export interface Proved {
	readonly sound: boolean;
	readonly facts: number;
	/** envelopes that were opened */
	readonly opened: number;
	/** of those who were erased */
	readonly unreadable: number;
	readonly damaged: number;
	readonly first_damaged?: string;
}

export interface Facts {
	/** A household comes to the operation for the first time. */
	'household.registered': {
		readonly kind: 'household.registered';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** speakable number; given by the register where absent */
		readonly case_number?: string;
		/** area where the household lives now */
		readonly residence: string;
		/** where the household can be found */
		readonly address?: string;
		/** number to reach it */
		readonly phone?: string;
		/** whose telephone it is */
		readonly phone_owner?: CodeWord<'phone_owner'>;
		/** whether calling it puts nobody at risk */
		readonly phone_safe?: boolean;
		/** language spoken, ISO 639-3 */
		readonly language?: string;
		/** year of arrival in the country of asylum */
		readonly arrival_year?: number;
		/** person whom the household names as its head */
		readonly head?: string;
		/** key of the list it was imported from */
		readonly source_key?: string;
		/** who filled in the paper form, where it was typed in later */
		readonly paper_officer?: string;
		/** interpreter who was there; never a relative */
		readonly interpreter?: string;
		/** who witnessed the paper form */
		readonly witness?: string;
	};
	/** What is known of a household changes; only the fields given change. */
	'household.amended': {
		readonly kind: 'household.amended';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** speakable number; given by the register where absent */
		readonly case_number?: string;
		/** area where the household lives now */
		readonly residence?: string;
		/** where the household can be found */
		readonly address?: string;
		/** number to reach it */
		readonly phone?: string;
		/** whose telephone it is */
		readonly phone_owner?: CodeWord<'phone_owner'>;
		/** whether calling it puts nobody at risk */
		readonly phone_safe?: boolean;
		/** language spoken, ISO 639-3 */
		readonly language?: string;
		/** year of arrival in the country of asylum */
		readonly arrival_year?: number;
		/** person whom the household names as its head */
		readonly head?: string;
		/** key of the list it was imported from */
		readonly source_key?: string;
	};
	/** A person comes to the operation for the first time. */
	'person.registered': {
		readonly kind: 'person.registered';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** household with which she is registered */
		readonly household: string;
		/** given name in her own script */
		readonly given?: string;
		/** given name in Latin letters */
		readonly given_latin?: string;
		/** family or tribal name, own script */
		readonly family?: string;
		/** family or tribal name, Latin letters */
		readonly family_latin?: string;
		/** father's name, own script */
		readonly father?: string;
		/** father's name, Latin letters */
		readonly father_latin?: string;
		/** grandfather's name, own script */
		readonly grandfather?: string;
		/** grandfather's name, Latin letters */
		readonly grandfather_latin?: string;
		/** sex, as she says */
		readonly sex: CodeWord<'sex'>;
		/** day of birth, where it is really known */
		readonly birth_date?: string;
		/** year of birth, where no more is known */
		readonly birth_year?: number;
		/** age in years, where no more is known; with age_on */
		readonly age?: number;
		/** day on which that age was said */
		readonly age_on?: string;
		/** relation to the head of the household */
		readonly relation?: CodeWord<'relation'>;
		/** marital status */
		readonly marital?: CodeWord<'marital'>;
		/** husband, or the husband of a wife of a polygamous household */
		readonly spouse?: string;
		/** whom a child follows */
		readonly guardian?: string;
		/** with whom a child lives */
		readonly care?: CodeWord<'care'>;
		/** whether an adult can form a decision without support */
		readonly capacity?: CodeWord<'capacity'>;
		/** por, acc, undocumented or other */
		readonly group: CodeWord<'group'>;
		/** papers that she holds */
		readonly documents?: readonly { readonly kind: CodeWord<'document_kind'>; readonly number?: string; readonly digits?: string; readonly valid_to?: string; }[];
		/** area of origin */
		readonly origin?: string;
		/** area to which she would go */
		readonly destination?: string;
		/** specific needs */
		readonly needs?: readonly CodeWord<'need'>[];
		/** sex of counsellor that she prefers; absent: no preference */
		readonly counsellor_sex?: CodeWord<'sex'>;
		/** language she understands best, ISO 639-3 */
		readonly language?: string;
		/** key of the list she was imported from */
		readonly source_key?: string;
		/** her number in the household, the n of CASE/n; given by the register, never given again */
		readonly member?: number;
	};
	/** What is known of a person changes; only the fields given change. */
	'person.amended': {
		readonly kind: 'person.amended';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** given name in her own script */
		readonly given?: string;
		/** given name in Latin letters */
		readonly given_latin?: string;
		/** family or tribal name, own script */
		readonly family?: string;
		/** family or tribal name, Latin letters */
		readonly family_latin?: string;
		/** father's name, own script */
		readonly father?: string;
		/** father's name, Latin letters */
		readonly father_latin?: string;
		/** grandfather's name, own script */
		readonly grandfather?: string;
		/** grandfather's name, Latin letters */
		readonly grandfather_latin?: string;
		/** sex, as she says */
		readonly sex?: CodeWord<'sex'>;
		/** day of birth, where it is really known */
		readonly birth_date?: string;
		/** year of birth, where no more is known */
		readonly birth_year?: number;
		/** age in years, where no more is known; with age_on */
		readonly age?: number;
		/** day on which that age was said */
		readonly age_on?: string;
		/** relation to the head of the household */
		readonly relation?: CodeWord<'relation'>;
		/** marital status */
		readonly marital?: CodeWord<'marital'>;
		/** husband, or the husband of a wife of a polygamous household */
		readonly spouse?: string;
		/** whom a child follows */
		readonly guardian?: string;
		/** with whom a child lives */
		readonly care?: CodeWord<'care'>;
		/** whether an adult can form a decision without support */
		readonly capacity?: CodeWord<'capacity'>;
		/** por, acc, undocumented or other */
		readonly group?: CodeWord<'group'>;
		/** papers that she holds */
		readonly documents?: readonly { readonly kind: CodeWord<'document_kind'>; readonly number?: string; readonly digits?: string; readonly valid_to?: string; }[];
		/** area of origin */
		readonly origin?: string;
		/** area to which she would go */
		readonly destination?: string;
		/** specific needs */
		readonly needs?: readonly CodeWord<'need'>[];
		/** sex of counsellor that she prefers; absent: no preference */
		readonly counsellor_sex?: CodeWord<'sex'>;
		/** language she understands best, ISO 639-3 */
		readonly language?: string;
		/** key of the list she was imported from */
		readonly source_key?: string;
	};
	/** A person goes over to another household. */
	'person.moved': {
		readonly kind: 'person.moved';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** household to which she goes */
		readonly household: string;
		/** relation to the head there */
		readonly relation?: CodeWord<'relation'>;
		/** whether she herself asked to be apart */
		readonly own_choice: boolean;
		/** her number in the household to which she goes; given by the register */
		readonly member?: number;
	};
	/** A person died. */
	'person.died': {
		readonly kind: 'person.died';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** day of death */
		readonly on?: string;
	};
	/** Two records are one person; nothing is merged. */
	'person.same-as': {
		readonly kind: 'person.same-as';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** the other record */
		readonly other: string;
		/** account of the second person who agrees; needed where a grant of either was approved or paid */
		readonly second?: string;
	};
	/** Two records are different people; also reverses an earlier same-as. */
	'person.not-same-as': {
		readonly kind: 'person.not-same-as';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** the other record */
		readonly other: string;
		/** account of the second person who agrees; needed where a grant of either was approved or paid */
		readonly second?: string;
	};
	/** Whether two records are one person was looked at and left open: it is asked again after some days, or once either file changes. */
	'person.maybe-same-as': {
		readonly kind: 'person.maybe-same-as';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** the other record */
		readonly other: string;
	};
	/** The keys of a person's record are destroyed. */
	'person.erased': {
		readonly kind: 'person.erased';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** why */
		readonly reason: CodeWord<'erasure'>;
	};
	/** The keys of a household's record are destroyed. */
	'household.erased': {
		readonly kind: 'household.erased';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** why */
		readonly reason: CodeWord<'erasure'>;
	};
	/** A person was counselled; the recording account is the counsellor. */
	'counselling.held': {
		readonly kind: 'counselling.held';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** alone, with a companion whom she alone chose, or with others present */
		readonly company: CodeWord<'company'>;
		/** language of the talk, ISO 639-3 */
		readonly language: string;
		/** whether she says that she understands that language */
		readonly understood: boolean;
		/** interpreter, where there was one; never a relative */
		readonly interpreter?: string;
		/** sex of the counsellor */
		readonly counsellor_sex: CodeWord<'sex'>;
		/** what was spoken about */
		readonly topics: readonly CodeWord<'topic'>[];
		/** version of the information sheet shown */
		readonly sheet: string;
		/** area that the sheet is about */
		readonly sheet_area: string;
		/** whether she told it back in her own words */
		readonly read_back: boolean;
		/** who held the talk by the paper, where it was typed in later */
		readonly paper_officer?: string;
	};
	/** Somebody says that a person is pushed to return; sends the case to review. */
	'pressure.reported': {
		readonly kind: 'pressure.reported';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** what sort of pressure */
		readonly sort: CodeWord<'pressure'>;
		/** who says so */
		readonly reporter: CodeWord<'reporter'>;
		/** in her words */
		readonly note?: string;
	};
	/** A person says what she wants: to stay, to return, or that she does not know yet. */
	'choice.made': {
		readonly kind: 'choice.made';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** stay, return or undecided: of one rank */
		readonly answer: CodeWord<'answer'>;
		/** SHA-256 of the exact text that she marked */
		readonly form: string;
		/** how she marked it */
		readonly mark: CodeWord<'mark'>;
		/** who witnessed the mark */
		readonly witness: string;
		/** who marked it: the person herself */
		readonly by: string;
		/** who was in the room */
		readonly company: CodeWord<'company'>;
		/** where she would go; needed with return */
		readonly destination?: string;
		/** she knows that others of her household answer differently and still decides so */
		readonly apart?: boolean;
		/** she says that the withdrawal on record was not hers */
		readonly withdrawal_not_hers?: boolean;
		/** who took the answer by the paper, where it was typed in later */
		readonly paper_officer?: string;
		/** interpreter who was there; never a relative */
		readonly interpreter?: string;
	};
	/** A person withdraws; no reason, no paper, any channel; wins over everything concurrent. */
	'choice.withdrawn': {
		readonly kind: 'choice.withdrawn';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** how the word came */
		readonly channel: CodeWord<'channel'>;
	};
	/** At boarding she was asked again; a no is recorded as choice.withdrawn. */
	'choice.reconfirmed': {
		readonly kind: 'choice.reconfirmed';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** who was there when she was asked */
		readonly company: CodeWord<'company'>;
		/** whether the one who asked works for the transport */
		readonly by_transporter: boolean;
	};
	/** A child's own view of the family's plan; it is nobody's consent. */
	'child.heard': {
		readonly kind: 'child.heard';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** what the child says */
		readonly view: CodeWord<'child_view'>;
		/** who was in the room */
		readonly company: CodeWord<'company'>;
	};
	/** The declaration went to the printer: for the first time, or again. */
	'declaration.printed': {
		readonly kind: 'declaration.printed';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** SHA-256 of the text that was printed */
		readonly form: string;
		/** which: 0 the original, 1 to 3 the numbered copies */
		readonly sheets: readonly number[];
	};
	/** Nothing of the operation moves this person until protection staff lift it. */
	'hold.placed': {
		readonly kind: 'hold.placed';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** why */
		readonly reason: CodeWord<'hold_reason'>;
	};
	/** A hold ends; without `hold`, every hold known to the lifter ends. */
	'hold.lifted': {
		readonly kind: 'hold.lifted';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** which hold */
		readonly hold?: string;
	};
	/** A reviewer talked with the person and says whether the choice is free. */
	'review.made': {
		readonly kind: 'review.made';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** voluntary, not voluntary, needs time */
		readonly finding: CodeWord<'finding'>;
		/** who was in the room */
		readonly company: CodeWord<'company'>;
	};
	/** Best interests, tracing, fitness to travel, capacity, the other parent. */
	'assessment.made': {
		readonly kind: 'assessment.made';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** what was assessed */
		readonly sort: CodeWord<'assessment'>;
		/** what was found */
		readonly result: CodeWord<'result'>;
		/** of other-parent: consent, custody or death */
		readonly basis?: CodeWord<'parent_basis'>;
		/** who goes along, where an escort is needed */
		readonly escort?: string;
	};
	/** Something was done to a person; the legal-aid clock of 24 h starts. */
	'incident.reported': {
		readonly kind: 'incident.reported';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** what happened */
		readonly sort: CodeWord<'incident'>;
		/** where */
		readonly area?: string;
		/** in the words of who reports it */
		readonly note?: string;
	};
	/** An incident goes to those who can help. */
	'incident.referred': {
		readonly kind: 'incident.referred';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** which incident */
		readonly incident: string;
		/** to whom */
		readonly to: CodeWord<'referral'>;
	};
	/** Legal aid or protection saw the person. */
	'incident.visited': {
		readonly kind: 'incident.visited';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** which incident */
		readonly incident: string;
	};
	/** How an incident ended. */
	'incident.closed': {
		readonly kind: 'incident.closed';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** which incident */
		readonly incident: string;
		/** how it ended */
		readonly outcome: CodeWord<'incident_outcome'>;
	};
	/** A person is expected. */
	'appointment.set': {
		readonly kind: 'appointment.set';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** when */
		readonly at: string;
		/** what for */
		readonly purpose: CodeWord<'appointment'>;
	};
	/** A person did not come; it has no consequence but a new date. */
	'appointment.missed': {
		readonly kind: 'appointment.missed';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
	};
	/** A convoy: when, from where, over which crossing, how many seats. */
	'movement.planned': {
		readonly kind: 'movement.planned';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** planned departure */
		readonly departs: string;
		/** place id, e.g. VRC-AZAKHEL */
		readonly from: string;
		/** place id of the crossing, e.g. XP-TORKHAM */
		readonly crossing: string;
		/** how many people it takes */
		readonly seats: number;
		/** who drives */
		readonly transporter?: string;
	};
	/** A convoy does not go; every seat on it is free. */
	'movement.cancelled': {
		readonly kind: 'movement.cancelled';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
	};
	/** A person gets a seat on a movement. */
	'seat.assigned': {
		readonly kind: 'seat.assigned';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** which movement */
		readonly movement: string;
		/** seat number; the lowest free one where absent */
		readonly seat?: number;
	};
	/** A seat is given back. */
	'seat.released': {
		readonly kind: 'seat.released';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** why */
		readonly reason: CodeWord<'seat_release'>;
	};
	/** A person left with a movement of the operation. */
	'departure.recorded': {
		readonly kind: 'departure.recorded';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** with which movement */
		readonly movement: string;
	};
	/** A person crossed the border, or turned back at or after the line. */
	'crossing.recorded': {
		readonly kind: 'crossing.recorded';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** place id of the crossing */
		readonly crossing: string;
		/** crossed or turned back */
		readonly direction: CodeWord<'direction'>;
		/** which of the six kinds of return */
		readonly return_kind: CodeWord<'return_kind'>;
		/** why, in her own words and in private; nobody has to say it */
		readonly reasons?: readonly CodeWord<'return_reason'>[];
	};
	/** A person came to where she wanted to go. */
	'arrival.recorded': {
		readonly kind: 'arrival.recorded';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** where */
		readonly area: string;
	};
	/** A card is given up, only at the crossing. */
	'document.surrendered': {
		readonly kind: 'document.surrendered';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** which card */
		readonly document: CodeWord<'document_kind'>;
		/** place id of the crossing */
		readonly crossing: string;
	};
	/** What is paid, to whom, in which part, from when to when. */
	'tariff.set': {
		readonly kind: 'tariff.set';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** who pays */
		readonly provider: string;
		/** for which group; absent: all */
		readonly group?: CodeWord<'group'>;
		/** which part of the grant */
		readonly part: number;
		/** minor units of the currency */
		readonly amount: number;
		/** ISO 4217 */
		readonly currency: string;
		/** per person or per family */
		readonly per: CodeWord<'grant_per'>;
		/** first day */
		readonly valid_from: string;
		/** last day */
		readonly valid_to?: string;
		/** where it is written */
		readonly source: string;
		/** the rule in words */
		readonly rule?: string;
	};
	/** Somebody other than the cashier says that a grant is due. */
	'grant.approved': {
		readonly kind: 'grant.approved';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** by which tariff */
		readonly tariff: string;
		/** which part */
		readonly part: number;
		/** minor units */
		readonly amount: number;
	};
	/** Money was handed over. */
	'grant.paid': {
		readonly kind: 'grant.paid';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** by which tariff */
		readonly tariff: string;
		/** which part */
		readonly part: number;
		/** minor units */
		readonly amount: number;
	};
	/** A payment was wrong; it is reversed, never deleted. */
	'grant.reversed': {
		readonly kind: 'grant.reversed';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** which payment */
		readonly payment: string;
		/** why */
		readonly reason: CodeWord<'reversal'>;
	};
	/** How the person is, some time later. */
	'followup.held': {
		readonly kind: 'followup.held';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** as she says */
		readonly wellbeing: CodeWord<'wellbeing'>;
		/** how she was reached */
		readonly channel: CodeWord<'channel'>;
		/** whether she would choose the same again */
		readonly would_choose_again?: boolean;
	};
	/** A person complains; it never changes what she gets. */
	'complaint.made': {
		readonly kind: 'complaint.made';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** about what */
		readonly about: CodeWord<'complaint'>;
		/** in her words */
		readonly note?: string;
	};
	/** What was done about a complaint. */
	'complaint.answered': {
		readonly kind: 'complaint.answered';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** which complaint */
		readonly complaint: string;
		/** what she was told */
		readonly note?: string;
	};
	/** A person agrees that something of hers is given to somebody, until a day. */
	'sharing.agreed': {
		readonly kind: 'sharing.agreed';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** to whom */
		readonly recipient: string;
		/** what */
		readonly fields: readonly CodeWord<'shared'>[];
		/** what for */
		readonly purpose: string;
		/** last day */
		readonly until: string;
	};
	/** A person refuses; it costs her nothing. */
	'sharing.refused': {
		readonly kind: 'sharing.refused';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** to whom */
		readonly recipient: string;
		/** what */
		readonly fields: readonly CodeWord<'shared'>[];
		/** what for */
		readonly purpose: string;
	};
	/** A person takes her agreement back. */
	'sharing.withdrawn': {
		readonly kind: 'sharing.withdrawn';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** from whom */
		readonly recipient: string;
	};
	/** A fact was recorded on the wrong person; never of a withdrawal, a hold, an erasure or a payment. */
	'fact.annulled': {
		readonly kind: 'fact.annulled';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** which fact */
		readonly fact: string;
		/** why */
		readonly reason: CodeWord<'annulment'>;
		/** account of the second person who agrees */
		readonly second: string;
	};
	/** A signed form and where it is kept (reserved: only its hash is recorded). */
	'paper.attached': {
		readonly kind: 'paper.attached';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** SHA-256 of the scan */
		readonly hash: string;
		/** who keeps the original */
		readonly custody: string;
	};
	/** A directive, statement, court order, agreement or terms of reference.  It opens and closes no gate. */
	'instrument.recorded': {
		readonly kind: 'instrument.recorded';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** short id, e.g. DIR-056 */
		readonly code: string;
		/** when it was issued */
		readonly date: string;
		/** office that issued it */
		readonly authority: string;
		/** level of that office */
		readonly level: CodeWord<'level'>;
		/** what it calls itself */
		readonly instrument: string;
		/** its number */
		readonly number?: string;
		/** whom it is about, as it says */
		readonly groups: string;
		/** where it applies */
		readonly areas: readonly string[];
		/** what it does: extend_stay, order_leave, stay_deportation, … */
		readonly effect: string;
		/** what it says */
		readonly detail?: string;
		/** first day */
		readonly from?: string;
		/** last day */
		readonly to?: string;
		/** what it replaces */
		readonly supersedes?: readonly string[];
		/** what it was issued under */
		readonly under?: string;
		/** how well it is known */
		readonly basis: CodeWord<'confidence'>;
		/** where it was read */
		readonly source?: string;
		/** what to know about it */
		readonly note?: string;
		/** since when it is known; absent: since it was issued */
		readonly known?: string;
		/** since when its last day is known, where that came later */
		readonly end_known?: string;
		/** office that compared it with the source */
		readonly verified_by?: string;
		/** SHA-256 of the document that was read */
		readonly source_hash?: string;
		/** whose approval it needs before it is in force */
		readonly parties?: readonly string[];
	};
	/** A step in the life of an instrument: submitted, approved, suspended, … */
	'instrument.step': {
		readonly kind: 'instrument.step';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** which step */
		readonly step: CodeWord<'step'>;
		/** by whom */
		readonly party?: string;
		/** by which other instrument */
		readonly by?: string;
		/** what was said */
		readonly note?: string;
		/** where it was read */
		readonly source?: string;
		/** on which day; absent: when it was recorded */
		readonly on?: string;
		/** which version of its text this is about */
		readonly version?: number;
		/** SHA-256 of that version: filled in where its text is on record, and held against it where it is given */
		readonly text_hash?: string;
	};
	/** A paragraph of a version of the text of an instrument.  What was approved is a version, named by its hash. */
	'instrument.text': {
		readonly kind: 'instrument.text';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** of the text, from 1 */
		readonly version: number;
		/** its place, from 1 */
		readonly paragraph: number;
		/** what it says */
		readonly text: string;
		/** in which it is written, ISO 639-3 */
		readonly language?: string;
	};
	/** A meeting about an instrument: a jirga, a round of talks.  Officials are named by their office. */
	'instrument.meeting': {
		readonly kind: 'instrument.meeting';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** what it is called; the same name again replaces what was recorded */
		readonly meeting: string;
		/** on which day; absent: not fixed */
		readonly on?: string;
		/** planned, held or cancelled */
		readonly state: CodeWord<'meeting'>;
		/** where */
		readonly place?: string;
		/** offices that take part */
		readonly members?: readonly string[];
		/** what is to be spoken about */
		readonly agenda?: readonly string[];
		/** what was said */
		readonly minutes?: readonly string[];
		/** where it was read */
		readonly source?: string;
	};
	/** What came of a meeting, and who owes what. */
	'instrument.outcome': {
		readonly kind: 'instrument.outcome';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** name of the meeting */
		readonly meeting: string;
		/** what was agreed; the same words again replace what was recorded */
		readonly what: string;
		/** office that has to do it */
		readonly owes?: string;
		/** until which day */
		readonly until?: string;
		/** on which day it was done */
		readonly done?: string;
	};
	/** A crossing is closed or returns to an area are suspended; ends only by a fact. */
	'advisory.set': {
		readonly kind: 'advisory.set';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** what it is */
		readonly sort: CodeWord<'advisory'>;
		/** in force, or ended */
		readonly state: CodeWord<'advisory_state'>;
		/** area of destination that it is about */
		readonly area?: string;
		/** place id of the crossing that it is about */
		readonly crossing?: string;
		/** who says so */
		readonly source: string;
	};
	/** How long the times are that the rules count. */
	'terms.set': {
		readonly kind: 'terms.set';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** hours to think between choice and departure; 24 at least */
		readonly cooling_h: number;
		/** days after which a choice lapses */
		readonly lapse_d: number;
		/** hours before departure in which she is asked again; 12 at most */
		readonly reconfirm_h: number;
	};
	/** A number that somebody else published. */
	'figure.reported': {
		readonly kind: 'figure.reported';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** where it was read */
		readonly source: string;
		/** who published it */
		readonly publisher: string;
		/** in which report */
		readonly report?: string;
		/** as of which day */
		readonly as_of: string;
		/** first day it covers */
		readonly period_start?: string;
		/** last day it covers */
		readonly period_end?: string;
		/** area, where it has a code */
		readonly area?: string;
		/** area as printed */
		readonly area_name?: string;
		/** of whom, as printed */
		readonly group: string;
		/** of what */
		readonly measure: string;
		/** decimal number as printed */
		readonly value: string;
		/** persons, percent, families, … */
		readonly unit: string;
		/** what to know about it */
		readonly note?: string;
		/** crossing, centre or village, where it has a code */
		readonly place?: string;
	};
	/** Somebody asks to give something of this person to a recipient. */
	'export.requested': {
		readonly kind: 'export.requested';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** to whom */
		readonly recipient: string;
		/** what */
		readonly fields: readonly CodeWord<'shared'>[];
	};
	/** A second officer approves it, within the person's agreement. */
	'export.approved': {
		readonly kind: 'export.approved';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** which request */
		readonly request: string;
	};
	/** A site is no longer believed. */
	'site.revoked': {
		readonly kind: 'site.revoked';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
	};
	/** The operator says that the site's clock is right after a jump. */
	'clock.confirmed': {
		readonly kind: 'clock.confirmed';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
	};
	/** Case numbers go onto blank paper forms; each is taken by the household whose form it is, by no other. */
	'case-numbers.reserved': {
		readonly kind: 'case-numbers.reserved';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** how many */
		readonly count: number;
		/** their year in two digits; given by the register */
		readonly year?: number;
		/** counter of the first; given by the register */
		readonly first?: number;
	};
	/** How many people a site receives by appointment on some days: what its rooms and desks hold.  Who comes without one is received, and nobody's choice is counted. */
	'days.set': {
		readonly kind: 'days.set';
		readonly subject: string;
		readonly happened?: string;
		/** makes a repeat of this proposal harmless */
		readonly key?: string;
		/** appointments on each of these days; 0: the site is closed */
		readonly people_max: number;
		/** only on this day of the week */
		readonly weekday?: CodeWord<'weekday'>;
		/** from this day on; absent: always */
		readonly first_day?: string;
		/** until this day, which is one of them */
		readonly last_day?: string;
		/** why, where it is told to whoever asks for an appointment */
		readonly reason?: string;
		/** it does not count any more */
		readonly ended?: boolean;
	};
}

export type Fact = Facts[keyof Facts];

export interface Shapes {
	Refusal: Refusal;
	Problem: Problem;
	Changed: Changed;
	Login: Login;
	Colleague: Colleague;
	Session: Session;
	Pin: Pin;
	OpenSession: OpenSession;
	Switch: Switch;
	NewPassphrase: NewPassphrase;
	Totp: Totp;
	Code: Code;
	Again: Again;
	Second: Second;
	PairAgreed: PairAgreed;
	Seconded: Seconded;
	HandOver: HandOver;
	HandedOver: HandedOver;
	Account: Account;
	Accounts: Accounts;
	NewAccount: NewAccount;
	NewRoles: NewRoles;
	Done: Done;
	Known: Known;
	Proposal: Proposal;
	Kept: Kept;
	Named: Named;
	Recorded: Recorded;
	Opening: Opening;
	Opened: Opened;
	Search: Search;
	Reason: Reason;
	Found: Found;
	Findings: Findings;
	Draft: Draft;
	Drafts: Drafts;
	DraftDoubles: DraftDoubles;
	Doubles: Doubles;
	PairRecord: PairRecord;
	PairWaiting: PairWaiting;
	Pairs: Pairs;
	PairOrder: PairOrder;
	PairSide: PairSide;
	Pair: Pair;
	PairDecided: PairDecided;
	Names: Names;
	Paper: Paper;
	Area: Area;
	Choice: Choice;
	Seat: Seat;
	Person: Person;
	Household: Household;
	RuleState: RuleState;
	Readiness: Readiness;
	Event: Event;
	Said: Said;
	History: History;
	Receipt: Receipt;
	Receipts: Receipts;
	Expected: Expected;
	NodeState: NodeState;
	Days: Days;
	CalendarDay: CalendarDay;
	Calendar: Calendar;
	Today: Today;
	CallOrder: CallOrder;
	Call: Call;
	Called: Called;
	Case: Case;
	Cases: Cases;
	Movement: Movement;
	Movements: Movements;
	Traveller: Traveller;
	Manifest: Manifest;
	Scan: Scan;
	Scanned: Scanned;
	Health: Health;
	Checkpoint: Checkpoint;
	Changes: Changes;
	Rule: Rule;
	Rules: Rules;
	Worded: Worded;
	Field: Field;
	Kind: Kind;
	Kinds: Kinds;
	Areas: Areas;
	Place: Place;
	Places: Places;
	Tariff: Tariff;
	Tariffs: Tariffs;
	AdvisoryState: AdvisoryState;
	Advisories: Advisories;
	SheetLine: SheetLine;
	Sheet: Sheet;
	Form: Form;
	Applied: Applied;
	Applies: Applies;
	TimeSpan: TimeSpan;
	TimeRow: TimeRow;
	Times: Times;
	MemberApplies: MemberApplies;
	HouseholdApplies: HouseholdApplies;
	Party: Party;
	Waiting: Waiting;
	Negotiation: Negotiation;
	Negotiations: Negotiations;
	TextVersion: TextVersion;
	MeetingOutcome: MeetingOutcome;
	Meeting: Meeting;
	TextChange: TextChange;
	StepTaken: StepTaken;
	NegotiationFile: NegotiationFile;
	ListFile: ListFile;
	SentList: SentList;
	SentTable: SentTable;
	TableRefusal: TableRefusal;
	TableTaken: TableTaken;
	ListReject: ListReject;
	ListTaken: ListTaken;
	IntoFolder: IntoFolder;
	Backup: Backup;
	Erasures: Erasures;
	Figure: Figure;
	Contradiction: Contradiction;
	Figures: Figures;
	Proved: Proved;
}

export const SHAPES: { readonly [Name in keyof Shapes]: Readonly<Record<string, string>> } = {
	Refusal: {
		rule: 'text',
		statement: 'text',
		source: 'text',
		outcome: '=missing|refused',
		why: 'text',
		next: 'text',
		not_before: 'text?',
	},
	Problem: {
		type: 'text',
		title: 'text',
		status: 'int',
		detail: 'text',
		key: 'text',
		at: 'int?',
		refused: '[Refusal]?',
		changed: '[Changed]?',
		retry_after_s: 'int?',
	},
	Changed: {
		subject: 'text',
		what: 'text',
		by: 'text?',
		recorded: 'text',
	},
	Login: {
		name: 'text',
		passphrase: 'text',
		code: 'text?',
		shared: 'flag?',
	},
	Colleague: {
		account: 'text',
		name: 'text',
	},
	Session: {
		standing: '=out|in|pin|code',
		site: 'text',
		demo: 'flag',
		locked: 'flag',
		now: 'text',
		moment: 'int',
		token: 'text?',
		account: 'text?',
		name: 'text?',
		roles: '[$role]?',
		deeds: '[text]?',
		draft_key: 'text?',
		pin_set: 'flag?',
		idle_s: 'int?',
		ends: 'text?',
		colleagues: '[Colleague]?',
	},
	Pin: {
		pin: 'text',
	},
	OpenSession: {
		pin: 'text?',
		passphrase: 'text?',
	},
	Switch: {
		account: 'text',
		pin: 'text',
	},
	NewPassphrase: {
		old: 'text',
		new: 'text',
	},
	Totp: {
		secret: 'text',
		uri: 'text',
		recovery: '[text]',
	},
	Code: {
		code: 'text',
	},
	Again: {
		passphrase: 'text',
	},
	Second: {
		name: 'text',
		passphrase: 'text',
		code: 'text?',
		fact: 'text?',
		pair: 'PairAgreed?',
	},
	PairAgreed: {
		a: 'text',
		b: 'text',
		said: '=same|different',
	},
	Seconded: {
		account: 'text',
	},
	HandOver: {
		from: 'text',
		name: 'text',
		nonce: 'text',
		sealed: 'text',
		to: 'text',
		as: 'text',
	},
	HandedOver: {
		nonce: 'text',
		sealed: 'text',
	},
	Account: {
		id: 'text',
		name: 'text',
		roles: '[$role]',
		sex: '$sex?',
		open: 'flag',
		totp: 'flag',
	},
	Accounts: {
		accounts: '[Account]',
	},
	NewAccount: {
		name: 'text',
		roles: '[$role]',
		sex: '$sex?',
		passphrase: 'text',
	},
	NewRoles: {
		account: 'text',
		roles: '[$role]',
	},
	Done: {
		done: 'flag',
	},
	Known: {
		subject: 'text',
		version: 'int',
	},
	Proposal: {
		facts: '[object]',
		known: '[Known]?',
	},
	Kept: {
		seq: 'int',
		fact: 'text',
		receipt: 'text?',
	},
	Named: {
		name: 'text',
		id: 'text',
	},
	Recorded: {
		repeated: 'flag',
		recorded: '[Kept]',
		case_number: 'text?',
		reserved: '[text]?',
		ids: '[Named]',
	},
	Opening: {
		subject: 'text',
		purpose: '$opening',
	},
	Opened: {
		household: 'text',
		person: 'text?',
		left: 'int',
	},
	Search: {
		q: 'text',
		purpose: '$opening?',
		expected: 'text?',
		bits: 'flag?',
	},
	Reason: {
		said: 'text',
		speaks_for: 'flag',
		bits_tenths: 'int?',
	},
	Found: {
		id: 'text',
		sort: '=person|household',
		name: 'text?',
		case_number: 'text?',
		member: 'int?',
		father: 'text?',
		grandfather: 'text?',
		sex: '$sex?',
		born_from: 'text?',
		born_to: 'text?',
		origin: 'Area?',
		reasons: '[Reason]',
		bits_tenths: 'int?',
	},
	Findings: {
		found: '[Found]',
		expected: 'Found?',
		enough: 'flag',
		advice: 'text?',
	},
	Draft: {
		name: 'text',
		number: 'text?',
		origin: 'text?',
		year: 'int?',
		about: 'flag?',
		sex: '$sex?',
	},
	Drafts: {
		people: '[Draft]',
	},
	DraftDoubles: {
		at: 'int',
		found: '[Found]',
	},
	Doubles: {
		people: '[DraftDoubles]',
	},
	PairRecord: {
		id: 'text',
		case_number: 'text?',
		member: 'int?',
	},
	PairWaiting: {
		a: 'PairRecord',
		b: 'PairRecord',
		strength: '=weak|fair|strong',
		since: 'text',
	},
	Pairs: {
		pairs: '[PairWaiting]',
		looked_at: 'int',
		people: 'int',
	},
	PairOrder: {
		a: 'text',
		b: 'text',
	},
	PairSide: {
		person: 'Person',
		household: 'text?',
		case_number: 'text?',
		residence: 'Area?',
		registered: 'text?',
	},
	Pair: {
		a: 'PairSide',
		b: 'PairSide',
		reasons: '[Reason]',
		strength: '=weak|fair|strong',
		takes_two: 'flag',
	},
	PairDecided: {
		other: 'text',
		case_number: 'text?',
		member: 'int?',
		said: '=nothing|same|different|later',
		at: 'text',
		takes_two: 'flag',
	},
	Names: {
		given: 'text?',
		given_latin: 'text?',
		family: 'text?',
		family_latin: 'text?',
		father: 'text?',
		father_latin: 'text?',
		grandfather: 'text?',
		grandfather_latin: 'text?',
	},
	Paper: {
		kind: '$document_kind',
		number: 'text?',
		valid_to: 'text?',
		surrendered: 'flag',
	},
	Area: {
		key: 'text',
		code: 'text',
		name: 'text',
		within: 'text?',
		level: '=country|province|district',
		former: 'text?',
	},
	Choice: {
		answer: '$answer',
		at: 'text',
		destination: 'Area?',
		reconfirmed: 'text?',
	},
	Seat: {
		movement: 'text',
		seat: 'int',
		departs: 'text',
		crossing: 'text',
	},
	Person: {
		id: 'text',
		version: 'int',
		member: 'int',
		name: 'text',
		alias: 'text',
		names: 'Names?',
		sex: '$sex?',
		born_from: 'text?',
		born_to: 'text?',
		child: 'flag',
		relation: '$relation?',
		marital: '$marital?',
		care: '$care?',
		capacity: '$capacity?',
		group: '$group?',
		needs: '[$need]',
		counsellor_sex: '$sex?',
		language: 'text?',
		origin: 'Area?',
		destination: 'Area?',
		spouse: 'text?',
		guardian: 'text?',
		papers: '[Paper]?',
		status: '=none|registered|stay|undecided|return|withdrawn|seated|departed|crossed|arrived|died|erased',
		counselled: 'text?',
		choice: 'Choice?',
		withdrawn: 'text?',
		holds: 'int?',
		review_due: 'flag?',
		finding: '$finding?',
		best_interests: '$result?',
		tracing: '$result?',
		fitness: '$result?',
		incidents: 'int?',
		detained: 'flag?',
		appointment: 'text?',
		seat: 'Seat?',
		departed: 'text?',
		crossed: 'text?',
		arrived: 'text?',
		paid_parts: '[int]?',
		approved_parts: '[int]?',
		complaints: 'int?',
		broken: '[text]?',
		pairs: '[PairDecided]?',
		opened: 'int',
	},
	Household: {
		id: 'text',
		case_number: 'text?',
		residence: 'Area?',
		address: 'text?',
		phone: 'text?',
		phone_safe: 'flag?',
		language: 'text?',
		arrival_year: 'int?',
		head: 'text?',
		people: '[Person]',
	},
	RuleState: {
		rule: 'text',
		statement: 'text',
		source: 'text',
		outcome: '=met|missing|refused',
		why: 'text?',
		next: 'text?',
		not_before: 'text?',
	},
	Readiness: {
		person: 'text',
		for: 'text',
		ready: 'flag',
		rules: '[RuleState]',
	},
	Event: {
		fact: 'text',
		kind: 'text',
		what: 'text',
		happened: 'text',
		recorded: 'text',
		by: 'text?',
		annullable: 'flag',
		values: '[Said]',
	},
	Said: {
		field: 'text',
		label: 'text',
		value: 'text',
		names: 'text?',
	},
	History: {
		events: '[Event]',
	},
	Receipt: {
		kind: 'text',
		recorded: 'text',
		fact: 'text',
		receipt: 'text',
	},
	Receipts: {
		receipts: '[Receipt]',
	},
	Expected: {
		person: 'text',
		name: 'text',
		case_number: 'text?',
		at: 'text?',
		token: 'text',
	},
	NodeState: {
		facts: 'int',
		disk_bytes: 'int',
		disk_room_bytes: 'int',
		last_backup: 'text?',
		erasures_unlisted: 'int',
		clock_jumped: 'flag',
		clock: 'text?',
		site: 'text',
		locked: 'flag',
		sessions: 'int',
		version: 'text',
	},
	Days: {
		id: 'text',
		people_max: 'int',
		weekday: '$weekday?',
		first_day: 'text?',
		last_day: 'text?',
		reason: 'text?',
	},
	CalendarDay: {
		day: 'text',
		people_max: 'int?',
		taken: 'int',
		room: 'flag',
		reason: 'text?',
	},
	Calendar: {
		days: '[CalendarDay]',
		set: '[Days]',
	},
	Today: {
		expected: '[Expected]',
		waiting: '[Expected]',
		counselled: '[Expected]',
		movements: '[Movement]',
		reviews: 'int?',
		holds: 'int?',
		legal_clocks: 'int?',
		legal_oldest: 'text?',
		node: 'NodeState',
	},
	CallOrder: {
		person: 'text',
		desk: 'int',
	},
	Call: {
		number: 'int',
		token: 'text',
		desk: 'int',
		at: 'text',
	},
	Called: {
		calls: '[Call]',
	},
	Case: {
		person: 'text',
		name: 'text',
		case_number: 'text?',
		review_due: 'flag',
		holds: 'int',
		assessments: '[text]',
		incidents: 'int',
		detained: 'flag',
		legal_since: 'text?',
		complaints: 'int',
	},
	Cases: {
		cases: '[Case]',
		more: 'flag',
	},
	Movement: {
		id: 'text',
		departs: 'text',
		from: 'text',
		from_name: 'text',
		crossing: 'text',
		crossing_name: 'text',
		transporter: 'text?',
		seats: 'int',
		taken: 'int',
		cancelled: 'flag',
	},
	Movements: {
		movements: '[Movement]',
	},
	Traveller: {
		person: 'text',
		seat: 'int',
		alias: 'text',
		slip: 'text',
		ready: 'flag',
		asked_again: 'flag',
		escort: 'flag',
		boarded: 'flag',
		crossed: 'flag',
		arrived: 'flag',
		withdrawn: 'flag',
	},
	Manifest: {
		movement: 'Movement',
		travellers: '[Traveller]',
		boarded: 'int',
		crossed: 'int',
		arrived: 'int',
		missing_at_crossing: '[text]',
		missing_at_arrival: '[text]',
	},
	Scan: {
		text: 'text',
		movement: 'text?',
	},
	Scanned: {
		answer: '=accept|refuse|unknown',
		why: 'text',
		key: 'text',
		person: 'text?',
		alias: 'text?',
		seat: 'int?',
		movement: 'text?',
		crossed: 'text?',
	},
	Health: {
		site: 'text',
		demo: 'flag',
		locked: 'flag',
		version: 'text',
	},
	Checkpoint: {
		note: 'text',
		key: 'text',
	},
	Changes: {
		moment: 'int',
		locked: 'flag',
	},
	Rule: {
		rule: 'text',
		number: 'int',
		statement: 'text',
		source: 'text',
		guards: '[text]',
	},
	Rules: {
		rules: '[Rule]',
	},
	Worded: {
		word: 'text',
		said: 'text',
	},
	Field: {
		word: 'text',
		label: 'text',
		type: 'text',
		of: 'text?',
		least: 'int?',
		most: 'int?',
		many: 'int',
		required: 'flag',
		words: '[Worded]?',
	},
	Kind: {
		word: 'text',
		label: 'text',
		subject: 'text',
		may_record: 'flag',
		fields: '[Field]',
	},
	Kinds: {
		kinds: '[Kind]',
	},
	Areas: {
		areas: '[Area]',
	},
	Place: {
		code: 'text',
		name: 'text',
		kind: 'text',
	},
	Places: {
		places: '[Place]',
	},
	Tariff: {
		id: 'text',
		provider: 'text',
		amount: 'int',
		currency: 'text',
		part: 'int',
		per: '$grant_per',
		group: '$group?',
		source: 'text',
	},
	Tariffs: {
		tariffs: '[Tariff]',
	},
	AdvisoryState: {
		id: 'text',
		sort: '$advisory',
		area: 'text?',
		area_key: 'text?',
		crossing: 'text?',
		crossing_code: 'text?',
		source: 'text',
		since: 'text',
	},
	Advisories: {
		advisories: '[AdvisoryState]',
	},
	SheetLine: {
		topic: 'text',
		text: 'text',
		source: 'text?',
	},
	Sheet: {
		version: 'text',
		area: 'Area',
		dated: 'text',
		lines: '[SheetLine]',
	},
	Form: {
		hash: 'text',
		language: 'text',
		text: 'text',
	},
	Applied: {
		id: 'text',
		date: 'text',
		authority: 'text',
		level: '$level',
		instrument: 'text',
		number: 'text?',
		groups: '[text]',
		areas: '[text]',
		areas_said: '[text]',
		effect: 'text',
		stance: '=stays|leaves|neither',
		says: 'text',
		detail: 'text?',
		from: 'text',
		to: 'text?',
		basis: '$confidence?',
		source: 'text?',
		verified_by: 'text?',
		note: 'text?',
		under: 'text?',
		line: '[text]',
		superseded_by: '[text]',
		conflicts_with: '[text]',
		some: 'flag',
		unclear: 'flag',
		paused: 'flag',
		paused_by: 'text?',
	},
	Applies: {
		group: 'text',
		group_said: 'text',
		area: 'Area',
		on: 'text',
		known_on: 'text?',
		instruments: '[Applied]',
		ended: '[Applied]',
		notes: '[text]',
	},
	TimeSpan: {
		from: 'text',
		to: 'text?',
		conflicts_with: '[text]',
	},
	TimeRow: {
		id: 'text',
		instrument: 'text',
		authority: 'text',
		level: '$level',
		says: 'text',
		spans: '[TimeSpan]',
	},
	Times: {
		group_said: 'text',
		area: 'Area',
		today: 'text',
		rows: '[TimeRow]',
	},
	MemberApplies: {
		person: 'text',
		name: 'text',
		group: 'text',
		group_said: 'text',
		advisories: '[AdvisoryState]',
		protects: '[Applied]',
		others: '[Applied]',
	},
	HouseholdApplies: {
		area: 'Area',
		on: 'text',
		members: '[MemberApplies]',
		notes: '[text]',
	},
	Party: {
		name: 'text',
		stand: '=waited-for|approved|commented|rejected',
		since: 'text?',
		version: 'int?',
		said: 'text?',
	},
	Waiting: {
		who: 'text',
		for: 'text',
		since: 'text?',
		days: 'int?',
	},
	Negotiation: {
		id: 'text',
		subject: 'text',
		instrument: 'text',
		authority: 'text',
		stage: '=draft|submitted|approved|rejected|in-force|suspended|ended',
		stage_said: 'text',
		since: 'text?',
		parties: '[Party]',
		waits: '[Waiting]',
		detail: 'text?',
		source: 'text?',
	},
	Negotiations: {
		negotiations: '[Negotiation]',
	},
	TextVersion: {
		version: 'int',
		hash: 'text',
		text: 'text',
	},
	MeetingOutcome: {
		what: 'text',
		owes: 'text?',
		until: 'text?',
		done: 'text?',
	},
	Meeting: {
		meeting: 'text',
		on: 'text?',
		state: '$meeting',
		place: 'text?',
		members: '[text]',
		agenda: '[text]',
		minutes: '[text]',
		outcomes: '[MeetingOutcome]',
	},
	TextChange: {
		sort: '=same|gone|new',
		text: 'text',
	},
	StepTaken: {
		step: '$step',
		party: 'text?',
		on: 'text',
		version: 'int?',
		hash: 'text?',
		note: 'text?',
		source: 'text?',
	},
	NegotiationFile: {
		negotiation: 'Negotiation',
		steps: '[StepTaken]',
		versions: '[TextVersion]',
		meetings: '[Meeting]',
		changes: '[TextChange]?',
	},
	ListFile: {
		name: 'text',
		content: 'text',
	},
	SentList: {
		files: '[ListFile]',
		ready: 'text?',
		map: 'text?',
		dry_run: 'flag',
		bring_back: 'flag?',
	},
	SentTable: {
		file: 'ListFile',
		dry_run: 'flag',
		keep_going: 'flag?',
	},
	TableRefusal: {
		line: 'int',
		column: 'text?',
		place: 'int?',
		kept: 'flag',
		reason: 'text',
	},
	TableTaken: {
		rows: 'int',
		fit: 'int',
		recorded: 'int',
		known: 'int',
		refused: 'int',
		refusals: '[TableRefusal]',
	},
	ListReject: {
		sheet: 'text',
		row: 'int',
		column: 'text?',
		changed: 'flag',
		reason: 'text',
	},
	ListTaken: {
		rows: 'int',
		households: 'int',
		people: 'int',
		recorded: 'int',
		fit: 'int',
		known: 'int',
		changed: 'int',
		rejected: 'int',
		skipped: 'int',
		rejects: '[ListReject]',
		csv: 'text',
		csv_rows: 'int',
	},
	IntoFolder: {
		folder: 'text',
	},
	Backup: {
		stage: '=none|copying|reading|made|failed',
		folder: 'text?',
		path: 'text?',
		done: 'int?',
		of: 'int?',
		bytes: 'int?',
		ended: 'text?',
		why: 'text?',
	},
	Erasures: {
		path: 'text',
		count: 'int',
	},
	Figure: {
		id: 'text',
		source: 'text',
		publisher: 'text',
		report: 'text?',
		as_of: 'text',
		period_start: 'text?',
		period_end: 'text?',
		entered: 'text',
		area: 'text?',
		place: 'text?',
		area_name: 'text?',
		where: 'text',
		group: 'text',
		group_said: 'text',
		measure: 'text',
		measure_said: 'text',
		value: 'text',
		value_said: 'text',
		unit: 'text',
		unit_said: 'text',
		note: 'text?',
		contradictions: '[int]',
	},
	Contradiction: {
		sort: '=sum|divisions|part|cell|fall|base|unsaid',
		said: 'text',
		figures: '[int]',
	},
	Figures: {
		area: 'Area?',
		on: 'text?',
		figures: '[Figure]',
		contradictions: '[Contradiction]',
	},
	Proved: {
		sound: 'flag',
		facts: 'int',
		opened: 'int',
		unreadable: 'int',
		damaged: 'int',
		first_damaged: 'text?',
	},
};
