/*
 * day_testing: a day at a centre, step by step, on a disk in memory: what power cuts and
 * failing disks are tried on.
 *
 * The register is made, accounts are opened and one is closed, families are registered, a
 * woman is counselled, chooses, and withdraws; a boy is erased; two backups are made; the
 * register is locked, and closed and opened again; the older backup, in which the boy is,
 * becomes a register.  After each step that returned OK its
 * *mark* is set: what was acknowledged until then.
 *
 * A step may be tried again: what it records carries a key of its own, and the others
 * look whether it is done.
 */
#pragma once

#include "register/town_testing.h"

struct day_step {
	const char *name;
	enum err (*run)(struct town *t, const struct day_step *s);
	int64_t wait_s; /* that pass before it */
	/* Of these, what the step needs. */
	int64_t role;
	const char *json; /* or an answer, or a path */
	const char *key;
};
#define DAY_STEPS_MAX 48
size_t day_length(void);
const struct day_step *day_step(size_t step);
/* Whether all it does is that `role` records `json`, under the key that is in there. */
bool day_step_records(const struct day_step *s);

#define DAY_REGISTER "/town/register"
#define DAY_ERASURES DAY_REGISTER "/erasures"
#define DAY_RESTORED "/town/restored"
#define DAY_BACKUPS 2
extern const char *const day_backups[DAY_BACKUPS]; /* their paths */

/* What a register holds, so far as it was said that it does. */
struct day_mark {
	uint64_t calls; /* that had changed the disk                          */
	uint64_t facts;
	struct hash root, digest; /* of the tree, and of the state            */
	uint64_t checkpoint_size;
	size_t erased; /* bytes of the list beside the log                    */
	size_t backups;
	bool restored;
};

#define DAY_KEY_SIZE 144
struct day {
	struct disk *disk;
	struct town town;
	size_t steps;			      /* that are done */
	struct day_mark marks[DAY_STEPS_MAX]; /* one after each */
	uint8_t boy[DAY_KEY_SIZE];	      /* the erased one's keys, as they were kept */
};

/* Nothing yet but an empty folder, on `disk`. */
void day_begin(struct day *d, struct disk *disk, uint64_t seed);
/* Play step number d->steps; where it is OK its mark is set. */
enum err day_goes_on(struct day *d);
/* The same once more, at the same hour. */
enum err day_tries_again(struct day *d);
/* Open the register again, whatever state it is in, and log in. */
enum err day_reopens(struct town *t);
void day_end(struct day *d);

/* What is so now of an unlocked register. */
struct day_mark day_look(struct town *t);
/* Whether any piece of the erased boy's keys is in a file of the folder. */
bool day_boy_is_in(const struct day *d, const struct disk *disk, const char *folder);
