/*
 * batch: check, seal, append, fold, answer.
 *
 * The turn is held throughout, the gate only to fold: readers go on while the disk
 * is waited for, and never see what is not on it.  Where folding fails after the
 * commit (no memory), what is in memory is behind the log: the register is marked as
 * damaged until it is unlocked again, and the submissions are answered as recorded,
 * for so they are.
 */
#include <stdlib.h>

#include "register/batch.h"

enum err batch_new(struct batch **out, struct reg *r, struct fault *f)
{
	struct batch *b = calloc(1, sizeof(*b));

	if (!b || arena_new(&b->arena, BATCH_MEMORY_MAX)) {
		free(b);
		return fault(f, ERR_MEMORY, "register.no-memory");
	}
	b->reg = r;
	b->scratch.limit = ENVELOPE_SIZE_MAX;
	world_drawing_init(&b->chance, r->world);
	r->world->chance(r->world, b->touched.salt, sizeof(b->touched.salt));
	r->world->chance(r->world, b->wanted.salt, sizeof(b->wanted.salt));
	batch_clear(b);
	*out = b;
	return OK;
}

static void wipe_keys(struct batch *b)
{
	for (size_t i = 0; i < b->key_count; i++)
		subject_keys_wipe(&b->keys[i].keys);
	b->key_count = 0;
}

void batch_free(struct batch *b)
{
	if (!b)
		return;
	wipe_keys(b);
	world_drawing_wipe(&b->chance);
	buffer_free(&b->scratch);
	arena_free(b->arena);
	free(b);
}

void batch_clear(struct batch *b)
{
	wipe_keys(b);
	arena_reset(b->arena);
	buffer_reset(&b->scratch);
	ids_clear(&b->touched);
	b->taken_count = b->taken_facts = 0;
	b->fact_count = b->slot_count = b->setting_count = 0;
	b->alone = false;
	b->counters = (struct case_counters){ .year = -1 };
}

static void add_setting(struct batch *b, const char *name, struct bytes bytes)
{
	assert(b->setting_count < COUNT_OF(b->settings));
	b->settings[b->setting_count++] = (struct log_setting){ name, bytes };
}

static void add_slot(struct batch *b, const struct id *subject, struct bytes bytes)
{
	assert(b->slot_count < COUNT_OF(b->slots));
	b->slots[b->slot_count++] = (struct log_slot){ *subject, bytes };
}

/* --- keys of the batch's subjects ----------------------------------------------- */

static struct batch_key *key_of(struct batch *b, const struct id *subject)
{
	for (size_t i = b->key_count; i-- > 0;)
		if (id_same(&b->keys[i].subject, subject))
			return &b->keys[i];
	return NULL;
}

/* New keys: the subject's first fact. */
static enum err make_keys(struct batch *b, struct batch_key *k, struct fault *f)
{
	uint8_t *stored = arena_take(b->arena, SLOT_STORED_SIZE);
	struct slot slot;

	if (!stored)
		return fault(f, ERR_MEMORY, "register.no-memory");
	slot_make(&slot, &k->keys, &k->subject, &b->reg->keys.site, &b->chance.world);
	slot_store(stored, &slot);
	add_slot(b, &k->subject, bytes_of(stored, SLOT_STORED_SIZE));
	return OK;
}

static enum err keys_for(struct batch *b, const struct fact *fact, struct subject_keys **out,
			 struct fault *f)
{
	const struct id *subject = &fact->subject;
	struct batch_key *k = key_of(b, subject);
	struct fact_ref heads[HEADS_MAX];
	enum err e = OK;

	if (!k) {
		assert(b->key_count < COUNT_OF(b->keys));
		k = &b->keys[b->key_count];
		k->subject = *subject;
		e = subject_keys_read(b->reg, &b->reg->keys.site, subject, &k->keys, f);
		if (e == ERR_NOT_FOUND) {
			if (state_heads(b->reg->state, subject, heads))
				return fault(f, ERR_INPUT, "subject.erased",
					     subject_word(fact->kind->subject));
			e = make_keys(b, k, f);
		}
		if (!e)
			b->key_count++;
	}
	*out = &k->keys;
	return e;
}

