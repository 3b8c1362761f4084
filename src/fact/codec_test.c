#include "base/cbor.h"
#include "base/prop.h"
#include "fact/fact_testing.h"

#include <stdio.h>

/* --- helpers --------------------------------------------------------------------- */

static struct bytes encoded(struct prop *p, const struct fact *f)
{
	struct buffer b = { .limit = FACT_SIZE_MAX };
	struct bytes copy;

	fact_write(&b, f);
	CHECK_INT(b.err, OK);
	copy = arena_copy(p->arena, buffer_bytes(&b));
	buffer_free(&b);
	return copy;
}

/* All values as text, so that one in a wrong slot shows. */
static struct text as_json(struct prop *p, const struct fact *f)
{
	struct buffer b = { .limit = 0 };
	struct json_writer w;
	struct text copy;

	json_begin(&w, &b);
	fact_to_json(&w, f, NULL, 300);
	CHECK_INT(b.err, OK);
	copy = arena_copy_text(p->arena, buffer_as_text(&b));
	buffer_free(&b);
	return copy;
}

static void check_same_json(struct prop *p, const struct fact *a, const struct fact *b)
{
	struct text x = as_json(p, a), y = as_json(p, b);

	if (!text_same(x, y))
		check_failed(__FILE__, __LINE__, "%.*s\n%.*s", SHOWN(x), SHOWN(y));
}

static void check_round_trip(struct prop *p, const struct fact *f)
{
	struct bytes first = encoded(p, f);
	struct fault fault = { .err = OK };
	struct fact back;

	if (fact_read(&back, p->arena, first, &fault))
		check_failed(__FILE__, __LINE__, "%s %s %s: %s", f->kind ? f->kind->word : "?",
			     fault.key, fault.values[0], fault.values[1]);
	CHECK(bytes_same(first, encoded(p, &back)));
	check_same_json(p, f, &back);
	CHECK_INT(back.unknown_case.count, f->unknown_case.count);
	CHECK_INT(back.unknown_identity.count, f->unknown_identity.count);
	CHECK_INT(back.head_count, f->head_count);
}

/* --- round trips ------------------------------------------------------------------- */

static void a_fact_survives_a_round_trip(struct prop *p)
{
	struct fact f;

	fact_random(p, p->arena, kind_random(p), &f);
	check_round_trip(p, &f);
}

TEST(facts_of_every_kind_survive_a_round_trip)
{
	prop_run(a_fact_survives_a_round_trip, 4000, 1);
}

static void unknown_fields_survive(struct prop *p)
{
	struct fact f;

	fact_random(p, p->arena, kind_random(p), &f);
	fact_random_unknown(p, p->arena, &f);
	check_round_trip(p, &f);
}

TEST(unknown_fields_come_out_again_byte_for_byte)
{
	prop_run(unknown_fields_survive, 3000, 2);
}

static void a_newer_version_survives(struct prop *p)
{
	struct fact f, back;
	struct bytes first;

	fact_random(p, p->arena, kind_random(p), &f);
	fact_random_newer(p, p->arena, &f);
	check_round_trip(p, &f);
	first = encoded(p, &f);
	CHECK_INT(fact_read(&back, p->arena, first, NULL), OK);
	CHECK(back.kind && back.version > back.kind->version);
}

TEST(newer_versions_of_known_kinds_are_kept_and_told_from_known_ones)
{
	prop_run(a_newer_version_survives, 3000, 3);
}

static void a_foreign_kind_survives(struct prop *p)
{
	struct fact f, back;

	fact_random_foreign(p, p->arena, &f);
	check_round_trip(p, &f);
	CHECK_INT(fact_read(&back, p->arena, encoded(p, &f), NULL), OK);
	CHECK(!back.kind);
	CHECK(back.kind_number == f.kind_number && back.version == f.version);
}

TEST(unknown_kinds_are_kept)
{
	prop_run(a_foreign_kind_survives, 2000, 4);
}

/* --- strictness ---------------------------------------------------------------------- */

static void what_is_read_is_what_was_given(struct prop *p, struct bytes b)
{
	struct fault fault = { .err = OK };
	struct fact f;

	if (fact_read(&f, p->arena, b, &fault)) {
		CHECK(fault.key);
		return;
	}
	CHECK(bytes_same(b, encoded(p, &f)));
}

