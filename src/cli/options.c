/*
 * The tables of commands.def, and reading a command line by them.
 */
#include "cli/options.h"

#include <stdio.h>

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
		return (c->flags & DIR) && strcmp(c->name, "init") != 0;
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

/* How many letters two words differ by, or more than 2. */
static size_t distance(const char *a, const char *b)
{
	size_t i = 0, j = 0, differ = 0;

	while (a[i] && b[j] && differ < 3) {
		if (a[i] == b[j]) {
			i++;
			j++;
			continue;
		}
		differ++;
		if (a[i + 1] == b[j + 1] && a[i + 1]) {
			i++;
			j++;
		} else if (a[i + 1] == b[j]) {
			i++;
		} else if (a[i] == b[j + 1]) {
			j++;
		} else {
			i++;
			j++;
		}
	}
	return differ + strlen(a + i) + strlen(b + j);
}

static const char *nearest_command(const char *word)
{
	for (size_t i = 0; i < COUNT_OF(command_table); i++)
		if (distance(command_table[i].name, word) <= 2)
			return command_table[i].name;
	return "help";
}

static enum err take_option(struct command_line *l, const char *word, int *at, int argc,
			    char *const *argv, struct fault *f)
{
	const char *equals = strchr(word, '=');
	struct text name = { word, equals ? (size_t)(equals - word) : strlen(word) };
	const struct option *o = option_named(l->command, name);
	const char *value = "";

	if (!o)
		return fault(f, ERR_INPUT, "use.no-such-option", name, l->command->name);
	if (!*o->value && equals)
		return fault(f, ERR_INPUT, "use.option-is-a-switch", name, l->command->name);
	if (*o->value && equals)
		value = equals + 1;
	if (*o->value && !equals) {
		if (*at + 1 >= argc)
			return fault(f, ERR_INPUT, "use.option-needs-value", name, o->value,
				     l->command->name);
		value = argv[++*at];
	}
	if (l->given_count == GIVEN_MAX)
		return fault(f, ERR_LIMIT, "use.too-many-words", GIVEN_MAX);
	l->given[l->given_count++] = (struct given){ o, value };
	return OK;
}

/* Whether an argument that the table writes without brackets is absent. */
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

enum err command_line_read(struct command_line *out, int argc, char *const *argv, struct fault *f)
{
	bool words_only = false;
	enum err e;

	*out = (struct command_line){ .command = command_named(argc > 0 ? argv[0] : "help") };
	if (argc > 0 && (strcmp(argv[0], "--help") == 0 || strcmp(argv[0], "-h") == 0))
		out->command = command_named("help");
	if (argc > 0 && strcmp(argv[0], "--version") == 0)
		out->command = command_named("version");
	if (!out->command)
		return fault(f, ERR_INPUT, "use.no-such-command", argv[0], nearest_command(argv[0]));
	for (int at = 1; at < argc; at++) {
		const char *word = argv[at];

		if (!words_only && strcmp(word, "--help") == 0) {
			out->argument_count = 1;
			out->arguments[0] = out->command->name;
			out->command = command_named("help");
			return OK;
		}
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
