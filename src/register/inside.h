/*
 * inside: what the files of register/ share.
 *
 * Three locks, always taken in this order:
 *
 *   copying  a mutex: who makes a backup: two to the same path would clear each
 *            other's copy away.
 *   turn     a mutex: who may change anything: a batch of the writer, unlocking,
 *            locking, a new passphrase, a backup's checkpoint.  Held across the disk.
 *   gate     readers and one writer: the state and the keys in memory.  Changed only
 *            by who holds turn as well, so that either is enough to read.  Never held
 *            across a write to the disk.
 *
 * The queue's mutex, the clock's, those of the moments, of the questions and of who are leaves:
 * nothing is taken under them.  That of the pairs is taken inside the gate, before who's.
 * Before all of them stands `listing`, for which nobody waits: who reads a list of others.
 * Behind them stands `showing`: who folds what is public; the log and the moment are read
 * under it.
 *
 * Settings of the log, all public or sealed by themselves:
 *
 *   salt              32 random bytes: keys the hashes of login names
 *   login/<hash>      id of the account; <hash> is BLAKE2b of the folded name keyed
 *                     with the salt: a stolen disk lets names be guessed at, one by
 *                     one, and not be read
 *   keyring/<id>      the site's keys, wrapped by an account's passphrase
 *   keyring/recovery  the same, wrapped by the two halves together
 *   totp/<id>         the account's authenticator, sealed: totp.c
 *   totp-begun/<id>   one that no code was seen of yet
 *   checkpoint        the newest signed one of this epoch
 *   checkpoint/<n>    the last one of epoch n, before a restore
 *   clock             there: the clock jumped and nobody has confirmed it
 *   cases/<yy>        counter of the last case number given in that year, u64le
 *   packs/<yy>        the same of those reserved for paper forms: cases.c
 *   pack/<yy>-<n>     number n of these was taken then, seconds, u64le
 *   backup            when the last backup was made, seconds, u64le
 *   members/<id>      highest number given in this household, where somebody left it or
 *                     was erased, u64le
 *   erased/<id>       this subject's keys were destroyed then: erasures.c
 *   source/<hash>     whom a list named so was erased, seconds, u64le: sources.c
 *   listed            how many of these were on the last list written, u64le
 *   public            there: each public fact is on the list below
 *   public/<k>/<s>/<e>/<n>   a fact of kind k in clear, by site, epoch and seq: public.c
 */
#pragma once

#include <assert.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

#include "base/buffer.h"
#include "proof/proof.h"
#include "register/register.h"
#include "register/who.h"

/* --- clock.c -------------------------------------------------------------------- */

struct clock_watch {
	pthread_mutex_t lock;
	bool watched, jumped;
	bool adrift;		    /* jumped, and no time is known from which to go on */
	int64_t wall_ms, steady_ms; /* both at the start, or when last confirmed        */
	int64_t from_ms;	    /* time that was believed at steady_ms              */
	int64_t ahead_ms;	    /* of the wall clock, by which `recorded` goes on   */
	int64_t last;		    /* newest `recorded`; 0: none known                 */
};
struct clock_now {
	int64_t seconds;      /* for `recorded`: never before the last              */
	int64_t claims_until; /* no later time is taken for something that happened */
	bool jumped;
};

void clock_start(struct clock_watch *c, struct world *w);
/* Before other threads know it; `jumped`: as the settings say. */
void clock_be_watched(struct clock_watch *c, bool jumped);
void clock_end(struct clock_watch *c);
/* The facts are known now, the newest is of `last`. */
void clock_know_last(struct clock_watch *c, struct world *w, int64_t last);
struct clock_now clock_now(struct clock_watch *c, struct world *w);
/* A fact with this `recorded` is on the disk. */
void clock_recorded(struct clock_watch *c, int64_t recorded);
void clock_confirm(struct clock_watch *c, struct world *w);

