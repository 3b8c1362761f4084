#include "register/day_testing.h"

#include <stdio.h>

#include "register/inside.h"

#define KEY_PIECE 16 /* that much of a key must not be found */
#define LIST_LENGTH 230 /* a tile of the tree fills after it */
#define LIST_SIZE_MAX ((size_t)64 * 1024)
#define LOOK_MEMORY ((size_t)64 * 1024)

#define FIRST_BACKUP "/town/first.backup"
#define SECOND_BACKUP "/town/second.backup"
const char *const day_backups[DAY_BACKUPS] = { FIRST_BACKUP, SECOND_BACKUP };

/* --- what a step does --------------------------------------------------------------- */

static enum err reopen(struct town *t)
{
	enum err e;

	town_close(t);
	if ((e = town_try_open(t)))
		return e;
	return town_login(t, ROLE_ADMINISTRATOR, town_account(ROLE_ADMINISTRATOR));
}

enum err day_reopens(struct town *t)
{
	return reopen(t);
}

/* Where it was made, and only could not be opened, it is opened. */
static enum err found(struct town *t, const struct day_step *s)
{
	enum err e = reopen(t);

	(void)s;
	return e == ERR_NOT_FOUND || e == ERR_DAMAGED ? town_found(t) : e;
}

static enum err opens_account(struct town *t, const struct day_step *s)
{
	/* Of one that was opened although it was told as failed, the id is learnt here. */
	if (!town_login(t, s->role, town_account(s->role)))
		return OK;
	return town_opens_account(t, s->role);
}

static enum err closes_account(struct town *t, const struct day_step *s)
{
	if (!reg_roles(t->reg, &t->as[s->role]))
		return OK;
	t->fault = (struct fault){ 0 };
	return reg_account_close(t->reg, &t->as[ROLE_ADMINISTRATOR], text_of(town_account(s->role)),
				 &t->fault);
}

static enum err records(struct town *t, const struct day_step *s)
{
	enum err e = town_propose(t, s->role, s->json);

	CHECK(e || t->answer.sort != SUBMISSION_REFUSED);
	return e;
}

static enum err counsels(struct town *t, const struct day_step *s)
{
	return town_proposes_counselling(t, "@zarmina", s->key);
}

static enum err chooses(struct town *t, const struct day_step *s)
{
	return town_proposes_choice(t, "@zarmina", s->json, s->key);
}

/* A list of an agency's, as one array. */
static enum err takes_in_list(struct town *t, const struct day_step *s)
{
	struct buffer b = { .limit = LIST_SIZE_MAX };
	char json[160];
	enum err e;

	for (int i = 0; i < LIST_LENGTH; i++) {
		snprintf(json, sizeof(json),
			 "%s{\"kind\": \"household.registered\", \"subject\": \"@%s-%d\","
			 " \"key\": \"%s\", \"residence\": \"PK5\"}",
			 i ? "," : "[", s->key, i, s->key);
		buffer_text(&b, text_of(json));
	}
	buffer_text(&b, TEXT("]"));
	buffer_byte(&b, 0);
	CHECK_INT(buffer_end(&b, NULL), OK);
	e = town_propose(t, s->role, (const char *)buffer_bytes(&b).at);
	buffer_free(&b);
	return e;
}

static bool was_told(const struct town *t, const char *key)
{
	return t->fault.key && !strcmp(t->fault.key, key);
}

/* Who is told that there is such a file already takes another name. */
static enum err backs_up(struct town *t, const struct day_step *s)
{
	char other[DISK_PATH_SIZE];
	enum err e;

	t->fault = (struct fault){ 0 };
	e = reg_backup(t->reg, s->json, NULL, &t->fault);
	if (!was_told(t, "backup.exists"))
		return e;
	t->fault = (struct fault){ 0 };
	snprintf(other, sizeof(other), "%s.again", s->json);
	return reg_backup(t->reg, other, NULL, &t->fault);
}

static enum err restore_to(struct town *t, const char *dir)
{
	static const char *const lists[] = { DAY_ERASURES };
	struct reg_restoring what = { FIRST_BACKUP, dir, lists, COUNT_OF(lists) };

	t->fault = (struct fault){ 0 };
	return reg_restore(&t->world.world, &what, &t->fault);
}

