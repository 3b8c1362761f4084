/*
 * What goes out, and what changes it afterwards: nothing.
 */
#include <errno.h>
#include <stdio.h>

#include "register/inside.h"
#include "register/town_testing.h"

#define CROSSES(who)                                                                               \
	"{\"kind\": \"crossing.recorded\", \"subject\": \"" who                                    \
	"\", \"crossing\": \"XP-TORKHAM\", \"direction\": \"crossed\", \"return_kind\": "          \
	"\"spontaneous\"}"
#define IS_ARRESTED(who)                                                                           \
	"{\"kind\": \"incident.reported\", \"subject\": \"" who                                    \
	"\", \"sort\": \"arrest\", \"area\": \"PK528\"}"

static const struct session *statistician(const struct town *t)
{
	return &t->as[ROLE_STATISTICIAN];
}

static size_t publish(struct town *t)
{
	size_t count = 0;

	CHECK_INT(reg_publish(t->reg, statistician(t), &count, &t->fault), OK);
	return count;
}

/* The town's clock begins on 2026-11-24, a Tuesday, at ten in Karachi. */
static struct period week(const char *id)
{
	struct period p;

	CHECK(!period_read(&p, text_of(id), NULL));
	return p;
}

/* All that is said of a period, in one hash. */
static struct hash told(struct town *t, struct period p)
{
	struct reg_release out;
	struct arena *a = NULL;
	struct text all;
	struct hash hash;

	CHECK(!arena_new(&a, (size_t)64 << 20));
	CHECK_INT(reg_release(t->reg, statistician(t), p, a, &out, &t->fault), OK);
	all = (struct text){ (const char *)out.hashes, sizeof(out.hashes) };
	hash = cell_lines_hash(&all, 1);
	arena_free(a);
	return hash;
}

static uint64_t whole(struct town *t, struct period p, enum figure_counted figure)
{
	struct reg_release out;
	struct arena *a = NULL;
	uint64_t value;

	CHECK(!arena_new(&a, (size_t)64 << 20));
	CHECK_INT(reg_release(t->reg, statistician(t), p, a, &out, &t->fault), OK);
	CHECK(out.release.tables[figure].count > 0);
	value = out.release.tables[figure].cells[0].value;
	arena_free(a);
	return value;
}

/* Nobody has to guess how a number was rounded: five of a kind. */
static void five_arrests(struct town *t)
{
	for (int i = 0; i < 5; i++)
		town_records(t, ROLE_PROTECTION, IS_ARRESTED("@habib"));
}

/* Sunday, 6 December, begins eleven days and fourteen hours after that. */
TEST(a_week_goes_out_seven_days_after_it_has_ended_and_not_before)
{
	struct town t;

	town_make(&t, 1);
	town_registers_family(&t);
	five_arrests(&t);
	CHECK_INT(publish(&t), 0);
	town_wait(&t, 11 * DAY + 13 * HOUR);
	CHECK_INT(publish(&t), 0);
	town_wait(&t, HOUR);
	CHECK_INT(publish(&t), 1);
	CHECK_INT(whole(&t, week("2026-W47"), FIGURE_ARREST), 5);
	CHECK_INT(whole(&t, week("2026-W47"), FIGURE_DETENTION), 0);
	town_end(&t);
}

TEST(each_week_goes_out_once_and_the_missed_ones_in_their_order)
{
	struct town t;
	struct period newest;

	town_make(&t, 2);
	town_registers_family(&t);
	five_arrests(&t);
	town_wait(&t, 40 * DAY);
	CHECK_INT(publish(&t), 5 + 1); /* five weeks, and four of them together */
	CHECK_INT(publish(&t), 0);
	CHECK(!reg_release_newest(t.reg, statistician(&t), true, &newest, &t.fault));
	CHECK_INT(newest.start, week("2026-W51").start);
	CHECK(!reg_release_newest(t.reg, statistician(&t), false, &newest, &t.fault));
	CHECK_INT(whole(&t, newest, FIGURE_ARREST), 5);
	CHECK_INT(whole(&t, week("2026-W48"), FIGURE_ARREST), 0);
	town_end(&t);
}

