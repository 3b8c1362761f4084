/*
 * Keeping it: backup, restore, erasure, verification, and what is told when the disk
 * gives back something else than was written.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#include "register/inside.h"
#include "register/town_testing.h"

static void path_of(char out[TOWN_PATH_SIZE], const struct town *t, const char *name)
{
	CHECK(snprintf(out, TOWN_PATH_SIZE, "%s/%s", t->folder, name) < TOWN_PATH_SIZE);
}

static struct reg_proof verified(struct town *t)
{
	struct reg_proof proof;
	struct fault f = { 0 };

	CHECK_INT(reg_verify(t->reg, NULL, &proof, &f), OK);
	return proof;
}

static struct reg_status status_of(struct town *t)
{
	struct reg_status status;

	CHECK_INT(reg_status(t->reg, &status, &t->fault), OK);
	return status;
}

static void erases(struct town *t, const char *who)
{
	town_records_of(t, ROLE_PROTECTION,
			"{\"kind\": \"person.erased\", \"subject\": \"%s\","
			" \"reason\": \"person-asked\"}",
			who);
}

static bool has_name(struct town *t, const char *query)
{
	struct reg_named found[1];
	const struct state *s;
	size_t count;

	CHECK_INT(reg_read_begin(t->reg, &t->as[ROLE_REGISTRATION], DEED_FIND, &s, &t->fault), OK);
	count = reg_named(t->reg, text_of(query), found, COUNT_OF(found));
	reg_read_end(t->reg);
	return count > 0;
}

/* --- verify --------------------------------------------------------------------- */

TEST(verify_proves_every_fact_and_both_folds)
{
	struct reg_proof proof;
	struct town t;

	town_make(&t, 1);
	town_registers_family(&t);
	town_counsels(&t, "@zarmina");
	town_wait(&t, HOUR);
	town_chooses(&t, "@zarmina", "stay");
	reg_lock(t.reg);
	town_login_all(&t);
	proof = verified(&t);
	CHECK_INT(proof.facts, status_of(&t).facts);
	CHECK_INT(proof.envelopes_opened, proof.facts);
	CHECK_INT(proof.commitments_checked, proof.facts);
	CHECK_INT(proof.unreadable + proof.damaged + proof.unknown, 0);
	CHECK(proof.folded && proof.folds_agree);
	CHECK(proof.checkpoint_there && proof.checkpoint_held);
	town_end(&t);
}

TEST(verify_of_a_locked_register_says_what_it_could_not_prove)
{
	struct reg_proof proof;
	struct town t;

	town_make(&t, 2);
	town_registers_family(&t);
	reg_lock(t.reg);
	proof = verified(&t);
	CHECK(!proof.folded);
	CHECK(proof.checkpoint_held);
	CHECK_INT(proof.envelopes_opened, 1); /* site.joined */
	CHECK_INT(proof.unreadable, proof.facts - 1);
	CHECK_INT(proof.damaged, 0);
	town_end(&t);
}

/* --- erasing -------------------------------------------------------------------- */

TEST(who_is_erased_is_gone_from_memory_disk_and_every_later_fold)
{
	struct reg_proof proof;
	struct town t;

	town_make(&t, 3);
	town_registers_family(&t);
	CHECK(has_name(&t, "zarmina"));
	erases(&t, "@zarmina");
	CHECK(!has_name(&t, "zarmina"));
	CHECK_INT(town_person(&t, "@zarmina").status, STATUS_ERASED);
	proof = verified(&t);
	CHECK(proof.folds_agree);
	CHECK_INT(proof.unreadable, 1);
	CHECK_INT(proof.damaged, 0);

	town_close(&t);
	town_open(&t);
	town_login_all(&t);
	CHECK(!has_name(&t, "zarmina"));
	CHECK(has_name(&t, "habib"));
	CHECK_INT(town_person(&t, "@zarmina").status, STATUS_ERASED);
	CHECK(verified(&t).folds_agree);
	town_end(&t);
}