static void random_bytes_do_not_pass_for_others(struct prop *p)
{
	what_is_read_is_what_was_given(p, prop_rest(p));
}
PROP_FUZZ(1, random_bytes_do_not_pass_for_others)

TEST(random_bytes_never_crash_the_reader)
{
	prop_run(random_bytes_do_not_pass_for_others, 5000, 5);
}

static void a_changed_fact_does_not_pass_for_another(struct prop *p)
{
	struct fact f;
	struct bytes b;
	uint8_t *at;
	size_t changes;

	fact_random(p, p->arena, kind_random(p), &f);
	fact_random_unknown(p, p->arena, &f);
	b = encoded(p, &f);
	at = arena_take(p->arena, b.size);
	CHECK(at);
	memcpy(at, b.at, b.size);
	changes = 1 + prop_pick(p, 3);
	for (size_t i = 0; i < changes; i++) {
		size_t place = (size_t)prop_uint(p, 0, b.size - 1);

		if (prop_bool(p))
			at[place] = (uint8_t)prop_uint(p, 0, 255);
		else
			at[place] ^= (uint8_t)(1 << prop_pick(p, 8));
	}
	what_is_read_is_what_was_given(p, bytes_of(at, b.size));
	what_is_read_is_what_was_given(p, bytes_of(at, (size_t)prop_uint(p, 0, b.size)));
}

TEST(a_changed_byte_is_refused_or_read_as_what_it_says)
{
	prop_run(a_changed_fact_does_not_pass_for_another, 5000, 6);
}

static void a_cut_fact_is_refused(struct prop *p)
{
	struct fact f, back;
	struct bytes b;

	fact_random(p, p->arena, kind_random(p), &f);
	b = encoded(p, &f);
	for (size_t size = 0; size < b.size; size++)
		CHECK_INT(fact_read(&back, p->arena, bytes_of(b.at, size), NULL), ERR_DAMAGED);
}

TEST(no_beginning_of_a_fact_is_a_fact)
{
	prop_run(a_cut_fact_is_refused, 60, 7);
}

/* --- one fact by hand ----------------------------------------------------------------- */

#define ID_A "a0a1a2a3a4a5a6a7a8a9aaabacadaeaf"
#define ID_B "b0b1b2b3b4b5b6b7b8b9babbbcbdbebf"
#define ID_C "c0c1c2c3c4c5c6c7c8c9cacbcccdcecf"

/* clang-format off */

/* choice.withdrawn over the telephone, with one head and no key. */
#define WITHDRAWN                                                                                  \
	"8e"                                                                                       \
	"50" ID_A "00" "182a"                                                                      \
	"50" ID_B                                                                                  \
	"181f" "01"                                                                                \
	"81" "83" "50" ID_A "00" "07"                                                              \
	"50" ID_C                                                                                  \
	"1a6b04ed50" "1a6b04ed14" "f4" "f6"                                                        \
	"a1" "01" "02"                                                                             \
	"a0"

/* clang-format on */

struct by_hand {
	uint8_t bytes[512];
	size_t size;
};

static struct by_hand from_hex(const char *hex)
{
	struct by_hand h = { .size = strlen(hex) / 2 };

	CHECK(hex_read(h.bytes, h.size, text_of(hex)));
	return h;
}

/* `bytes` is what the fact views. */
static enum err read_hex(struct fact *f, struct arena *bytes, struct arena *a, const char *hex)
{
	struct by_hand h = from_hex(hex);

	return fact_read(f, a, arena_copy(bytes, bytes_of(h.bytes, h.size)), NULL);
}

static struct arena *new_arena(void)
{
	struct arena *a;

	CHECK_INT(arena_new(&a, (size_t)1 << 20), OK);
	return a;
}

