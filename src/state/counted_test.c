#include "base/test.h"
#include "state/house_testing.h"

struct seen {
	size_t count, crossings, incidents, visits, withdrawals;
	uint8_t sort;
	struct text place;
	int64_t waited_s; /* between an incident and the visit after it */
};

static bool see(void *self, const struct counted *c)
{
	struct seen *seen = self;

	seen->count++;
	seen->crossings += c->kind == KIND_CROSSING_RECORDED;
	seen->incidents += c->kind == KIND_INCIDENT_REPORTED;
	seen->visits += c->kind == KIND_INCIDENT_VISITED;
	seen->withdrawals += c->kind == KIND_CHOICE_WITHDRAWN;
	seen->sort = c->sort;
	seen->place = c->place;
	if (c->kind == KIND_INCIDENT_VISITED)
		seen->waited_s = c->recorded - c->about_recorded;
	return true;
}

static struct seen counted_of(const struct house *h)
{
	struct seen seen = { 0 };

	state_each_counted(h->state, 0, INT64_MAX, see, &seen);
	return seen;
}

TEST(each_crossing_counts_also_where_a_later_one_stands)
{
	struct house h = house_with(ADULT("zarmina"));

	at(&h, SITE_GATE, crossed("zarmina", RETURN_KIND_SPONTANEOUS));
	at(&h, SITE_GATE, turned_back("zarmina"));
	at(&h, SITE_GATE, crossed("zarmina", RETURN_KIND_DEPORTED));
	while (next_order(&h))
		CHECK_INT(counted_of(&h).crossings, 2);
}

TEST(a_crossing_says_its_kind_and_where_it_was)
{
	struct house h = house_with(ADULT("zarmina"));

	at(&h, SITE_GATE, crossed("zarmina", RETURN_KIND_ADVERSE));
	CHECK(next_order(&h));
	CHECK_INT(counted_of(&h).sort, RETURN_KIND_ADVERSE);
	CHECK_TEXT(counted_of(&h).place, "XP-TORKHAM");
	house_end(&h);
}

TEST(whoever_turned_back_at_the_line_is_no_return)
{
	struct house h = house_with(ADULT("zarmina"));

	at(&h, SITE_GATE, turned_back("zarmina"));
	while (next_order(&h))
		CHECK_INT(counted_of(&h).count, 0);
}

TEST(an_annulled_fact_counts_no_more_and_again_once_its_annulment_is_annulled)
{
	struct house h = house_with(ADULT("zarmina"));
	size_t wrong = at(&h, SITE_OFFICE, incident("zarmina", INCIDENT_ARREST));
	size_t annulment = at(&h, SITE_OFFICE, annulled("zarmina", wrong));

	CHECK(next_order(&h));
	CHECK_INT(counted_of(&h).incidents, 0);
	at(&h, SITE_OFFICE, annulled("zarmina", annulment));
	while (next_order(&h))
		CHECK_INT(counted_of(&h).incidents, 1);
}

TEST(a_withdrawal_counts_whatever_is_said_to_annul_it)
{
	struct house h = house_with(ADULT("zarmina"), ANSWERED(RETURN, 25 * HOUR));
	size_t withdrawal = at(&h, SITE_GATE, withdrawn("zarmina"));

	at(&h, SITE_GATE, annulled("zarmina", withdrawal));
	while (next_order(&h))
		CHECK_INT(counted_of(&h).withdrawals, 1);
}

TEST(nothing_about_the_erased_counts)
{
	struct house h = house_with(ADULT("zarmina"), ADULT("habib"));

	at(&h, SITE_GATE, crossed("zarmina", RETURN_KIND_SPONTANEOUS));
	at(&h, SITE_GATE, crossed("habib", RETURN_KIND_SPONTANEOUS));
	at(&h, SITE_OFFICE, erased("zarmina"));
	while (next_order(&h))
		CHECK_INT(counted_of(&h).crossings, 1);
}

TEST(how_long_she_waited_for_legal_aid_is_known_whichever_fact_came_first)
{
	struct house h = house_with(ADULT("zarmina"));
	size_t arrest = at(&h, SITE_OFFICE, incident("zarmina", INCIDENT_ARREST));

	wait_s(&h, 5 * HOUR);
	at(&h, SITE_OFFICE,
	   with_fact(event_of(KIND_INCIDENT_VISITED, "zarmina"), INCIDENT_VISITED_INCIDENT,
		     arrest));
	while (next_order(&h)) {
		CHECK_INT(counted_of(&h).visits, 1);
		CHECK_INT(counted_of(&h).waited_s / HOUR, 5);
	}
}

