/* The shipped directives, asked as a lawyer asks; and what holds of any book. */
#include "base/prop.h"
#include "base/test.h"
#include "base/world.h"
#include "directive/directive.h"

#define MEMORY ((size_t)16 << 20)

/* --- the real data ------------------------------------------------------------------------ */

/* P-codes are prefixes of each other, below a country of three letters. */
static bool pcode_contains(const void *self, struct text whole, struct text part)
{
	(void)self;
	return text_begins(part, whole) || (text_is(whole, "PAK") && text_begins(part, TEXT("PK")));
}

static const struct directive_map map = { NULL, pcode_contains };

static enum err any_area(void *self, struct text given, struct text *key, struct fault *f)
{
	(void)f;
	*key = arena_copy_text(self, given);
	return OK;
}

static bool nothing_else(void *self, struct text code)
{
	(void)self, (void)code;
	return false;
}

static void none_is_rejected(void *self, const struct directive_reject *reject)
{
	(void)self;
	check_failed(__FILE__, __LINE__, "line %d, %s: %s", (int)reject->line, reject->column,
		     reject->why->key);
}

struct shelf {
	struct arena *arena;
	const struct directive_row *rows;
	size_t count;
	struct directive *all;
	struct directive_book *book;
	const struct directive_found *found;
	size_t found_count;
};

static void shelf_bind(struct shelf *s)
{
	CHECK(!directive_book_new(&s->book, s->arena, s->all, s->count, &map, NULL));
}

static void shelf_open(struct shelf *s)
{
	struct directive_reading how = { .name = "directives.csv",
					 .area = any_area,
					 .known = nothing_else,
					 .rejected = none_is_rejected };
	struct bytes file;

	*s = (struct shelf){ 0 };
	CHECK(!arena_new(&s->arena, MEMORY));
	CHECK(!file_load(&file, s->arena, world_real(), "data/directives/directives.csv",
			 (size_t)1 << 20, NULL));
	how.self = s->arena;
	CHECK(!directive_list_read(&how, file, s->arena, &s->rows, &s->count, NULL));
	s->all = arena_take_array(s->arena, s->count, sizeof(*s->all));
	for (size_t i = 0; i < s->count; i++)
		s->all[i] = s->rows[i].directive;
	shelf_bind(s);
}

static void shelf_close(struct shelf *s)
{
	arena_free(s->arena);
}

static int32_t day(const char *text)
{
	int32_t out;

	if (!text)
		return DIRECTIVE_NO_DAY;
	CHECK(!date_read_iso(&out, text_of(text), "day", NULL));
	return out;
}

static void ask(struct shelf *s, const char *group, const char *area, const char *on,
		const char *known_on)
{
	const struct directive_question q = { directive_group_of(text_of(group)), text_of(area),
					      day(on), day(known_on) };

	CHECK(q.group);
	CHECK(!directive_applies(s->book, &q, s->arena, &s->found, &s->found_count, NULL));
}

static const struct directive_found *found(const struct shelf *s, const char *code)
{
	for (size_t i = 0; i < s->found_count; i++)
		if (text_is(s->found[i].directive->code, code))
			return &s->found[i];
	return NULL;
}

static bool among(const struct text *list, size_t count, const char *code)
{
	for (size_t i = 0; i < count; i++)
		if (text_is(list[i], code))
			return true;
	return false;
}

static bool conflict(const struct shelf *s, const char *a, const char *b)
{
	const struct directive_found *one = found(s, a), *other = found(s, b);

	return one && other && among(one->conflicts_with, one->conflict_count, b) &&
	       among(other->conflicts_with, other->conflict_count, a);
}

static struct directive *of_code(struct shelf *s, const char *code)
{
	for (size_t i = 0; i < s->count; i++)
		if (text_is(s->all[i].code, code))
			return &s->all[i];
	check_failed(__FILE__, __LINE__, "no %s", code);
}

