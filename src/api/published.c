/*
 * published: which page it is, the frame of all of them, and the first one.
 */
#include "api/published.h"

#include <stdio.h>

#include "api/pages.h"
#include "base/calendar.h"

#define ENDING TEXT(".html")
#define PAGE_NAME_SIZE_MAX 120

/* By how the name begins; the first that fits. */
static const struct {
	const char *begins;
	bool whole; /* and ends */
	enum err (*write)(struct page *p);
} pages[] = {
	{ "", true, page_index },
	{ "index.html", true, page_index },
	{ "bulletin.html", true, page_bulletin },
	{ "counted.html", true, page_counted },
	{ "unhcr.html", true, page_unhcr },
	{ "figures/", false, page_figures },
	{ "directives/", false, page_directives },
};

struct text page_say(const struct page *p, const char *key)
{
	return say(p->arena, p->words, key);
}

/* --- the frame ---------------------------------------------------------------------------- */

static void write_languages(struct page *p)
{
	html_markup(p->out, "<nav class=\"languages\" aria-label=\"");
	html_text(p->out, page_say(p, "public.languages"));
	html_markup(p->out, "\"><ul>\n");
	for (int l = 0; l < WORDS_LANGUAGES; l++) {
		const struct words_language_info *info =
			words_language_info((enum words_language)l);

		html_markup(p->out, "<li><a href=\"%s%s/", p->root, info->code);
		html_text(p->out, p->name);
		html_markup(p->out, "\" lang=\"%s\" hreflang=\"%s\"%s>", info->code, info->code,
			    (int)p->language == l ? " aria-current=\"true\"" : "");
		html_text(p->out, text_of(info->name));
		html_markup(p->out, "</a></li>\n");
	}
	html_markup(p->out, "</ul></nav>\n");
}

void page_begin(struct page *p, struct text title)
{
	const struct words_language_info *info = words_language_info(p->language);

	html_markup(p->out,
		    "<!doctype html>\n<html lang=\"%s\" dir=\"%s\">\n<head>\n"
		    "<meta charset=\"utf-8\">\n"
		    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
		    info->code, info->right_to_left ? "rtl" : "ltr");
	html_markup(p->out, "<title>");
	html_text(p->out, title);
	html_markup(p->out,
		    "</title>\n<link rel=\"icon\" href=\"data:,\">\n"
		    "<link rel=\"stylesheet\" href=\"%sstyle.css\">\n"
		    "<script type=\"module\" src=\"%spictures.js\"></script>\n</head>\n<body>\n",
		    p->root, p->root);
	html_markup(p->out, "<header>\n<a class=\"home\" href=\"%s%s/index.html\">", p->root,
		    info->code);
	html_text(p->out, page_say(p, "public.title"));
	html_markup(p->out, "</a>\n");
	write_languages(p);
	html_markup(p->out, "</header>\n<main>\n");
	html_said(p->out, "h1", title);
}

void page_end(struct page *p)
{
	struct site_state site = reg_site(p->q->desk.reg);

	html_markup(p->out, "</main>\n<footer>\n");
	html_said(p->out, "p", say(p->arena, p->words, "public.site", site.name));
	if (site.demo)
		html_said(p->out, "p class=\"demo\"", page_say(p, "demo.banner"));
	html_said(p->out, "p", page_say(p, "public.disclaimer"));
	html_markup(p->out, "</footer>\n</body>\n</html>\n");
}

void page_table_begin(struct page *p, struct text caption, const char *picture)
{
	html_markup(p->out,
		    "<figure%s%s%s>\n<div class=\"wide\" role=\"region\" tabindex=\"0\" "
		    "aria-label=\"",
		    picture ? " data-picture=\"" : "", picture ? picture : "", picture ? "\"" : "");
	html_text(p->out, caption);
	html_markup(p->out, "\">\n<table>\n");
	html_said(p->out, "caption", caption);
}

