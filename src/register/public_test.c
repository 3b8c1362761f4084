/* Public facts are read while the register is locked, and by nobody's leave. */
#include <stdio.h>

#include "register/inside.h"
#include "register/town_testing.h"

#define FIGURE                                                                                     \
	"{\"kind\": \"figure.reported\", \"subject\": \"@%s\", \"source\": \"u\", "                \
	"\"publisher\": \"p\", \"as_of\": \"2025-04-04\", \"area\": \"PK6\", "                     \
	"\"group\": \"PoR\", \"measure\": \"stock\", \"value\": \"%d\", \"unit\": \"persons\"}"

/* The values of the figures, as "1 2 3". */
static const char *figures_of(struct town *t)
{
	static char said[200];
	const struct fact *facts;
	struct arena *a;
	size_t count;

	CHECK(!arena_new(&a, (size_t)8 << 20));
	CHECK_INT(reg_public(t->reg, KIND_FIGURE_REPORTED, a, &facts, &count, &t->fault), OK);
	said[0] = '\0';
	for (size_t i = 0; i < count; i++)
		snprintf(said + strlen(said), sizeof(said) - strlen(said), "%s%.*s", i ? " " : "",
			 SHOWN(facts[i].values[FIGURE_REPORTED_VALUE].text));
	arena_free(a);
	return said;
}

TEST(public_facts_are_read_while_the_register_is_locked)
{
	struct town t;

	town_make(&t, 1);
	CHECK_TEXT(figures_of(&t), "");
	town_records_of(&t, ROLE_STATISTICIAN, FIGURE, "one", 1);
	town_records_of(&t, ROLE_STATISTICIAN, FIGURE, "two", 2);
	CHECK_TEXT(figures_of(&t), "1 2");
	reg_lock(t.reg);
	CHECK_TEXT(figures_of(&t), "1 2");
	town_close(&t);
	town_open(&t);
	CHECK_TEXT(figures_of(&t), "1 2");
	town_end(&t);
}

TEST(an_area_of_a_public_fact_is_kept_with_its_vintage)
{
	const struct fact *facts;
	struct arena *a;
	size_t count;
	struct town t;

	town_make(&t, 1);
	town_records_of(&t, ROLE_STATISTICIAN, FIGURE, "one", 1);
	CHECK(!arena_new(&a, (size_t)8 << 20));
	CHECK(!reg_public(t.reg, KIND_FIGURE_REPORTED, a, &facts, &count, NULL) && count == 1);
	CHECK_TEXT(facts[0].values[FIGURE_REPORTED_AREA].text, "PK6@cod-ab-2022");
	arena_free(a);
	town_end(&t);
}

TEST(nothing_that_is_sealed_is_listed_as_public)
{
	CHECK(is_public(kind_of_word(TEXT("figure.reported"))));
	CHECK(is_public(kind_of_word(TEXT("instrument.recorded"))));
	for (size_t i = 0; i < kind_count(); i++)
		CHECK(!is_public(kind_at(i)) || kind_at(i)->seal == SEAL_CLEAR);
}

/* As a register of an earlier version has none. */
static void forget(struct town *t, const char *setting)
{
	const struct log_setting gone = { setting, { 0 } };

	CHECK_INT(settings_write(t->reg, &gone, 1, &t->fault), OK);
}

TEST(a_register_of_an_earlier_version_lists_its_public_facts_when_it_is_opened)
{
	char name[SETTING_NAME_MAX];
	const struct fact *facts;
	struct arena *a;
	size_t count;
	struct town t;

	town_make(&t, 1);
	town_records_of(&t, ROLE_STATISTICIAN, FIGURE, "one", 1);
	CHECK(!arena_new(&a, (size_t)8 << 20));
	CHECK(!reg_public(t.reg, KIND_FIGURE_REPORTED, a, &facts, &count, NULL) && count == 1);
	public_setting(name, &facts[0]);
	arena_free(a);
	forget(&t, name);
	CHECK_TEXT(figures_of(&t), "");
	forget(&t, PUBLIC_SETTING);
	town_close(&t);
	town_open(&t);
	CHECK_TEXT(figures_of(&t), "1");
	town_end(&t);
}

/* --- as a state --------------------------------------------------------------------- */

#define ORDER                                                                                      \
	"{\"kind\": \"instrument.recorded\", \"subject\": \"@%s\", \"code\": \"%s\", "             \
	"\"date\": \"2025-04-04\", \"authority\": \"Home Department\", \"level\": "                \
	"\"provincial\", "                                                                         \
	"\"instrument\": \"Statement\", \"groups\": \"ACC\", \"areas\": [\"PK5\"], "               \
	"\"effect\": \"no_forced_return\", \"basis\": \"retrieved\"}"

static bool say_code(void *self, const struct instrument *i)
{
	char *said = self;

	snprintf(said + strlen(said), 20, "%.*s ", SHOWN(i->code));
	return true;
}

static const char *codes_of(const struct reg_public *p)
{
	static char said[200];

	said[0] = '\0';
	state_each_instrument(p->state, say_code, said);
	return said;
}

TEST(what_is_public_is_folded_once_for_all_who_ask_while_it_is_locked)
{
	struct reg_public one, other;
	struct town t;

	town_make(&t, 1);
	town_records_of(&t, ROLE_LEGAL_AID, ORDER, "one", "DIR-1");
	reg_lock(t.reg);
	CHECK_INT(reg_public_begin(t.reg, &one, &t.fault), OK);
	CHECK_INT(reg_public_begin(t.reg, &other, &t.fault), OK);
	CHECK_TEXT(codes_of(&one), "DIR-1 ");
	CHECK(one.state == other.state);
	reg_public_end(t.reg, &one);
	CHECK_TEXT(codes_of(&other), "DIR-1 ");
	reg_public_end(t.reg, &other);
	town_end(&t);
}

TEST(who_still_reads_what_was_public_is_not_disturbed_by_what_is_recorded)
{
	struct reg_public before, after;
	struct town t;

	town_make(&t, 1);
	town_records_of(&t, ROLE_LEGAL_AID, ORDER, "one", "DIR-1");
	reg_lock(t.reg);
	CHECK_INT(reg_public_begin(t.reg, &before, &t.fault), OK);
	town_login_all(&t);
	town_records_of(&t, ROLE_LEGAL_AID, ORDER, "two", "DIR-2");
	reg_lock(t.reg);
	CHECK_INT(reg_public_begin(t.reg, &after, &t.fault), OK);
	CHECK_TEXT(codes_of(&before), "DIR-1 ");
	CHECK(strstr(codes_of(&after), "DIR-2"));
	reg_public_end(t.reg, &before);
	reg_public_end(t.reg, &after);
	town_end(&t);
}

RUN_TESTS()
