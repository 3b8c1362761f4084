/*
 * page: the bulletin as a page in one language: two sheets when it is printed, and on a
 * screen every number behind them.
 *
 *     first sheet    what it is; returns by province and crossing; arrests, detentions,
 *                    releases and legal aid; withdrawals; reasons; pressure; needs
 *     second sheet   where people mean to go; sex and age; arrests by district; corrections;
 *                    directives; how to read it
 *     screen only    all numbers of the release, as in the CSV
 *
 * The kinds of return stand side by side and are never added up.  It needs no script, no
 * font and no picture of others, and shows the same in every browser.
 */
#include "figures/figures.h"

#include <assert.h>
#include <stdio.h>

#include "base/calendar.h"
#include "base/words.h"

#define CODES_MAX 64
#define SAY_MEMORY ((size_t)8 << 20)

struct page {
	struct buffer *out;
	const struct bulletin *bulletin;
	const struct words *words;
	struct arena *arena;
};

/* --- pieces -------------------------------------------------------------------------- */

static void put(struct page *p, const char *html)
{
	buffer_text(p->out, text_of(html));
}

/* In a title, which has no markup, and in rows for machines. */
static void put_escaped(struct page *p, struct text t)
{
	for (size_t i = 0; i < t.size; i++) {
		switch (t.at[i]) {
		case '<': put(p, "&lt;"); break;
		case '>': put(p, "&gt;"); break;
		case '&': put(p, "&amp;"); break;
		case '"': put(p, "&quot;"); break;
		default: buffer_byte(p->out, (uint8_t)t.at[i]);
		}
	}
}

/* A date stays on one line, which a browser would break behind a hyphen. */
static void put_text(struct page *p, struct text t)
{
	struct text before, day;

	while (date_next(&t, &before, &day)) {
		put_escaped(p, before);
		put(p, "<time>");
		put_escaped(p, day);
		put(p, "</time>");
	}
	put_escaped(p, t);
}

static void put_words(struct page *p, const char *key)
{
	put_text(p, say(p->arena, p->words, key));
}

static void put_tagged(struct page *p, const char *tag, const char *key)
{
	buffer_print(p->out, "<%s>", tag);
	put_words(p, key);
	buffer_print(p->out, "</%s>\n", tag);
}

/* A number as it is shown: 0 is a star, unless nothing of that figure went out. */
static void put_number(struct page *p, const struct release *r, enum figure_counted f,
		       uint64_t value)
{
	if (value)
		buffer_print(p->out, "<td>%llu</td>", (unsigned long long)value);
	else
		put(p, release_tells(r, f) ? "<td>*</td>" : "<td>\u2013</td>");
}

/* What stands at the edge of a table: the words of a code of the program's own, or the name
 * of a place. */
static struct text name_of(struct page *p, enum axis axis, struct text code)
{
	enum figure_counted figure;
	struct text name;
	char key[64];

	if (text_is(code, CODE_OTHER))
		return say(p->arena, p->words, "bulletin.other");
	if (axis == AXIS_SEX || axis == AXIS_GROUP) {
		snprintf(key, sizeof(key), "code.%s.%.*s", axis_word(axis), SHOWN(code));
		return say(p->arena, p->words, key);
	}
	if (axis == AXIS_WAIT && wait_band_label(code))
		return say(p->arena, p->words, wait_band_label(code));
	if (axis == AXIS_OF && figure_of_word(&figure, code))
		return say(p->arena, p->words, figure_label(figure));
	if (axis == AXIS_AGE)
		return code;
	name = p->bulletin->name(p->bulletin->self, axis, code, p->words);
	return name.size ? name : code;
}

/* --- looking up ---------------------------------------------------------------------- */

static const struct figure_run returns = FIGURES_RETURN;
static const struct figure_run freedom = { FIGURE_ARREST, FIGURE_AID_LATER };
static const struct figure_run withdrawals = { FIGURE_WITHDRAWAL_ACTED_ON, FIGURE_WITHDRAWAL_OPEN };
static const struct figure_run reasons = { FIGURE_REASON_ARREST, FIGURE_REASON_OTHER };
static const struct figure_run corrections = { FIGURE_CORRECTION, FIGURE_CORRECTION };
static const struct figure_run pressure = { FIGURE_PRESSURE_ARREST, FIGURE_PRESSURE_OTHER };
static const struct figure_run needs = { FIGURE_NEED_CR, FIGURE_NEED_PG };
static const struct figure_run arrests = FIGURES_ARREST;

