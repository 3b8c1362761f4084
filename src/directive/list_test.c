#include "base/buffer.h"
#include "base/prop.h"
#include "base/test.h"
#include "directive/directive.h"

#define HEAD                                                                                       \
	"id,date,authority,authority_level,instrument,group,jurisdiction_pcode,effect,"            \
	"valid_from,valid_to,basis,source,under,supersedes\n"
/* A row that nothing is wrong with; `code`, first and last day, links. */
#define ROW(code, from, to, under, supersedes)                                                     \
	code ",2025-04-04,An office,federal,Order,ACC,PK5," from to "retrieved,a gazette," under   \
	     "," supersedes "\n"
#define GOOD(code) ROW(code, "order_leave,2025-04-04,", ",", "", "")

/* What was told of a list. */
struct told {
	struct arena *arena;
	size_t count, kept;
	uint64_t line;
	const char *column, *key;
	const struct directive_row *rows;
	size_t row_count;
};

static enum err area(void *self, struct text given, struct text *key, struct fault *f)
{
	struct told *t = self;

	if (!text_begins(given, TEXT("PK")) && !text_is(given, "PAK"))
		return fault(f, ERR_INPUT, "place.area-unknown", given);
	*key = arena_copy_text(t->arena, given);
	return OK;
}

static bool known(void *self, struct text code)
{
	(void)self;
	return text_is(code, "OLD");
}

static void rejected(void *self, const struct directive_reject *reject)
{
	struct told *t = self;

	t->count++;
	t->kept += reject->kept;
	t->line = reject->line;
	t->column = reject->column;
	t->key = reject->why->key;
}

static enum err read(struct told *t, struct bytes list, struct fault *f)
{
	const struct directive_reading how = { "list.csv", area, known, rejected, t };
	struct arena *a = t->arena;

	*t = (struct told){ .arena = a };
	return directive_list_read(&how, list, a, &t->rows, &t->row_count, f);
}

static struct told told_of(struct arena *a, const char *list)
{
	struct told t = { .arena = a };

	CHECK(!read(&t, bytes_of(list, strlen(list)), NULL));
	return t;
}

TEST(a_row_that_is_wrong_is_told_with_its_line_its_column_and_why)
{
	static const struct {
		const char *row, *column, *key;
	} cases[] = {
		{ ROW("A", "order_leave,2025-04-04,", "2025-04-03,", "", ""), "valid_to",
		  "directive.ends-before" },
		{ ROW("A", "order_leave,2025-02-30,", ",", "", ""), "valid_from",
		  "date.no-such-day" },
		{ ROW("A", "order_leave,4 April,", ",", "", ""), "valid_from", "date.not-a-date" },
		{ ROW("", "order_leave,,", ",", "", ""), "id", "directive.cell-empty" },
		{ ROW("A", ",,", ",", "", ""), "effect", "directive.cell-empty" },
		{ ROW("A", "order_leave,,", ",", "", "A"), "supersedes", "directive.circle" },
		{ ROW("A", "order_leave,,", ",", "A", ""), "under", "directive.under-itself" },
		{ ROW("OK", "order_leave,,", ",", "", ""), "id", "directive.twice" },
		{ "A,2025-04-04,An office,royal,Order,ACC,PK5,exempt,,,retrieved,,,\n",
		  "authority_level", "directive.no-such-level" },
		{ "A,2025-04-04,An office,court,Order,ACC,XX5,exempt,,,retrieved,,,\n",
		  "jurisdiction_pcode", "place.area-unknown" },
	};
	struct arena *a;

	CHECK(!arena_new(&a, (size_t)8 << 20));
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct text list = arena_print(a, HEAD GOOD("OK") "%s", cases[i].row);
		struct told t = told_of(a, list.at);

		CHECK_TEXT(t.key, cases[i].key);
		CHECK_TEXT(t.column, cases[i].column);
		CHECK_INT(t.line, 3);
		CHECK_INT(t.count, 1);
		CHECK_INT(t.kept, 0);
		CHECK_INT(t.row_count, 1);
	}
	arena_free(a);
}

TEST(a_circle_of_supersessions_is_refused_whole_and_nothing_else_with_it)
{
	struct arena *a;
	struct told t;

	CHECK(!arena_new(&a, (size_t)1 << 20));
	t = told_of(a,
		    HEAD ROW("A", "exempt,,", ",", "", "C") ROW("B", "exempt,,", ",", "", "A")
			    ROW("C", "exempt,,", ",", "", "B") ROW("D", "exempt,,", ",", "", "A"));
	CHECK_INT(t.count, 3);
	CHECK_TEXT(t.key, "directive.circle");
	CHECK_INT(t.row_count, 1);
	CHECK_TEXT(t.rows[0].directive.code, "D");
	arena_free(a);
}

TEST(what_names_an_instrument_that_may_still_come_is_kept_and_told)
{
	struct arena *a;
	struct told t;

	CHECK(!arena_new(&a, (size_t)1 << 20));
	t = told_of(a, HEAD ROW("A", "exempt,,", ",", "OLD", "B|LATER") GOOD("B"));
	CHECK_INT(t.count, 1);
	CHECK_INT(t.kept, 1);
	CHECK_INT(t.line, 2);
	CHECK_TEXT(t.key, "directive.not-known-yet");
	CHECK_INT(t.row_count, 2);
	CHECK_INT(t.rows[0].directive.supersedes_count, 2);
	arena_free(a);
}

TEST(days_are_read_in_persian_digits)
{
	struct arena *a;
	struct told t;

	CHECK(!arena_new(&a, (size_t)1 << 20));
	t = told_of(a, HEAD ROW("A", "exempt,۲۰۲۵-۰۴-۰۴,", "٢٠٢٥-٠٤-٠٥,", "", ""));
	CHECK_INT(t.count, 0);
	CHECK_INT(t.rows[0].directive.to - t.rows[0].directive.from, 1);
	arena_free(a);
}

TEST(a_list_without_a_column_that_it_needs_is_refused_whole)
{
	struct told t = { 0 };
	struct fault f;

	CHECK(!arena_new(&t.arena, (size_t)1 << 20));
	CHECK_FAULT(read(&t, bytes_of_text(TEXT("id,date\nA,2025-04-04\n")), &f), ERR_INPUT, &f,
		    "directive.column-missing");
	CHECK_TEXT(f.values[1], "authority");
	CHECK_FAULT(read(&t, bytes_of_text(TEXT("")), &f), ERR_INPUT, &f, "directive.empty-list");
	arena_free(t.arena);
}

/* A list that anybody sends, with and without a head that fits. */
static void a_list_of_anybody_is_rows_or_told(struct prop *p)
{
	struct told t = { .arena = p->arena };
	struct fault f = { 0 };
	struct buffer list = { 0 };

	if (prop_bool(p))
		buffer_text(&list, TEXT(HEAD));
	buffer_add(&list, prop_rest(p));
	if (read(&t, buffer_bytes(&list), &f))
		CHECK(f.key && !t.row_count);
	for (size_t i = 0; i < t.row_count; i++) {
		const struct directive *d = &t.rows[i].directive;

		CHECK(d->code.size && d->level && d->area_count && d->date != DIRECTIVE_NO_DAY);
		CHECK(d->to == DIRECTIVE_NO_DAY || d->from == DIRECTIVE_NO_DAY || d->to >= d->from);
	}
	buffer_free(&list);
}
PROP_FUZZ(4, a_list_of_anybody_is_rows_or_told)

TEST(lists_of_anybody_are_rows_or_told)
{
	prop_run(a_list_of_anybody_is_rows_or_told, 3000, 4);
}

RUN_TESTS()
