/*
 * Lists of others through the server: what the command import does, from what was sent.
 */
#include <sodium.h>
#include <stdlib.h>

#include "api/inside.h"
#include "api/server_testing.h"

#define LIST_ROOM ((size_t)1 << 20)

struct desk_of_lists {
	struct server server;
	struct browser browser;
};

static void begin(struct desk_of_lists *d)
{
	server_begin(&d->server, 1);
	browser_comes(&d->browser, &d->server, ROLE_REGISTRATION);
}

static void end(struct desk_of_lists *d)
{
	browser_end(&d->browser);
	server_end(&d->server);
}

static struct bytes sample(struct desk_of_lists *d, const char *name)
{
	struct town *t = &d->server.town;
	const char *path = arena_print(t->arena, "tests/import/%s", name).at;
	struct bytes b;

	CHECK_INT(file_load(&b, t->arena, world_real(), path, LIST_ROOM, &t->fault), OK);
	return b;
}

/* `more` is what goes with the file: "\"ready\": \"kobo\", \"dry_run\": true". */
static unsigned sends_bytes(struct desk_of_lists *d, const char *name, struct bytes list,
			    const char *more)
{
	size_t room = sodium_base64_encoded_len(list.size, sodium_base64_VARIANT_ORIGINAL);
	char *content = malloc(room);
	unsigned status;

	sodium_bin2base64(content, room, list.at, list.size, sodium_base64_VARIANT_ORIGINAL);
	status = browser_posts_of(&d->browser, "/api/lists",
				  "{\"files\": [{\"name\": \"%s\", \"content\": \"%s\"}], %s}",
				  name, content, more);
	free(content);
	return status;
}

static unsigned sends(struct desk_of_lists *d, const char *name, const char *more)
{
	return sends_bytes(d, name, sample(d, name), more);
}

static int64_t told(const struct desk_of_lists *d, const char *key)
{
	return json_integer_value(json_object_get(d->browser.json, key));
}

/* A mapping of the samples, as the text of a JSON text. */
static const char *with_map(struct desk_of_lists *d, const char *name, bool dry_run)
{
	struct bytes map = sample(d, name);
	struct buffer b = { 0 };
	struct json_writer w;
	struct text all;

	json_begin(&w, &b);
	json_text(&w, (struct text){ (const char *)map.at, map.size });
	all = arena_print(d->server.town.arena, "\"map\": %.*s, \"dry_run\": %s", (int)b.size,
			  (const char *)b.at, dry_run ? "true" : "false");
	buffer_free(&b);
	return all.at;
}

/* --- what is taken --------------------------------------------------------------------------- */

TEST(a_list_is_looked_at_then_registered_and_twice_is_harmless)
{
	struct desk_of_lists d;
	int64_t fit;

	begin(&d);
	CHECK_INT(sends(&d, "kobo.xlsx", "\"ready\": \"kobo\", \"dry_run\": true"), 200);
	fit = told(&d, "fit");
	CHECK(fit > 0);
	CHECK_INT(told(&d, "recorded"), 0);
	CHECK_INT(sends(&d, "kobo.xlsx", "\"ready\": \"kobo\", \"dry_run\": false"), 200);
	CHECK_INT(told(&d, "recorded"), fit);
	CHECK_INT(sends(&d, "kobo.xlsx", "\"ready\": \"kobo\", \"dry_run\": false"), 200);
	CHECK_INT(told(&d, "recorded"), 0);
	CHECK_INT(told(&d, "known"), fit);
	end(&d);
}

TEST(the_names_of_columns_that_nothing_else_has_need_no_mapping)
{
	struct desk_of_lists d;

	begin(&d);
	CHECK_INT(sends(&d, "hope.xlsx", "\"dry_run\": true"), 200);
	CHECK(told(&d, "fit") > 0);
	CHECK_INT(sends(&d, "flat.csv", "\"dry_run\": true"), 400);
	CHECK_TEXT(browser_said(&d.browser, "key"), "lists.which-map");
	CHECK_INT(sends(&d, "flat.csv", "\"ready\": \"none\", \"dry_run\": true"), 400);
	CHECK_TEXT(browser_said(&d.browser, "key"), "lists.which-map");
	end(&d);
}

