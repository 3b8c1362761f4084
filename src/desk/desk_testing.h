/*
 * desk_testing: who asks at the desk of a town (register/town_testing.h), and what she is
 * answered: parsed, and of the shape that it should be.
 *
 *     struct clerk c;
 *
 *     clerk_begin(&c, &town, ROLE_BORDER, WORDS_EN);
 *     j = clerk_gets(&c, desk_manifest(&c.desk, &bus, clerk_asks(&c)), SHAPE_MANIFEST);
 *     CHECK(!json_mentions(j, "Zarmina"));
 *     clerk_end(&c);
 */
#pragma once

#include "desk/desk.h"
#include "register/town_testing.h"

struct clerk {
	struct desk desk;
	struct words *words;
	struct buffer out;
	struct json_writer writer;
	json_t *answer; /* the newest, until the next */
};

void clerk_begin(struct clerk *c, struct town *t, int64_t role, enum words_language l);
void clerk_end(struct clerk *c);
/* For the next view; the fault before is forgotten. */
struct json_writer *clerk_asks(struct clerk *c);
/* What a view that must go well (`e`) wrote: JSON of this shape. */
const json_t *clerk_gets(struct clerk *c, enum err e, enum shape s);
/* That the view failed so, and wrote nothing. */
void clerk_is_refused(struct clerk *c, enum err e, enum err wanted, const char *key);

/* The value at "people/0/status"; NULL: there is none. */
const json_t *json_at(const json_t *j, const char *path);
/* Its text; "" where there is none. */
const char *json_text_at(const json_t *j, const char *path);
/* Whether any key or text in `j` has this in it. */
bool json_mentions(const json_t *j, const char *what);