TEST(only_the_first_visit_after_an_arrest_counts)
{
	struct house h = house_with(ADULT("zarmina"));
	size_t arrest = at(&h, SITE_OFFICE, incident("zarmina", INCIDENT_ARREST));
	struct event visit = with_fact(event_of(KIND_INCIDENT_VISITED, "zarmina"),
				       INCIDENT_VISITED_INCIDENT, arrest);

	wait_s(&h, 5 * HOUR);
	at(&h, SITE_OFFICE, visit);
	wait_s(&h, 5 * HOUR);
	at(&h, SITE_OFFICE, visit);
	while (next_order(&h)) {
		CHECK_INT(counted_of(&h).visits, 1);
		CHECK_INT(counted_of(&h).waited_s / HOUR, 5);
	}
}

TEST(only_what_was_recorded_within_the_time_asked_for_is_shown)
{
	struct house h = house_with(ADULT("zarmina"));
	struct seen seen = { 0 };
	int64_t second;

	at(&h, SITE_GATE, crossed("zarmina", RETURN_KIND_SPONTANEOUS));
	wait_s(&h, DAY);
	at(&h, SITE_GATE, crossed("zarmina", RETURN_KIND_DEPORTED));
	second = h.facts[h.count - 1].recorded;
	CHECK(next_order(&h));
	state_each_counted(h.state, second, second + 1, see, &seen);
	CHECK_INT(seen.count, 1);
	CHECK_INT(seen.sort, RETURN_KIND_DEPORTED);
	seen = (struct seen){ 0 };
	state_each_counted(h.state, 0, second, see, &seen);
	CHECK_INT(seen.count, 1);
	CHECK_INT(seen.sort, RETURN_KIND_SPONTANEOUS);
	house_end(&h);
}

static bool see_release(void *self, const struct counted *c)
{
	struct seen *seen = self;

	if (c->kind != KIND_INCIDENT_CLOSED)
		return true;
	seen->count++;
	seen->sort = c->sort;
	seen->place = c->place;
	CHECK_INT(c->about_sort, INCIDENT_DETENTION);
	return true;
}

TEST(a_release_is_told_once_and_where_she_was_held)
{
	struct house h = house_with(ADULT("zarmina"));
	struct event held = with_text(incident("zarmina", INCIDENT_DETENTION),
				      INCIDENT_REPORTED_AREA, "PK203@cod-ab-2022");
	size_t detention = at(&h, SITE_OFFICE, held);

	at(&h, SITE_OFFICE, incident_closed("zarmina", detention));
	wait_s(&h, HOUR);
	at(&h, SITE_OFFICE, incident_closed("zarmina", detention));
	while (next_order(&h)) {
		struct seen seen = { 0 };

		state_each_counted(h.state, 0, INT64_MAX, see_release, &seen);
		CHECK_INT(seen.count, 1);
		CHECK_INT(seen.sort, INCIDENT_OUTCOME_RELEASED);
		CHECK_TEXT(seen.place, "PK203@cod-ab-2022");
	}
}

static bool see_annulled(void *self, const struct annulled *a)
{
	struct annulled *seen = self;

	CHECK(!seen->recorded);
	*seen = *a;
	return true;
}

TEST(what_was_taken_back_is_told_with_the_first_word_of_it)
{
	struct house h = house_with(ADULT("zarmina"));
	size_t wrong = at(&h, SITE_OFFICE, incident("zarmina", INCIDENT_ARREST));
	size_t first, second;

	wait_s(&h, HOUR);
	first = at(&h, SITE_OFFICE, annulled("zarmina", wrong));
	wait_s(&h, HOUR);
	second = at(&h, SITE_OFFICE, annulled("zarmina", wrong));
	while (next_order(&h)) {
		struct annulled seen = { 0 };

		state_each_annulled(h.state, 0, INT64_MAX, see_annulled, &seen);
		CHECK_INT(seen.fact.sort, INCIDENT_ARREST);
		CHECK(!fact_ref_compare(&seen.by, &h.facts[first].ref));
		seen.recorded = 0;
		state_each_annulled(h.state, h.facts[second].recorded, INT64_MAX, see_annulled,
				    &seen);
		CHECK_INT(seen.recorded, 0);
	}
}

RUN_TESTS()