/* The same of a folder. */
static enum err restores(struct town *t, const struct day_step *s)
{
	enum err e = restore_to(t, s->json);

	return was_told(t, "file.folder-not-empty") ? restore_to(t, DAY_RESTORED ".again") : e;
}

static enum err locks(struct town *t, const struct day_step *s)
{
	(void)s;
	reg_lock(t->reg);
	return town_login(t, ROLE_ADMINISTRATOR, town_account(ROLE_ADMINISTRATOR));
}

static enum err closes_and_opens(struct town *t, const struct day_step *s)
{
	(void)s;
	return reopen(t);
}

/* --- the day --------------------------------------------------------------------------- */

#define FAMILY(of, mother, boy)                                                                    \
	"[{\"kind\": \"household.registered\", \"subject\": \"@" of "\", \"key\": \"" of "\","     \
	"  \"residence\": \"PK5\", \"language\": \"pbu\"},"                                        \
	" {\"kind\": \"person.registered\", \"subject\": \"@" mother "\","                         \
	"  \"household\": \"@" of "\", \"given_latin\": \"" mother "\", \"sex\": \"female\","      \
	"  \"birth_year\": 1990, \"group\": \"undocumented\", \"relation\": \"head\","             \
	"  \"language\": \"pbu\", \"destination\": \"AF06\"},"                                     \
	" {\"kind\": \"person.registered\", \"subject\": \"@" boy "\","                            \
	"  \"household\": \"@" of "\", \"given_latin\": \"" boy "\", \"sex\": \"male\","           \
	"  \"birth_date\": \"2018-03-21\", \"group\": \"undocumented\", \"relation\": \"child\","  \
	"  \"guardian\": \"@" mother "\", \"care\": \"with-parents\"}]"

