#include "cli/options.h"

#include <ctype.h>

#include "base/prop.h"

#define LINE(...)                                                                                  \
	(const char *const[])                                                                      \
	{                                                                                          \
		__VA_ARGS__                                                                        \
	}

struct read {
	struct command_line line;
	struct fault fault;
	enum err err;
};

static struct read read_words(size_t count, const char *const *words)
{
	struct read r = { 0 };

	r.err = command_line_read(&r.line, (int)count, (char *const *)words, &r.fault);
	return r;
}

#define READ(...) read_words(COUNT_OF(LINE(__VA_ARGS__)), LINE(__VA_ARGS__))

static void check_refused(struct read r, const char *key)
{
	CHECK_INT(r.err, ERR_INPUT);
	CHECK_TEXT(r.fault.key, key);
}

/* --- reading ------------------------------------------------------------------------ */

TEST(options_take_their_value_behind_a_space_or_an_equals_sign)
{
	struct read r = READ("init", "--site", "Quetta", "centre", "--zone=Asia/Kabul");

	CHECK_INT(r.err, OK);
	CHECK_TEXT(r.line.command->name, "init");
	CHECK_INT(r.line.argument_count, 1);
	CHECK_TEXT(r.line.arguments[0], "centre");
	CHECK_TEXT(option_value(&r.line, "site"), "Quetta");
	CHECK_TEXT(option_value(&r.line, "zone"), "Asia/Kabul");
	CHECK(!option_value(&r.line, "code"));
}

TEST(a_value_may_be_empty_or_hold_an_equals_sign)
{
	struct read r = READ("init", "centre", "--site=", "--admin=a=b");

	CHECK_INT(r.err, OK);
	CHECK_TEXT(option_value(&r.line, "site"), "");
	CHECK_TEXT(option_value(&r.line, "admin"), "a=b");
}

TEST(of_an_option_given_twice_the_last_one_counts)
{
	struct read r = READ("init", "centre", "--site", "one", "--site=two");

	CHECK_TEXT(option_value(&r.line, "site"), "two");
}

TEST(a_switch_takes_no_value)
{
	struct read r = READ("record", "demo", "--stop", "list.jsonl");

	CHECK_INT(r.err, OK);
	CHECK_INT(r.line.argument_count, 2);
	CHECK_TEXT(option_value(&r.line, "stop"), "");
	check_refused(READ("record", "demo", "--stop=yes"), "use.option-is-a-switch");
}

TEST(an_option_at_the_end_lacks_its_value)
{
	struct read r = READ("record", "demo", "--as");

	check_refused(r, "use.option-needs-value");
	CHECK_TEXT(r.fault.values[0], "as");
	CHECK_TEXT(r.fault.values[1], "NAME");
}

TEST(an_option_before_another_one_lacks_its_value)
{
	struct read r = READ("import", "demo", "list.csv", "--map", "--json");

	check_refused(r, "use.option-needs-value");
	CHECK_TEXT(r.fault.values[0], "map");
	r = READ("import", "demo", "list.csv", "--map=--json");
	CHECK_INT(r.err, OK);
	CHECK_TEXT(option_value(&r.line, "map"), "--json");
}

TEST(behind_two_hyphens_all_are_arguments)
{
	struct read r = READ("find", "demo", "--", "--json", "--", "gul");

	CHECK_INT(r.err, OK);
	CHECK_INT(r.line.argument_count, 4);
	CHECK_TEXT(r.line.arguments[1], "--json");
	CHECK_TEXT(r.line.arguments[2], "--");
	CHECK(!option_value(&r.line, "json"));
}

TEST(help_is_asked_for_in_four_ways)
{
	const struct read ways[] = {
		READ("help", "record"),
		READ("record", "--help"),
		READ("record", "demo", "--no-such-option", "--help"),
		READ("record", "--as", "x", "--help", "demo"),
	};

	for (size_t i = 0; i < COUNT_OF(ways); i++) {
		CHECK_INT(ways[i].err, OK);
		CHECK_TEXT(ways[i].line.command->name, "help");
		CHECK_INT(ways[i].line.argument_count, 1);
		CHECK_TEXT(ways[i].line.arguments[0], "record");
	}
	CHECK_TEXT(READ("--help").line.command->name, "help");
	CHECK_TEXT(READ("-h").line.command->name, "help");
	CHECK_TEXT(read_words(0, NULL).line.command->name, "help");
	CHECK_TEXT(READ("--version").line.command->name, "version");
	CHECK_TEXT(READ("find", "demo", "--", "--help").line.command->name, "find");
}

