/*
 * The files of the web client, as far as it is built: without it, that is what is said.
 */
#include "api/pages.h"

#include "base/embed.h"
#include "base/test.h"
#include "gen/embed.h"

static const char *const names[] = {
#define FILE(name, from, to) name,
	EMBEDDED(FILE)
#undef FILE
};

struct asked {
	struct arena *arena;
	struct api_request request;
	struct api_response answer;
	unsigned status;
	const char *why;
};

static struct asked *ask(struct asked *a, const char *path)
{
	a->request.path = text_of(path);
	a->answer = (struct api_response){ 0 };
	a->why = NULL;
	a->status = pages_answer(&a->request, a->arena, &a->answer, &a->why);
	if (!a->status)
		a->status = a->answer.status;
	return a;
}

static void begin(struct asked *a)
{
	*a = (struct asked){ .request.method = METHOD_GET };
	CHECK(!arena_new(&a->arena, 1 << 20));
}

static bool is_built(void)
{
	return embedded("web/index.html").at;
}

static bool is_packed(const char *name)
{
	size_t size = strlen(name);

	return size > 3 && strcmp(name + size - 3, ".gz") == 0;
}

TEST(what_is_not_built_in_is_told_so)
{
	struct asked a;

	begin(&a);
	ask(&a, "/");
	CHECK_INT(a.status, is_built() ? 200 : 503);
	CHECK_TEXT(a.why ? a.why : "", is_built() ? "" : "page.not-built");
	arena_free(a.arena);
}

TEST(every_address_of_a_screen_opens_the_clients_page)
{
	static const char *const screens[] = { "/", "/index.html", "/today", "/people/3f/choice" };
	struct asked a;

	begin(&a);
	for (size_t i = 0; is_built() && i < COUNT_OF(screens); i++) {
		ask(&a, screens[i]);
		CHECK_INT(a.status, 200);
		CHECK_TEXT(a.answer.type, "text/html; charset=utf-8");
		CHECK(!a.answer.lasts);
		CHECK(bytes_same(a.answer.body, embedded("web/index.html")));
	}
	arena_free(a.arena);
}

TEST(every_file_of_the_client_is_found_and_only_its_assets_last)
{
	struct asked a;

	begin(&a);
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (strncmp(names[i], "web/", 4) != 0 || is_packed(names[i]))
			continue;
		ask(&a, names[i] + 3);
		CHECK_INT(a.status, 200);
		CHECK(bytes_same(a.answer.body, embedded(names[i])));
		CHECK(strcmp(a.answer.type, "application/octet-stream") != 0);
		CHECK_INT(a.answer.lasts, strncmp(names[i], "web/assets/", 11) == 0);
		arena_reset(a.arena);
	}
	arena_free(a.arena);
}

TEST(who_can_read_it_gets_it_packed)
{
	struct asked a;

	begin(&a);
	a.request.takes_gzip = true;
	if (is_built()) {
		ask(&a, "/");
		CHECK(a.answer.gzipped);
		CHECK(bytes_same(a.answer.body, embedded("web/index.html.gz")));
	}
	arena_free(a.arena);
}

TEST(who_has_the_page_already_is_told_that_it_is_still_so)
{
	struct asked a;

	begin(&a);
	if (is_built()) {
		a.request.if_none_match = ask(&a, "/")->answer.etag;
		ask(&a, "/today");
		CHECK_INT(a.status, 304);
		CHECK_INT(a.answer.body.size, 0);
		a.request.if_none_match = TEXT("\"another\"");
		CHECK_INT(ask(&a, "/today")->status, 200);
	}
	arena_free(a.arena);
}

TEST(what_is_no_file_of_the_client_is_nowhere)
{
	static const char *const paths[] = {
		"/assets/none.js", "/assets/", "/assets/../index.html", "/../words/en.mo",
		"/words/en.mo",	   "/areas/areas.csv",
	};
	struct asked a;
	char longest[1000];

	begin(&a);
	for (size_t i = 0; is_built() && i < COUNT_OF(paths); i++) {
		CHECK_INT(ask(&a, paths[i])->status, 404);
		CHECK_TEXT(a.why, "page.none");
	}
	memset(longest, '/', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = 0;
	CHECK_INT(ask(&a, longest)->status, 404);
	arena_free(a.arena);
}

TEST(a_page_is_only_read)
{
	struct asked a;

	begin(&a);
	a.request.method = METHOD_POST;
	CHECK_INT(ask(&a, "/")->status, 405);
	arena_free(a.arena);
}

RUN_TESTS()
