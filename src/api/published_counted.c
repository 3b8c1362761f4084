/*
 * published_counted: what this register counted, week by week: the weeks that went out, side
 * by side, and of the newest what can be shown as a picture.
 *
 * Kinds of return never stand on one another and are never added up.  A `*` is no number,
 * and no picture draws it.
 */
#include "api/published.h"
#include "base/calendar.h"

#define WEEKS_MAX 26 /* half a year is what a picture has room for */
#define CODES_MAX 64

static const struct figure_run returns = FIGURES_RETURN;
static const struct figure_run arrests = FIGURES_ARREST;
static const struct figure_run freedom = { FIGURE_ARREST, FIGURE_AID_LATER };
static const struct figure_run withdrawals = { FIGURE_WITHDRAWAL_ACTED_ON, FIGURE_WITHDRAWAL_OPEN };
static const struct figure_run reasons = { FIGURE_REASON_ARREST, FIGURE_REASON_OTHER };

struct weeks_told {
	struct desk_bulletin newest;
	struct reg_release weeks[WEEKS_MAX]; /* the newest first */
	size_t week_count;
};

/* --- pieces ---------------------------------------------------------------------------------- */

struct first_and_last {
	char start[DATE_TEXT_SIZE], end[DATE_TEXT_SIZE];
};

static struct first_and_last days_of(struct period p)
{
	struct first_and_last d;

	date_write(d.start, p.start);
	date_write(d.end, p.end);
	return d;
}

static struct text said_of(struct page *p, const char *key, struct period period)
{
	struct first_and_last d = days_of(period);

	return say(p->arena, p->words, key, d.start, d.end);
}

static struct text name_of(struct page *p, const struct weeks_told *c, enum axis axis,
			   struct text code)
{
	const struct bulletin *b = &c->newest.bulletin;

	return text_is(code, CODE_OTHER) ? page_say(p, "bulletin.other")
					 : b->name(b->self, axis, code, p->words);
}

/* A star is no number; a dash: nothing of that figure went out. */
static void write_count(struct page *p, const struct release *r, enum figure_counted f,
			uint64_t value)
{
	if (value)
		html_markup(p->out,
			    "<td class=\"number\" data-value=\"%llu\"><bdi>%llu</bdi></td>\n",
			    (unsigned long long)value, (unsigned long long)value);
	else
		html_markup(p->out, "<td class=\"number\">%s</td>\n",
			    release_tells(r, f) ? "*" : "\u2013");
}

static void begin_rows(struct page *p, const char *edge)
{
	html_markup(p->out, "<thead><tr>\n");
	html_said(p->out, "th scope=\"col\"", page_say(p, edge));
}

static void begin_rows_of(struct page *p, const char *edge, struct figure_run run)
{
	begin_rows(p, edge);
	for (enum figure_counted f = run.first; f <= run.last; f++)
		html_said(p->out, "th scope=\"col\"", page_say(p, figure_label(f)));
	html_markup(p->out, "</tr></thead>\n<tbody>\n");
}

static void end_rows(struct page *p, const struct weeks_told *c)
{
	html_markup(p->out, "</tbody>\n");
	page_table_end(p, bulletin_note(p->arena, &c->newest.bulletin, p->words));
}

/* --- the weeks side by side ------------------------------------------------------------------- */

static void write_week(struct page *p, const struct release *week, struct figure_run run)
{
	html_markup(p->out, "<tr>\n");
	html_value(p->out, "th scope=\"row\" class=\"day\"", text_of(days_of(week->period).start));
	for (enum figure_counted f = run.first; f <= run.last; f++)
		write_count(p, week, f, release_whole(week, f));
	html_markup(p->out, "</tr>\n");
}

/* Time runs on as people read. */
static void write_weeks(struct page *p, const struct weeks_told *c, const char *caption,
			struct figure_run run)
{
	page_table_begin(p, page_say(p, caption), "strips");
	begin_rows_of(p, "public.week-from", run);
	for (size_t i = c->week_count; i > 0; i--)
		write_week(p, &c->weeks[i - 1].release, run);
	end_rows(p, c);
}

/* --- the newest week --------------------------------------------------------------------------- */

static void write_crossings(struct page *p, const struct weeks_told *c)
{
	const struct release *week = c->newest.bulletin.week;
	struct text codes[CODES_MAX];
	size_t count = release_codes(week, returns, AXIS_CROSSING, codes, CODES_MAX);

	/* A head without rows says nothing. */
	if (!count)
		return;
	page_table_begin(p, said_of(p, "public.counted-crossings", week->period), "strips");
	begin_rows_of(p, "bulletin.crossing", returns);
	for (size_t i = 0; i < count; i++) {
		html_markup(p->out, "<tr>\n");
		html_said(p->out, "th scope=\"row\"", name_of(p, c, AXIS_CROSSING, codes[i]));
		for (enum figure_counted f = returns.first; f <= returns.last; f++)
			write_count(p, week, f, release_at(week, f, AXIS_CROSSING, codes[i]));
		html_markup(p->out, "</tr>\n");
	}
	end_rows(p, c);
}

static bool tells_ages(const struct release *week, enum figure_counted f)
{
	for (enum sex_counted s = 0; s < SEX_COUNTED_OTHER; s++)
		for (enum age_band a = 0; a < AGE_NOT_KNOWN; a++)
			if (release_of_age(week, f, s, a))
				return true;
	return false;
}

static struct text of_figure(struct page *p, const char *key, enum figure_counted f,
			     struct period period)
{
	struct first_and_last d = days_of(period);

	return say(p->arena, p->words, key, page_say(p, figure_label(f)), d.start, d.end);
}