static uint64_t whole(const struct page *p, enum figure_counted figure)
{
	return release_whole(p->bulletin->week, figure);
}

/* --- tables -------------------------------------------------------------------------- */

static void begin_table(struct page *p, const char *caption, const char *edge,
			struct figure_run run)
{
	put(p, "<table>");
	put_tagged(p, "caption", caption);
	put(p, "<thead><tr><th scope=\"col\">");
	put_words(p, edge);
	put(p, "</th>");
	for (enum figure_counted f = run.first; f <= run.last; f++) {
		put(p, "<th scope=\"col\">");
		put_words(p, figure_label(f));
		put(p, "</th>");
	}
	put(p, "</tr></thead><tbody>\n");
}

/* Each table can be taken out of the page: it says itself how it was made and whose it is. */
static void end_table(struct page *p, size_t columns)
{
	buffer_print(p->out, "</tbody><tfoot><tr><td colspan=\"%zu\"><a href=\"#method\">",
		     columns);
	put_text(p, bulletin_note(p->arena, p->bulletin, p->words));
	put(p, "</a></td></tr></tfoot></table>\n");
}

/* The edge, and one for each figure. */
static size_t columns_of(struct figure_run run)
{
	return 1 + (size_t)(run.last - run.first) + 1;
}

static void begin_row(struct page *p, struct text edge)
{
	put(p, "<tr><th scope=\"row\">");
	put_text(p, edge);
	put(p, "</th>");
}

static void end_row(struct page *p)
{
	put(p, "</tr>\n");
}

static void put_whole(struct page *p, struct figure_run run)
{
	put(p, "<tr class=\"whole\"><th scope=\"row\">");
	put_words(p, "bulletin.whole");
	put(p, "</th>");
	for (enum figure_counted f = run.first; f <= run.last; f++)
		put_number(p, p->bulletin->week, f, whole(p, f));
	end_row(p);
}

static void put_by_axis(struct page *p, const char *caption, struct figure_run run, enum axis axis)
{
	struct text codes[CODES_MAX];
	size_t count = release_codes(p->bulletin->week, run, axis, codes, CODES_MAX);
	char edge[64];

	snprintf(edge, sizeof(edge), "bulletin.%s", axis_word(axis));
	begin_table(p, caption, edge, run);
	put_whole(p, run);
	for (size_t i = 0; i < count; i++) {
		begin_row(p, name_of(p, axis, codes[i]));
		for (enum figure_counted f = run.first; f <= run.last; f++)
			put_number(p, p->bulletin->week, f,
				   release_at(p->bulletin->week, f, axis, codes[i]));
		end_row(p);
	}
	end_table(p, columns_of(run));
}

static void put_by_age(struct page *p)
{
	begin_table(p, "bulletin.by-age", "bulletin.age", returns);
	for (enum sex_counted s = 0; s < SEX_COUNTED_OTHER; s++)
		for (enum age_band a = 0; a < AGE_NOT_KNOWN; a++) {
			struct text sex = name_of(p, AXIS_SEX, text_of(sex_counted_word(s)));

			begin_row(p, arena_print(p->arena, "%.*s \u2066%s\u2069", SHOWN(sex),
						 age_band_word(a)));
			for (enum figure_counted f = returns.first; f <= returns.last; f++)
				put_number(p, p->bulletin->week, f,
					   release_of_age(p->bulletin->week, f, s, a));
			end_row(p);
		}
	end_table(p, columns_of(returns));
}

static bool any_district(const struct page *p)
{
	for (enum figure_counted of = arrests.first; p->bulletin->four && of <= arrests.last;
	     of++) {
		const struct figure_table *t = &p->bulletin->four->tables[of];

		for (size_t i = 0; i < t->count; i++)
			if (cell_is_district(&t->cells[i]))
				return true;
	}
	return false;
}

/* The districts that are told of arrests or of detentions, those of arrests first. */
static void put_by_district(struct page *p)
{
	begin_table(p, "bulletin.by-district", "bulletin.district", arrests);
	for (enum figure_counted of = arrests.first; of <= arrests.last; of++) {
		const struct figure_table *t = &p->bulletin->four->tables[of];

		for (size_t i = 0; i < t->count; i++) {
			struct text district = t->cells[i].at[AXIS_DISTRICT];

			if (!cell_is_district(&t->cells[i]) ||
			    (of != arrests.first &&
			     release_in_district(p->bulletin->four, arrests.first, district)))
				continue;
			begin_row(p, name_of(p, AXIS_DISTRICT, district));
			for (enum figure_counted f = arrests.first; f <= arrests.last; f++)
				put_number(p, p->bulletin->four, f,
					   release_in_district(p->bulletin->four, f, district));
			end_row(p);
		}
	}
	end_table(p, columns_of(arrests));
}