TEST(a_fact_that_comes_late_changes_only_the_open_week)
{
	struct hash before, after;
	struct town t;

	town_make(&t, 3);
	town_registers_family(&t);
	five_arrests(&t);
	town_wait(&t, 12 * DAY);
	CHECK_INT(publish(&t), 1);
	before = told(&t, week("2026-W47"));
	for (int i = 0; i < 5; i++)
		town_records(&t, ROLE_PROTECTION,
			     "{\"kind\": \"incident.reported\", \"subject\": \"@habib\", \"sort\": "
			     "\"arrest\", \"happened\": \"2026-11-25\"}");
	town_wait(&t, 14 * DAY);
	CHECK_INT(publish(&t), 2);
	after = told(&t, week("2026-W47"));
	CHECK(!memcmp(&before, &after, sizeof(before)));
	CHECK_INT(whole(&t, week("2026-W48"), FIGURE_ARREST), 0);
	CHECK_INT(whole(&t, week("2026-W49"), FIGURE_ARREST), 5);
	town_end(&t);
}

TEST(an_erasure_changes_nothing_that_was_published)
{
	struct hash before, after;
	struct town t;

	town_make(&t, 4);
	town_registers_family(&t);
	five_arrests(&t);
	town_records(&t, ROLE_BORDER, CROSSES("@zarmina"));
	town_wait(&t, 12 * DAY);
	CHECK_INT(publish(&t), 1);
	before = told(&t, week("2026-W47"));
	town_records(&t, ROLE_PROTECTION,
		     "{\"kind\": \"person.erased\", \"subject\": \"@habib\", "
		     "\"reason\": \"person-asked\"}");
	town_close(&t);
	town_open(&t);
	town_login_all(&t);
	after = told(&t, week("2026-W47"));
	CHECK(!memcmp(&before, &after, sizeof(before)));
	CHECK_INT(whole(&t, week("2026-W47"), FIGURE_ARREST), 5);
	town_end(&t);
}

TEST(two_registers_do_not_round_alike_and_one_always_does)
{
	uint8_t seen[2] = { 0 };

	for (uint64_t seed = 10; seed < 16; seed++) {
		struct town t;
		uint64_t first;

		town_make(&t, seed);
		town_registers_family(&t);
		town_records(&t, ROLE_PROTECTION, IS_ARRESTED("@habib"));
		town_records(&t, ROLE_PROTECTION, IS_ARRESTED("@habib"));
		town_wait(&t, 12 * DAY);
		CHECK_INT(publish(&t), 1);
		first = whole(&t, week("2026-W47"), FIGURE_ARREST);
		CHECK(first == 0 || first == 5);
		seen[first != 0]++;
		town_end(&t);
	}
	CHECK(seen[0] && seen[1]);
}

TEST(nobody_publishes_by_hand_and_only_the_statistician_by_the_plan)
{
	struct town t;
	size_t count;

	town_make(&t, 5);
	town_registers_family(&t);
	CHECK_INT(town_propose(
			  &t, ROLE_STATISTICIAN,
			  "{\"kind\": \"table.published\", \"subject\": \"@t\", \"code\": "
			  "\"arrest\", \"period_start\": \"2026-11-22\", \"period_end\": "
			  "\"2026-11-28\", \"hash\": "
			  "\"0000000000000000000000000000000000000000000000000000000000000000\"}"),
		  ERR_DENIED);
	CHECK_INT(reg_publish(t.reg, &t.as[ROLE_ADMINISTRATOR], &count, &t.fault), ERR_DENIED);
	reg_lock(t.reg);
	CHECK_INT(reg_publish(t.reg, statistician(&t), &count, &t.fault), ERR_LOCKED);
	town_end(&t);
}

TEST(what_has_not_gone_out_is_not_there)
{
	struct reg_release out;
	struct period newest;
	struct town t;

	town_make(&t, 6);
	CHECK_FAULT(reg_release(t.reg, statistician(&t), week("2026-W47"), t.arena, &out, &t.fault),
		    ERR_NOT_FOUND, &t.fault, "register.not-published");
	CHECK_FAULT(reg_release_newest(t.reg, statistician(&t), true, &newest, &t.fault),
		    ERR_NOT_FOUND, &t.fault, "register.nothing-published");
	town_end(&t);
}