TEST(nothing_more_is_recorded_of_who_was_erased)
{
	struct town t;

	town_make(&t, 4);
	town_registers_family(&t);
	erases(&t, "@zarmina");
	CHECK_INT(town_propose(&t, ROLE_PROTECTION,
			       "{\"kind\": \"hold.placed\", \"subject\": \"@zarmina\","
			       " \"reason\": \"legal\"}"),
		  ERR_INPUT);
	CHECK_TEXT(t.fault.key, "subject.erased");
	CHECK_INT(town_propose(&t, ROLE_REGISTRATION,
			       "{\"kind\": \"person.registered\", \"subject\": \"@zarmina\","
			       " \"household\": \"@household\", \"given_latin\": \"Zarmina\","
			       " \"sex\": \"female\", \"birth_year\": 1990, \"group\": \"por\"}"),
		  ERR_INPUT);
	CHECK_TEXT(t.fault.key, "subject.erased");
	town_end(&t);
}

TEST(who_erased_and_why_stays_on_record)
{
	const struct fact *facts;
	struct id zarmina;
	struct town t;
	size_t count;

	town_make(&t, 5);
	town_registers_family(&t);
	erases(&t, "@zarmina");
	town_close(&t);
	town_open(&t);
	town_login_all(&t);
	zarmina = town_id(&t, "@zarmina");
	CHECK_INT(reg_history(t.reg, &t.as[ROLE_PROTECTION], &zarmina, t.arena, &facts, &count,
			      &t.fault),
		  OK);
	CHECK_INT(count, 1);
	CHECK_INT(facts[0].kind->kind, KIND_PERSON_ERASED);
	CHECK(id_same(&facts[0].actor, &t.as[ROLE_PROTECTION].account));
	town_end(&t);
}

/* --- backup and restore --------------------------------------------------------- */

/* `list` NULL: none. */
static enum err restore(struct town *t, const char *backup, const char *dir, const char *list)
{
	struct reg_restoring what = {
		.path = backup, .dir = dir, .lists = &list, .list_count = list != NULL
	};

	return reg_restore(&t->world.world, &what, &t->fault);
}

/* The town's register is now the one that this backup became. */
static void becomes_restored(struct town *t, const char *backup, const char *erasures)
{
	char dir[TOWN_PATH_SIZE];

	town_close(t);
	path_of(dir, t, "restored");
	CHECK_INT(restore(t, backup, dir, erasures), OK);
	strcpy(t->dir, dir);
	town_open(t);
	town_login_all(t);
}

TEST(a_backup_becomes_a_register_in_a_new_epoch)
{
	char backup[TOWN_PATH_SIZE], part[TOWN_PATH_SIZE + 8];
	struct town t;

	town_make(&t, 6);
	town_registers_family(&t);
	path_of(backup, &t, "backup");
	CHECK_INT(reg_backup(t.reg, backup, NULL, &t.fault), OK);
	snprintf(part, sizeof(part), "%s.part", backup);
	CHECK(access(part, F_OK));
	CHECK(status_of(&t).last_backup > 0);
	CHECK_FAULT(reg_backup(t.reg, backup, NULL, &t.fault), ERR_BUSY, &t.fault, "backup.exists");

	becomes_restored(&t, backup, NULL);
	CHECK_INT(status_of(&t).self.epoch, 1);
	CHECK_INT(status_of(&t).facts, 1);
	CHECK(town_person(&t, "@zarmina").registered);
	CHECK(verified(&t).folds_agree);
	town_records(
		&t, ROLE_PROTECTION,
		"{\"kind\": \"hold.placed\", \"subject\": \"@zarmina\", \"reason\": \"legal\"}");
	CHECK_INT(t.answer.refs[0].epoch, 1);
	CHECK_INT(town_person(&t, "@zarmina").holds, 1);
	reg_lock(t.reg);
	CHECK(verified(&t).checkpoint_held);
	town_end(&t);
}

