/*
 * published: the pages below /public/, for anybody, without an account and without a script.
 *
 * A page stands at /public/<language>/<name>, and at /public/ the first one in the reader's
 * own.  Links are relative, so that the same pages lie as files on any web server.  Beside
 * them are the files web/dist/public: a style, the script that draws the tables as pictures,
 * and the boundaries that it draws; and below bulletin/ the files of the newest bulletin.
 */
#pragma once

#include "api/html.h"
#include "api/inside.h"

/* A page while it is written. */
struct page {
	struct asked *q;
	struct buffer *out;
	const struct words *words;
	enum words_language language;
	struct arena *arena;
	const char *root; /* the way to /public/ from here: "../" */
	struct text name; /* behind the language: "figures/PK6.html" */
	struct text rest; /* of that, behind what found the page: "PK6.html" */
};

/* The sentence of `key`, which takes no values. */
struct text page_say(const struct page *p, const char *key);
/* All before the content; `title` is its heading, too. */
void page_begin(struct page *p, struct text title);
void page_end(struct page *p);
/*
 * A table that a script may draw; between begin and end stand its rows.  `picture` is how:
 * "lines", "strips", "pyramid", "map"; NULL: none.
 */
void page_table_begin(struct page *p, struct text caption, const char *picture);
void page_table_end(struct page *p, struct text source);

/*
 * What a view of the desk wrote (`e`: how it ended) as JSON, to be given back with
 * json_decref(); `view` is freed.
 */
#define PAGE_VIEW_SIZE_MAX ((size_t)16 << 20)
MUST_USE enum err page_read_view(struct page *p, enum err e, struct buffer *view, json_t **out);
/* The area whose page it is: "PK6.html" behind what found the page.  ERR_NOT_FOUND. */
MUST_USE enum err page_area(struct page *p, const struct area **out);

/* The days that a reported figure covers, as the desk tells it: "2025-04-01 – 2025-04-15". */
struct text page_period(struct page *p, const json_t *figure);
/* What was counted of the area, beside those of `figures` (as the desk tells them) that are of
 * the same days; nothing where nothing went out, or of an area of which nothing is counted. */
MUST_USE enum err page_beside(struct page *p, const struct area *area, const json_t *figures);

/* What is kept of the bulletin's week, nothing where that is of another; *b gets its contact. */
MUST_USE enum err page_kept(struct page *p, struct bulletin *b, struct reg_kept_bulletin *out);

/* Maps of the districts of which one report gives the same, where there are several. */
void page_districts(struct page *p, const json_t *figures);

/* Each writes one page.  ERR_NOT_FOUND: there is none of this name. */
MUST_USE enum err page_index(struct page *p);
MUST_USE enum err page_figures(struct page *p);
MUST_USE enum err page_unhcr(struct page *p);
MUST_USE enum err page_directives(struct page *p);
MUST_USE enum err page_bulletin(struct page *p);
MUST_USE enum err page_counted(struct page *p);

/* What a page is made of: the same make the same page. */
struct page_key {
	struct text address; /* the path, as it was asked for */
	enum words_language language;
	int32_t day;	 /* at the site */
	uint64_t moment; /* of the register, from before the page was written */
};
/* The page of `key` goes behind `out`; false: it is not kept. */
bool kept_pages_give(struct kept_pages *k, const struct page_key *key, struct buffer *out);
/* Keep a page, where there is memory for it. */
void kept_pages_take(struct kept_pages *k, const struct page_key *key, struct bytes body);

/* A style, the script, boundaries: files of the client that are everybody's; false: none. */
bool published_file(const struct asked *q, struct api_response *out);
/* The bulletin's file of that name into q->out, as it went out.  ERR_NOT_FOUND. */
MUST_USE enum err published_bulletin_file(struct asked *q, struct text name);
/* Write what is asked for into q->out; *type is what it is. */
MUST_USE enum err published_write(struct asked *q, const char **type);
/* What went wrong, as a page. */
void published_problem(struct asked *q);
