/*
 * register: the one place where a fact enters.
 *
 *     proposed → policy → the areas and subjects exist → rules → sealed → appended → folded
 *
 * A register is a folder with a log in it.  It is opened *locked*: it can be backed
 * up, verified as far as that goes without keys, and nothing about a person can be
 * read.  The first login unlocks it: the account's passphrase opens the site's keys,
 * all facts are read and folded.  reg_lock() wipes keys and state.
 *
 * One thread at a time takes the waiting submissions as a batch: no two that read or
 * change the same household, movement or account; a public fact, terms and accounts
 * alone.  Each is checked against the state, all are appended in one transaction,
 * folded under the writers' lock, and each waiter is woken by itself.  Who comes while
 * nobody writes is that thread itself.  So a reader never sees what is not on the disk,
 * and no check races another.  Any thread may call any function here.
 *
 * Passphrases are `struct secret`; an argument list never holds one.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/calendar.h"
#include "base/err.h"
#include "base/secret.h"
#include "base/world.h"
#include "fact/fact.h"
#include "figures/figures.h"
#include "log/log.h"
#include "match/match.h"
#include "place/place.h"
#include "policy/policy.h"
#include "proof/proof.h"
#include "rules/rules.h"
#include "state/state.h"

struct reg;

/* --- make, open, close ---------------------------------------------------------- */

struct reg_site {
	struct text name;
	struct text
		code; /* 2 to 6 capital letters that begin its case numbers; empty: from the name */
	struct text zone; /* "Asia/Karachi" */
	bool demo;
};

/* Two halves for two holders; both together give an account a new passphrase. */
#define RECOVERY_HALF_SIZE 80
struct reg_recovery {
	char half[2][RECOVERY_HALF_SIZE]; /* printable, with a check group; zero-ended */
};

/*
 * Make a register in the new folder `dir`, with one account `admin` (administrator).
 * ERR_BUSY: there is something there.
 */
MUST_USE enum err reg_create(struct world *w, const char *dir, const struct reg_site *site,
			     struct text admin, const struct secret *passphrase,
			     struct reg_recovery *recovery, struct fault *f);

/* Open it, locked.  `w` and `atlas` must outlive it.  Errors as log_open(). */
MUST_USE enum err reg_open(struct reg **out, struct world *w, const struct atlas *atlas,
			   const char *dir, struct fault *f);
/* Wipes; NULL is harmless.  The one function that runs beside no other. */
void reg_close(struct reg *r);

/* What is public and readable while locked: read from the clear facts. */
struct site_state reg_site(struct reg *r);
const struct zone *reg_zone(struct reg *r);
/* The folder, as it was opened. */
const char *reg_folder(const struct reg *r);

/* --- accounts and lock ---------------------------------------------------------- */

/* Who asks: an account that has logged in.  Roles are looked up at each use. */
struct session {
	struct id account;
};

/* `told` is called while facts are folded, for a progress bar; may be NULL. */
struct reg_progress {
	void (*told)(void *self, uint64_t done, uint64_t of);
	void *self;
};

/*
 * Log in; unlocks the register where it is locked.
 * ERR_DENIED: no such open account, or a wrong passphrase (the same answer for both,
 * after the same time).  ERR_LOCKED: somebody locked it again in the same moment.  At
 * most two key derivations run at a time.
 */
MUST_USE enum err reg_login(struct reg *r, struct text name, const struct secret *passphrase,
			    const struct reg_progress *progress, struct session *out,
			    struct fault *f);

/*
 * The same in its steps, for a door that asks for more than a passphrase: whoever has
 * proved hers is known, and before reg_enter() nothing is unlocked.
 */
struct reg_entrant {
	struct session who;
	uint32_t renewed;	   /* reg_passphrase_renewed(), of the passphrase that she gave */
	struct site_secrets *keys; /* that her passphrase opened */
};
/* ERR_DENIED as reg_login().  The caller frees what is in `out`. */
MUST_USE enum err reg_prove(struct reg *r, struct text name, const struct secret *passphrase,
			    struct reg_entrant *out, struct fault *f);