/* --- one submission ------------------------------------------------------------- */

static bool is_erasure(const struct fact *fact)
{
	return fact->kind->kind == KIND_PERSON_ERASED || fact->kind->kind == KIND_HOUSEHOLD_ERASED;
}

/* The key that a list gave whoever is erased now. */
static struct text list_key(const struct state *s, const struct fact *fact)
{
	struct household household;
	struct person_names names;

	if (state_names(s, &fact->subject, &names))
		return names.source_key;
	if (state_household(s, &fact->subject, &household))
		return household.source_key;
	return TEXT("");
}

/*
 * The subject's keys go, and new ones come that open this one fact: who erased, when
 * and why stays on record, and nothing before it can be read by anybody again.  The
 * list of the erased says that what does not open any more is not damaged.
 */
static enum err erase(struct batch *b, const struct fact *fact, struct erased *who, struct fault *f)
{
	struct batch_key *k = key_of(b, &fact->subject);
	char *name = arena_take(b->arena, SETTING_NAME_MAX);
	char *source = arena_take(b->arena, SETTING_NAME_MAX);
	uint8_t *stored = arena_take(b->arena, ERASED_STORED_SIZE);

	if (!name || !source || !stored)
		return fault(f, ERR_MEMORY, "register.no-memory");
	erased_setting(name, &fact->subject);
	if (source_of(&who->source, &b->reg->keys.site, list_key(b->reg->state, fact))) {
		source_setting(source, &who->source);
		add_setting(b, source, bytes_of(stored, 8));
	}
	erased_store(stored, fact->recorded, who);
	add_setting(b, name, bytes_of(stored, ERASED_STORED_SIZE));
	add_slot(b, &fact->subject, (struct bytes){ 0 });
	subject_keys_wipe(&k->keys);
	return make_keys(b, k, f);
}

/*
 * Whoever leaves a household keeps her number there: the highest one given is noted,
 * since after an erasure nothing else remembers it.  The list of the erased says it, too.
 */
static enum err note_member(struct batch *b, const struct fact *fact, struct erased *who,
			    struct fault *f)
{
	const struct state *s = b->reg->state;
	struct id members[MEMBERS_MAX];
	struct person person, member;
	struct bytes stored;
	char *name = arena_take(b->arena, SETTING_NAME_MAX);
	uint8_t *high = arena_take(b->arena, 8);
	uint64_t highest;
	size_t count;
	enum err e;

	if (!name || !high)
		return fault(f, ERR_MEMORY, "register.no-memory");
	if (!state_person(s, &fact->subject, &person) || id_is_none(&person.household))
		return OK;
	members_setting(name, &person.household);
	if ((e = setting_or_none(b->reg, name, b->arena, &stored, f)))
		return e;
	highest = load_u64(stored);
	count = state_members(s, &person.household, members, MEMBERS_MAX);
	for (size_t i = 0; i < count && i < MEMBERS_MAX; i++)
		if (state_person(s, &members[i], &member) && member.member > highest)
			highest = member.member;
	store_u64(high, highest);
	add_setting(b, name, bytes_of(high, 8));
	who->household = person.household;
	who->member = highest;
	return OK;
}

/* A number off a paper form stands on that paper, whatever becomes of the household. */
static enum err note_pack(struct batch *b, const struct fact *fact, struct fault *f)
{
	char *name = arena_take(b->arena, SETTING_NAME_MAX);
	uint8_t *when = arena_take(b->arena, 8);

	if (!name || !when)
		return fault(f, ERR_MEMORY, "register.no-memory");
	if (!pack_setting(name, b->reg, fact))
		return OK;
	store_u64(when, (uint64_t)fact->recorded);
	add_setting(b, name, bytes_of(when, 8));
	return OK;
}

/* It is found without its keys, and without reading the others. */
static enum err note_public(struct batch *b, const struct fact *fact, struct fault *f)
{
	char *name = arena_take(b->arena, SETTING_NAME_MAX);

	if (!name)
		return fault(f, ERR_MEMORY, "register.no-memory");
	public_setting(name, fact);
	add_setting(b, name, bytes_of_text(TEXT(LISTED)));
	return OK;
}

