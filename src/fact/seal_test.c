#include <sodium.h>

#include "base/prop.h"
#include "base/secret.h"
#include "base/sha256.h"
#include "base/world_testing.h"
#include "fact/fact_testing.h"

/* --- helpers ------------------------------------------------------------------------ */

static struct subject_keys random_keys(struct prop *p)
{
	struct subject_keys k;

	prop_fill(p, k.identity, KEY_SIZE);
	prop_fill(p, k.case_, KEY_SIZE);
	k.identity[0] |= 1;
	k.case_[0] = (uint8_t)(k.case_[0] & 0xfe);
	return k;
}

static const struct subject_keys *keys_for(const struct fact *f, const struct subject_keys *k)
{
	return f->kind->seal == SEAL_CLEAR ? NULL : k;
}

static struct bytes sealed(struct prop *p, const struct fact *f, const struct subject_keys *k)
{
	struct world_simulated w;
	struct buffer b = { .limit = ENVELOPE_SIZE_MAX };
	struct bytes copy;

	world_simulated_init(&w, prop_uint(p, 0, UINT64_MAX));
	fact_seal(&b, f, k, &w.world);
	CHECK_INT(b.err, OK);
	copy = arena_copy(p->arena, buffer_bytes(&b));
	buffer_free(&b);
	return copy;
}

static struct bytes plain_of(struct prop *p, const struct fact *f)
{
	struct buffer b = { .limit = FACT_SIZE_MAX };
	struct bytes copy;

	fact_write(&b, f);
	copy = arena_copy(p->arena, buffer_bytes(&b));
	buffer_free(&b);
	return copy;
}

static bool holds(struct bytes b, const void *at, size_t size)
{
	return memmem(b.at, b.size, at, size) != NULL;
}

/* --- what is sealed opens ------------------------------------------------------------- */

static void a_fact_opens_as_it_was_sealed(struct prop *p)
{
	struct subject_keys k = random_keys(p);
	struct fault fault = { .err = OK };
	struct hash before, after;
	struct bytes envelope;
	struct fact f, back;

	fact_random(p, p->arena, kind_random(p), &f);
	fact_random_unknown(p, p->arena, &f);
	envelope = sealed(p, &f, keys_for(&f, &k));
	CHECK(envelope_is_public(envelope) == (f.kind->seal == SEAL_CLEAR));
	if (fact_open(&back, p->arena, envelope, &f.ref, &f.subject, keys_for(&f, &k), &fault))
		check_failed(__FILE__, __LINE__, "%s: %s", f.kind->word, fault.key);
	CHECK(bytes_same(plain_of(p, &f), plain_of(p, &back)));
	CHECK(memcmp(f.r.at, back.r.at, HASH_SIZE) == 0);
	CHECK_INT(fact_commit(&before, &f, NULL), OK);
	CHECK_INT(fact_commit(&after, &back, NULL), OK);
	CHECK(memcmp(before.at, after.at, HASH_SIZE) == 0);
}

static bool never(enum kind k)
{
	(void)k;
	return false;
}

/* The case half is the same, nothing of the other is given, and its bytes do not matter. */
static void a_fact_opens_without_its_identity(struct prop *p)
{
	struct subject_keys k = random_keys(p), case_only = k;
	struct fact f, back, again;
	struct bytes envelope;

	do
		fact_random(p, p->arena, kind_random(p), &f);
	while (f.kind->seal == SEAL_CLEAR);
	envelope = sealed(p, &f, &k);
	memset(case_only.identity, 0, KEY_SIZE);
	CHECK_INT(fact_open_wanted(&back, p->arena, envelope, &f.ref, &f.subject, &case_only, never,
				   NULL),
		  OK);
	for (size_t i = 0; i < f.kind->field_count; i++) {
		bool identity = f.kind->fields[i].seal == SEAL_IDENTITY;

		CHECK(back.values[i].given == (f.values[i].given && !identity));
		if (identity)
			f.values[i] = (struct value){ .given = false };
	}
	CHECK(bytes_same(plain_of(p, &f), plain_of(p, &back)));
	CHECK_INT(fact_open(&again, p->arena, envelope, &f.ref, &f.subject, &case_only, NULL),
		  ERR_DAMAGED);
}

TEST(facts_open_without_the_identity_box_where_nobody_wants_it)
{
	prop_run(a_fact_opens_without_its_identity, 1500, 37);
}