TEST(as_many_arguments_as_the_table_writes)
{
	check_refused(READ("ready", "demo"), "use.arguments");
	CHECK_INT(READ("ready", "demo", "her").err, OK);
	check_refused(READ("ready", "demo", "her", "him"), "use.arguments");
	CHECK_INT(READ("record", "demo").err, OK);
	CHECK_INT(READ("record", "demo", "list").err, OK);
	check_refused(READ("record", "demo", "list", "another"), "use.arguments");
	check_refused(READ("find", "demo"), "use.arguments");
	CHECK_INT(READ("find", "demo", "gul", "rahman", "khan").err, OK);
	check_refused(READ("rules", "all"), "use.arguments");
}

TEST(more_words_than_there_is_room_for_are_refused)
{
	const char *words[ARGUMENTS_MAX + 2] = { "find" };
	const char *switches[GIVEN_MAX + 3] = { "find", "demo" };
	struct read r;

	for (size_t i = 1; i < COUNT_OF(words); i++)
		words[i] = "gul";
	for (size_t i = 2; i < COUNT_OF(switches); i++)
		switches[i] = "--json";
	CHECK_INT(read_words(COUNT_OF(words) - 1, words).err, OK);
	r = read_words(COUNT_OF(words), words);
	CHECK_INT(r.err, ERR_LIMIT);
	CHECK_TEXT(r.fault.key, "use.too-many-words");
	r = read_words(COUNT_OF(switches), switches);
	CHECK_INT(r.err, ERR_LIMIT);
	CHECK_TEXT(r.fault.key, "use.too-many-words");
}

/* --- the nearest word --------------------------------------------------------------- */

