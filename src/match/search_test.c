#include "base/prop.h"
#include "match/match.h"

#include <math.h>
#include <stdio.h>

struct here {
	const struct channel *channel;
	struct match_index *index;
	struct match_search *search;
	struct match_found found[MATCH_FOUND_MAX];
	size_t count;
};

static struct here nobody(void)
{
	struct here h = { 0 };
	struct fault f = { 0 };

	CHECK_INT(match_channel_shipped(&h.channel, &f), OK);
	CHECK_INT(match_index_new(&h.index, h.channel, &f), OK);
	CHECK_INT(match_search_new(&h.search, h.index, &f), OK);
	return h;
}

static uint32_t add(struct here *h, const char *name)
{
	struct fault f = { 0 };
	uint32_t number;

	CHECK_INT(match_index_add(h->index, text_of(name), &number, &f), OK);
	return number;
}

static void settle(struct here *h)
{
	struct fault f = { 0 };

	CHECK_INT(match_index_settle(h->index, &f), OK);
}

static void leave(struct here *h)
{
	match_search_free(h->search);
	match_index_free(h->index);
}

/* Her place among those found, from 1; 0: not found. */
static size_t place_of(struct here *h, const char *name, uint32_t number)
{
	h->count = match_search_run(h->search, text_of(name), h->found, 10);
	for (size_t i = 0; i < h->count; i++)
		if (h->found[i].number == number)
			return i + 1;
	return 0;
}

static const char *const yard[] = {
	"زرمینه نقیب",
	"Ajmal Zarif",
	"Spozhmai Gul Zaman",
	"محمد احمد",
	"Mohammad Ahmad",
	"Mohammad Naqib",
	"فاطمه حسین",
	"Fatima Husain Jan",
	"ښایسته ګل",
	"عبدالرحمن کریم",
	"Najibullah Karim",
	"Gulzaman Akbar",
	"Hosseinaisha Rahim",
	"Rahmat Khan Safi",
	"نازنین",
	"Baktash",
};

static struct here the_yard(void)
{
	struct here h = nobody();

	for (size_t i = 0; i < COUNT_OF(yard); i++)
		add(&h, yard[i]);
	return h;
}

TEST(a_name_is_found_in_another_script)
{
	for (int settled = 0; settled < 2; settled++) {
		struct here h = the_yard();

		if (settled)
			settle(&h);
		CHECK_INT(place_of(&h, "Zarmeena Naqeeb", 0), 1);
		CHECK_INT(place_of(&h, "سپوږمۍ", 2), 1);
		CHECK_INT(place_of(&h, "Khaista Gul", 8), 1);
		CHECK_INT(place_of(&h, "Abd al-Rahman", 9), 1);
		CHECK_INT(place_of(&h, "نجیب الله", 10), 1);
		leave(&h);
	}
}

TEST(two_words_are_found_as_one_and_one_as_two)
{
	struct here h = the_yard();

	settle(&h);
	CHECK_INT(place_of(&h, "Gul Zaman Akbar", 11), 1);
	CHECK_INT(place_of(&h, "Rahmatkhan Safi", 13), 1);
	leave(&h);
}

TEST(a_word_that_is_two_is_found_in_another_spelling_and_script)
{
	struct here h = the_yard();
	uint32_t arabic = add(&h, "شریفه علی صافی"), latin = add(&h, "Sabr Inayatullah Parwin");

	settle(&h);
	CHECK_INT(place_of(&h, "Sharifaali", arabic), 1);
	CHECK_INT(place_of(&h, "Sabirinayatullah Parveen", latin), 1);
	leave(&h);
}

TEST(half_of_a_word_does_not_answer_for_the_other_half)
{
	struct match_reason reasons[MATCH_REASONS_MAX];
	struct here h = the_yard();
	uint32_t half = add(&h, "Rahmat Omid");
	size_t count, missing = 0;
	float bits;

	settle(&h);
	CHECK_INT(place_of(&h, "Rahmatkhan", 13), 1);
	count = match_search_explain(h.search, text_of("Rahmatkhan"), half, reasons, &bits);
	while (missing < count && reasons[missing].sort != MATCH_MISSING)
		missing++;
	CHECK(missing < count);
	CHECK_TEXT(reasons[missing].asked, "khan");
	CHECK(reasons[missing].bits < 0);
	leave(&h);
}

TEST(a_grandfather_who_is_not_asked_for_costs_less_than_another_father)
{
	struct here h = nobody();
	uint32_t other_father = add(&h, "Zarmina Baktash Naqib");
	uint32_t grandfather = add(&h, "Zarmina Naqib Baktash");

	settle(&h);
	CHECK_INT(place_of(&h, "Zarmina Naqib", grandfather), 1);
	CHECK_INT(place_of(&h, "Zarmina Naqib", other_father), 2);
	leave(&h);
}