/* Whether her account has an authenticator; see below. */
MUST_USE enum err reg_entrant_has_totp(struct reg *r, const struct reg_entrant *n, bool *out,
				       struct fault *f);
/*
 * Whether `code` is of now, or one of the recovery codes; digits of any script.  Each
 * works once, whichever of two comes first.  ERR_DENIED: it is not, or not any more; the
 * fault says so where only this laptop's clock can be the reason.
 */
MUST_USE enum err reg_entrant_totp(struct reg *r, const struct reg_entrant *n, struct text code,
				   struct fault *f);
/* The last step, once: her keys may be the register's from now on.  Errors as reg_login(). */
MUST_USE enum err reg_enter(struct reg *r, struct reg_entrant *n,
			    const struct reg_progress *progress, struct fault *f);
void reg_entrant_free(struct reg_entrant *n); /* wipes; one that is empty is harmless */

/* Wipe keys and state from memory. */
void reg_lock(struct reg *r);
bool reg_is_locked(struct reg *r);

MUST_USE enum err reg_account_open(struct reg *r, const struct session *by, struct text name,
				   uint16_t roles, uint8_t sex, const struct secret *passphrase,
				   struct id *out, struct fault *f);
MUST_USE enum err reg_account_roles(struct reg *r, const struct session *by, struct text name,
				    uint16_t roles, struct fault *f);
/* The last administrator cannot be closed. */
MUST_USE enum err reg_account_close(struct reg *r, const struct session *by, struct text name,
				    struct fault *f);
/* Whether it is this account's: before what cannot be undone.  ERR_DENIED: it is not. */
MUST_USE enum err reg_account_again(struct reg *r, const struct session *by,
				    const struct secret *passphrase, struct fault *f);
MUST_USE enum err reg_account_passphrase(struct reg *r, const struct session *by,
					 const struct secret *old, const struct secret *new_,
					 struct fault *f);
/*
 * Grows with each new passphrase of this account since the register was opened, by
 * whichever door: whoever came in by an older one is out.
 */
uint32_t reg_passphrase_renewed(struct reg *r, const struct id *account);
/* Both halves, in either order, give `name` a new passphrase; recorded as a fact. */
MUST_USE enum err reg_account_recover(struct reg *r, struct text half_a, struct text half_b,
				      struct text name, const struct secret *new_, struct fault *f);

/*
 * The second factor (RFC 6238: SHA-1, six digits, 30 seconds, one step to either side).
 * Its secret lies in the settings, sealed by the site's identity key; that an account has
 * one, and that it was taken away, are facts.
 */
#define TOTP_RECOVERY_CODES 8
struct reg_totp {
	char secret[40];			/* base32, zero-ended */
	char recovery[TOTP_RECOVERY_CODES][16]; /* "7K2QD-0RM4X", zero-ended */
};
/* A new one, which counts only once reg_totp_confirm() has seen a code of it. */
MUST_USE enum err reg_totp_begin(struct reg *r, const struct session *by, struct reg_totp *out,
				 struct fault *f);
MUST_USE enum err reg_totp_confirm(struct reg *r, const struct session *by, struct text code,
				   struct fault *f);
/* Whether this account has one.  ERR_LOCKED. */
MUST_USE enum err reg_totp_has(struct reg *r, const struct session *by, bool *out, struct fault *f);
/* Without one again: its holder has lost it.  Takes who may manage accounts. */
MUST_USE enum err reg_totp_reset(struct reg *r, const struct session *by, struct text name,
				 struct fault *f);

/* --- drafts ----------------------------------------------------------------------- */

/*
 * A key of this account's own that only an unlocked register gives: for drafts that its
 * browser keeps.  It is the same after a restart.  ERR_LOCKED; ERR_DENIED: closed.
 */
MUST_USE enum err reg_draft_key(struct reg *r, const struct session *by, uint8_t out[KEY_SIZE],
				struct fault *f);

/* A household's form as a browser keeps it: sealed, and by its place among the drafts of
 * its account ("household/new/2"), which is sealed along. */
