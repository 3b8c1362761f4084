/*
 * metrics: how the register is, for a program that watches many (the text format of
 * Prometheus).  Nothing in it is about a person.
 */
#pragma once

#include "base/arena.h"
#include "base/buffer.h"
#include "register/register.h"

MUST_USE enum err metrics_write(struct buffer *out, struct reg *r, struct world *w, struct arena *a,
				struct fault *f);

/*
 * The same for who asks by HTTP, at the Unix socket `metrics.sock` in the register's folder
 * `dir`; `r` and `w` must outlive it.
 *
 *     curl --unix-socket centre/metrics.sock http://localhost/metrics
 */
#define METRICS_NAME "metrics.sock"
struct metrics;
MUST_USE enum err metrics_start(struct metrics **out, struct reg *r, struct world *w,
				const char *dir, struct fault *f);
void metrics_stop(struct metrics *m); /* NULL is harmless */
