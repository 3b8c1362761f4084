/*
 * options: the words of the command line, by the table commands.def.
 *
 * `--name value`, `--name=value` and switches may stand anywhere behind the command;
 * `--` ends them.  Of an option that is given twice the last one counts, but for those
 * that may be given several times (option_values()).  What is not
 * in the table is refused, with the nearest known word where one is near.
 */
#pragma once

#include "base/err.h"

enum command_flag { DIR = 1, CLOCK = 2, HIDDEN = 4, ALONE = 8 };

struct cli;

/* How a command ends; these are the exit statuses of the program. */
enum ending {
	DONE = 0,
	FAILED = 1,       /* of the world: disk, memory, damage         */
	WRONG_INPUT = 2,  /* wrong use or input                         */
	RULE_REFUSED = 3, /* a rule refused                             */
	NOT_ALLOWED = 4,  /* not allowed, or locked                     */
	BUSY = 5,
};

struct command {
	const char *name;
	enum ending (*run)(struct cli *c);
	const char *arguments;
	unsigned flags;
	const char *summary;
	const char *example;
};

struct option {
	const char *command; /* "all": of every one */
	const char *name;
	const char *value; /* "": a switch */
	const char *doc;
};

struct note {
	const char *command;
	const char *text;
};

const struct command *commands(size_t *count);
const struct option *options(size_t *count);
const struct note *notes(size_t *count);
const struct command *command_named(const char *name); /* NULL: none */
/* The same; ERR_INPUT says which command is near. */
MUST_USE enum err command_find(const struct command **out, const char *name, struct fault *f);
/* Whether `o` is of command `c`: its own, of all, or by its flags (--as, --at). */
bool option_is_of(const struct option *o, const struct command *c);

#define ARGUMENTS_MAX 64
#define GIVEN_MAX 32

struct given {
	const struct option *option;
	const char *value; /* "" for a switch */
};

struct command_line {
	const struct command *command;
	size_t argument_count;
	const char *arguments[ARGUMENTS_MAX];
	size_t given_count;
	struct given given[GIVEN_MAX];
};

/* Read `argv` (without the program's name).  ERR_INPUT: what is wrong with it. */
MUST_USE enum err command_line_read(struct command_line *out, int argc, char *const *argv,
				    struct fault *f);
/* The value of an option ("" of a switch), or NULL where it was not given. */
const char *option_value(const struct command_line *l, const char *name);
/* All values of an option, as they were given; gives how many. */
size_t option_values(const struct command_line *l, const char *name, const char *out[GIVEN_MAX]);
