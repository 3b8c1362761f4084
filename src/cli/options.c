/*
 * The tables of commands.def, and reading a command line by them.
 */
#include "cli/options.h"

#include "base/nearest.h"
#include "cli/commands.h"

static const struct command command_table[] = {
#define COMMAND(name, function, arguments, flags, summary, example)                                \
	{ #name, function, arguments, flags, summary, example },
#include "cli/commands.def"
};

/* Options of every command that works on a register, or on its people. */
static const struct option option_table[] = {
#define OPTION(command, name, value, doc) { #command, name, value, doc },
#include "cli/commands.def"
	{ "dir", "as", "NAME", "account that asks (else IKHTIAR_AS)" },
	{ "dir", "pass-file", "FILE", "its passphrase is the first line of FILE" },
	{ "dir", "pass-fd", "N", "its passphrase is the first line read from file descriptor N" },
	{ "clock", "at", "TIME", "in a demo register: the time it is, e.g. 2025-04-04T10:00 or +25h" },
};

static const struct note note_table[] = {
#define NOTE(command, text) { #command, text },
#include "cli/commands.def"
};

const struct command *commands(size_t *count)
{
	*count = COUNT_OF(command_table);
	return command_table;
}

const struct option *options(size_t *count)
{
	*count = COUNT_OF(option_table);
	return option_table;
}

const struct note *notes(size_t *count)
{
	*count = COUNT_OF(note_table);
	return note_table;
}

const struct command *command_named(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(command_table); i++)
		if (strcmp(command_table[i].name, name) == 0)
			return &command_table[i];
	return NULL;
}

bool option_is_of(const struct option *o, const struct command *c)
{
	if (strcmp(o->command, "all") == 0)
		return true;
	if (strcmp(o->command, "dir") == 0)
		return c->flags & DIR;
	if (strcmp(o->command, "clock") == 0)
		return c->flags & CLOCK;
	return strcmp(o->command, c->name) == 0;
}

static const struct option *option_named(const struct command *c, struct text name)
{
	for (size_t i = 0; i < COUNT_OF(option_table); i++) {
		const struct option *o = &option_table[i];

		if (option_is_of(o, c) && text_is(name, o->name))
			return o;
	}
	return NULL;
}

/* --- the nearest word --------------------------------------------------------------- */

/* What begins with the word is as near as can be: "mov" is movements.  Otherwise words
 * of one or two letters are near to nothing: "as" is not meant for "at". */
static void try_word(struct nearest *n, const char *known)
{
	struct text word = text_of(known);
	bool begins = n->given.size >= 2 && n->given.size <= word.size &&
		      memcmp(word.at, n->given.at, n->given.size) == 0;

	if (begins && n->distance > 0) {
		n->word = known;
		n->distance = 0;
	}
	if (!begins && n->given.size > 2)
		nearest_try(n, known);
}

static const char *nearest_command(struct text given)
{
	struct nearest n = nearest_to(given);

	for (size_t i = 0; i < COUNT_OF(command_table); i++)
		if (!(command_table[i].flags & HIDDEN))
			try_word(&n, command_table[i].name);
	return n.word;
}

static const char *nearest_option(const struct command *c, struct text given)
{
	struct nearest n = nearest_to(given);

	for (size_t i = 0; i < COUNT_OF(option_table); i++)
		if (option_is_of(&option_table[i], c))
			try_word(&n, option_table[i].name);
	return n.word;
}

enum err command_find(const struct command **out, const char *name, struct fault *f)
{
	const char *near;

	*out = command_named(name);
	if (*out)
		return OK;
	near = nearest_command(text_of(name));
	return near ? fault(f, ERR_INPUT, "use.no-such-command", name, near) :
		      fault(f, ERR_INPUT, "use.unknown-command", name);
}

static enum err unknown_option(const struct command *c, struct text name, struct fault *f)
{
	const char *near = nearest_option(c, name);

	return near ? fault(f, ERR_INPUT, "use.option-near", name, c->name, near) :
		      fault(f, ERR_INPUT, "use.no-such-option", name, c->name);
}

/* --- reading ------------------------------------------------------------------------ */

