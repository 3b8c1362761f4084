/*
 * Published figures and directives of others through the server: looked at, refused with
 * line, column and reason, recorded once.
 */
#include <sodium.h>
#include <stdlib.h>

#include "api/server_testing.h"

struct sending {
	struct server server;
	struct browser browser;
};

static void begin(struct sending *s, int64_t role)
{
	server_begin(&s->server, 1);
	browser_comes(&s->browser, &s->server, role);
}

static void end(struct sending *s)
{
	browser_end(&s->browser);
	server_end(&s->server);
}

static unsigned sends(struct sending *s, const char *path, const char *csv, const char *how)
{
	size_t room = sodium_base64_encoded_len(strlen(csv), sodium_base64_VARIANT_ORIGINAL);
	char *content = malloc(room);
	unsigned status;

	sodium_bin2base64(content, room, (const uint8_t *)csv, strlen(csv),
			  sodium_base64_VARIANT_ORIGINAL);
	status = browser_posts_of(&s->browser, path,
				  "{\"file\": {\"name\": \"a.csv\", \"content\": \"%s\"}, %s}",
				  content, how);
	free(content);
	return status;
}

#define LOOKS "\"dry_run\": true"
#define RECORDS "\"dry_run\": false"
#define RECORDS_THE_REST "\"dry_run\": false, \"keep_going\": true"

static int64_t told(const struct sending *s, const char *key)
{
	return json_integer_value(json_object_get(s->browser.json, key));
}

static int64_t number_at(const struct sending *s, const char *path)
{
	return json_integer_value(json_at(s->browser.json, path));
}

/* --- figures ------------------------------------------------------------------------------------ */

#define FIGURES "/api/tables/figures"
#define HEAD "source,publisher,as_of,area_name,area_pcode,group,measure,value,unit\n"
#define PUNJAB "u,Punjab Police,2025-04-04,Punjab,PK6,PoR,stock,"

TEST(published_figures_are_looked_at_then_recorded_and_twice_is_harmless)
{
	static const char list[] = HEAD PUNJAB "\"99,857\",persons\n" PUNJAB "۳۵٬۲۳۵,cards\n";
	struct sending s;

	begin(&s, ROLE_STATISTICIAN);
	CHECK_INT(sends(&s, FIGURES, list, LOOKS), 200);
	CHECK_INT(told(&s, "fit"), 2);
	CHECK_INT(told(&s, "recorded"), 0);
	CHECK_INT(sends(&s, FIGURES, list, RECORDS), 200);
	CHECK_INT(told(&s, "recorded"), 2);
	CHECK_INT(sends(&s, FIGURES, list, LOOKS), 200);
	CHECK_INT(told(&s, "fit"), 0);
	CHECK_INT(told(&s, "known"), 2);
	CHECK_INT(sends(&s, FIGURES, list, RECORDS), 200);
	CHECK_INT(told(&s, "recorded"), 0);
	CHECK_INT(browser_gets(&s.browser, "/api/figures?area=PK6"), 200);
	CHECK_TEXT(browser_said(&s.browser, "figures/0/value"), "99857");
	CHECK_TEXT(browser_said(&s.browser, "figures/1/value"), "35235");
	end(&s);
}

TEST(a_figure_that_is_refused_says_where_and_the_rest_waits_until_it_is_asked_for)
{
	static const char list[] =
		HEAD PUNJAB "99857,persons\n"
			    ",p,2025-04-04,Punjab,PK6,PoR,stock,1,persons\n"
			    "u,p,2025-04-04,Balochistan,PK7,PoR,stock,1,persons\n"
			    "u,p,2025-04-04,Punjab,PK6,PoR,stock,99.857,persons\n";
	struct sending s;

	begin(&s, ROLE_STATISTICIAN);
	CHECK_INT(sends(&s, FIGURES, list, LOOKS), 200);
	CHECK_INT(told(&s, "rows"), 4);
	CHECK_INT(told(&s, "refused"), 3);
	CHECK_INT(told(&s, "fit"), 1);
	CHECK_INT(number_at(&s, "refusals/0/line"), 3);
	CHECK_TEXT(browser_said(&s.browser, "refusals/0/column"), "source");
	CHECK_INT(number_at(&s, "refusals/1/line"), 4);
	CHECK_TEXT(browser_said(&s.browser, "refusals/1/column"), "area_pcode");
	CHECK(strstr(browser_said(&s.browser, "refusals/1/reason"), "PK2") != NULL);
	CHECK_TEXT(browser_said(&s.browser, "refusals/2/column"), "value");
	CHECK_INT(number_at(&s, "refusals/2/place"), 8);
	CHECK_INT(sends(&s, FIGURES, list, RECORDS), 200);
	CHECK_INT(told(&s, "recorded"), 0);
	CHECK_INT(sends(&s, FIGURES, list, RECORDS_THE_REST), 200);
	CHECK_INT(told(&s, "recorded"), 1);
	end(&s);
}

