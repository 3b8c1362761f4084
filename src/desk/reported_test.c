/* What others published is entered once, and shown with what contradicts it. */
#include <stdio.h>

#include "base/embed.h"
#include "desk/desk_testing.h"
#include "desk/reported.h"

#define HEAD                                                                                       \
	"source,publisher,as_of,period_start,period_end,area_name,area_pcode,group,measure,value," \
	"unit\n"
#define LAHORE                                                                                     \
	"u,Special Branch,2025-04-04,2025-04-04,2025-04-04,Lahore,PK617,all Afghans,stock,8282,"   \
	"persons\n"

struct told {
	size_t count;
	char last[300]; /* "3:area_pcode:place.area-unknown" */
};

static void keep_told(void *self, const struct figure_refusal *r)
{
	struct told *t = self;

	t->count++;
	snprintf(t->last, sizeof(t->last), "%llu:%s:%s", (unsigned long long)r->line,
		 r->column_name, r->why->key);
}

static struct desk_figures_taken taken_of(struct clerk *c, struct bytes list, bool keep_going,
					  struct told *told)
{
	struct desk_figures_list order = { .keep_going = keep_going,
					   .self = told,
					   .told = keep_told };
	struct desk_figures_taken taken;

	*told = (struct told){ 0 };
	CHECK(!csv_open_bytes(&order.csv, list, NULL, NULL));
	CHECK_INT(desk_take_figures(&c->desk, &order, &taken), OK);
	csv_close(order.csv);
	return taken;
}

/* "": it is entered. */
static const char *refusal_of(struct clerk *c, const char *row)
{
	struct desk_figures_taken taken;
	static struct told told;
	char csv[600];

	snprintf(csv, sizeof(csv), HEAD "%s", row);
	taken = taken_of(c, bytes_of(csv, strlen(csv)), false, &told);
	CHECK(taken.recorded + told.count == 1);
	return told.last;
}

static const json_t *figures_of(struct clerk *c, const char *area, const char *on)
{
	return clerk_gets(c, desk_figures(&c->desk, text_of(area), text_of(on), clerk_asks(c)),
			  SHAPE_FIGURES);
}

static size_t count_at(const json_t *j, const char *path)
{
	return json_array_size(json_at(j, path));
}

/* Whether a contradiction says this. */
static bool says(const json_t *j, const char *what)
{
	return json_mentions(json_at(j, "contradictions"), what);
}

TEST(the_shipped_figures_are_entered_once_however_often_they_come)
{
	struct desk_figures_taken taken;
	struct told told;
	struct clerk c;
	struct town t;

	town_make(&t, 1);
	clerk_begin(&c, &t, ROLE_STATISTICIAN, WORDS_EN);
	taken = taken_of(&c, embedded("figures/published_figures.csv"), false, &told);
	CHECK(taken.rows == 320 && taken.refused == 5 && taken.recorded == 0);
	taken = taken_of(&c, embedded("figures/published_figures.csv"), true, &told);
	CHECK(taken.refused == 5 && taken.recorded == 315 && taken.known == 0);
	taken = taken_of(&c, embedded("figures/published_figures.csv"), true, &told);
	CHECK(taken.refused == 5 && taken.recorded == 0 && taken.known == 315);
	CHECK_INT(count_at(figures_of(&c, "", ""), "figures"), 315);
	CHECK_INT(count_at(figures_of(&c, "", ""), "contradictions"), 8);
	clerk_end(&c);
	town_end(&t);
}

TEST(punjab_on_4_april_2025_is_shown_with_every_contradiction_and_to_anybody)
{
	const json_t *j;
	struct told told;
	struct clerk c;
	struct town t;

	town_make(&t, 1);
	clerk_begin(&c, &t, ROLE_STATISTICIAN, WORDS_EN);
	taken_of(&c, embedded("figures/published_figures.csv"), true, &told);
	reg_lock(t.reg);
	c.desk.session = (struct session){ 0 };
	j = figures_of(&c, "PK6", "2025-04-04");
	CHECK_TEXT(json_text_at(j, "area/key"), "PK6@cod-ab-2022");
	CHECK_TEXT(json_text_at(j, "figures/0/as_of"), "2025-04-04");
	CHECK_INT(count_at(j, "contradictions"), 2);
	CHECK(says(j, "99,857"));
	CHECK(says(j, "“undocumented”") && says(j, "“all Afghans”"));
	CHECK(says(j, "8,282 (all Afghans, Lahore)"));
	CHECK(says(j, "99,857 (undocumented), 35,235 (Afghan Citizen Card holders)"));
	/* and none of what came later */
	CHECK(!json_mentions(j, "2025-04-15"));
	j = figures_of(&c, "PK6", "");
	CHECK(json_mentions(j, "2025-04-15"));
	CHECK_INT(count_at(j, "contradictions"), 4);
	clerk_end(&c);
	town_end(&t);
}

