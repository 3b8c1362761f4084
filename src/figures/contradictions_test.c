/* What contradicts what among published figures is found, and nothing else. */
#include <stdio.h>

#include "base/test.h"
#include "figures/reported_testing.h"

#define SAID_MAX 64
#define SAID_SIZE 400

/* Contradictions as lines: "sum 246013: 241888 + 3426 + 698 = 246012". */
struct said {
	char lines[SAID_MAX][SAID_SIZE];
	size_t count;
};

static void add_values(char *line, const char *between, const struct figure *const *parts,
		       size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t at = strlen(line);

		snprintf(line + at, SAID_SIZE - at, "%s%.*s", i ? between : " ",
			 SHOWN(parts[i]->value));
	}
}

static void add_sum(char *line, int64_t sum)
{
	size_t at = strlen(line);

	snprintf(line + at, SAID_SIZE - at, sum % FIGURE_ONE ? " = %lld.%02lld" : " = %lld",
		 (long long)(sum / FIGURE_ONE), (long long)(sum % FIGURE_ONE));
}

static void say_one(char *line, const struct contradiction *c)
{
	const char *between =
		c->sort == CONTRADICTION_SUM || c->sort == CONTRADICTION_DIVISIONS ? " + " : ", ";

	snprintf(line, SAID_SIZE, "%s", contradiction_word(c->sort));
	if (c->whole && c->sort != CONTRADICTION_DIVISIONS)
		add_values(line, "", &c->whole, 1);
	snprintf(line + strlen(line), SAID_SIZE - strlen(line), ":");
	add_values(line, between, c->parts, c->first_count);
	if (c->sort == CONTRADICTION_SUM || c->sort == CONTRADICTION_DIVISIONS)
		add_sum(line, c->sum);
	if (c->sort == CONTRADICTION_DIVISIONS) {
		snprintf(line + strlen(line), SAID_SIZE - strlen(line), ";");
		add_values(line, between, c->parts + c->first_count,
			   c->part_count - c->first_count);
		add_sum(line, c->other);
	}
}

static struct said contradictions_of(struct text csv)
{
	struct read_list l = list_read(csv);
	const struct contradiction *found;
	struct said said = { 0 };
	size_t count;

	CHECK_INT(l.err, OK);
	CHECK(!figures_contradictions(&found, &count, l.figures, l.count, l.arena, NULL));
	CHECK(count <= SAID_MAX);
	for (size_t i = 0; i < count; i++)
		say_one(said.lines[said.count++], &found[i]);
	list_free(&l);
	return said;
}

/* --- the shipped figures: the hand-made list ----------------------------------------------- */

static void check_lines(const struct said *said, const char *const *wanted, size_t count)
{
	for (size_t i = 0; i < count; i++)
		CHECK_TEXT(i < said->count ? said->lines[i] : "(nothing)", wanted[i]);
	CHECK_TEXT(said->count > count ? said->lines[count] : "(nothing)", "(nothing)");
}

TEST(the_eight_contradictions_of_the_shipped_figures_are_found_and_no_other)
{
	static const char *const wanted[] = {
		/* Torkham, 19 Nov 2023: men, women and children, and the total */
		"sum 223503: 63157 + 49397 + 110948 = 223502",
		/* Khyber Pakhtunkhwa, 27 Nov and 12 Dec 2023: its three crossings, which in the
		 * two reports before made up the total exactly */
		"sum 246013: 241888 + 3426 + 698 = 246012",
		"sum 261723: 257402 + 3622 + 698 = 261722",
		/* a Peshawar official, 3 Apr 2025 */
		"sum 473397: 157513 + 111381 + 197821 = 466715",
		/* Punjab Police, 30 Oct 2025: by sex and age; by status it adds up */
		"sum 21948: 7671 + 4765 + 9521 = 21957",
		/* the same, 6 Dec 2025: no total, and its two divisions differ */
		"divisions: 9931 + 11064 + 10016 = 31011; 11362 + 6426 + 19366 = 37154",
		/* Punjab, 4 Apr 2025: all Afghans in one report, undocumented in another */
		"base 99857: 99857",
		/* Lahore, of which of the two it does not say */
		"unsaid 8282: 99857, 35235",
	};
	struct arena *a;
	struct said said;

	CHECK(!arena_new(&a, (size_t)4 << 20));
	said = contradictions_of(shipped_file(a, "data/figures/published_figures.csv"));
	check_lines(&said, wanted, COUNT_OF(wanted));
	arena_free(a);
}