/* --- moment.c ------------------------------------------------------------------- */

/* What those wait for who want to know of anything new. */
struct moments {
	pthread_mutex_t lock;
	pthread_cond_t passed;
	uint64_t now;
	bool woken; /* nobody waits any more */
};

void moments_start(struct moments *m, struct world *w);
void moments_end(struct moments *m);
/* There is something new. */
void moment_pass(struct moments *m);

/* --- openings.c ----------------------------------------------------------------- */

/* A file that was read, or a question by which somebody was looked for. */
struct opening {
	int64_t at; /* when recorded */
	struct id account;
	enum kind kind; /* KIND_RECORD_OPENED or KIND_SEARCH_MADE */
};
/* Of this site within the last hour, oldest first. */
struct openings {
	struct opening *lines;
	size_t first, count, room;
};

/* ERR_MEMORY alone; other kinds, and facts of another site, leave it as it is. */
MUST_USE enum err openings_take(struct openings *o, const struct id *site, const struct fact *fact);
void openings_free(struct openings *o);
/* How many of a kind are this account's; *oldest is when the first of them was, else left
 * alone. */
uint32_t openings_of(const struct openings *o, enum kind kind, const struct id *account,
		     int64_t now, int64_t *oldest);

/* --- searches.c ------------------------------------------------------------------- */

#define QUESTIONS_MAX 32
#define QUESTION_SIZE_MAX 400

/* What each of the newest accounts asked last. */
struct questions {
	pthread_mutex_t lock;
	struct question_asked {
		struct id account; /* none: free */
		int64_t begun;
		unsigned wordings;
		size_t size;
		char words[QUESTION_SIZE_MAX];
	} asked[QUESTIONS_MAX];
};

void questions_start(struct questions *q);
void questions_end(struct questions *q);
void questions_wipe(struct questions *q);

/* --- pairs.c ---------------------------------------------------------------------- */

/* Those that wait, and those left open until later. */
#define PAIRS_KEPT_MAX 1000

struct pairs {
	pthread_mutex_t lock;
	uint32_t next;	 /* number in `who` of who is looked at next */
	uint32_t looked; /* people, some of them more than once */
	bool lost;	 /* some found no room since it began with the first one */
	size_t count;
	struct reg_pair kept[PAIRS_KEPT_MAX]; /* in the order in which they are shown */
};

void pairs_start(struct pairs *p);
void pairs_end(struct pairs *p);
void pairs_wipe(struct pairs *p);

/* --- passphrase.c --------------------------------------------------------------- */

/* In Unicode's form C, as it opens a keyring. */
MUST_USE enum err passphrase_nfc(struct secret **out, const struct secret *given, struct fault *f);

/* Whose passphrase it is to be, and where. */
struct passphrase_place {
	bool demo; /* made-up people only: any will do */
	struct text account, site;
};
/* ERR_LIMIT: too long.  ERR_INPUT: too short, no text, or easily guessed. */
MUST_USE enum err passphrase_check(const struct secret *passphrase,
				   const struct passphrase_place *place, struct fault *f);

/* --- totp.c --------------------------------------------------------------------- */

#define TOTP_CODE_SIZE 7
/* The six digits of one step of 30 s since 1970, zero-ended; false: no memory. */
MUST_USE bool totp_code(char out[TOTP_CODE_SIZE], struct bytes secret, uint64_t step);

/* --- keyring.c ------------------------------------------------------------------ */

/* What a login opens: all of it in locked memory. */
struct site_secrets {
	struct site_keys site;
	struct secret *seed; /* of the signatures */
};
MUST_USE enum err site_secrets_new(struct site_secrets *out, struct world *w, struct fault *f);
MUST_USE enum err site_secrets_copy(struct site_secrets *out, const struct site_secrets *k,
				    struct fault *f);
void site_secrets_free(struct site_secrets *k); /* wipes; NULLs are harmless */

