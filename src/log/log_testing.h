/* log_testing: a log in a folder of its own, and facts that follow from their seq. */
#pragma once

#include "base/world_testing.h"
#include "log/log.h"

struct log_house {
	struct world_simulated simulated;
	char folder[TEST_FOLDER_SIZE];
	struct origin self;
	struct log *log;
	struct arena *arena;
};

/* A new log, open. */
void log_house_make(struct log_house *h);
/* Close it and take the folder away. */
void log_house_clear(struct log_house *h);
void log_house_close(struct log_house *h);
enum err log_house_open(struct log_house *h, struct fault *f);

struct hash made_commitment(uint64_t seq);
/* What log_append() is given for fact `seq`; the envelope lies in `a`. */
struct log_entry made_entry(uint64_t seq, struct arena *a);
/* Append `count` of them, in batches of at most LOG_BATCH_MAX. */
void log_house_grow(struct log_house *h, uint64_t count);
