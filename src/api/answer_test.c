/*
 * How any request is met, whatever it asks for.
 */
#include <stdio.h>

#include "api/server_testing.h"

#include <zlib.h>

TEST(anybody_may_ask_whether_the_server_is_there)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	CHECK_INT(browser_gets(&b, "/api/health"), 200);
	CHECK_TEXT(browser_said(&b, "site"), "Peshawar Azakhel");
	CHECK_INT(browser_gets(&b, "/api/session"), 200);
	CHECK_TEXT(browser_said(&b, "standing"), "out");
	CHECK(!json_object_get(b.json, "token"));
	CHECK_INT(browser_gets(&b, "/api/openapi.json"), 200);
	CHECK_TEXT(browser_said(&b, "openapi"), "3.1.0");
	browser_end(&b);
	server_end(&s);
}

/* --- addresses ------------------------------------------------------------------------- */

TEST(an_address_that_is_not_there_is_a_problem_and_so_is_the_other_method)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	CHECK_INT(browser_gets(&b, "/api/everybody"), 404);
	CHECK_TEXT(browser_said(&b, "key"), "request.nowhere");
	CHECK_INT(browser_gets(&b, "/api/login"), 405);
	CHECK_TEXT(b.got.allow, "POST");
	CHECK_INT(browser_posts(&b, "/api/health", NULL), 405);
	CHECK_TEXT(b.got.allow, "GET");
	browser_end(&b);
	server_end(&s);
}

TEST(an_address_without_end_is_not_read)
{
	static char address[4000];
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	memset(address, 'x', sizeof(address) - 1);
	memcpy(address, "/api/", 5);
	CHECK_INT(browser_gets(&b, address), 400);
	CHECK_TEXT(browser_said(&b, "key"), "request.long");
	memcpy(address, "/api/areas?q=", 13);
	CHECK_INT(browser_gets(&b, address), 400);
	CHECK_TEXT(browser_said(&b, "key"), "request.long");
	browser_end(&b);
	server_end(&s);
}

TEST(what_the_sockets_have_refused_is_told_in_the_readers_language)
{
	struct api_request r = { .method = METHOD_GET,
				 .path = TEXT("/"),
				 .refused = 413,
				 .refused_why = "http.too-large",
				 .languages = TEXT("ur") };
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	CHECK_INT(browser_asks(&b, &r), 413);
	CHECK_TEXT(browser_said(&b, "key"), "http.too-large");
	CHECK_TEXT(b.got.language, "ur");
	browser_end(&b);
	server_end(&s);
}

TEST(a_parameter_is_there_and_of_its_form)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_COUNSELLOR);
	CHECK_INT(browser_gets(&b, "/api/areas"), 400);
	CHECK_TEXT(browser_said(&b, "key"), "request.param-missing");
	CHECK_INT(browser_gets(&b, "/api/areas?q=%f"), 400);
	CHECK_TEXT(browser_said(&b, "key"), "request.encoding");
	CHECK_INT(browser_gets(&b, "/api/people/gul"), 400);
	CHECK_TEXT(browser_said(&b, "key"), "request.param-id");
	CHECK_INT(browser_gets(&b, "/api/changes?after=x"), 400);
	CHECK_TEXT(browser_said(&b, "key"), "request.param-number");
	CHECK_INT(browser_gets(&b, "/api/changes?after=99999999999999999999"), 400);
	browser_end(&b);
	server_end(&s);
}

/* --- what comes from elsewhere ------------------------------------------------------------ */

TEST(a_write_comes_from_our_own_page_or_not_at_all)
{
	static const char *const others[] = { NULL, "null", "http://evil.example",
					      "https://centre.example:8080",
					      "http://centre.example" };
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	for (size_t i = 0; i < COUNT_OF(others); i++) {
		b.origin = others[i];
		CHECK_INT(browser_logs_in(&b, "counsellor", "counsellor"), 403);
		CHECK_TEXT(browser_said(&b, "key"), "request.origin");
	}
	browser_end(&b);
	server_end(&s);
}

TEST(a_write_needs_the_token_of_this_session)
{
	struct server s;
	struct browser b, other;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_COUNSELLOR);
	browser_comes(&other, &s, ROLE_COUNSELLOR);
	b.token[0] = b.token[0] == '0' ? '1' : '0';
	CHECK_INT(browser_posts(&b, "/api/verify", NULL), 403);
	CHECK_TEXT(browser_said(&b, "key"), "session.token");
	memcpy(b.token, other.token, sizeof(b.token));
	CHECK_INT(browser_posts(&b, "/api/verify", NULL), 403);
	b.token[0] = 0;
	CHECK_INT(browser_posts(&b, "/api/verify", NULL), 403);
	browser_end(&other);
	browser_end(&b);
	server_end(&s);
}

/* --- bodies ------------------------------------------------------------------------------ */

TEST(a_body_is_json_of_the_shape_of_its_route)
{
	static const struct {
		const char *body, *type, *key;
		unsigned status;
	} cases[] = {
		{ "{}", "text/plain", "request.no-json", 415 },
		{ "{}", NULL, "request.no-json", 415 },
		{ "{", "application/json", "json.ends-early", 400 },
		{ "", "application/json", "json.ends-early", 400 },
		{ "{\"name\": \"x\"}", "application/json", "shape.missing", 400 },
		{ "{\"name\": 1, \"passphrase\": \"x\"}", "application/json",
		  "shape.not-of-its-type", 400 },
		{ "{\"name\": \"a\", \"name\": \"b\"}", "application/json", "json.key-twice", 400 },
		{ "{\"name\": \"a\", \"passphrase\": \"b\", \"admin\": true}", "application/json",
		  "shape.unknown-member", 400 },
		{ "{\"name\": \"a\"}", "application/json", "shape.missing", 400 },
	};
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		b.type = cases[i].type;
		CHECK_INT(browser_posts(&b, "/api/login", cases[i].body), cases[i].status);
		CHECK_TEXT(browser_said(&b, "key"), cases[i].key);
	}
	browser_end(&b);
	server_end(&s);
}