TEST(what_is_no_list_of_figures_is_refused_as_a_whole)
{
	struct sending s;

	begin(&s, ROLE_STATISTICIAN);
	CHECK_INT(sends(&s, FIGURES, "source,publisher,sauce\n", LOOKS), 400);
	CHECK_TEXT(browser_said(&s.browser, "key"), "figures.column-unknown");
	CHECK_INT(browser_posts(&s.browser, FIGURES,
				"{\"file\": {\"name\": \"a\", \"content\": \"?\"}, " LOOKS "}"),
		  400);
	CHECK_TEXT(browser_said(&s.browser, "key"), "lists.encoding");
	end(&s);
}

/* --- directives ---------------------------------------------------------------------------------- */

#define DIRECTIVES "/api/tables/directives"
#define COLUMNS                                                                                    \
	"id,date,authority,authority_level,instrument,group,jurisdiction_pcode,effect,detail,"     \
	"valid_from,valid_to,basis,source,note,supersedes\n"
#define ORDER(id, area, from, to, supersedes)                                                      \
	id ",2025-04-04,Home Department,provincial,Statement,ACC," area ",no_forced_return,," from \
	   "," to ",retrieved,u,," supersedes "\n"

TEST(a_list_of_directives_is_looked_at_then_recorded_and_twice_is_harmless)
{
	static const char list[] = COLUMNS ORDER("KP-1", "PK5", "۲۰۲۵-۰۴-۰۴", "", "")
		ORDER("KP-2", "PK5", "2025-05-01", "", "KP-9");
	struct sending s;

	begin(&s, ROLE_LEGAL_AID);
	CHECK_INT(sends(&s, DIRECTIVES, list, LOOKS), 200);
	CHECK_INT(told(&s, "fit"), 2);
	/* What it replaces may still come. */
	CHECK_INT(told(&s, "refused"), 0);
	CHECK_INT(number_at(&s, "refusals/0/line"), 3);
	CHECK(json_is_true(json_at(s.browser.json, "refusals/0/kept")));
	CHECK_INT(sends(&s, DIRECTIVES, list, RECORDS), 200);
	CHECK_INT(told(&s, "recorded"), 2);
	CHECK_INT(sends(&s, DIRECTIVES, list, LOOKS), 200);
	CHECK_INT(told(&s, "known"), 2);
	CHECK_INT(sends(&s, DIRECTIVES, list, RECORDS), 200);
	CHECK_INT(told(&s, "recorded"), 0);
	end(&s);
}

TEST(a_directive_that_is_refused_keeps_the_others_waiting_until_they_are_asked_for)
{
	static const char list[] = COLUMNS ORDER("KP-1", "PK5", "2025-04-04", "2025-04-01", "")
		ORDER("KP-2", "PK5", "2025-04-04", "", "KP-3")
			ORDER("KP-3", "PK5", "2025-04-04", "", "KP-2")
				ORDER("KP-4", "PK599", "2025-04-04", "", "")
					ORDER("KP-5", "PK5", "2025-04-04", "", "");
	struct sending s;

	begin(&s, ROLE_LEGAL_AID);
	CHECK_INT(sends(&s, DIRECTIVES, list, LOOKS), 200);
	CHECK_INT(told(&s, "rows"), 5);
	CHECK_INT(told(&s, "refused"), 4);
	CHECK_INT(told(&s, "fit"), 1);
	CHECK_INT(sends(&s, DIRECTIVES, list, RECORDS), 200);
	CHECK_INT(told(&s, "recorded"), 0);
	CHECK_INT(sends(&s, DIRECTIVES, list, RECORDS_THE_REST), 200);
	CHECK_INT(told(&s, "recorded"), 1);
	end(&s);
}

RUN_TESTS()