TEST(unhcrs_yearly_series_contradicts_itself_nowhere)
{
	struct arena *a;
	struct said said;

	CHECK(!arena_new(&a, (size_t)4 << 20));
	said = contradictions_of(shipped_file(a, "data/figures/unhcr_yearly.csv"));
	check_lines(&said, NULL, 0);
	arena_free(a);
}

/* --- each sort, and what comes near it ------------------------------------------------------- */

/*
 * A row: source, as of, from, to, area, group, measure, value, unit.  Of the source's name
 * the first word is the body that reports: "police 2" is another text of "police".
 */
#define ROW(source, as_of, from, to, area, group, measure, value, unit)                            \
	source "," as_of "," from "," to "," area "," group "," measure "," value "," unit "\n"

static const char *said_of(const char *rows)
{
	static char kept[SAID_SIZE * 2];
	static char csv[8000];
	struct said said;
	size_t size;

	size = (size_t)snprintf(csv, sizeof(csv),
				"source,as_of,period_start,period_end,area_pcode,group,measure,"
				"value,unit,publisher,report\n");
	while (*rows) {
		const char *end = strchr(rows, '\n');
		size_t body = strcspn(rows, " ,");

		size += (size_t)snprintf(csv + size, sizeof(csv) - size, "%.*s,press,%.*s\n",
					 (int)(end - rows), rows, (int)body, rows);
		rows = end + 1;
	}
	said = contradictions_of((struct text){ csv, size });
	kept[0] = '\0';
	for (size_t i = 0; i < said.count; i++)
		snprintf(kept + strlen(kept), sizeof(kept) - strlen(kept), "%s%s", i ? " | " : "",
			 said.lines[i]);
	return kept;
}

#define ON(day, area, group, value) ROW("a", day, day, day, area, group, "stock", value, "persons")
#define SHARE(area, group, value)                                                                  \
	ROW("a", "2025-04-08", "2025-04-01", "2025-04-07", area, group, "share_of_arrests", value, \
	    "percent")
#define SINCE(source, from, to, area, value)                                                       \
	ROW(source, to, from, to, area, "all Afghans", "returns_cumulative", value, "persons")

TEST(groups_that_do_not_add_up_are_told)
{
	CHECK_TEXT(said_of(ON("2025-04-04", "PK6", "PoR+ACC", "1001")
				   ON("2025-04-04", "PK6", "PoR", "601")
					   ON("2025-04-04", "PK6", "ACC", "399")),
		   "sum 1001: 601 + 399 = 1000");
	CHECK_TEXT(said_of(SHARE("PAK", "PoR", "48") SHARE("PAK", "undocumented", "43")
				   SHARE("PAK", "ACC", "15")),
		   "sum: 48 + 15 + 43 = 106");
}

TEST(groups_of_which_one_is_missing_or_rounded_need_not_add_up)
{
	/* who is undocumented is not printed */
	CHECK_TEXT(said_of(ON("2025-04-04", "PK6", "all Afghans", "1001")
				   ON("2025-04-04", "PK6", "PoR", "601")
					   ON("2025-04-04", "PK6", "ACC", "299")),
		   "");
	/* asylum-seekers are counted besides */
	CHECK_TEXT(said_of(ON("2025-04-04", "PK6", "all Afghans", "1001") ON(
			   "2025-04-04", "PK6", "PoR", "601") ON("2025-04-04", "PK6", "ACC", "299")
				   ON("2025-04-04", "PK6", "undocumented", "50")
					   ON("2025-04-04", "PK6", "asylum_seekers", "51")),
		   "");
	/* 1.3 million is about 1,304,000 */
	CHECK_TEXT(said_of(ON("2025-04-04", "PK6", "PoR+ACC", "1300000")
				   ON("2025-04-04", "PK6", "PoR", "904000")
					   ON("2025-04-04", "PK6", "ACC", "400123")),
		   "");
	/* 47 + 44 + 8 = 99: each may have lost half a percent */
	CHECK_TEXT(said_of(SHARE("PAK", "PoR", "47") SHARE("PAK", "undocumented", "44")
				   SHARE("PAK", "ACC", "8")),
		   "");
	/* of two days */
	CHECK_TEXT(said_of(ON("2025-04-04", "PK6", "PoR+ACC", "1001")
				   ON("2025-04-05", "PK6", "PoR", "601")
					   ON("2025-04-05", "PK6", "ACC", "399")),
		   "");
}