/* --- a stop in the middle --------------------------------------------------------- */

static void logs_in(struct town *t, int64_t role)
{
	CHECK_INT(town_login(t, role, town_account(role)), OK);
}

/* A town on a disk in memory, with five arrests in a week that is closed. */
static void town_on(struct town *t, struct disk *d)
{
	static const int64_t roles[] = { ROLE_REGISTRATION, ROLE_PROTECTION, ROLE_STATISTICIAN };

	disk_start(d);
	d->remembers = false;
	town_begin_on(t, 21, d);
	CHECK_INT(disk_make_folder(d, "/town"), 0);
	CHECK_INT(town_found(t), OK);
	for (size_t i = 0; i < COUNT_OF(roles); i++)
		CHECK_INT(town_opens_account(t, roles[i]), OK);
	town_registers_family(t);
	five_arrests(t);
	town_wait(t, 12 * DAY);
}

/* False: there is no call of that number.  Whatever went out before the disk failed is a
 * whole week, and the next try publishes what did not. */
static bool goes_out_whole_or_not_at_all(uint64_t call)
{
	struct disk d;
	struct town t;
	size_t count = 0;
	bool reached;
	enum err e;

	town_on(&t, &d);
	disk_fails(&d, DISK_GROW, call, EIO, true);
	e = reg_publish(t.reg, statistician(&t), &count, &t.fault);
	reached = disk_has_failed(&d);
	disk_is_mended(&d);
	CHECK(reached || !e);
	town_close(&t);
	town_open(&t);
	logs_in(&t, ROLE_STATISTICIAN);
	count = publish(&t);
	CHECK(e ? count <= 1 : count == 0);
	CHECK_INT(whole(&t, week("2026-W47"), FIGURE_ARREST), 5);
	told(&t, week("2026-W47"));
	town_end(&t);
	disk_stop(&d);
	return reached;
}

TEST(a_disk_that_fails_in_the_middle_publishes_a_whole_week_or_nothing)
{
	uint64_t call = 1;

	while (goes_out_whole_or_not_at_all(call))
		call++;
	CHECK(call > 2);
}

/* --- how things are counted ------------------------------------------------------- */

TEST(legal_aid_within_a_day_is_told_from_legal_aid_later)
{
	struct town t;
	struct fact_ref arrest;
	char ref[FACT_REF_TEXT_SIZE];

	town_make(&t, 7);
	town_registers_family(&t);
	for (int i = 0; i < 10; i++) {
		town_records(&t, ROLE_PROTECTION, IS_ARRESTED("@habib"));
		arrest = t.answer.refs[0];
		fact_ref_write(ref, &arrest);
		town_wait(&t, i < 5 ? HOUR : 25 * HOUR);
		town_records_of(&t, ROLE_LEGAL_AID,
				"{\"kind\": \"incident.visited\", \"subject\": \"@habib\", "
				"\"incident\": \"%s\"}",
				ref);
	}
	town_wait(&t, 40 * DAY);
	publish(&t);
	CHECK_INT(whole(&t, week("2026-W47"), FIGURE_AID_WITHIN_24H), 5);
	CHECK_INT(whole(&t, week("2026-W47"), FIGURE_AID_LATER) +
			  whole(&t, week("2026-W48"), FIGURE_AID_LATER),
		  5);
	town_end(&t);
}

TEST(who_was_held_and_is_free_again_is_a_release)
{
	struct town t;
	char ref[FACT_REF_TEXT_SIZE];

	town_make(&t, 12);
	town_registers_family(&t);
	for (int i = 0; i < 5; i++) {
		town_records(&t, ROLE_PROTECTION, IS_ARRESTED("@habib"));
		fact_ref_write(ref, &t.answer.refs[0]);
		for (int again = 0; again < 2; again++)
			town_records_of(&t, ROLE_LEGAL_AID,
					"{\"kind\": \"incident.closed\", \"subject\": \"@habib\", "
					"\"incident\": \"%s\", \"outcome\": \"released\"}",
					ref);
	}
	town_wait(&t, 40 * DAY);
	publish(&t);
	CHECK_INT(whole(&t, week("2026-W47"), FIGURE_RELEASE), 5);
	town_end(&t);
}

