/* The public pages: for anybody, in four languages, whole without a script. */
#include <stdio.h>

#include "api/published.h"
#include "api/server_testing.h"
#include "base/csv.h"
#include "base/embed.h"
#include "figures/figures.h"

/* What the public server answers; its body as text. */
static struct text asks(struct browser *b, const char *path, unsigned status)
{
	struct api_request r = { .method = METHOD_GET,
				 .path = text_of(path),
				 .host = text_of(b->host),
				 .languages = TEXT("en") };

	arena_reset(b->arena);
	api_answer_public(b->server->api, &r, b->arena, &b->got);
	CHECK_INT(b->got.status, status);
	return (struct text){ (const char *)b->got.body.at, b->got.body.size };
}

static bool has(struct text page, const char *what)
{
	return memmem(page.at, page.size, what, strlen(what));
}

static void ignore_refusal(void *self, const struct figure_refusal *r)
{
	(void)self, (void)r;
}

/* As a statistician; then the register is locked. */
static void enter(struct server *s, struct bytes list)
{
	struct desk_figures_list order = { .keep_going = true, .told = ignore_refusal };
	struct desk desk = { .reg = s->town.reg,
			     .world = &s->town.world.world,
			     .atlas = s->town.atlas,
			     .session = s->town.as[ROLE_STATISTICIAN] };
	struct desk_figures_taken taken;

	CHECK(!arena_new(&desk.arena, (size_t)32 << 20));
	CHECK(!csv_open_bytes(&order.csv, list, NULL, NULL));
	CHECK_INT(desk_take_figures(&desk, &order, &taken), OK);
	csv_close(order.csv);
	arena_free(desk.arena);
	reg_lock(s->town.reg);
}

TEST(each_page_is_there_in_four_languages_while_the_register_is_locked)
{
	static const char *const names[] = { "",
					     "index.html",
					     "unhcr.html",
					     "bulletin.html",
					     "counted.html",
					     "figures/PAK.html",
					     "figures/PK617.html",
					     "figures/AFG.html",
					     "directives/PAK.html",
					     "directives/PK5.html" };
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	enter(&s, embedded("figures/published_figures.csv"));
	for (int l = 0; l < WORDS_LANGUAGES; l++)
		for (size_t i = 0; i < COUNT_OF(names); i++) {
			const struct words_language_info *info =
				words_language_info((enum words_language)l);
			char path[100], head[100];
			struct text page;

			snprintf(path, sizeof(path), "/public/%s/%s", info->code, names[i]);
			snprintf(head, sizeof(head), "<html lang=\"%s\" dir=\"%s\">", info->code,
				 info->right_to_left ? "rtl" : "ltr");
			page = asks(&b, path, 200);
			CHECK(has(page, head) && has(page, "</html>"));
			CHECK_TEXT(b.got.language, info->code);
			CHECK(b.got.etag.size);
		}
	browser_end(&b);
	server_end(&s);
}

TEST(the_first_page_is_in_the_readers_own_language_and_links_to_the_others)
{
	struct server s;
	struct browser b;
	struct text page;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	page = asks(&b, "/public/", 200);
	CHECK(has(page, "<html lang=\"en\"") && has(page, "href=\"./fa-AF/\""));
	CHECK(has(asks(&b, "/public", 200), "href=\"/public/ur/\""));
	browser_end(&b);
	server_end(&s);
}

TEST(punjabs_page_says_what_contradicts_what_and_leads_to_the_rows)
{
	struct server s;
	struct browser b;
	struct text page;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	enter(&s, embedded("figures/published_figures.csv"));
	page = asks(&b, "/public/en/figures/PK6.html", 200);
	CHECK(has(page, "<li id=\"c1\">") && has(page, "<li id=\"c4\">") &&
	      !has(page, "id=\"c5\""));
	CHECK(has(page, "One number, two groups: 99,857"));
	CHECK(has(page,
		  "<a class=\"mark\" href=\"#c4\" aria-label=\"see contradiction 4\">[4]</a>"));
	CHECK(has(page, "urdupoint.com/daily/livenews/2025-04-04/news-4381672.html"));
	browser_end(&b);
	server_end(&s);
}