/* One below the other, where there are many figures and one number of each. */
static void put_list(struct page *p, const char *caption, struct figure_run run)
{
	put(p, "<table>");
	put_tagged(p, "caption", caption);
	put(p, "<tbody>\n");
	for (enum figure_counted f = run.first; f <= run.last; f++) {
		begin_row(p, say(p->arena, p->words, figure_label(f)));
		put_number(p, p->bulletin->week, f, whole(p, f));
		end_row(p);
	}
	end_table(p, 2);
}

static void put_directive(struct page *p, const struct bulletin_directive *d)
{
	put(p, "<li><bdi dir=\"ltr\" lang=\"en\">");
	put_text(p, d->from);
	put(p, " \u2013 ");
	put_text(p, d->to);
	put(p, " <strong>");
	put_text(p, d->code);
	put(p, "</strong> ");
	put_text(p, d->authority);
	put(p, ", ");
	put_text(p, d->title);
	put(p, "</bdi></li>\n");
}

static void put_directives_of(struct page *p, size_t from, size_t to)
{
	if (from < to)
		put(p, "<ul class=\"directives\">\n");
	for (size_t i = from; i < to; i++)
		put_directive(p, &p->bulletin->directives[i]);
	if (from < to)
		put(p, "</ul>\n");
}

static void put_directives(struct page *p)
{
	const struct bulletin *b = p->bulletin;
	size_t began = 0;

	while (began < b->directive_count && b->directives[began].began)
		began++;
	put_tagged(p, "h2", "bulletin.directives");
	if (!began)
		put_tagged(p, "p", "bulletin.no-directives");
	put_directives_of(p, 0, began);
	if (began == b->directive_count)
		return;
	put_tagged(p, "h2", "bulletin.directives-before");
	put_directives_of(p, began, b->directive_count);
}

/* --- all numbers --------------------------------------------------------------------- */

static void put_all_row(void *self, const struct bulletin_row *row)
{
	struct page *p = self;

	put(p, "<tr>");
	for (size_t i = 0; i < BULLETIN_COLUMNS; i++) {
		put(p, "<td>");
		if (i == BULLETIN_VALUE && row->value)
			buffer_print(p->out, "%llu", (unsigned long long)row->value);
		else
			put_escaped(p, row->cells[i]);
		put(p, "</td>");
	}
	put(p, "</tr>\n");
}

static void put_all(struct page *p, const char *caption, const struct release *r)
{
	put(p, "<details><summary>");
	put_words(p, caption);
	put(p, "</summary><table class=\"all\" dir=\"ltr\" lang=\"en\"><thead><tr>");
	for (size_t i = 0; i < BULLETIN_COLUMNS; i++)
		buffer_print(p->out, "<th scope=\"col\">%s</th>", bulletin_heading(i));
	put(p, "</tr></thead><tbody>\n");
	bulletin_each_row(p->bulletin, r, put_all_row, p);
	put(p, "</tbody></table></details>\n");
}

/* --- the page ------------------------------------------------------------------------ */

static const char style[] =
	"body{font-family:'Noto Sans','Noto Sans Arabic','Segoe UI',Tahoma,sans-serif;margin:0 "
	"auto;"
	"max-width:60rem;padding:1rem;color:#1b1b1b;background:#fff;line-height:1.45}"
	"h1{font-size:1.5rem;margin:0}h2{font-size:1.05rem;margin:1rem 0 .3rem}"
	"p{margin:.3rem 0}time{white-space:nowrap}.about{color:#444}.demo{border:2px solid "
	"#555;padding:.2rem .6rem;"
	"display:inline-block;font-weight:bold}"
	"table{border-collapse:collapse;width:100%;margin:.7rem 0;font-size:.9rem}"
	"caption{text-align:start;font-weight:bold;padding-block-end:.2rem}"
	"th,td{border-block-end:1px solid #bbb;padding:.15rem .4rem;text-align:start;"
	"font-weight:normal;vertical-align:bottom}"
	"td{text-align:end;font-variant-numeric:tabular-nums}.all td{text-align:start}"
	"thead th{border-block-end:2px solid #555;font-size:.8rem}"
	"thead th+th{text-align:end}.all thead th{text-align:start}"
	".whole th,.whole td{font-weight:bold}"
	"tfoot td{border:0;text-align:start;font-size:.75rem}tfoot a{color:#444}"
	".wide{overflow-x:auto}footer{border-block-start:1px solid #bbb;margin-block-start:1rem;"
	"font-size:.85rem}a{color:#0b4f6c}"
	"@media print{@page{size:A4;margin:12mm}body{max-width:none;padding:0;font-size:8.5pt;"
	"line-height:1.25}h1{font-size:13pt}h2{font-size:10pt;margin:2mm 0 1mm}"
	"table{font-size:8pt;margin:1.5mm 0;break-inside:avoid}th,td{padding:.2mm 1mm}"
	"thead th{font-size:7pt}tfoot td{font-size:6pt}tfoot "
	"a{text-decoration:none}.second{break-before:page}details,.files{display:none}"
	".pair{columns:3;column-gap:4mm}.directives{columns:2;column-gap:6mm}.directives{font-size:"
	"7pt;margin:0}footer{font-"
	"size:8pt}}"
	"@media screen and (min-width:48rem){.pair{columns:2;column-gap:2rem}}"
	".pair table{break-inside:avoid;margin-block-start:0}";