TEST(a_crossing_is_counted_with_each_reason_that_was_given)
{
	struct town t;

	town_make(&t, 13);
	town_registers_family(&t);
	for (int i = 0; i < 5; i++)
		town_records(&t, ROLE_BORDER,
			     "{\"kind\": \"crossing.recorded\", \"subject\": \"@zarmina\", "
			     "\"crossing\": \"XP-TORKHAM\", \"direction\": \"crossed\", "
			     "\"return_kind\": \"adverse-circumstances\", "
			     "\"reasons\": [\"fear-of-arrest\", \"other\"]}");
	town_wait(&t, 12 * DAY);
	CHECK_INT(publish(&t), 1);
	CHECK_INT(whole(&t, week("2026-W47"), FIGURE_RETURN_ADVERSE), 5);
	CHECK_INT(whole(&t, week("2026-W47"), FIGURE_REASON_ARREST), 5);
	CHECK_INT(whole(&t, week("2026-W47"), FIGURE_REASON_OTHER), 5);
	CHECK_INT(whole(&t, week("2026-W47"), FIGURE_REASON_FAMILY), 0);
	town_end(&t);
}

/* --- how long withdrawals wait ------------------------------------------------------ */

#define SEAT(who) "{\"kind\": \"seat.assigned\", \"subject\": \"" who "\", \"movement\": \"@bus\"}"
#define DEPARTS(who)                                                                               \
	"{\"kind\": \"departure.recorded\", \"subject\": \"" who "\", \"movement\": \"@bus\"}"
#define RECONFIRMS(who)                                                                            \
	"{\"kind\": \"choice.reconfirmed\", \"subject\": \"" who "\", \"company\": \"alone\","     \
	" \"by_transporter\": false}"
#define WITHDRAWS(channel)                                                                         \
	"{\"kind\": \"choice.withdrawn\", \"subject\": \"@zarmina\", \"channel\": \"" channel "\"" \
	"}"
#define PASSES(direction, return_kind)                                                             \
	"{\"kind\": \"crossing.recorded\", \"subject\": \"@zarmina\", \"crossing\": "              \
	"\"XP-TORKHAM\", \"direction\": \"" direction "\", \"return_kind\": \"" return_kind "\"}"

/* She has departed; a withdrawal is said five times, so that it is told. */
static void withdraws_on_the_way(struct town *t, uint64_t seed, const char *withdrawal)
{
	town_make(t, seed);
	town_registers_family(t);
	town_counsels(t, "@zarmina");
	town_counsels(t, "@habib");
	town_records(t, ROLE_COUNSELLOR,
		     "{\"kind\": \"child.heard\", \"subject\": \"@lal\", \"view\": \"agrees\", "
		     "\"company\": \"alone\"}");
	town_wait(t, HOUR);
	town_chooses(t, "@zarmina", "return");
	town_chooses(t, "@habib", "return");
	town_wait(t, 25 * HOUR);
	town_plans_bus(t, HOUR, 10);
	town_records(t, ROLE_MOVEMENT,
		     "[" SEAT("@zarmina") "," SEAT("@habib") "," SEAT("@lal") "]");
	town_records(t, ROLE_COUNSELLOR, "[" RECONFIRMS("@zarmina") "," RECONFIRMS("@habib") "]");
	town_records(t, ROLE_MOVEMENT,
		     "[" DEPARTS("@zarmina") "," DEPARTS("@habib") "," DEPARTS("@lal") "]");
	town_wait(t, HOUR);
	for (int i = 0; i < 5; i++)
		town_records(t, ROLE_PROTECTION, withdrawal);
}

/* What is told of the withdrawals of the week: figure and, for that, how long it was. */
static uint64_t waited(struct town *t, enum figure_counted figure, enum wait_band band)
{
	struct reg_release out;
	struct arena *a = NULL;
	uint64_t value;

	CHECK(!arena_new(&a, (size_t)64 << 20));
	CHECK_INT(reg_release(t->reg, statistician(t), week("2026-W47"), a, &out, &t->fault), OK);
	value = release_at(&out.release, figure, AXIS_WAIT, text_of(wait_band_word(band)));
	arena_free(a);
	return value;
}