TEST(a_body_of_two_mebibytes_is_not_parsed)
{
	static char body[2 * 1024 * 1024];
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	memset(body, ' ', sizeof(body) - 1);
	CHECK_INT(browser_posts(&b, "/api/login", body), 413);
	CHECK_TEXT(browser_said(&b, "key"), "json.too-large");
	browser_end(&b);
	server_end(&s);
}

/* --- answers ----------------------------------------------------------------------------- */

TEST(who_has_an_answer_already_gets_none)
{
	char tag[HEADER_SIZE];
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	CHECK_INT(browser_gets(&b, "/api/words"), 200);
	snprintf(tag, sizeof(tag), "%.*s", SHOWN(b.got.etag));
	b.if_none_match = tag;
	CHECK_INT(browser_gets(&b, "/api/words"), 304);
	CHECK_TEXT(b.got.etag, tag);
	b.languages = "ps";
	CHECK_INT(browser_gets(&b, "/api/words"), 200);
	browser_end(&b);
	server_end(&s);
}

TEST(the_sentences_of_the_screens_are_given_in_the_language_that_is_wanted)
{
	struct server s;
	struct browser b;
	const char *english;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	CHECK_INT(browser_gets(&b, "/api/words"), 200);
	CHECK_TEXT(b.got.language, "en");
	CHECK(json_object_get(b.json, "kind.choice.made"));
	CHECK(json_object_get(b.json, "code.answer.stay"));
	CHECK(!json_object_get(b.json, "login.denied"));
	english = say(b.arena, s.words[WORDS_EN], "kind.choice.made").at;
	CHECK_TEXT(json_string_value(json_object_get(b.json, "kind.choice.made")), english);
	b.languages = "fa-AF,en;q=0.5";
	CHECK_INT(browser_gets(&b, "/api/words"), 200);
	CHECK_TEXT(b.got.language, "fa-AF");
	CHECK(strcmp(json_string_value(json_object_get(b.json, "kind.choice.made")),
		     say(b.arena, s.words[WORDS_EN], "kind.choice.made").at));
	browser_end(&b);
	server_end(&s);
}

TEST(what_is_the_same_for_all_comes_packed_to_who_can_read_it)
{
	static uint8_t out[1 << 20];
	struct api_request r = { .method = METHOD_GET,
				 .path = TEXT("/api/words"),
				 .languages = TEXT("ps") };
	struct api_response plain, packed;
	struct server s;
	struct browser b;
	z_stream z = { .next_out = out, .avail_out = sizeof(out) };

	server_begin(&s, 1);
	browser_begin(&b, &s);
	api_answer(s.api, &r, b.arena, &plain);
	r.takes_gzip = true;
	api_answer(s.api, &r, b.arena, &packed);
	CHECK(packed.gzipped && !plain.gzipped);
	CHECK(packed.body.size * 3 < plain.body.size);
	CHECK(!text_same(packed.etag, plain.etag));
	z.next_in = (z_const Bytef *)packed.body.at;
	z.avail_in = (uInt)packed.body.size;
	CHECK_INT(inflateInit2(&z, 15 + 16), Z_OK);
	CHECK_INT(inflate(&z, Z_FINISH), Z_STREAM_END);
	CHECK(bytes_same(bytes_of(out, z.total_out), plain.body));
	inflateEnd(&z);
	browser_end(&b);
	server_end(&s);
}

TEST(a_problem_is_told_in_the_language_that_is_wanted)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	b.languages = "ps";
	CHECK_INT(browser_gets(&b, "/api/today"), 401);
	CHECK_TEXT(b.got.language, "ps");
	CHECK_TEXT(browser_said(&b, "detail"),
		   say(b.arena, s.words[WORDS_PS], "session.nobody").at);
	CHECK_TEXT(browser_said(&b, "type"), "urn:ikhtiar:problem:session.nobody");
	browser_end(&b);
	server_end(&s);
}

/* --- waiting for others ----------------------------------------------------------------- */

TEST(who_asks_for_changes_hears_of_what_others_record)
{
	char address[80];
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_BORDER);
	snprintf(address, sizeof(address), "/api/changes?after=%lld",
		 (long long)reg_moment(s.town.reg));
	town_registers_family(&s.town);
	CHECK_INT(browser_gets(&b, address), 200);
	CHECK(json_integer_value(json_object_get(b.json, "moment")) ==
	      (json_int_t)reg_moment(s.town.reg));
	CHECK(json_is_false(json_object_get(b.json, "locked")));
	browser_end(&b);
	server_end(&s);
}

TEST(who_waits_comes_back_when_the_server_stops)
{
	char address[80];
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_BORDER);
	s.town.world.waits_last = true;
	api_stop(s.api);
	snprintf(address, sizeof(address), "/api/changes?after=%lld",
		 (long long)reg_moment(s.town.reg));
	CHECK_INT(browser_gets(&b, address), 200);
	browser_end(&b);
	server_end(&s);
}

RUN_TESTS()