static void write_ages(struct page *p, const struct weeks_told *c, enum figure_counted f)
{
	const struct release *week = c->newest.bulletin.week;

	page_table_begin(p, of_figure(p, "public.counted-ages", f, week->period), "pyramid");
	begin_rows(p, "public.age");
	html_said(p->out, "th scope=\"col\"", page_say(p, "public.female"));
	html_said(p->out, "th scope=\"col\"", page_say(p, "public.male"));
	html_markup(p->out, "</tr></thead>\n<tbody>\n");
	for (enum age_band a = 0; a < AGE_NOT_KNOWN; a++) {
		html_markup(p->out, "<tr>\n");
		html_value(p->out, "th scope=\"row\"", text_of(age_band_word(a)));
		for (enum sex_counted s = 0; s < SEX_COUNTED_OTHER; s++)
			write_count(p, week, f, release_of_age(week, f, s, a));
		html_markup(p->out, "</tr>\n");
	}
	end_rows(p, c);
}

/* Of a week in which nobody crossed there is nothing but its line above. */
static bool tells_more(const struct release *week)
{
	struct text codes[CODES_MAX];

	for (enum figure_counted f = returns.first; f <= returns.last; f++)
		if (tells_ages(week, f))
			return true;
	return release_codes(week, returns, AXIS_CROSSING, codes, CODES_MAX) > 0;
}

static void write_newest(struct page *p, const struct weeks_told *c)
{
	const struct release *week = c->newest.bulletin.week;

	if (!tells_more(week))
		return;
	html_said(p->out, "h2", bulletin_title(p->arena, &c->newest.bulletin, p->words));
	write_crossings(p, c);
	for (enum figure_counted f = returns.first; f <= returns.last; f++)
		if (tells_ages(week, f))
			write_ages(p, c, f);
}

/* --- four weeks, by district -------------------------------------------------------------------- */

static bool tells_districts(const struct figure_table *t)
{
	for (size_t i = 0; i < t->count; i++)
		if (cell_is_district(&t->cells[i]) && t->cells[i].value)
			return true;
	return false;
}

static void write_district(struct page *p, const struct weeks_told *c, enum figure_counted f,
			   const struct figure_cell *cell)
{
	struct text code = cell->at[AXIS_DISTRICT];

	html_markup(p->out,
		    "<tr data-area=\"%.*s\"><th scope=\"row\"><a href=\"figures/%.*s.html\">",
		    SHOWN(code), SHOWN(code));
	html_text(p->out, name_of(p, c, AXIS_DISTRICT, code));
	html_markup(p->out, "</a></th>\n");
	write_count(p, c->newest.bulletin.four, f, cell->value);
	html_markup(p->out, "</tr>\n");
}

static void write_districts(struct page *p, const struct weeks_told *c, enum figure_counted f)
{
	const struct release *four = c->newest.bulletin.four;
	const struct figure_table *t = &four->tables[f];

	page_table_begin(p, of_figure(p, "public.counted-districts", f, four->period), "map");
	begin_rows_of(p, "bulletin.district", (struct figure_run){ f, f });
	for (size_t i = 0; i < t->count; i++)
		if (cell_is_district(&t->cells[i]))
			write_district(p, c, f, &t->cells[i]);
	end_rows(p, c);
}

static void write_four(struct page *p, const struct weeks_told *c)
{
	const struct release *four = c->newest.bulletin.four;
	bool any = false;

	for (enum figure_counted f = returns.first; four && f <= arrests.last; f++) {
		if (!tells_districts(&four->tables[f]))
			continue;
		if (!any)
			html_said(p->out, "h2", said_of(p, "public.counted-four", four->period));
		any = true;
		write_districts(p, c, f);
	}
}

/* --- the page ------------------------------------------------------------------------------------ */

static void write_counted(struct page *p, const struct weeks_told *c)
{
	html_said(p->out, "p", page_say(p, "bulletin.star"));
	html_markup(p->out, "<p><a href=\"bulletin.html\">");
	html_text(p->out, page_say(p, "public.bulletin"));
	html_markup(p->out, "</a></p>\n");
	write_weeks(p, c, "public.counted-returns", returns);
	write_weeks(p, c, "public.counted-freedom", freedom);
	write_weeks(p, c, "public.counted-withdrawals", withdrawals);
	write_weeks(p, c, "public.counted-reasons", reasons);
	write_newest(p, c);
	write_four(p, c);
	html_said(p->out, "h2", page_say(p, "bulletin.how-to-read"));
	html_said(p->out, "p", page_say(p, "bulletin.rounding"));
	html_said(p->out, "p", page_say(p, "bulletin.small"));
	html_said(p->out, "p", page_say(p, "bulletin.licence"));
}

enum err page_counted(struct page *p)
{
	struct desk *d = &p->q->desk;
	struct weeks_told *c = arena_take(p->arena, sizeof(*c));
	struct reg_kept_bulletin kept;
	enum err e;

	if (!c)
		return fault(&d->fault, ERR_MEMORY, "memory.none");
	if (!(e = desk_weeks(d, c->weeks, WEEKS_MAX, &c->week_count)) && c->week_count &&
	    !(e = desk_bulletin(d, &c->weeks[0].release.period, &c->newest)))
		e = page_kept(p, &c->newest.bulletin, &kept);
	if (e)
		return e;
	page_begin(p, page_say(p, "public.counted"));
	html_said(p->out, "p class=\"lead\"", page_say(p, "public.counted-are"));
	if (c->week_count)
		write_counted(p, c);
	else
		html_said(p->out, "p", page_say(p, "public.counted-none"));
	page_end(p);
	return OK;
}
