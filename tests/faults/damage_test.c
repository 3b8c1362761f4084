/*
 * damage: bytes that come back from the disk as something else.
 *
 * A register with all that one can hold (a full tile, slots, settings, somebody who
 * was erased, an epoch before a restore, free pages) is closed, and its file spoilt in
 * one place: a byte, a page, a swap, its end.  It is then used as anybody would: opened,
 * logged into, verified.  There are two good ends:
 *
 *   found    one of the three says no
 *   unused   nothing did, and everything there is to read is what it was: each fact,
 *            key and setting, the proofs and the state
 *
 * Whatever was neither is a *silent* difference and fails; so does a crash, and each
 * place is tried in a process of its own.  A place is named by its case, as in
 *
 *     IKHTIAR_DAMAGE=byte:40960:16 build/release/tests/faults/damage_test
 */
#include <inttypes.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "register/inside.h"
#include "register/town_testing.h"

#define PAGE ((size_t)8192)
#define STEP ((size_t)4096)
#define FILE_MAX ((size_t)64 * 1024 * 1024)
#define FILE_HEAD ((size_t)100)
#define PAGE_HEAD ((size_t)12) /* of a b-tree's page */
#define ENVELOPE_LEAST ((size_t)120)
#define HOUSEHOLDS 55
#define FACTS_MAX 1000
#define SEED UINT64_C(26)

/* --- a register with everything in it ------------------------------------------- */

struct sound {
	struct town town;
	struct arena *arena;
	struct bytes file;
	struct hash content;
	struct fact_ref spoilt; /* whose bytes are changed, where that is known */
	char tried[TOWN_PATH_SIZE], log[TOWN_PATH_SIZE + 32];
};

static void registers_household(struct town *t, int i)
{
	town_records_of(t, ROLE_REGISTRATION,
			"[{\"kind\": \"household.registered\", \"subject\": \"@h%d\","
			"  \"residence\": \"PK5\"},"
			" {\"kind\": \"person.registered\", \"subject\": \"@p%d\","
			"  \"household\": \"@h%d\", \"given_latin\": \"Gul\","
			"  \"sex\": \"female\", \"birth_year\": %d, \"group\": \"por\"}]",
			i, i, i, 1950 + i);
}

static void holds(struct town *t, int i, const char *reason)
{
	town_records_of(t, ROLE_PROTECTION,
			"{\"kind\": \"hold.placed\", \"subject\": \"@p%d\", \"reason\": \"%s\"}", i,
			reason);
}

static void lives(struct town *t)
{
	town_registers_family(t);
	town_counsels(t, "@zarmina");
	town_wait(t, HOUR);
	town_chooses(t, "@zarmina", "stay");
	for (int i = 0; i < HOUSEHOLDS; i++) {
		registers_household(t, i);
		holds(t, i, "legal");
		holds(t, i, "medical");
	}
	town_records(t, ROLE_PROTECTION,
		     "{\"kind\": \"person.erased\", \"subject\": \"@p7\","
		     " \"reason\": \"person-asked\"}");
}

static void path_of(char out[TOWN_PATH_SIZE], const struct town *t, const char *name)
{
	CHECK(snprintf(out, TOWN_PATH_SIZE, "%s/%s", t->folder, name) < TOWN_PATH_SIZE);
}

/* Go on in a second epoch, with more than a tile of facts in each. */
static void is_restored(struct town *t)
{
	char backup[TOWN_PATH_SIZE], dir[TOWN_PATH_SIZE];

	path_of(backup, t, "first");
	path_of(dir, t, "restored");
	CHECK_INT(reg_backup(t->reg, backup, NULL, &t->fault), OK);
	town_close(t);
	CHECK_INT(reg_restore(&t->world.world, &(struct reg_restoring){ .path = backup, .dir = dir },
			      &t->fault),
		  OK);
	strcpy(t->dir, dir);
	town_open(t);
	town_login_all(t);
}

static void second_life(struct town *t)
{
	for (int i = 0; i < HOUSEHOLDS; i++)
		for (int times = 0; times < 5; times++)
			holds(t, i == 7 ? 8 : i, "family");
}