TEST(facts_of_every_kind_open_as_they_were_sealed)
{
	prop_run(a_fact_opens_as_it_was_sealed, 1500, 31);
}

static void what_this_version_does_not_know_opens_too(struct prop *p)
{
	struct subject_keys k = random_keys(p);
	struct bytes envelope;
	struct fact f, back;

	if (prop_bool(p)) {
		fact_random_foreign(p, p->arena, &f);
	} else {
		fact_random(p, p->arena, KIND_PERSON_REGISTERED, &f);
		fact_random_newer(p, p->arena, &f);
	}
	envelope = sealed(p, &f, &k);
	CHECK_INT(fact_open(&back, p->arena, envelope, &f.ref, &f.subject, &k, NULL), OK);
	CHECK(bytes_same(plain_of(p, &f), plain_of(p, &back)));
}

TEST(unknown_kinds_and_newer_versions_are_sealed_and_opened)
{
	prop_run(what_this_version_does_not_know_opens_too, 500, 32);
}

/* The envelope may go as soon as it is open: what the log lends it takes back. */
static void an_open_fact_needs_its_envelope_no_more(struct prop *p)
{
	struct subject_keys k = random_keys(p);
	struct bytes envelope, copy;
	struct fact f, back;
	uint8_t *lent;

	fact_random(p, p->arena, kind_random(p), &f);
	envelope = sealed(p, &f, keys_for(&f, &k));
	copy = plain_of(p, &f);
	lent = malloc(envelope.size);
	CHECK(lent);
	memcpy(lent, envelope.at, envelope.size);
	CHECK_INT(fact_open(&back, p->arena, bytes_of(lent, envelope.size), &f.ref, &f.subject,
			    keys_for(&f, &k), NULL),
		  OK);
	free(lent);
	CHECK(bytes_same(copy, plain_of(p, &back)));
}

TEST(an_open_fact_is_independent_of_its_envelope)
{
	prop_run(an_open_fact_needs_its_envelope_no_more, 200, 33);
}

/* --- and only in its place, with its keys ------------------------------------------------ */

static void an_envelope_opens_nowhere_else(struct prop *p)
{
	struct subject_keys k = random_keys(p), swapped;
	struct bytes envelope;
	struct fact_ref ref;
	struct id subject;
	struct fact f, back;

	fact_random(p, p->arena, kind_random(p), &f);
	envelope = sealed(p, &f, keys_for(&f, &k));
	ref = f.ref;
	ref.seq ^= 1;
	CHECK_INT(fact_open(&back, p->arena, envelope, &ref, &f.subject, &k, NULL), ERR_DAMAGED);
	ref = f.ref;
	ref.epoch ^= 1;
	CHECK_INT(fact_open(&back, p->arena, envelope, &ref, &f.subject, &k, NULL), ERR_DAMAGED);
	ref = f.ref;
	ref.site.at[3] ^= 1;
	CHECK_INT(fact_open(&back, p->arena, envelope, &ref, &f.subject, &k, NULL), ERR_DAMAGED);
	subject = f.subject;
	subject.at[7] ^= 1;
	CHECK_INT(fact_open(&back, p->arena, envelope, &f.ref, &subject, &k, NULL), ERR_DAMAGED);
	if (f.kind->seal == SEAL_CLEAR)
		return;
	memcpy(swapped.identity, k.case_, KEY_SIZE);
	memcpy(swapped.case_, k.identity, KEY_SIZE);
	CHECK_INT(fact_open(&back, p->arena, envelope, &f.ref, &f.subject, &swapped, NULL),
		  ERR_DAMAGED);
	CHECK_INT(fact_open(&back, p->arena, envelope, &f.ref, &f.subject, NULL, NULL), ERR_LOCKED);
}

TEST(an_envelope_opens_only_in_its_place_with_its_keys)
{
	prop_run(an_envelope_opens_nowhere_else, 300, 34);
}

/* Every bit of a sealed envelope counts; of a public one the fact may come out changed,
 * but never with the same commitment. */