#define SALT_SIZE 32
#define SETTING_NAME_MAX 80
#define KEYRING_ENTRY_SIZE (1 + 4 + 8 + 16 + 24 + 2 * KEY_SIZE + SIGN_SEED_SIZE + 16)
#define RECOVERY_SECRET_SIZE 25

/* How hard a passphrase is to try: Argon2id's two limits. */
struct hardness {
	uint32_t operations;
	uint64_t memory_bytes;
};
/* Moderate; the least that there is for a demo register. */
struct hardness hardness_of(bool demo);

/* Whose entry: an account's, or the recovery sheet's. */
struct holder {
	struct id site, account; /* account zero: recovery */
};
/* Wrap `k`; `passphrase` is an account's, or the recovery secret. */
MUST_USE enum err keyring_wrap(uint8_t out[KEYRING_ENTRY_SIZE], const struct site_secrets *k,
			       const struct holder *h, const struct secret *passphrase,
			       struct hardness hard, struct world *w, struct fault *f);
/* ERR_DENIED: not this passphrase.  ERR_DAMAGED: no entry of this form. */
MUST_USE enum err keyring_open(struct site_secrets *out, struct bytes entry, const struct holder *h,
			       const struct secret *passphrase, struct fault *f);
/* Takes as long as keyring_open() of an entry of that hardness: for a name unknown. */
void keyring_waste(const struct secret *passphrase, struct hardness hard);

void keyring_setting(char out[SETTING_NAME_MAX], const struct id *account);
/* ERR_INPUT: no name, or too long. */
MUST_USE enum err login_setting(char out[SETTING_NAME_MAX], struct text name,
				const uint8_t salt[SALT_SIZE], struct fault *f);

/* --- recovery.c ----------------------------------------------------------------- */

/* Print `secret` in two halves, neither of which says anything about it. */
MUST_USE enum err recovery_split(struct reg_recovery *out, const struct secret *secret,
				 struct world *w, struct fault *f);
/* ERR_INPUT: a half is mistyped, or both are the same half. */
MUST_USE enum err recovery_join(struct secret **out, struct text half_a, struct text half_b,
				struct fault *f);

/* --- account.c ------------------------------------------------------------------ */

/* How often accounts got another passphrase since the register was opened. */
struct renewals {
	struct renewal {
		struct id account;
		uint32_t count;
	} * lines;
	size_t line_count;
	uint32_t of_all; /* counts for every account: there was no memory for a line */
};

/* --- the register --------------------------------------------------------------- */

struct submission;
struct writer;

struct reg {
	/* never changes while it is open */
	struct world *world;
	const struct atlas *atlas;
	struct arena *arena; /* of what lives as long as the register */
	const char *dir;
	struct log *log;
	struct origin self;
	struct site_state site;
	const struct zone *zone;
	struct hash sign_key;
	uint8_t salt[SALT_SIZE];
	struct writer *writer;
	pthread_key_t depth; /* how many reads this thread is in */
	sem_t derivations;   /* key derivations that may still begin */
	struct clock_watch clock;
	struct moments moments;
	struct questions questions;
	struct pairs pairs;

	pthread_mutex_t showing;     /* of what is next */
	struct public_state *public; /* the newest; NULL: nobody asked while it was locked */

	pthread_mutex_t listing;
	pthread_mutex_t copying;
	pthread_mutex_t turn;
	pthread_rwlock_t gate;

	/* under turn and gate */
	struct state *state; /* NULL: locked */
	struct site_secrets keys;
	struct who *who; /* of all in `state` */
	struct openings openings;
	struct renewals renewals; /* stay where it is locked */
	struct fault damage;	  /* key not NULL: why nobody reads or writes */

	/* under turn */
	struct checkpoint signed_last;	  /* size 0: none */
	atomic_uint_fast64_t signed_size; /* its size, also for who waits for nobody */
	bool clock_stored;		  /* the jump is in the settings */
	struct fault unsigned_why; /* key not NULL: the log does not extend it; nobody writes */
};

