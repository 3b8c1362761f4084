/*
 * `ikhtiar negotiations`: who waits for whom and for how long; one negotiation with its
 * texts and meetings; what changed between two versions of a text.
 */
#include "cli/cli.h"
#include "cli/commands.h"

#define VERSION_MAX 1000

static const char *member(const json_t *j, const char *key)
{
	const char *text = json_string_value(json_object_get(j, key));

	return text ? text : "";
}

static void print_wait(struct cli *c, const json_t *wait)
{
	const json_t *days = json_object_get(wait, "days");

	if (days)
		cli_line(c, "  %s",
			 say(c->arena, c->words, "negotiations.waits-days", member(wait, "who"),
			     member(wait, "for"), member(wait, "since"), json_integer_value(days))
				 .at);
	else
		cli_line(c, "  %s",
			 say(c->arena, c->words, "negotiations.waits", member(wait, "who"),
			     member(wait, "for"))
				 .at);
}

static void print_negotiation(struct cli *c, const json_t *n)
{
	json_t *one;
	size_t at;

	cli_line(c, "%s  %s · %s", member(n, "id"), member(n, "authority"),
		 member(n, "instrument"));
	cli_line(c, "  %s  %s", member(n, "stage_said"), member(n, "since"));
	json_array_foreach(json_object_get(n, "waits"), at, one)
		print_wait(c, one);
}

static void print_all(struct cli *c, const json_t *answer)
{
	const json_t *all = json_object_get(answer, "negotiations");
	json_t *one;
	size_t at;

	json_array_foreach(all, at, one)
		print_negotiation(c, one);
	if (!json_array_size(all))
		cli_tell(c, "%s", cli_say(c, "negotiations.none"));
}

static void print_meeting(struct cli *c, const json_t *m)
{
	json_t *one;
	size_t at;

	cli_line(c, "  %s  %s  %s  %s", member(m, "meeting"),
		 cli_say(c, arena_print(c->arena, "code.meeting.%s", member(m, "state")).at),
		 member(m, "on"), member(m, "place"));
	json_array_foreach(json_object_get(m, "outcomes"), at, one)
		cli_line(c, "    %s  %s  %s", member(one, "what"), member(one, "owes"),
			 member(one, "until"));
}

/* Words that went stand in [- -], words that came in {+ +}, as in a word diff. */
static void print_changes(struct cli *c, const json_t *changes)
{
	const char *all = "";
	json_t *one;
	size_t at;

	json_array_foreach(changes, at, one) {
		const char *sort = member(one, "sort"), *text = member(one, "text");

		if (!strcmp(sort, "gone"))
			all = arena_print(c->arena, "%s[-%s-]", all, text).at;
		else if (!strcmp(sort, "new"))
			all = arena_print(c->arena, "%s{+%s+}", all, text).at;
		else
			all = arena_print(c->arena, "%s%s", all, text).at;
	}
	cli_line(c, "%s", all);
}

static void print_file(struct cli *c, const json_t *answer)
{
	const json_t *changes = json_object_get(answer, "changes");
	json_t *one;
	size_t at;

	if (changes) {
		print_changes(c, changes);
		return;
	}
	print_negotiation(c, json_object_get(answer, "negotiation"));
	json_array_foreach(json_object_get(answer, "versions"), at, one)
		cli_line(c, "  %s",
			 say(c->arena, c->words, "negotiations.version",
			     json_integer_value(json_object_get(one, "version")),
			     member(one, "hash"))
				 .at);
	json_array_foreach(json_object_get(answer, "meetings"), at, one)
		print_meeting(c, one);
}

static enum err read_version(struct cli *c, const char *word, unsigned *out)
{
	*out = 0;
	for (const char *d = word; *d; d++) {
		if (*d < '0' || *d > '9' || *out > VERSION_MAX)
			return fault(&c->fault, ERR_INPUT, "negotiations.no-number",
				     cli_shown(c, word));
		*out = *out * 10 + (unsigned)(*d - '0');
	}
	return *out ? OK : fault(&c->fault, ERR_INPUT, "negotiations.no-number", "0");
}

static enum err read_versions(struct cli *c, struct desk_versions *out)
{
	bool compares = option_value(&c->line, "compare");
	enum err e;

	*out = (struct desk_versions){ 0 };
	if (compares != (c->line.argument_count == 4) || c->line.argument_count == 3)
		return fault(&c->fault, ERR_INPUT, "negotiations.which-versions");
	if (!compares)
		return OK;
	e = read_version(c, c->line.arguments[2], &out->before);
	return e ? e : read_version(c, c->line.arguments[3], &out->after);
}

enum ending cmd_negotiations(struct cli *c)
{
	bool one = c->line.argument_count > 1;
	struct desk_versions compared;
	struct buffer view = { 0 };
	json_t *answer = NULL;
	struct json_writer w, *into;
	enum err e;

	if (read_versions(c, &compared) || cli_open(c) || cli_login_if_asked(c))
		return cli_fail(c);
	into = cli_view(c, &w, &view);
	e = cli_asked(
		c, one ? desk_negotiation(&c->desk, text_of(c->line.arguments[1]), compared, into)
		       : desk_negotiations(&c->desk, into));
	if (!e && c->json)
		e = cli_answer(c, OK, &view);
	else if (!e &&
		 !(e = json_parse_large(&answer, buffer_as_text(&view), view.size, &c->fault)))
		(one ? print_file : print_all)(c, answer);
	json_decref(answer);
	buffer_free(&view);
	return e ? cli_fail(c) : DONE;
}