struct text bulletin_title(struct arena *a, const struct bulletin *b, const struct words *w)
{
	char start[DATE_TEXT_SIZE], end[DATE_TEXT_SIZE];

	date_write(start, b->week->period.start);
	date_write(end, b->week->period.end);
	return say(a, w, "bulletin.title", start, end);
}

struct text bulletin_note(struct arena *a, const struct bulletin *b, const struct words *w)
{
	return b->contact.size ? say(a, w, "bulletin.note-contact", b->site, b->contact)
			       : say(a, w, "bulletin.note", b->site);
}

static void put_head(struct page *p)
{
	const struct words_language_info *info = words_language_info(words_language(p->words));
	struct text title = bulletin_title(p->arena, p->bulletin, p->words);

	buffer_print(p->out,
		     "<!doctype html>\n<html lang=\"%s\" dir=\"%s\"><head><meta charset=\"utf-8\">"
		     "<meta name=\"viewport\" content=\"width=device-width\"><title>",
		     info->code, info->right_to_left ? "rtl" : "ltr");
	put_escaped(p, title);
	put(p, "</title><style>");
	put(p, style);
	put(p, "</style></head><body><main>\n<header>");
	if (p->bulletin->demo)
		put(p, "<p class=\"demo\" dir=\"ltr\">DEMO</p>");
	put(p, "<h1>");
	put_text(p, title);
	put(p, "</h1>\n<p class=\"about\">");
	put_text(p, p->bulletin->site);
	put(p, "</p>");
	put_tagged(p, "p", "bulletin.star");
	put(p, "</header>\n");
}

static void put_foot(struct page *p)
{
	put(p, "<h2 id=\"method\">");
	put_words(p, "bulletin.how-to-read");
	put(p, "</h2>\n");
	put_tagged(p, "p", "bulletin.rounding");
	put_tagged(p, "p", "bulletin.small");
	put_tagged(p, "p", "bulletin.not");
	put(p, "<footer>");
	put_tagged(p, "p", "bulletin.licence");
	if (p->bulletin->contact.size) {
		put(p, "<p>");
		put_text(p, say(p->arena, p->words, "bulletin.contact", p->bulletin->contact));
		put(p, "</p>");
	}
	put(p, "</footer>\n");
}

/* --- files beside the page ------------------------------------------------------------ */

static const struct {
	const char *name, *label;
} files[] = {
	{ "week.csv", "bulletin.file-week" },
	{ "four-weeks.csv", "bulletin.file-four" },
	{ "bulletin.json", "bulletin.file-json" },
	{ "bulletin.xlsx", "bulletin.file-xlsx" },
	{ "dictionary.csv", "bulletin.file-dictionary" },
	{ "dhis2-values.csv", "bulletin.file-dhis2-values" },
	{ "dhis2-units.csv", "bulletin.file-dhis2-units" },
	{ "about.txt", "bulletin.file-about" },
	{ "sums.txt", "bulletin.file-sums" },
	{ "sums.txt.note", "bulletin.file-note" },
	{ "checkpoint.txt", "bulletin.file-checkpoint" },
	{ "key.txt", "bulletin.file-key" },
};

const char *bulletin_file_name(size_t at)
{
	assert(at <= COUNT_OF(files));
	return at < COUNT_OF(files) ? files[at].name : NULL;
}

