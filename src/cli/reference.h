/*
 * reference: what comes with ikhtiar and becomes public facts of a register: tariffs,
 * the terms of the rules, directives.  Recording it again is a no-op.
 */
#pragma once

#include "cli/propose.h"

/* Record all of it in the name of `by`; *count gets how many facts were recorded now. */
MUST_USE enum err reference_record(struct cli *c, const struct session *by, size_t *count);