TEST(a_mapping_that_names_a_choice_is_refused_as_a_whole)
{
	struct desk_of_lists d;

	begin(&d);
	CHECK_INT(sends(&d, "flat.csv", with_map(&d, "choice.json", false)), 400);
	CHECK_TEXT(browser_said(&d.browser, "key"), "import.never-a-choice");
	end(&d);
}

/* --- what is not ------------------------------------------------------------------------------- */

TEST(a_reject_tells_its_row_and_why_in_the_language_of_who_reads)
{
	struct desk_of_lists d;
	char english[400];

	begin(&d);
	CHECK_INT(sends(&d, "flat.csv", with_map(&d, "flat.json", true)), 200);
	CHECK(told(&d, "rejected") > 0);
	CHECK_TEXT(browser_said(&d.browser, "rejects/0/sheet"), "flat.csv");
	snprintf(english, sizeof(english), "%s", browser_said(&d.browser, "rejects/0/reason"));
	CHECK(strstr(browser_said(&d.browser, "csv"), "sheet,row,column,what,reason\r\n") ==
	      browser_said(&d.browser, "csv"));
	CHECK_INT(told(&d, "csv_rows"), told(&d, "rejected") + told(&d, "changed"));
	d.browser.languages = "ur";
	CHECK_INT(sends(&d, "flat.csv", with_map(&d, "flat.json", true)), 200);
	CHECK(*english && strcmp(english, browser_said(&d.browser, "rejects/0/reason")) != 0);
	end(&d);
}

TEST(of_many_rejects_a_hundred_are_shown_and_all_are_listed)
{
	struct buffer list = { 0 };
	struct desk_of_lists d;

	begin(&d);
	buffer_text(&list, TEXT("rec_id;hh_no;given_latin;document_number\n"));
	for (int i = 0; i < 150; i++)
		buffer_print(&list, "%d;%d;Gul;\n", i, i);
	CHECK_INT(sends_bytes(&d, "people.csv", buffer_bytes(&list),
			      "\"map\": \"{\\\"source\\\": \\\"x\\\", \\\"given\\\": "
			      "\\\"given_latin\\\", \\\"household\\\": \\\"hh_no\\\", "
			      "\\\"id\\\": \\\"rec_id\\\"}\", \"dry_run\": true"),
		  200);
	CHECK_INT(told(&d, "csv_rows"), told(&d, "rejected"));
	CHECK(told(&d, "rejected") >= 150);
	CHECK_INT(json_array_size(json_object_get(d.browser.json, "rejects")), 100);
	buffer_free(&list);
	end(&d);
}

TEST(what_was_spoilt_on_its_way_is_told)
{
	struct desk_of_lists d;

	begin(&d);
	CHECK_INT(browser_posts(&d.browser, "/api/lists",
				"{\"files\": [{\"name\": \"a.csv\", \"content\": \"*\"}],"
				" \"dry_run\": true}"),
		  400);
	CHECK_TEXT(browser_said(&d.browser, "key"), "lists.encoding");
	CHECK_INT(browser_posts(&d.browser, "/api/lists", "{\"files\": [], \"dry_run\": true}"),
		  400);
	CHECK_INT(sends_bytes(&d, "a.xlsx", bytes_of("PK\3\4 and no more", 16),
			      "\"ready\": \"kobo\", \"dry_run\": true"),
		  400);
	CHECK_TEXT(browser_said(&d.browser, "key"), "xlsx.not-a-workbook");
	end(&d);
}

TEST(while_one_list_is_read_another_is_told_to_come_again_whichever_door_the_first_came_by)
{
	struct desk_of_lists d;

	begin(&d);
	CHECK(reg_list_begin(d.server.town.reg));
	CHECK_INT(sends(&d, "hope.xlsx", "\"dry_run\": true"), 409);
	CHECK_TEXT(browser_said(&d.browser, "key"), "import.another");
	reg_list_end(d.server.town.reg);
	CHECK_INT(sends(&d, "hope.xlsx", "\"dry_run\": true"), 200);
	end(&d);
}

RUN_TESTS()
