/*
 * tls: what `serve` encrypts with, and `ikhtiar tls`, which makes it.
 */
#pragma once

#include "api/api.h"
#include "cli/cli.h"

/*
 * By --tls the site's own certificate, by --cert and --key somebody else's, in the
 * command's arena; *wanted: whether there is any.  The register is open.
 */
MUST_USE enum err tls_wanted(struct cli *c, struct tls_files *out, bool *wanted);
/* A line with what a tablet's user compares; nothing where the tablets know it anyway. */
void tls_tell(struct cli *c, const struct tls_files *files);