#define CHECKPOINT_EVERY 1000
#define CHECKPOINT_SETTING "checkpoint"
#define CLOCK_SETTING "clock"
#define SALT_SETTING "salt"
#define BACKUP_SETTING "backup"
#define LISTED_SETTING "listed"
#define ERASED_PREFIX "erased/"
#define CASES_PREFIX "cases/"
#define PACKS_PREFIX "packs/"
#define MEMBERS_PREFIX "members/"
#define SOURCE_PREFIX "source/"
#define PUBLIC_SETTING "public"
#define PUBLIC_PREFIX "public/"
#define LISTED "1" /* what a setting holds whose name says all */

/* Two derivations at a time, however many log in. */
void derivation_begin(struct reg *r);
void derivation_end(struct reg *r);

/* The gate for this thread, also where it is inside already. */
void gate_enter(struct reg *r);
void gate_leave(struct reg *r);
bool gate_is_inside(struct reg *r);

/* A setting that may be absent: then empty. */
MUST_USE enum err setting_or_none(struct reg *r, const char *name, struct arena *a,
				  struct bytes *out, struct fault *f);
/* Change settings alone; under turn. */
MUST_USE enum err settings_write(struct reg *r, const struct log_setting *settings, size_t count,
				 struct fault *f);

/* Make the keys in `k` (taken, left NULL) those of the register and fold all facts;
 * under turn. */
MUST_USE enum err unlock(struct reg *r, struct site_secrets *k, const struct reg_progress *progress,
			 struct fault *f);
/* Wipe keys and state; under turn. */
void lock_up(struct reg *r);

/* --- checkpoints: checkpoint.c -------------------------------------------------- */

/* Read the signed one and hold it against the tree; fills signed_last, unsigned_why. */
MUST_USE enum err checkpoint_hold(struct reg *r, struct fault *f);
/* Whether those of earlier epochs hold against their trees. */
MUST_USE enum err checkpoints_hold_old(struct reg *r, bool *held, struct fault *f);
/* Sign the tree as it is, where it has grown and the keys are here; under turn. */
MUST_USE enum err checkpoint_renew(struct reg *r, struct fault *f);

/* --- entries of the log as facts: entry.c --------------------------------------- */

#define SLOT_STORED_SIZE (2 * WRAPPED_KEY_SIZE)
MUST_USE enum err slot_read(struct slot *out, const struct id *subject, struct bytes stored,
			    struct fault *f);
void slot_store(uint8_t out[SLOT_STORED_SIZE], const struct slot *slot);
/* ERR_NOT_FOUND: erased. */
MUST_USE enum err subject_keys_read(struct reg *r, const struct site_keys *site,
				    const struct id *subject, struct subject_keys *out,
				    struct fault *f);
/*
 * Open an entry; `keys` NULL: a public one.  A public one is held against its
 * commitment, a sealed one says itself whether it is whole.
 */
MUST_USE enum err entry_open(struct fact *out, struct arena *a, const struct origin *o,
			     const struct log_entry *e, const struct subject_keys *keys,
			     struct fault *f);
/* The same, as one likes it. */
struct entry_opening {
	const struct origin *origin;
	const struct log_entry *entry;
	const struct subject_keys *keys;
	identity_wanted *wanted; /* as for fact_open_wanted() */
	bool held_against_leaf;	 /* only where all of it is wanted */
};
MUST_USE enum err entry_open_as(struct fact *out, struct arena *a, const struct entry_opening *how,
				struct fault *f);
/* One fact from the disk.  ERR_NOT_FOUND, which tells no fault: erased, or there is none. */
MUST_USE enum err entry_read(struct reg *r, const struct site_keys *site,
			     const struct fact_ref *ref, struct arena *a, struct fact *out,
			     struct fault *f);