TEST(case_numbers_given_since_the_backup_are_not_given_again)
{
	char backup[TOWN_PATH_SIZE];
	struct town t;

	town_make(&t, 7);
	town_registers_family(&t);
	path_of(backup, &t, "backup");
	CHECK_INT(reg_backup(t.reg, backup, NULL, &t.fault), OK);
	town_records(&t, ROLE_REGISTRATION,
		     "{\"kind\": \"household.registered\", \"subject\": \"@lost\","
		     " \"residence\": \"PK5\"}");
	CHECK(!memcmp(t.answer.case_number.at, "PSH-26-00002-", 13));
	becomes_restored(&t, backup, NULL);
	town_records(&t, ROLE_REGISTRATION,
		     "{\"kind\": \"household.registered\", \"subject\": \"@new\","
		     " \"residence\": \"PK5\"}");
	CHECK(!memcmp(t.answer.case_number.at, "PSH-26-01002-", 13));
	town_end(&t);
}

#define RESERVES_FIVE "{\"kind\": \"case-numbers.reserved\", \"subject\": \"%s\", \"count\": 5}"

TEST(forms_printed_since_the_backup_are_typed_in_and_their_numbers_not_printed_again)
{
	char backup[TOWN_PATH_SIZE], site[ID_HEX_SIZE + 1], lost[CASE_NUMBER_MAX];
	struct town t;

	town_make(&t, 7);
	hex_write(site, bytes_of(t.reg->self.site.at, ID_SIZE));
	town_records_of(&t, ROLE_REGISTRATION, RESERVES_FIVE, site);
	path_of(backup, &t, "backup");
	CHECK_INT(reg_backup(t.reg, backup, NULL, &t.fault), OK);
	town_records_of(&t, ROLE_REGISTRATION, RESERVES_FIVE, site);
	snprintf(lost, sizeof(lost), "%.*s", SHOWN(t.answer.reserved[4]));
	becomes_restored(&t, backup, NULL);
	town_records_of(&t, ROLE_REGISTRATION,
			"{\"kind\": \"household.registered\", \"subject\": \"@h\","
			" \"residence\": \"PK5\", \"case_number\": \"%s\"}",
			lost);
	town_records_of(&t, ROLE_REGISTRATION, RESERVES_FIVE, site);
	CHECK(!memcmp(t.answer.reserved[0].at, "PSH-26-81005-", 13));
	town_end(&t);
}

TEST(numbers_of_a_year_that_the_backup_has_not_begun_are_not_given_again)
{
	char backup[TOWN_PATH_SIZE], site[ID_HEX_SIZE + 1], form[CASE_NUMBER_MAX];
	struct town t;

	town_make(&t, 7);
	hex_write(site, bytes_of(t.reg->self.site.at, ID_SIZE));
	path_of(backup, &t, "backup");
	CHECK_INT(reg_backup(t.reg, backup, NULL, &t.fault), OK);
	town_registers_family(&t);
	CHECK(!memcmp(t.answer.case_number.at, "PSH-26-00001-", 13));
	town_records_of(&t, ROLE_REGISTRATION, RESERVES_FIVE, site);
	snprintf(form, sizeof(form), "%.*s", SHOWN(t.answer.reserved[4]));

	becomes_restored(&t, backup, NULL);
	town_records(&t, ROLE_REGISTRATION,
		     "{\"kind\": \"household.registered\", \"subject\": \"@new\","
		     " \"residence\": \"PK5\"}");
	CHECK(!memcmp(t.answer.case_number.at, "PSH-26-01001-", 13));
	town_records_of(&t, ROLE_REGISTRATION, RESERVES_FIVE, site);
	CHECK(!memcmp(t.answer.reserved[0].at, "PSH-26-81000-", 13));
	town_wait(&t, 365 * DAY);
	town_records_of(&t, ROLE_REGISTRATION,
			"{\"kind\": \"household.registered\", \"subject\": \"@form\","
			" \"residence\": \"PK5\", \"case_number\": \"%s\"}",
			form);
	town_end(&t);
}

