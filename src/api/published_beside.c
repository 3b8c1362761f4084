/*
 * published_beside: what was counted here of an area, beside what others published of the same
 * days.  They are of different people: two tables, each with its source, and nothing that is
 * made of both.
 */
#include "api/published.h"
#include "base/calendar.h"

static const struct figure_run shown = { FIGURE_RETURN_FACILITATED, FIGURE_AID_LATER };

static struct text text_in(const json_t *j, const char *key)
{
	return json_text_of(json_object_get(j, key));
}

/* --- counted ----------------------------------------------------------------------------------- */

/* 0: fewer than five, or not told of this area. */
static uint64_t number_in(const struct release *r, enum figure_counted f, const struct area *area)
{
	if (area->level == AREA_COUNTRY)
		return release_whole(r, f);
	if (area->level == AREA_DISTRICT)
		return release_in_district(r, f, area->code);
	return release_at(r, f, AXIS_PROVINCE, area->code);
}

static bool tells(const struct release *r, enum figure_counted f, const struct area *area)
{
	return area->level == AREA_DISTRICT ? release_tells_district(r, f, area->code)
					    : release_tells(r, f);
}

static void write_number(struct page *p, const struct release *r, enum figure_counted f,
			 const struct area *area)
{
	uint64_t number = number_in(r, f, area);

	if (number)
		html_markup(p->out, "<td class=\"number\"><bdi>%llu</bdi></td></tr>\n",
			    (unsigned long long)number);
	else
		html_markup(p->out, "<td class=\"number\">%s</td></tr>\n",
			    tells(r, f, area) ? "*" : "\u2013");
}

static void write_counted(struct page *p, const struct release *r, const struct area *area)
{
	page_table_begin(p, page_say(p, "public.beside-counted"), NULL);
	html_markup(p->out, "<thead><tr>\n");
	html_said(p->out, "th scope=\"col\"", page_say(p, "public.what"));
	html_said(p->out, "th scope=\"col\"", page_say(p, "public.value"));
	html_markup(p->out, "</tr></thead>\n<tbody>\n");
	for (enum figure_counted f = shown.first; f <= shown.last; f++) {
		html_markup(p->out, "<tr>\n");
		html_said(p->out, "th scope=\"row\"", page_say(p, figure_label(f)));
		write_number(p, r, f, area);
	}
	html_markup(p->out, "</tbody>\n");
	page_table_end(
		p, say(p->arena, p->words, "public.counted-source", reg_site(p->q->desk.reg).name));
}

/* --- reported ---------------------------------------------------------------------------------- */

/* The first and last day of a period, "2025-04-06": their order is that of the letters. */
struct span {
	char start[DATE_TEXT_SIZE], end[DATE_TEXT_SIZE];
};

static bool lies_in(struct text day, const struct span *days)
{
	const size_t size = sizeof("2025-04-06") - 1;

	return day.size == size && memcmp(day.at, days->start, size) >= 0 &&
	       memcmp(day.at, days->end, size) <= 0;
}

/* What began or ended in these days; of a count without a period, its day. */
static bool is_of(const json_t *x, const struct span *days)
{
	struct text start = text_in(x, "period_start"), end = text_in(x, "period_end");

	if (!start.size && !end.size)
		return lies_in(text_in(x, "as_of"), days);
	return lies_in(start, days) || lies_in(end, days);
}

static void write_row(struct page *p, size_t at, const json_t *x)
{
	html_markup(p->out, "<tr><th scope=\"row\"><a href=\"#f%zu\">%zu</a></th>\n", at + 1,
		    at + 1);
	html_value(p->out, "td class=\"day\"", page_period(p, x));
	html_said(p->out, "td", text_in(x, "measure_said"));
	html_said(p->out, "td", text_in(x, "group_said"));
	html_value(p->out, "td class=\"number\"", text_in(x, "value_said"));
	html_value(p->out, "td", text_in(x, "publisher"));
	html_markup(p->out, "</tr>\n");
}

static void write_reported(struct page *p, const struct span *days, const json_t *figures)
{
	static const char *const columns[] = { "public.row",  "public.period", "public.what",
					       "public.whom", "public.value",  "public.who-says" };
	bool any = false;
	size_t at;
	json_t *x;

	json_array_foreach(figures, at, x)
		any |= is_of(x, days);
	page_table_begin(p, page_say(p, "public.beside-reported"), NULL);
	html_markup(p->out, "<thead><tr>\n");
	for (size_t i = 0; i < COUNT_OF(columns); i++)
		html_said(p->out, "th scope=\"col\"", page_say(p, columns[i]));
	html_markup(p->out, "</tr></thead>\n<tbody>\n");
	json_array_foreach(figures, at, x)
		if (is_of(x, days))
			write_row(p, at, x);
	html_markup(p->out, "</tbody>\n");
	page_table_end(p, page_say(p, any ? "public.figures-source" : "public.beside-none"));
}

/* --- side by side ------------------------------------------------------------------------------ */

/* Where counted figures may be told: Pakistan, its provinces and districts of today. */
static bool may_be_told(const struct area *area)
{
	return area->today == area && text_is(area->country, "PAK");
}

/* A district is told only where enough people live and enough happened. */
static bool is_told(const struct release *r, const struct area *area)
{
	for (enum figure_counted f = shown.first; f <= shown.last; f++)
		if (tells(r, f, area))
			return true;
	return false;
}

enum err page_beside(struct page *p, const struct area *area, const json_t *figures)
{
	struct desk *d = &p->q->desk;
	struct desk_bulletin b;
	const struct release *r;
	struct span days;
	enum err e;

	if (!may_be_told(area))
		return OK;
	if ((e = desk_bulletin(d, NULL, &b))) {
		if (e != ERR_NOT_FOUND)
			return e;
		d->fault = (struct fault){ 0 };
		return OK;
	}
	r = b.bulletin.four ? b.bulletin.four : b.bulletin.week;
	if (!is_told(r, area))
		return OK;
	date_write(days.start, r->period.start);
	date_write(days.end, r->period.end);
	html_said(p->out, "h2", page_say(p, "public.beside"));
	html_said(p->out, "p", say(p->arena, p->words, "public.beside-are", days.start, days.end));
	html_markup(p->out, "<div class=\"beside\">\n");
	write_counted(p, r, area);
	write_reported(p, &days, figures);
	html_markup(p->out, "</div>\n");
	return OK;
}