#define DRAFT_SIZE_MAX ((size_t)512 * 1024)
#define DRAFT_NONCE_SIZE 12
struct reg_draft {
	struct id account;
	struct text place;
	uint8_t nonce[DRAFT_NONCE_SIZE];
	struct bytes sealed; /* <= DRAFT_SIZE_MAX */
};
/*
 * Seal `draft` for the account and the place of `out`, whose nonce and text it fills in,
 * the text in `a`; that it went over is recorded, what stands in it is not.  Whose it is
 * may, and whoever manages accounts, also where its account was closed; neither sees it
 * open.
 * ERR_DENIED: somebody else.  ERR_INPUT: it does not open, is no household's form, or the
 * other account may not register households.  ERR_LOCKED.
 */
MUST_USE enum err reg_draft_hand_over(struct reg *r, const struct session *by,
				      const struct reg_draft *draft, struct reg_draft *out,
				      struct arena *a, struct fault *f);

/* --- the write door ------------------------------------------------------------- */

enum answer_sort { /* how a submission ended, where nothing failed */
		   SUBMISSION_RECORDED,
		   SUBMISSION_REPEATED, /* its key was recorded before: the same answer again */
		   SUBMISSION_REFUSED,
		   SUBMISSION_OVERTAKEN, /* others recorded about somebody it knew as she was */
};

/* What whoever fills a form knew of a person: reg_person_version() when she was shown. */
struct reg_known {
	struct id person;
	uint32_t version;
};
/* Grows with each fact about her, those that only say that her file was read aside. */
uint32_t reg_person_version(const struct person *p);
struct submission_answer {
	enum answer_sort sort;
	size_t count;		     /* recorded: facts                      */
	const struct fact_ref *refs; /*           which, in order            */
	struct text case_number;     /* of a household registered; else empty    */
	const struct text *reserved; /* case numbers for paper forms, in their order */
	size_t reserved_count;	     /* 0: none were reserved                    */
	size_t refused_at;	     /* refused: index of the first such fact */
	size_t overtaken_at;	     /* overtaken: index of the first such person known */
	struct verdict verdicts[RULES_COUNT + 1];
};

/*
 * Record `count` (1 to LOG_BATCH_MAX) facts as one unit: all or none.  The caller
 * fills subject, kind, happened, key, values; the register fills the rest, copies
 * nothing that `facts` views after it returns.  Answers, and what is filled into the
 * facts (area keys, case number, seat), live in `a`.  Like all that writes it may not
 * be called between reg_read_begin() and reg_read_end().
 * ERR_DENIED: the account's roles do not include this deed.  ERR_INPUT: a subject
 * that does not exist or is of another sort, an area or place unknown.  ERR_LOCKED.
 * ERR_DAMAGED: facts do not open, or the log does not extend what was signed.
 * An idempotency key on the first fact counts for the whole array; where it is a
 * repeat, the facts get the subjects and refs under which they were recorded then.
 */
MUST_USE enum err reg_record(struct reg *r, const struct session *by, struct fact *facts,
			     size_t count, struct arena *a, struct submission_answer *out,
			     struct fault *f);

/* The same, and nothing is recorded where somebody in `known` is known otherwise now. */
struct reg_submission {
	struct fact *facts;
	size_t count;
	const struct reg_known *known;
	size_t known_count; /* <= LOG_BATCH_MAX */
};
MUST_USE enum err reg_submit(struct reg *r, const struct session *by,
			     const struct reg_submission *s, struct arena *a,
			     struct submission_answer *out, struct fault *f);

/*
 * One list of others is read at a time, by whichever door: each takes memory that the
 * centre's day needs.  false: somebody reads one, and nobody waits for it.  The thread
 * that begins ends.
 */
MUST_USE bool reg_list_begin(struct reg *r);
void reg_list_end(struct reg *r);

/* --- reads ---------------------------------------------------------------------- */

/*
 * Hold the readers' lock: the state does not change until reg_read_end().
 * ERR_LOCKED; ERR_DENIED: `deed` is not for this account.
 */
MUST_USE enum err reg_read_begin(struct reg *r, const struct session *by, enum deed deed,
				 const struct state **out, struct fault *f);