static void no_bit_can_be_changed(struct prop *p)
{
	struct subject_keys k = random_keys(p);
	struct hash before, after;
	struct bytes envelope;
	struct fact f, back;
	uint8_t *at;

	fact_random(p, p->arena, kind_random(p), &f);
	envelope = sealed(p, &f, keys_for(&f, &k));
	CHECK_INT(fact_commit(&before, &f, NULL), OK);
	at = arena_take(p->arena, envelope.size + 1);
	CHECK(at);
	memcpy(at, envelope.at, envelope.size);
	CHECK_INT(fact_open(&back, p->arena, bytes_of(at, envelope.size + 1), &f.ref, &f.subject,
			    keys_for(&f, &k), NULL),
		  ERR_DAMAGED);
	for (size_t i = 0; i < envelope.size; i++) {
		at[i] ^= (uint8_t)(1 << prop_pick(p, 8));
		if (!fact_open(&back, p->arena, bytes_of(at, envelope.size), &f.ref, &f.subject,
			       keys_for(&f, &k), NULL)) {
			CHECK(f.kind->seal == SEAL_CLEAR);
			CHECK_INT(fact_commit(&after, &back, NULL), OK);
			CHECK(memcmp(before.at, after.at, HASH_SIZE) != 0);
		}
		at[i] = envelope.at[i];
	}
	for (size_t size = 0; size < envelope.size; size++)
		CHECK(fact_open(&back, p->arena, bytes_of(at, size), &f.ref, &f.subject,
				keys_for(&f, &k), NULL));
}

TEST(no_bit_of_an_envelope_can_be_changed_and_no_byte_cut_off)
{
	prop_run(no_bit_can_be_changed, 25, 35);
}

/* Sealed ones cannot be made without the keys.  Public ones can: whoever changes the
 * disk may write a fact, and the tree finds it; it must only be one that can be read. */
static void whatever_bytes_open_are_a_public_fact(struct prop *p)
{
	static const struct subject_keys k = { .identity = { 1 }, .case_ = { 2 } };
	struct fact_ref ref = { .seq = 1 };
	struct id subject = { { 7 } };
	struct bytes b = prop_rest(p);
	struct fact back;

	if (fact_open(&back, p->arena, b, &ref, &subject, &k, NULL))
		return;
	CHECK(envelope_is_public(b));
	CHECK(fact_ref_compare(&back.ref, &ref) == 0 && id_same(&back.subject, &subject));
}
PROP_FUZZ(1, whatever_bytes_open_are_a_public_fact)

/* A sealed envelope after whatever happens to a disk: bytes changed, cut out, doubled. */
static void a_changed_envelope_does_not_open(struct prop *p)
{
	struct subject_keys k = random_keys(p);
	struct bytes envelope;
	struct fact f, back;
	uint8_t *at;
	size_t size;

	fact_random(p, p->arena, kind_random(p), &f);
	if (f.kind->seal == SEAL_CLEAR)
		return;
	envelope = sealed(p, &f, &k);
	size = envelope.size;
	at = arena_take(p->arena, 2 * size);
	CHECK(at);
	memcpy(at, envelope.at, size);
	for (size_t changes = prop_uint(p, 1, 4); changes && size; changes--) {
		size_t from = (size_t)prop_uint(p, 0, size - 1);
		size_t count = (size_t)prop_uint(p, 0, size - from);

		switch (prop_pick(p, 4)) {
		case 0: at[from] = (uint8_t)prop_uint(p, 0, 255); break;
		case 1: size = from; break;
		case 2:
			memmove(at + from, at + from + count, size - from - count);
			size -= count;
			break;
		default:
			if (size + count > 2 * envelope.size)
				break;
			memmove(at + from + count, at + from, size - from);
			size += count;
		}
	}
	if (!fact_open(&back, p->arena, bytes_of(at, size), &f.ref, &f.subject, &k, NULL))
		CHECK(bytes_same(bytes_of(at, size), envelope));
}
PROP_FUZZ(2, a_changed_envelope_does_not_open)

TEST(an_envelope_that_a_disk_has_changed_does_not_open)
{
	prop_run(a_changed_envelope_does_not_open, 3000, 37);
}

static void add_number(struct buffer *b, uint64_t n, size_t size)
{
	for (size_t i = 0; i < size; i++)
		buffer_byte(b, (uint8_t)(n >> (8 * i)));
}

