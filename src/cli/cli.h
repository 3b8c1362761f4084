/*
 * cli: what every command stands on: the register it asked for, who asks, the
 * language of the words, and the two ways out.
 *
 * Data goes to standard output, words and progress to standard error.  An answer
 * is built in memory and written once at the end, so that a broken pipe or a fault
 * half-way never leaves half an answer that looks whole.
 */
#pragma once

#include <stdio.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json.h"
#include "base/progress.h"
#include "base/words.h"
#include "cli/caller.h"
#include "cli/options.h"
#include "desk/desk.h"

/* What a command stands on. */
struct cli_ground {
	struct world *world;
	/* Of a running server that has its register open; NULL: there is none, and each
	 * command opens its own. */
	struct reg *reg;
	const struct atlas *atlas;
};

struct cli {
	struct command_line line;
	struct caller *caller;
	const struct cli_ground *ground;
	struct world *world;   /* the caller's, whose clock a demo register's own replaces */
	struct world *outside; /* as it came, with a clock that nobody sets */
	struct world_at clock; /* what `world` points at */
	struct arena *arena;   /* of the command */
	const struct atlas *atlas;
	struct atlas *own_atlas; /* to be freed; NULL: it is the ground's */
	struct words *words;
	struct buffer out; /* standard output, written at the end or by cli_flush() */
	bool json, quiet;
	bool colour_out;
	bool demo;	/* the register is a demo: every output says so */
	bool demo_said; /* and has said so */
	int zone_min;	/* of the register's site; 0 before one is open */
	struct reg *reg;
	struct session session;
	/* Who agrees beside who records, as her own passphrase has shown; NULL: nobody. */
	const char *second_name;
	struct id second;
	struct desk desk;  /* who asks, since the last cli_ask() */
	uint64_t unlisted; /* erasures on no list, when the register was opened */
	struct fault fault;
};

/*
 * Run one command line as `main` gets it, in `w`: its functions must not care at which
 * address it lies, since a command has a copy of it, whose clock a demo register sets.
 */
enum ending cli_run(struct world *w, int argc, char **argv);
/* The same for any caller; `ground` must outlive it. */
enum ending cli_run_for(const struct cli_ground *ground, struct caller *caller, int argc,
			char **argv);

/*
 * The register that the first argument names, opened but locked.  Whether it is a demo
 * is what its own first fact says, never a file beside it: only then its clock is set.
 */
MUST_USE enum err cli_open(struct cli *c);
/* Log in as --as or IKHTIAR_AS; the progress of unlocking is shown. */
MUST_USE enum err cli_login(struct cli *c);
/* The same, and the caller gets the passphrase, to be freed, also after a failure. */
MUST_USE enum err cli_login_keeping(struct cli *c, struct secret **passphrase);
/* Whom --second names, if anybody, proves that it is she, by all that a login takes of her:
 * c->second_name and c->second. */
MUST_USE enum err cli_prove_second(struct cli *c);
/* Log in where --as or IKHTIAR_AS says who; else stay locked. */
MUST_USE enum err cli_login_if_asked(struct cli *c);

/*
 * From now on `by` asks at the desk, and the answers live in `a`.  What the desk then gives
 * goes through cli_asked(): its fault becomes the command's.
 */
void cli_ask(struct cli *c, const struct session *by, struct arena *a);
MUST_USE enum err cli_asked(struct cli *c, enum err e);
/*
 * What a view of the desk wrote into `view`, as the answer of the command, one line; a
 * demo's says so.  `e` is how the view ended; `view` is empty afterwards.
 *
 *     struct buffer view = { 0 };
 *
 *     return cli_answer(c, desk_find(&c->desk, words, cli_view(c, &w, &view)), &view);
 */
MUST_USE enum err cli_answer(struct cli *c, enum err e, struct buffer *view);
/* Begin such a view, asked by whoever is logged in. */
struct json_writer *cli_view(struct cli *c, struct json_writer *w, struct buffer *view);
/* The subject that a word of the command line stands for: an id or a case number. */
MUST_USE enum err cli_subject(struct cli *c, enum subject_sort sort, const char *word,
			      struct id *out);

/*
 * The passphrase that options `file_option` / `fd_option` name, a demo register's own
 * for account `name` (NULL: never that), or asked for on the terminal.  ERR_DENIED at
 * once where there is no terminal.
 */
MUST_USE enum err cli_passphrase(struct cli *c, struct secret **out, const char *file_option,
				 const char *fd_option, const char *name);

/* The catalogue's sentence with its values, into the command's arena. */
const char *cli_say(struct cli *c, const char *key);
/* A word of the command line as it may be shown (utf8_shown). */
const char *cli_shown(struct cli *c, const char *word);
/* `words` with blanks behind them to `width` characters: printf counts bytes, and only
 * Latin letters have one each. */
const char *cli_padded(struct cli *c, const char *words, size_t width);
/* A line of words on standard error. */
void cli_tell(struct cli *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same of something that somebody should look at. */
void cli_caution(struct cli *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A line of data on standard output. */
void cli_line(struct cli *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* One JSON object as the answer of a command, with its end of line; a demo's says so. */
void cli_json_begin(struct cli *c, struct json_writer *w);
void cli_json_end(struct cli *c, struct json_writer *w);
/* The member "error" of such an object: key and sentence of the fault. */
void cli_json_error(struct cli *c, struct json_writer *w);
/*
 * At the end of a command, once: that the clock is not believed, and that somebody was
 * erased of whom no backup and no other list knows.
 */
void cli_warn(struct cli *c);
/*
 * Write what is in `out` now; it is empty afterwards.  ERR_IO: nobody can read it, and
 * the fault is this, whatever it was before.
 */
MUST_USE enum err cli_flush(struct cli *c);
/*
 * Tell the fault on standard error and give its ending.  What is still in `out` is half
 * an answer and goes; where JSON was asked for, the fault takes its place.
 */
enum ending cli_fail(struct cli *c);
/* The same where what is in `out` is worth having: it is written before. */
enum ending cli_fail_after(struct cli *c);
/* The ending that goes with an error. */
enum ending ending_of(enum err e);

/* "2025-04-04 10:00 +05:00" of an instant, in the register's zone; into the arena.
 * "" where it has no room. */
const char *cli_time(struct cli *c, int64_t seconds);
const char *cli_day(struct cli *c, int32_t day);

/* A bar for long work; `what` is a catalogue key.  Its told() goes to reg_progress. */
struct reg_progress cli_progress(struct cli *c, struct progress *bar, const char *what);

/* The verdicts of the rules that guard `kind`, as a table for people. */
void cli_verdicts(struct cli *c, const struct verdict verdicts[RULES_COUNT + 1], enum kind kind);
/* Whether all are met. */
bool cli_all_met(const struct verdict verdicts[RULES_COUNT + 1]);

/* A name as this account may see it: the name in the language's script, or the alias. */
const char *cli_person_name(struct cli *c, const struct state *s, const struct id *person);
