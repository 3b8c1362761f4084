/*
 * pages: the files of the web client, as they are embedded from web/dist.
 *
 * What the client's build names by its content lies in assets/ and lasts for ever; all
 * else is asked for again each time.  A path that names no file is a screen, and the
 * client's own page opens it.  A file whose name with ".gz" is embedded, too, goes out as
 * that to whoever can read it.
 */
#pragma once

#include "api/api.h"

/* Below this stand the pages for everybody (published.h), which are not of the client. */
#define PUBLISHED TEXT("/public")
bool page_is_published(struct text path);
/* Of what type a file is, by how its name ends. */
const char *page_type(struct text path);

/*
 * 0: `out` is the answer.  Else its status, and *why the key of the sentence that goes
 * with it.
 */
unsigned pages_answer(const struct api_request *request, struct arena *arena,
		      struct api_response *out, const char **why);