/* A box as the head of fact.h describes it, by its words alone, around any content. */
static void add_box(struct buffer *out, struct bytes content, uint8_t which,
		    const struct fact_ref *ref, const struct id *subject, const uint8_t *key)
{
	static const uint8_t nonce[24] = { 3 };
	struct buffer plain = { 0 }, with = { 0 };
	uint8_t box[2 * PAD_STEP + 4096 + 16];
	unsigned long long size;

	buffer_add(&plain, content);
	buffer_byte(&plain, 0x80);
	while (plain.size % PAD_STEP)
		buffer_byte(&plain, 0);
	buffer_text(&with, TEXT("ikhtiar/envelope/v1"));
	buffer_byte(&with, which);
	buffer_add(&with, bytes_of(ref->site.at, ID_SIZE));
	add_number(&with, ref->epoch, 4);
	add_number(&with, ref->seq, 8);
	buffer_add(&with, bytes_of(subject->at, ID_SIZE));
	CHECK(plain.size + 16 <= sizeof(box));
	CHECK(!crypto_aead_xchacha20poly1305_ietf_encrypt(box, &size, plain.at, plain.size, with.at,
							  with.size, NULL, nonce, key));
	buffer_add(out, bytes_of(nonce, sizeof(nonce)));
	add_number(out, size, 4);
	buffer_add(out, bytes_of(box, (size_t)size));
	buffer_free(&plain);
	buffer_free(&with);
}

/* Whoever holds the keys may have sealed anything: a site with a later program, or one
 * that was taken over.  What opens is a fact that says the same when it is sealed again. */
static void whatever_was_sealed_is_a_fact_or_damage(struct prop *p)
{
	static const struct subject_keys k = { .identity = { 1 }, .case_ = { 2 } };
	struct fact_ref ref = { .seq = 1 };
	struct id subject = { { 7 } };
	struct buffer envelope = { 0 };
	size_t first = (size_t)prop_uint(p, 0, 1023);
	struct bytes rest = prop_rest(p);
	struct fact f, back;
	enum err e;

	if (rest.size > 4096)
		return;
	if (first > rest.size)
		first = rest.size;
	buffer_add(&envelope, bytes_of("\1\1", 2));
	add_box(&envelope, bytes_of(rest.at, first), 1, &ref, &subject, k.case_);
	add_box(&envelope, bytes_of(rest.at + first, rest.size - first), 2, &ref, &subject,
		k.identity);
	e = fact_open(&f, p->arena, buffer_bytes(&envelope), &ref, &subject, &k, NULL);
	CHECK(e == OK || e == ERR_DAMAGED || e == ERR_NEWER);
	if (!e) {
		struct bytes again = sealed(p, &f, &k);

		CHECK_INT(fact_open(&back, p->arena, again, &ref, &subject, &k, NULL), OK);
		CHECK(bytes_same(plain_of(p, &f), plain_of(p, &back)));
	}
	buffer_free(&envelope);
}
PROP_FUZZ(3, whatever_was_sealed_is_a_fact_or_damage)

TEST(content_of_any_kind_in_a_good_envelope_does_no_harm)
{
	prop_run(whatever_was_sealed_is_a_fact_or_damage, 2000, 38);
}

/* Wrapped keys are of one subject and of these site keys, or are none. */
static void a_changed_slot_gives_no_key(struct prop *p)
{
	struct site_keys site = { NULL, NULL };
	struct subject_keys made, back;
	struct world_simulated w;
	struct slot slot, before;
	struct id subject = prop_id(p);

	world_simulated_init(&w, prop_uint(p, 0, UINT64_MAX));
	CHECK_INT(secret_random(&site.identity, &w.world, KEY_SIZE, NULL), OK);
	CHECK_INT(secret_random(&site.case_, &w.world, KEY_SIZE, NULL), OK);
	slot_make(&slot, &made, &subject, &site, &w.world);
	before = slot;
	for (size_t changes = prop_uint(p, 0, 3); changes; changes--) {
		size_t at = (size_t)prop_uint(p, 0, WRAPPED_KEY_SIZE - 1);

		switch (prop_pick(p, 3)) {
		case 0: slot.identity[at] = (uint8_t)prop_uint(p, 0, 255); break;
		case 1: slot.case_[at] = (uint8_t)prop_uint(p, 0, 255); break;
		default: slot.subject.at[at % ID_SIZE] = (uint8_t)prop_uint(p, 0, 255);
		}
	}
	if (slot_open(&back, &slot, &site, NULL))
		CHECK(memcmp(&slot, &before, sizeof(slot)) != 0);
	else
		CHECK(memcmp(&slot, &before, sizeof(slot)) == 0 &&
		      memcmp(&back, &made, sizeof(back)) == 0);
	secret_free(site.identity);
	secret_free(site.case_);
}
PROP_FUZZ(4, a_changed_slot_gives_no_key)