TEST(all_sixty_instruments_are_read_and_every_word_of_theirs_is_understood)
{
	struct shelf s;

	shelf_open(&s);
	CHECK_INT(s.count, 60);
	for (size_t i = 0; i < s.count; i++) {
		struct directive_flaws flaws;

		CHECK(!directive_flawed(s.book, i, &flaws));
		CHECK(directive_effect_of(s.all[i].effect) != DIRECTIVE_EFFECT_UNCLEAR);
		CHECK(!directive_cover_of(s.all[i].groups).unclear);
	}
	shelf_close(&s);
}

TEST(in_peshawar_the_federal_order_stands_beside_the_provinces_word_that_contradicts_it)
{
	struct shelf s;

	shelf_open(&s);
	ask(&s, "ACC", "PK528", "2025-04-04", NULL);
	CHECK(conflict(&s, "DIR-039", "DIR-056"));
	CHECK(found(&s, "DIR-012") && found(&s, "DIR-057"));
	/* The days of grace were over, the order for the capital is not for here, and the
	 * Afghans without papers are other people. */
	CHECK(!found(&s, "DIR-040") && !found(&s, "DIR-035") && !found(&s, "DIR-059"));
	CHECK_INT(s.found[0].directive->level, DIRECTIVE_FEDERAL);
	CHECK(!found(&s, "DIR-057")->conflict_count);
	shelf_close(&s);
}

TEST(a_courts_stay_stands_beside_the_order_that_it_does_not_name)
{
	struct shelf s;

	shelf_open(&s);
	ask(&s, "PoR", "PK528", "2025-05-01", NULL);
	CHECK(conflict(&s, "DIR-041", "DIR-042"));
	CHECK(conflict(&s, "DIR-034", "DIR-042"));
	ask(&s, "PoR", "PK6", "2025-05-01", NULL);
	CHECK(!found(&s, "DIR-041"));
	shelf_close(&s);
}

TEST(cards_that_were_extended_backwards_were_valid_only_as_was_known_later)
{
	struct shelf s;

	shelf_open(&s);
	ask(&s, "PoR", "PK528", "2023-08-01", NULL);
	CHECK(found(&s, "DIR-029") != NULL);
	ask(&s, "PoR", "PK528", "2023-08-01", "2023-08-01");
	CHECK(!found(&s, "DIR-029") && !found(&s, "DIR-020"));
	ask(&s, "PoR", "PK528", "2023-08-01", "2023-11-08");
	CHECK(found(&s, "DIR-029") != NULL);
	ask(&s, "PoR", "PK528", "2023-06-30", "2023-06-30");
	CHECK(found(&s, "DIR-020") != NULL);
	shelf_close(&s);
}

TEST(what_names_only_some_of_a_group_is_told_to_be_so)
{
	struct shelf s;

	shelf_open(&s);
	ask(&s, "PoR", "PK4", "2025-09-05", NULL);
	CHECK(found(&s, "DIR-048")->some && !found(&s, "DIR-044")->some);
	CHECK(conflict(&s, "DIR-048", "DIR-044"));
	shelf_close(&s);
}

TEST(an_end_that_came_with_a_later_order_was_not_known_before_it)
{
	struct shelf s;

	shelf_open(&s);
	ask(&s, "PoR", "PK6", "2025-06-01", "2025-06-01");
	CHECK_INT(found(&s, "DIR-024")->to, DIRECTIVE_NO_DAY);
	CHECK_INT(found(&s, "DIR-024")->superseded_count, 0);
	ask(&s, "PoR", "PK6", "2025-06-01", NULL);
	CHECK_INT(found(&s, "DIR-024")->to, day("2025-07-31"));
	CHECK(among(found(&s, "DIR-024")->superseded_by, 1, "DIR-044"));
	/* On its last day it is printed as in force, and is replaced already. */
	ask(&s, "PoR", "PK6", "2025-07-31", NULL);
	CHECK(!found(&s, "DIR-024") && !found(&s, "DIR-043") && found(&s, "DIR-044"));
	shelf_close(&s);
}

