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
#include "cli/options.h"
#include "register/register.h"

struct cli {
	struct command_line line;
	struct world *world;
	struct world_at clock;   /* a demo register's, where --at was given */
	struct arena *arena;     /* of the command */
	struct atlas *atlas;
	struct words *words;
	struct buffer out;       /* standard output, written at the end or by cli_flush() */
	bool json, quiet;
	bool colour_out, colour_err;
	bool demo;               /* the register is a demo: every output says so */
	bool demo_said;          /* and has said so */
	int zone_min;            /* of the register's site; 0 before one is open */
	struct reg *reg;
	struct session session;
	struct fault fault;
};

/* The register that the first argument names, opened but locked. */
MUST_USE enum err cli_open(struct cli *c);
/* And logged in as --as. */
MUST_USE enum err cli_login(struct cli *c);
/* Log in where --as or IKHTIAR_AS says who; else stay locked. */
MUST_USE enum err cli_login_if_asked(struct cli *c);

/* The passphrase that options `file_option` / `fd_option` name, a demo register's
 * own for account `name`, or asked for on the terminal.  ERR_DENIED at once where
 * there is no terminal. */
MUST_USE enum err cli_passphrase(struct cli *c, struct secret **out, const char *file_option,
				 const char *fd_option, const char *name);

/* The catalogue's sentence with its values, into the command's arena. */
const char *cli_say(struct cli *c, const char *key);
/* A line of words on standard error. */
void cli_tell(struct cli *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A line of data on standard output. */
void cli_line(struct cli *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* One JSON object as the answer of a command, with its end of line; a demo's says so. */
void cli_json_begin(struct cli *c, struct json_writer *w);
void cli_json_end(struct cli *c, struct json_writer *w);
/* Write what is in `out` now. */
void cli_flush(struct cli *c);
/* Tell the fault on standard error (and as JSON where asked) and give its ending. */
enum ending cli_fail(struct cli *c);
/* The ending that goes with an error. */
enum ending ending_of(enum err e);

/* "2025-04-04 10:00 +05:00" of an instant, in the register's zone; into the arena. */
const char *cli_time(struct cli *c, int64_t seconds);
const char *cli_day(struct cli *c, int32_t day);

/* A bar for long work; `what` is a catalogue key.  Its told() goes to reg_progress. */
struct reg_progress cli_progress(struct cli *c, struct progress *bar, const char *what);

/* The verdicts as a table for people, and as a JSON array. */
void cli_verdicts(struct cli *c, const struct verdict verdicts[RULES_COUNT + 1],
		  enum kind kind, bool all);
void cli_verdicts_json(struct cli *c, struct json_writer *w,
		       const struct verdict verdicts[RULES_COUNT + 1], enum kind kind, bool all);

/* Those that are not met, as a JSON array, whatever kind they guard. */
void cli_refusals_json(struct cli *c, struct json_writer *w,
		       const struct verdict verdicts[RULES_COUNT + 1]);

/* A name as this account may see it: the name in the language's script, or the alias. */
const char *cli_person_name(struct cli *c, const struct state *s, const struct id *person);

/* Those with a seat on a movement, by seat; at most `most` into `out`, gives how many. */
size_t cli_seats(const struct state *s, const struct id *movement, struct id *out, size_t most);

enum ending help_overview(struct cli *c);