TEST(areas_that_are_more_than_their_whole_are_told)
{
	CHECK_TEXT(said_of(ON("2025-04-04", "PK6", "PoR", "1001")
				   ON("2025-04-04", "PK617", "PoR", "602")
					   ON("2025-04-04", "PK601", "PoR", "399")),
		   "");
	CHECK_TEXT(said_of(ON("2025-04-04", "PK6", "PoR", "1001")
				   ON("2025-04-04", "PK617", "PoR", "702")
					   ON("2025-04-04", "PK601", "PoR", "399")),
		   "sum 1001: 702 + 399 = 1101");
	CHECK_TEXT(said_of(SHARE("PK2", "all Afghans", "61") SHARE("PK6", "all Afghans", "43")),
		   "sum: 61 + 43 = 104");
}

TEST(areas_that_are_less_than_their_whole_may_be_the_largest_of_it)
{
	/* "seven named districts sum to 679", of 738 */
	CHECK_TEXT(said_of(ON("2023-12-12", "PK5", "undocumented", "738")
				   ON("2023-12-12", "PK511", "undocumented", "233")
					   ON("2023-12-12", "PK513", "undocumented", "446")),
		   "");
	CHECK_TEXT(said_of(SHARE("PK2", "all Afghans", "41") SHARE("PK6", "all Afghans", "43")),
		   "");
}

#define CROSSINGS(source, to, all, torkham, other)                                                 \
	SINCE(source, "2023-09-17", to, "PK5", all)                                                \
	SINCE(source, "2023-09-17", to, "XP-TORKHAM", torkham)                                     \
	SINCE(source, "2023-09-17", to, "XP-KHARLACHI", other)

TEST(areas_that_were_all_of_it_in_another_report_of_that_body_have_to_add_up)
{
	CHECK_TEXT(said_of(CROSSINGS("kp 1", "2023-11-15", "211970", "211551", "419")
				   CROSSINGS("kp 2", "2023-11-27", "242587", "241888", "698")),
		   "sum 242587: 241888 + 698 = 242586");
	/* another body counts in its own way */
	CHECK_TEXT(said_of(CROSSINGS("kp 1", "2023-11-15", "211970", "211551", "419")
				   CROSSINGS("fia 2", "2023-11-27", "242587", "241888", "698")),
		   "");
}

TEST(two_divisions_of_one_whole_are_held_against_each_other)
{
	const char *status =
		ON("2025-10-21", "PK6", "PoR", "6007") ON("2025-10-21", "PK6", "ACC", "10861")
			ON("2025-10-21", "PK6", "undocumented", "5041");
	char rows[2000];

	snprintf(rows, sizeof(rows), "%s%s", status,
		 ON("2025-10-21", "PK6", "men", "7656") ON("2025-10-21", "PK6", "women", "4745")
			 ON("2025-10-21", "PK6", "children", "9508"));
	CHECK_TEXT(said_of(rows), "");
	snprintf(rows, sizeof(rows), "%s%s", status,
		 ON("2025-10-21", "PK6", "men", "7656") ON("2025-10-21", "PK6", "women", "4745")
			 ON("2025-10-21", "PK6", "children", "9509"));
	CHECK_TEXT(said_of(rows),
		   "divisions: 6007 + 10861 + 5041 = 21909; 7656 + 4745 + 9509 = 21910");
}

