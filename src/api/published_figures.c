/*
 * published_figures: what others published of an area, with what contradicts it.
 *
 * It says what GET /api/figures says, in the reader's language, as a page: the answer of the
 * desk is made first, and read from there.
 */
#include "api/published.h"

static struct text text_in(const json_t *j, const char *key)
{
	return json_text_of(json_object_get(j, key));
}

static enum err ask(struct page *p, struct text area, json_t **out)
{
	struct buffer view = { .limit = PAGE_VIEW_SIZE_MAX };
	struct json_writer w;

	json_begin(&w, &view);
	return page_read_view(p, desk_figures(&p->q->desk, area, TEXT(""), &w), &view, out);
}

/* --- what contradicts what ------------------------------------------------------------------ */

static void write_contradiction(struct page *p, size_t at, const json_t *c)
{
	size_t i;
	json_t *n;

	html_markup(p->out, "<li id=\"c%zu\">", at + 1);
	html_prose(p->out, text_in(c, "said"));
	html_markup(p->out, " <span class=\"rows\">");
	html_text(p->out, page_say(p, "public.rows"));
	json_array_foreach(json_object_get(c, "figures"), i, n)
		html_markup(p->out, " <a href=\"#f%lld\">%lld</a>", json_integer_value(n) + 1,
			    json_integer_value(n) + 1);
	html_markup(p->out, "</span></li>\n");
}

static void write_contradictions(struct page *p, const json_t *answer)
{
	const json_t *all = json_object_get(answer, "contradictions");
	size_t at;
	json_t *c;

	html_said(p->out, "h2", page_say(p, "public.contradictions"));
	if (!json_array_size(all)) {
		html_said(p->out, "p", page_say(p, "public.contradictions-none"));
		return;
	}
	html_markup(p->out, "<ol class=\"contradictions\">\n");
	json_array_foreach(all, at, c)
		write_contradiction(p, at, c);
	html_markup(p->out, "</ol>\n");
}

/* --- the table --------------------------------------------------------------------------------- */

static void write_head(struct page *p)
{
	static const char *const columns[] = {
		"public.row",  "public.as-of", "public.period",	  "public.where",  "public.whom",
		"public.what", "public.value", "public.who-says", "public.entered"
	};

	html_markup(p->out, "<thead><tr>\n");
	for (size_t i = 0; i < COUNT_OF(columns); i++)
		html_said(p->out, "th scope=\"col\"", page_say(p, columns[i]));
	html_markup(p->out, "</tr></thead>\n<tbody>\n");
}

struct text page_period(struct page *p, const json_t *x)
{
	struct text start = text_in(x, "period_start"), end = text_in(x, "period_end");

	if (!end.size || text_same(start, end))
		return end;
	if (!start.size)
		return arena_print(p->arena, "… – %.*s", SHOWN(end));
	return arena_print(p->arena, "%.*s – %.*s", SHOWN(start), SHOWN(end));
}

static void write_value(struct page *p, const json_t *x)
{
	size_t i;
	json_t *n;

	html_markup(p->out, "<td class=\"number\"><bdi>");
	html_text(p->out, text_in(x, "value_said"));
	html_markup(p->out, "</bdi>");
	if (!text_is(text_in(x, "unit"), "percent")) {
		html_markup(p->out, " <span class=\"unit\">");
		html_text(p->out, text_in(x, "unit_said"));
		html_markup(p->out, "</span>");
	}
	json_array_foreach(json_object_get(x, "contradictions"), i, n) {
		html_markup(p->out, " <a class=\"mark\" href=\"#c%lld\" aria-label=\"",
			    json_integer_value(n) + 1);
		html_text(p->out, say(p->arena, p->words, "public.contradicted",
				      json_integer_value(n) + 1));
		html_markup(p->out, "\">[%lld]</a>", json_integer_value(n) + 1);
	}
	html_markup(p->out, "</td>\n");
}

static void write_source(struct page *p, const json_t *x)
{
	struct text report = text_in(x, "report"), note = text_in(x, "note");

	html_markup(p->out, "<td><bdi>");
	html_text(p->out, text_in(x, "publisher"));
	if (report.size) {
		html_markup(p->out, " · ");
		html_text(p->out, report);
	}
	html_markup(p->out, "</bdi>\n");
	html_value(p->out, "span class=\"source\" dir=\"ltr\"", text_in(x, "source"));
	if (note.size)
		html_value(p->out, "span class=\"note\" dir=\"ltr\"", note);
	html_markup(p->out, "</td>\n");
}

static void write_figure(struct page *p, size_t at, const json_t *x)
{
	struct text entered = text_in(x, "entered");

	html_markup(p->out, "<tr id=\"f%zu\">\n<th scope=\"row\">%zu</th>\n", at + 1, at + 1);
	html_value(p->out, "td class=\"day\"", text_in(x, "as_of"));
	html_value(p->out, "td class=\"day\"", page_period(p, x));
	html_value(p->out, "td", text_in(x, "where"));
	html_said(p->out, "td", text_in(x, "group_said"));
	html_said(p->out, "td", text_in(x, "measure_said"));
	write_value(p, x);
	write_source(p, x);
	/* the day of "2025-04-04T10:00:00+05:00" */
	html_value(p->out, "td class=\"day\"",
		   (struct text){ entered.at, entered.size < 10 ? 0 : 10 });
	html_markup(p->out, "</tr>\n");
}

static void write_table(struct page *p, const json_t *answer)
{
	const json_t *all = json_object_get(answer, "figures");
	size_t at;
	json_t *x;

	html_said(p->out, "h2", page_say(p, "public.figures"));
	if (!json_array_size(all)) {
		html_said(p->out, "p", page_say(p, "figures.none"));
		return;
	}
	page_table_begin(p, page_say(p, "public.figures-caption"), NULL);
	write_head(p);
	json_array_foreach(all, at, x)
		write_figure(p, at, x);
	html_markup(p->out, "</tbody>\n");
	page_table_end(p, page_say(p, "public.figures-source"));
}

enum err page_figures(struct page *p)
{
	const struct area *area;
	json_t *answer = NULL;
	enum err e;

	if ((e = page_area(p, &area)) || (e = ask(p, area->key, &answer)))
		return e;
	page_begin(p, say(p->arena, p->words, "public.figures-of",
			  name_in(&area->names, (enum text_language)p->language)));
	html_said(p->out, "p class=\"lead\"", page_say(p, "public.figures-are"));
	write_contradictions(p, answer);
	if (!(e = page_beside(p, area, json_object_get(answer, "figures")))) {
		page_districts(p, json_object_get(answer, "figures"));
		write_table(p, answer);
		page_end(p);
	}
	json_decref(answer);
	return e;
}
