/*
 * A second table of who may ask what of the server, written by hand from what each role is
 * for and not from routes.def: whatever is changed there is changed here too, by somebody
 * who thinks.  Every route is tried as every role, as nobody, after the logout and after
 * the role was taken away.
 *
 * Columns: registration, counsellor, protection, legal aid, cashier, movement, border,
 * statistician, administrator, auditor.  y: may; a dot: may not; all are *: anybody may.
 */
#include <stdio.h>

#include "api/server_testing.h"

#define ROLES 10
#define ANYBODY "*"
#define ALL "y y y y   y y y   y y y"

/* {person}, {household} and {bus} stand for ids that are there. */
/* clang-format off */
static const struct expectation {
	enum route route;
	const char *address, *body, *who;
} expected[] = {
	/* What says nothing about anybody, and what it takes to come in and go. */
	{ ROUTE_HEALTH,            "/api/health",            NULL, ANYBODY },
	{ ROUTE_OPENAPI,           "/api/openapi.json",      NULL, ANYBODY },
	{ ROUTE_WORDS,             "/api/words",             NULL, ANYBODY },
	{ ROUTE_RULES,             "/api/rules",             NULL, ANYBODY },
	{ ROUTE_CHECKPOINT,        "/api/checkpoint",        NULL, ANYBODY },
	{ ROUTE_NEGOTIATIONS,      "/api/negotiations",      NULL, ANYBODY },
	{ ROUTE_NEGOTIATION,       "/api/negotiations/ToR",  NULL, ANYBODY },
	{ ROUTE_APPLIES,           "/api/applies?group=acc&area=PK5", NULL, ANYBODY },
	{ ROUTE_TIMES,             "/api/times?group=acc&area=PK5", NULL, ALL },
	{ ROUTE_FIGURES,           "/api/figures?area=PK6", NULL, ANYBODY },
	{ ROUTE_SESSION,           "/api/session",           NULL, ANYBODY },
	{ ROUTE_LOGIN,             "/api/login",             "{\"name\": \"cashier\", \"passphrase\": \"cashier\"}", ANYBODY },
	{ ROUTE_LOGOUT,            "/api/logout",            NULL, ANYBODY },
	{ ROUTE_SESSION_AWAY,      "/api/session/away",      NULL, ANYBODY },
	/* These two say no by themselves where nobody is at the screen. */
	{ ROUTE_SESSION_OPEN,      "/api/session/open",      "{\"pin\": \"481516\"}", ANYBODY },
	{ ROUTE_SWITCH,            "/api/session/switch",    "{\"account\": \"{person}\", \"pin\": \"481516\"}", ANYBODY },

	/* One's own account. */
	{ ROUTE_PIN_SET,           "/api/session/pin",       "{\"pin\": \"481516\"}", ALL },
	{ ROUTE_AGAIN,             "/api/session/again",     "{\"passphrase\": \"wrong\"}", ALL },
	{ ROUTE_SECOND,            "/api/session/second",    "{\"name\": \"nobody\", \"passphrase\": \"wrong\", \"fact\": \"00000000000000000000000000000000/0/0\"}", ALL },
	{ ROUTE_PASSPHRASE,        "/api/account/passphrase", "{\"old\": \"wrong\", \"new\": \"copper lantern seven rivers\"}", ALL },
	{ ROUTE_TOTP,              "/api/account/totp",      NULL, ALL },
	{ ROUTE_TOTP_CONFIRM,      "/api/account/totp/confirm", "{\"code\": \"000000\"}", ALL },
	/* Whoever sees a stranger at the door locks it. */
	{ ROUTE_LOCK,              "/api/lock",              NULL, ALL },

	/* Whose it is, and who manages accounts: a table by role cannot say it (drafts_test.c). */
	{ ROUTE_HAND_OVER,         "/api/drafts/hand-over",  "{\"from\": \"{person}\", \"name\": \"household/new\", \"nonce\": \"AAAAAAAAAAAAAAAA\", \"sealed\": \"\", \"to\": \"00112233445566778899aabbccddeeff\", \"as\": \"household/new\"}", ALL },

	/* A withdrawal is taken down by whoever hears it. */
	{ ROUTE_FACTS,             "/api/facts",             "{\"facts\": [{\"kind\": \"choice.withdrawn\", \"subject\": \"{person}\", \"channel\": \"in-person\"}]}", ALL },

	/* Lists of others bring people in: registration. */
	{ ROUTE_LISTS,             "/api/lists",             "{\"files\": [{\"name\": \"a.csv\", \"content\": \"\"}], \"dry_run\": true}", "y . . .   . . .   . . ." },
	{ ROUTE_FIGURES_TABLE,     "/api/tables/figures",    "{\"file\": {\"name\": \"a.csv\", \"content\": \"\"}, \"dry_run\": true}", ". . . .   . . .   y . ." },
	{ ROUTE_DIRECTIVES_TABLE,  "/api/tables/directives", "{\"file\": {\"name\": \"a.csv\", \"content\": \"\"}, \"dry_run\": true}", ". . y y   . . .   . y ." },

	/* People: who sits with her, or pays her; the auditor reads, and finds by number. */
	{ ROUTE_FIND,              "/api/find",              "{\"q\": \"zarmina\"}", "y y y y   y . .   . . ." },
	{ ROUTE_DOUBLES,           "/api/doubles",           "{\"people\": [{\"name\": \"zarmina\", \"year\": 1990}]}", "y . . .   . . .   . . ." },
	/* Whether two records are one person: who registers, and who protects. */
	{ ROUTE_PAIRS,             "/api/pairs",             NULL, "y . y .   . . .   . . ." },
	{ ROUTE_PAIR,              "/api/pairs/open",        "{\"a\": \"{person}\", \"b\": \"00112233445566778899aabbccddeeff\"}", "y . y .   . . .   . . ." },
	{ ROUTE_OPEN,              "/api/openings",          "{\"subject\": \"{person}\", \"purpose\": \"protection\"}", "y y y y   . . .   . . y" },
	{ ROUTE_HOUSEHOLD,         "/api/households/{household}", NULL, "y y y y   . . .   . . y" },
	{ ROUTE_HOUSEHOLD_HISTORY, "/api/households/{household}/history", NULL, "y y y y   . . .   . . y" },
	{ ROUTE_HOUSEHOLD_APPLIES, "/api/households/{household}/applies", NULL, "y y y y   . . .   . . y" },
	{ ROUTE_PERSON,            "/api/people/{person}",   NULL, "y y y y   . . .   . . y" },
	{ ROUTE_PERSON_HISTORY,    "/api/people/{person}/history", NULL, "y y y y   . . .   . . y" },
	{ ROUTE_RECEIPTS,          "/api/people/{person}/receipts", NULL, "y y y y   . . .   . . y" },
	{ ROUTE_READY,             "/api/people/{person}/ready", NULL, "y y y y   . . .   . . y" },

	/* The day; a list of those who return is for who sees them off. */
	{ ROUTE_TODAY,             "/api/today",             NULL, ALL },
	/* A screen in the yard at which nobody is. */
	{ ROUTE_CALLED,            "/api/called",            NULL, ANYBODY },
	{ ROUTE_CALL,              "/api/calls",             "{\"person\": \"{person}\", \"desk\": 3}", "y y y y   . . .   . . ." },
	{ ROUTE_CALENDAR,          "/api/calendar",          NULL, ALL },
	{ ROUTE_CASES,             "/api/cases",             NULL, ". . y y   . . .   . . ." },
	{ ROUTE_MOVEMENTS,         "/api/movements",         NULL, "y y y y   . y y   . . y" },
	{ ROUTE_MANIFEST,          "/api/movements/{bus}",   NULL, ". . y .   . y y   . . ." },
	{ ROUTE_SCAN,              "/api/scan",              "{\"text\": \"x\"}", ". . y .   . y y   . . ." },
	{ ROUTE_CHANGES,           "/api/changes?after=0",   NULL, ALL },

	/* What is the same for all who work here. */
	{ ROUTE_KINDS,             "/api/kinds",             NULL, ALL },
	{ ROUTE_AREAS,             "/api/areas?q=kabul",     NULL, ALL },
	{ ROUTE_PLACES,            "/api/places",            NULL, ALL },
	{ ROUTE_TARIFFS,           "/api/tariffs",           NULL, ALL },
	{ ROUTE_ADVISORIES,        "/api/advisories",        NULL, ALL },
	{ ROUTE_SHEET,             "/api/sheets/AF06",       NULL, ALL },
	{ ROUTE_FORM,              "/api/form",              NULL, ALL },

	/* The register itself. */
	{ ROUTE_NODE,              "/api/node",              NULL, ALL },
	{ ROUTE_VERIFY,            "/api/verify",            NULL, ALL },
	{ ROUTE_BACKUP,            "/api/backups",           NULL, ". . . .   . . .   . y ." },
	/* Into a folder that there is not. */
	{ ROUTE_BACKUP_NEW,        "/api/backups",           "{\"folder\": \"nowhere\"}", ". . . .   . . .   . y ." },
	{ ROUTE_ERASURES,          "/api/erasures",          "{\"folder\": \"nowhere\"}", ". . . .   . . .   . y ." },
	{ ROUTE_ACCOUNTS,          "/api/accounts",          NULL, ". . . .   . . .   . y y" },
	{ ROUTE_ACCOUNT_NEW,       "/api/accounts",          "{\"name\": \"nadia\", \"roles\": [\"border\"], \"passphrase\": \"copper lantern seven rivers\"}", ". . . .   . . .   . y ." },
	{ ROUTE_ACCOUNT_ROLES,     "/api/accounts/roles",    "{\"account\": \"{person}\", \"roles\": [\"border\"]}", ". . . .   . . .   . y ." },
};
/* clang-format on */