struct sealing {
	struct world *world;
	struct buffer *scratch; /* of ENVELOPE_SIZE_MAX */
	struct arena *arena;	/* where envelopes stay */
};
/* Seal `fact` as an entry for the log; `keys` NULL: a public one. */
MUST_USE enum err entry_seal(struct log_entry *out, const struct sealing *s,
			     const struct fact *fact, const struct subject_keys *keys,
			     struct fault *f);
/* Bytes of a fact with all its parts, at most. */
#define FACT_MEMORY_MAX (4 * 1024 * 1024)

/* --- folding it all: fold.c ----------------------------------------------------- */

enum fold_order {
	FOLD_AS_LOGGED,
	/* Of all subjects, in a large register of some of them, the facts come last and in
	 * any order: as late and as concurrent as they ever could. */
	FOLD_SHUFFLED,
};

struct fold_count {
	uint64_t facts, opened, commitments, unreadable, unknown, damaged;
	struct fact_ref first_damaged;
	struct fault first_fault;
};
/*
 * A new state of all facts of the log; the caller frees it.  Facts that do not open
 * although their key is there are counted as damaged and left out.  `whole`: open also
 * what nothing is folded of, and hold each fact against its leaf.  `out` NULL: look
 * only.  `keys` NULL: public facts only.  Two threads share the work (ahead.h); `told`
 * is called by the caller's.
 */
struct fold_how {
	enum fold_order order;
	bool whole;
	const struct site_keys *keys;
	const struct reg_progress *progress;
	uint64_t own_length;	   /* of the own origin only so many; 0: all */
	struct openings *openings; /* filled on the way; NULL: nobody asks */
};
MUST_USE enum err fold(struct reg *r, const struct fold_how *how, struct state **out,
		       struct fold_count *count, struct fault *f);

/* --- the writer: writer.c ------------------------------------------------------- */

struct submission {
	/* by who submits */
	const struct session *by; /* NULL: the register itself */
	enum deed deed;		  /* DEED_NONE: that of recording each kind */
	bool inside;		  /* of the register's own making: kinds that no door takes */
	struct fact *facts;
	size_t count;
	const struct reg_known *known;
	size_t known_count;
	struct arena *arena; /* for the answer */
	struct submission_answer *answer;
	struct fault *fault;
	const struct log_setting *settings; /* to change with it */
	size_t setting_count;

	/* by the writer */
	enum err err;
	bool recording;
	sem_t woken;
	struct submission *next;
};

MUST_USE enum err writer_start(struct reg *r, struct fault *f);
/* After the submissions that wait; NULL writer is harmless. */
void writer_stop(struct reg *r);
/* Hand in and wait. */
MUST_USE enum err writer_submit(struct reg *r, struct submission *s);
/* Record one fact of the register's own making, for which nobody wants an answer: record.c. */
MUST_USE enum err record_own(struct reg *r, const struct session *by, enum deed deed,
			     struct fact *fact, struct fault *f);

/* --- checking: propose.c, subjects.c, places.c, fill.c, question.c -------------- */

/* A series of case numbers, by the counter of the last one. */
struct case_series {
	uint64_t last;
	bool given; /* one was, in this batch */
};
/* The two series of a year: what the register gives, and what it reserves for paper. */
struct case_counters {
	int year; /* of two digits; -1: not read yet */
	struct case_series cases, packs;
};
void members_setting(char out[SETTING_NAME_MAX], const struct id *household);
/* Plain digits and small letters of a paper's number, as it is searched for; in `a`. */
struct text plain_number(struct arena *a, struct text number);

struct proposing {
	struct reg *reg;
	struct world *chance; /* nothing but its chance() */
	struct submission *submission;
	struct arena *arena;   /* the caller's: what is filled into the facts  */
	struct arena *scratch; /* of the batch: what the checks need meanwhile */
	const struct state *state;
	struct preview *preview; /* the state with the submission's earlier facts on top */
	struct account actor;
	uint64_t seq_first;
	struct clock_now now;
	struct case_counters *counters;
};
/*
 * Check one submission and fill its facts; the answer says refused or repeated.
 * *record: its facts are to be recorded.
 */