/* Pages that belong to nothing, as a table leaves them that is no more. */
static void leave_free_pages(const char *path)
{
	sqlite3 *db = NULL;

	CHECK_INT(sqlite3_open(path, &db), SQLITE_OK);
	CHECK_INT(sqlite3_exec(db,
			       "PRAGMA secure_delete = ON; CREATE TABLE gone (x);"
			       "INSERT INTO gone VALUES (randomblob(50000)); DROP TABLE gone;",
			       NULL, NULL, NULL),
		  SQLITE_OK);
	CHECK_INT(sqlite3_close(db), SQLITE_OK);
}

/* --- everything there is to read, as one hash ------------------------------------- */

static void take_bytes(crypto_generichash_state *h, struct bytes b)
{
	uint64_t size = b.size;

	crypto_generichash_update(h, (const uint8_t *)&size, sizeof(size));
	crypto_generichash_update(h, b.at, b.size);
}

struct reading {
	crypto_generichash_state hash;
	struct reg *reg;
};

static enum err is_erased(struct reg *r, const struct id *subject, bool *erased, struct fault *f)
{
	char name[SETTING_NAME_MAX];
	struct arena *a = NULL;
	struct bytes when;
	enum err e;

	erased_setting(name, subject);
	CHECK_INT(arena_new(&a, 4096), OK);
	e = setting_or_none(r, name, a, &when, f);
	*erased = when.size > 0;
	arena_free(a);
	return e;
}

/* What an erased subject's facts are sealed in is noise, before and after. */
static enum err take_entry(void *self, const struct origin *o, const struct log_entry *e,
			   struct fault *f)
{
	struct reading *x = self;
	bool erased;
	enum err err;

	if ((err = is_erased(x->reg, &e->subject, &erased, f)))
		return err;
	take_bytes(&x->hash, bytes_of(o, sizeof(*o)));
	take_bytes(&x->hash, bytes_of(&e->seq, sizeof(e->seq)));
	take_bytes(&x->hash, bytes_of(&e->subject, ID_SIZE));
	take_bytes(&x->hash, bytes_of(&e->commitment, HASH_SIZE));
	if (!erased)
		take_bytes(&x->hash, e->envelope);
	return OK;
}

static enum err take_slot(void *self, const struct id *subject, struct bytes slot, struct fault *f)
{
	struct reading *x = self;

	(void)f;
	take_bytes(&x->hash, bytes_of(subject, ID_SIZE));
	take_bytes(&x->hash, slot);
	return OK;
}

static enum err take_setting(void *self, struct text name, struct bytes bytes, struct fault *f)
{
	struct reading *x = self;

	(void)f;
	take_bytes(&x->hash, bytes_of_text(name));
	take_bytes(&x->hash, bytes);
	return OK;
}

/* The tree as outsiders see it: each hash of each tile, and one proof. */
static enum err take_tree(struct reading *x, struct fault *f)
{
	struct log *l = x->reg->log;
	struct merkle_proof proof;
	struct hash tile[256];
	size_t count = 1;
	enum err e = inclusion_prove(&proof, l, 1, log_length(l), f);

	take_bytes(&x->hash, bytes_of(proof.at, proof.count * sizeof(*proof.at)));
	for (uint64_t n = 0; !e && count; n++) {
		e = log_tile(l, 0, n, tile, &count, f);
		take_bytes(&x->hash, bytes_of(tile, count * sizeof(*tile)));
	}
	return e;
}

static enum err take_state(struct reading *x, struct session *by, struct fault *f)
{
	const struct state *s;
	struct hash digest;
	enum err e = reg_read_begin(x->reg, by, DEED_FIND, &s, f);

	if (e)
		return e;
	e = state_digest(s, &digest);
	reg_read_end(x->reg);
	take_bytes(&x->hash, bytes_of(&digest, sizeof(digest)));
	return e;
}

static enum err read_all(struct reg *r, struct session *by, struct hash *out, struct fault *f)
{
	struct reading x = { .reg = r };
	enum err e;