static const struct expectation *expectation_of(enum route r)
{
	const struct expectation *found = NULL;

	for (size_t i = 0; i < COUNT_OF(expected); i++)
		if (expected[i].route == r) {
			CHECK(!found);
			found = &expected[i];
		}
	return found;
}

static bool anybody_may(const struct expectation *x)
{
	return !strcmp(x->who, ANYBODY);
}

/* Whether the column of `role` (from 1) has a y. */
static bool role_may(const struct expectation *x, int64_t role)
{
	int64_t column = 0;

	if (anybody_may(x))
		return true;
	for (const char *at = x->who; *at; at++)
		if (*at != ' ' && ++column == role)
			return *at == 'y';
	return false;
}

/* --- asking ---------------------------------------------------------------------------- */

/* The town in which all is asked. */
struct house {
	struct server server;
};

static void house_begin(struct house *h)
{
	server_begin(&h->server, 1);
	town_registers_family(&h->server.town);
	town_plans_bus(&h->server.town, 48 * HOUR, 10);
}

static const char *filled(struct house *h, const char *form, char *out, size_t room)
{
	static const struct {
		const char *word, *name;
	} ids[] = { { "{person}", "@zarmina" },
		    { "{household}", "@household" },
		    { "{bus}", "@bus" } };
	char id[ID_HEX_SIZE + 1];

	snprintf(out, room, "%s", form);
	for (size_t i = 0; i < COUNT_OF(ids); i++) {
		char *at = strstr(out, ids[i].word);

		if (!at)
			continue;
		server_id(&h->server, ids[i].name, id);
		snprintf(out, room, "%.*s%s%s", (int)(strstr(form, ids[i].word) - form), form, id,
			 strstr(form, ids[i].word) + strlen(ids[i].word));
	}
	return out;
}