#define OPENS(which)                                                                               \
	{ .name = "the account of " #which " is opened", .run = opens_account, .role = ROLE_##which }
#define RECORDS(what, by, after_s, fact)                                                           \
	{ .name = what, .run = records, .role = ROLE_##by, .wait_s = after_s, .json = fact }
#define REGISTERS(of, mother, boy)                                                                 \
	RECORDS("the family " of " is registered", REGISTRATION, 60, FAMILY(of, mother, boy))
#define WALKS_IN(who)                                                                              \
	RECORDS("household " who " walks in", REGISTRATION, 60,                                    \
		"{\"kind\": \"household.registered\", \"subject\": \"@" who "\", \"key\": \"" who     \
		"\", \"residence\": \"PK5\"}")

/* clang-format off */
static const struct day_step steps[] = {
	{ .name = "the register is made", .run = found },
	OPENS(REGISTRATION),
	OPENS(COUNSELLOR),
	OPENS(PROTECTION),
	OPENS(LEGAL_AID),
	REGISTERS("first", "zarmina", "lal"),
	{ .name = "she is counselled", .run = counsels, .key = "counselled", .wait_s = 600 },
	{ .name = "she chooses to return", .run = chooses, .json = "return", .key = "chosen",
	  .wait_s = HOUR },
	{ .name = "a backup is made", .run = backs_up, .json = FIRST_BACKUP, .wait_s = HOUR },
	RECORDS("she withdraws", COUNSELLOR, 60,
		"{\"kind\": \"choice.withdrawn\", \"key\": \"withdrawn\", \"subject\": \"@zarmina\","
		" \"channel\": \"phone\"}"),
	{ .name = "the register is locked and unlocked", .run = locks },
	REGISTERS("second", "gulalai", "khan"),
	{ .name = "a list is taken in", .run = takes_in_list, .role = ROLE_REGISTRATION,
	  .key = "list", .wait_s = 60 },
	/* Enough for the WAL to be brought into the file meanwhile. */
	REGISTERS("third", "spogmai", "babrak"),
	WALKS_IN("a"), WALKS_IN("b"), WALKS_IN("c"), WALKS_IN("d"), WALKS_IN("e"),
	WALKS_IN("f"), WALKS_IN("g"), WALKS_IN("h"), WALKS_IN("i"), WALKS_IN("j"),
	WALKS_IN("k"), WALKS_IN("l"), WALKS_IN("m"), WALKS_IN("n"),
	RECORDS("the boy is erased", PROTECTION, 60,
		"{\"kind\": \"person.erased\", \"key\": \"erased\", \"subject\": \"@lal\","
		" \"reason\": \"person-asked\"}"),
	{ .name = "an account is closed", .run = closes_account, .role = ROLE_LEGAL_AID },
	RECORDS("a hold is placed", PROTECTION, 60,
		"{\"kind\": \"hold.placed\", \"key\": \"held\", \"subject\": \"@gulalai\","
		" \"reason\": \"medical\"}"),
	{ .name = "another backup is made", .run = backs_up, .json = SECOND_BACKUP, .wait_s = HOUR },
	{ .name = "the register is closed and opened", .run = closes_and_opens },
	{ .name = "she chooses to stay", .run = chooses, .json = "stay", .key = "stays",
	  .wait_s = HOUR },
	REGISTERS("fourth", "palwasha", "zmarai"),
	{ .name = "the first backup becomes a register", .run = restores, .json = DAY_RESTORED },
};
/* clang-format on */

bool day_step_records(const struct day_step *s)
{
	return s->run == records;
}

size_t day_length(void)
{
	return COUNT_OF(steps);
}

const struct day_step *day_step(size_t step)
{
	assert(step < COUNT_OF(steps));
	return &steps[step];
}

void day_begin(struct day *d, struct disk *disk, uint64_t seed)
{
	*d = (struct day){ .disk = disk };
	town_begin_on(&d->town, seed, disk);
	CHECK_INT(disk_make_folder(disk, "/town"), 0);
	CHECK_INT(disk_sync_folder(disk, "/town"), 0);
}

void day_end(struct day *d)
{
	town_end(&d->town);
}

/* --- what is acknowledged ------------------------------------------------------------------ */

struct day_mark day_look(struct town *t)
{
	struct reg_status status;
	struct day_mark m;
	struct state *s = t->reg->state;
	struct fault f = { 0 };

	m = (struct day_mark){ .calls = t->world.disk->journal_count };
	CHECK(s);
	CHECK_INT(reg_status(t->reg, &status, &f), OK);
	m.facts = status.facts;
	m.checkpoint_size = status.checkpoint_size;
	CHECK_INT(log_root(t->reg->log, m.facts, &m.root, &f), OK);
	CHECK_INT(state_digest(s, &m.digest), OK);
	m.erased = disk_file(t->world.disk, DAY_ERASURES).size;
	while (m.backups < DAY_BACKUPS && disk_file(t->world.disk, day_backups[m.backups]).size)
		m.backups++;
	m.restored = disk_file(t->world.disk, DAY_RESTORED "/" LOG_FILE).size > 0;
	return m;
}

/* His keys as soon as they are there: those that come after his erasure are others. */
static void learn_keys(struct day *d)
{
	static const uint8_t not_yet[DAY_KEY_SIZE];
	struct id boy = town_id(&d->town, "@lal");
	struct arena *a = NULL;
	struct bytes kept;

	if (memcmp(d->boy, not_yet, DAY_KEY_SIZE))
		return;
	CHECK_INT(arena_new(&a, LOOK_MEMORY), OK);
	if (!log_slot_read(d->town.reg->log, &boy, a, &kept, NULL)) {
		CHECK_INT(kept.size, DAY_KEY_SIZE);
		memcpy(d->boy, kept.at, DAY_KEY_SIZE);
	}
	arena_free(a);
}

bool day_boy_is_in(const struct day *d, const struct disk *disk, const char *folder)
{
	for (size_t at = 0; at < DAY_KEY_SIZE; at += KEY_PIECE)
		if (disk_holds(disk, folder, bytes_of(d->boy + at, KEY_PIECE)))
			return true;
	return false;
}

enum err day_tries_again(struct day *d)
{
	const struct day_step *s = day_step(d->steps);
	enum err e = s->run(&d->town, s);

	if (e)
		return e;
	d->marks[d->steps] = day_look(&d->town);
	learn_keys(d);
	d->steps++;
	return OK;
}

enum err day_goes_on(struct day *d)
{
	town_wait(&d->town, day_step(d->steps)->wait_s);
	return day_tries_again(d);
}