TEST(the_line_of_a_direction_leads_from_the_police_station_to_the_ministry)
{
	struct shelf s;

	shelf_open(&s);
	ask(&s, "undocumented", "PK702", "2025-04-04", NULL);
	CHECK_INT(found(&s, "DIR-060")->under_count, 2);
	CHECK_TEXT(found(&s, "DIR-060")->under[0], "DIR-059");
	CHECK_TEXT(found(&s, "DIR-060")->under[1], "DIR-022");
	shelf_close(&s);
}

TEST(what_a_court_holds_back_still_stands_there_and_says_so)
{
	struct shelf s;
	const struct directive_pause pause = { TEXT("DIR-041"), day("2025-04-07"),
					       day("2025-06-30"), DIRECTIVE_NO_DAY };

	shelf_open(&s);
	of_code(&s, "DIR-042")->pauses = &pause;
	of_code(&s, "DIR-042")->pause_count = 1;
	shelf_bind(&s);
	ask(&s, "PoR", "PK528", "2025-05-01", NULL);
	CHECK(found(&s, "DIR-042")->paused);
	CHECK_TEXT(found(&s, "DIR-042")->paused_by, "DIR-041");
	CHECK(!found(&s, "DIR-034")->paused);
	shelf_close(&s);
}

/* --- any book --------------------------------------------------------------------------------- */

#define MADE_MAX 12

static struct text pick_of(struct prop *p, const char *const *words, size_t count)
{
	return text_of(words[prop_pick(p, count)]);
}
#define PICK_OF(p, ...)                                                                            \
	pick_of(p, (const char *const[]){ __VA_ARGS__ },                                           \
		COUNT_OF(((const char *const[]){ __VA_ARGS__ })))

static int32_t any_day(struct prop *p)
{
	return prop_bool(p) ? (int32_t)prop_uint(p, 0, 9) : DIRECTIVE_NO_DAY;
}

static struct text any_code(struct prop *p)
{
	return PICK_OF(p, "", "D-0", "D-1", "D-2", "D-3", "D-4", "D-5");
}

static struct directive any_directive(struct prop *p, struct text *links, struct text *area)
{
	struct directive d = {
		.code = any_code(p),
		.level = (enum directive_level)prop_uint(p, 1, DIRECTIVE_LEVELS - 1),
		.groups = PICK_OF(p, "PoR", "ACC", "PoR+ACC", "all Afghans", "named petitioners",
				  "not applicable", "students"),
		.effect = PICK_OF(p, "order_leave", "extend_stay", "pending", "relocate",
				  "a word of tomorrow"),
		.areas = area,
		.area_count = 1,
		.date = (int32_t)prop_uint(p, 0, 9),
		.from = any_day(p),
		.to = any_day(p),
		.known = any_day(p),
		.end_known = any_day(p),
		.under = any_code(p),
		.supersedes = links,
		.supersedes_count = prop_uint(p, 0, 2),
	};

	*area = PICK_OF(p, "PAK", "PK5", "PK528", "PK6");
	links[0] = any_code(p);
	links[1] = any_code(p);
	return d;
}

static struct directive_book *any_book(struct prop *p, struct directive *all, size_t count)
{
	static const struct directive_map pcodes = { NULL, pcode_contains };
	struct text *links = arena_take_array(p->arena, 3 * MADE_MAX, sizeof(*links));
	struct directive_book *book;

	for (size_t i = 0; i < count; i++)
		all[i] = any_directive(p, &links[3 * i], &links[3 * i + 2]);
	CHECK(!directive_book_new(&book, p->arena, all, count, &pcodes, NULL));
	return book;
}

static struct directive_question any_question(struct prop *p)
{
	return (struct directive_question){
		.group = (enum directive_group)prop_uint(p, 1, DIRECTIVE_GROUPS - 1),
		.area = PICK_OF(p, "PAK", "PK5", "PK528", "PK601"),
		.on = (int32_t)prop_uint(p, 0, 9),
		.known_on = any_day(p),
	};
}