static unsigned asks(struct house *h, struct browser *b, const struct expectation *x)
{
	char address[200], body[400];

	filled(h, x->address, address, sizeof(address));
	if (route_info(x->route)->method == METHOD_GET)
		return browser_gets(b, address);
	return browser_posts(b, address, x->body ? filled(h, x->body, body, sizeof(body)) : NULL);
}

/* What any route may answer to who may ask it: what she asked for, or why not that. */
static void check_let_in(const struct browser *b, const struct expectation *x)
{
	const char *key = b->got.status >= 400 ? browser_said(b, "key") : "";

	if (b->got.status == 401 || b->got.status == 429 || !strcmp(key, "deed.denied") ||
	    !strncmp(key, "request.", 8) || !strncmp(key, "shape.", 6))
		check_failed(__FILE__, __LINE__, "%s: %u %s", x->address, b->got.status, key);
}

static void check_kept_out(const struct browser *b, const struct expectation *x, unsigned status,
			   const char *key)
{
	if (b->got.status != status || strcmp(browser_said(b, "key"), key))
		check_failed(__FILE__, __LINE__, "%s: %u %s and not %u %s", x->address,
			     b->got.status, browser_said(b, "key"), status, key);
}

/* --- who may what ------------------------------------------------------------------------ */

TEST(every_route_has_its_line_and_each_line_asks_its_route)
{
	for (int r = 0; r < ROUTES_COUNT; r++) {
		const struct expectation *x = expectation_of((enum route)r);
		const struct route_info *info = route_info((enum route)r);

		if (!x)
			check_failed(__FILE__, __LINE__, "%s has no line", info->path);
		CHECK(!strncmp(x->address, info->path, strcspn(info->path, "{")));
		CHECK_INT(x->body != NULL, info->body != SHAPE_NONE);
	}
}