TEST(no_change_of_a_slot_gives_another_key)
{
	prop_run(a_changed_slot_gives_no_key, 3000, 39);
}

TEST(random_bytes_never_crash_the_opening)
{
	prop_run(whatever_bytes_open_are_a_public_fact, 3000, 36);
}

TEST(a_box_without_room_for_its_padding_and_tag_does_not_open)
{
	static const uint8_t sizes[] = { 0, 1, 15, 16, 17, 100, 143, 145 };
	struct subject_keys k = { .identity = { 1 }, .case_ = { 2 } };
	struct fact_ref ref = { .seq = 1 };
	struct id subject = { { 1 } };
	struct arena *a;
	struct fact f;

	CHECK_INT(arena_new(&a, 4096), OK);
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		uint8_t envelope[400] = { 1, 1 };

		envelope[2 + 24] = sizes[i];
		CHECK_INT(fact_open(&f, a, bytes_of(envelope, sizeof envelope), &ref, &subject, &k,
				    NULL),
			  ERR_DAMAGED);
	}
	arena_free(a);
}

/* A fact of a kind that this program knows, made by one that sealed it wrongly. */
static void sealed_against_the_table(struct prop *p, uint64_t kind, bool public)
{
	struct subject_keys k = random_keys(p);
	const uint8_t reason_is_protection[] = { 1, 1 };
	struct fact f = { .kind_number = kind, .version = 1 }, back;
	struct bytes envelope;

	if (kind == KIND_HOLD_PLACED)
		f.unknown_case = (struct raw_fields){ bytes_of(reason_is_protection, 2), 1 };
	f.r.at[0] = 1;
	envelope = sealed(p, &f, public ? NULL : &k);
	CHECK_INT(fact_open(&back, p->arena, envelope, &f.ref, &f.subject, &k, NULL), ERR_DAMAGED);
	envelope = sealed(p, &f, public ? &k : NULL);
	CHECK_INT(fact_open(&back, p->arena, envelope, &f.ref, &f.subject, &k, NULL), OK);
}

static void both_sorts_are_held_against_the_table(struct prop *p)
{
	sealed_against_the_table(p, KIND_HOLD_PLACED, true);
	sealed_against_the_table(p, KIND_LOG_PADDED, false);
}

TEST(what_should_be_sealed_is_not_read_from_the_open_nor_the_reverse)
{
	prop_run(both_sorts_are_held_against_the_table, 5, 40);
}

TEST(a_later_form_of_envelope_is_told_as_such)
{
	static const uint8_t later[] = { 2, 1, 0, 0 };
	struct fact_ref ref = { .seq = 1 };
	struct id subject = { { 1 } };
	struct fault fault;
	struct arena *a;
	struct fact f;

	CHECK_INT(arena_new(&a, 4096), OK);
	CHECK_FAULT(fact_open(&f, a, bytes_of(later, sizeof later), &ref, &subject, NULL, &fault),
		    ERR_NEWER, &fault, "fact.envelope-newer");
	CHECK(!envelope_is_public(bytes_of(later, sizeof later)));
	arena_free(a);
}

/* --- what the disk shows --------------------------------------------------------------------- */

#define CANARY "Zarmina Canary"

static struct fact canary(struct prop *p, struct text name)
{
	struct fact f;

	fact_random(p, p->arena, KIND_PERSON_REGISTERED, &f);
	f.values[PERSON_REGISTERED_GIVEN_LATIN] = (struct value){ .given = true, .text = name };
	return f;
}

static void an_envelope_shows_nothing(struct prop *p)
{
	struct subject_keys k = random_keys(p);
	struct fact f = canary(p, TEXT(CANARY));
	struct bytes envelope = sealed(p, &f, &k), plain = plain_of(p, &f);

	CHECK(holds(plain, CANARY, 6));
	CHECK(!holds(envelope, CANARY, 6));
	CHECK(!holds(envelope, f.actor.at, 6));
	CHECK(!holds(envelope, f.r.at, 6));
}

