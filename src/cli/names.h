/*
 * names: what stands for an id or a hash in what a person types.
 *
 *     "@zarmina"              a new id the first time, the same one afterwards
 *     "PES-26-00012-K/2"      a case number, and the second of that household
 *     32 hex digits           an id
 *     "TAR-…", "DIR-…"        a tariff or a directive that comes with ikhtiar
 *     "sheet": "current"      the information sheet that is shown for `sheet_area`
 *     "form": "current"       the text of the form that is marked, in `form_language`
 *     "departs": "+47h"       so long from now
 */
#pragma once

#include "cli/cli.h"

#define NAMES_MAX 10000000
/* In bytes, behind the @. */
#define NAME_SIZE_MAX 60

struct name_book;

MUST_USE enum err name_book_new(struct name_book **out, struct cli *c);
void name_book_free(struct name_book *b);
/* The resolver for fact_from_json(); holds the readers' lock only while it asks. */
struct name_source name_book_source(struct name_book *b);
/* From now on "@name" stands for `id`: what a repeat had recorded the first time.
 * Faults of this and the next two are in the command's. */
MUST_USE enum err name_book_bind(struct name_book *b, struct text name, const struct id *id);
/* A new line of proposals begins, in which no name was used yet. */
void name_book_begin_line(struct name_book *b);
/* Names used in this line, in the order of their first use: {"@zarmina": "3f…"}. */
void name_book_write_used(const struct name_book *b, struct json_writer *w);
/* Id of "@name", a case number or hex.  Whether there is such a subject is known only
 * of case numbers. */
MUST_USE enum err name_book_find(struct name_book *b, enum subject_sort sort, struct text name,
				 struct id *out);
/* Replace "current" and times from now in one proposal. */
MUST_USE enum err name_book_expand(struct name_book *b, json_t *proposal);

/* "+25h", "+90m", "+3d" in seconds; 0: not of this form. */
int64_t step_of_time(const char *word);