TEST(the_bulletin_is_that_of_the_newest_week_while_the_register_is_locked)
{
	static const char arrest[] = "{\"kind\": \"incident.reported\", \"subject\": \"@habib\", "
				     "\"sort\": \"arrest\", \"area\": \"PK528\"}";
	struct server s;
	struct browser b;
	struct text page;
	size_t published;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	CHECK(has(asks(&b, "/public/en/bulletin.html", 200), "Nothing has been published yet"));
	town_registers_family(&s.town);
	for (int i = 0; i < 5; i++)
		town_records(&s.town, ROLE_PROTECTION, arrest);
	town_wait(&s.town, 12 * DAY);
	CHECK_INT(reg_publish(s.town.reg, &s.town.as[ROLE_STATISTICIAN], &published, NULL), OK);
	CHECK_INT(published, 1);
	reg_lock(s.town.reg);
	page = asks(&b, "/public/en/bulletin.html", 200);
	CHECK(has(page, "<h1>Return and protection: the week from <time>2026-11-22</time> to "));
	CHECK(has(page, "<tr class=\"whole\"><th scope=\"row\">All</th><td>5</td><td>*</td>"));
	CHECK(has(asks(&b, "/public/ur/index.html", 200), "href=\"../ur/bulletin.html\""));
	browser_end(&b);
	server_end(&s);
}

/* Two weeks in which people were arrested go out. */
static void publish_two_weeks(struct server *s)
{
	static const char arrest[] = "{\"kind\": \"incident.reported\", \"subject\": \"@habib\", "
				     "\"sort\": \"arrest\", \"area\": \"PK528\"}";
	size_t published;

	town_registers_family(&s->town);
	for (int i = 0; i < 15; i++) {
		if (i == 5)
			town_wait(&s->town, 7 * DAY);
		town_records(&s->town, ROLE_PROTECTION, arrest);
	}
	town_wait(&s->town, 12 * DAY);
	CHECK_INT(reg_publish(s->town.reg, &s->town.as[ROLE_STATISTICIAN], &published, NULL), OK);
	CHECK_INT(published, 2);
	reg_lock(s->town.reg);
}

/* `from` and what stands behind it: "2025-04-04\", \"to\": \"2026-11-21". */
static void issues(struct server *s, const char *code, const char *from)
{
	town_records_of(&s->town, ROLE_PROTECTION,
			"{\"kind\": \"instrument.recorded\", \"subject\": \"@%s\", \"code\": "
			"\"%s\", \"date\": \"2025-04-04\", \"authority\": \"Home Department\", "
			"\"level\": \"provincial\", \"instrument\": \"Order\", \"groups\": "
			"\"ACC\", \"areas\": [\"PK5\"], \"effect\": \"no_forced_return\", "
			"\"basis\": \"retrieved\", \"from\": \"%s\"}",
			code, code, from);
}

TEST(the_bulletin_names_what_was_in_force_in_its_week_and_first_what_began_in_it)
{
	struct server s;
	struct browser b;
	struct text page, rest;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	issues(&s, "DIR-1", "2025-04-04");
	issues(&s, "DIR-2", "2025-04-04\", \"to\": \"2026-11-28");
	issues(&s, "DIR-3", "2026-12-01");
	issues(&s, "DIR-4", "2026-12-06");
	publish_two_weeks(&s);
	page = asks(&b, "/public/en/bulletin.html", 200);
	rest.at = memmem(page.at, page.size, "began in the week", 17);
	CHECK(rest.at);
	rest.size = page.size - (size_t)(rest.at - page.at);
	CHECK(has(rest, "<time>2026-12-01</time> \u2013  <strong>DIR-3</strong>"));
	CHECK(has(page, "In force since before"));
	CHECK(has(rest, "<time>2025-04-04</time> \u2013  <strong>DIR-1</strong>"));
	CHECK(!has(page, "DIR-2"));
	CHECK(!has(page, "DIR-4"));
	browser_end(&b);
	server_end(&s);
}