TEST(a_restore_at_the_turn_of_the_year_skips_the_numbers_of_both)
{
	char backup[TOWN_PATH_SIZE], site[ID_HEX_SIZE + 1], form[CASE_NUMBER_MAX];
	struct town t;

	town_make(&t, 7);
	hex_write(site, bytes_of(t.reg->self.site.at, ID_SIZE));
	path_of(backup, &t, "backup");
	CHECK_INT(reg_backup(t.reg, backup, NULL, &t.fault), OK);
	town_records_of(&t, ROLE_REGISTRATION, RESERVES_FIVE, site);
	snprintf(form, sizeof(form), "%.*s", SHOWN(t.answer.reserved[0]));
	town_wait(&t, 365 * DAY);

	becomes_restored(&t, backup, NULL);
	town_records(&t, ROLE_REGISTRATION,
		     "{\"kind\": \"household.registered\", \"subject\": \"@new\","
		     " \"residence\": \"PK5\"}");
	CHECK(!memcmp(t.answer.case_number.at, "PSH-27-01001-", 13));
	town_records_of(&t, ROLE_REGISTRATION,
			"{\"kind\": \"household.registered\", \"subject\": \"@form\","
			" \"residence\": \"PK5\", \"case_number\": \"%s\"}",
			form);
	town_end(&t);
}

TEST(a_restore_replays_the_erasures)
{
	char backup[TOWN_PATH_SIZE], erasures[TOWN_PATH_SIZE], again[TOWN_PATH_SIZE + 16];
	struct town t;

	town_make(&t, 8);
	town_registers_family(&t);
	path_of(backup, &t, "backup");
	CHECK_INT(reg_backup(t.reg, backup, NULL, &t.fault), OK);
	erases(&t, "@zarmina");
	path_of(erasures, &t, "register/erasures");
	CHECK(!access(erasures, F_OK));

	becomes_restored(&t, backup, erasures);
	CHECK(!has_name(&t, "zarmina"));
	CHECK(has_name(&t, "habib"));
	CHECK(verified(&t).folds_agree);
	CHECK_INT(verified(&t).damaged, 0);
	snprintf(again, sizeof(again), "%s/erasures", t.dir);
	CHECK(!access(again, F_OK));
	town_end(&t);
}

static void registers_into(struct town *t, const char *name)
{
	town_records_of(t, ROLE_REGISTRATION,
			"{\"kind\": \"person.registered\", \"subject\": \"%s\","
			" \"household\": \"@household\", \"given_latin\": \"Gul\","
			" \"sex\": \"female\", \"birth_year\": 2001, \"group\": \"por\"}",
			name);
}

TEST(the_number_of_one_who_was_erased_is_not_given_again_after_a_restore)
{
	char backup[TOWN_PATH_SIZE], list[TOWN_PATH_SIZE];
	uint64_t count;
	struct town t;

	town_make(&t, 17);
	town_registers_family(&t);
	path_of(backup, &t, "backup");
	path_of(list, &t, "second medium");
	CHECK_INT(reg_backup(t.reg, backup, NULL, &t.fault), OK);
	for (int i = 0; i < 3; i++) {
		static const char *const names[] = { "@fourth", "@fifth", "@sixth" };

		registers_into(&t, names[i]);
	}
	erases(&t, "@sixth");
	erases(&t, "@fourth");
	CHECK_INT(status_of(&t).erasures_unlisted, 2);
	CHECK_INT(reg_erasures(t.reg, list, &count, &t.fault), OK);
	CHECK_INT(count, 2);
	CHECK_INT(status_of(&t).erasures_unlisted, 0);

	becomes_restored(&t, backup, list);
	registers_into(&t, "@new");
	CHECK_INT(town_person(&t, "@new").member, 7);
	town_end(&t);
}