TEST(a_long_name_that_somebody_has_letter_by_letter_hides_nobody_of_the_other_script)
{
	struct here h = nobody();
	uint32_t same = add(&h, "Khwajamuinuddin"),
		 other = add(&h, "خواجه‌معین‌الدین");

	settle(&h);
	CHECK_INT(place_of(&h, "Khwajamuinuddin", same), 1);
	CHECK_INT(place_of(&h, "Khwajamuinuddin", other), 2);
	leave(&h);
}

TEST(a_slip_of_the_pen_is_forgiven)
{
	struct here h = the_yard();

	CHECK(place_of(&h, "Nqaib Mohammad", 5));
	CHECK_INT(place_of(&h, "Najbullah Karim", 10), 1);
	leave(&h);
}

TEST(who_was_removed_is_not_found)
{
	struct here h = the_yard();

	settle(&h);
	CHECK_INT(place_of(&h, "Baktash", 15), 1);
	match_index_remove(h.index, 15);
	CHECK_INT(place_of(&h, "Baktash", 15), 0);
	settle(&h);
	CHECK_INT(place_of(&h, "Baktash", 15), 0);
	leave(&h);
}

TEST(who_comes_after_the_index_was_settled_is_found)
{
	struct here h = the_yard();
	uint32_t number;

	settle(&h);
	number = add(&h, "Shinkai Torpekai");
	CHECK_INT(place_of(&h, "شینکۍ تورپېکۍ", number), 1);
	leave(&h);
}

TEST(four_hundred_of_one_name_are_ten_answers)
{
	struct here h = nobody();

	for (int i = 0; i < 400; i++)
		add(&h, "Mohammad Ahmad");
	settle(&h);
	CHECK(place_of(&h, "محمد احمد", 0));
	CHECK_INT(h.count, 10);
	for (size_t i = 1; i < h.count; i++)
		CHECK(h.found[i].number > h.found[i - 1].number);
	leave(&h);
}

TEST(nothing_asked_is_nobody_found)
{
	static const char *const empty[] = { "", " ", "12", "😀", "unknown", "\xFF\xFE" };
	struct here h = the_yard();

	for (size_t i = 0; i < COUNT_OF(empty); i++)
		CHECK_INT(match_search_run(h.search, text_of(empty[i]), h.found, 10), 0);
	leave(&h);
}

static void check_adds_up(struct here *h, const char *name)
{
	struct match_reason reasons[MATCH_REASONS_MAX];

	h->count = match_search_run(h->search, text_of(name), h->found, 10);
	for (size_t i = 0; i < h->count; i++) {
		float bits, sum = 0;
		size_t count = match_search_explain(h->search, text_of(name), h->found[i].number,
						    reasons, &bits);

		CHECK(count >= 1);
		for (size_t k = 0; k < count; k++)
			sum += reasons[k].bits;
		CHECK(fabsf(sum - h->found[i].bits) < 0.001f && fabsf(sum - bits) < 0.001f);
	}
}

TEST(the_reasons_add_up_to_what_was_found)
{
	struct here h = the_yard();

	settle(&h);
	for (size_t i = 0; i < COUNT_OF(yard); i++)
		check_adds_up(&h, yard[i]);
	check_adds_up(&h, "Gul Zaman Akbar Khan");
	check_adds_up(&h, "Ahmad Mohammad");
	leave(&h);
}

TEST(somebody_who_was_expected_is_explained_too)
{
	struct match_reason reasons[MATCH_REASONS_MAX];
	struct here h = the_yard();
	size_t count;
	float bits;

	count = match_search_explain(h.search, text_of("Zarmina Karim"), 0, reasons, &bits);
	CHECK_INT(count, 3);
	CHECK_INT(reasons[0].sort, MATCH_SPELLED);
	CHECK_TEXT(reasons[0].asked, "zarmina");
	CHECK_TEXT(reasons[0].found, "زرمينه");
	CHECK_INT(reasons[1].sort, MATCH_MISSING);
	CHECK_INT(reasons[2].sort, MATCH_EXTRA);
	leave(&h);
}

/* How many of all people are worth more than the last one found. */
static size_t passed_over(struct here *h, const char *name)
{
	struct match_reason reasons[MATCH_REASONS_MAX];
	size_t count = 0;

	for (uint32_t number = 0; number < match_index_count(h->index); number++) {
		float bits;

		match_search_explain(h->search, text_of(name), number, reasons, &bits);
		count += bits > h->found[h->count - 1].bits + 0.001f;
	}
	return count;
}