TEST(a_contradiction_brings_the_figures_that_it_names_from_elsewhere)
{
	struct told told;
	struct clerk c;
	struct town t;

	town_make(&t, 1);
	clerk_begin(&c, &t, ROLE_STATISTICIAN, WORDS_EN);
	taken_of(&c, embedded("figures/published_figures.csv"), true, &told);
	/* Lahore: which of Punjab's numbers its own is a part of, is not said */
	CHECK(json_mentions(json_at(figures_of(&c, "PK617", "2025-04-04"), "figures"), "35,235"));
	clerk_end(&c);
	town_end(&t);
}

TEST(a_code_of_the_older_list_is_refused_where_the_row_names_the_other_area)
{
	struct clerk c;
	struct town t;

	town_make(&t, 1);
	clerk_begin(&c, &t, ROLE_STATISTICIAN, WORDS_EN);
	CHECK_TEXT(refusal_of(&c, "u,p,2025-04-04,,,Balochistan,PK7,PoR,stock,5,persons\n"),
		   "2:area_pcode:figures.area-of-other-list");
	CHECK_TEXT(refusal_of(&c, "u,p,2025-04-04,,,سندھ,PK7,PoR,stock,5,persons\n"), "");
	/* a name that neither list has says nothing against the code */
	CHECK_TEXT(refusal_of(&c, "u,p,2025-04-04,,,KP,PK5,PoR,stock,5,persons\n"), "");
	CHECK_TEXT(refusal_of(&c, "u,p,2025-04-04,,,Islamabad,PK5,PoR,stock,5,persons\n"),
		   "2:area_pcode:figures.area-of-other-list");
	CHECK_TEXT(refusal_of(&c, "u,p,2025-04-04,,,,PK7@cod-ab-2018,PoR,stock,5,persons\n"),
		   "2:area_pcode:place.area-older-other");
	CHECK_TEXT(refusal_of(&c, "u,p,2025-04-04,,,,PK99,PoR,stock,5,persons\n"),
		   "2:area_pcode:place.area-unknown");
	clerk_end(&c);
	town_end(&t);
}

TEST(who_is_no_statistician_enters_no_figure)
{
	struct desk_figures_list order = { .told = keep_told };
	struct desk_figures_taken taken;
	struct clerk c;
	struct town t;

	town_make(&t, 1);
	clerk_begin(&c, &t, ROLE_REGISTRATION, WORDS_EN);
	CHECK(!csv_open_bytes(&order.csv, bytes_of_text(TEXT(HEAD LAHORE)), NULL, NULL));
	CHECK_INT(desk_take_figures(&c.desk, &order, &taken), ERR_DENIED);
	csv_close(order.csv);
	CHECK_INT(count_at(figures_of(&c, "", ""), "figures"), 0);
	clerk_end(&c);
	town_end(&t);
}

TEST(a_value_that_was_recorded_by_hand_and_is_no_number_contradicts_nothing)
{
	static const char figure[] =
		"{\"kind\": \"figure.reported\", \"subject\": \"@%s\", \"source\": \"u\", "
		"\"publisher\": \"p\", \"as_of\": \"2025-04-04\", \"period_start\": "
		"\"2025-04-04\", "
		"\"period_end\": \"2025-04-04\", \"area\": \"%s\", \"group\": \"PoR\", "
		"\"measure\": \"stock\", \"value\": \"%s\", \"unit\": \"persons\"}";
	const json_t *j;
	struct clerk c;
	struct town t;

	town_make(&t, 1);
	clerk_begin(&c, &t, ROLE_STATISTICIAN, WORDS_EN);
	town_records_of(&t, ROLE_STATISTICIAN, figure, "whole", "PK6", "some thousands");
	town_records_of(&t, ROLE_STATISTICIAN, figure, "part", "PK617", "5123");
	j = figures_of(&c, "PK6", "");
	CHECK_INT(count_at(j, "figures"), 2);
	CHECK_INT(count_at(j, "contradictions"), 0);
	clerk_end(&c);
	town_end(&t);
}

TEST(figures_are_called_in_the_readers_language_where_we_know_their_words)
{
	const json_t *j;
	struct told told;
	struct clerk c;
	struct town t;

	town_make(&t, 1);
	clerk_begin(&c, &t, ROLE_STATISTICIAN, WORDS_UR);
	taken_of(&c, bytes_of_text(TEXT(HEAD LAHORE)), false, &told);
	taken_of(&c,
		 bytes_of_text(TEXT(HEAD "u,p,2025-04-05,,,Lahore,PK617,teachers,heads,1,heads\n")),
		 false, &told);
	j = figures_of(&c, "PK617", "");
	CHECK_TEXT(json_text_at(j, "figures/1/group_said"), "تمام افغان");
	CHECK_TEXT(json_text_at(j, "figures/1/where"), "لاہور");
	CHECK_TEXT(json_text_at(j, "figures/0/group_said"), "teachers");
	clerk_end(&c);
	town_end(&t);
}

RUN_TESTS()