/*
 * The same for the house itself: what is worked out beforehand, for whoever may ask for it
 * later.  Nothing of it is shown to anybody.  ERR_LOCKED.
 */
MUST_USE enum err reg_work_begin(struct reg *r, const struct state **out, struct fault *f);
void reg_read_end(struct reg *r);

/*
 * What is public, for anybody: instruments, advisories, tariffs.  While the register is
 * locked they are folded from the facts in clear alone, once for all who ask until
 * anything is recorded; else it is the state itself, under the readers' lock, of which
 * only what is public may be shown.  To be ended where this gave OK.
 */
struct public_state;
struct reg_public {
	const struct state *state;
	struct public_state *apart; /* NULL: it is the register's own */
};
MUST_USE enum err reg_public_begin(struct reg *r, struct reg_public *out, struct fault *f);
void reg_public_end(struct reg *r, struct reg_public *p);
/* The public facts about a subject, from the disk, in the order of the fold; between
 * begin and end.  Of what is sealed nothing is given. */
MUST_USE enum err reg_public_history(struct reg *r, const struct reg_public *p,
				     const struct id *subject, struct arena *a,
				     const struct fact **out, size_t *count, struct fault *f);

/*
 * The text of a version among the facts about an instrument: its paragraphs in the order of
 * their places, each with an end of line; of one place the last counts.  Its SHA-256 is what
 * the version is called.  Empty: there is none, or no memory in `a`.
 */
struct text reg_text_of_version(const struct fact *facts, size_t count, unsigned version,
				struct arena *a);

/*
 * The people whose names, in either script, are most like `name`, best first: at most
 * `most` (1 to REG_NAMED_MAX); gives how many.  Between begin and end.
 */
#define REG_NAMED_MAX 50
struct reg_named {
	struct id person;
	float bits;
};
size_t reg_named(struct reg *r, struct text name, struct reg_named *out, size_t most);
/* Why: the reasons' bits add up to *bits; 0: nothing that she is called is like it. */
size_t reg_named_why(struct reg *r, struct text name, const struct id *person,
		     struct match_reason out[MATCH_REASONS_MAX], float *bits);

/*
 * Pairs: two records, not of one household, that may be one person and of which nobody has
 * decided.  A pair whose files say "the same" or "different" of each other is none; one
 * that was left open waits again after PAIR_LATER_S, or once either file changes.
 */
#define REG_PAIRS_MAX 200
#define PAIR_LATER_S (INT64_C(7) * 24 * 3600)
struct reg_pair {
	struct id a, b;	   /* `a` was registered first */
	unsigned strength; /* as the scales said when it was found, 1 and up */
	int64_t since;	   /* when `b` was registered */
};
/* How much speaks for two records being one person, in steps; 0: they are no pair. */
struct reg_scales {
	unsigned (*weigh)(void *self, const struct id *a, const struct id *b);
	void *self;
};
/* How far it is through the register. */
struct reg_looked {
	uint64_t at, people;
	bool more; /* to be looked at now */
};
/*
 * Look on for pairs: each of the next `people` of the register is compared with the few
 * who are called most like her and came before her.  Who is registered, or amended, is
 * looked at when it is her turn.  More pairs than there is room for push the weakest out;
 * once half of those kept are decided, everybody is looked at anew.  Between begin and end,
 * also several at once.
 */
struct reg_looked reg_pairs_look(struct reg *r, const struct reg_scales *scales, uint32_t people);
struct reg_pairs {
	/* That wait for a decision: the strongest first, of these the oldest. */
	struct reg_pair pairs[REG_PAIRS_MAX];
	size_t count;
	struct reg_looked looked;
};
/* What was found so far; between begin and end. */
void reg_pairs(struct reg *r, struct reg_pairs *out);

/* Whether a decision of the two touches a grant, and takes a second person (rule 15). */
bool reg_pair_takes_two(const struct state *s, const struct id *a, const struct id *b);

/* A case number ("PSH-26-00042-K"), with /n the n-th member, 32 hex digits, or a
 * document's digits that only one person has; to be called between begin and end. */
