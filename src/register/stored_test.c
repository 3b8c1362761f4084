/*
 * What stands on the disk beside the facts may have been changed by anybody who held
 * the disk: the keyring's entries, the slots, the list of who was erased.
 */
#include <stdio.h>

#include "base/prop.h"
#include "base/world_testing.h"
#include "register/inside.h"

/* An entry that one sheet opens, and what is in it. */
struct desk {
	struct world_simulated world;
	struct site_secrets keys;
	struct secret *sheet;
	struct holder holder;
	uint8_t entry[KEYRING_ENTRY_SIZE];
};

static void desk_make(struct desk *d)
{
	static const struct hardness none = { 0, 0 };

	memset(d, 0, sizeof(*d));
	world_simulated_init(&d->world, 1);
	d->holder.site.at[0] = 1;
	CHECK_INT(site_secrets_new(&d->keys, &d->world.world, NULL), OK);
	CHECK_INT(secret_random(&d->sheet, &d->world.world, RECOVERY_SECRET_SIZE, NULL), OK);
	CHECK_INT(
		keyring_wrap(d->entry, &d->keys, &d->holder, d->sheet, none, &d->world.world, NULL),
		OK);
}

static void desk_end(struct desk *d)
{
	site_secrets_free(&d->keys);
	secret_free(d->sheet);
}

static bool opens(struct desk *d, struct bytes entry)
{
	struct site_secrets opened = { 0 };
	struct fault f = { 0 };
	enum err e = keyring_open(&opened, entry, &d->holder, d->sheet, &f);

	CHECK(e == OK || e == ERR_DENIED || e == ERR_DAMAGED);
	if (e == ERR_DAMAGED)
		CHECK_TEXT(f.key, "keyring.damaged");
	if (!e)
		CHECK(secret_same(opened.seed, d->keys.seed) &&
		      secret_same(opened.site.identity, d->keys.site.identity) &&
		      secret_same(opened.site.case_, d->keys.site.case_));
	site_secrets_free(&opened);
	return e == OK;
}

static void a_changed_entry_opens_nothing(struct prop *p)
{
	uint8_t entry[KEYRING_ENTRY_SIZE];
	struct desk d;

	desk_make(&d);
	memcpy(entry, d.entry, sizeof(entry));
	CHECK(opens(&d, bytes_of(entry, sizeof(entry))));
	for (size_t changes = prop_uint(p, 1, 4); changes; changes--) {
		size_t at = (size_t)prop_uint(p, 0, sizeof(entry) - 1);
		uint8_t byte = (uint8_t)prop_uint(p, 0, 255);

		/* Of another sort it would be worth minutes of Argon2. */
		if (at > 0 || (byte != 1 && byte != 3))
			entry[at] = byte;
	}
	CHECK_INT(opens(&d, bytes_of(entry, sizeof(entry))),
		  memcmp(entry, d.entry, sizeof(entry)) == 0);
	CHECK(!opens(&d, bytes_of(entry, (size_t)prop_uint(p, 0, sizeof(entry) - 1))));
	desk_end(&d);
}
PROP_FUZZ(21, a_changed_entry_opens_nothing)

TEST(no_change_of_an_entry_of_the_keyring_opens_it)
{
	prop_run(a_changed_entry_opens_nothing, 2000, 1);
}

/* How hard an entry is stands in it: one that asks for all the memory there is would stop
 * the laptop at each login. */
static void an_entry_that_asks_for_too_much_is_damaged(struct prop *p)
{
	struct desk d;
	uint64_t operations = prop_uint(p, 17, UINT32_MAX);
	uint64_t memory = prop_uint(p, ((uint64_t)4 << 30) + 1, UINT64_MAX);
	bool by_time = prop_bool(p);

	desk_make(&d);
	d.entry[0] = prop_bool(p) ? 1 : 3;
	for (size_t i = 0; i < 4; i++)
		d.entry[1 + i] = (uint8_t)((by_time ? operations : 1) >> 8 * i);
	for (size_t i = 0; i < 8; i++)
		d.entry[5 + i] = (uint8_t)((by_time ? 8192 : memory) >> 8 * i);
	CHECK(!opens(&d, bytes_of(d.entry, sizeof(d.entry))));
	desk_end(&d);
}

TEST(an_entry_of_the_keyring_cannot_ask_for_any_work_it_likes)
{
	prop_run(an_entry_that_asks_for_too_much_is_damaged, 500, 2);
}

/* --- who was erased -------------------------------------------------------------- */

static void a_list_of_erasures_is_ids_or_refused(struct prop *p)
{
	struct bytes b = prop_rest(p);
	char folder[TEST_FOLDER_SIZE], path[TEST_FOLDER_SIZE + 16];
	struct erased *erased = NULL;
	size_t count, lines = 0;
	struct fault f = { 0 };
	enum err e;

	test_folder_make(folder);
	snprintf(path, sizeof(path), "%s/erasures", folder);
	CHECK_INT(file_save(world_real(), path, b, NULL), OK);
	e = erasures_read(world_real(), path, p->arena, &erased, &count, &f);
	CHECK(e == OK || e == ERR_INPUT);
	CHECK_INT(f.key != NULL, e != OK);
	/* Each line that says anything is one id: none is passed over. */
	for (size_t i = 0; i < b.size; i++)
		lines += b.at[i] != '\n' && (i == 0 || b.at[i - 1] == '\n');
	if (!e)
		CHECK_INT(count, lines);
	test_folder_remove(folder);
}
PROP_FUZZ(22, a_list_of_erasures_is_ids_or_refused)

TEST(no_line_of_a_list_of_erasures_is_passed_over)
{
	prop_run(a_list_of_erasures_is_ids_or_refused, 300, 3);
}

/* --- slots ------------------------------------------------------------------------ */

static void a_stored_slot_is_read_as_it_stands_or_refused(struct prop *p)
{
	uint8_t again[SLOT_STORED_SIZE];
	struct id subject = prop_id(p);
	struct bytes b = prop_rest(p);
	struct slot slot;
	struct fault f = { 0 };

	if (slot_read(&slot, &subject, b, &f)) {
		CHECK(b.size != SLOT_STORED_SIZE && f.key);
		return;
	}
	slot_store(again, &slot);
	CHECK(bytes_same(bytes_of(again, sizeof(again)), b));
}
PROP_FUZZ(23, a_stored_slot_is_read_as_it_stands_or_refused)

TEST(a_slot_of_another_size_is_refused)
{
	struct slot slot;
	struct id subject = { { 1 } };
	uint8_t stored[SLOT_STORED_SIZE + 1] = { 0 };
	struct fault f;

	prop_run(a_stored_slot_is_read_as_it_stands_or_refused, 500, 4);
	for (size_t size = 0; size <= sizeof(stored); size++)
		if (size == SLOT_STORED_SIZE)
			CHECK_INT(slot_read(&slot, &subject, bytes_of(stored, size), &f), OK);
		else
			CHECK_FAULT(slot_read(&slot, &subject, bytes_of(stored, size), &f),
				    ERR_DAMAGED, &f, "slot.damaged");
}

RUN_TESTS()
