/*
 * published_districts: what one report gives of several districts, as a table that is drawn
 * as a map.  Numbers of two reports, days, groups or measures are never on one map.
 */
#include "api/published.h"

#define DISTRICTS_LEAST 4 /* of fewer the rows say as much */

static struct text text_in(const json_t *j, const char *key)
{
	return json_text_of(json_object_get(j, key));
}

/* NULL: it is of no district of today. */
static const struct area *district_of(const struct page *p, const json_t *x)
{
	const struct area *area = atlas_area_of_key(p->q->desk.atlas, text_in(x, "area"));

	return area && area->level == AREA_DISTRICT && area->today == area ? area : NULL;
}

/* Whether two figures may stand on one map. */
static bool is_alike(const json_t *x, const json_t *y)
{
	static const char *const keys[] = { "publisher",  "report", "as_of",   "period_start",
					    "period_end", "group",  "measure", "unit" };

	for (size_t i = 0; i < COUNT_OF(keys); i++)
		if (!text_same(text_in(x, keys[i]), text_in(y, keys[i])))
			return false;
	return true;
}

/* How many districts stand with figure `first`; 0: it is of none, or stands with an earlier. */
static size_t count_alike(const struct page *p, const json_t *figures, size_t first)
{
	const json_t *x = json_array_get(figures, first);
	size_t count = 0, at;
	json_t *y;

	if (!district_of(p, x))
		return 0;
	json_array_foreach(figures, at, y) {
		if (!district_of(p, y) || !is_alike(x, y))
			continue;
		if (at < first)
			return 0;
		count++;
	}
	return count;
}

static void write_district(struct page *p, const json_t *x)
{
	const struct area *area = district_of(p, x);

	html_markup(p->out, "<tr data-area=\"%.*s\"><th scope=\"row\"><a href=\"%.*s.html\">",
		    SHOWN(area->code), SHOWN(area->code));
	html_text(p->out, name_in(&area->names, (enum text_language)p->language));
	html_markup(p->out, "</a></th>\n<td class=\"number\" data-value=\"");
	html_text(p->out, text_in(x, "value"));
	html_markup(p->out, "\"><bdi>");
	html_text(p->out, text_in(x, "value_said"));
	html_markup(p->out, "</bdi></td></tr>\n");
}

static void write_map(struct page *p, const json_t *figures, const json_t *first)
{
	struct text caption =
		say(p->arena, p->words, "public.district-caption", text_in(first, "measure_said"),
		    text_in(first, "group_said"), text_in(first, "as_of"));
	size_t at;
	json_t *x;

	page_table_begin(p, caption, "map");
	html_markup(p->out, "<thead><tr>\n");
	html_said(p->out, "th scope=\"col\"", page_say(p, "public.where"));
	html_said(p->out, "th scope=\"col\"", text_in(first, "unit_said"));
	html_markup(p->out, "</tr></thead>\n<tbody>\n");
	json_array_foreach(figures, at, x)
		if (district_of(p, x) && is_alike(first, x))
			write_district(p, x);
	html_markup(p->out, "</tbody>\n");
	page_table_end(p, say(p->arena, p->words, "public.district-source",
			      text_in(first, "publisher"), text_in(first, "report")));
}

void page_districts(struct page *p, const json_t *figures)
{
	bool any = false;
	size_t at;
	json_t *x;

	json_array_foreach(figures, at, x) {
		if (count_alike(p, figures, at) < DISTRICTS_LEAST)
			continue;
		if (!any)
			html_said(p->out, "h2", page_say(p, "public.by-district"));
		any = true;
		write_map(p, figures, x);
	}
}