	crypto_generichash_init(&x.hash, NULL, 0, sizeof(*out));
	if ((e = log_each(r->log, take_entry, &x, f)) ||
	    (e = log_each_slot(r->log, take_slot, &x, f)) ||
	    (e = log_each_setting(r->log, "", take_setting, &x, f)) || (e = take_tree(&x, f)) ||
	    (e = take_state(&x, by, f)))
		return e;
	crypto_generichash_final(&x.hash, (uint8_t *)out, sizeof(*out));
	return OK;
}

/* --- one try ---------------------------------------------------------------------- */

enum end {
	FOUND_OPENING,
	FOUND_LOGGING_IN,
	FOUND_VERIFYING,
	FOUND_BY_FACT, /* verify, and it names the one that is damaged */
	UNUSED,
	SILENT,
	CRASHED,
	ENDS
};
static const char *const end_words[] = {
	[FOUND_OPENING] = "found on opening",
	[FOUND_LOGGING_IN] = "found on logging in",
	[FOUND_VERIFYING] = "found by verify",
	[FOUND_BY_FACT] = "found by verify, which names the fact",
	[UNUSED] = "unused",
	[SILENT] = "SILENT",
	[CRASHED] = "CRASHED",
};

static bool is_sound(const struct reg_proof *p)
{
	return !p->damaged && p->checkpoint_there && p->checkpoint_held && p->folded &&
	       p->folds_agree;
}

/* In a process of its own, on the spoilt file. */
static enum end use(const struct sound *s)
{
	struct town t = s->town;
	struct session *by = &t.as[ROLE_REGISTRATION];
	struct reg_proof proof;
	struct hash content;

	if (reg_open(&t.reg, &t.world.world, t.atlas, s->tried, &t.fault))
		return FOUND_OPENING;
	if (town_login(&t, ROLE_REGISTRATION, town_account(ROLE_REGISTRATION)))
		return FOUND_LOGGING_IN;
	if (reg_verify(t.reg, NULL, &proof, &t.fault))
		return FOUND_VERIFYING;
	if (proof.damaged == 1 && !fact_ref_compare(&proof.first_damaged, &s->spoilt))
		return FOUND_BY_FACT;
	if (!is_sound(&proof))
		return FOUND_VERIFYING;
	if (read_all(t.reg, by, &content, &t.fault))
		return SILENT;
	return memcmp(&content, &s->content, sizeof(content)) ? SILENT : UNUSED;
}

static void write_tried(const struct sound *s, struct bytes b)
{
	char wal[TOWN_PATH_SIZE + 48];
	FILE *file = fopen(s->log, "wb");

	CHECK(file && fwrite(b.at, 1, b.size, file) == b.size && !fclose(file));
	snprintf(wal, sizeof(wal), "%s-wal", s->log);
	unlink(wal);
}

static enum end try_file(const struct sound *s, struct bytes b)
{
	int status;
	pid_t child;

	write_tried(s, b);
	fflush(NULL);
	child = fork();
	CHECK(child >= 0);
	if (!child)
		_exit((int)use(s));
	CHECK_INT(waitpid(child, &status, 0), child);
	return WIFEXITED(status) && WEXITSTATUS(status) < CRASHED ? WEXITSTATUS(status) : CRASHED;
}

static void sound_make(struct sound *s)
{
	struct town *t = &s->town;
	char path[TOWN_PATH_SIZE + 32];
	enum end end;

	memset(s, 0, sizeof(*s));
	CHECK_INT(arena_new(&s->arena, 2 * FILE_MAX), OK);
	town_make(t, SEED);
	lives(t);
	is_restored(t);
	second_life(t);
	town_close(t);
	snprintf(path, sizeof(path), "%s/%s", t->dir, LOG_FILE);
	leave_free_pages(path);
	town_open(t);
	town_login_all(t);
	CHECK_INT(read_all(t->reg, &t->as[ROLE_REGISTRATION], &s->content, &t->fault), OK);
	town_close(t);
	CHECK_INT(file_load(&s->file, s->arena, world_real(), path, FILE_MAX, &t->fault), OK);

	path_of(s->tried, t, "tried");
	CHECK_INT(t->world.world.folder_make(&t->world.world, s->tried, &t->fault), OK);
	snprintf(s->log, sizeof(s->log), "%s/%s", s->tried, LOG_FILE);
	end = try_file(s, s->file);
	if (end != UNUSED)
		check_failed(__FILE__, __LINE__, "a sound file is %s", end_words[end]);
}