TEST(the_bulletin_leads_to_its_files_as_they_went_out_and_to_those_of_no_other_week)
{
	struct reg_bulletin_files files = {
		.contact = TEXT("figures@example.org"),
		.at = { { TEXT("week.csv"), bytes_of("a,b\n1,2\n", 8) },
			{ TEXT("sums.txt.note"), bytes_of("signed", 6) } },
		.count = 2,
	};
	struct server s;
	struct browser b;
	struct text page;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	publish_two_weeks(&s);
	CHECK(!has(asks(&b, "/public/en/bulletin.html", 200), "../bulletin/"));
	CHECK_INT(town_login(&s.town, ROLE_STATISTICIAN, "statistician"), OK);
	for (int w = 0; w < 2; w++) {
		CHECK_INT(period_read(&files.week, w ? TEXT("2026-W48") : TEXT("2026-W47"), NULL),
			  OK);
		CHECK_INT(
			reg_bulletin_keep(s.town.reg, &s.town.as[ROLE_STATISTICIAN], &files, NULL),
			OK);
		page = asks(&b, "/public/en/bulletin.html", 200);
		CHECK_INT(has(page, "href=\"../bulletin/week.csv\" download"), w);
		CHECK_INT(has(page, "Questions: figures@example.org"), w);
	}
	reg_lock(s.town.reg);
	CHECK(has(asks(&b, "/public/bulletin/week.csv", 200), "a,b\n1,2\n"));
	CHECK_TEXT(b.got.type, "text/csv; charset=utf-8");
	CHECK(has(asks(&b, "/public/bulletin/sums.txt.note", 200), "signed"));
	CHECK(has(asks(&b, "/public/bulletin/week.xml", 404), "<h1>What is public</h1>"));
	CHECK_TEXT(b.got.type, "text/html; charset=utf-8");
	browser_end(&b);
	server_end(&s);
}

TEST(weeks_stand_side_by_side_and_a_star_is_no_number_that_is_drawn)
{
	struct server s;
	struct browser b;
	struct text page;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	CHECK(has(asks(&b, "/public/en/counted.html", 200), "Nothing has been published yet"));
	publish_two_weeks(&s);
	page = asks(&b, "/public/en/counted.html", 200);
	CHECK(has(page, "<bdi><time>2026-11-22</time></bdi></th>\n"
			"<td class=\"number\" data-value=\"5\"><bdi>5</bdi></td>\n"
			"<td class=\"number\">*</td>"));
	CHECK(has(page, "<bdi><time>2026-11-29</time></bdi></th>\n"
			"<td class=\"number\" data-value=\"10\"><bdi>10</bdi></td>"));
	CHECK(has(page, "data-picture=\"strips\""));
	browser_end(&b);
	server_end(&s);
}

TEST(a_week_in_which_nobody_crossed_has_no_table_without_rows)
{
	struct server s;
	struct browser b;
	struct text page;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	publish_two_weeks(&s);
	page = asks(&b, "/public/en/counted.html", 200);
	CHECK(has(page, "</tr></thead>\n<tbody>\n<tr>"));
	CHECK(!has(page, "<tbody>\n</tbody>"));
	browser_end(&b);
	server_end(&s);
}

TEST(what_was_counted_stands_beside_what_others_published_of_the_same_days)
{
	static const char list[] =
		"source,publisher,as_of,period_start,period_end,area_pcode,"
		"group,measure,value,unit\n"
		"u,within,2026-12-01,2026-12-01,2026-12-01,PK5,PoR,arrests,11,persons\n"
		"u,before,2025-04-04,2025-04-01,2025-04-04,PK5,PoR,arrests,12,persons\n";
	struct server s;
	struct browser b;
	struct text page, beside;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	CHECK(!has(asks(&b, "/public/en/figures/PK5.html", 200), "class=\"beside\""));
	publish_two_weeks(&s);
	town_login_all(&s.town);
	enter(&s, bytes_of(list, sizeof(list) - 1));
	page = asks(&b, "/public/en/figures/PK5.html", 200);
	beside = page;
	beside.at = memmem(page.at, page.size, "class=\"beside\"", 14);
	CHECK(beside.at != NULL);
	beside.size =
		(size_t)((const char *)memmem(beside.at, page.size - (size_t)(beside.at - page.at),
					      "</div>\n<h2>", 11) -
			 beside.at);
	CHECK(has(beside, "Arrest</th>\n<td class=\"number\"><bdi>10</bdi>"));
	CHECK(has(beside, "within") && !has(beside, "before"));
	CHECK(!has(asks(&b, "/public/en/figures/PK617.html", 200), "class=\"beside\""));
	browser_end(&b);
	server_end(&s);
}

