/*
 * batch: what the writer takes to the disk at once.
 */
#pragma once

#include "register/ids.h"
#include "register/inside.h"

#define BATCH_SUBMISSIONS_MAX 256
#define BATCH_SETTINGS_MAX 16
#define BATCH_MEMORY_MAX ((size_t)256 * 1024 * 1024)

/* A subject whose keys are open for the time of the batch. */
struct batch_key {
	struct id subject;
	struct subject_keys keys;
};

struct batch {
	struct reg *reg;
	struct arena *arena;
	struct buffer scratch;
	struct world_drawing chance;
	struct id_set touched; /* by the submissions taken */
	struct id_set wanted;  /* by the one looked at */
	struct submission *taken[BATCH_SUBMISSIONS_MAX];
	size_t taken_count, taken_facts;
	bool alone; /* what is taken stands alone */

	struct fact *facts[LOG_BATCH_MAX];
	struct log_entry entries[LOG_BATCH_MAX];
	size_t fact_count;
	struct log_slot slots[3 * LOG_BATCH_MAX];
	size_t slot_count;
	struct log_setting settings[3 * LOG_BATCH_MAX + BATCH_SETTINGS_MAX];
	size_t setting_count;
	struct batch_key keys[LOG_BATCH_MAX];
	size_t key_count;
	struct case_counters counters;
	struct clock_now now;
};

MUST_USE enum err batch_new(struct batch **out, struct reg *r, struct fault *f);
void batch_free(struct batch *b); /* NULL is harmless */
void batch_clear(struct batch *b);
/*
 * Take `s` in; false: it reads or changes what one that is in changes, or there is no
 * room: another time.  The first one is always taken.  Under turn.
 */
bool batch_take(struct batch *b, struct submission *s);
/* Check, append and fold all that is in; each gets its error or its answer. */
void batch_run(struct batch *b);
