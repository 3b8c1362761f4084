/*
 * metrics: how the register is, for a program that watches many (the text format of
 * Prometheus).  Nothing in it is about a person.
 */
#pragma once

#include "cli/cli.h"

/* Into c->out. */
MUST_USE enum err metrics_write(struct cli *c, const struct reg_status *s);
