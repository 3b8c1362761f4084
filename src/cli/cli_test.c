/* What is told at the end of a command. */
#include "cli/cli.h"

#include <stdio.h>

#include "register/town_testing.h"

struct told {
	struct caller caller; /* first: its functions get it */
	struct town town;
	struct cli_ground ground; /* without a server */
	struct cli cli;
	char words[4096]; /* on standard error */
};

static void keep(struct caller *c, struct text t)
{
	struct told *told = (struct told *)c;
	size_t before = strlen(told->words);

	CHECK(before + t.size < sizeof(told->words));
	memcpy(told->words + before, t.at, t.size);
}

static void told_make(struct told *t, uint64_t seed)
{
	memset(t, 0, sizeof(*t));
	t->caller.put_err = keep;
	t->cli.caller = &t->caller;
	t->cli.ground = &t->ground;
	town_make(&t->town, seed);
	t->cli.reg = t->town.reg;
	t->cli.session = t->town.as[ROLE_PROTECTION];
	CHECK_INT(arena_new(&t->cli.arena, 1 << 20), OK);
	CHECK_INT(words_open(&t->cli.words, WORDS_EN, &t->cli.fault), OK);
}

static void told_end(struct told *t)
{
	words_close(t->cli.words);
	arena_free(t->cli.arena);
	town_end(&t->town);
}

/* Whether the end of a command tells of it. */
static bool warns_of(struct told *t, const char *what)
{
	memset(t->words, 0, sizeof(t->words));
	cli_warn(&t->cli);
	return strstr(t->words, what) != NULL;
}

TEST(whoever_works_on_a_clock_that_jumped_is_told_so_by_each_command)
{
	struct told t;

	told_make(&t, 1);
	CHECK(!warns_of(&t, "clock"));
	town_watch_clock(&t.town);
	t.town.world.wall_ms -= 2 * DAY * 1000;
	CHECK(warns_of(&t, "clock.confirmed"));
	CHECK(warns_of(&t, "clock.confirmed"));
	t.cli.session = (struct session){ 0 };
	CHECK(!warns_of(&t, "clock"));
	told_end(&t);
}

TEST(a_command_that_erased_somebody_says_to_renew_the_list_and_no_other_does)
{
	char advice[TOWN_PATH_SIZE + 32];
	struct told t;

	told_make(&t, 2);
	snprintf(advice, sizeof(advice), "ikhtiar erasures %s FILE", t.town.dir);
	town_registers_family(&t.town);
	CHECK(!warns_of(&t, "ikhtiar erasures"));
	town_records(&t.town, ROLE_PROTECTION,
		     "{\"kind\": \"person.erased\", \"subject\": \"@lal\","
		     " \"reason\": \"person-asked\"}");
	CHECK(warns_of(&t, advice));
	t.cli.unlisted = 1; /* as the next command finds it */
	CHECK(!warns_of(&t, "ikhtiar erasures"));
	told_end(&t);
}

TEST(what_goes_to_the_journal_says_how_urgent_it_is_and_nothing_else_does)
{
	struct told t;

	told_make(&t, 3);
	town_watch_clock(&t.town);
	t.town.world.wall_ms -= 2 * DAY * 1000;
	CHECK(!warns_of(&t, "<"));
	fault(&t.cli.fault, ERR_IO, "out.unwritable");
	CHECK_INT(cli_fail(&t.cli), FAILED);
	CHECK(!strchr(t.words, '<'));

	t.caller.journal = true;
	CHECK(warns_of(&t, "<4>The clock"));
	cli_fail(&t.cli);
	CHECK(strstr(t.words, "\n<3>ikhtiar: "));
	cli_tell(&t.cli, "done");
	CHECK(strstr(t.words, "\n<6>done\n"));
	told_end(&t);
}

RUN_TESTS()