static void every_answer_is_in_order_and_its_conflicts_are_mutual(struct prop *p)
{
	struct directive all[MADE_MAX];
	struct shelf s = { .arena = p->arena };
	struct directive_question q;

	s.count = prop_uint(p, 0, MADE_MAX);
	s.book = any_book(p, all, s.count);
	q = any_question(p);
	CHECK(!directive_applies(s.book, &q, p->arena, &s.found, &s.found_count, NULL));
	for (size_t i = 0; i < s.found_count; i++) {
		const struct directive_found *f = &s.found[i];

		CHECK(!i || s.found[i - 1].directive->level <= f->directive->level);
		CHECK(f->from <= q.on && (f->to == DIRECTIVE_NO_DAY || q.on <= f->to));
		CHECK(f->under_count <= s.count);
		for (size_t k = 0; k < f->conflict_count; k++) {
			const char *other = f->conflicts_with[k].at;
			const struct directive_found *its = found(&s, other);

			CHECK(its && among(its->conflicts_with, its->conflict_count,
					   f->directive->code.at));
		}
	}
}
PROP_FUZZ(1, every_answer_is_in_order_and_its_conflicts_are_mutual)

TEST(answers_of_any_book_hold_together)
{
	prop_run(every_answer_is_in_order_and_its_conflicts_are_mutual, 5000, 1);
}

/* The same book without what takes an instrument away again. */
static struct directive_book *lasting_book(struct prop *p, struct directive *all, size_t count)
{
	struct directive_book *book = any_book(p, all, count);

	for (size_t i = 0; i < count; i++) {
		all[i].supersedes_count = 0;
		all[i].end_known = DIRECTIVE_NO_DAY;
	}
	CHECK(!directive_book_new(&book, p->arena, all, count, &map, NULL));
	return book;
}

static void answer(struct shelf *s, const struct directive_question *q)
{
	CHECK(!directive_applies(s->book, q, s->arena, &s->found, &s->found_count, NULL));
}

static bool all_of_it_is_in(const struct shelf *less, const struct shelf *more)
{
	for (size_t i = 0; i < less->found_count; i++)
		if (!found(more, less->found[i].directive->code.at))
			return false;
	return true;
}

static void what_applies_in_a_province_applies_in_its_districts(struct prop *p)
{
	struct directive all[MADE_MAX];
	struct shelf wide = { .arena = p->arena }, narrow;
	struct directive_question q;

	wide.book = lasting_book(p, all, prop_uint(p, 0, MADE_MAX));
	narrow = wide;
	q = any_question(p);
	q.area = TEXT("PK5");
	answer(&wide, &q);
	q.area = TEXT("PK528");
	answer(&narrow, &q);
	CHECK(all_of_it_is_in(&wide, &narrow));
}
PROP_FUZZ(2, what_applies_in_a_province_applies_in_its_districts)

TEST(areas_inherit)
{
	prop_run(what_applies_in_a_province_applies_in_its_districts, 5000, 2);
}

static void whoever_looks_later_knows_all_that_was_known_before(struct prop *p)
{
	struct directive all[MADE_MAX];
	struct shelf early = { .arena = p->arena }, late;
	struct directive_question q;

	early.book = lasting_book(p, all, prop_uint(p, 0, MADE_MAX));
	late = early;
	q = any_question(p);
	q.known_on = (int32_t)prop_uint(p, 0, 9);
	answer(&early, &q);
	q.known_on = prop_bool(p) ? q.known_on + 1 : DIRECTIVE_NO_DAY;
	answer(&late, &q);
	CHECK(all_of_it_is_in(&early, &late));
}
PROP_FUZZ(3, whoever_looks_later_knows_all_that_was_known_before)

TEST(what_is_known_stays_known)
{
	prop_run(whoever_looks_later_knows_all_that_was_known_before, 5000, 3);
}

RUN_TESTS()
