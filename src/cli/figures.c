/*
 * `ikhtiar figures`: what others published of an area, side by side, with what contradicts
 * it; and a list of such figures is entered.
 */
#include "figures/figures.h"
#include "cli/cli.h"
#include "cli/commands.h"

#define VIEW_SIZE_MAX ((size_t)16 << 20)

/* --- a list is entered ------------------------------------------------------------------ */

struct refusals {
	struct cli *c;
	const char *file;
};

static void tell_refused(void *self, const struct figure_refusal *r)
{
	struct refusals *x = self;
	struct text why = say_fault(x->c->arena, x->c->words, r->why);

	if (r->column)
		cli_tell(x->c, "%s",
			 say(x->c->arena, x->c->words, "figures.refused-cell", x->file, r->line,
			     r->column, r->column_name, why)
				 .at);
	else
		cli_tell(x->c, "%s",
			 say(x->c->arena, x->c->words, "figures.refused-row", x->file, r->line, why)
				 .at);
}

static void answer_taken(struct cli *c, const struct desk_figures_taken *t)
{
	const struct {
		const char *key;
		size_t number;
	} lines[] = {
		{ "rows", t->rows },
		{ "recorded", t->recorded },
		{ "known", t->known },
		{ "refused", t->refused },
	};
	struct json_writer w;

	if (c->json)
		cli_json_begin(c, &w);
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		const char *key = arena_print(c->arena, "figures.taken.%s", lines[i].key).at;

		if (c->json) {
			json_key(&w, lines[i].key);
			json_uint(&w, lines[i].number);
		} else if (key) {
			cli_line(c, "%s %zu", cli_padded(c, cli_say(c, key), 24), lines[i].number);
		}
	}
	if (c->json)
		cli_json_end(c, &w);
}

static enum err take_list(struct cli *c, const char *file, struct desk_figures_taken *taken)
{
	const struct csv_form form = { .name = file };
	struct refusals refusals = { c, file };
	struct desk_figures_list list = {
		.keep_going = option_value(&c->line, "keep-going") != NULL,
		.self = &refusals,
		.told = tell_refused,
	};
	enum err e;

	if ((e = csv_open_file(&list.csv, c->outside, file, &form, &c->fault)))
		return e;
	cli_ask(c, &c->session, c->arena);
	e = cli_asked(c, desk_take_figures(&c->desk, &list, taken));
	csv_close(list.csv);
	return e;
}

static enum ending enter(struct cli *c, const char *file)
{
	struct desk_figures_taken taken = { 0 };

	if (cli_open(c) || cli_login(c) || take_list(c, file, &taken))
		return cli_fail(c);
	answer_taken(c, &taken);
	if (taken.refused && !option_value(&c->line, "keep-going"))
		cli_tell(c, "%s", cli_say(c, "figures.nothing-recorded"));
	return taken.refused ? WRONG_INPUT : DONE;
}

/* --- what is known is shown ----------------------------------------------------------------- */

static const char *text_in(const json_t *j, const char *key)
{
	const char *text = json_string_value(json_object_get(j, key));

	return text ? text : "";
}

/* "2025-04-01 – 2025-04-07", a day, or nothing where it is only as of a day. */
static const char *period_in(struct cli *c, const json_t *x)
{
	const char *start = text_in(x, "period_start"), *end = text_in(x, "period_end");

	if (!*end || !strcmp(start, end))
		return end;
	return arena_print(c->arena, "%s – %s", *start ? start : "…", end).at;
}

/* The day when it was entered, at the site. */
static int32_t entered_day(struct cli *c, const json_t *x)
{
	int64_t at = 0;

	if (time_read(&at, text_of(text_in(x, "entered")), "entered", &(struct fault){ 0 }))
		return 0;
	return day_at(at, c->zone_min);
}

static void print_source(struct cli *c, const json_t *x)
{
	const char *report = text_in(x, "report"), *note = text_in(x, "note");

	cli_line(c, "            %s%s%s · %s · %s", text_in(x, "publisher"), *report ? ", " : "",
		 report, text_in(x, "source"),
		 say(c->arena, c->words, "figures.entered", cli_day(c, entered_day(c, x))).at);
	if (*note)
		cli_line(c, "            %s", note);
}

/* "[2]" behind a figure that the second contradiction names. */
static const char *marks_of(struct cli *c, const json_t *x)
{
	const char *marks = "";
	size_t at;
	json_t *n;

	json_array_foreach(json_object_get(x, "contradictions"), at, n)
		marks = arena_print(c->arena, "%s [%lld]", marks, json_integer_value(n) + 1).at;
	return marks;
}

static void print_figure(struct cli *c, const json_t *x)
{
	/* A percentage has its sign. */
	bool percent = !strcmp(text_in(x, "unit"), "percent");

	cli_line(c, "%s  %s%s%s — %s, %s: %s (%s)%s", text_in(x, "as_of"), text_in(x, "value_said"),
		 percent ? "" : " ", percent ? "" : text_in(x, "unit_said"),
		 text_in(x, "group_said"), text_in(x, "where"), text_in(x, "measure_said"),
		 period_in(c, x), marks_of(c, x));
	print_source(c, x);
}

static void print_figures(struct cli *c, const json_t *answer)
{
	const json_t *figures = json_object_get(answer, "figures");
	const json_t *contradictions = json_object_get(answer, "contradictions");
	size_t at;
	json_t *x;

	json_array_foreach(figures, at, x)
		print_figure(c, x);
	if (!json_array_size(figures))
		cli_tell(c, "%s", cli_say(c, "figures.none"));
	if (json_array_size(contradictions))
		cli_line(c, "\n%s", cli_say(c, "figures.contradictions"));
	json_array_foreach(contradictions, at, x)
		cli_line(c, "[%zu] %s", at + 1, text_in(x, "said"));
}

static enum ending show(struct cli *c)
{
	struct text area = text_of(option_value(&c->line, "area"));
	struct text on = text_of(option_value(&c->line, "on"));
	struct buffer view = { 0 };
	json_t *answer = NULL;
	struct json_writer w;
	enum err e;

	if (cli_open(c))
		return cli_fail(c);
	e = desk_figures(&c->desk, area, on, cli_view(c, &w, &view));
	if (c->json)
		e = cli_answer(c, e, &view);
	else if (!(e = cli_asked(c, e)) &&
		 !(e = json_parse_large(&answer, buffer_as_text(&view), VIEW_SIZE_MAX, &c->fault)))
		print_figures(c, answer);
	json_decref(answer);
	buffer_free(&view);
	return e ? cli_fail(c) : DONE;
}

enum ending cmd_figures(struct cli *c)
{
	return c->line.argument_count > 1 ? enter(c, c->line.arguments[1]) : show(c);
}