MUST_USE enum err propose(struct proposing *p, bool *record, struct fault *f);

/* The checks of one fact, in this order; each stands on those before it.  ERR_INPUT. */
/* subjects.c: its subject and those that it names are there, and of the right sort. */
MUST_USE enum err check_subjects(const struct proposing *p, const struct fact *fact,
				 struct fault *f);
/* places.c: areas and places are in the atlas; areas are put into their keys. */
MUST_USE enum err check_places(struct proposing *p, struct fact *fact, struct fault *f);
/* subjects.c: the fact that it names, in *named; NULL: it names none. */
MUST_USE enum err check_named(struct proposing *p, const struct fact *fact,
			      const struct fact **named, struct fault *f);
/* fill.c: what makes no sense beside the constitution; and what the register gives. */
MUST_USE enum err fill_fact(struct proposing *p, struct fact *fact, const struct fact *named,
			    struct fault *f);

/*
 * texts.c: steps of fill_fact().  A step that is about a version of the text has its hash,
 * and it is the one that was given; what a step has named so takes no paragraph any more.
 * ERR_INPUT.
 */
MUST_USE enum err fill_step(struct proposing *p, struct fact *fact, const struct fact *named,
			    struct fault *f);
MUST_USE enum err check_paragraph(struct proposing *p, struct fact *fact, const struct fact *named,
				  struct fault *f);

/* days.c: a step of fill_fact(): there is room on the day.  ERR_INPUT. */
MUST_USE enum err check_appointment(struct proposing *p, struct fact *fact,
				    const struct fact *named, struct fault *f);
/* That two appointments of one day are not given in one batch. */
struct id appointment_day(const struct reg *r, const struct fact *appointment);

/* fill.c: whoever departs has a seat there, and has not left already.  Asked after the
 * rules: why she may not go is worth more than that she has no seat. */
MUST_USE enum err check_seated(const struct proposing *p, const struct fact *fact, struct fault *f);

/* openings.c: whoever opens a file, or looks for somebody, has not done so too often.
 * ERR_LIMIT. */
MUST_USE enum err check_openings(const struct proposing *p, struct fault *f);

/* sharing.c: she has agreed to what this export.requested asks for.  ERR_INPUT. */
MUST_USE enum err check_agreement(struct proposing *p, const struct fact *request, struct fault *f);

/* Of whom and when the rules are asked. */
struct asking {
	const struct reg *reg;
	const struct state *state;
	const struct preview *preview;
	struct clock_now now;
	struct arena *arena;
};
/* question.c: all that a rule may look at. */
MUST_USE enum err question_make(struct question *out, const struct asking *a,
				const struct fact *fact, const struct fact *named, struct fault *f);
/* Whether any rule guards the kind. */
bool kind_is_guarded(enum kind k);

/* --- doubles.c ------------------------------------------------------------------ */

#define DOUBLES_MAX 16

/* All records of one person. */
struct doubles {
	struct id ids[DOUBLES_MAX]; /* the one asked for first */
	size_t count;
	bool unsure; /* one does not say the same of another, or there are more */
};
void doubles_of(const struct preview *p, const struct id *person, struct doubles *out);
/* The part of a question about these. */
MUST_USE enum err fill_doubles(struct question *q, const struct asking *a, struct fault *f);
/* question.c: of which other record the fact decides; NULL: of none. */
const struct id *other_of_pair(const struct fact *fact);

/* --- the rest ------------------------------------------------------------------- */

/* --- cases.c: numbers that are given, taken from a paper, or reserved for one -------- */

