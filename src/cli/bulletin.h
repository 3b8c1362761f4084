/* bulletin: what `ikhtiar bulletin` writes besides texts of its own. */
#pragma once

#include "cli/cli.h"

/* The workbook at `path`: a sheet for the week, another for four weeks; made at `when`. */
MUST_USE enum err bulletin_workbook(const char *path, const struct bulletin *b, int64_t when,
				    struct fault *f);

/* The public pages, as they are now, as files below `out`/public; `out` is there. */
MUST_USE enum err site_save(struct cli *c, const char *out);