TEST(several_lists_are_replayed_each)
{
	char backup[TOWN_PATH_SIZE], dir[TOWN_PATH_SIZE], one[TOWN_PATH_SIZE], two[TOWN_PATH_SIZE];
	const char *lists[] = { one, two };
	struct reg_restoring what = { .path = backup, .dir = dir, .lists = lists, .list_count = 2 };
	char hex[ID_HEX_SIZE + 2];
	struct id habib;
	uint64_t count;
	struct town t;

	town_make(&t, 18);
	town_registers_family(&t);
	path_of(backup, &t, "backup");
	path_of(dir, &t, "restored");
	path_of(one, &t, "one");
	path_of(two, &t, "two");
	CHECK_INT(reg_backup(t.reg, backup, NULL, &t.fault), OK);
	erases(&t, "@zarmina");
	CHECK_INT(reg_erasures(t.reg, one, &count, &t.fault), OK);
	/* As version 0.1.0 wrote it: an id and nothing else. */
	habib = town_id(&t, "@habib");
	hex_write(hex, bytes_of(habib.at, ID_SIZE));
	strcat(hex, "\n");
	CHECK_INT(file_save(&t.world.world, two, bytes_of_text(text_of(hex)), &t.fault), OK);
	town_close(&t);
	CHECK_INT(reg_restore(&t.world.world, &what, &t.fault), OK);
	strcpy(t.dir, dir);
	town_open(&t);
	town_login_all(&t);
	CHECK(!has_name(&t, "zarmina") && !has_name(&t, "habib") && has_name(&t, "lal"));
	CHECK(verified(&t).folds_agree);
	town_end(&t);
}

static const char *const wrong_lists[] = {
	"no id\n",
	"00112233445566778899aabbccddeeff 00112233445566778899aabbccddeeff\n",
	"00112233445566778899aabbccddeeff 00112233445566778899aabbccddeeff x\n",
	"00112233445566778899aabbccddeeff 00112233445566778899aabbccddeeff 1 x\n",
	"00112233445566778899aabbccddeeff 00112233445566778899aabbccddeeff 1 \n\n\nno id",
};

TEST(a_list_that_is_none_is_refused_with_its_line)
{
	char backup[TOWN_PATH_SIZE], dir[TOWN_PATH_SIZE], list[TOWN_PATH_SIZE];
	struct town t;

	town_make(&t, 19);
	path_of(backup, &t, "backup");
	path_of(dir, &t, "restored");
	path_of(list, &t, "list");
	CHECK_INT(reg_backup(t.reg, backup, NULL, &t.fault), OK);
	for (size_t i = 0; i < COUNT_OF(wrong_lists); i++) {
		struct bytes b = bytes_of_text(text_of(wrong_lists[i]));

		CHECK_INT(file_save(&t.world.world, list, b, &t.fault), OK);
		CHECK_FAULT(restore(&t, backup, dir, list), ERR_INPUT, &t.fault, "erasures.line");
		CHECK_TEXT(t.fault.values[1], i < COUNT_OF(wrong_lists) - 1 ? "1" : "4");
	}
	town_end(&t);
}

TEST(without_the_list_a_backup_would_bring_her_back)
{
	char backup[TOWN_PATH_SIZE];
	struct town t;

	town_make(&t, 9);
	town_registers_family(&t);
	path_of(backup, &t, "backup");
	CHECK_INT(reg_backup(t.reg, backup, NULL, &t.fault), OK);
	erases(&t, "@zarmina");
	becomes_restored(&t, backup, NULL);
	CHECK(has_name(&t, "zarmina"));
	town_end(&t);
}

TEST(a_restore_that_fails_leaves_no_register)
{
	char backup[TOWN_PATH_SIZE], dir[TOWN_PATH_SIZE], list[TOWN_PATH_SIZE];
	struct town t;

	town_make(&t, 10);
	path_of(backup, &t, "backup");
	path_of(dir, &t, "restored");
	path_of(list, &t, "list");
	CHECK_FAULT(restore(&t, backup, dir, NULL), ERR_NOT_FOUND, &t.fault, "restore.no-backup");
	CHECK_INT(reg_backup(t.reg, backup, NULL, &t.fault), OK);
	CHECK_INT(file_save(&t.world.world, list, bytes_of_text(TEXT("no id\n")), &t.fault), OK);
	CHECK_FAULT(restore(&t, backup, dir, list), ERR_INPUT, &t.fault, "erasures.line");
	CHECK(access(dir, F_OK));
	town_end(&t);
}