TEST(a_withdrawal_on_the_way_waits_until_she_has_turned_back)
{
	struct town t;

	withdraws_on_the_way(&t, 16, WITHDRAWS("phone"));
	town_wait(&t, 2 * DAY);
	town_records(&t, ROLE_BORDER, PASSES("turned-back", "unknown"));
	town_wait(&t, 12 * DAY);
	CHECK_INT(publish(&t), 1);
	CHECK_INT(waited(&t, FIGURE_WITHDRAWAL_ACTED_ON, WAIT_1_TO_3_DAYS), 5);
	CHECK_INT(whole(&t, week("2026-W47"), FIGURE_WITHDRAWAL_OPEN), 0);
	town_end(&t);
}

TEST(a_withdrawal_on_the_way_of_which_no_more_is_known_is_not_acted_on)
{
	struct town t;

	withdraws_on_the_way(&t, 17, WITHDRAWS("phone"));
	town_wait(&t, 12 * DAY);
	CHECK_INT(publish(&t), 1);
	CHECK_INT(waited(&t, FIGURE_WITHDRAWAL_OPEN, WAIT_1_TO_2_WEEKS), 5);
	CHECK_INT(whole(&t, week("2026-W47"), FIGURE_WITHDRAWAL_ACTED_ON), 0);
	town_end(&t);
}

TEST(a_withdrawal_that_an_officer_at_the_gate_hears_is_acted_on_at_once)
{
	struct town t;

	withdraws_on_the_way(&t, 18, WITHDRAWS("gate"));
	town_wait(&t, 12 * DAY);
	CHECK_INT(publish(&t), 1);
	CHECK_INT(waited(&t, FIGURE_WITHDRAWAL_ACTED_ON, WAIT_UNDER_24_H), 5);
	town_end(&t);
}

TEST(a_withdrawal_before_any_departure_is_acted_on_at_once)
{
	struct town t;

	town_make(&t, 19);
	town_registers_family(&t);
	for (int i = 0; i < 5; i++)
		town_records(&t, ROLE_PROTECTION, WITHDRAWS("phone"));
	town_records(&t, ROLE_BORDER, PASSES("crossed", "spontaneous"));
	town_wait(&t, 12 * DAY);
	CHECK_INT(publish(&t), 1);
	CHECK_INT(waited(&t, FIGURE_WITHDRAWAL_ACTED_ON, WAIT_UNDER_24_H), 5);
	town_end(&t);
}

/* --- corrections ------------------------------------------------------------------ */

static void five_are_annulled(struct town *t, const struct fact_ref *refs)
{
	char ref[FACT_REF_TEXT_SIZE], second[ID_HEX_SIZE + 1];

	hex_write(second, bytes_of(t->as[ROLE_CASHIER].account.at, ID_SIZE));
	for (int i = 0; i < 5; i++) {
		fact_ref_write(ref, &refs[i]);
		town_records_of(t, ROLE_PROTECTION,
				"{\"kind\": \"fact.annulled\", \"subject\": \"@habib\", "
				"\"fact\": \"%s\", \"reason\": \"wrong-person\", "
				"\"second\": \"%s\"}",
				ref, second);
	}
}

static void five_arrests_of(struct town *t, struct fact_ref refs[5])
{
	for (int i = 0; i < 5; i++) {
		town_records(t, ROLE_PROTECTION, IS_ARRESTED("@habib"));
		refs[i] = t->answer.refs[0];
	}
}

TEST(what_is_taken_back_after_it_went_out_is_a_correction_of_a_later_week)
{
	struct fact_ref refs[5];
	struct hash before, after;
	struct town t;

	town_make(&t, 14);
	town_registers_family(&t);
	five_arrests_of(&t, refs);
	town_wait(&t, 12 * DAY);
	CHECK_INT(publish(&t), 1);
	before = told(&t, week("2026-W47"));
	five_are_annulled(&t, refs);
	town_wait(&t, 14 * DAY);
	CHECK_INT(publish(&t), 2);
	after = told(&t, week("2026-W47"));
	CHECK(!memcmp(&before, &after, sizeof(before)));
	CHECK_INT(whole(&t, week("2026-W47"), FIGURE_ARREST), 5);
	CHECK_INT(whole(&t, week("2026-W48"), FIGURE_CORRECTION), 0);
	CHECK_INT(whole(&t, week("2026-W49"), FIGURE_CORRECTION), 5);
	town_end(&t);
}