void page_table_end(struct page *p, struct text source)
{
	html_markup(p->out, "</table>\n</div>\n");
	if (source.size)
		html_said(p->out, "figcaption", source);
	html_markup(p->out, "</figure>\n");
}

/* --- what pages share ------------------------------------------------------------------------ */

enum err page_read_view(struct page *p, enum err e, struct buffer *view, json_t **out)
{
	struct fault *f = &p->q->desk.fault;

	if (!e && !(e = buffer_end(view, f)))
		e = json_parse_large(out, buffer_as_text(view), PAGE_VIEW_SIZE_MAX, f);
	buffer_free(view);
	return e;
}

enum err page_area(struct page *p, const struct area **out)
{
	struct fault *f = &p->q->desk.fault;
	struct text code = p->rest;

	if (code.size <= ENDING.size ||
	    !text_same((struct text){ code.at + code.size - ENDING.size, ENDING.size }, ENDING))
		return fault(f, ERR_NOT_FOUND, "page.none");
	code.size -= ENDING.size;
	return atlas_area(p->q->desk.atlas, code, out, &(struct fault){ 0 })
		       ? fault(f, ERR_NOT_FOUND, "page.none")
		       : OK;
}

/* --- the first page -------------------------------------------------------------------------- */

static void write_link(struct page *p, const char *name, struct text words)
{
	html_markup(p->out, "<li><a href=\"%s%s/%s\">", p->root,
		    words_language_info(p->language)->code, name);
	html_prose(p->out, words);
	html_markup(p->out, "</a></li>\n");
}

static void write_area_link(struct page *p, const char *folder, const struct area *area)
{
	char name[PAGE_NAME_SIZE_MAX];

	snprintf(name, sizeof(name), "%s/%.*s.html", folder, SHOWN(area->code));
	write_link(p, name, name_in(&area->names, (enum text_language)p->language));
}

/* The countries, and the provinces of Pakistan as they are today. */
static bool is_listed(const struct area *area)
{
	return area->today == area &&
	       (area->level == AREA_COUNTRY ||
		(area->level == AREA_PROVINCE && text_is(area->country, "PAK")));
}

/* A page of this folder for each of them. */
static void write_areas(struct page *p, const char *folder)
{
	size_t count;
	const struct area *areas = atlas_areas(p->q->desk.atlas, &count);

	html_markup(p->out, "<ul class=\"areas\">\n");
	for (size_t i = 0; i < count; i++)
		if (is_listed(&areas[i]))
			write_area_link(p, folder, &areas[i]);
	html_markup(p->out, "</ul>\n");
}

enum err page_index(struct page *p)
{
	page_begin(p, page_say(p, "public.title"));
	html_said(p->out, "p class=\"lead\"", page_say(p, "public.lead"));
	html_said(p->out, "h2", page_say(p, "public.figures"));
	html_said(p->out, "p", page_say(p, "public.figures-are"));
	write_areas(p, "figures");
	html_said(p->out, "h2", page_say(p, "public.directives"));
	html_said(p->out, "p", page_say(p, "public.directives-are"));
	write_areas(p, "directives");
	html_said(p->out, "h2", page_say(p, "public.bulletin"));
	html_said(p->out, "p", page_say(p, "public.bulletin-is"));
	html_markup(p->out, "<ul>\n");
	write_link(p, "bulletin.html", page_say(p, "public.bulletin"));
	write_link(p, "counted.html", page_say(p, "public.counted"));
	html_markup(p->out, "</ul>\n");
	html_said(p->out, "h2", page_say(p, "public.unhcr"));
	html_said(p->out, "p", page_say(p, "public.unhcr-are"));
	html_markup(p->out, "<ul>\n");
	write_link(p, "unhcr.html", page_say(p, "public.unhcr"));
	html_markup(p->out, "</ul>\n");
	page_end(p);
	return OK;
}

/* --- which page ------------------------------------------------------------------------------- */

