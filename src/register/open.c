/*
 * open: opening, closing, locking and unlocking a register, and its two locks.
 *
 * Opened, a register is locked: its site is read from site.joined, which is in clear
 * and the first fact of its first epoch.  Unlocking folds all facts and then, under
 * the gate, puts state and keys in place at once.
 *
 * A thread may enter the gate again while it is inside (reg_roles() between
 * reg_read_begin() and reg_read_end()): a second look at the lock could wait for a
 * writer that waits for this very thread, so each thread counts how deep it is.
 */
#include <errno.h>
#include <liboath/oath.h>
#include <sodium.h>
#include <stdlib.h>

#include "register/inside.h"

#define REG_MEMORY (1024 * 1024)
#define DERIVATIONS_MAX 2

/* --- the gate ------------------------------------------------------------------- */

static uintptr_t depth_of(struct reg *r)
{
	return (uintptr_t)pthread_getspecific(r->depth);
}

static void set_depth(struct reg *r, uintptr_t depth)
{
	int failed = pthread_setspecific(r->depth, (void *)depth);

	assert(!failed);
	(void)failed;
}

void gate_enter(struct reg *r)
{
	uintptr_t depth = depth_of(r);

	if (depth == 0)
		pthread_rwlock_rdlock(&r->gate);
	set_depth(r, depth + 1);
}

void gate_leave(struct reg *r)
{
	uintptr_t depth = depth_of(r);

	assert(depth > 0);
	set_depth(r, depth - 1);
	if (depth == 1)
		pthread_rwlock_unlock(&r->gate);
}

bool gate_is_inside(struct reg *r)
{
	return depth_of(r) > 0;
}

void derivation_begin(struct reg *r)
{
	while (sem_wait(&r->derivations) && errno == EINTR)
		;
}

void derivation_end(struct reg *r)
{
	sem_post(&r->derivations);
}