TEST(what_is_taken_back_before_it_goes_out_was_never_counted_and_corrects_nothing)
{
	struct fact_ref refs[5];
	struct town t;

	town_make(&t, 15);
	town_registers_family(&t);
	five_arrests_of(&t, refs);
	town_wait(&t, 8 * DAY);
	five_are_annulled(&t, refs);
	town_wait(&t, 20 * DAY);
	CHECK(publish(&t) > 2);
	CHECK_INT(whole(&t, week("2026-W47"), FIGURE_ARREST), 0);
	for (int w = 47; w < 49; w++) {
		char id[PERIOD_ID_SIZE];

		snprintf(id, sizeof(id), "2026-W%d", w);
		CHECK_INT(whole(&t, week(id), FIGURE_CORRECTION), 0);
	}
	town_end(&t);
}

TEST(a_bulletin_is_sealed_by_the_register_for_one_period_and_one_text)
{
	struct statement said = { TEXT("bulletin 2026-W47"), { { 7 } } };
	struct statement others[] = { { TEXT("bulletin 2026-W48"), { { 7 } } },
				      { TEXT("bulletin 2026-W47"), { { 8 } } } };
	struct reg_seal seal;
	struct checkpoint c;
	struct town t;

	town_make(&t, 8);
	CHECK_INT(reg_bulletin_seal(t.reg, statistician(&t), &said, t.arena, &seal, &t.fault), OK);
	CHECK(!statement_check(seal.note, t.arena, &t.reg->self, &said, &t.reg->sign_key,
			       &t.fault));
	for (size_t i = 0; i < COUNT_OF(others); i++)
		CHECK_FAULT(statement_check(seal.note, t.arena, &t.reg->self, &others[i],
					    &t.reg->sign_key, &t.fault),
			    ERR_DAMAGED, &t.fault, "proof.other-statement");
	CHECK_INT(checkpoint_read(&c, seal.note, &t.reg->sign_key, &t.fault), ERR_INPUT);
	t.fault = (struct fault){ 0 };
	CHECK(!checkpoint_read(&c, seal.checkpoint, &t.reg->sign_key, &t.fault));
	CHECK(c.size > 0);
	CHECK(text_begins(seal.key, TEXT("ikhtiar/")));
	town_end(&t);
}

/* --- its files ------------------------------------------------------------------ */

#define LARGE (200 * (size_t)1024) /* in several pieces */

static enum err keep(struct town *t, int64_t role, const char *id, size_t size, uint8_t byte)
{
	struct reg_bulletin_files files = { .week = week(id), .count = 2 };
	uint8_t *body = arena_take(t->arena, size);

	CHECK(body);
	memset(body, byte, size);
	files.at[0] = (struct reg_bulletin_file){ TEXT("week.csv"), bytes_of(body, size) };
	files.at[1] = (struct reg_bulletin_file){ TEXT("key.txt"), bytes_of(body, 1) };
	return reg_bulletin_keep(t->reg, &t->as[role], &files, &t->fault);
}

static void gives(struct town *t, size_t size, uint8_t byte)
{
	struct bytes got;

	CHECK_INT(reg_bulletin_file(t->reg, TEXT("week.csv"), t->arena, &got, &t->fault), OK);
	CHECK_INT(got.size, size);
	for (size_t i = 0; i < size; i++)
		CHECK_INT(got.at[i], byte);
}

TEST(the_files_of_the_newest_bulletin_are_given_byte_for_byte_also_while_locked)
{
	struct reg_kept_bulletin kept;
	struct bytes got;
	struct town t;

	town_make(&t, 9);
	CHECK_INT(reg_bulletin_kept(t.reg, t.arena, &kept, &t.fault), OK);
	CHECK_INT(kept.week.size + kept.count, 0);
	CHECK_INT(keep(&t, ROLE_STATISTICIAN, "2026-W47", LARGE, 7), OK);
	reg_lock(t.reg);
	gives(&t, LARGE, 7);
	CHECK_INT(reg_bulletin_kept(t.reg, t.arena, &kept, &t.fault), OK);
	CHECK(text_is(kept.week, "2026-W47"));
	CHECK_INT(kept.count, 2);
	CHECK_FAULT(reg_bulletin_file(t.reg, TEXT("../key"), t.arena, &got, &t.fault),
		    ERR_NOT_FOUND, &t.fault, "register.no-file");
	town_end(&t);
}