TEST(a_withdrawal_has_these_bytes_for_ever)
{
	struct arena *a = new_arena();
	struct fact_ref head = { .seq = 7 };
	struct by_hand h = from_hex(WITHDRAWN);
	struct buffer b = { .limit = 0 };
	struct fact f, back;

	fact_begin(&f, KIND_CHOICE_WITHDRAWN);
	CHECK(hex_read(f.ref.site.at, ID_SIZE, TEXT(ID_A)));
	CHECK(hex_read(f.subject.at, ID_SIZE, TEXT(ID_B)));
	CHECK(hex_read(f.actor.at, ID_SIZE, TEXT(ID_C)));
	f.ref.seq = 42;
	head.site = f.ref.site;
	f.heads = &head;
	f.head_count = 1;
	f.recorded = 1795485008;
	f.happened = 1795484948;
	f.values[CHOICE_WITHDRAWN_CHANNEL] =
		(struct value){ .given = true, .number = CHANNEL_PHONE };
	fact_write(&b, &f);
	CHECK(bytes_same(buffer_bytes(&b), bytes_of(h.bytes, h.size)));

	CHECK_INT(read_hex(&back, a, a, WITHDRAWN), OK);
	CHECK_INT(back.kind->kind, KIND_CHOICE_WITHDRAWN);
	CHECK_INT(back.ref.seq, 42);
	CHECK_INT(back.head_count, 1);
	CHECK_INT(back.heads[0].seq, 7);
	CHECK_INT(back.recorded, 1795485008);
	CHECK(id_is_none(&back.key));
	CHECK_INT(back.values[CHOICE_WITHDRAWN_CHANNEL].number, CHANNEL_PHONE);
	buffer_free(&b);
	arena_free(a);
}

/* clang-format off */

/* WITHDRAWN with these in the place of the last two bodies. */
#define BODIES(bodies)                                                                             \
	"8e50" ID_A "00182a50" ID_B "181f018050" ID_C "1a6b04ed501a6b04ed14f4f6" bodies
/* … and with this from kind to version. */
#define KIND_AND_BODIES(kind, bodies)                                                              \
	"8e50" ID_A "00182a50" ID_B kind "8050" ID_C "1a6b04ed501a6b04ed14f4f6" bodies
#define HEADS(heads)                                                                               \
	"8e50" ID_A "00182a50" ID_B "181f01" heads "50" ID_C "1a6b04ed501a6b04ed14f4f6a10102a0"
#define HEAD(seq) "8350" ID_A "00" seq

/* clang-format on */

static void check_refused(const char *hex)
{
	struct arena *a = new_arena();
	struct fact f;

	if (read_hex(&f, a, a, hex) != ERR_DAMAGED)
		check_failed(__FILE__, __LINE__, "taken: %s", hex);
	arena_free(a);
}

TEST(a_fact_of_a_known_version_holds_what_the_table_says)
{
	struct arena *a = new_arena();
	struct fact f;

	CHECK_INT(read_hex(&f, a, a, BODIES("a10102a0")), OK);
	check_refused(BODIES("a0a0"));			/* the required channel is missing   */
	check_refused(BODIES("a10108a0"));		/* no such channel                   */
	check_refused(BODIES("a10100a0"));		/* not given is not a word           */
	check_refused(BODIES("a1016174a0"));		/* a text for a word                 */
	check_refused(BODIES("a10120a0"));		/* -1                                */
	check_refused(BODIES("a0a10102"));		/* in the other body                 */
	check_refused(BODIES("a1011802a0"));		/* 2 in two bytes                    */
	check_refused(BODIES("bf0102ffa0"));		/* a map without its length          */
	check_refused(BODIES("a201020103a0"));		/* a key twice                       */
	check_refused(BODIES("a202f60102a0"));		/* keys out of order                 */
	check_refused(BODIES("a10102"));		/* 13 items                          */
	check_refused(BODIES("a10102a000"));		/* a byte too many                   */
	check_refused(BODIES("a1616102a0"));		/* a key that is a text              */
	check_refused(KIND_AND_BODIES("0001", "a0a0")); /* kind 0    */
	check_refused(KIND_AND_BODIES("181f00", "a10102a0")); /* version 0 */
	arena_free(a);
}