void cases_setting(char out[SETTING_NAME_MAX], const char *prefix, int year);
/* The counter that comes `steps` after `last`, past those kept for paper forms. */
uint64_t case_counter_after(uint64_t last, uint64_t steps);
/* The same among these; the last of them where there are no more. */
uint64_t pack_counter_after(uint64_t last, uint64_t steps);
/* A new number into `v`. */
MUST_USE enum err give_case_number(struct proposing *p, const struct fact *fact, struct value *v,
				   struct fault *f);
/*
 * The number that somebody names: put right, and hers to take.  ERR_INPUT: it is none, is
 * or was another household's, or is of this site and was reserved for no paper form.
 */
MUST_USE enum err take_case_number(struct proposing *p, const struct fact *fact, struct value *v,
				   struct fault *f);
/* Fill case-numbers.reserved, and tell the numbers in the answer. */
MUST_USE enum err reserve_case_numbers(struct proposing *p, struct fact *fact, struct fault *f);
/* The same numbers told again. */
MUST_USE enum err tell_reserved(struct proposing *p, const struct fact *then, struct fault *f);
/* The setting by which the number that `fact` takes off a paper form is never taken again;
 * false: it takes none. */
bool pack_setting(char out[SETTING_NAME_MAX], const struct reg *r, const struct fact *fact);

bool case_number_has_form(struct text t);
/* Its parts; `t` has the form. */
struct case_number {
	struct text code;
	int year;
	uint64_t counter;
};
struct case_number case_number_read(struct text t);
/* In capitals; the same text where it is too long to be one. */
struct text case_number_upper(char out[CASE_NUMBER_MAX], struct text t);
/* Day of an instant in the site's zone, and the last two digits of its year. */
int32_t site_day(const struct reg *r, int64_t seconds);
int site_year(const struct reg *r, int64_t seconds);

/* --- backup.c ------------------------------------------------------------------- */

/*
 * A folder in which a copy is made before it gets its name, marked as such.  What a
 * killed process has left there is cleared away first.
 * ERR_BUSY: there is something else in it.
 */
MUST_USE enum err part_begin(struct world *w, struct arena *a, const char *part, struct fault *f);
bool part_is_marked(struct world *w, struct arena *a, const char *part);
/* A log in it, as far as there is one, and the folder go. */
void part_clear(struct world *w, const char *part);
/* It has become `dir`, and is no such folder any more. */
void part_unmark(struct world *w, struct arena *a, const char *dir);

/* --- erasures.c ----------------------------------------------------------------- */

#define ERASURES_FILE "erasures"
#define ERASURES_SUFFIX ".erasures" /* of the list beside a backup */

/* One who was erased, and what must be known of her all the same. */
struct erased {
	struct id subject, household; /* household: none of a household itself */
	uint64_t member;	      /* highest number given in it */
	struct id source;	      /* none: no list named her */
};
#define ERASED_STORED_SIZE (8 + ID_SIZE + 8 + ID_SIZE)
void erased_setting(char out[SETTING_NAME_MAX], const struct id *subject);
/* What that setting holds. */
void erased_store(uint8_t out[ERASED_STORED_SIZE], int64_t when, const struct erased *e);

/* Write the list of those erased beside the log, where it is not so already. */
MUST_USE enum err erasures_publish(struct reg *r, struct fault *f);
/* Write it to `path`, and read it back from the medium; *count gets how many there are. */
MUST_USE enum err erasures_write(struct reg *r, const char *path, uint64_t *count, struct fault *f);
/* How many are on no list but the register's own. */
MUST_USE enum err erasures_unlisted(struct reg *r, uint64_t *out, struct fault *f);
/* Read such a list, into `a`.  ERR_INPUT: a line that is none. */
MUST_USE enum err erasures_read(struct world *w, const char *path, struct arena *a,
				struct erased **out, size_t *count, struct fault *f);
/* "dir/name", into `a`; NULL: no memory. */
char *path_in(struct arena *a, const char *dir, const char *name);

