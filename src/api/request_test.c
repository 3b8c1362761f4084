/*
 * What stands in an address and in the head of a request.
 */
#include <stdio.h>

#include "api/inside.h"
#include "base/test.h"

static struct arena *new_arena(void)
{
	struct arena *a = NULL;

	CHECK_INT(arena_new(&a, 1 << 20), OK);
	return a;
}

TEST(every_route_is_found_by_its_own_path_and_gives_what_stands_in_its_brace)
{
	for (int i = 0; i < ROUTES_COUNT; i++) {
		const struct route_info *info = route_info((enum route)i);
		char path[100], *brace;
		struct text captured;
		enum route found;

		snprintf(path, sizeof(path), "%s", info->path);
		if ((brace = strchr(path, '{'))) {
			char *end = strchr(brace, '}');

			memmove(brace + 1, end + 1, strlen(end));
			*brace = 'x';
		}
		CHECK(route_of_path(text_of(path), info->method, &found, &captured));
		CHECK_INT(found, i);
		CHECK_TEXT(captured, brace ? "x" : "");
	}
}

TEST(a_path_that_is_almost_one_is_none)
{
	static const char *const paths[] = {
		"",
		"/",
		"/api",
		"/api/",
		"api/health",
		"xapi/health",
		"/api/health/",
		"/api//health",
		"/api/people/",
		"/api/people//ready",
		"/api/people/x/",
		"/api/people/x/y",
		"/api/healthx",
		"/API/health",
		"/api/people/x/ready/",
		"/api/health?",
	};
	struct text captured;
	enum route r;

	for (size_t i = 0; i < COUNT_OF(paths); i++) {
		CHECK(!route_of_path(text_of(paths[i]), METHOD_GET, &r, &captured));
		CHECK(!route_methods(text_of(paths[i])));
	}
}

TEST(a_path_says_which_methods_it_takes)
{
	CHECK_TEXT(route_methods(TEXT("/api/health")), "GET");
	CHECK_TEXT(route_methods(TEXT("/api/login")), "POST");
	CHECK_TEXT(route_methods(TEXT("/api/accounts")), "GET, POST");
}

TEST(percent_signs_stand_for_bytes_of_good_text)
{
	static const struct {
		const char *encoded, *text; /* NULL: refused */
		bool is_query;
	} cases[] = {
		{ "gul", "gul", true },
		{ "gul+jan", "gul jan", true },
		{ "gul+jan", "gul+jan", false },
		{ "%D8%B2%d8%b1", "زر", true },
		{ "100%25", "100%", true },
		{ "%", NULL, true },
		{ "%2", NULL, true },
		{ "%zz", NULL, true },
		{ "%00", NULL, true },
		{ "%0a", NULL, true },
		{ "%ff", NULL, true },
		{ "%E2%80%AE", NULL, true },
		{ "", "", true },
	};
	struct arena *a = new_arena();
	struct text out;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fault f = { 0 };
		enum err e =
			percent_decode(a, text_of(cases[i].encoded), cases[i].is_query, &out, &f);

		CHECK_INT(e, cases[i].text ? OK : ERR_INPUT);
		if (e)
			CHECK_TEXT(f.key, "request.encoding");
		else
			CHECK_TEXT(out, cases[i].text);
	}
	arena_free(a);
}

TEST(a_query_gives_the_value_of_a_whole_name)
{
	CHECK_TEXT(query_value(TEXT("q=gul&x=1"), "q"), "gul");
	CHECK_TEXT(query_value(TEXT("q=gul&x=1"), "x"), "1");
	CHECK_TEXT(query_value(TEXT("xq=1&q=2&q=3"), "q"), "2");
	CHECK_TEXT(query_value(TEXT("&&q=&"), "q"), "");
	CHECK(query_value(TEXT("q="), "q").at);
	CHECK(!query_value(TEXT("q"), "q").at);
	CHECK(!query_value(TEXT(""), "q").at);
	CHECK(!query_value((struct text){ NULL, 0 }, "q").at);
}

TEST(only_the_own_page_is_of_the_own_origin)
{
	static const struct {
		const char *origin, *host;
		bool secure, own;
	} cases[] = {
		{ "https://centre:8443", "centre:8443", true, true },
		{ "https://CENTRE:8443", "centre:8443", true, true },
		{ "http://127.0.0.1:80", "127.0.0.1:80", false, true },
		{ "http://centre:8443", "centre:8443", true, false },
		{ "https://centre:8443", "centre:8443", false, false },
		{ "https://centre", "centre:8443", true, false },
		{ "https://centre:8443.evil.example", "centre:8443", true, false },
		{ "null", "centre:8443", true, false },
		{ "", "centre:8443", true, false },
		{ NULL, "centre:8443", true, false },
		{ "https://", "", true, false },
		{ "https://", NULL, true, false },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct api_request r = { .origin = text_of(cases[i].origin),
					 .host = text_of(cases[i].host),
					 .secure = cases[i].secure };

		CHECK_INT(origin_is_own(&r), cases[i].own);
	}
}

TEST(json_is_known_by_its_type)
{
	CHECK(type_is_json(TEXT("application/json")));
	CHECK(type_is_json(TEXT("Application/JSON; charset=utf-8")));
	CHECK(!type_is_json(TEXT("application/jsonp")));
	CHECK(!type_is_json(TEXT("text/plain")));
	CHECK(!type_is_json(TEXT("application/x-www-form-urlencoded")));
	CHECK(!type_is_json((struct text){ NULL, 0 }));
}

TEST(the_language_is_the_one_of_ours_that_weighs_most)
{
	static const struct {
		const char *header;
		enum words_language language;
	} cases[] = {
		{ NULL, WORDS_EN },
		{ "", WORDS_EN },
		{ "de", WORDS_EN },
		{ "ur", WORDS_UR },
		{ "ps-AF", WORDS_PS },
		{ "fa-AF", WORDS_FA_AF },
		{ "de,ur;q=0.5,ps;q=0.8", WORDS_PS },
		{ "en;q=0.1, fa;q=0.9", WORDS_FA_AF },
		{ "ps ; q=0.25 , ur ; q=0.255", WORDS_UR },
		{ "ur;q=0,ps;q=0.001", WORDS_PS },
		{ "ur, ps", WORDS_UR },
		{ "*;q=0.1,,;;q=,", WORDS_EN },
		{ "ur;q=x", WORDS_UR },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		CHECK_INT(language_wanted(text_of(cases[i].header)), cases[i].language);
}

TEST(an_answer_is_known_by_its_tag_among_others)
{
	CHECK(etag_is_known(TEXT("\"a\""), TEXT("\"a\"")));
	CHECK(etag_is_known(TEXT("\"b\", W/\"a\""), TEXT("\"a\"")));
	CHECK(etag_is_known(TEXT("*"), TEXT("\"a\"")));
	CHECK(!etag_is_known(TEXT("\"ab\""), TEXT("\"a\"")));
	CHECK(!etag_is_known(TEXT("a"), TEXT("\"a\"")));
	CHECK(!etag_is_known((struct text){ NULL, 0 }, TEXT("\"a\"")));
}

RUN_TESTS()