TEST(a_district_that_four_weeks_tell_stands_beside_others_and_another_does_not)
{
	static const char arrest[] = "{\"kind\": \"incident.reported\", \"subject\": \"@habib\", "
				     "\"sort\": \"arrest\", \"area\": \"PK528\"}";
	struct server s;
	struct browser b;
	struct text page;
	size_t published;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	town_registers_family(&s.town);
	for (int i = 0; i < 25; i++)
		town_records(&s.town, ROLE_PROTECTION, arrest);
	town_wait(&s.town, 40 * DAY);
	CHECK_INT(reg_publish(s.town.reg, &s.town.as[ROLE_STATISTICIAN], &published, NULL), OK);
	reg_lock(s.town.reg);
	page = asks(&b, "/public/en/figures/PK528.html", 200);
	CHECK(has(page, "class=\"beside\""));
	CHECK(has(page, "<bdi>25</bdi>"));
	CHECK(has(page, "<td class=\"number\">\u2013</td>"));
	CHECK(!has(asks(&b, "/public/en/figures/PK501.html", 200), "class=\"beside\""));
	browser_end(&b);
	server_end(&s);
}

TEST(districts_of_one_report_stand_on_a_map_and_those_of_two_on_none)
{
	struct server s;
	struct browser b;
	struct text page;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	enter(&s, embedded("figures/published_figures.csv"));
	page = asks(&b, "/public/en/figures/PK5.html", 200);
	CHECK(has(page, "data-picture=\"map\""));
	CHECK(has(page,
		  "<tr data-area=\"PK528\"><th scope=\"row\"><a href=\"PK528.html\">Peshawar"));
	/* Lahore alone is told of in Punjab. */
	CHECK(!has(asks(&b, "/public/en/figures/PK6.html", 200), "data-picture=\"map\""));
	browser_end(&b);
	server_end(&s);
}

TEST(what_somebody_published_cannot_become_markup)
{
	static const char list[] =
		"source,publisher,as_of,area_pcode,group,measure,value,unit,note\n"
		"u,<b>p</b>,2025-04-04,PK6,\"<script>alert(1)</script>\",m,5,persons,"
		"\"\"\" onload=\"\"x & y\"\n";
	struct server s;
	struct browser b;
	struct text page;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	enter(&s, bytes_of(list, sizeof(list) - 1));
	page = asks(&b, "/public/en/figures/PK6.html", 200);
	CHECK(!has(page, "<script>") && !has(page, "<b>") && !has(page, "\" onload="));
	CHECK(has(page, "&lt;script&gt;alert(1)&lt;/script&gt;"));
	CHECK(has(page, "&quot; onload=&quot;x &amp; y"));
	browser_end(&b);
	server_end(&s);
}

TEST(unhcrs_page_adds_places_up_to_the_totals_it_prints)
{
	struct server s;
	struct browser b;
	struct text page;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	page = asks(&b, "/public/en/unhcr.html", 200);
	/* refugees at the end of 2025, and Punjab's share of them with the village in Mianwali */
	CHECK(has(page, "data-value=\"1158538\""));
	CHECK(has(page,
		  "<tr data-area=\"PK6\"><th scope=\"row\"><a href=\"figures/PK6.html\">Punjab</a>"
		  "</th>\n<td class=\"number\" data-value=\"120772\">"));
	/* women and girls under five: 59,938 refugees and 4,588 asylum-seekers */
	CHECK(has(page, "data-value=\"64526\""));
	browser_end(&b);
	server_end(&s);
}