static void sound_end(struct sound *s)
{
	town_end(&s->town);
	arena_free(s->arena);
}

/* --- damage ----------------------------------------------------------------------- */

enum sort { BYTE, CUT, ZEROS, SWAP, SORTS };
static const char *const sort_words[] = {
	[BYTE] = "byte", /* at, ^ with */
	[CUT] = "cut",	 /* at */
	[ZEROS] = "zeros", /* page */
	[SWAP] = "swap", /* page, page */
};

struct damage {
	enum sort sort;
	size_t at, with;
};

/* The file with the damage in it, into `out`. */
static struct bytes spoil(struct bytes file, const struct damage *d, uint8_t *out)
{
	memcpy(out, file.at, file.size);
	switch (d->sort) {
	case BYTE:
		out[d->at] ^= (uint8_t)d->with;
		break;
	case CUT:
		return bytes_of(out, d->at);
	case ZEROS:
		memset(out + d->at * PAGE, 0, PAGE);
		break;
	case SWAP:
		memcpy(out + d->at * PAGE, file.at + d->with * PAGE, PAGE);
		memcpy(out + d->with * PAGE, file.at + d->at * PAGE, PAGE);
		break;
	case SORTS:
		break;
	}
	return bytes_of(out, file.size);
}

struct trying {
	struct sound sound;
	uint8_t *spoilt;
	unsigned ends[ENDS];
};

static void trying_begin(struct trying *x)
{
	memset(x, 0, sizeof(*x));
	sound_make(&x->sound);
	x->spoilt = malloc(x->sound.file.size);
	CHECK(x->spoilt);
}

static void try(struct trying *x, struct damage d)
{
	enum end end = try_file(&x->sound, spoil(x->sound.file, &d, x->spoilt));

	x->ends[end]++;
	if (end == SILENT || end == CRASHED)
		fprintf(stderr,
			"%s; again: IKHTIAR_DAMAGE=%s:%zu:%zu build/release/tests/faults/damage_test\n",
			end_words[end], sort_words[d.sort], d.at, d.with);
}

static void trying_end(struct trying *x)
{
	for (int end = 0; end < ENDS; end++)
		if (x->ends[end])
			fprintf(stderr, "%6u %s\n", x->ends[end], end_words[end]);
	free(x->spoilt);
	sound_end(&x->sound);
	CHECK_INT(x->ends[SILENT], 0);
	CHECK_INT(x->ends[CRASHED], 0);
}

static size_t pages(const struct trying *x)
{
	return x->sound.file.size / PAGE;
}

/* 1 to 255: a byte that becomes another. */
static size_t another(struct world *w)
{
	uint8_t mask;

	w->chance(w, &mask, 1);
	return mask ? mask : 1;
}

static size_t below(struct world *w, size_t limit)
{
	uint64_t n;

	w->chance(w, &n, sizeof(n));
	return n % limit;
}

TEST(a_byte_changed_at_every_four_kibibytes_and_anywhere_in_between_is_found_or_unused)
{
	struct world_simulated chance;
	struct trying x;

	world_simulated_init(&chance, SEED);
	trying_begin(&x);
	for (size_t at = 0; at < x.sound.file.size; at += STEP) {
		try(&x, (struct damage){ BYTE, at, another(&chance.world) });
		for (int times = 0; times < 3; times++)
			try(&x, (struct damage){ BYTE, at + below(&chance.world, STEP),
						  another(&chance.world) });
	}
	trying_end(&x);
}

