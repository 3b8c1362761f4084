/*
 * Whatever a view asks for, it answers as a whole or not at all.
 */
#include <stdlib.h>

#include "base/prop.h"
#include "desk/desk_testing.h"

#define TOWN_MEMORY ((size_t)64 << 20)

struct asked {
	struct desk *d;
	struct json_writer *w;
	struct id household, person, bus;
};

static enum err asks_find(struct asked *a)
{
	const struct desk_search q = { .words = TEXT("zarmina 1990") };

	return desk_find(a->d, &q, a->w);
}
static enum err asks_for_nobody(struct asked *a)
{
	const struct desk_search q = { .words = TEXT("gulalai 1990") };

	return desk_find(a->d, &q, a->w);
}
static enum err asks_household(struct asked *a)
{
	return desk_household(a->d, &a->household, a->w);
}
static enum err asks_person(struct asked *a)
{
	return desk_person(a->d, &a->person, a->w);
}
static enum err asks_history(struct asked *a)
{
	return desk_history(a->d, &a->person, a->w);
}
static enum err asks_ready(struct asked *a)
{
	return desk_ready(a->d, &a->person, TEXT("seat"), a->w);
}
static enum err asks_today(struct asked *a)
{
	return desk_today(a->d, 1, a->w);
}
static enum err asks_cases(struct asked *a)
{
	return desk_cases(a->d, a->w);
}
static enum err asks_movements(struct asked *a)
{
	return desk_movements(a->d, true, a->w);
}
static enum err asks_manifest(struct asked *a)
{
	return desk_manifest(a->d, &a->bus, a->w);
}
static enum err asks_scan(struct asked *a)
{
	return desk_scan(a->d, TEXT("00000-1234567-8"), &a->bus, a->w);
}
static enum err asks_node(struct asked *a)
{
	return desk_node(a->d, 1, a->w);
}
static enum err asks_kinds(struct asked *a)
{
	return desk_kinds(a->d, a->w);
}
static enum err asks_rules(struct asked *a)
{
	return desk_rules(a->d, a->w);
}
static enum err asks_areas(struct asked *a)
{
	return desk_areas(a->d, TEXT("kabul"), TEXT(""), a->w);
}
static enum err asks_places(struct asked *a)
{
	return desk_places(a->d, a->w);
}
static enum err asks_advisories(struct asked *a)
{
	return desk_advisories(a->d, a->w);
}
static enum err asks_sheet(struct asked *a)
{
	return desk_sheet(a->d, TEXT("AF06"), a->w);
}

static const struct {
	enum shape shape;
	enum err (*ask)(struct asked *a);
} views[] = {
	{ SHAPE_FINDINGS, asks_find },	       { SHAPE_FINDINGS, asks_for_nobody },
	{ SHAPE_HOUSEHOLD, asks_household },   { SHAPE_PERSON, asks_person },
	{ SHAPE_HISTORY, asks_history },       { SHAPE_READINESS, asks_ready },
	{ SHAPE_TODAY, asks_today },	       { SHAPE_CASES, asks_cases },
	{ SHAPE_MOVEMENTS, asks_movements },   { SHAPE_MANIFEST, asks_manifest },
	{ SHAPE_SCANNED, asks_scan },	       { SHAPE_NODE_STATE, asks_node },
	{ SHAPE_KINDS, asks_kinds },	       { SHAPE_RULES, asks_rules },
	{ SHAPE_AREAS, asks_areas },	       { SHAPE_PLACES, asks_places },
	{ SHAPE_ADVISORIES, asks_advisories }, { SHAPE_SHEET, asks_sheet },
};

/* Somebody who protects, in a town in which a little of everything happened. */
static struct town *town_of_everything(struct asked *a)
{
	struct town *t = calloc(1, sizeof(*t));

	CHECK(t != NULL);
	town_make(t, 1);
	town_registers_family(t);
	town_counsels(t, "@zarmina");
	town_chooses(t, "@zarmina", "return");
	town_records(
		t, ROLE_CASHIER,
		"{\"kind\": \"hold.placed\", \"subject\": \"@habib\", \"reason\": \"medical\"}");
	town_records(t, ROLE_PROTECTION,
		     "{\"kind\": \"advisory.set\", \"subject\": \"@closed\", \"sort\":"
		     " \"crossing-closed\", \"state\": \"in-force\", \"crossing\": \"XP-CHAMAN\","
		     " \"area\": \"AF06\", \"source\": \"the gate\"}");
	town_plans_bus(t, 20 * HOUR, 10);
	a->household = town_id(t, "@household");
	a->person = town_id(t, "@zarmina");
	a->bus = town_id(t, "@bus");
	return t;
}

