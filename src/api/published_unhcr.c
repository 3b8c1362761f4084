/*
 * published_unhcr: UNHCR's yearly series of Afghans in Pakistan, as it comes with ikhtiar:
 * by year and group, by province, and by age and sex.
 *
 * data/figures has them as they were published; from 2013 on its places add up to its
 * totals, so nothing here is estimated.
 */
#include <stdio.h>
#include <stdlib.h>

#include "api/published.h"
#include "base/csv.h"
#include "base/embed.h"

#define YEARLY "figures/unhcr_yearly.csv"
#define PLACES "figures/unhcr_places.csv"
#define YEAR_FIRST 1979
#define YEARS_MAX 100
#define PROVINCES_MAX 16
#define COLUMNS_MAX 64

/* --- a list, row by row -------------------------------------------------------------------- */

struct list {
	struct csv *csv;
	const struct csv_row *row;
	struct text names[COLUMNS_MAX];
	size_t name_count;
};

static struct text cell(const struct list *l, const char *name)
{
	for (size_t i = 0; i < l->name_count && i < l->row->count; i++)
		if (text_is(l->names[i], name))
			return l->row->cells[i];
	return (struct text){ NULL, 0 };
}

/* A cell ends with a zero byte. */
static int64_t number(const struct list *l, const char *name)
{
	struct text t = cell(l, name);

	return t.size ? strtoll(t.at, NULL, 10) : 0;
}

/* The file comes with the program: what is wrong with it is a mistake of ours. */
static enum err each_row(struct page *p, const char *file,
			 void (*take)(void *self, const struct list *l), void *self)
{
	struct fault *f = &p->q->desk.fault;
	struct list l = { 0 };
	enum err e = csv_open_bytes(&l.csv, embedded(file), NULL, f);

	if (!e && !(e = csv_next(l.csv, &l.row, f)) && l.row)
		for (; l.name_count < l.row->count && l.name_count < COLUMNS_MAX; l.name_count++)
			l.names[l.name_count] =
				arena_copy_text(p->arena, l.row->cells[l.name_count]);
	while (!e && !(e = csv_next(l.csv, &l.row, f)) && l.row)
		take(self, &l);
	csv_close(l.csv);
	return e;
}

static void write_number(struct page *p, int64_t n)
{
	char plain[24], out[40];
	size_t size = (size_t)snprintf(plain, sizeof(plain), "%lld", (long long)n), at = 0;

	for (size_t i = 0; i < size; i++) {
		if (i && (size - i) % 3 == 0)
			out[at++] = ',';
		out[at++] = plain[i];
	}
	html_markup(p->out, "<td class=\"number\" data-value=\"%s\"><bdi>%.*s</bdi></td>\n", plain,
		    (int)at, out);
}

/* Where the source has nothing, which is not zero. */
static void write_nothing(struct page *p)
{
	html_markup(p->out, "<td class=\"number\">–</td>\n");
}

static void write_heads(struct page *p, const char *const *keys, size_t count)
{
	html_markup(p->out, "<thead><tr>\n");
	for (size_t i = 0; i < count; i++)
		html_said(p->out, "th scope=\"col\"", page_say(p, keys[i]));
	html_markup(p->out, "</tr></thead>\n<tbody>\n");
}

/* --- by year ---------------------------------------------------------------------------------- */

static const struct series_column {
	const char *group, *measure, *area, *head;
} series[] = {
	{ "REF", "stock_end_year", "PAK", "figures.group.ref" },
	{ "ASY", "stock_end_year", "PAK", "figures.group.asy" },
	{ "OOC", "stock_end_year", "PAK", "figures.group.ooc" },
	{ "OIP", "stock_end_year", "PAK", "figures.group.oip" },
	{ "REF", "returned_to_afghanistan", "PAK", "public.returned-from-pakistan" },
	{ "REF", "returned_to_afghanistan", "IRN", "public.returned-from-iran" },
};

struct years {
	bool there[YEARS_MAX][COUNT_OF(series)];
	int64_t value[YEARS_MAX][COUNT_OF(series)];
};