/* The heads of pages, where SQLite keeps what leads to the rows. */
TEST(each_byte_of_the_file_s_head_and_of_every_page_s_head_is_found_or_unused)
{
	struct world_simulated chance;
	struct trying x;

	world_simulated_init(&chance, SEED + 1);
	trying_begin(&x);
	for (size_t at = 0; at < FILE_HEAD; at++)
		try(&x, (struct damage){ BYTE, at, another(&chance.world) });
	for (size_t page = 0; page < pages(&x); page++) {
		size_t head = page * PAGE + (page ? 0 : FILE_HEAD);

		for (size_t at = 0; at < PAGE_HEAD; at++)
			try(&x, (struct damage){ BYTE, head + at, another(&chance.world) });
	}
	trying_end(&x);
}

TEST(a_file_that_ends_early_is_found_or_has_lost_nothing_but_a_free_page)
{
	struct trying x;

	trying_begin(&x);
	for (size_t at = 0; at < x.sound.file.size; at += STEP)
		try(&x, (struct damage){ CUT, at, 0 });
	trying_end(&x);
}

TEST(pages_of_zeros_and_pages_that_changed_places_are_found_or_unused)
{
	struct world_simulated chance;
	struct trying x;

	world_simulated_init(&chance, SEED + 2);
	trying_begin(&x);
	for (size_t page = 0; page < pages(&x); page++) {
		size_t other = below(&chance.world, pages(&x));

		try(&x, (struct damage){ ZEROS, page, 0 });
		if (other != page)
			try(&x, (struct damage){ SWAP, page, other });
	}
	trying_end(&x);
}

struct rows {
	struct trying *trying;
	struct arena *arena;
	struct fact_ref *refs;
	size_t *places; /* of their envelopes in the file */
	size_t count;
};

/* An envelope occurs once in the file: it is random. */
static enum err find_row(void *self, const struct origin *o, const struct log_entry *e,
			 struct fault *f)
{
	struct rows *x = self;
	struct bytes file = x->trying->sound.file;
	const uint8_t *at = memmem(file.at, file.size, e->envelope.at, e->envelope.size);
	bool erased;
	enum err err = is_erased(x->trying->sound.town.reg, &e->subject, &erased, f);

	if (err || !at || erased)
		return err;
	x->refs[x->count] = (struct fact_ref){ .site = o->site, .epoch = o->epoch, .seq = e->seq };
	x->places[x->count++] = (size_t)(at - file.at);
	return OK;
}

static void find_rows(struct rows *x, struct trying *t)
{
	struct town *town = &t->sound.town;

	*x = (struct rows){ .trying = t };
	CHECK_INT(arena_new(&x->arena, 1 << 20), OK);
	x->refs = arena_take_array(x->arena, FACTS_MAX, sizeof(*x->refs));
	x->places = arena_take_array(x->arena, FACTS_MAX, sizeof(*x->places));
	town_open(town);
	CHECK_INT(log_each(town->reg->log, find_row, x, &town->fault), OK);
	town_close(town);
	CHECK(x->count > 500 && x->count < FACTS_MAX);
}

TEST(a_byte_changed_in_a_fact_is_found_and_the_fact_is_named)
{
	struct world_simulated chance;
	struct trying x;
	struct rows rows;
	unsigned tries = 0;

	world_simulated_init(&chance, SEED + 3);
	trying_begin(&x);
	find_rows(&rows, &x);
	for (size_t i = below(&chance.world, 8); i < rows.count; i += 8) {
		size_t at = rows.places[i] + below(&chance.world, ENVELOPE_LEAST);

		x.sound.spoilt = rows.refs[i];
		try(&x, (struct damage){ BYTE, at, another(&chance.world) });
		tries++;
	}
	CHECK_INT(x.ends[FOUND_BY_FACT], tries);
	arena_free(rows.arena);
	trying_end(&x);
}

TEST(the_one_case_that_a_failure_has_named)
{
	const char *named = getenv("IKHTIAR_DAMAGE");
	struct damage d = { 0 };
	struct trying x;
	char word[8];

	if (!named)
		return;
	CHECK_INT(sscanf(named, "%7[a-z]:%zu:%zu", word, &d.at, &d.with), 3);
	while (d.sort < SORTS && strcmp(sort_words[d.sort], word) != 0)
		d.sort++;
	CHECK(d.sort < SORTS);
	trying_begin(&x);
	try(&x, d);
	trying_end(&x);
}

RUN_TESTS()
