/*
 * `ikhtiar find`: at most ten answers, and never how many more.
 */
#include "cli/cli.h"
#include "cli/commands.h"

/* All words behind the folder are one question: `find demo gul rahman`. */
static struct text question(struct cli *c)
{
	const char *all = c->line.arguments[1];

	for (size_t i = 2; i < c->line.argument_count; i++)
		all = arena_print(c->arena, "%s %s", all, c->line.arguments[i]).at;
	return text_of(all);
}

/* "" where there is none. */
static const char *member(const json_t *j, const char *key)
{
	const char *text = json_string_value(json_object_get(j, key));

	return text ? text : "";
}

static void print_reasons(struct cli *c, const json_t *found)
{
	size_t at;
	json_t *reason;

	json_array_foreach(json_object_get(found, "reasons"), at, reason) {
		const json_t *tenths = json_object_get(reason, "bits_tenths");

		if (tenths)
			cli_line(c, "    %+6.1f  %s", (double)json_integer_value(tenths) / 10,
				 member(reason, "said"));
		else
			cli_line(c, "    %s", member(reason, "said"));
	}
}

static void print_found(struct cli *c, const json_t *found)
{
	const char *name = member(found, "name");

	cli_line(c, "%-18s %s  %s", member(found, "case_number"),
		 *name ? name : cli_say(c, "find.household"), member(found, "id"));
	print_reasons(c, found);
}

static void print_findings(struct cli *c, const json_t *findings)
{
	const json_t *expected = json_object_get(findings, "expected");
	size_t at;
	json_t *found;

	json_array_foreach(json_object_get(findings, "found"), at, found)
		print_found(c, found);
	if (expected) {
		cli_line(c, "%s", cli_say(c, "find.expected"));
		print_found(c, expected);
	}
	if (*member(findings, "advice"))
		cli_tell(c, "%s", member(findings, "advice"));
}

/* What for: none is said where none is given. */
static enum err read_purpose(struct cli *c, int64_t *out)
{
	const char *word = option_value(&c->line, "purpose");

	*out = word ? code_of_word(CODES_OPENING, text_of(word)) : 0;
	return word && !*out ? fault(&c->fault, ERR_INPUT, "show.what-purpose", word) : OK;
}

enum ending cmd_find(struct cli *c)
{
	const char *expected = option_value(&c->line, "expected");
	struct desk_search search = {
		.expected = text_of(expected),
		.bits = option_value(&c->line, "bits") != NULL,
	};
	struct buffer view = { 0 };
	json_t *findings = NULL;
	struct json_writer w;
	size_t count;
	enum err e;

	if (read_purpose(c, &search.purpose) || cli_open(c) || cli_login(c))
		return cli_fail(c);
	search.words = question(c);
	e = cli_asked(c, desk_find(&c->desk, &search, cli_view(c, &w, &view)));
	if (!e)
		e = json_parse(&findings, buffer_as_text(&view), &c->fault);
	if (!e && c->json)
		e = cli_answer(c, OK, &view);
	else if (!e)
		print_findings(c, findings);
	count = json_array_size(json_object_get(findings, "found"));
	json_decref(findings);
	buffer_free(&view);
	if (e)
		return cli_fail(c);
	return count ? DONE : WRONG_INPUT;
}