/* The year of "1979-12-31". */
static void take_year(void *self, const struct list *l)
{
	struct years *y = self;
	int64_t year = number(l, "as_of") - YEAR_FIRST;

	for (size_t i = 0; year >= 0 && year < YEARS_MAX && i < COUNT_OF(series); i++) {
		if (!text_is(cell(l, "group"), series[i].group) ||
		    !text_is(cell(l, "measure"), series[i].measure) ||
		    !text_is(cell(l, "area_pcode"), series[i].area))
			continue;
		y->there[year][i] = true;
		y->value[year][i] = number(l, "value");
	}
}

static void write_year(struct page *p, const struct years *y, int year)
{
	bool any = false;

	for (size_t i = 0; i < COUNT_OF(series); i++)
		any |= y->there[year][i];
	if (!any)
		return;
	html_markup(p->out, "<tr><th scope=\"row\">%d</th>\n", YEAR_FIRST + year);
	for (size_t i = 0; i < COUNT_OF(series); i++) {
		if (y->there[year][i])
			write_number(p, y->value[year][i]);
		else
			write_nothing(p);
	}
	html_markup(p->out, "</tr>\n");
}

static enum err write_years(struct page *p)
{
	const char *heads[COUNT_OF(series) + 1] = { "public.year" };
	struct years *y = arena_take(p->arena, sizeof(*y));
	enum err e;

	if (!y)
		return fault(&p->q->desk.fault, ERR_MEMORY, "memory.none");
	if ((e = each_row(p, YEARLY, take_year, y)))
		return e;
	for (size_t i = 0; i < COUNT_OF(series); i++)
		heads[i + 1] = series[i].head;
	html_said(p->out, "h2", page_say(p, "public.by-year"));
	page_table_begin(p, page_say(p, "public.by-year-caption"), "lines");
	write_heads(p, heads, COUNT_OF(heads));
	for (int year = 0; year < YEARS_MAX; year++)
		write_year(p, y, year);
	html_markup(p->out, "</tbody>\n");
	page_table_end(p, page_say(p, "public.unhcr-source"));
	return OK;
}

/* --- of the last year: by province, by age and sex -------------------------------------------- */

static const char *const groups[] = { "REF", "ASY", "OOC", "OIP" };
static const struct {
	const char *word, *head; /* of the columns f_0_4, m_0_4 */
} bands[] = {
	{ "0_4", "public.age.0-4" },	 { "5_11", "public.age.5-11" },
	{ "12_17", "public.age.12-17" }, { "18_59", "public.age.18-59" },
	{ "60", "public.age.60" },
};
static const char *const sexes[] = { "f", "m" };

struct places {
	const struct atlas *atlas;
	int64_t year;
	const struct area *provinces[PROVINCES_MAX];
	int64_t persons[PROVINCES_MAX + 1][COUNT_OF(groups)]; /* the last: in no province */
	size_t province_count;
	int64_t ages[COUNT_OF(bands)][COUNT_OF(sexes)];
};

static void find_last_year(void *self, const struct list *l)
{
	int64_t *last = self, year = number(l, "year");

	*last = year > *last ? year : *last;
}

/* Where the persons of a province are added; a village belongs to that of its district. */
static size_t place_of(struct places *x, struct text code)
{
	const struct area *area = NULL;

	if (atlas_area(x->atlas, code, &area, &(struct fault){ 0 }))
		return PROVINCES_MAX;
	area = area_at_level(area, AREA_PROVINCE);
	for (size_t i = 0; area && i < x->province_count; i++)
		if (x->provinces[i] == area)
			return i;
	if (!area || x->province_count == PROVINCES_MAX)
		return PROVINCES_MAX;
	x->provinces[x->province_count] = area;
	return x->province_count++;
}

/* Ages are known of refugees and asylum-seekers alone. */
static void take_ages(struct places *x, const struct list *l)
{
	char name[16];

	for (size_t b = 0; b < COUNT_OF(bands); b++)
		for (size_t s = 0; s < COUNT_OF(sexes); s++) {
			snprintf(name, sizeof(name), "%s_%s", sexes[s], bands[b].word);
			x->ages[b][s] += number(l, name);
		}
}