static void put_link(struct page *p, size_t file, const char *folder)
{
	buffer_print(p->out, "<li><a href=\"%s%s\" download><bdi>%s</bdi></a>: ", folder,
		     files[file].name, files[file].name);
	put_words(p, files[file].label);
	put(p, "</li>\n");
}

static bool is_named(const struct text *names, size_t count, const char *file)
{
	for (size_t i = 0; i < count; i++)
		if (text_is(names[i], file))
			return true;
	return false;
}

static void begin_links(struct page *p)
{
	put_tagged(p, "h2", "bulletin.files");
	put(p, "<ul>\n");
}

/* What lies beside the page: the same numbers as files, the page in the other languages, and
 * the public pages. */
static void put_files(struct page *p)
{
	put(p, "<nav class=\"files\">");
	begin_links(p);
	for (size_t i = 0; i < COUNT_OF(files); i++)
		if (p->bulletin->four || strcmp(files[i].name, "four-weeks.csv"))
			put_link(p, i, "");
	put(p, "</ul><p>");
	for (int l = 0; l < WORDS_LANGUAGES; l++) {
		const struct words_language_info *info =
			words_language_info((enum words_language)l);

		buffer_print(p->out, "<a href=\"%s.html\" lang=\"%s\" hreflang=\"%s\">%s</a> ",
			     info->code, info->code, info->code, info->name);
	}
	buffer_print(p->out, "</p><p><a href=\"public/%s/index.html\">",
		     words_language_info(words_language(p->words))->code);
	put_words(p, "bulletin.public");
	put(p, "</a></p></nav>\n");
}

static void put_tables(struct page *p)
{
	put(p, "<div class=\"wide\">");
	put_by_axis(p, "bulletin.returns", returns, AXIS_PROVINCE);
	put_by_axis(p, "bulletin.by-crossing", returns, AXIS_CROSSING);
	put_by_axis(p, "bulletin.freedom", freedom, AXIS_PROVINCE);
	put_by_axis(p, "bulletin.withdrawals", withdrawals, AXIS_WAIT);
	put(p, "</div><div class=\"pair\">");
	put_list(p, "bulletin.reasons", reasons);
	put_list(p, "bulletin.pressure", pressure);
	put_list(p, "bulletin.needs", needs);
	put(p, "</div><div class=\"wide second\">");
	put_by_axis(p, "bulletin.by-destination", returns, AXIS_DESTINATION);
	put_by_age(p);
	if (any_district(p))
		put_by_district(p);
	if (whole(p, FIGURE_CORRECTION))
		put_by_axis(p, "bulletin.corrections", corrections, AXIS_OF);
	put(p, "</div>\n");
	put_directives(p);
}

static void put_numbers(struct page *p)
{
	put_all(p, "bulletin.all-week", p->bulletin->week);
	if (p->bulletin->four)
		put_all(p, "bulletin.all-four", p->bulletin->four);
}

static void put_page(struct page *p)
{
	put_head(p);
	put_tables(p);
	put_foot(p);
	put_files(p);
	put_numbers(p);
	put(p, "</main></body></html>\n");
}

static void put_content(struct page *p)
{
	put_tagged(p, "p", "bulletin.star");
	put_tables(p);
	put_foot(p);
	put_numbers(p);
}

static enum err write(void (*part)(struct page *p), struct page p, struct fault *f)
{
	if (arena_new(&p.arena, SAY_MEMORY))
		return fault(f, ERR_MEMORY, "figures.no-memory");
	part(&p);
	arena_free(p.arena);
	return buffer_end(p.out, f);
}

enum err bulletin_page(struct buffer *out, const struct bulletin *b, const struct words *w,
		       struct fault *f)
{
	return write(put_page, (struct page){ .out = out, .bulletin = b, .words = w }, f);
}

enum err bulletin_content(struct buffer *out, const struct bulletin *b, const struct words *w,
			  struct fault *f)
{
	return write(put_content, (struct page){ .out = out, .bulletin = b, .words = w }, f);
}

enum err bulletin_links(struct buffer *out, const struct text *names, size_t count,
			const char *folder, const struct words *w, struct fault *f)
{
	struct page p = { .out = out, .words = w };

	if (arena_new(&p.arena, SAY_MEMORY))
		return fault(f, ERR_MEMORY, "figures.no-memory");
	begin_links(&p);
	for (size_t i = 0; i < COUNT_OF(files); i++)
		if (is_named(names, count, files[i].name))
			put_link(&p, i, folder);
	put(&p, "</ul>\n");
	arena_free(p.arena);
	return buffer_end(out, f);
}
