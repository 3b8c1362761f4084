/*
 * `ikhtiar doubles`: records that may be one person, by their numbers; and two of them
 * side by side, once it is recorded that both files were opened.
 */
#include "cli/cli.h"
#include "cli/commands.h"

/* "" where there is none. */
static const char *text_in(const json_t *j, const char *key)
{
	const char *text = json_string_value(json_object_get(j, key));

	return text ? text : "";
}

/* "PES-26-00012-K/2" */
static const char *number_in(struct cli *c, const json_t *j)
{
	return arena_print(c->arena, "%s/%d", text_in(j, "case_number"),
			   (int)json_integer_value(json_object_get(j, "member")))
		.at;
}

static const char *strength_said(struct cli *c, const json_t *pair)
{
	return cli_say(c, arena_print(c->arena, "doubles.%s", text_in(pair, "strength")).at);
}

static void print_list(struct cli *c, const json_t *found)
{
	size_t at;
	json_t *pair;

	json_array_foreach(json_object_get(found, "pairs"), at, pair)
		cli_line(c, "%s %s %s", cli_padded(c, number_in(c, json_object_get(pair, "a")), 20),
			 cli_padded(c, number_in(c, json_object_get(pair, "b")), 20),
			 strength_said(c, pair));
	if (!at)
		cli_line(c, "%s", cli_say(c, "doubles.none"));
}

/* --- two of them ---------------------------------------------------------------------- */

static void print_side(struct cli *c, const json_t *side)
{
	const json_t *person = json_object_get(side, "person");
	const json_t *names = json_object_get(person, "names");
	const char *number = arena_print(c->arena, "%s/%d", text_in(side, "case_number"),
					 (int)json_integer_value(json_object_get(person, "member")))
				     .at;
	const char *father = text_in(names, "father");

	cli_line(c, "%s %s", cli_padded(c, number, 20), text_in(person, "name"));
	if (!*father)
		father = text_in(names, "father_latin");
	if (*father)
		cli_line(c, "    %s: %s", cli_say(c, "field.father"), father);
	if (*text_in(person, "born_from"))
		cli_line(c, "    %s: %s – %s", cli_say(c, "field.birth_date"),
			 text_in(person, "born_from"), text_in(person, "born_to"));
	if (json_object_get(person, "origin"))
		cli_line(c, "    %s: %s", cli_say(c, "field.origin"),
			 text_in(json_object_get(person, "origin"), "name"));
}

static void print_pair(struct cli *c, const json_t *pair)
{
	size_t at;
	json_t *reason;

	print_side(c, json_object_get(pair, "a"));
	print_side(c, json_object_get(pair, "b"));
	cli_line(c, "%s", strength_said(c, pair));
	json_array_foreach(json_object_get(pair, "reasons"), at, reason)
		cli_line(c, "  %s %s",
			 json_is_true(json_object_get(reason, "speaks_for")) ? "+" : "−",
			 text_in(reason, "said"));
	if (json_is_true(json_object_get(pair, "takes_two")))
		cli_line(c, "%s", cli_say(c, "doubles.takes-two"));
}

static enum err open_both(struct cli *c, struct id out[2])
{
	enum err e = OK;

	for (int i = 0; !e && i < 2; i++)
		e = cli_subject(c, SUBJECT_PERSON, c->line.arguments[1 + i], &out[i]);
	for (int i = 0; !e && i < 2; i++)
		e = reg_opened(c->reg, &c->session, &out[i], OPENING_REGISTRATION, &c->fault);
	return e;
}

/* --- the command ------------------------------------------------------------------------- */

static enum err list(struct cli *c, struct json_writer *w)
{
	struct progress bar;
	struct reg_progress told = cli_progress(c, &bar, "progress.pairs");
	enum err e = desk_pairs(&c->desk, UINT32_MAX, &told, w);

	progress_end(&bar);
	return e;
}

static enum err answer(struct cli *c, struct buffer *view,
		       void (*print)(struct cli *c, const json_t *answer))
{
	json_t *j = NULL;
	enum err e;

	if (c->json)
		return cli_answer(c, OK, view);
	if (!(e = json_parse(&j, buffer_as_text(view), &c->fault)))
		print(c, j);
	json_decref(j);
	return e;
}

enum ending cmd_doubles(struct cli *c)
{
	bool pair = c->line.argument_count == 3;
	struct buffer view = { 0 };
	struct json_writer writer, *w;
	struct id both[2];
	enum err e;

	if (c->line.argument_count == 2)
		fault(&c->fault, ERR_INPUT, "doubles.two");
	if (c->line.argument_count == 2 || cli_open(c) || cli_login(c) ||
	    (pair && open_both(c, both)))
		return cli_fail(c);
	w = cli_view(c, &writer, &view);
	e = pair ? desk_pair(&c->desk, &both[0], &both[1], w) : list(c, w);
	if (!(e = cli_asked(c, e)))
		e = answer(c, &view, pair ? print_pair : print_list);
	buffer_free(&view);
	return e ? cli_fail(c) : DONE;
}