TEST(a_page_that_is_none_is_told_as_a_page)
{
	static const char *const none[] = { "/public/xx/",
					    "/public/en/nothing.html",
					    "/public/en/figures/",
					    "/public/en/figures/PK6",
					    "/public/en/figures/PK99.html",
					    "/public/en/figures/%2e%2e.html",
					    "/public/en/figures/../../index.html",
					    "/public/../index.html",
					    "/public/nothing.js" };
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	for (size_t i = 0; i < COUNT_OF(none); i++) {
		CHECK(has(asks(&b, none[i], 404), "<h1>What is public</h1>"));
		CHECK_TEXT(b.got.type, "text/html; charset=utf-8");
	}
	CHECK_INT(asks(&b, "/publicity", 404).size > 0, true);
	browser_end(&b);
	server_end(&s);
}

TEST(the_files_of_the_pictures_are_everybodys_and_no_other_of_the_client)
{
	struct server s;
	struct browser b;

	if (!embedded("web/index.html").at)
		return;
	server_begin(&s, 1);
	browser_begin(&b, &s);
	CHECK(has(asks(&b, "/public/pictures.js", 200), "areas.json"));
	CHECK(has(asks(&b, "/public/areas.json", 200), "\"Topology\""));
	CHECK(has(asks(&b, "/public/style.css", 200), "@media print"));
	asks(&b, "/sw.js", 404);
	asks(&b, "/index.html", 404);
	browser_end(&b);
	server_end(&s);
}

TEST(who_has_a_page_already_gets_none)
{
	struct api_request r = { .method = METHOD_GET, .path = TEXT("/public/en/") };
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	api_answer_public(s.api, &r, b.arena, &b.got);
	r.if_none_match = b.got.etag;
	api_answer_public(s.api, &r, b.arena, &b.got);
	CHECK_INT(b.got.status, 304);
	CHECK_INT(b.got.body.size, 0);
	browser_end(&b);
	server_end(&s);
}

TEST(what_was_recorded_since_is_on_a_page_that_was_read_before)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	for (int i = 0; i < 2; i++)
		CHECK(!has(asks(&b, "/public/en/figures/PK6.html", 200), "99,857"));
	enter(&s, embedded("figures/published_figures.csv"));
	for (int i = 0; i < 2; i++)
		CHECK(has(asks(&b, "/public/en/figures/PK6.html", 200), "99,857"));
	browser_end(&b);
	server_end(&s);
}

/* What is kept under `key`; NULL: nothing. */
static const char *kept(struct kept_pages *k, const struct page_key *key)
{
	static char said[40];
	struct buffer out = { .limit = sizeof(said) };
	bool found = kept_pages_give(k, key, &out);

	snprintf(said, sizeof(said), "%.*s", SHOWN(buffer_as_text(&out)));
	buffer_free(&out);
	return found ? said : NULL;
}

TEST(a_page_is_kept_for_its_address_language_day_and_moment_and_no_other)
{
	const struct page_key key = { TEXT("/public/en/"), WORDS_EN, 20000, 7 };
	struct page_key others[] = { key, key, key, key };
	struct kept_pages *k;

	others[0].address = TEXT("/public/en");
	others[1].language = WORDS_UR;
	others[2].day++;
	others[3].moment++;
	CHECK_INT(kept_pages_new(&k, NULL), OK);
	CHECK(!kept(k, &key));
	kept_pages_take(k, &key, bytes_of_text(TEXT("a page")));
	CHECK_TEXT(kept(k, &key), "a page");
	for (size_t i = 0; i < COUNT_OF(others); i++)
		CHECK(!kept(k, &others[i]));
	kept_pages_free(k);
}

TEST(of_many_pages_the_newest_are_kept)
{
	struct page_key key = { TEXT("/public/en/"), WORDS_EN, 20000, 0 };
	struct kept_pages *k;

	CHECK_INT(kept_pages_new(&k, NULL), OK);
	for (; key.moment < 1000; key.moment++)
		kept_pages_take(k, &key, bytes_of_text(TEXT("a page")));
	key.moment--;
	CHECK(kept(k, &key));
	key.moment = 0;
	CHECK(!kept(k, &key));
	kept_pages_free(k);
}

RUN_TESTS()