MUST_USE enum err reg_resolve(struct reg *r, const struct state *s, enum subject_sort sort,
			      struct text name, struct id *out, struct fault *f);

/* How many people the site receives by appointment on a day. */
struct reg_day {
	int32_t day;
	/* By what it is set, the most particular: nothing, all days, days of the week, dates. */
	enum { DAY_OPEN, DAY_OF_ALL, DAY_OF_WEEK, DAY_DATED } set_by;
	uint32_t people_max; /* unless it is open; 0: the site is closed */
	uint32_t taken;
	struct text reason; /* of the state */
};
bool reg_day_has_room(const struct reg_day *d);
/* `count` days from out[0].day on; between begin and end. */
void reg_days(struct reg *r, const struct state *s, struct reg_day *out, size_t count);

/* Whether one whom a list named by this key was erased here; between begin and end. */
MUST_USE enum err reg_was_erased(struct reg *r, struct text source_key, bool *out, struct fault *f);

/* What every rule says to `kind` for this person now; between begin and end. */
MUST_USE enum err reg_ready(struct reg *r, const struct session *by, const struct state *s,
			    const struct id *person, enum kind kind,
			    struct verdict verdicts[RULES_COUNT + 1], struct arena *a,
			    struct fault *f);

/* How many people's files an account may open within an hour: forty households of seven, a
 * desk on its busiest day; too few to copy a register.  Whoever reads more has a reason to
 * talk to somebody. */
#define OPENINGS_AN_HOUR 300
/* How many more this account may open now. */
uint32_t reg_openings_left(struct reg *r, const struct session *by);
/* Seconds until it may open one more; 0: it may now, or the register is locked. */
unsigned reg_openings_wait_s(struct reg *r, const struct session *by);
/* Record that this account read the person's file, before reg_read_begin() to show it.
 * ERR_LIMIT: too many within an hour. */
MUST_USE enum err reg_opened(struct reg *r, const struct session *by, const struct id *person,
			     int64_t purpose, struct fault *f);

/* How many questions an account may ask within an hour: a desk that registers forty
 * households looks for each of them, and again for what was misheard. */
#define SEARCHES_AN_HOUR 200

/* What somebody looked for a person by, and how many were shown to her. */
struct reg_search {
	struct text words; /* folded */
	int64_t purpose;   /* OPENING; 0: not said */
	uint32_t shown;
};
/*
 * Record that this account looked for somebody, before what was found is shown.  A question
 * is recorded once: whoever types on, or takes back what she typed, within two minutes
 * and forty wordings, still asks the same one.  The words are compared with those before,
 * kept in memory until the next question or the lock, and recorded nowhere.
 * ERR_LIMIT: too many questions within an hour.
 */
MUST_USE enum err reg_searched(struct reg *r, const struct session *by, const struct reg_search *s,
			       struct fault *f);

/* Full history of a subject, from the disk, in the order of the fold.  Fields that the
 * account's roles may not see are not given; what was erased is left out. */
MUST_USE enum err reg_history(struct reg *r, const struct session *by, const struct id *subject,
			      struct arena *a, const struct fact **out, size_t *count,
			      struct fault *f);

/*
 * A signed receipt for a fact of this register, for the person to take home: it names
 * nobody and no case.  ERR_DENIED: this account could not have recorded such a fact.
 */
MUST_USE enum err reg_receipt(struct reg *r, const struct session *by, const struct fact_ref *ref,
			      struct arena *a, struct text *out, struct fault *f);

/*
 * A number that grows with everything that is recorded, with locking and unlocking and with
 * each backup: who knows it, knows whether there is anything new.  It begins with the clock's milliseconds,
 * so that what a browser knows of before a restart is not taken for what is now.
 */
uint64_t reg_moment(struct reg *r);
/* Wait until it is another than `known`, reg_wake() is called, or `wait_ms` are over;
 * gives it. */
uint64_t reg_wait(struct reg *r, uint64_t known, int wait_ms);
/* All that wait come back, now and from now on: the register is about to close. */
void reg_wake(struct reg *r);