TEST(every_route_as_every_role_is_as_expected)
{
	struct house h;

	house_begin(&h);
	for (size_t i = 0; i < COUNT_OF(expected); i++)
		for (int64_t role = 1; role <= ROLES; role++) {
			struct browser b;

			browser_comes(&b, &h.server, role);
			asks(&h, &b, &expected[i]);
			if (role_may(&expected[i], role))
				check_let_in(&b, &expected[i]);
			else
				check_kept_out(&b, &expected[i], 403, "deed.denied");
			browser_end(&b);
		}
	server_end(&h.server);
}

TEST(nobody_gets_what_is_not_for_anybody)
{
	struct house h;
	struct browser b;

	house_begin(&h);
	browser_begin(&b, &h.server);
	for (size_t i = 0; i < COUNT_OF(expected); i++) {
		if (anybody_may(&expected[i]))
			continue;
		asks(&h, &b, &expected[i]);
		check_kept_out(&b, &expected[i], 401, "session.nobody");
	}
	browser_end(&b);
	server_end(&h.server);
}

TEST(after_the_logout_no_route_knows_her_cookie)
{
	struct house h;

	house_begin(&h);
	for (size_t i = 0; i < COUNT_OF(expected); i++) {
		char token[HEADER_SIZE];
		struct browser b;

		if (anybody_may(&expected[i]))
			continue;
		browser_comes(&b, &h.server, ROLE_PROTECTION);
		memcpy(token, b.token, sizeof(token));
		CHECK_INT(browser_posts(&b, "/api/logout", NULL), 200);
		memcpy(b.token, token, sizeof(token));
		asks(&h, &b, &expected[i]);
		check_kept_out(&b, &expected[i], 401, "session.nobody");
		browser_end(&b);
	}
	server_end(&h.server);
}

static void has_role(struct house *h, int64_t role)
{
	CHECK_INT(reg_account_roles(h->server.town.reg, &h->server.town.as[ROLE_ADMINISTRATOR],
				    TEXT("cashier"), (uint16_t)(1u << role), &h->server.town.fault),
		  OK);
}