/* `word` is what stands behind the two hyphens of argv[*at]; *at moves over its value. */
static enum err take_option(struct command_line *l, const char *word, int *at, int argc,
			    char *const *argv, struct fault *f)
{
	const char *equals = strchr(word, '=');
	struct text name = { word, equals ? (size_t)(equals - word) : strlen(word) };
	const struct option *o = option_named(l->command, name);
	const char *value = "";

	if (!o)
		return unknown_option(l->command, name, f);
	if (!*o->value && equals)
		return fault(f, ERR_INPUT, "use.option-is-a-switch", name, l->command->name);
	if (*o->value && equals) {
		value = equals + 1;
	} else if (*o->value) {
		/* Another option behind it means that the value was left out: --map --json. */
		if (*at + 1 >= argc || !strncmp(argv[*at + 1], "--", 2))
			return fault(f, ERR_INPUT, "use.option-needs-value", name, o->value,
				     l->command->name);
		value = argv[++*at];
	}
	if (l->given_count == GIVEN_MAX)
		return fault(f, ERR_LIMIT, "use.too-many-words", GIVEN_MAX);
	l->given[l->given_count++] = (struct given){ o, value };
	return OK;
}

/* As many as the table writes: those in brackets may be absent, the last may be many. */
static enum err check_arguments(const struct command_line *l, struct fault *f)
{
	const char *rest = l->command->arguments;
	size_t least = 0, most = 0;

	while (*rest) {
		size_t word = strcspn(rest, " ");

		if (rest[0] != '[')
			least++;
		most++;
		if (word >= 3 && memcmp(rest + word - 3, "…", 3) == 0)
			most = ARGUMENTS_MAX;
		rest += word + strspn(rest + word, " ");
	}
	if (l->argument_count < least || l->argument_count > most)
		return fault(f, ERR_INPUT, "use.arguments", l->command->name,
			     *l->command->arguments ? l->command->arguments : "-");
	return OK;
}

/* The command, or what stands for one. */
static const char *command_word(int argc, char *const *argv)
{
	if (argc == 0 || strcmp(argv[0], "--help") == 0 || strcmp(argv[0], "-h") == 0)
		return "help";
	return strcmp(argv[0], "--version") == 0 ? "version" : argv[0];
}

/* `ikhtiar record --help` is `ikhtiar help record`, whatever else stands there. */
static bool asks_for_help(struct command_line *l, int argc, char *const *argv)
{
	for (int at = 1; at < argc && strcmp(argv[at], "--") != 0; at++) {
		if (strcmp(argv[at], "--help") != 0)
			continue;
		*l = (struct command_line){ .command = command_named("help"),
					    .argument_count = 1,
					    .arguments = { l->command->name } };
		return true;
	}
	return false;
}

enum err command_line_read(struct command_line *out, int argc, char *const *argv, struct fault *f)
{
	bool words_only = false;
	enum err e;

	*out = (struct command_line){ 0 };
	if ((e = command_find(&out->command, command_word(argc, argv), f)))
		return e;
	if (asks_for_help(out, argc, argv))
		return OK;
	for (int at = 1; at < argc; at++) {
		const char *word = argv[at];

		if (!words_only && strcmp(word, "--") == 0) {
			words_only = true;
		} else if (!words_only && strncmp(word, "--", 2) == 0) {
			if ((e = take_option(out, word + 2, &at, argc, argv, f)))
				return e;
		} else if (out->argument_count == ARGUMENTS_MAX) {
			return fault(f, ERR_LIMIT, "use.too-many-words", ARGUMENTS_MAX);
		} else {
			out->arguments[out->argument_count++] = word;
		}
	}
	return check_arguments(out, f);
}

const char *option_value(const struct command_line *l, const char *name)
{
	for (size_t i = l->given_count; i-- > 0;)
		if (strcmp(l->given[i].option->name, name) == 0)
			return l->given[i].value;
	return NULL;
}

size_t option_values(const struct command_line *l, const char *name, const char *out[GIVEN_MAX])
{
	size_t count = 0;

	for (size_t i = 0; i < l->given_count; i++)
		if (strcmp(l->given[i].option->name, name) == 0)
			out[count++] = l->given[i].value;
	return count;
}