/* Take what stands before the next slash off `*path`. */
static struct text next_part(struct text *path)
{
	const char *end = path->size ? memchr(path->at, '/', path->size) : NULL;
	size_t size = end ? (size_t)(end - path->at) : path->size;
	struct text part = { path->at, size };

	path->at += size + (end != NULL);
	path->size -= size + (end != NULL);
	return part;
}

/* From as deep as the name lies below /public/. */
static const char *root_of(struct text name)
{
	return memchr(name.at, '/', name.size) ? "../../" : "../";
}

static enum err nowhere(struct asked *q)
{
	return fault(&q->desk.fault, ERR_NOT_FOUND, "page.none");
}

static enum err write_page(struct page *p)
{
	for (size_t i = 0; i < COUNT_OF(pages); i++) {
		struct text begins = text_of(pages[i].begins);

		if (pages[i].whole ? !text_same(p->name, begins) : !text_begins(p->name, begins))
			continue;
		p->rest = (struct text){ p->name.at + begins.size, p->name.size - begins.size };
		return pages[i].write(p);
	}
	return nowhere(p->q);
}

static struct page page_of(struct asked *q, enum words_language l)
{
	q->desk.words = q->api->ground.words[l];
	return (struct page){ .q = q,
			      .out = &q->out,
			      .words = q->desk.words,
			      .language = l,
			      .arena = q->desk.arena,
			      .root = "../",
			      .name = TEXT(""),
			      .rest = TEXT("") };
}

bool published_file(const struct asked *q, struct api_response *out)
{
	struct text path = q->request->path;
	const char *why;

	next_part(&path);
	next_part(&path);
	return !memchr(path.at, '/', path.size) && memchr(path.at, '.', path.size) &&
	       !pages_answer(q->request, q->desk.arena, out, &why);
}

static enum err write_anew(struct page *p, const struct page_key *key)
{
	struct asked *q = p->q;
	enum err e = write_page(p);

	/* Words that found no room in memory are missing: half a page is none. */
	if (!e && arena_was_short(q->desk.arena))
		e = fault(&q->desk.fault, ERR_MEMORY, "memory.none");
	if (!e && !(e = buffer_end(p->out, &q->desk.fault)))
		kept_pages_take(q->api->pages, key, buffer_bytes(p->out));
	return e;
}

static struct page_key key_of(const struct asked *q, enum words_language l)
{
	struct world *w = q->desk.world;

	return (struct page_key){ .address = q->request->path,
				  .language = l,
				  .day = day_at(w->now_ms(w) / 1000, q->desk.zone_min),
				  .moment = reg_moment(q->desk.reg) };
}

enum err published_write(struct asked *q, const char **type)
{
	struct text path = q->request->path, first;
	enum words_language l = words_language(q->desk.words);
	struct page_key key;
	struct page page;

	next_part(&path);
	next_part(&path);
	if (path.size > PAGE_NAME_SIZE_MAX)
		return nowhere(q);
	first = next_part(&path);
	if (text_is(first, "bulletin")) {
		*type = page_type(path);
		return published_bulletin_file(q, path);
	}
	*type = page_type(ENDING);
	if (first.size && !words_language_read(&l, first))
		return nowhere(q);
	page = page_of(q, l);
	page.name = path;
	page.root = root_of(path);
	/* /public/ itself is no folder of a language. */
	if (!first.size)
		page.root = q->request->path.size == PUBLISHED.size ? "/public/" : "./";
	key = key_of(q, l);
	return kept_pages_give(q->api->pages, &key, page.out) ? OK : write_anew(&page, &key);
}

void published_problem(struct asked *q)
{
	struct page p = page_of(q, words_language(q->desk.words));

	buffer_reset(&q->out);
	p.root = "/public/";
	page_begin(&p, page_say(&p, "public.title"));
	html_said(p.out, "p", say_fault(p.arena, p.words, &q->desk.fault));
	page_end(&p);
}