/* --- begun by a process that was killed ------------------------------------------ */

/* The folder "NAME.part" as far as a killed process came: with these files in it. */
static void begun(struct town *t, const char *name, const char *const *files, size_t count)
{
	char part[TOWN_PATH_SIZE], path[2 * TOWN_PATH_SIZE];

	CHECK(snprintf(part, sizeof(part), "%s/%s.part", t->folder, name) < TOWN_PATH_SIZE);
	CHECK_INT(t->world.world.folder_make(&t->world.world, part, &t->fault), OK);
	for (size_t i = 0; i < count; i++) {
		snprintf(path, sizeof(path), "%s/%s", part, files[i]);
		CHECK_INT(file_save(&t->world.world, path, bytes_of_text(TEXT("half")), &t->fault),
			  OK);
	}
}

/* What lies in such a folder, in the order in which it comes there. */
static const char *const left[] = { "ikhtiar-part", LOG_FILE ".part-journal", LOG_FILE ".part",
				    LOG_FILE, LOG_FILE "-wal" };

TEST(a_backup_that_a_kill_cut_short_is_not_in_the_way_of_the_next)
{
	char backup[TOWN_PATH_SIZE];
	struct town t;

	town_make(&t, 16);
	for (size_t count = 0; count <= COUNT_OF(left); count++) {
		char name[] = { 'b', (char)('0' + count), 0 };

		path_of(backup, &t, name);
		begun(&t, name, left, count);
		CHECK_INT(reg_backup(t.reg, backup, NULL, &t.fault), OK);
		strcat(backup, ".part");
		CHECK(access(backup, F_OK));
	}
	town_end(&t);
}

TEST(a_restore_that_a_kill_cut_short_is_not_in_the_way_of_the_next)
{
	char backup[TOWN_PATH_SIZE], dir[TOWN_PATH_SIZE];
	struct town t;

	town_make(&t, 17);
	path_of(backup, &t, "backup");
	path_of(dir, &t, "restored");
	CHECK_INT(reg_backup(t.reg, backup, NULL, &t.fault), OK);
	CHECK_INT(t.world.world.folder_make(&t.world.world, dir, &t.fault), OK);
	begun(&t, "restored", left, COUNT_OF(left));
	CHECK_INT(restore(&t, backup, dir, NULL), OK);
	strcat(dir, "/ikhtiar-part");
	CHECK(access(dir, F_OK));
	town_end(&t);
}

TEST(a_register_whose_folder_is_called_part_is_not_cleared_away)
{
	static const char *const files[] = { LOG_FILE };
	char backup[TOWN_PATH_SIZE], file[TOWN_PATH_SIZE];
	struct town t;

	town_make(&t, 18);
	path_of(backup, &t, "backup");
	begun(&t, "backup", files, COUNT_OF(files));
	CHECK_FAULT(reg_backup(t.reg, backup, NULL, &t.fault), ERR_BUSY, &t.fault,
		    "file.folder-not-empty");
	path_of(file, &t, "backup.part/" LOG_FILE);
	CHECK(!access(file, F_OK));
	town_end(&t);
}

/* --- damage --------------------------------------------------------------------- */

#define BYTES_MAX ((size_t)32 * 1024 * 1024)

/* Change the closed register's file behind its back. */
static void change(struct town *t, void (*how)(struct bytes file, uint8_t *at))
{
	char path[TOWN_PATH_SIZE + 32];
	struct arena *a = NULL;
	struct bytes file;

	snprintf(path, sizeof(path), "%s/%s", t->dir, LOG_FILE);
	CHECK_INT(arena_new(&a, BYTES_MAX), OK);
	CHECK_INT(file_load(&file, a, &t->world.world, path, BYTES_MAX, &t->fault), OK);
	how(file, (uint8_t *)(uintptr_t)file.at);
	CHECK_INT(file_save(&t->world.world, path, file, &t->fault), OK);
	arena_free(a);
}

/* Every page but the first two is overwritten in its middle. */
static void spoil_pages(struct bytes file, uint8_t *at)
{
	for (size_t page = 2; page < file.size / 8192; page++)
		memset(at + page * 8192 + 4000, 0x5a, 200);
}