/* The view in so much memory: the whole object and true, or nothing and false. */
static bool answers_in(struct clerk *c, struct asked *a, size_t view, size_t memory)
{
	enum err e;

	arena_free(c->desk.arena);
	CHECK_INT(arena_new(&c->desk.arena, memory), OK);
	a->d = &c->desk;
	a->w = clerk_asks(c);
	e = views[view].ask(a);
	if (e) {
		clerk_is_refused(c, e, ERR_MEMORY, c->desk.fault.key);
		return false;
	}
	clerk_gets(c, e, views[view].shape);
	return true;
}

/* What was answered last, but for the room on the disk, which others take and give. */
static char *answer(struct clerk *c)
{
	json_t *node = json_object_get(c->answer, "node");
	char *line;

	json_object_del(node ? node : c->answer, "disk_room_bytes");
	line = json_line(c->answer);
	CHECK(line != NULL);
	return line;
}

TEST(a_view_with_too_little_memory_writes_nothing_and_with_enough_the_whole)
{
	struct asked a;
	struct town *t = town_of_everything(&a);
	struct clerk c;

	clerk_begin(&c, t, ROLE_PROTECTION, WORDS_PS);
	for (size_t view = 0; view < COUNT_OF(views); view++) {
		size_t memory = 16;
		char *least, *all;

		while (!answers_in(&c, &a, view, memory)) {
			memory += memory / 8 + 16;
			CHECK(memory < TOWN_MEMORY);
		}
		least = answer(&c);
		CHECK(answers_in(&c, &a, view, TOWN_MEMORY));
		all = answer(&c);
		CHECK_TEXT(least, all);
		free(least);
		free(all);
	}
	clerk_end(&c);
	town_end(t);
	free(t);
}

/* --- anything may be typed or scanned --------------------------------------------------- */

static const char *const pieces[] = {
	"IKS1:", "IKH1:", "PSH-26-00001-", "/2",  "\n", "<",	"P<UTO", "I<UTO", "0000012", "۱۲۳",
	"گل",	 "😀",	  "zar",	   "Kab", " ",	"AF06", "|",	 "'"
};

/* Some of the pieces one after another, and letters of any script. */
static struct text anything(struct prop *p)
{
	struct text all = { 0 };

	for (int64_t i = prop_int(p, 0, 12); i > 0; i--) {
		struct text next = prop_bool(p) ? text_of(pieces[prop_pick(p, COUNT_OF(pieces))])
						: prop_text(p, 40);

		all = arena_print(p->arena, "%.*s%.*s", SHOWN(all), SHOWN(next));
	}
	return all;
}

static void whatever_is_asked_is_answered(struct prop *p)
{
	struct asked a;
	struct town *t = town_of_everything(&a);
	struct id household, person;
	struct clerk c;

	clerk_begin(&c, t, ROLE_PROTECTION, WORDS_FA_AF);
	for (int i = 0; i < 30; i++) {
		struct text what = anything(p);
		const struct desk_search search = { .words = what, .bits = true };

		clerk_gets(&c, desk_scan(&c.desk, what, &a.bus, clerk_asks(&c)), SHAPE_SCANNED);
		clerk_gets(&c, desk_find(&c.desk, &search, clerk_asks(&c)), SHAPE_FINDINGS);
		clerk_gets(&c, desk_areas(&c.desk, what, TEXT(""), clerk_asks(&c)), SHAPE_AREAS);
		CHECK(!desk_whose(&c.desk, what, &household, &person) || c.desk.fault.key);
	}
	clerk_end(&c);
	town_end(t);
	free(t);
}

TEST(whatever_is_typed_or_scanned_has_an_answer)
{
	prop_run(whatever_is_asked_is_answered, 20, 1);
}

TEST(what_is_no_text_is_nobodys_name)
{
	struct asked a;
	struct town *t = town_of_everything(&a);
	const struct desk_search search = { .words = TEXT("\xff\xfe") };
	struct id household, person;
	struct clerk c;

	clerk_begin(&c, t, ROLE_PROTECTION, WORDS_EN);
	clerk_is_refused(&c, desk_find(&c.desk, &search, clerk_asks(&c)), ERR_INPUT, "name.form");
	clerk_is_refused(&c, desk_scan(&c.desk, TEXT("\xff\xfe"), NULL, clerk_asks(&c)), ERR_INPUT,
			 "name.form");
	CHECK_FAULT(desk_whose(&c.desk, TEXT("\xff"), &household, &person), ERR_INPUT,
		    &c.desk.fault, "name.form");
	clerk_end(&c);
	town_end(t);
	free(t);
}

RUN_TESTS()