TEST(an_envelope_shows_neither_name_nor_actor_nor_randomness)
{
	prop_run(an_envelope_shows_nothing, 200, 37);
}

TEST(two_envelopes_of_one_fact_differ)
{
	struct buffer first = { .limit = 0 }, second = { .limit = 0 };
	struct subject_keys k = { .identity = { 1 }, .case_ = { 2 } };
	struct world_simulated w;
	struct fact f;

	world_simulated_init(&w, 5);
	fact_begin(&f, KIND_HOLD_PLACED);
	f.r.at[0] = 1;
	fact_seal(&first, &f, &k, &w.world);
	fact_seal(&second, &f, &k, &w.world);
	CHECK_INT(first.size, second.size);
	CHECK(!holds(buffer_bytes(&second), first.at + 2, 8));
	buffer_free(&first);
	buffer_free(&second);
}

/* Two boxes: nonce, size, and a multiple of the step with a tag. */
static void sizes_tell_little(struct prop *p)
{
	struct subject_keys k = random_keys(p);
	struct bytes envelope;
	struct fact f;

	fact_random(p, p->arena, kind_random(p), &f);
	if (f.kind->seal == SEAL_CLEAR)
		return;
	envelope = sealed(p, &f, &k);
	CHECK_INT((envelope.size - 2 - 2 * (24 + 4 + 16)) % PAD_STEP, 0);
}

TEST(sizes_go_in_steps)
{
	prop_run(sizes_tell_little, 300, 38);
}

static void a_name_more_or_less_does_not_show(struct prop *p)
{
	struct subject_keys k = random_keys(p);
	struct fact f;
	size_t without, with;

	fact_begin(&f, KIND_PRESSURE_REPORTED);
	f.ref.site.at[0] = 1;
	f.r.at[0] = 1;
	f.values[PRESSURE_REPORTED_SORT] =
		(struct value){ .given = true, .number = PRESSURE_THREAT };
	f.values[PRESSURE_REPORTED_REPORTER] =
		(struct value){ .given = true, .number = REPORTER_PERSON };
	without = sealed(p, &f, &k).size;
	f.values[PRESSURE_REPORTED_NOTE] =
		(struct value){ .given = true, .text = TEXT("He came at night.") };
	with = sealed(p, &f, &k).size;
	CHECK_INT(with, without);
}

TEST(a_short_note_does_not_show_in_the_size)
{
	prop_run(a_name_more_or_less_does_not_show, 1, 39);
}

/* --- for ever -------------------------------------------------------------------------------------- */

/* hold.placed, number 5 of epoch 1, sealed under keys of 0x11 and 0x22. */
static const char *const envelope_for_ever =
	"0101627e8c32cb6ae67168a76a66cda76121623089aa2a90046c90000000c345d29d8afab583c91a"
	"456c2531bc8d2e24591549bd48f4ac4ff758b9c2b8a8b24dad74fcf949851ea3ba19f360083c8e2d"
	"fd9f6b629a7399fb442a11326c5005a07abdfe93e96ef543eebbba1ef9652048b74f51816e68743f"
	"cf2e8a172a6a3b646ac47c15f8ab574e7cfe0d52b5626dd3bda4e511b63d75268b023b4614997e69"
	"8267b158d3371806620eb4a0382b5f29382a825c1db963e1c62a3d0243882c0c19416489df669000"
	"0000179b3345cc9c766d793edd4c50834b489c111b8898e161669cc1b9ab5cf895ca44b1dde037e5"
	"7e819d8a2ee6ec01e984ef08fc57870e2872ac522265113b8a937dc7aa4ae0a4473e5566eb091b99"
	"bdbe62144a2eb52ad480fa90717d5d11c9b143e5b9f4e159ef7a10403a83d489c4b1f6be09cbcea3"
	"9cf08b786640392a4fc05d77b83d3b9ca6950897a2a87bc419b5";