TEST(a_mistyped_command_is_refused_with_the_one_that_was_meant)
{
	static const struct {
		const char *given, *meant;
	} cases[] = {
		{ "fynd", "find" },	     { "recrod", "record" }, { "acount", "account" },
		{ "movement", "movements" }, { "rule", "rules" },    { "ver", "verify" },
		{ "shwo", "show" },	     { "statsu", "status" }, { "imort", "import" },
		{ "restoer", "restore" },    { "peple", "people" },  { "ki", "kinds" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct read r = READ(cases[i].given);

		check_refused(r, "use.no-such-command");
		CHECK_TEXT(r.fault.values[1], cases[i].meant);
	}
}

TEST(a_word_that_is_like_no_command_brings_no_suggestion)
{
	static const char *const words[] = { "",
					     "x",
					     "zarmina",
					     "delete",
					     "--json",
					     "story-of-it",
					     "a-word-that-is-longer-than-any-command-could-be" };

	for (size_t i = 0; i < COUNT_OF(words); i++)
		check_refused(READ(words[i]), "use.unknown-command");
}

TEST(a_mistyped_option_is_refused_with_the_one_of_its_command)
{
	static const struct {
		const char *command, *given, *meant;
	} cases[] = {
		{ "init", "--sit", "site" },
		{ "init", "--pasfile=x", "pass-file" },
		{ "record", "--stopp", "stop" },
		{ "record", "--josn", "json" },
		{ "import", "--dryrun", "dry-run" },
		{ "account", "--role", "roles" },
		{ "show", "--histroy", "history" },
		{ "ready", "--fro", "for" },
		{ "find", "--pass_file", "pass-file" },
		{ "ready", "--qiet", "quiet" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct read r = READ(cases[i].command, "demo", cases[i].given);

		check_refused(r, "use.option-near");
		CHECK_TEXT(r.fault.values[1], cases[i].command);
		CHECK_TEXT(r.fault.values[2], cases[i].meant);
	}
	check_refused(READ("find", "demo", "gul", "--loud"), "use.no-such-option");
	check_refused(READ("find", "demo", "gul", "--everything-at-once"), "use.no-such-option");
	check_refused(READ("find", "demo", "gul", "--x"), "use.no-such-option");
	check_refused(READ("find", "demo", "gul", "--=x"), "use.no-such-option");
}

TEST(an_option_of_another_command_is_not_suggested)
{
	check_refused(READ("rules", "--as", "x"), "use.no-such-option");
	check_refused(READ("init", "centre", "--as", "x"), "use.no-such-option");
	check_refused(READ("people", "--stop"), "use.no-such-option");
}

/* --- the table ------------------------------------------------------------------------ */

static bool is_word(const char *s)
{
	if (!islower((unsigned char)*s))
		return false;
	while (islower((unsigned char)*s) || *s == '-')
		s++;
	return !*s;
}

TEST(every_command_has_its_words_and_stands_there_once)
{
	size_t count;
	const struct command *all = commands(&count);

	for (size_t i = 0; i < count; i++) {
		CHECK(is_word(all[i].name));
		CHECK(all[i].run);
		CHECK(*all[i].summary && all[i].summary[strlen(all[i].summary) - 1] != '.');
		/* The completion for fish puts it between these. */
		CHECK(!strchr(all[i].summary, '\''));
		CHECK(command_named(all[i].name) == &all[i]);
		if (all[i].flags & DIR)
			CHECK(strncmp(all[i].arguments, "DIR", 3) == 0);
		if (all[i].flags & CLOCK)
			CHECK(strncmp(all[i].arguments, "DIR", 3) == 0);
	}
}

TEST(every_option_is_of_a_command_and_stands_there_once)
{
	static const char *const groups[] = { "all", "dir", "clock" };
	size_t count, command_count;
	const struct option *all = options(&count);
	const struct command *c = commands(&command_count);

	for (size_t i = 0; i < count; i++) {
		bool of_group = false;

		for (size_t g = 0; g < COUNT_OF(groups); g++)
			of_group |= strcmp(all[i].command, groups[g]) == 0;
		CHECK(of_group || command_named(all[i].command));
		CHECK(is_word(all[i].name));
		CHECK(!islower((unsigned char)*all[i].value));
		CHECK(*all[i].doc && all[i].doc[strlen(all[i].doc) - 1] != '.');
		for (size_t k = 0; k < command_count; k++)
			for (size_t j = 0; j < i; j++)
				CHECK(!option_is_of(&all[i], &c[k]) ||
				      !option_is_of(&all[j], &c[k]) ||
				      strcmp(all[i].name, all[j].name) != 0);
	}
}

TEST(every_note_is_of_a_command)
{
	size_t count;
	const struct note *all = notes(&count);

	for (size_t i = 0; i < count; i++) {
		CHECK(command_named(all[i].command));
		CHECK(*all[i].text);
	}
}

/* The words behind "ikhtiar" in an example, as a shell would give them. */
static size_t words_of_example(char *example, const char *words[ARGUMENTS_MAX])
{
	char *at = strstr(example, "| ikhtiar ");
	size_t count = 0;

	for (at = at ? at + 2 : example; *at && *at != '>';) {
		bool quoted = *at == '"';

		words[count++] = at += quoted;
		at += strcspn(at, quoted ? "\"" : " ");
		if (*at)
			*at++ = '\0';
		at += strspn(at, " ");
	}
	return count;
}

TEST(every_example_is_understood_and_is_of_its_command)
{
	size_t count;
	const struct command *all = commands(&count);

	for (size_t i = 0; i < count; i++) {
		const char *words[ARGUMENTS_MAX];
		char example[400];
		struct read r;
		size_t word_count;

		CHECK(strlen(all[i].example) < sizeof(example));
		strcpy(example, all[i].example);
		word_count = words_of_example(example, words);
		CHECK_TEXT(words[0], "ikhtiar");
		r = read_words(word_count - 1, words + 1);
		CHECK_TEXT(r.fault.key ? r.fault.key : "(no fault)", "(no fault)");
		CHECK(r.line.command == &all[i]);
	}
}

/* --- any words -------------------------------------------------------------------------- */

#define WORDS_MAX 80

static const char *any_word(struct prop *p)
{
	static const char *const known[] = { "--", "--json", "--as", "--at=", "--help", "--site=x",
					     "-",  "",	     "--=",  "=",     "demo" };
	size_t count;
	const struct command *all = commands(&count);
	struct bytes b;
	char *word;

	switch (prop_pick(p, 3)) {
	case 0: return known[prop_pick(p, COUNT_OF(known))];
	case 1: return all[prop_pick(p, count)].name;
	default:
		b = prop_bytes(p, 60);
		word = arena_take(p->arena, b.size + 1);
		if (b.size)
			memcpy(word, b.at, b.size);
		return word;
	}
}

static void any_words_are_read_or_refused_with_a_reason(struct prop *p)
{
	const char *words[WORDS_MAX];
	size_t count = prop_uint(p, 0, WORDS_MAX);
	struct read r;

	for (size_t i = 0; i < count; i++)
		words[i] = any_word(p);
	r = read_words(count, words);
	CHECK((r.err == OK) == (r.fault.key == NULL));
	CHECK(r.err == OK || r.err == ERR_INPUT || r.err == ERR_LIMIT);
	CHECK(r.line.argument_count <= ARGUMENTS_MAX && r.line.given_count <= GIVEN_MAX);
	CHECK(r.err != OK || r.line.command);
	for (size_t i = 0; i < r.line.given_count; i++) {
		CHECK(option_is_of(r.line.given[i].option, r.line.command));
		CHECK(option_value(&r.line, r.line.given[i].option->name));
	}
	/* What is suggested is a word that would have been understood. */
	if (r.fault.key && strcmp(r.fault.key, "use.no-such-command") == 0)
		CHECK(command_named(r.fault.values[1]));
	if (r.fault.key && strcmp(r.fault.key, "use.option-near") == 0)
		CHECK(*r.fault.values[2]);
}

TEST(any_words_at_all_do_no_harm)
{
	prop_run(any_words_are_read_or_refused_with_a_reason, 20000, 1);
}

PROP_FUZZ(1, any_words_are_read_or_refused_with_a_reason)
RUN_TESTS()
