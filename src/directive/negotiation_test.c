/* Who waits for whom, and what changed between two versions of a text. */
#include "base/buffer.h"
#include "base/prop.h"
#include "base/test.h"
#include "directive/directive.h"

#define KP TEXT("Government of Khyber Pakhtunkhwa")
#define CABINET TEXT("Federal Cabinet")
#define KABUL TEXT("Interim authorities in Kabul")
#define NOBODY ((struct text){ 0 })
#define MOVE(step_name, by, on_day)                                                                \
	{                                                                                          \
		.step = DIRECTIVE_STEP_##step_name, .party = by, .day = on_day                     \
	}

static const struct text both[] = { { "Federal Cabinet", 15 },
				    { "Interim authorities in Kabul", 28 } };

static struct negotiation after(struct arena *a, const struct negotiation_move *moves, size_t count)
{
	struct negotiation n;

	CHECK(!negotiation_read(&n, a, moves, count, both, COUNT_OF(both), 10, NULL));
	return n;
}

static struct arena *some_memory(void)
{
	struct arena *a;

	CHECK(!arena_new(&a, (size_t)16 << 20));
	return a;
}

TEST(terms_that_were_submitted_wait_for_each_party_since_that_day)
{
	struct arena *a = some_memory();
	struct negotiation n = after(a, NULL, 0);

	CHECK_INT(n.stage, NEGOTIATION_SUBMITTED);
	CHECK_INT(n.since, 10);
	CHECK_INT(n.party_count, 2);
	CHECK_INT(n.parties[1].stand, PARTY_WAITED_FOR);
	CHECK_INT(n.parties[1].since, 10);
	arena_free(a);
}

TEST(a_draft_is_approved_when_the_last_party_approves)
{
	const struct negotiation_move moves[] = { MOVE(DRAFTED, KP, 1), MOVE(SUBMITTED, KP, 4),
						  MOVE(APPROVED, CABINET, 6),
						  MOVE(APPROVED, KABUL, 9),
						  MOVE(IN_FORCE, NOBODY, 12) };
	struct arena *a = some_memory();

	CHECK_INT(after(a, moves, 1).stage, NEGOTIATION_DRAFT);
	CHECK_INT(after(a, moves, 3).stage, NEGOTIATION_SUBMITTED);
	CHECK_INT(after(a, moves, 3).parties[0].stand, PARTY_APPROVED);
	CHECK_INT(after(a, moves, 3).parties[1].since, 4);
	CHECK_INT(after(a, moves, 4).stage, NEGOTIATION_APPROVED);
	CHECK_INT(after(a, moves, 4).since, 9);
	CHECK_INT(after(a, moves, 5).stage, NEGOTIATION_IN_FORCE);
	arena_free(a);
}

TEST(a_new_version_asks_everybody_again_also_who_had_approved)
{
	const struct negotiation_move moves[] = { MOVE(SUBMITTED, KP, 4),
						  MOVE(APPROVED, CABINET, 6),
						  MOVE(REJECTED, KABUL, 9),
						  MOVE(SUBMITTED, KP, 20) };
	struct arena *a = some_memory();

	CHECK_INT(after(a, moves, 3).stage, NEGOTIATION_REJECTED);
	CHECK_INT(after(a, moves, 4).stage, NEGOTIATION_SUBMITTED);
	CHECK_INT(after(a, moves, 4).parties[0].stand, PARTY_WAITED_FOR);
	CHECK_INT(after(a, moves, 4).parties[0].since, 20);
	arena_free(a);
}

TEST(who_speaks_without_having_been_asked_is_a_party_too)
{
	const struct negotiation_move moves[] = { MOVE(SUBMITTED, KP, 4),
						  MOVE(COMMENTED, TEXT("UNHCR"), 5) };
	struct arena *a = some_memory();
	struct negotiation n = after(a, moves, 2);

	CHECK_INT(n.party_count, 3);
	CHECK_TEXT(n.parties[2].name, "UNHCR");
	CHECK_INT(n.parties[2].stand, PARTY_COMMENTED);
	arena_free(a);
}

/* --- two versions ------------------------------------------------------------------------ */

TEST(one_word_that_changed_is_shown_and_the_rest_is_the_same)
{
	struct arena *a = some_memory();
	const struct text_change *changes;
	size_t count;

	CHECK(!text_compare(TEXT("Return is voluntary and by choice."),
			    TEXT("Return is always voluntary and by informed choice."), a, &changes,
			    &count, NULL));
	CHECK_INT(count, 5);
	CHECK_INT(changes[1].sort, CHANGE_NEW);
	CHECK_TEXT(changes[1].text, "always ");
	CHECK_TEXT(changes[2].text, "voluntary and by ");
	CHECK_TEXT(changes[3].text, "informed ");
	arena_free(a);
}

static void add_runs(struct buffer *b, const struct text_change *c, size_t count,
		     enum change_sort but)
{
	for (size_t i = 0; i < count; i++)
		if (c[i].sort != but)
			buffer_text(b, c[i].text);
}

static bool runs_make(const struct text_change *c, size_t count, enum change_sort but,
		      struct text whole)
{
	struct buffer b = { 0 };
	bool same;

	add_runs(&b, c, count, but);
	same = text_same(buffer_as_text(&b), whole);
	buffer_free(&b);
	return same;
}

static struct text any_text(struct prop *p)
{
	static const char *const words[] = { "a", "b ", "c\n", " ", "\n", "return ", "choice" };
	struct buffer b = { 0 };
	struct text t;

	for (size_t n = prop_uint(p, 0, 30); n > 0; n--)
		buffer_text(&b, text_of(words[prop_pick(p, COUNT_OF(words))]));
	t = arena_copy_text(p->arena, buffer_as_text(&b));
	buffer_free(&b);
	return t;
}

static void both_versions_can_be_read_from_what_changed(struct prop *p)
{
	struct text before = any_text(p), after_it = any_text(p);
	const struct text_change *changes;
	size_t count;

	CHECK(!text_compare(before, after_it, p->arena, &changes, &count, NULL));
	CHECK(runs_make(changes, count, CHANGE_NEW, before));
	CHECK(runs_make(changes, count, CHANGE_GONE, after_it));
	for (size_t i = 1; i < count; i++)
		CHECK(changes[i].text.size > 0);
}
PROP_FUZZ(5, both_versions_can_be_read_from_what_changed)

TEST(nothing_is_lost_between_two_versions)
{
	prop_run(both_versions_can_be_read_from_what_changed, 5000, 5);
}

TEST(texts_that_share_nothing_are_compared_line_by_line_or_refused)
{
	struct arena *a = some_memory();
	struct buffer one = { 0 }, lines = { 0 };
	const struct text_change *changes;
	struct fault f;
	size_t count;

	for (int i = 0; i < 4000; i++) {
		buffer_print(&one, "w%d ", i);
		buffer_print(&lines, "l%d\n", i);
	}
	CHECK(!text_compare(buffer_as_text(&one), TEXT("another text"), a, &changes, &count, NULL));
	CHECK_INT(count, 2);
	CHECK_FAULT(
		text_compare(buffer_as_text(&lines), buffer_as_text(&one), a, &changes, &count, &f),
		ERR_LIMIT, &f, "directive.texts-differ");
	buffer_free(&one);
	buffer_free(&lines);
	arena_free(a);
}

RUN_TESTS()