/* Writers first: with many readers a plain lock would never let a batch in. */
static void locks_start(struct reg *r)
{
	pthread_rwlockattr_t writers_first;

	pthread_rwlockattr_init(&writers_first);
	pthread_rwlockattr_setkind_np(&writers_first, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
	pthread_rwlock_init(&r->gate, &writers_first);
	pthread_rwlockattr_destroy(&writers_first);
	pthread_mutex_init(&r->turn, NULL);
	pthread_mutex_init(&r->copying, NULL);
	pthread_mutex_init(&r->listing, NULL);
	pthread_mutex_init(&r->showing, NULL);
	pthread_key_create(&r->depth, NULL);
	sem_init(&r->derivations, 0, DERIVATIONS_MAX);
}

static void locks_end(struct reg *r)
{
	sem_destroy(&r->derivations);
	pthread_key_delete(r->depth);
	pthread_mutex_destroy(&r->showing);
	pthread_mutex_destroy(&r->listing);
	pthread_mutex_destroy(&r->copying);
	pthread_mutex_destroy(&r->turn);
	pthread_rwlock_destroy(&r->gate);
}

bool reg_list_begin(struct reg *r)
{
	return !pthread_mutex_trylock(&r->listing);
}

void reg_list_end(struct reg *r)
{
	pthread_mutex_unlock(&r->listing);
}

/* --- settings ------------------------------------------------------------------- */

enum err setting_or_none(struct reg *r, const char *name, struct arena *a, struct bytes *out,
			 struct fault *f)
{
	struct fault why = { 0 };
	enum err e = log_setting_read(r->log, name, a, out, &why);

	if (e == ERR_NOT_FOUND) {
		*out = (struct bytes){ 0 };
		return OK;
	}
	if (e && f && !f->key)
		*f = why;
	return e;
}

enum err settings_write(struct reg *r, const struct log_setting *settings, size_t count,
			struct fault *f)
{
	struct log_batch b = { .settings = settings, .setting_count = count };

	return log_append(r->log, &b, f);
}

/* --- the site ------------------------------------------------------------------- */

static enum err read_site(struct reg *r, struct fault *f)
{
	struct origin first = { .site = r->self.site, .epoch = 0 };
	struct log_entry entry;
	struct fact fact;
	struct fault why = { 0 };
	enum err e = log_read(r->log, &first, 0, r->arena, &entry, &why);

	if (e == ERR_NOT_FOUND)
		return fault(f, ERR_DAMAGED, "register.unfinished", r->dir);
	if (e == ERR_DAMAGED)
		return fault(f, e, "register.damaged", r->dir);
	if (e)
		return fault_again(f, &why);
	if ((e = entry_open(&fact, r->arena, &first, &entry, NULL, f)))
		return e;
	if (!fact.kind || fact.kind->kind != KIND_SITE_JOINED)
		return fault(f, ERR_DAMAGED, "register.damaged", r->dir);
	r->site = (struct site_state){
		.id = r->self.site,
		.name = fact.values[SITE_JOINED_NAME].text,
		.code = fact.values[SITE_JOINED_CODE].text,
		.zone = fact.values[SITE_JOINED_ZONE].text,
		.demo = fact.values[SITE_JOINED_DEMO].number != 0,
	};
	r->sign_key = *fact.values[SITE_JOINED_KEY].hash;
	r->zone = zone_of(r->site.zone);
	if (!r->zone)
		return fault(f, ERR_NEWER, "site.zone-newer", r->site.zone);
	return OK;
}

static enum err read_salt(struct reg *r, struct fault *f)
{
	struct bytes salt;
	enum err e = setting_or_none(r, SALT_SETTING, r->arena, &salt, f);

	if (e)
		return e;
	if (salt.size != SALT_SIZE)
		return fault(f, ERR_DAMAGED, "register.damaged", r->dir);
	memcpy(r->salt, salt.at, SALT_SIZE);
	return OK;
}

static enum err watch_clock(struct reg *r, struct fault *f)
{
	struct bytes jumped;
	enum err e = setting_or_none(r, CLOCK_SETTING, r->arena, &jumped, f);

	if (e)
		return e;
	r->clock_stored = jumped.size > 0;
	if (!r->site.demo)
		clock_be_watched(&r->clock, r->clock_stored);
	return OK;
}

enum err reg_open(struct reg **out, struct world *w, const struct atlas *atlas, const char *dir,
		  struct fault *f)
{
	struct reg *r = NULL;
	enum err e;

	if (sodium_init() < 0 || oath_init() != OATH_OK)
		return fault(f, ERR_IO, "register.no-crypto");
	r = calloc(1, sizeof(*r));
	if (!r)
		return fault(f, ERR_MEMORY, "register.no-memory");
	r->world = w;
	r->atlas = atlas;
	locks_start(r);
	clock_start(&r->clock, w);
	moments_start(&r->moments, w);
	questions_start(&r->questions);
	pairs_start(&r->pairs);
	if ((e = call_arena(&r->arena, REG_MEMORY, f)))
		goto out;
	r->dir = arena_copy_text(r->arena, text_of(dir)).at;
	if (!r->dir) {
		e = fault(f, ERR_MEMORY, "register.no-memory");
		goto out;
	}
	if ((e = log_open(&r->log, w, dir, f)))
		goto out;
	r->self = log_self(r->log);
	if ((e = read_site(r, f)) || (e = read_salt(r, f)) || (e = watch_clock(r, f)))
		goto out;
	if ((e = checkpoint_hold(r, f)) || (e = erasures_publish(r, f)) || (e = public_list(r, f)))
		goto out;
	e = writer_start(r, f);
out:
	if (e)
		reg_close(r);
	else
		*out = r;
	return e;
}

void reg_close(struct reg *r)
{
	if (!r)
		return;
	writer_stop(r);
	if (r->log)
		reg_lock(r);
	public_state_forget(r);
	log_close(r->log);
	free(r->renewals.lines);
	pairs_end(&r->pairs);
	questions_end(&r->questions);
	moments_end(&r->moments);
	clock_end(&r->clock);
	locks_end(r);
	arena_free(r->arena);
	free(r);
}

struct site_state reg_site(struct reg *r)
{
	struct site_state site = r->site, folded;

	gate_enter(r);
	if (r->state && state_site(r->state, &r->self.site, &folded))
		site.last_recorded = folded.last_recorded;
	gate_leave(r);
	return site;
}

const struct zone *reg_zone(struct reg *r)
{
	return r->zone;
}

const char *reg_folder(const struct reg *r)
{
	return r->dir;
}

int32_t site_day(const struct reg *r, int64_t seconds)
{
	return day_at(seconds, r->zone->offset_min);
}

int site_year(const struct reg *r, int64_t seconds)
{
	return date_of(GREGORIAN, site_day(r, seconds)).year % 100;
}

/* --- lock and unlock ------------------------------------------------------------ */

enum err unlock(struct reg *r, struct site_secrets *k, const struct reg_progress *progress,
		struct fault *f)
{
	struct openings openings = { 0 };
	struct fold_how how = { .keys = &k->site, .progress = progress, .openings = &openings };
	struct fold_count count;
	struct site_state site;
	struct state *state = NULL;
	struct who *who = NULL;
	enum err e;

	assert(!r->state);
	if ((e = fold(r, &how, &state, &count, f)) || (e = who_new(&who, r->world, state, f))) {
		state_free(state);
		openings_free(&openings);
		return e;
	}
	if (state_site(state, &r->self.site, &site))
		clock_know_last(&r->clock, r->world, site.last_recorded);
	pthread_rwlock_wrlock(&r->gate);
	r->state = state;
	r->who = who;
	r->keys = *k;
	r->openings = openings;
	r->damage = (struct fault){ 0 };
	if (count.damaged)
		fault(&r->damage, ERR_DAMAGED, "register.facts-damaged", count.damaged,
		      count.first_damaged.epoch, count.first_damaged.seq);
	pthread_rwlock_unlock(&r->gate);
	moment_pass(&r->moments);
	*k = (struct site_secrets){ 0 };
	return OK;
}

void lock_up(struct reg *r)
{
	struct state *state;
	struct who *who;
	struct site_secrets keys;
	struct openings openings;

	pthread_rwlock_wrlock(&r->gate);
	state = r->state;
	who = r->who;
	keys = r->keys;
	openings = r->openings;
	r->state = NULL;
	r->who = NULL;
	r->openings = (struct openings){ 0 };
	r->keys = (struct site_secrets){ 0 };
	r->damage = (struct fault){ 0 };
	pthread_rwlock_unlock(&r->gate);
	moment_pass(&r->moments);
	questions_wipe(&r->questions);
	pairs_wipe(&r->pairs);
	state_free(state);
	who_free(who);
	openings_free(&openings);
	site_secrets_free(&keys);
}

void reg_lock(struct reg *r)
{
	assert(!gate_is_inside(r));
	pthread_mutex_lock(&r->turn);
	/* A checkpoint that cannot be signed now may lag until the next time. */
	if (r->state)
		never_mind(checkpoint_renew(r, NULL));
	lock_up(r);
	pthread_mutex_unlock(&r->turn);
}

bool reg_is_locked(struct reg *r)
{
	bool locked;

	gate_enter(r);
	locked = !r->state;
	gate_leave(r);
	return locked;
}
