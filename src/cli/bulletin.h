/* bulletin: what `ikhtiar bulletin` writes that is no text. */
#pragma once

#include "cli/cli.h"

/* The workbook at `path`: a sheet for the week, another for four weeks; made at `when`. */
MUST_USE enum err bulletin_workbook(const char *path, const struct bulletin *b, int64_t when,
				    struct fault *f);