TEST(what_was_sealed_once_opens_for_ever)
{
	struct fact_ref ref = { .epoch = 1, .seq = 5 };
	struct subject_keys k;
	struct id subject;
	uint8_t bytes[512];
	size_t size = strlen(envelope_for_ever) / 2;
	struct arena *a;
	struct fact f;

	memset(ref.site.at, 0xaa, ID_SIZE);
	memset(subject.at, 0xbb, ID_SIZE);
	memset(k.case_, 0x11, KEY_SIZE);
	memset(k.identity, 0x22, KEY_SIZE);
	CHECK(size <= sizeof bytes && hex_read(bytes, size, text_of(envelope_for_ever)));
	CHECK_INT(arena_new(&a, (size_t)1 << 16), OK);
	CHECK_INT(fact_open(&f, a, bytes_of(bytes, size), &ref, &subject, &k, NULL), OK);
	CHECK_INT(f.kind->kind, KIND_HOLD_PLACED);
	CHECK_INT(f.values[HOLD_PLACED_REASON].number, HOLD_REASON_MEDICAL);
	CHECK_INT(f.recorded, 1795496400);
	CHECK_INT(f.r.at[31], 0x33);
	arena_free(a);
}

/* --- commitments ------------------------------------------------------------------------------- */

TEST(a_commitment_is_the_hash_of_label_randomness_and_encoding)
{
	struct buffer b = { .limit = 0 };
	struct hash commitment, expected;
	struct fact f;

	fact_begin(&f, KIND_LOG_PADDED);
	memset(f.r.at, 0x5a, HASH_SIZE);
	f.ref.seq = 3;
	buffer_add(&b, bytes_of("ikhtiar/leaf/v1\0", 16));
	buffer_add(&b, bytes_of(f.r.at, HASH_SIZE));
	fact_write(&b, &f);
	expected = sha256_of(buffer_bytes(&b));
	CHECK_INT(fact_commit(&commitment, &f, NULL), OK);
	CHECK(memcmp(commitment.at, expected.at, HASH_SIZE) == 0);
	buffer_free(&b);
}

/* --- slots --------------------------------------------------------------------------------------- */

struct site {
	struct world_simulated w;
	struct site_keys keys;
};

static void site_make(struct site *s, uint64_t seed)
{
	world_simulated_init(&s->w, seed);
	CHECK_INT(secret_random(&s->keys.identity, &s->w.world, KEY_SIZE, NULL), OK);
	CHECK_INT(secret_random(&s->keys.case_, &s->w.world, KEY_SIZE, NULL), OK);
}

static void site_free(struct site *s)
{
	secret_free(s->keys.identity);
	secret_free(s->keys.case_);
}

TEST(a_slot_gives_the_keys_back_to_its_site_alone)
{
	struct id subject = { { 1, 2, 3 } };
	struct subject_keys made, open;
	struct slot slot, other;
	struct fault fault;
	struct site a, b;

	site_make(&a, 1);
	site_make(&b, 2);
	slot_make(&slot, &made, &subject, &a.keys, &a.w.world);
	CHECK_INT(slot_open(&open, &slot, &a.keys, NULL), OK);
	CHECK(memcmp(&made, &open, sizeof made) == 0);
	CHECK(memcmp(made.identity, made.case_, KEY_SIZE) != 0);
	CHECK_FAULT(slot_open(&open, &slot, &b.keys, &fault), ERR_DAMAGED, &fault,
		    "fact.slot-damaged");

	other = slot;
	other.subject.at[0] ^= 1;
	CHECK_INT(slot_open(&open, &other, &a.keys, NULL), ERR_DAMAGED);
	other = slot;
	memcpy(other.identity, slot.case_, WRAPPED_KEY_SIZE);
	CHECK_INT(slot_open(&open, &other, &a.keys, NULL), ERR_DAMAGED);
	site_free(&a);
	site_free(&b);
}

TEST(an_overwritten_slot_gives_no_keys_and_leaves_none_in_memory)
{
	struct id subject = { { 1, 2, 3 } };
	struct subject_keys open, none;
	struct slot slot;
	struct site a;

	site_make(&a, 3);
	memset(&none, 0, sizeof none);
	slot_make(&slot, &open, &subject, &a.keys, &a.w.world);
	for (size_t i = 0; i < WRAPPED_KEY_SIZE; i++) {
		slot.case_[i] ^= 0x10;
		CHECK_INT(slot_open(&open, &slot, &a.keys, NULL), ERR_DAMAGED);
		CHECK(memcmp(&open, &none, sizeof none) == 0);
		slot.case_[i] ^= 0x10;
	}
	site_free(&a);
}

RUN_TESTS()