static void take_place(void *self, const struct list *l)
{
	struct places *x = self;
	size_t place;

	if (number(l, "year") != x->year)
		return;
	place = place_of(x, cell(l, "area_pcode"));
	for (size_t g = 0; g < COUNT_OF(groups); g++)
		if (text_is(cell(l, "group"), groups[g]))
			x->persons[place][g] += number(l, "total");
	take_ages(x, l);
}

static void write_persons(struct page *p, const int64_t persons[COUNT_OF(groups)])
{
	int64_t total = 0;

	for (size_t g = 0; g < COUNT_OF(groups); g++) {
		write_number(p, persons[g]);
		total += persons[g];
	}
	write_number(p, total);
	html_markup(p->out, "</tr>\n");
}

static void write_province(struct page *p, const struct places *x, size_t at)
{
	const struct area *area = x->provinces[at];

	html_markup(p->out,
		    "<tr data-area=\"%.*s\"><th scope=\"row\"><a href=\"figures/%.*s.html\">",
		    SHOWN(area->code), SHOWN(area->code));
	html_text(p->out, name_in(&area->names, (enum text_language)p->language));
	html_markup(p->out, "</a></th>\n");
	write_persons(p, x->persons[at]);
}

static void write_provinces(struct page *p, const struct places *x)
{
	static const char *const heads[] = { "public.where",	  "figures.group.ref",
					     "figures.group.asy", "figures.group.ooc",
					     "figures.group.oip", "public.all" };
	int64_t elsewhere = 0;

	html_said(p->out, "h2", say(p->arena, p->words, "public.by-province", x->year));
	page_table_begin(p, say(p->arena, p->words, "public.by-province-caption", x->year), "map");
	write_heads(p, heads, COUNT_OF(heads));
	for (size_t i = 0; i < x->province_count; i++)
		write_province(p, x, i);
	for (size_t g = 0; g < COUNT_OF(groups); g++)
		elsewhere += x->persons[PROVINCES_MAX][g];
	if (elsewhere) {
		html_markup(p->out, "<tr>\n");
		html_said(p->out, "th scope=\"row\"", page_say(p, "public.dispersed"));
		write_persons(p, x->persons[PROVINCES_MAX]);
	}
	html_markup(p->out, "</tbody>\n");
	page_table_end(p, page_say(p, "public.unhcr-source"));
}

static void write_ages(struct page *p, const struct places *x)
{
	static const char *const heads[] = { "public.age", "public.female", "public.male" };

	html_said(p->out, "h2", say(p->arena, p->words, "public.by-age", x->year));
	page_table_begin(p, say(p->arena, p->words, "public.by-age-caption", x->year), "pyramid");
	write_heads(p, heads, COUNT_OF(heads));
	for (size_t b = 0; b < COUNT_OF(bands); b++) {
		html_markup(p->out, "<tr>\n");
		html_said(p->out, "th scope=\"row\"", page_say(p, bands[b].head));
		for (size_t s = 0; s < COUNT_OF(sexes); s++)
			write_number(p, x->ages[b][s]);
		html_markup(p->out, "</tr>\n");
	}
	html_markup(p->out, "</tbody>\n");
	page_table_end(p, page_say(p, "public.unhcr-source"));
}

static enum err write_last_year(struct page *p)
{
	struct places *x = arena_take(p->arena, sizeof(*x));
	enum err e;

	if (!x)
		return fault(&p->q->desk.fault, ERR_MEMORY, "memory.none");
	x->atlas = p->q->desk.atlas;
	if ((e = each_row(p, PLACES, find_last_year, &x->year)) ||
	    (e = each_row(p, PLACES, take_place, x)))
		return e;
	write_provinces(p, x);
	write_ages(p, x);
	return OK;
}

enum err page_unhcr(struct page *p)
{
	enum err e;

	page_begin(p, page_say(p, "public.unhcr"));
	html_said(p->out, "p class=\"lead\"", page_say(p, "public.unhcr-are"));
	if ((e = write_years(p)) || (e = write_last_year(p)))
		return e;
	page_end(p);
	return OK;
}
