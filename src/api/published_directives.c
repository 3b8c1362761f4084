/*
 * published_directives: what is in force in an area today, group by group, and what of it
 * contradicts another.
 *
 * It says what GET /api/applies says; which instrument prevails, nobody here says.
 */
#include "api/published.h"

static const char *const groups[] = { "por", "acc", "undocumented" };

static struct text text_in(const json_t *j, const char *key)
{
	return json_text_of(json_object_get(j, key));
}

static enum err ask(struct page *p, const struct area *area, const char *group, json_t **out)
{
	const struct desk_applies q = { .group = text_of(group), .area = area->key };
	struct buffer view = { .limit = PAGE_VIEW_SIZE_MAX };
	struct json_writer w;

	json_begin(&w, &view);
	return page_read_view(p, desk_applies(&p->q->desk, &q, &w), &view, out);
}

static void write_head(struct page *p)
{
	static const char *const columns[] = { "public.code",	     "public.in-force",
					       "public.issued-by",   "public.means",
					       "public.contradicts", "public.read-where" };

	html_markup(p->out, "<thead><tr>\n");
	for (size_t i = 0; i < COUNT_OF(columns); i++)
		html_said(p->out, "th scope=\"col\"", page_say(p, columns[i]));
	html_markup(p->out, "</tr></thead>\n<tbody>\n");
}

static void write_days(struct page *p, const json_t *x)
{
	struct text from = text_in(x, "from"), to = text_in(x, "to");

	html_value(p->out, "td class=\"day\"",
		   arena_print(p->arena, "%.*s – %.*s", SHOWN(from), SHOWN(to)));
}

static void write_issuer(struct page *p, const json_t *x)
{
	struct text number = text_in(x, "number");

	html_markup(p->out, "<td><bdi>");
	html_text(p->out, text_in(x, "authority"));
	html_markup(p->out, "</bdi>");
	html_value(p->out, "span class=\"source\" dir=\"ltr\"", text_in(x, "instrument"));
	if (number.size)
		html_value(p->out, "span class=\"source\" dir=\"ltr\"", number);
	html_markup(p->out, "</td>\n");
}

static void write_meaning(struct page *p, const json_t *x)
{
	struct text detail = text_in(x, "detail");

	html_markup(p->out, "<td>");
	html_prose(p->out, text_in(x, "says"));
	if (detail.size)
		html_value(p->out, "span class=\"note\" dir=\"ltr\"", detail);
	html_markup(p->out, "</td>\n");
}

static void write_conflicts(struct page *p, const json_t *x)
{
	size_t at;
	json_t *code;

	html_markup(p->out, "<td>");
	json_array_foreach(json_object_get(x, "conflicts_with"), at, code) {
		html_markup(p->out, "%s<bdi>", at ? " " : "");
		html_text(p->out, json_text_of(code));
		html_markup(p->out, "</bdi>");
	}
	html_markup(p->out, "</td>\n");
}

static void write_instrument(struct page *p, const json_t *x)
{
	html_markup(p->out, "<tr>\n");
	html_value(p->out, "th scope=\"row\" class=\"day\"", text_in(x, "id"));
	write_days(p, x);
	write_issuer(p, x);
	write_meaning(p, x);
	write_conflicts(p, x);
	html_markup(p->out, "<td>");
	html_value(p->out, "span class=\"source\" dir=\"ltr\"", text_in(x, "source"));
	html_markup(p->out, "</td>\n</tr>\n");
}

static void write_group(struct page *p, const json_t *answer)
{
	const json_t *all = json_object_get(answer, "instruments");
	struct text group = text_in(answer, "group_said");
	size_t at;
	json_t *x;

	html_said(p->out, "h2", group);
	json_array_foreach(json_object_get(answer, "notes"), at, x)
		html_said(p->out, "p", json_text_of(x));
	if (!json_array_size(all))
		return;
	page_table_begin(p, say(p->arena, p->words, "public.in-force-caption", group), NULL);
	write_head(p);
	json_array_foreach(all, at, x)
		write_instrument(p, x);
	html_markup(p->out, "</tbody>\n");
	page_table_end(p, TEXT(""));
}

enum err page_directives(struct page *p)
{
	json_t *answers[COUNT_OF(groups)] = { NULL };
	const struct area *area;
	enum err e = page_area(p, &area);

	for (size_t i = 0; !e && i < COUNT_OF(groups); i++)
		e = ask(p, area, groups[i], &answers[i]);
	if (!e) {
		page_begin(p, say(p->arena, p->words, "public.directives-of",
				  name_in(&area->names, (enum text_language)p->language)));
		html_said(p->out, "p class=\"lead\"", page_say(p, "public.directives-are"));
	}
	for (size_t i = 0; i < COUNT_OF(groups); i++) {
		if (!e)
			write_group(p, answers[i]);
		json_decref(answers[i]);
	}
	if (!e)
		page_end(p);
	return e;
}