TEST(whoever_is_put_aside_at_the_first_look_is_worth_no_more_than_who_is_found)
{
	static const char *const first[] = {
		"Zarmina", "Gul", "Fatima", "Ahmad", "زرمینه", "Naqib"
	};
	static const char *const second[] = { "Karim", "Khan", "Gul Zaman", "Hosain", "گل", "" };
	struct here h = nobody();
	char name[64];

	for (size_t i = 0; i < COUNT_OF(first); i++)
		for (size_t j = 0; j < COUNT_OF(second); j++)
			for (size_t k = 0; k < COUNT_OF(first); k++) {
				snprintf(name, sizeof(name), "%s %s %s", first[i], second[j],
					 first[k]);
				add(&h, name);
			}
	settle(&h);
	for (size_t i = 0; i < COUNT_OF(first); i++)
		for (size_t j = 0; j < COUNT_OF(second); j++) {
			snprintf(name, sizeof(name), "%s %s", first[i], second[j]);
			h.count = match_search_run(h.search, text_of(name), h.found, 3);
			CHECK_INT(h.count, 3);
			CHECK(passed_over(&h, name) < 3);
		}
	leave(&h);
}

/* What a search that was never asked anything says. */
static float explained_anew(struct here *h, const char *name, uint32_t number)
{
	struct match_reason reasons[MATCH_REASONS_MAX];
	struct match_search *fresh;
	float bits;

	CHECK_INT(match_search_new(&fresh, h->index, NULL), OK);
	match_search_explain(fresh, text_of(name), number, reasons, &bits);
	match_search_free(fresh);
	return bits;
}

static void check_as_anew(struct here *h, const char *name, uint32_t number)
{
	struct match_reason reasons[MATCH_REASONS_MAX];
	float bits, anew = explained_anew(h, name, number);

	for (int i = 0; i < 2; i++) {
		match_search_explain(h->search, text_of(name), number, reasons, &bits);
		CHECK(bits == anew);
	}
}

TEST(a_question_that_was_explained_before_is_read_again_once_somebody_came_or_went)
{
	struct here h = nobody();
	uint32_t her, other, words = 0;
	char name[32];

	her = add(&h, "Spozhmai Torpekai");
	other = add(&h, "Spozhmai");
	settle(&h);
	check_as_anew(&h, "Spozhmay", her);
	check_as_anew(&h, "Torpekai", her);
	check_as_anew(&h, "Spozhmay", other);
	match_index_remove(h.index, other);
	check_as_anew(&h, "Spozhmay", her);
	/* So many words that there has to be more room for them. */
	for (; words < 5000; words++) {
		snprintf(name, sizeof(name), "%c%c%c%c%c", "bdfgj"[words % 5], "aiu"[words / 5 % 3],
			 "klmnr"[words / 15 % 5], "aiu"[words / 75 % 3], "stzbd"[words / 225 % 5]);
		add(&h, name);
		if (words % 1000 == 0)
			check_as_anew(&h, "Spozhmay", her);
	}
	check_as_anew(&h, "Spozhmay", her);
	match_search_run(h.search, TEXT("Bakas"), h.found, 10);
	check_as_anew(&h, "Spozhmay", her);
	leave(&h);
}

TEST(one_more_name_that_agrees_is_never_worth_less)
{
	static const char *const longer[] = { "Fatima", "Fatima Husain", "Fatima Husain Jan" };
	struct here h = the_yard();
	struct match_reason reasons[MATCH_REASONS_MAX];
	float before = 0, bits;

	for (size_t i = 0; i < COUNT_OF(longer); i++) {
		match_search_explain(h.search, text_of(longer[i]), 7, reasons, &bits);
		CHECK(bits >= before);
		before = bits;
	}
	leave(&h);
}

static void any_question_has_an_answer_in_order(struct prop *p)
{
	struct here h = the_yard();
	struct bytes b = prop_rest(p);
	struct text name = { (const char *)b.at, b.size };

	h.count = match_search_run(h.search, name, h.found, 5);
	CHECK(h.count <= 5);
	for (size_t i = 0; i < h.count; i++) {
		CHECK(h.found[i].number < COUNT_OF(yard) && h.found[i].bits > 0);
		CHECK(i == 0 || h.found[i - 1].bits >= h.found[i].bits);
	}
	leave(&h);
}

TEST(any_bytes_are_a_question)
{
	prop_run(any_question_has_an_answer_in_order, 20, 1);
}

PROP_FUZZ(2, any_question_has_an_answer_in_order)

RUN_TESTS()