TEST(damaged_pages_are_told_and_nothing_is_shown)
{
	struct reg_proof proof;
	const struct state *s;
	struct town t;
	enum err e;

	town_make(&t, 11);
	for (int i = 0; i < 40; i++)
		town_records_of(&t, ROLE_REGISTRATION,
				"{\"kind\": \"household.registered\", \"subject\": \"@h%d\","
				" \"residence\": \"PK5\"}",
				i);
	town_close(&t);
	change(&t, spoil_pages);
	t.fault = (struct fault){ 0 };
	e = reg_open(&t.reg, &t.world.world, t.atlas, t.dir, &t.fault);
	if (!e)
		e = town_login(&t, ROLE_REGISTRATION, town_account(ROLE_REGISTRATION));
	if (!e)
		e = reg_read_begin(t.reg, &t.as[ROLE_REGISTRATION], DEED_FIND, &s, &t.fault);
	CHECK_INT(e, ERR_DAMAGED);
	CHECK(t.fault.key);
	if (t.reg && !reg_verify(t.reg, NULL, &proof, &t.fault))
		CHECK(proof.damaged > 0);
	town_end(&t);
}

/* Run `sql` on the closed register. */
static void tamper(struct town *t, const char *sql)
{
	char path[TOWN_PATH_SIZE + 32];
	sqlite3 *db = NULL;

	snprintf(path, sizeof(path), "%s/%s", t->dir, LOG_FILE);
	CHECK_INT(sqlite3_open(path, &db), SQLITE_OK);
	CHECK_INT(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	CHECK_INT(sqlite3_changes(db), 1);
	CHECK_INT(sqlite3_close(db), SQLITE_OK);
}

static void tampered_town(struct town *t, uint64_t seed, const char *sql)
{
	town_make(t, seed);
	town_registers_family(t);
	town_close(t);
	tamper(t, sql);
	town_open(t);
	town_login_all(t);
}

/* One bit of the newest fact's envelope. */
static void flip_a_bit(struct town *t)
{
	char path[TOWN_PATH_SIZE + 32];
	sqlite3_stmt *last = NULL;
	sqlite3_blob *blob = NULL;
	sqlite3 *db = NULL;
	uint8_t byte;

	snprintf(path, sizeof(path), "%s/%s", t->dir, LOG_FILE);
	CHECK_INT(sqlite3_open(path, &db), SQLITE_OK);
	CHECK_INT(sqlite3_prepare_v2(db, "SELECT max(place) FROM fact", -1, &last, NULL),
		  SQLITE_OK);
	CHECK_INT(sqlite3_step(last), SQLITE_ROW);
	CHECK_INT(sqlite3_blob_open(db, "main", "fact", "envelope", sqlite3_column_int64(last, 0),
				    1, &blob),
		  SQLITE_OK);
	CHECK_INT(sqlite3_blob_read(blob, &byte, 1, 60), SQLITE_OK);
	byte ^= 1;
	CHECK_INT(sqlite3_blob_write(blob, &byte, 1, 60), SQLITE_OK);
	CHECK_INT(sqlite3_blob_close(blob), SQLITE_OK);
	CHECK_INT(sqlite3_finalize(last), SQLITE_OK);
	CHECK_INT(sqlite3_close(db), SQLITE_OK);
}

#define LAST_FACT " WHERE place = (SELECT max(place) FROM fact)"

TEST(an_envelope_that_was_changed_is_named_and_nothing_is_shown)
{
	const struct state *s;
	struct reg_proof proof;
	struct town t;

	town_make(&t, 12);
	town_registers_family(&t);
	town_close(&t);
	flip_a_bit(&t);
	town_open(&t);
	town_login_all(&t);
	CHECK_FAULT(reg_read_begin(t.reg, &t.as[ROLE_REGISTRATION], DEED_FIND, &s, &t.fault),
		    ERR_DAMAGED, &t.fault, "register.facts-damaged");
	CHECK_INT(town_propose(&t, ROLE_REGISTRATION,
			       "{\"kind\": \"household.registered\", \"subject\": \"@h\","
			       " \"residence\": \"PK5\"}"),
		  ERR_DAMAGED);
	proof = verified(&t);
	CHECK_INT(proof.damaged, 1);
	CHECK_INT(proof.first_damaged.seq, proof.facts - 1);
	town_end(&t);
}

TEST(facts_that_are_missing_from_what_was_signed_stop_all_writing)
{
	const struct state *s;
	struct town t;

	tampered_town(&t, 13, "DELETE FROM fact" LAST_FACT);
	CHECK_INT(town_propose(&t, ROLE_REGISTRATION,
			       "{\"kind\": \"household.registered\", \"subject\": \"@h\","
			       " \"residence\": \"PK5\"}"),
		  ERR_DAMAGED);
	CHECK_TEXT(t.fault.key, "checkpoint.facts-lost");
	CHECK(verified(&t).checkpoint_there && !verified(&t).checkpoint_held);
	CHECK_INT(reg_read_begin(t.reg, &t.as[ROLE_REGISTRATION], DEED_FIND, &s, &t.fault), OK);
	reg_read_end(t.reg);
	town_end(&t);
}

TEST(a_leaf_that_is_not_the_one_signed_stops_all_writing)
{
	struct town t;

	tampered_town(&t, 14, "UPDATE fact SET commitment = randomblob(32)" LAST_FACT);
	CHECK_INT(town_propose(&t, ROLE_REGISTRATION,
			       "{\"kind\": \"household.registered\", \"subject\": \"@h\","
			       " \"residence\": \"PK5\"}"),
		  ERR_DAMAGED);
	CHECK_TEXT(t.fault.key, "checkpoint.differs");
	CHECK(!verified(&t).checkpoint_held);
	CHECK_INT(verified(&t).damaged, 1);
	town_end(&t);
}

TEST(facts_of_an_epoch_before_a_restore_are_held_against_its_last_checkpoint)
{
	static const char *const damages[] = {
		"UPDATE fact SET commitment = randomblob(32)"
		" WHERE place = (SELECT max(place) FROM fact WHERE place < 2 << 40)",
		"DELETE FROM fact WHERE place = (SELECT max(place) FROM fact WHERE place < 2 << "
		"40)",
	};

	for (size_t i = 0; i < COUNT_OF(damages); i++) {
		char backup[TOWN_PATH_SIZE];
		struct town t;

		town_make(&t, 20);
		town_registers_family(&t);
		path_of(backup, &t, "backup");
		CHECK_INT(reg_backup(t.reg, backup, NULL, &t.fault), OK);
		becomes_restored(&t, backup, NULL);
		reg_lock(t.reg);
		CHECK(verified(&t).checkpoint_held);
		town_close(&t);
		tamper(&t, damages[i]);
		town_open(&t);
		CHECK(verified(&t).checkpoint_there && !verified(&t).checkpoint_held);
		town_end(&t);
	}
}

TEST(a_fact_whose_subject_was_changed_does_not_pass_for_one_of_an_erased_person)
{
	struct reg_proof proof;
	struct town t;

	tampered_town(&t, 16, "UPDATE fact SET subject = randomblob(16)" LAST_FACT);
	proof = verified(&t);
	CHECK_INT(proof.damaged, 1);
	CHECK_INT(proof.first_damaged.seq, proof.facts - 1);
	CHECK_INT(proof.unreadable, 0);
	reg_lock(t.reg);
	CHECK_INT(verified(&t).damaged, 1);
	town_end(&t);
}

/* --- one at a time -------------------------------------------------------------- */

TEST(two_do_not_open_one_register)
{
	struct reg *second = NULL;
	struct town t;

	town_make(&t, 15);
	t.fault = (struct fault){ 0 };
	CHECK_INT(reg_open(&second, &t.world.world, t.atlas, t.dir, &t.fault), ERR_BUSY);
	CHECK(!second);
	town_end(&t);
}

RUN_TESTS()