/* Roles of the account now; 0: closed or unknown. */
uint16_t reg_roles(struct reg *r, const struct session *by);

/* Name for those who may not see the name: six letters and digits from the id. */
#define ALIAS_SIZE 8
void alias_of(char out[ALIAS_SIZE], const struct id *person);

/* --- published figures --------------------------------------------------------------- */

/*
 * Publish every closed week, and every closed four weeks, that has not gone out yet, the
 * oldest first: each as facts table.published that hold its numbers, recorded as one unit.
 * What happened is counted by when it was recorded; what comes late enters the next one.
 * *count gets how many went out.  ERR_DENIED, ERR_LOCKED.
 */
MUST_USE enum err reg_publish(struct reg *r, const struct session *by, size_t *count,
			      struct fault *f);

/* A release as it went out. */
struct reg_release {
	struct release release;
	struct text vintage;		  /* by which list of areas */
	int64_t published;		  /* when, in seconds */
	struct hash hashes[FIGURE_COUNT]; /* of each table, as recorded */
};
/*
 * Read it from the facts that hold it, into `a`; nothing is counted again.
 * ERR_NOT_FOUND: that period has not gone out.  ERR_DAMAGED: its numbers are not those that
 * were hashed.
 */
MUST_USE enum err reg_release(struct reg *r, const struct session *by, struct period period,
			      struct arena *a, struct reg_release *out, struct fault *f);
/* The newest period that has gone out, a week or four weeks.  ERR_NOT_FOUND: none. */
MUST_USE enum err reg_release_newest(struct reg *r, const struct session *by, bool week,
				     struct period *out, struct fault *f);

/* The same for anybody, between reg_public_begin() and reg_public_end(), also while the
 * register is locked; of the newest, a week. */
MUST_USE enum err reg_public_release(struct reg *r, const struct reg_public *p,
				     struct period period, struct arena *a, struct reg_release *out,
				     struct fault *f);
MUST_USE enum err reg_public_release_newest(struct reg *r, const struct reg_public *p,
					    struct period *out, struct fault *f);

/* What goes with a bulletin, for whoever wants to check it; texts in the caller's arena. */
struct reg_seal {
	struct text note;	/* a signed statement over the bulletin's hash */
	struct text checkpoint; /* of the log in which its tables are */
	struct text key;	/* verifier key of both */
};
MUST_USE enum err reg_bulletin_seal(struct reg *r, const struct session *by,
				    const struct statement *bulletin, struct arena *a,
				    struct reg_seal *out, struct fault *f);

#define BULLETIN_FILES_MAX 24
/* A week's bulletin as files: `name` without a folder, `contact` may be empty. */
struct reg_bulletin_files {
	struct period week;
	struct text contact;
	struct reg_bulletin_file {
		struct text name;
		struct bytes body;
	} at[BULLETIN_FILES_MAX];
	size_t count;
};
/*
 * Keep them for anybody, byte for byte, in place of those of the bulletin before; for who
 * may publish.  ERR_DENIED, ERR_LOCKED.
 */
MUST_USE enum err reg_bulletin_keep(struct reg *r, const struct session *by,
				    const struct reg_bulletin_files *b, struct fault *f);

/* What is kept; week "2026-W47", empty: nothing. */
struct reg_kept_bulletin {
	struct text week, contact;
	struct reg_kept_file {
		struct text name;
		size_t size;
	} files[BULLETIN_FILES_MAX];
	size_t count;
};
/* For anybody, also while locked, into `a`. */
MUST_USE enum err reg_bulletin_kept(struct reg *r, struct arena *a, struct reg_kept_bulletin *out,
				    struct fault *f);
/* The bytes of one.  ERR_NOT_FOUND: none of that name is kept. */
MUST_USE enum err reg_bulletin_file(struct reg *r, struct text name, struct arena *a,
				    struct bytes *out, struct fault *f);

/*
 * All public facts of `kind` (instruments, figures, tables, terms, …) in the order of site,
 * epoch and seq, into `a`; also while locked, and for anybody.  A later fact about the same
 * subject stands behind an earlier one: what follows from that is the caller's to say.
 */