/* --- sources.c ------------------------------------------------------------------ */

/* The keyed hash of a list's key; false: there is none. */
bool source_of(struct id *out, const struct site_keys *site, struct text source_key);
void source_setting(char out[SETTING_NAME_MAX], const struct id *source);

/* --- public.c ------------------------------------------------------------------- */

/* Whether facts of this kind are for everybody; NULL: a kind that nobody knows. */
bool is_public(const struct kind_spec *k);
/* The setting that is written, with LISTED, beside each such fact that is appended. */
void public_setting(char out[SETTING_NAME_MAX], const struct fact *fact);
/* List those of a register of an earlier version; it is being opened. */
MUST_USE enum err public_list(struct reg *r, struct fault *f);
/* The listed facts of a kind, in the order of site, epoch and seq; into `a`. */
MUST_USE enum err public_refs(struct reg *r, enum kind kind, struct arena *a,
			      const struct fact_ref **out, size_t *count, struct fault *f);
/* One that is listed.  ERR_DAMAGED: it is not there. */
MUST_USE enum err public_read(struct reg *r, const struct fact_ref *ref, struct arena *a,
			      struct fact *out, struct fault *f);

/* --- public_state.c ------------------------------------------------------------- */

/* What is public, folded by itself, and for how many it stands. */
struct public_state {
	struct state *state;
	uint64_t moment; /* of the register, before it was folded */
	size_t users;
};
/* Of the facts that are listed now, or as it was kept; to be given back. */
MUST_USE enum err public_state_take(struct reg *r, struct public_state **out, struct fault *f);
void public_state_give_back(struct reg *r, struct public_state *p);
/* Nobody has one any more. */
void public_state_forget(struct reg *r);

/* --- backups: backup.c, seal.c -------------------------------------------------- */

#define SEAL_SIZE 48
/* Seal the copy of a log at `path`; all of it is on the medium, and out of memory. */
MUST_USE enum err backup_seal(struct world *w, const char *path, struct fault *f);
/*
 * Read the backup at `path` whole; the log in it goes to `to` (NULL: nowhere).
 * ERR_DAMAGED: its bytes are not those that were written.
 */
MUST_USE enum err backup_read(struct world *w, const char *path, struct file *to,
			      const struct reg_progress *progress, struct fault *f);

/* --- small things --------------------------------------------------------------- */

/* For a failure after which there is nothing else to do, and the caller says why. */
static inline void never_mind(enum err e)
{
	(void)e;
}

/* An arena of at most `limit` bytes for the time of a call. */
MUST_USE static inline enum err call_arena(struct arena **out, size_t limit, struct fault *f)
{
	enum err e = arena_new(out, limit);

	return e ? fault(f, e, "register.no-memory") : OK;
}

/* Tell a fault that was kept. */
static inline enum err fault_again(struct fault *f, const struct fault *kept)
{
	if (f && !f->key)
		*f = *kept;
	return kept->err;
}

static inline void store_u64(uint8_t out[8], uint64_t n)
{
	for (size_t i = 0; i < 8; i++)
		out[i] = (uint8_t)(n >> (8 * i));
}

/* 0 where it is not eight bytes. */
static inline uint64_t load_u64(struct bytes b)
{
	uint64_t n = 0;

	for (size_t i = 0; b.size == 8 && i < 8; i++)
		n |= (uint64_t)b.at[i] << (8 * i);
	return n;
}

/* Values as a proposal gives them. */
static inline struct value value_text(struct text t)
{
	return (struct value){ .given = true, .text = t };
}

static inline struct value value_number(int64_t n)
{
	return (struct value){ .given = true, .number = n };
}

static inline struct value value_hash(const struct hash *h)
{
	return (struct value){ .given = true, .hash = h };
}

static inline struct value value_list(const struct value *items, size_t count)
{
	return (struct value){ .given = true, .count = (uint16_t)count, .items = items };
}
