/* What log.h promises, on a whole disk; faulty_test.c has the other ones. */
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/prop.h"
#include "base/sha256.h"
#include "log/log_testing.h"
#include "log/tree.h"

static void path_in(char out[256], const struct log_house *h, const char *name)
{
	snprintf(out, 256, "%s/%s", h->folder, name);
}

/* Change the closed file behind the log's back. */
static void meddle(const struct log_house *h, const char *sql)
{
	char path[256];
	sqlite3 *db = NULL;

	path_in(path, h, LOG_FILE);
	CHECK_INT(sqlite3_open(path, &db), SQLITE_OK);
	CHECK_INT(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	CHECK_INT(sqlite3_close(db), SQLITE_OK);
}

static struct hash root_of(uint64_t size)
{
	static struct hash commitment, leaf;
	struct hash *row = malloc((size_t)(size ? size : 1) * sizeof(*row));
	size_t count = (size_t)size;
	struct hash root;

	CHECK(row);
	for (size_t i = 0; i < count; i++) {
		commitment = made_commitment(i);
		log_leaf(&leaf, &commitment);
		row[i] = leaf;
	}
	/* Pairs, level by level; an odd one goes up as it is: the same tree. */
	while (count > 1) {
		for (size_t i = 0; i < count / 2; i++)
			log_node(&row[i], &row[2 * i], &row[2 * i + 1]);
		if (count % 2)
			row[count / 2] = row[count - 1];
		count = (count + 1) / 2;
	}
	root = size ? row[0] : sha256_of((struct bytes){ NULL, 0 });
	free(row);
	return root;
}

static void check_root(struct log *l, uint64_t size)
{
	struct hash root, wanted = root_of(size);
	struct fault f = { 0 };

	CHECK_INT(log_root(l, size, &root, &f), OK);
	CHECK(memcmp(&root, &wanted, sizeof(root)) == 0);
}

/* --- make and open -------------------------------------------------------------------- */

TEST(a_folder_without_a_register_has_none_to_open)
{
	struct world_simulated w;
	char folder[TEST_FOLDER_SIZE];
	struct log *l;
	struct fault f;

	world_simulated_init(&w, 1);
	test_folder_make(folder);
	CHECK_FAULT(log_open(&l, &w.world, folder, &f), ERR_NOT_FOUND, &f, "log.no-register");
	CHECK(!l);
	test_folder_remove(folder);
}

TEST(a_register_is_not_made_over_another)
{
	struct log_house h;
	struct fault f;

	log_house_make(&h);
	log_house_grow(&h, 3);
	CHECK_FAULT(log_create(&h.simulated.world, h.folder, &h.self, &f), ERR_BUSY, &f,
		    "log.exists");
	CHECK_INT(log_length(h.log), 3);
	log_house_clear(&h);
}

TEST(the_file_is_for_its_owner_alone_and_there_is_no_shm)
{
	struct log_house h;
	struct stat st;
	char path[256];

	log_house_make(&h);
	log_house_grow(&h, 1);
	path_in(path, &h, LOG_FILE);
	CHECK_INT(stat(path, &st), 0);
	CHECK_INT(st.st_mode & 0777, 0600);
	path_in(path, &h, LOG_FILE "-wal");
	CHECK_INT(stat(path, &st), 0);
	CHECK_INT(st.st_mode & 0777, 0600);
	path_in(path, &h, LOG_FILE "-shm");
	CHECK(stat(path, &st) != 0);
	path_in(path, &h, LOG_FILE ".new");
	CHECK(stat(path, &st) != 0);
	log_house_clear(&h);
}

TEST(a_second_opening_in_the_same_process_is_turned_away)
{
	struct log_house h;
	struct log *second;
	struct fault f;

	log_house_make(&h);
	CHECK_FAULT(log_open(&second, &h.simulated.world, h.folder, &f), ERR_BUSY, &f, "log.busy");
	log_house_grow(&h, 1);
	log_house_clear(&h);
}

/* Begun before the log is opened: a later child would share the parent's own view of
 * its locks and not meet them as another process does. */
static pid_t child_that_opens_when_told(const char *folder, int told)
{
	pid_t child = fork();
	struct log *second;
	struct fault f = { 0 };
	char byte;

	if (child != 0)
		return child;
	if (read(told, &byte, 1) != 1)
		_exit(2);
	if (log_open(&second, world_real(), folder, &f) != ERR_BUSY)
		_exit(3);
	_exit(text_is(text_of(f.key), "log.busy") ? 0 : 4);
}

TEST(a_second_process_is_turned_away_at_once_and_the_first_goes_on)
{
	struct log_house h;
	struct fault f = { 0 };
	int status, pipes[2];
	pid_t child;

	log_house_make(&h);
	log_house_grow(&h, 2);
	log_house_close(&h);
	CHECK_INT(pipe(pipes), 0);
	child = child_that_opens_when_told(h.folder, pipes[0]);
	CHECK_INT(log_house_open(&h, &f), OK);
	CHECK_INT(write(pipes[1], "!", 1), 1);
	CHECK_INT(waitpid(child, &status, 0), child);
	CHECK_INT(status, 0);
	log_house_grow(&h, 2);
	CHECK_INT(log_length(h.log), 4);
	close(pipes[0]);
	close(pipes[1]);
	log_house_clear(&h);
}

TEST(a_register_of_a_newer_version_is_left_as_it_is)
{
	struct log_house h;
	struct fault f;

	log_house_make(&h);
	log_house_close(&h);
	meddle(&h, "PRAGMA user_version = 3");
	CHECK_FAULT(log_house_open(&h, &f), ERR_NEWER, &f, "log.newer");
	CHECK_TEXT(f.values[1], "3");
	meddle(&h, "PRAGMA user_version = 2");
	CHECK_INT(log_house_open(&h, &f), OK);
	log_house_clear(&h);
}

static const struct {
	const char *sql, *key;
} meddlings[] = {
	{ "PRAGMA application_id = 7", "log.not-a-register" },
	{ "PRAGMA user_version = 0", "log.not-a-register" },
	{ "CREATE TRIGGER t AFTER INSERT ON fact BEGIN DELETE FROM slot; END", "log.other-tables" },
	{ "CREATE INDEX i ON fact (subject)", "log.other-tables" },
	{ "DROP TABLE tile", "log.other-tables" },
	{ "ALTER TABLE origin ADD COLUMN name TEXT", "log.other-tables" },
	{ "UPDATE origin SET own = 0", "log.origin-damaged" },
	{ "UPDATE origin SET site = x'00'", "log.origin-damaged" },
	{ "INSERT INTO origin SELECT 9, site, epoch, own FROM origin", "log.origin-damaged" },
	{ "INSERT INTO origin SELECT 9, zeroblob(16), epoch, own FROM origin",
	  "log.origin-damaged" },
	{ "DELETE FROM fact WHERE place % 1099511627776 >= 200", "log.tile-damaged" },
	{ "DELETE FROM fact", "log.tile-damaged" },
	{ "DELETE FROM tile", "log.tile-damaged" },
	{ "UPDATE tile SET hashes = zeroblob(8191)", "log.tile-damaged" },
	{ "UPDATE fact SET commitment = zeroblob(31)", "log.gap" },
};

TEST(a_file_that_was_meddled_with_is_refused_at_opening)
{
	for (size_t i = 0; i < COUNT_OF(meddlings); i++) {
		struct log_house h;
		struct fault f;

		log_house_make(&h);
		log_house_grow(&h, 300);
		log_house_close(&h);
		meddle(&h, meddlings[i].sql);
		CHECK_FAULT(log_house_open(&h, &f), ERR_DAMAGED, &f, meddlings[i].key);
		log_house_clear(&h);
	}
}

static void fill_file(const char *path, const char *words)
{
	FILE *file = fopen(path, "w");

	CHECK(file);
	fputs(words, file);
	fclose(file);
}

TEST(a_file_that_is_no_database_is_no_register)
{
	struct log_house h;
	struct fault f;
	char path[256];

	log_house_make(&h);
	log_house_close(&h);
	path_in(path, &h, LOG_FILE);
	fill_file(path, "");
	CHECK_FAULT(log_house_open(&h, &f), ERR_DAMAGED, &f, "log.not-a-register");
	fill_file(path, "district,families\nPK528@cod-ab-2022,12\nand so on, for long enough "
			"that it could be the hundred bytes of a header of SQLite's\n");
	CHECK_FAULT(log_house_open(&h, &f), ERR_DAMAGED, &f, "log.not-a-register");
	log_house_clear(&h);
}

/* --- facts ------------------------------------------------------------------------------- */

struct seen {
	struct log *log;
	struct arena *arena;
	uint64_t count, stop_at;
};

static enum err check_seen(void *self, const struct origin *o, const struct log_entry *e,
			   struct fault *f)
{
	struct seen *s = self;
	struct log_entry wanted = made_entry(s->count, s->arena), again;

	CHECK_INT(o->epoch, 0);
	CHECK_INT(e->seq, s->count);
	CHECK(id_same(&e->subject, &wanted.subject));
	CHECK(memcmp(&e->commitment, &wanted.commitment, HASH_SIZE) == 0);
	CHECK(bytes_same(e->envelope, wanted.envelope));
	/* Who walks may read. */
	CHECK_INT(log_read(s->log, o, e->seq, s->arena, &again, f), OK);
	CHECK(bytes_same(again.envelope, wanted.envelope));
	CHECK(id_same(&again.subject, &wanted.subject));
	arena_reset(s->arena);
	s->count++;
	return s->count == s->stop_at ? fault(f, ERR_LIMIT, "test.enough") : OK;
}

TEST(what_was_appended_is_read_back_in_order_also_after_opening_again)
{
	struct log_house h;
	struct seen s;
	struct fault f = { 0 };

	log_house_make(&h);
	log_house_grow(&h, 1234);
	s = (struct seen){ .log = h.log, .arena = h.arena };
	arena_reset(h.arena);
	CHECK_INT(log_each(h.log, check_seen, &s, &f), OK);
	CHECK_INT(s.count, 1234);
	log_house_close(&h);
	CHECK_INT(log_house_open(&h, &f), OK);
	CHECK_INT(log_length(h.log), 1234);
	s = (struct seen){ .log = h.log, .arena = h.arena };
	CHECK_INT(log_each(h.log, check_seen, &s, &f), OK);
	CHECK_INT(s.count, 1234);
	log_house_clear(&h);
}

TEST(a_visitor_that_stops_is_not_called_again_and_its_reason_comes_back)
{
	struct log_house h;
	struct seen s;
	struct fault f = { 0 };

	log_house_make(&h);
	log_house_grow(&h, 20);
	s = (struct seen){ .log = h.log, .arena = h.arena, .stop_at = 7 };
	CHECK_FAULT(log_each(h.log, check_seen, &s, &f), ERR_LIMIT, &f, "test.enough");
	CHECK_INT(s.count, 7);
	log_house_grow(&h, 1);
	log_house_clear(&h);
}

TEST(a_fact_that_is_not_there_is_not_found)
{
	struct log_house h;
	struct origin other = { .epoch = 1 };
	struct log_entry e;
	struct fault f;

	log_house_make(&h);
	log_house_grow(&h, 5);
	CHECK_FAULT(log_read(h.log, &h.self, 5, h.arena, &e, &f), ERR_NOT_FOUND, &f, "log.no-fact");
	CHECK_FAULT(log_read(h.log, &other, 0, h.arena, &e, &f), ERR_NOT_FOUND, &f, "log.no-fact");
	log_house_clear(&h);
}

TEST(an_envelope_that_is_too_large_is_refused_and_nothing_of_its_batch_is_kept)
{
	struct log_house h;
	struct log_entry entries[2];
	struct log_batch b = { .entries = entries, .entry_count = 2 };
	uint8_t *large;
	struct fault f;

	log_house_make(&h);
	entries[0] = made_entry(0, h.arena);
	entries[1] = made_entry(1, h.arena);
	large = arena_take(h.arena, LOG_ENVELOPE_SIZE_MAX + 1);
	entries[1].envelope = bytes_of(large, LOG_ENVELOPE_SIZE_MAX + 1);
	CHECK_FAULT(log_append(h.log, &b, &f), ERR_LIMIT, &f, "log.fact-too-large");
	CHECK_INT(log_length(h.log), 0);
	entries[1].envelope.size--;
	CHECK_INT(log_append(h.log, &b, &f), OK);
	CHECK_INT(log_read(h.log, &h.self, 1, h.arena, &entries[0], &f), OK);
	CHECK_INT(entries[0].envelope.size, LOG_ENVELOPE_SIZE_MAX);
	log_house_clear(&h);
}

static const struct {
	const char *sql, *key, *seq;
} damages[] = {
	{ "UPDATE fact SET subject = zeroblob(15) WHERE place % 1099511627776 = 3",
	  "log.fact-damaged", "3" },
	{ "UPDATE fact SET commitment = zeroblob(33) WHERE place % 1099511627776 = 3",
	  "log.fact-damaged", "3" },
	{ "UPDATE fact SET envelope = x'' WHERE place % 1099511627776 = 3", "log.fact-damaged",
	  "3" },
	{ "DELETE FROM fact WHERE place % 1099511627776 = 3", "log.gap", "3" },
};

static enum err let_be(void *self, const struct origin *o, const struct log_entry *e,
		       struct fault *f)
{
	(void)self;
	(void)o;
	(void)e;
	(void)f;
	return OK;
}

TEST(a_damaged_fact_is_named_by_its_origin_and_seq_however_it_is_read)
{
	for (size_t i = 0; i < COUNT_OF(damages); i++) {
		struct log_house h;
		struct log_entry e;
		struct log_proof proof;
		struct fault f;
		char site[ID_HEX_SIZE + 1];

		log_house_make(&h);
		log_house_grow(&h, 300);
		log_house_close(&h);
		meddle(&h, damages[i].sql);
		CHECK_INT(log_house_open(&h, &f), OK);
		hex_write(site, bytes_of(h.self.site.at, ID_SIZE));
		CHECK_FAULT(log_read(h.log, &h.self, 3, h.arena, &e, &f), ERR_DAMAGED, &f,
			    damages[i].key);
		CHECK_TEXT(f.values[0], site);
		CHECK_TEXT(f.values[1], "0");
		CHECK_TEXT(f.values[2], damages[i].seq);
		CHECK_FAULT(log_each(h.log, let_be, NULL, &f), ERR_DAMAGED, &f, damages[i].key);
		CHECK_TEXT(f.values[2], damages[i].seq);
		CHECK_FAULT(log_verify(h.log, &proof, NULL, NULL, &f), ERR_DAMAGED, &f,
			    damages[i].key);
		log_house_clear(&h);
	}
}

TEST(a_page_with_a_flipped_bit_is_found_by_verify_or_at_opening)
{
	for (unsigned at = 0; at < 40; at++) {
		struct log_house h;
		struct log_proof proof;
		struct fault f = { 0 };
		struct stat st;
		char path[256];
		uint8_t page[8192];
		enum err e;
		int fd;

		log_house_make(&h);
		log_house_grow(&h, 600);
		log_house_close(&h);
		path_in(path, &h, LOG_FILE);
		fd = open(path, O_RDWR);
		CHECK(fd >= 0 && fstat(fd, &st) == 0);
		/* A page's header says where its cells are. */
		CHECK(pread(fd, page, 8, st.st_size / 8192 * at / 40 * 8192) == 8);
		page[0] ^= 0x10;
		CHECK(pwrite(fd, page, 8, st.st_size / 8192 * at / 40 * 8192) == 8);
		close(fd);
		e = log_house_open(&h, &f);
		if (!e)
			e = log_verify(h.log, &proof, NULL, NULL, &f);
		CHECK_INT(e, ERR_DAMAGED);
		log_house_clear(&h);
	}
}

/* --- the tree ----------------------------------------------------------------------------- */

TEST(roots_at_every_size_are_those_of_the_leaves_before_and_after_opening_again)
{
	struct log_house h;
	struct fault f = { 0 };

	log_house_make(&h);
	log_house_grow(&h, 600);
	for (uint64_t size = 0; size <= 600; size++)
		check_root(h.log, size);
	log_house_close(&h);
	CHECK_INT(log_house_open(&h, &f), OK);
	for (uint64_t size = 0; size <= 600; size += 7)
		check_root(h.log, size);
	log_house_grow(&h, 500);
	check_root(h.log, 1100);
	log_house_clear(&h);
}

TEST(a_tree_of_three_levels_of_tiles_goes_on_after_opening_again)
{
	static const uint64_t sizes[] = { 65535, 65536, 65537, 65792, 66000, 66300 };
	static struct hash tile[TILE_WIDTH];
	struct log_house h;
	struct log_proof proof;
	struct fault f = { 0 };
	size_t count;

	log_house_make(&h);
	log_house_grow(&h, 66000);
	log_house_close(&h);
	CHECK_INT(log_house_open(&h, &f), OK);
	log_house_grow(&h, 300);
	for (size_t i = 0; i < COUNT_OF(sizes); i++)
		check_root(h.log, sizes[i]);
	CHECK_INT(log_tile(h.log, 0, 257, tile, &count, &f), OK);
	CHECK_INT(count, 256);
	CHECK_INT(log_tile(h.log, 0, 258, tile, &count, &f), OK);
	CHECK_INT(count, 66300 - 258 * 256);
	CHECK_INT(log_tile(h.log, 0, 259, tile, &count, &f), OK);
	CHECK_INT(count, 0);
	CHECK_INT(log_tile(h.log, 1, 1, tile, &count, &f), OK);
	CHECK_INT(count, 2);
	CHECK_INT(log_tile(h.log, 2, 0, tile, &count, &f), OK);
	CHECK_INT(count, 1);
	check_root(h.log, 65536);
	CHECK_INT(log_verify(h.log, &proof, NULL, NULL, &f), OK);
	CHECK_INT(proof.tile_count, 258 + 1);
	log_house_clear(&h);
}

/* --- verify ---------------------------------------------------------------------------------- */

static void note_progress(void *self, uint64_t done, uint64_t of)
{
	uint64_t *last = self;

	CHECK(done >= *last && done <= of);
	*last = done;
}

TEST(verify_counts_what_it_has_proved)
{
	struct log_house h;
	struct log_slot slots[] = { { .subject = { { 1 } }, .bytes = { (const uint8_t *)"k", 1 } },
				    { .subject = { { 2 } },
				      .bytes = { (const uint8_t *)"l", 1 } } };
	struct log_batch b = { .slots = slots, .slot_count = 2 };
	struct log_proof proof;
	struct fault f = { 0 };
	struct hash root;
	uint64_t last = 0;

	log_house_make(&h);
	CHECK_INT(log_verify(h.log, &proof, NULL, NULL, &f), OK);
	root = root_of(0);
	CHECK(memcmp(&root, &proof.root, sizeof(root)) == 0);
	log_house_grow(&h, 2500);
	CHECK_INT(log_append(h.log, &b, &f), OK);
	slots[0].bytes.size = 0;
	b.slot_count = 1;
	CHECK_INT(log_append(h.log, &b, &f), OK);
	CHECK_INT(log_verify(h.log, &proof, note_progress, &last, &f), OK);
	CHECK_INT(last, 2500);
	CHECK_INT(proof.fact_count, 2500);
	CHECK_INT(proof.slot_count, 1);
	CHECK_INT(proof.tile_count, 9);
	root = root_of(2500);
	CHECK(memcmp(&root, &proof.root, sizeof(root)) == 0);
	log_house_clear(&h);
}

static const struct {
	const char *sql, *key;
} forgeries[] = {
	{ "UPDATE fact SET commitment = zeroblob(32) WHERE place % 1099511627776 = 3",
	  "log.tile-damaged" },
	{ "UPDATE tile SET hashes = zeroblob(8192) WHERE place % 1099511627776 = 1",
	  "log.tile-damaged" },
	{ "INSERT INTO tile VALUES (77, zeroblob(8192))", "log.tree-differs" },
	{ "INSERT INTO fact VALUES (77, zeroblob(16), zeroblob(32), x'01')", "log.origin-damaged" },
	{ "INSERT INTO slot VALUES (5, zeroblob(16), x'01')", "log.kept-damaged" },
	{ "INSERT INTO slot_place VALUES (zeroblob(16), 9)", "log.kept-damaged" },
};

TEST(verify_finds_what_fits_its_place_and_is_still_not_what_was_written)
{
	for (size_t i = 0; i < COUNT_OF(forgeries); i++) {
		struct log_house h;
		struct log_proof proof;
		struct fault f;

		log_house_make(&h);
		log_house_grow(&h, 600);
		log_house_close(&h);
		meddle(&h, forgeries[i].sql);
		CHECK_INT(log_house_open(&h, &f), OK);
		CHECK_FAULT(log_verify(h.log, &proof, NULL, NULL, &f), ERR_DAMAGED, &f,
			    forgeries[i].key);
		log_house_clear(&h);
	}
}

/* --- slots and settings ---------------------------------------------------------------------- */

static void put_setting(struct log *l, const char *name, const char *value)
{
	struct log_setting s = { name, { (const uint8_t *)value, strlen(value) } };
	struct log_batch b = { .settings = &s, .setting_count = 1 };
	struct fault f = { 0 };

	CHECK_INT(log_append(l, &b, &f), OK);
}

static enum err add_names(void *self, struct text name, struct bytes bytes, struct fault *f)
{
	char *out = self;

	(void)f;
	sprintf(out + strlen(out), "%.*s=%.*s ", SHOWN(name), (int)bytes.size,
		(const char *)bytes.at);
	return OK;
}

TEST(settings_are_kept_changed_removed_and_listed_by_the_beginning_of_their_name)
{
	struct log_house h;
	struct bytes b;
	struct fault f;
	char names[200] = "";

	log_house_make(&h);
	put_setting(h.log, "keyring/b", "two");
	put_setting(h.log, "keyring/a", "one");
	put_setting(h.log, "keyring", "none");
	put_setting(h.log, "keyrinh", "beyond");
	put_setting(h.log, "keyring/a", "ONE");
	put_setting(h.log, "keyring/b", "longer than before");
	put_setting(h.log, "keyring/c", "gone");
	put_setting(h.log, "keyring/c", "");
	put_setting(h.log, "never", "");
	log_house_close(&h);
	CHECK_INT(log_house_open(&h, &f), OK);
	CHECK_INT(log_each_setting(h.log, "keyring/", add_names, names, &f), OK);
	CHECK_TEXT(names, "keyring/a=ONE keyring/b=longer than before ");
	names[0] = 0;
	CHECK_INT(log_each_setting(h.log, "", add_names, names, &f), OK);
	CHECK_TEXT(names,
		   "keyring=none keyring/a=ONE keyring/b=longer than before keyrinh=beyond ");
	CHECK_INT(log_setting_read(h.log, "keyring", h.arena, &b, &f), OK);
	CHECK(bytes_same(b, bytes_of("none", 4)));
	CHECK_FAULT(log_setting_read(h.log, "keyring/c", h.arena, &b, &f), ERR_NOT_FOUND, &f,
		    "log.no-setting");
	log_house_clear(&h);
}

static const char *const setting_damages[] = {
	"UPDATE setting SET bytes = CAST('peppEr' || substr(bytes, 7) AS BLOB) WHERE name = 'salt'",
	"UPDATE setting SET bytes = zeroblob(length(bytes)) WHERE name = 'salt'",
	"UPDATE setting SET bytes = x'01' WHERE name = 'salt'",
	"UPDATE setting SET name = 'salu' WHERE name = 'salt'",
	"UPDATE setting_place SET name = 'salu' WHERE name = 'salt'",
	"UPDATE setting_place SET number = number + 1 WHERE name = 'salt'",
	"DELETE FROM setting_place WHERE name = 'salt'",
};

TEST(a_setting_that_was_damaged_is_found_by_verify)
{
	for (size_t i = 0; i < COUNT_OF(setting_damages); i++) {
		struct log_house h;
		struct log_proof proof;
		struct fault f = { 0 };

		log_house_make(&h);
		put_setting(h.log, "salt", "pepper");
		put_setting(h.log, "gone", "before");
		put_setting(h.log, "gone", "");
		CHECK_INT(log_verify(h.log, &proof, NULL, NULL, &f), OK);
		log_house_close(&h);
		meddle(&h, setting_damages[i]);
		CHECK_INT(log_house_open(&h, &f), OK);
		CHECK_FAULT(log_verify(h.log, &proof, NULL, NULL, &f), ERR_DAMAGED, &f,
			    "log.kept-damaged");
		log_house_clear(&h);
	}
}

TEST(a_byte_of_a_setting_that_changed_is_not_given_out)
{
	struct log_house h;
	struct bytes b;
	struct fault f;

	log_house_make(&h);
	put_setting(h.log, "salt", "pepper");
	log_house_close(&h);
	meddle(&h, setting_damages[0]);
	CHECK_INT(log_house_open(&h, &f), OK);
	CHECK_FAULT(log_setting_read(h.log, "salt", h.arena, &b, &f), ERR_DAMAGED, &f,
		    "log.kept-damaged");
	log_house_clear(&h);
}

/* A file as version 0.1.0 wrote it: settings without a check. */
static void make_format_1(struct log_house *h)
{
	log_house_close(h);
	meddle(h, "UPDATE setting SET bytes = substr(bytes, 1, length(bytes) - 8)");
	meddle(h, "PRAGMA user_version = 1");
}

TEST(a_register_of_the_first_format_goes_on_in_this_one)
{
	struct log_house h;
	struct log_proof proof;
	struct bytes b;
	struct fault f = { 0 };

	log_house_make(&h);
	put_setting(h.log, "salt", "pepper");
	put_setting(h.log, "gone", "before");
	put_setting(h.log, "gone", "");
	log_house_grow(&h, 300);
	make_format_1(&h);
	for (int times = 0; times < 2; times++) {
		CHECK_INT(log_house_open(&h, &f), OK);
		CHECK_INT(log_verify(h.log, &proof, NULL, NULL, &f), OK);
		CHECK_INT(log_setting_read(h.log, "salt", h.arena, &b, &f), OK);
		CHECK_INT(b.size, strlen("pepper"));
		CHECK_FAULT(log_setting_read(h.log, "gone", h.arena, &b, &f), ERR_NOT_FOUND, &f,
			    "log.no-setting");
		log_house_close(&h);
	}
	log_house_clear(&h);
}

TEST(a_setting_that_was_removed_can_be_made_again)
{
	struct log_house h;
	struct bytes b;
	struct fault f = { 0 };

	log_house_make(&h);
	put_setting(h.log, "clock", "jumped");
	put_setting(h.log, "clock", "");
	put_setting(h.log, "clock", "again");
	CHECK_INT(log_setting_read(h.log, "clock", h.arena, &b, &f), OK);
	CHECK(bytes_same(b, bytes_of("again", 5)));
	log_house_clear(&h);
}

static enum err count_slot(void *self, const struct id *subject, struct bytes slot, struct fault *f)
{
	unsigned *seen = self;

	(void)f;
	CHECK(slot.size == 1 + subject->at[0] % 40u && slot.at[0] == subject->at[0]);
	(*seen)++;
	return OK;
}

/* Slots come, change and go as the bytes say; a plain array says what must be there. */
static void slots_are_what_was_put_last(struct prop *p)
{
	uint8_t sizes[256] = { 0 }, bytes[64];
	struct log_house h;
	struct log_proof proof;
	struct fault f = { 0 };
	unsigned wanted = 0, seen = 0;

	log_house_make(&h);
	for (int i = 0; i < 120 && !prop_end(p); i++) {
		struct log_slot s = { .subject = { { (uint8_t)prop_pick(p, 256) } } };
		struct log_batch b = { .slots = &s, .slot_count = 1 };
		uint8_t who = s.subject.at[0];

		memset(bytes, who, sizeof(bytes));
		bytes[0] = who ? who : 1;
		s.bytes = bytes_of(bytes, prop_bool(p) ? 1 + who % 40u : 0);
		if (who == 0)
			continue;
		sizes[who] = (uint8_t)s.bytes.size;
		CHECK_INT(log_append(h.log, &b, &f), OK);
	}
	for (int i = 0; i < 256; i++) {
		struct id subject = { { (uint8_t)i } };
		struct bytes got;

		wanted += sizes[i] > 0;
		CHECK_INT(log_slot_read(h.log, &subject, h.arena, &got, NULL),
			  sizes[i] ? OK : ERR_NOT_FOUND);
		CHECK_INT(got.size, sizes[i]);
	}
	CHECK_INT(log_each_slot(h.log, count_slot, &seen, &f), OK);
	CHECK_INT(seen, wanted);
	CHECK_INT(log_verify(h.log, &proof, NULL, NULL, &f), OK);
	CHECK_INT(proof.slot_count, wanted);
	log_house_clear(&h);
}

TEST(slots_survive_any_order_of_putting_and_erasing)
{
	prop_run(slots_are_what_was_put_last, 12, 1);
}

/* --- epochs --------------------------------------------------------------------------------- */

struct places {
	uint64_t count[3];
};

static enum err count_epoch(void *self, const struct origin *o, const struct log_entry *e,
			    struct fault *f)
{
	struct places *p = self;

	(void)f;
	CHECK(o->epoch < 3);
	CHECK_INT(e->seq, p->count[o->epoch]);
	p->count[o->epoch]++;
	return OK;
}

TEST(a_new_epoch_begins_at_nought_and_the_ones_before_stay)
{
	struct log_house h;
	struct places p = { { 0 } };
	const struct origin *all;
	struct origin self;
	struct log_proof proof;
	struct log_entry e;
	struct fault f = { 0 };
	size_t count;

	log_house_make(&h);
	log_house_grow(&h, 600);
	CHECK_INT(log_begin_epoch(h.log, &f), OK);
	CHECK_INT(log_self(h.log).epoch, 1);
	CHECK_INT(log_length(h.log), 0);
	check_root(h.log, 0);
	CHECK_INT(log_begin_epoch(h.log, &f), OK);
	log_house_grow(&h, 300);
	log_house_close(&h);
	CHECK_INT(log_house_open(&h, &f), OK);
	CHECK_INT(log_self(h.log).epoch, 2);
	self = log_self(h.log);
	CHECK(id_same(&self.site, &h.self.site));
	CHECK_INT(log_length(h.log), 300);
	check_root(h.log, 300);
	CHECK_INT(log_each(h.log, count_epoch, &p, &f), OK);
	CHECK(p.count[0] == 600 && p.count[1] == 0 && p.count[2] == 300);
	CHECK_INT(log_origins(h.log, h.arena, &all, &count, &f), OK);
	CHECK_INT(count, 3);
	CHECK_INT(log_read(h.log, &h.self, 599, h.arena, &e, &f), OK);
	CHECK_INT(log_verify(h.log, &proof, NULL, NULL, &f), OK);
	CHECK_INT(proof.fact_count, 900);
	CHECK_INT(proof.tile_count, 3);
	log_house_clear(&h);
}

/* --- backup ---------------------------------------------------------------------------------- */

TEST(a_backup_is_a_register_with_the_same_facts_and_only_for_its_owner)
{
	struct log_house h;
	struct log *copy;
	struct fault f = { 0 };
	struct log_proof ours, theirs;
	struct stat st;
	char folder[TEST_FOLDER_SIZE], path[256];

	log_house_make(&h);
	log_house_grow(&h, 700);
	put_setting(h.log, "salt", "pepper");
	test_folder_make(folder);
	snprintf(path, sizeof(path), "%s/" LOG_FILE, folder);
	CHECK_INT(log_backup(h.log, path, &f), OK);
	CHECK_INT(stat(path, &st), 0);
	CHECK_INT(st.st_mode & 0777, 0600);
	log_house_grow(&h, 1);
	CHECK_INT(log_open(&copy, &h.simulated.world, folder, &f), OK);
	CHECK_INT(log_length(copy), 700);
	CHECK_INT(log_verify(copy, &theirs, NULL, NULL, &f), OK);
	CHECK_INT(log_root(h.log, 700, &ours.root, &f), OK);
	CHECK(memcmp(&ours.root, &theirs.root, sizeof(ours.root)) == 0);
	log_close(copy);
	strcat(path, ".part");
	CHECK(stat(path, &st) != 0);
	test_folder_remove(folder);
	log_house_clear(&h);
}

TEST(a_backup_does_not_overwrite_what_is_there)
{
	struct log_house h;
	struct fault f;
	struct stat st;
	char path[256];

	log_house_make(&h);
	path_in(path, &h, "copy");
	fill_file(path, "mine");
	CHECK_FAULT(log_backup(h.log, path, &f), ERR_BUSY, &f, "log.backup-exists");
	CHECK_INT(stat(path, &st), 0);
	CHECK_INT(st.st_size, 4);
	path_in(path, &h, "no/such/folder");
	CHECK_INT(log_backup(h.log, path, &f), ERR_NOT_FOUND);
	log_house_clear(&h);
}

TEST(bytes_are_those_of_the_file_and_its_wal)
{
	struct log_house h;
	struct stat file, wal;
	char path[256];

	log_house_make(&h);
	log_house_grow(&h, 50);
	path_in(path, &h, LOG_FILE);
	CHECK_INT(stat(path, &file), 0);
	path_in(path, &h, LOG_FILE "-wal");
	CHECK_INT(stat(path, &wal), 0);
	CHECK(wal.st_size > 0);
	CHECK_INT(log_bytes(h.log), file.st_size + wal.st_size);
	log_house_clear(&h);
}

TEST(the_wal_stays_small_however_much_is_appended)
{
	struct log_house h;
	struct stat wal;
	char path[256];

	log_house_make(&h);
	path_in(path, &h, LOG_FILE "-wal");
	for (int i = 0; i < 20; i++) {
		log_house_grow(&h, 1000);
		CHECK_INT(stat(path, &wal), 0);
		CHECK(wal.st_size < 300 * 8192);
	}
	log_house_clear(&h);
}

RUN_TESTS()
