/*
 * A backup that an administrator makes from her browser: made beside the day's work, told
 * of while it goes on, and one that opens.
 */
#include "api/inside.h"
#include "api/server_testing.h"

struct office {
	struct server server;
	struct browser browser;
};

/* On a real disk: the copy is made by another thread. */
static void begin(struct office *o)
{
	*o = (struct office){ .server.api = NULL };
	town_make(&o->server.town, 1);
	server_stands(&o->server);
	town_registers_family(&o->server.town);
	browser_comes(&o->browser, &o->server, ROLE_ADMINISTRATOR);
}

static void end(struct office *o)
{
	browser_end(&o->browser);
	server_end(&o->server);
}

static unsigned asks_for_backup(struct office *o, const char *folder)
{
	return browser_posts_of(&o->browser, "/api/backups", "{\"folder\": \"%s\"}", folder);
}

static int64_t told(const struct office *o, const char *key)
{
	return json_integer_value(json_object_get(o->browser.json, key));
}

/* The fault's key of restoring what was told to be a backup; "": it is a register now. */
static const char *restored(struct office *o, const char *path)
{
	struct town *t = &o->server.town;
	const char *dir = arena_print(t->arena, "%s/restored", t->folder).at;
	const char *lists[] = { arena_print(t->arena, "%s.erasures", path).at };
	const struct reg_restoring what = { path, dir, lists, COUNT_OF(lists) };

	t->fault = (struct fault){ 0 };
	return reg_restore(&t->world.world, &what, &t->fault) ? t->fault.key : "";
}

TEST(a_backup_asked_for_from_a_browser_is_made_and_becomes_a_register)
{
	struct office o;
	uint64_t size;
	char path[400];

	begin(&o);
	CHECK_INT(browser_gets(&o.browser, "/api/backups"), 200);
	CHECK_TEXT(browser_said(&o.browser, "stage"), "none");
	CHECK_INT(asks_for_backup(&o, o.server.town.folder), 200);
	CHECK_TEXT(browser_said(&o.browser, "folder"), o.server.town.folder);
	backups_wait(o.server.api->backups);
	CHECK_INT(browser_gets(&o.browser, "/api/backups"), 200);
	CHECK_TEXT(browser_said(&o.browser, "stage"), "made");
	snprintf(path, sizeof(path), "%s", browser_said(&o.browser, "path"));
	CHECK_INT(
		o.server.town.world.world.file_size(&o.server.town.world.world, path, &size, NULL),
		OK);
	CHECK_INT(told(&o, "bytes"), (int64_t)size);
	CHECK_INT(browser_gets(&o.browser, "/api/node"), 200);
	CHECK(*browser_said(&o.browser, "last_backup"));
	CHECK_TEXT(restored(&o, path), "");
	end(&o);
}

TEST(a_backup_that_fails_is_told_with_its_reason_until_the_next_one)
{
	struct office o;

	begin(&o);
	CHECK_INT(asks_for_backup(&o, o.server.town.folder), 200);
	backups_wait(o.server.api->backups);
	/* Within the same second its name is taken. */
	CHECK_INT(asks_for_backup(&o, o.server.town.folder), 200);
	backups_wait(o.server.api->backups);
	CHECK_INT(browser_gets(&o.browser, "/api/backups"), 200);
	CHECK_TEXT(browser_said(&o.browser, "stage"), "failed");
	CHECK(strstr(browser_said(&o.browser, "why"), "never overwrites"));
	town_wait(&o.server.town, 1);
	CHECK_INT(asks_for_backup(&o, o.server.town.folder), 200);
	backups_wait(o.server.api->backups);
	CHECK_INT(browser_gets(&o.browser, "/api/backups"), 200);
	CHECK_TEXT(browser_said(&o.browser, "stage"), "made");
	end(&o);
}

TEST(a_folder_that_is_not_there_or_is_not_named_whole_is_refused_at_once)
{
	static const struct {
		const char *folder, *key;
	} wrong[] = { { "", "backups.folder" },
		      { "sticks", "backups.folder" },
		      { "../..", "backups.folder" },
		      { "/no/such/folder", "file.not-found" } };
	struct office o;

	begin(&o);
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		CHECK(asks_for_backup(&o, wrong[i].folder) >= 400);
		CHECK_TEXT(browser_said(&o.browser, "key"), wrong[i].key);
	}
	CHECK_INT(browser_gets(&o.browser, "/api/backups"), 200);
	CHECK_TEXT(browser_said(&o.browser, "stage"), "none");
	end(&o);
}

TEST(the_list_of_those_erased_is_written_apart_and_says_how_many)
{
	struct office o;
	struct town *t = &o.server.town;

	begin(&o);
	town_records(t, ROLE_PROTECTION,
		     "{\"kind\": \"person.erased\", \"subject\": \"@lal\","
		     " \"reason\": \"person-asked\"}");
	CHECK_INT(browser_gets(&o.browser, "/api/node"), 200);
	CHECK_INT(told(&o, "erasures_unlisted"), 1);
	CHECK_INT(browser_posts_of(&o.browser, "/api/erasures", "{\"folder\": \"%s\"}", t->folder),
		  200);
	CHECK_INT(told(&o, "count"), 1);
	CHECK(strstr(browser_said(&o.browser, "path"), t->folder));
	CHECK_INT(browser_gets(&o.browser, "/api/node"), 200);
	CHECK_INT(told(&o, "erasures_unlisted"), 0);
	end(&o);
}

RUN_TESTS()