/* One account that has each role in turn, and loses it while its browser is open. */
TEST(after_the_role_was_taken_away_the_next_request_is_refused)
{
	struct house h;

	house_begin(&h);
	for (size_t i = 0; i < COUNT_OF(expected); i++) {
		int64_t may = 1, may_not = 1;
		struct browser b;

		while (may <= ROLES && !role_may(&expected[i], may))
			may++;
		while (may_not <= ROLES && role_may(&expected[i], may_not))
			may_not++;
		if (may_not > ROLES)
			continue;
		has_role(&h, may);
		browser_comes(&b, &h.server, ROLE_CASHIER);
		asks(&h, &b, &expected[i]);
		check_let_in(&b, &expected[i]);
		has_role(&h, may_not);
		asks(&h, &b, &expected[i]);
		check_kept_out(&b, &expected[i], 403, "deed.denied");
		browser_end(&b);
	}
	server_end(&h.server);
}

TEST(behind_a_pin_no_route_gives_what_is_not_for_anybody)
{
	struct house h;
	struct browser b;

	house_begin(&h);
	browser_comes(&b, &h.server, ROLE_PROTECTION);
	CHECK_INT(browser_posts(&b, "/api/session/pin", "{\"pin\": \"481516\"}"), 200);
	for (size_t i = 0; i < COUNT_OF(expected); i++) {
		char token[HEADER_SIZE];

		if (anybody_may(&expected[i]))
			continue;
		memcpy(token, b.token, sizeof(token));
		CHECK_INT(browser_posts(&b, "/api/session/away", NULL), 200);
		memcpy(b.token, token, sizeof(token));
		asks(&h, &b, &expected[i]);
		check_kept_out(&b, &expected[i], 401, "session.pin");
		CHECK_INT(browser_posts(&b, "/api/session/open", "{\"pin\": \"481516\"}"), 200);
	}
	browser_end(&b);
	server_end(&h.server);
}

/* --- another household --------------------------------------------------------------------- */

TEST(the_file_of_another_household_stays_closed_by_whichever_address)
{
	static const char *const addresses[] = { "/api/households/%s", "/api/households/%s/history",
						 "/api/people/%s", "/api/people/%s/history",
						 "/api/people/%s/receipts",
						 "/api/people/%s/ready" };
	static const char *const others[] = { "@other-house", "@spozhmai" };
	struct house h;
	struct browser b;
	char id[ID_HEX_SIZE + 1];

	house_begin(&h);
	town_records(&h.server.town, ROLE_REGISTRATION,
		     "[{\"kind\": \"household.registered\", \"subject\": \"@other-house\","
		     "  \"residence\": \"PK528\"},"
		     " {\"kind\": \"person.registered\", \"subject\": \"@spozhmai\","
		     "  \"household\": \"@other-house\", \"given_latin\": \"Spozhmai\","
		     "  \"sex\": \"female\", \"birth_year\": 1970, \"group\": \"acc\"}]");
	browser_comes(&b, &h.server, ROLE_PROTECTION);
	server_id(&h.server, "@household", id);
	CHECK_INT(browser_posts_of(&b, "/api/openings",
				   "{\"subject\": \"%s\", \"purpose\": \"protection\"}", id),
		  200);
	for (size_t i = 0; i < COUNT_OF(others) * COUNT_OF(addresses); i++) {
		const char *form = addresses[i % COUNT_OF(addresses)];
		size_t fixed = strcspn(form, "%");
		char address[120];

		server_id(&h.server, others[i / COUNT_OF(addresses)], id);
		snprintf(address, sizeof(address), "%.*s%s%s", (int)fixed, form, id,
			 form + fixed + 2);
		CHECK_INT(browser_gets(&b, address), 403);
		CHECK_TEXT(browser_said(&b, "key"), "opening.first");
	}
	browser_end(&b);
	server_end(&h.server);
}

RUN_TESTS()