static bool leaves_household(const struct fact *fact)
{
	return fact->kind->kind == KIND_PERSON_ERASED || fact->kind->kind == KIND_PERSON_MOVED;
}

static enum err add_fact(struct batch *b, struct fact *fact, struct fault *f)
{
	struct sealing sealing = { .world = &b->chance.world,
				   .scratch = &b->scratch,
				   .arena = b->arena };
	struct erased who = { .subject = fact->subject };
	struct subject_keys *keys = NULL;
	enum err e;

	if (fact->kind->seal != SEAL_CLEAR && (e = keys_for(b, fact, &keys, f)))
		return e;
	if (leaves_household(fact) && (e = note_member(b, fact, &who, f)))
		return e;
	if (is_erasure(fact) && (e = erase(b, fact, &who, f)))
		return e;
	if (fact->kind->subject == SUBJECT_HOUSEHOLD && (e = note_pack(b, fact, f)))
		return e;
	if (is_public(fact->kind) && (e = note_public(b, fact, f)))
		return e;
	if ((e = entry_seal(&b->entries[b->fact_count], &sealing, fact, keys, f)))
		return e;
	b->facts[b->fact_count++] = fact;
	return OK;
}

/* What a submission that fails half-way has put into the batch goes out again. */
struct mark {
	size_t facts, slots, settings, keys;
	struct case_counters counters;
};

static struct mark mark_of(const struct batch *b)
{
	return (struct mark){ b->fact_count, b->slot_count, b->setting_count, b->key_count,
			      b->counters };
}

static void back_to(struct batch *b, const struct mark *m)
{
	for (size_t i = m->keys; i < b->key_count; i++)
		subject_keys_wipe(&b->keys[i].keys);
	b->fact_count = m->facts;
	b->slot_count = m->slots;
	b->setting_count = m->settings;
	b->key_count = m->keys;
	b->counters = m->counters;
}

static enum err add_all(struct batch *b, struct submission *s, struct fault *f)
{
	enum err e = OK;

	for (size_t i = 0; !e && i < s->count; i++)
		e = add_fact(b, &s->facts[i], f);
	for (size_t i = 0; !e && i < s->setting_count; i++)
		add_setting(b, s->settings[i].name, s->settings[i].bytes);
	return e;
}

static enum err may_write(const struct reg *r, struct fault *f)
{
	if (!r->state)
		return fault(f, ERR_LOCKED, "register.locked");
	if (r->damage.key)
		return fault_again(f, &r->damage);
	if (r->unsigned_why.key)
		return fault_again(f, &r->unsigned_why);
	return OK;
}

static enum err answer_recorded(struct submission *s, struct fault *f)
{
	struct submission_answer *answer = s->answer;
	struct fact_ref *refs = arena_take_array(s->arena, s->count, sizeof(*refs));

	if (!refs)
		return fault(f, ERR_MEMORY, "register.no-memory");
	for (size_t i = 0; i < s->count; i++)
		refs[i] = s->facts[i].ref;
	answer->sort = SUBMISSION_RECORDED;
	answer->count = s->count;
	answer->refs = refs;
	return OK;
}

static void check_one(struct batch *b, struct submission *s)
{
	struct proposing p = {
		.reg = b->reg,
		.chance = &b->chance.world,
		.submission = s,
		.arena = s->arena,
		.scratch = b->arena,
		.state = b->reg->state,
		.seq_first = log_length(b->reg->log) + b->fact_count,
		.now = b->now,
		.counters = &b->counters,
	};
	struct mark before = mark_of(b);

	*s->answer = (struct submission_answer){ 0 };
	s->recording = false;
	s->err = may_write(b->reg, s->fault);
	if (!s->err)
		s->err = propose(&p, &s->recording, s->fault);
	if (!s->err && s->recording)
		s->err = add_all(b, s, s->fault);
	/* The answer before the commit: a fact on the disk is never told as a failure. */
	if (!s->err && s->recording)
		s->err = answer_recorded(s, s->fault);
	if (s->err) {
		s->recording = false;
		back_to(b, &before);
	}
}

/* --- the whole ------------------------------------------------------------------ */