TEST(nothing_is_there_that_says_nothing)
{
	struct arena *a = new_arena();
	struct fact f;

	CHECK_INT(read_hex(&f, a, a,
			   KIND_AND_BODIES("187901", "a10181"
						     "01"
						     "a0")),
		  OK);
	check_refused(KIND_AND_BODIES("187901", "a10180"
						"a0")); /* account.roles of none */
	CHECK_INT(read_hex(&f, a, a,
			   KIND_AND_BODIES("0201", "a0"
						   "a1036161")),
		  OK);
	check_refused(KIND_AND_BODIES("0201", "a0"
					      "a10360")); /* an address of no letters */
	CHECK_INT(read_hex(&f, a, a,
			   KIND_AND_BODIES("0401", "a0"
						   "a11681a10101")),
		  OK);
	check_refused(KIND_AND_BODIES("0401", "a0"
					      "a11681a1026178")); /* a paper of no kind */
	check_refused("8e50" ID_A "00182a50" ID_B "181f018050" ID_C "1a6b04ed501a6b04ed14f4"
		      "50"
		      "00000000000000000000000000000000"
		      "a10102a0"); /* a key of zeros */
	arena_free(a);
}

TEST(a_known_field_stands_in_its_own_body)
{
	struct arena *a = new_arena();
	struct fact f;

	CHECK_INT(read_hex(&f, a, a,
			   KIND_AND_BODIES("185001", "a3"
						     "0101"
						     "0201"
						     "03f5"
						     "a0")),
		  OK);
	check_refused(KIND_AND_BODIES("185001", "a2"
						"0101"
						"0201"
						"a1"
						"03f5"));
	CHECK_INT(read_hex(&f, a, a,
			   KIND_AND_BODIES("185002", "a2"
						     "0101"
						     "0201"
						     "a1"
						     "03f5")),
		  OK);
	CHECK(!f.values[FOLLOWUP_HELD_WOULD_CHOOSE_AGAIN].given);
	CHECK_INT(f.unknown_identity.count, 1);
	arena_free(a);
}

TEST(heads_are_in_order_each_once)
{
	struct arena *a = new_arena();
	struct fact f;

	CHECK_INT(read_hex(&f, a, a, HEADS("82" HEAD("01") HEAD("02"))), OK);
	CHECK_INT(f.head_count, 2);
	check_refused(HEADS("82" HEAD("02") HEAD("01")));
	check_refused(HEADS("82" HEAD("01") HEAD("01")));
	check_refused(HEADS("81"
			    "8250" ID_A "00"));
	check_refused(HEADS("f6"));
	arena_free(a);
}

TEST(of_a_newer_version_a_value_that_changed_stays_raw)
{
	struct arena *a = new_arena();
	struct fact f;

	CHECK_INT(read_hex(&f, a, a, KIND_AND_BODIES("181f02", "a1016174a0")), OK);
	CHECK(!f.values[CHOICE_WITHDRAWN_CHANNEL].given);
	CHECK_INT(f.unknown_case.count, 1);
	CHECK_INT(f.unknown_case.entries.size, 3);
	CHECK_INT(read_hex(&f, a, a, KIND_AND_BODIES("181f02", "a10102a10163617961")), OK);
	CHECK(f.values[CHOICE_WITHDRAWN_CHANNEL].given);
	CHECK_INT(f.unknown_identity.count, 1);
	arena_free(a);
}

TEST(raw_fields_on_both_sides_of_a_known_one_keep_their_places)
{
	struct arena *a = new_arena();
	struct by_hand h = from_hex(BODIES("a40001010202f61903e88143010203a0"));
	struct buffer b = { .limit = 0 };
	struct fact f;

	CHECK_INT(fact_read(&f, a, bytes_of(h.bytes, h.size), NULL), OK);
	CHECK_INT(f.unknown_case.count, 3);
	fact_write(&b, &f);
	CHECK(bytes_same(buffer_bytes(&b), bytes_of(h.bytes, h.size)));
	buffer_free(&b);
	arena_free(a);
}

TEST(an_arena_that_is_too_small_is_no_damage)
{
	struct arena *bytes = new_arena(), *a;
	struct fact f;

	CHECK_INT(arena_new(&a, 16), OK);
	CHECK_INT(read_hex(&f, bytes, a, WITHDRAWN), ERR_MEMORY);
	arena_free(a);
	arena_free(bytes);
}

TEST(more_bytes_than_a_fact_may_have_are_not_looked_at)
{
	static const uint8_t many[FACT_SIZE_MAX + 1];
	struct arena *a = new_arena();
	struct fault fault;
	struct fact f;

	CHECK_FAULT(fact_read(&f, a, bytes_of(many, sizeof many), &fault), ERR_DAMAGED, &fault,
		    "fact.encoding-too-large");
	arena_free(a);
}

RUN_TESTS()