MUST_USE enum err reg_public(struct reg *r, enum kind kind, struct arena *a,
			     const struct fact **out, size_t *count, struct fault *f);

/* --- case numbers --------------------------------------------------------------- */

/* SITE-YY-NNNNN-C: C is a letter that finds any one wrong character, and any two
 * neighbours that have changed places. */
#define CASE_NUMBER_MAX 24
void case_number_write(char out[CASE_NUMBER_MAX], struct text site_code, int year,
		       uint64_t counter);
/* ERR_INPUT: not of this form, or the check letter does not fit. */
MUST_USE enum err case_number_check(struct text t, struct fault *f);

/* --- what outsiders keep --------------------------------------------------------- */

struct reg_signed {
	struct text note; /* the newest signed checkpoint: proof/proof.h */
	struct text key;  /* by which it is verified */
};
/* Into `a`; also while locked.  ERR_NOT_FOUND: nothing was signed yet in this epoch. */
MUST_USE enum err reg_checkpoint(struct reg *r, struct arena *a, struct reg_signed *out,
				 struct fault *f);

/* --- keeping it ----------------------------------------------------------------- */

struct reg_status {
	struct site_state site;
	struct origin self;
	bool locked;
	uint64_t facts, log_bytes;
	uint64_t persons, households; /* 0 while locked */
	int64_t last_backup;	      /* seconds; 0: never */
	uint64_t erasures_unlisted;   /* that no backup and no list away from here knows of */
	uint64_t checkpoint_size;     /* of the last signed checkpoint */
	bool clock_jumped;	      /* until clock.confirmed */
	struct state_counts counts;
};
MUST_USE enum err reg_status(struct reg *r, struct reg_status *out, struct fault *f);

/* What was proved, and what could not be. */
struct reg_proof {
	uint64_t facts, envelopes_opened, commitments_checked, unreadable, unknown;
	uint64_t tiles, slots;
	bool checkpoint_held; /* the tree extends it, and each older epoch's its own */
	bool checkpoint_there;
	bool folded;	  /* false: locked, not tried */
	bool folds_agree; /* twice, in different orders, and with the one in memory */
	uint64_t damaged; /* facts that are not what was written */
	struct fact_ref first_damaged;
};
/* Of one moment: others read and record meanwhile, and wait for a part of it at most. */
MUST_USE enum err reg_verify(struct reg *r, const struct reg_progress *progress,
			     struct reg_proof *out, struct fault *f);
/* Whether all that could be tried was as it should be. */
bool reg_proof_is_sound(const struct reg_proof *p);

/*
 * A copy at `path`, made while others read and record, and beside it, at `path.erasures`, the
 * list of those erased.  When this returns OK both are on the medium and were read back
 * from it: it may be removed.  `progress` (may be NULL) is told of the reading back.
 * Nothing is left behind otherwise, where the medium still lets it be removed.
 * ERR_BUSY: `path` exists.  ERR_FULL: no room, or no file may be that large there.
 * ERR_DAMAGED: the medium gives back something else than was written.
 */
MUST_USE enum err reg_backup(struct reg *r, const char *path, const struct reg_progress *progress,
			     struct fault *f);
/*
 * Write the list of those erased to `path`, on another medium than the backups; it was
 * read back when this returns OK.  *count gets how many are on it.
 */
MUST_USE enum err reg_erasures(struct reg *r, const char *path, uint64_t *count, struct fault *f);

/* Lists of those erased since a backup, all of which are erased again. */
#define RESTORE_LISTS_MAX 32
struct reg_restoring {
	const char *path; /* the backup */
	const char *dir;  /* a new folder */
	const char *const *lists;
	size_t list_count; /* 0 to RESTORE_LISTS_MAX */
};
/*
 * A backup becomes a register in a new folder, and a new epoch begins.
 * ERR_DAMAGED: the backup is not what was written.  ERR_INPUT: a list is none.
 */
MUST_USE enum err reg_restore(struct world *w, const struct reg_restoring *what, struct fault *f);