#define DEPORTED(source, as_of, from, to, area, group, value)                                      \
	ROW(source, as_of, from, to, area, group, "deportations", value, "persons")

TEST(a_part_that_is_larger_than_its_whole_is_told)
{
	/* an area */
	CHECK_TEXT(said_of(ON("2025-04-04", "PK6", "PoR", "1001")
				   ON("2025-04-04", "PK617", "PoR", "1002")),
		   "part 1001: 1002");
	/* a group */
	CHECK_TEXT(said_of(ON("2025-04-04", "PK6", "all Afghans", "1001")
				   ON("2025-04-04", "PK6", "PoR outside refugee villages", "1002")),
		   "part 1001: 1002");
	/* a week of a month, in two reports */
	CHECK_TEXT(said_of(DEPORTED("a 1", "2025-04-08", "2025-04-01", "2025-04-07", "PK6", "PoR",
				    "501") DEPORTED("a 2", "2025-05-01", "2025-03-31", "2025-04-30",
						    "PK6", "PoR", "499")),
		   "part 499: 501");
	/* those deported among those who returned */
	CHECK_TEXT(said_of(DEPORTED("a", "2025-04-08", "2025-04-01", "2025-04-07", "PK6",
				    "all Afghans", "777")
				   ROW("a", "2025-04-08", "2025-04-01", "2025-04-07", "PK6",
				       "all Afghans", "returns_including_deportations", "776",
				       "persons")),
		   "part 776: 777");
}

TEST(what_is_of_another_body_day_or_unit_or_only_overlaps_is_no_part)
{
	CHECK_TEXT(said_of(ROW("a", "2025-04-04", "2025-04-01", "2025-04-04", "PK6", "PoR", "m",
			       "1001", "persons") ROW("b", "2025-04-04", "2025-04-01", "2025-04-04",
						      "PK617", "PoR", "m", "1002", "persons")),
		   "");
	CHECK_TEXT(said_of(ON("2025-04-04", "PK6", "PoR", "1001")
				   ON("2025-04-05", "PK617", "PoR", "1002")),
		   "");
	/* 2023 as a whole, and from 15 September 2023 on */
	CHECK_TEXT(said_of(ROW("a", "2025-11-08", "2023-01-01", "2023-12-31", "PAK", "all Afghans",
			       "arrests_detentions", "26299", "persons")
				   ROW("a", "2025-11-08", "2023-09-15", "2025-11-08", "PAK",
				       "all Afghans", "arrests_detentions_cumulative", "20999",
				       "persons")),
		   "");
	/* 69,494 families are of 466,715 people */
	CHECK_TEXT(said_of(ROW("a", "2025-04-04", "2025-04-04", "2025-04-04", "PK6", "all Afghans",
			       "m", "1001", "families")
				   ROW("a", "2025-04-04", "2025-04-04", "2025-04-04", "PK617",
				       "all Afghans", "m", "4444", "persons")),
		   "");
	/* a district may rank lower than its province */
	CHECK_TEXT(said_of(ROW("a", "2025-04-04", "2025-04-04", "2025-04-04", "PK6", "all Afghans",
			       "arrests_rank", "1", "rank")
				   ROW("a", "2025-04-04", "2025-04-04", "2025-04-04", "PK617",
				       "all Afghans", "arrests_rank", "3", "rank")),
		   "");
}

TEST(a_cumulative_that_falls_is_told_once)
{
	CHECK_TEXT(said_of(SINCE("a 1", "2023-09-17", "2023-11-12", "PK5",
				 "206018") SINCE("a 2", "2023-09-17", "2023-11-15", "PK5", "205990")
				   SINCE("a 3", "2023-09-17", "2023-11-19", "PK5", "205991")),
		   "fall 205990: 206018");
}

