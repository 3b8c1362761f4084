/*
 * What is believed of what lies on the disk, and what is not.
 */
#include "register/ahead.h"
#include "register/town_testing.h"

/* A household whose slot no site key has wrapped, in a fact sealed with keys of zeros. */
static void forge(struct town *t, const struct id *household)
{
	static const struct subject_keys zeros;
	uint8_t no_slot[SLOT_STORED_SIZE] = { 1 };
	struct log_slot slot = { *household, bytes_of(no_slot, sizeof(no_slot)) };
	struct buffer envelope = { .limit = ENVELOPE_SIZE_MAX };
	struct log_entry entry = { .subject = *household };
	struct log_batch batch = { &entry, 1, &slot, 1, NULL, 0 };
	struct log *log = NULL;
	struct fact fact;

	CHECK_INT(log_open(&log, &t->world.world, t->dir, &t->fault), OK);
	fact_begin(&fact, KIND_HOUSEHOLD_REGISTERED);
	fact.ref = (struct fact_ref){ log_self(log).site, log_self(log).epoch, log_length(log) };
	fact.subject = *household;
	fact.recorded = fact.happened = t->world.wall_ms / 1000;
	fact.r = (struct hash){ { 1 } };
	fact.values[HOUSEHOLD_REGISTERED_CASE_NUMBER] =
		(struct value){ .given = true, .text = TEXT("PSH-26-00099-X") };
	fact.values[HOUSEHOLD_REGISTERED_RESIDENCE] =
		(struct value){ .given = true, .text = TEXT("PK5@cod-ab-2022") };
	fact_seal(&envelope, &fact, &zeros, &t->world.world);
	CHECK_INT(fact_commit(&entry.commitment, &fact, &t->fault), OK);
	entry.seq = fact.ref.seq;
	entry.envelope = buffer_bytes(&envelope);
	CHECK_INT(log_append(log, &batch, &t->fault), OK);
	buffer_free(&envelope);
	log_close(log);
}

TEST(a_slot_that_does_not_open_is_no_key_of_zeros)
{
	const struct state *s;
	struct reg_proof proof;
	struct town t;
	struct id household;

	town_make(&t, 61);
	household = town_id(&t, "@forged");
	town_close(&t);
	forge(&t, &household);
	town_open(&t);
	town_login_all(&t);
	CHECK_FAULT(reg_read_begin(t.reg, &t.as[ROLE_REGISTRATION], DEED_FIND, &s, &t.fault),
		    ERR_DAMAGED, &t.fault, "register.facts-damaged");
	CHECK_INT(reg_verify(t.reg, NULL, &proof, &t.fault), OK);
	CHECK_INT(proof.damaged, 1);
	CHECK_INT(proof.first_damaged.seq, proof.facts - 1);
	town_end(&t);
}

/* More than the ring holds, so that each side waits for the other. */
TEST(what_is_opened_ahead_comes_out_whole_and_in_order)
{
	struct key_table keys = { 0 };
	struct ahead_how how = { .keys = &keys, .with_keys = true };
	const struct opened *o;
	struct fold_count count;
	struct ahead *ahead;
	struct id zarmina;
	struct town t;
	uint64_t seq = 0;

	town_make(&t, 62);
	town_registers_family(&t);
	zarmina = town_id(&t, "@zarmina");
	for (int i = 0; i < 1500; i++) {
		CHECK_INT(reg_opened(t.reg, &t.as[ROLE_PROTECTION], &zarmina, OPENING_PROTECTION,
				     &t.fault),
			  OK);
		town_wait(&t, HOUR / 100);
	}
	how.reg = t.reg;
	CHECK_INT(key_table_fill(&keys, t.reg, &t.reg->keys.site, &t.fault), OK);
	CHECK_INT(ahead_start(&ahead, &how, &t.fault), OK);
	for (; (o = ahead_next(ahead)); seq++) {
		CHECK(o->readable);
		CHECK_INT(o->ref.seq, seq);
		CHECK_INT(o->fact.ref.seq, seq);
	}
	CHECK_INT(ahead_count(ahead), seq);
	CHECK_INT(ahead_end(ahead, OK, &count, &t.fault), OK);
	CHECK_INT(count.opened, log_length(t.reg->log));
	CHECK_INT(seq, count.opened);
	key_table_free(&keys);
	town_end(&t);
}

TEST(who_stops_early_leaves_no_thread_behind)
{
	struct key_table keys = { 0 };
	struct ahead_how how = { .keys = &keys, .with_keys = true };
	struct fold_count count;
	struct ahead *ahead;
	struct town t;

	town_make(&t, 63);
	town_registers_family(&t);
	how.reg = t.reg;
	CHECK_INT(key_table_fill(&keys, t.reg, &t.reg->keys.site, &t.fault), OK);
	CHECK_INT(ahead_start(&ahead, &how, &t.fault), OK);
	CHECK(ahead_next(ahead));
	CHECK_INT(ahead_end(ahead, ERR_LIMIT, &count, &t.fault), ERR_LIMIT);
	CHECK_INT(ahead_start(&ahead, &how, &t.fault), OK);
	CHECK_INT(ahead_end(ahead, OK, &count, &t.fault), OK);
	key_table_free(&keys);
	town_end(&t);
}

RUN_TESTS()