/* A jump of the clock is on the disk before any fact whose time it makes doubtful. */
static void note_clock(struct batch *b)
{
	bool confirmed = b->fact_count && b->facts[0]->kind->kind == KIND_CLOCK_CONFIRMED;

	if (confirmed)
		add_setting(b, CLOCK_SETTING, (struct bytes){ 0 });
	else if (b->now.jumped && !b->reg->clock_stored)
		add_setting(b, CLOCK_SETTING, bytes_of_text(TEXT("jumped")));
}

static enum err note_series(struct batch *b, const char *prefix, const struct case_series *series,
			    struct fault *f)
{
	char *name;
	uint8_t *last;

	if (!series->given)
		return OK;
	name = arena_take(b->arena, SETTING_NAME_MAX);
	last = arena_take(b->arena, 8);
	if (!name || !last)
		return fault(f, ERR_MEMORY, "register.no-memory");
	cases_setting(name, prefix, b->counters.year);
	store_u64(last, series->last);
	add_setting(b, name, bytes_of(last, 8));
	return OK;
}

static enum err append(struct batch *b, struct fault *f)
{
	struct log_batch l = {
		.entries = b->entries,
		.entry_count = b->fact_count,
		.slots = b->slots,
		.slot_count = b->slot_count,
		.settings = b->settings,
		.setting_count = b->setting_count,
	};
	enum err e = note_series(b, CASES_PREFIX, &b->counters.cases, f);

	if (!e)
		e = note_series(b, PACKS_PREFIX, &b->counters.packs, f);
	note_clock(b);
	l.setting_count = b->setting_count;
	if (e || (!l.entry_count && !l.setting_count))
		return e;
	return log_append(b->reg->log, &l, f);
}

static enum err read_again(void *self, const struct fact_ref *ref, const struct id *subject,
			   struct arena *a, struct fact *out, struct fault *f)
{
	struct reg *r = self;

	(void)subject;
	return entry_read(r, &r->keys.site, ref, a, out, f);
}

static void fold_batch(struct batch *b)
{
	struct reg *r = b->reg;
	struct fact_reader reader = { .self = r, .read = read_again };
	enum err e = OK;

	pthread_rwlock_wrlock(&r->gate);
	for (size_t i = 0; !e && i < b->fact_count; i++)
		if (!(e = state_take(r->state, b->facts[i], NULL)))
			e = openings_take(&r->openings, &r->self.site, b->facts[i]);
	if (!e)
		e = state_settle(r->state, &reader, NULL);
	for (size_t i = 0; !e && i < b->fact_count; i++)
		e = who_take(r->who, r->state, b->facts[i]);
	if (e)
		fault(&r->damage, e, "register.behind");
	pthread_rwlock_unlock(&r->gate);
	moment_pass(&r->moments);
}

static void after_commit(struct batch *b)
{
	struct reg *r = b->reg;
	bool erased = false;

	for (size_t i = 0; i < b->fact_count; i++) {
		clock_recorded(&r->clock, b->facts[i]->recorded);
		erased |= is_erasure(b->facts[i]);
		if (b->facts[i]->kind->kind == KIND_CLOCK_CONFIRMED) {
			clock_confirm(&r->clock, r->world);
			r->clock_stored = false;
		}
	}
	for (size_t i = 0; i < b->setting_count; i++)
		if (!strcmp(b->settings[i].name, CLOCK_SETTING))
			r->clock_stored = b->settings[i].bytes.size > 0;
	if (b->fact_count)
		fold_batch(b);
	/* The list beside the log is made again from the log when it is opened. */
	if (erased)
		never_mind(erasures_publish(r, NULL));
}

void batch_run(struct batch *b)
{
	struct fault why = { 0 };
	enum err e;

	b->now = clock_now(&b->reg->clock, b->reg->world);
	/* Not while it is folded: who reads in the gate may wait for the log. */
	log_hold(b->reg->log);
	for (size_t i = 0; i < b->taken_count; i++)
		check_one(b, b->taken[i]);
	e = append(b, &why);
	log_let_go(b->reg->log);
	if (!e)
		after_commit(b);
	for (size_t i = 0; e && i < b->taken_count; i++)
		if (b->taken[i]->recording)
			b->taken[i]->err = fault_again(b->taken[i]->fault, &why);
}