TEST(cumulatives_of_two_bodies_or_since_two_days_are_two_counts)
{
	/* 876,194 by 23 March in one office's count, 857,157 by 25 April in another's */
	CHECK_TEXT(said_of(SINCE("records", "2023-09-15", "2025-03-23", "PAK", "876194")
				   SINCE("minister", "2023-09-15", "2025-04-25", "PAK", "857157")),
		   "");
	CHECK_TEXT(said_of(SINCE("a 1", "2023-09-15", "2025-03-23", "PAK", "876194")
				   SINCE("a 2", "2023-11-01", "2025-04-25", "PAK", "857157")),
		   "");
	/* since when, the source does not say */
	CHECK_TEXT(said_of(SINCE("kp 1", "", "2025-09-09", "PK5", "743713")
				   SINCE("kp 2", "2023-09-17", "2025-10-22", "PK5", "625842")),
		   "");
	/* 616,000 may be 616,402 */
	CHECK_TEXT(said_of(SINCE("a 1", "2023-09-15", "2025-03-23", "PAK", "616402")
				   SINCE("a 2", "2023-09-15", "2025-04-25", "PAK", "616000")),
		   "");
}

TEST(two_values_for_one_cell_are_told)
{
	CHECK_TEXT(said_of(ROW("a", "2025-04-04", "2025-04-04", "2025-04-04", "PK6", "PoR", "stock",
			       "1001", "persons") ROW("b", "2025-04-04", "2025-04-04", "2025-04-04",
						      "PK6", "PoR", "stock", "1002", "persons")),
		   "cell 1001: 1002");
	CHECK_TEXT(said_of(SINCE("a 1", "2023-09-15", "2025-03-23", "PAK", "876194")
				   SINCE("a 2", "2023-09-15", "2025-03-23", "PAK", "876195")),
		   "cell 876194: 876195");
}

TEST(values_of_two_days_two_counts_or_as_exact_as_they_are_are_no_two_for_one_cell)
{
	CHECK_TEXT(said_of(ON("2025-04-04", "PK6", "PoR", "1001")
				   ON("2025-04-05", "PK6", "PoR", "1002")),
		   "");
	CHECK_TEXT(said_of(SINCE("a", "2023-09-15", "2025-03-23", "PAK", "876194")
				   SINCE("b", "2023-09-15", "2025-03-23", "PAK", "857157")),
		   "");
	CHECK_TEXT(
		said_of(ROW("a", "2025-04-04", "2025-04-04", "2025-04-04", "PK6", "PoR", "stock",
			    "1304000", "persons") ROW("b", "2025-04-04", "2025-04-04", "2025-04-04",
						      "PK6", "PoR", "stock", "1300000", "persons")),
		"");
}

TEST(one_number_of_two_groups_in_one_report_may_be_so)
{
	/* in Islamabad nobody lives in a refugee village */
	CHECK_TEXT(said_of(ON("2015-01-31", "PK4", "PoR", "33524") ON(
			   "2015-01-31", "PK4", "PoR outside refugee villages", "33524")),
		   "");
	/* and a round or small number is easily found twice */
	CHECK_TEXT(
		said_of(ROW("a", "2025-04-04", "2025-04-04", "2025-04-04", "PK6", "PoR", "stock",
			    "170000", "persons") ROW("b", "2025-04-04", "2025-04-04", "2025-04-04",
						     "PK6", "ACC", "stock", "170000", "persons")),
		"");
	CHECK_TEXT(said_of(ROW("a", "2025-04-04", "2025-04-04", "2025-04-04", "PK6", "PoR", "stock",
			       "419", "persons") ROW("b", "2025-04-04", "2025-04-04", "2025-04-04",
						     "PK6", "ACC", "stock", "419", "persons")),
		   "");
}

TEST(of_which_whole_a_part_is_is_said_where_the_report_has_a_whole_of_its_group)
{
	/* in the other report Lahore's Afghans are of Punjab's Afghans */
	CHECK_TEXT(said_of(ON("2025-04-04", "PK6", "all Afghans", "99857")
				   ON("2025-04-04", "PK6", "ACC", "35235")
					   ON("2025-04-04", "PK617", "all Afghans", "8282")),
		   "");
	/* shares by area and by group are two ways to cut the same */
	CHECK_TEXT(said_of(SHARE("PAK", "PoR", "24") SHARE("PAK", "ACC+undocumented", "76")
				   SHARE("PK2", "all Afghans", "41")),
		   "");
}

RUN_TESTS()