static enum err count_setting(void *self, struct text name, struct bytes bytes, struct fault *f)
{
	(void)name, (void)bytes, (void)f;
	++*(size_t *)self;
	return OK;
}

static size_t settings_below(struct town *t, const char *prefix)
{
	size_t count = 0;

	CHECK_INT(log_each_setting(t->reg->log, prefix, count_setting, &count, &t->fault), OK);
	return count;
}

TEST(of_the_files_of_the_week_before_nothing_is_left)
{
	struct town t;

	town_make(&t, 10);
	CHECK_INT(keep(&t, ROLE_STATISTICIAN, "2026-W47", LARGE, 7), OK);
	CHECK(settings_below(&t, "bulletin/") > 3);
	CHECK_INT(keep(&t, ROLE_STATISTICIAN, "2026-W48", 3, 8), OK);
	CHECK_INT(settings_below(&t, "bulletin/"), 2);
	gives(&t, 3, 8);
	town_end(&t);
}

/* --- a newer one of the same sizes is kept while one is read --------------------------- */

#define NEWER_ONES 40

struct keeper {
	struct town *town;
	struct reg_bulletin_files files[2];
	uint8_t bodies[2][LARGE];
	atomic_bool begun, done;
};

static void *keep_newer_ones(void *self)
{
	struct keeper *k = self;
	struct fault f = { 0 };

	for (int i = 1; i <= NEWER_ONES; i++) {
		CHECK_INT(reg_bulletin_keep(k->town->reg, &k->town->as[ROLE_STATISTICIAN],
					    &k->files[i % 2], &f),
			  OK);
		atomic_store(&k->begun, true);
	}
	atomic_store(&k->done, true);
	return NULL;
}

static struct keeper *keeper_of(struct town *t)
{
	struct keeper *k = arena_take(t->arena, sizeof(*k));

	CHECK(k);
	*k = (struct keeper){ .town = t };
	for (int i = 0; i < 2; i++) {
		memset(k->bodies[i], i, LARGE);
		k->files[i] = (struct reg_bulletin_files){ .week = week("2026-W47"), .count = 1 };
		k->files[i].at[0] = (struct reg_bulletin_file){ TEXT("week.csv"),
								bytes_of(k->bodies[i], LARGE) };
	}
	return k;
}

TEST(who_reads_a_file_has_no_pieces_of_a_newer_one)
{
	struct keeper *k;
	struct arena *a;
	struct bytes got;
	pthread_t thread;
	struct town t;

	town_make(&t, 12);
	k = keeper_of(&t);
	CHECK_INT(arena_new(&a, 1 << 20), OK);
	CHECK(!pthread_create(&thread, NULL, keep_newer_ones, k));
	while (!atomic_load(&k->begun))
		;
	while (!atomic_load(&k->done)) {
		CHECK_INT(reg_bulletin_file(t.reg, TEXT("week.csv"), a, &got, &t.fault), OK);
		CHECK_INT(got.size, LARGE);
		CHECK(!memcmp(got.at, k->bodies[got.at[0]], LARGE));
		arena_reset(a);
	}
	pthread_join(thread, NULL);
	arena_free(a);
	town_end(&t);
}

TEST(nobody_but_the_statistician_says_what_the_files_of_a_bulletin_are)
{
	struct town t;

	town_make(&t, 11);
	CHECK_INT(keep(&t, ROLE_ADMINISTRATOR, "2026-W47", 3, 7), ERR_DENIED);
	reg_lock(t.reg);
	CHECK_INT(keep(&t, ROLE_STATISTICIAN, "2026-W47", 3, 7), ERR_LOCKED);
	CHECK_INT(settings_below(&t, "bulletin"), 0);
	town_end(&t);
}

RUN_TESTS()
