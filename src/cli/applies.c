/*
 * `ikhtiar applies`: what is in force for a group, somewhere, on a day; and `ikhtiar
 * directives`: a list of instruments that others keep.
 */
#include "cli/cli.h"
#include "cli/commands.h"

#include <stdlib.h>

#define LIST_FILE_SIZE_MAX ((size_t)4 << 20)

static struct text option_text(struct cli *c, const char *name)
{
	const char *given = option_value(&c->line, name);

	return given ? text_of(given) : (struct text){ 0 };
}

/* --- what applies ----------------------------------------------------------------------- */

static const char *member(const json_t *j, const char *key)
{
	const char *text = json_string_value(json_object_get(j, key));

	return text ? text : "";
}

/* "DIR-012, DIR-056". */
static const char *listed(struct cli *c, const json_t *j, const char *key)
{
	const char *all = "";
	json_t *one;
	size_t at;

	json_array_foreach(json_object_get(j, key), at, one)
		all = arena_print(c->arena, "%s%s%s", all, at ? ", " : "", json_string_value(one))
			      .at;
	return all;
}

static void print_line(struct cli *c, const char *key, const char *what)
{
	if (*what)
		cli_line(c, "    %s", say(c->arena, c->words, key, what).at);
}

static void print_applied(struct cli *c, const json_t *i)
{
	const char *to = member(i, "to");

	cli_line(c, "  %s  %s · %s · %s", member(i, "id"), member(i, "date"),
		 member(i, "authority"), member(i, "instrument"));
	cli_line(c, "    %s", member(i, "says"));
	if (*to)
		cli_line(c, "    %s",
			 say(c->arena, c->words, "applies.from-to", member(i, "from"), to).at);
	else
		print_line(c, "applies.from", member(i, "from"));
	print_line(c, "applies.contradicts", listed(c, i, "conflicts_with"));
	print_line(c, "applies.paused-by", member(i, "paused_by"));
	print_line(c, "applies.under", listed(c, i, "line"));
	print_line(c, "applies.superseded-by", listed(c, i, "superseded_by"));
	if (json_is_true(json_object_get(i, "some")))
		cli_line(c, "    %s", cli_say(c, "applies.some"));
	print_line(c, "applies.source", member(i, "source"));
}

static void print_answer(struct cli *c, const json_t *answer)
{
	const json_t *area = json_object_get(answer, "area");
	const char *known = member(answer, "known_on"), *level = "";
	json_t *one;
	size_t at;

	cli_line(c, "%s · %s (%s) · %s · %s", member(answer, "group_said"), member(area, "name"),
		 member(area, "code"), member(answer, "on"),
		 *known ? say(c->arena, c->words, "applies.known-on", known).at
			: cli_say(c, "applies.known-now"));
	json_array_foreach(json_object_get(answer, "instruments"), at, one) {
		if (strcmp(level, member(one, "level")) != 0)
			cli_line(c, "%s",
				 cli_say(c, arena_print(c->arena, "code.level.%s",
							member(one, "level"))
						    .at));
		level = member(one, "level");
		print_applied(c, one);
	}
	json_array_foreach(json_object_get(answer, "notes"), at, one)
		cli_line(c, "%s", json_string_value(one));
}

/* The list alone, as programs want it: whether it is a demo, standard error says. */
static enum err print_list(struct cli *c, const json_t *answer)
{
	char *line = json_line(json_object_get(answer, "instruments"));

	if (!line)
		return fault(&c->fault, ERR_MEMORY, "memory.none");
	buffer_text(&c->out, text_of(line));
	buffer_text(&c->out, TEXT("\n"));
	free(line);
	return OK;
}

enum ending cmd_applies(struct cli *c)
{
	const struct desk_applies asked = {
		.group = option_text(c, "group"),
		.area = option_text(c, "area"),
		.on = option_text(c, "on"),
		.known_on = option_text(c, "known-on"),
	};
	struct buffer view = { 0 };
	json_t *answer = NULL;
	struct json_writer w;
	enum err e;

	if (!asked.group.size || !asked.area.size)
		fault(&c->fault, ERR_INPUT, "applies.of-whom-and-where");
	if (c->fault.err || cli_open(c) || cli_login_if_asked(c))
		return cli_fail(c);
	e = cli_asked(c, desk_applies(&c->desk, &asked, cli_view(c, &w, &view)));
	if (!e)
		e = json_parse_large(&answer, buffer_as_text(&view), view.size, &c->fault);
	if (!e && c->json)
		e = print_list(c, answer);
	else if (!e)
		print_answer(c, answer);
	json_decref(answer);
	buffer_free(&view);
	return e ? cli_fail(c) : DONE;
}

/* --- lists of others ---------------------------------------------------------------------- */

static void tell_reject(void *self, const struct directive_reject *reject)
{
	struct cli *c = self;

	cli_tell(c, "%s",
		 say(c->arena, c->words, reject->kept ? "directives.kept" : "directives.rejected",
		     reject->line, reject->column, say_fault(c->arena, c->words, reject->why))
			 .at);
}

static void answer_list(struct cli *c, const struct desk_directives_taken *t)
{
	const struct {
		const char *key;
		size_t number;
	} lines[] = {
		{ "rows", t->rows },
		{ "recorded", t->recorded },
		{ "known", t->known },
		{ "rejected", t->refused },
	};
	struct json_writer w;

	if (!c->json) {
		cli_line(c, "%s",
			 say(c->arena, c->words, "directives.taken", t->rows, t->recorded, t->known,
			     t->refused)
				 .at);
		return;
	}
	cli_json_begin(c, &w);
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		json_key(&w, lines[i].key);
		json_uint(&w, lines[i].number);
	}
	cli_json_end(c, &w);
}

static enum err take_list(struct cli *c, const char *path, struct desk_directives_taken *taken)
{
	struct desk_directives_list list = {
		.name = path,
		.dry_run = option_value(&c->line, "dry-run") != NULL,
		.keep_going = option_value(&c->line, "keep-going") != NULL,
		.self = c,
		.rejected = tell_reject,
	};
	enum err e = file_load(&list.list, c->arena, c->world, path, LIST_FILE_SIZE_MAX, &c->fault);

	if (e)
		return e;
	cli_ask(c, &c->session, c->arena);
	return cli_asked(c, desk_take_directives(&c->desk, &list, taken));
}

enum ending cmd_directives(struct cli *c)
{
	struct desk_directives_taken taken;

	if (cli_open(c) || cli_login(c) || take_list(c, c->line.arguments[1], &taken))
		return cli_fail(c);
	answer_list(c, &taken);
	if (taken.refused && !option_value(&c->line, "keep-going"))
		cli_tell(c, "%s", cli_say(c, "directives.nothing-recorded"));
	return taken.refused ? WRONG_INPUT : DONE;
}
