/* What would be so, before any of it is. */
#include "base/test.h"
#include "state/house_testing.h"

#define HER "zarmina"

/* The facts recorded from number `first` on are only proposed. */
static struct preview *preview_of(struct house *h, size_t first, struct arena *a)
{
	struct preview *p;

	CHECK_INT(preview_new(&p, a, h->state), OK);
	for (size_t i = first; i < h->count; i++)
		CHECK_INT(preview_take(p, &h->facts[i], NULL), OK);
	return p;
}

static struct arena *arena_for_test(void)
{
	struct arena *a;

	CHECK_INT(arena_new(&a, 1 << 24), OK);
	return a;
}

TEST(a_preview_of_nothing_is_the_state)
{
	struct house h = house_with(ADULT(HER), ANSWERED(RETURN, 25 * HOUR));
	struct id her = id_of_name(HER), home = id_of_name("home");
	struct arena *a = arena_for_test();
	struct household household;
	struct preview *p;
	struct person row;

	house_state(&h);
	p = preview_of(&h, h.count, a);
	CHECK(preview_person(p, &her, &row));
	CHECK_INT(row.status, STATUS_RETURN);
	CHECK(preview_household(p, &home, &household));
	CHECK_INT(preview_sort_of(p, &home), SUBJECT_HOUSEHOLD);
	CHECK_INT(preview_members(p, &home, NULL, 0), 1);
	arena_free(a);
	house_end(&h);
}

TEST(each_proposal_is_seen_by_those_after_it_and_the_state_stays_as_it_was)
{
	struct house h = house_with(ADULT(HER), ANSWERED(RETURN, 25 * HOUR));
	struct id her = id_of_name(HER), bus = id_of_name("bus"), seated_id[2];
	struct arena *a = arena_for_test();
	struct hash before, after;
	struct preview *p;
	struct movement m;
	struct person row;
	size_t first = h.count;

	CHECK_INT(state_digest(house_state(&h), &before), OK);
	at(&h, SITE_OFFICE, planned("bus"));
	at(&h, SITE_OFFICE, seated(HER, "bus"));
	at(&h, SITE_OFFICE, reconfirmed(HER));
	p = preview_of(&h, first, a);
	CHECK(preview_person(p, &her, &row));
	CHECK_INT(row.status, STATUS_SEATED);
	CHECK(row.reconfirmed);
	CHECK(preview_movement(p, &bus, &m));
	CHECK_INT(m.seats, 40);
	CHECK_INT(preview_seated(p, &bus, seated_id, 2), 1);
	CHECK(id_same(&seated_id[0], &her));
	CHECK_INT(state_digest(h.state, &after), OK);
	CHECK(memcmp(&before, &after, sizeof(after)) == 0);
	CHECK(!state_movement(h.state, &bus, &m));
	arena_free(a);
	house_end(&h);
}

TEST(a_preview_knows_who_would_come_and_who_would_go)
{
	struct house h = house_with(ADULT(HER), ADULT("gul"));
	struct id home = id_of_name("home"), other = id_of_name("brother's"), members[4];
	struct id gul = id_of_name("gul"), baby = id_of_name("baby");
	struct arena *a = arena_for_test();
	struct preview *p;
	size_t first = h.count;

	house_state(&h);
	at(&h, SITE_OFFICE, registered("baby", "home"));
	at(&h, SITE_OFFICE, moved(HER, "brother's", true));
	p = preview_of(&h, first, a);
	CHECK_INT(preview_members(p, &home, members, 4), 2);
	CHECK(id_same(&members[0], &gul));
	CHECK(id_same(&members[1], &baby));
	CHECK_INT(preview_members(p, &other, members, 4), 1);
	CHECK_INT(preview_members(p, &home, members, 1), 2);
	CHECK_INT(preview_sort_of(p, &baby), SUBJECT_PERSON);
	arena_free(a);
	house_end(&h);
}

TEST(a_seat_on_a_movement_that_would_be_cancelled_is_none)
{
	struct house h = house_with(ADULT(HER), ANSWERED(RETURN, 25 * HOUR));
	struct id bus = id_of_name("bus");
	struct arena *a = arena_for_test();
	size_t first;

	at(&h, SITE_OFFICE, planned("bus"));
	at(&h, SITE_OFFICE, seated(HER, "bus"));
	house_state(&h);
	first = h.count;
	at(&h, SITE_OFFICE, cancelled("bus"));
	CHECK_INT(state_seated(h.state, &bus, NULL, 0), 1);
	CHECK_INT(preview_seated(preview_of(&h, first, a), &bus, NULL, 0), 0);
	arena_free(a);
	house_end(&h);
}

RUN_TESTS()
