/*
 * The public server's answers: what everybody may read, and nothing else, whoever asks.
 */
#include <sodium.h>

#include "api/server_testing.h"
#include "proof/proof.h"

/* What a public server says to what a private one's browser asks. */
static unsigned asks_in_public(struct browser *b, enum api_method method, const char *path)
{
	struct api_request r = { .method = method,
				 .path = text_of(path),
				 .cookie = text_of(b->cookie),
				 .token = text_of(b->token),
				 .origin = text_of(b->origin),
				 .host = text_of(b->host) };

	arena_reset(b->arena);
	api_answer_public(b->server->api, &r, b->arena, &b->got);
	CHECK(!b->got.set_cookie.size);
	return b->got.status;
}

TEST(of_all_routes_those_that_are_public_are_there_and_no_other_not_even_for_who_is_in)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_comes(&b, &s, ROLE_PROTECTION);
	reg_lock(s.town.reg);
	CHECK_INT(town_login(&s.town, ROLE_ADMINISTRATOR, "administrator"), OK);
	for (int r = 0; r < ROUTES_COUNT; r++) {
		const struct route_info *info = route_info((enum route)r);

		CHECK_INT(asks_in_public(&b, info->method, info->path),
			  info->who == WHO_PUBLIC ? 200 : 404);
	}
	CHECK_INT(asks_in_public(&b, METHOD_GET, "/index.html"), 404);
	browser_end(&b);
	server_end(&s);
}

TEST(who_comes_to_the_public_server_is_led_to_its_pages)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	CHECK_INT(asks_in_public(&b, METHOD_GET, "/"), 302);
	CHECK_TEXT(b.got.location, "/public/");
	CHECK_INT(asks_in_public(&b, METHOD_GET, b.got.location), 200);
	CHECK(asks_in_public(&b, METHOD_POST, "/") != 302);
	browser_end(&b);
	server_end(&s);
}

TEST(what_is_public_is_read_also_while_the_register_is_locked)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	reg_lock(s.town.reg);
	for (int r = 0; r < ROUTES_COUNT; r++) {
		const struct route_info *info = route_info((enum route)r);

		if (info->who == WHO_PUBLIC)
			CHECK_INT(asks_in_public(&b, METHOD_GET, info->path), 200);
	}
	browser_end(&b);
	server_end(&s);
}

static void publishes(struct server *s, const char *name, const char *value)
{
	town_records_of(&s->town, ROLE_STATISTICIAN,
			"{\"kind\": \"figure.reported\", \"subject\": \"@%s\", \"source\": \"u\","
			" \"publisher\": \"p\", \"as_of\": \"2025-04-04\", \"area\": \"PK6\","
			" \"group\": \"PoR\", \"measure\": \"stock\", \"value\": \"%s\","
			" \"unit\": \"persons\"}",
			name, value);
}

/* The figures of Punjab as a public server says them. */
static struct text figures_of_punjab(struct browser *b)
{
	struct api_request r = { .method = METHOD_GET,
				 .path = TEXT("/api/figures"),
				 .query = TEXT("area=PK6"),
				 .host = text_of(b->host) };

	arena_reset(b->arena);
	api_answer_public(b->server->api, &r, b->arena, &b->got);
	CHECK_INT(b->got.status, 200);
	return (struct text){ (const char *)b->got.body.at, b->got.body.size };
}

static bool says(struct text answer, const char *value)
{
	return memmem(answer.at, answer.size, value, strlen(value)) != NULL;
}

TEST(an_answer_about_figures_that_was_kept_is_not_given_once_there_is_another)
{
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	publishes(&s, "one", "99857");
	CHECK(says(figures_of_punjab(&b), "99857") && !says(figures_of_punjab(&b), "35235"));
	publishes(&s, "other", "35235");
	CHECK(says(figures_of_punjab(&b), "99857") && says(figures_of_punjab(&b), "35235"));
	browser_end(&b);
	server_end(&s);
}

/* "name+hash+base64": a byte that says Ed25519, and the key. */
static struct hash key_of(const char *verifier)
{
	const char *base64 = strchr(strchr(verifier, '+') + 1, '+') + 1;
	uint8_t bytes[1 + HASH_SIZE];
	struct hash key;
	size_t size;

	CHECK(!sodium_base642bin(bytes, sizeof(bytes), base64, strlen(base64), NULL, &size, NULL,
				 sodium_base64_VARIANT_ORIGINAL));
	CHECK_INT(size, sizeof(bytes));
	CHECK_INT(bytes[0], 1);
	memcpy(key.at, bytes + 1, HASH_SIZE);
	return key;
}

TEST(the_checkpoint_is_the_signed_one_and_its_key_verifies_it)
{
	struct checkpoint read;
	struct hash key;
	struct server s;
	struct browser b;

	server_begin(&s, 1);
	browser_begin(&b, &s);
	CHECK_INT(browser_gets(&b, "/api/checkpoint"), 404);
	CHECK_TEXT(browser_said(&b, "key"), "checkpoint.none");
	reg_lock(s.town.reg);
	CHECK_INT(browser_gets(&b, "/api/checkpoint"), 200);
	key = key_of(browser_said(&b, "key"));
	CHECK_INT(checkpoint_read(&read, text_of(browser_said(&b, "note")), &key, &s.town.fault),
		  OK);
	CHECK(read.size > 0);
	browser_end(&b);
	server_end(&s);
}

RUN_TESTS()
