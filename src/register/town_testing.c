/*
 * A demo register takes the least that Argon2id can do, so a town with all its
 * accounts is made in a few milliseconds.
 */
#include "register/town_testing.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/json.h"
#include "register/inside.h"

#define ANSWER_MEMORY ((size_t)64 * 1024 * 1024)
#define JSON_TEXT_MAX 4096

/* For the end of an object, as three strings. */
#define KEY_PARTS(key) (key) ? ", \"key\": \"" : "", (key) ? (key) : "", (key) ? "\"" : ""

const char *town_account(int64_t role)
{
	return code_word(CODES_ROLE, role);
}

static struct secret *passphrase_of(const char *text)
{
	struct secret *s = NULL;

	CHECK_INT(secret_of(&s, bytes_of_text(text_of(text)), NULL), OK);
	return s;
}

/* --- its life ------------------------------------------------------------------- */

static enum err create(struct town *t)
{
	struct reg_site site = { TEXT("Peshawar Azakhel"), TEXT("PSH"), TEXT("Asia/Karachi"),
				 true };
	const char *admin = town_account(ROLE_ADMINISTRATOR);
	struct secret *passphrase = passphrase_of(admin);
	enum err e = reg_create(&t->world.world, t->dir, &site, text_of(admin), passphrase,
				&t->recovery, &t->fault);

	secret_free(passphrase);
	return e;
}

enum err town_opens_account(struct town *t, int64_t role)
{
	const char *name = town_account(role);
	struct secret *passphrase = passphrase_of(name);
	enum err e;

	t->fault = (struct fault){ 0 };
	e = reg_account_open(t->reg, &t->as[ROLE_ADMINISTRATOR], text_of(name),
			     (uint16_t)(1u << role), SEX_FEMALE, passphrase, &t->as[role].account,
			     &t->fault);
	secret_free(passphrase);
	return e;
}

static void begin(struct town *t, uint64_t seed)
{
	*t = (struct town){ .name_count = 0 };
	world_simulated_init(&t->world, seed);
	t->atlas = kept_atlas();
	CHECK_INT(arena_new(&t->arena, ANSWER_MEMORY), OK);
}

void town_begin_on(struct town *t, uint64_t seed, struct disk *d)
{
	begin(t, seed);
	disk_is_under(d, &t->world);
	strcpy(t->folder, "/town");
	strcpy(t->dir, "/town/register");
}

enum err town_found(struct town *t)
{
	enum err e;

	t->fault = (struct fault){ 0 };
	if ((e = create(t)) || (e = town_try_open(t)))
		return e;
	return town_login(t, ROLE_ADMINISTRATOR, town_account(ROLE_ADMINISTRATOR));
}

void town_make(struct town *t, uint64_t seed)
{
	begin(t, seed);
	test_folder_make(t->folder);
	snprintf(t->dir, sizeof(t->dir), "%s/register", t->folder);
	CHECK_INT(town_found(t), OK);
	for (int64_t role = 1; role <= ROLE_AUDITOR; role++)
		if (role != ROLE_ADMINISTRATOR)
			CHECK_INT(town_opens_account(t, role), OK);
}

enum err town_try_open(struct town *t)
{
	t->fault = (struct fault){ 0 };
	return reg_open(&t->reg, &t->world.world, t->atlas, t->dir, &t->fault);
}

void town_open(struct town *t)
{
	CHECK_INT(town_try_open(t), OK);
}

void town_close(struct town *t)
{
	reg_close(t->reg);
	t->reg = NULL;
}

void town_end(struct town *t)
{
	town_close(t);
	arena_free(t->arena);
	if (!t->world.disk)
		test_folder_remove(t->folder);
}

enum err town_login(struct town *t, int64_t role, const char *passphrase)
{
	struct secret *s = passphrase_of(passphrase);
	enum err e;

	t->fault = (struct fault){ 0 };
	e = reg_login(t->reg, text_of(town_account(role)), s, NULL, &t->as[role], &t->fault);
	secret_free(s);
	return e;
}

void town_login_all(struct town *t)
{
	for (int64_t role = 1; role <= ROLE_AUDITOR; role++)
		CHECK_INT(town_login(t, role, town_account(role)), OK);
}

void town_watch_clock(struct town *t)
{
	clock_be_watched(&t->reg->clock, t->reg->clock_stored);
}

void town_wait(struct town *t, int64_t seconds)
{
	world_wait(&t->world, seconds * 1000);
}

/* --- proposals ------------------------------------------------------------------ */

struct id town_id(struct town *t, const char *name)
{
	struct town_name *n;

	for (size_t i = 0; i < t->name_count; i++)
		if (!strcmp(t->names[i].name, name))
			return t->names[i].id;
	CHECK(t->name_count < TOWN_NAMES_MAX && strlen(name) < sizeof(n->name));
	n = &t->names[t->name_count++];
	strcpy(n->name, name);
	t->world.world.chance(&t->world.world, &n->id, ID_SIZE);
	return n->id;
}

static enum err resolve(void *self, enum subject_sort sort, struct text name, struct id *out,
			struct fault *f)
{
	char zero_ended[40];
	struct town *t = self;

	if (name.size == 0 || name.size >= sizeof(zero_ended) || name.at[0] != '@') {
		const struct state *s;
		enum err e = reg_read_begin(t->reg, &t->as[ROLE_REGISTRATION], DEED_RESOLVE, &s, f);

		if (!e) {
			e = reg_resolve(t->reg, s, sort, name, out, f);
			reg_read_end(t->reg);
		}
		return e;
	}
	memcpy(zero_ended, name.at, name.size);
	zero_ended[name.size] = 0;
	*out = town_id(t, zero_ended);
	return OK;
}

static enum err read_facts(struct town *t, const json_t *j)
{
	struct name_source names = { .self = t, .resolve = resolve };
	int64_t now = t->world.wall_ms / 1000;
	enum err e = OK;

	t->fact_count = json_is_array(j) ? json_array_size(j) : 1;
	t->facts = arena_take_array(t->arena, t->fact_count ? t->fact_count : 1, sizeof(*t->facts));
	if (!t->facts)
		return fault(&t->fault, ERR_MEMORY, "memory.none");
	for (size_t i = 0; !e && i < t->fact_count; i++)
		e = fact_from_json(&t->facts[i], t->arena,
				   json_is_array(j) ? json_array_get(j, i) : j, &names, now,
				   reg_zone(t->reg)->offset_min, &t->fault);
	return e;
}

enum err town_propose(struct town *t, int64_t role, const char *json)
{
	json_t *j = NULL;
	enum err e;

	arena_reset(t->arena);
	t->fault = (struct fault){ 0 };
	t->answer = (struct submission_answer){ 0 };
	if (!(e = json_parse(&j, text_of(json), &t->fault)) && !(e = read_facts(t, j)))
		e = reg_record(t->reg, &t->as[role], t->facts, t->fact_count, t->arena, &t->answer,
			       &t->fault);
	json_decref(j);
	return e;
}

static void tell_refusal(const struct town *t, const char *json)
{
	if (t->fault.key)
		fprintf(stderr, "%s\n  fault %s (%s, %s, %s)\n", json, t->fault.key,
			t->fault.values[0], t->fault.values[1], t->fault.values[2]);
	for (int r = 1; r <= RULES_COUNT; r++)
		if (t->answer.verdicts[r].outcome != OUTCOME_ALLOWED)
			fprintf(stderr, "%s\n  %s: %s\n", json, rule_info((enum rule)r)->id,
				t->answer.verdicts[r].why);
}

void town_records(struct town *t, int64_t role, const char *json)
{
	enum err e = town_propose(t, role, json);

	if (e || t->answer.sort != SUBMISSION_RECORDED)
		tell_refusal(t, json);
	CHECK_INT(e, OK);
	CHECK_INT(t->answer.sort, SUBMISSION_RECORDED);
}

void town_records_of(struct town *t, int64_t role, const char *format, ...)
{
	char json[JSON_TEXT_MAX];
	va_list list;

	va_start(list, format);
	CHECK(vsnprintf(json, sizeof(json), format, list) < (int)sizeof(json));
	va_end(list);
	town_records(t, role, json);
}

enum err town_propose_of(struct town *t, int64_t role, const char *format, ...)
{
	char json[JSON_TEXT_MAX];
	va_list list;

	va_start(list, format);
	CHECK(vsnprintf(json, sizeof(json), format, list) < (int)sizeof(json));
	va_end(list);
	return town_propose(t, role, json);
}

bool town_refused_by(struct town *t, int64_t role, const char *json, enum rule rule)
{
	CHECK_INT(town_propose(t, role, json), OK);
	return t->answer.sort == SUBMISSION_REFUSED &&
	       t->answer.verdicts[rule].outcome != OUTCOME_ALLOWED;
}

struct person town_person(struct town *t, const char *name)
{
	struct id id = town_id(t, name);
	const struct state *s;
	struct person p;

	CHECK_INT(
		reg_read_begin(t->reg, &t->as[ROLE_REGISTRATION], DEED_SHOW_PERSON, &s, &t->fault),
		OK);
	CHECK(state_person(s, &id, &p));
	reg_read_end(t->reg);
	return p;
}

/* --- a family and its way ------------------------------------------------------- */

void town_registers_family(struct town *t)
{
	town_records(
		t, ROLE_REGISTRATION,
		"[{\"kind\": \"household.registered\", \"subject\": \"@household\","
		"  \"residence\": \"PK5\", \"language\": \"pbu\"},"
		" {\"kind\": \"person.registered\", \"subject\": \"@zarmina\","
		"  \"household\": \"@household\", \"given\": \"زرمینه\", \"given_latin\": "
		"\"Zarmina\","
		"  \"sex\": \"female\", \"birth_year\": 1990, \"group\": \"undocumented\","
		"  \"relation\": \"spouse\", \"language\": \"pbu\", \"destination\": \"AF06\"},"
		" {\"kind\": \"person.registered\", \"subject\": \"@habib\","
		"  \"household\": \"@household\", \"given_latin\": \"Habib\","
		"  \"sex\": \"male\", \"birth_year\": 1985, \"group\": \"por\","
		"  \"relation\": \"head\", \"language\": \"pbu\", \"destination\": \"AF06\","
		"  \"documents\": [{\"kind\": \"por\", \"number\": \"00000-1234567-8\"}]},"
		" {\"kind\": \"person.registered\", \"subject\": \"@lal\","
		"  \"household\": \"@household\", \"given_latin\": \"Lal\","
		"  \"sex\": \"male\", \"birth_date\": \"2018-03-21\", \"group\": \"undocumented\","
		"  \"relation\": \"child\", \"guardian\": \"@habib\", \"care\": "
		"\"with-parents\"}]");
}

static const struct sheet *sheet_of(struct town *t, const char *code)
{
	const struct area *area;
	const struct sheet *sheet;

	CHECK_INT(atlas_area(t->atlas, text_of(code), &area, &t->fault), OK);
	CHECK_INT(atlas_sheet(t->atlas, area, &sheet, &t->fault), OK);
	return sheet;
}

/* What was proposed just now is recorded. */
static void check_recorded(struct town *t, enum err e)
{
	if (e || t->answer.sort != SUBMISSION_RECORDED)
		tell_refusal(t, t->facts && t->fact_count ? t->facts[0].kind->word : "");
	CHECK_INT(e, OK);
	CHECK_INT(t->answer.sort, SUBMISSION_RECORDED);
}

enum err town_proposes_counselling(struct town *t, const char *who, const char *key)
{
	char version[2 * HASH_SIZE + 1];

	hex_write(version, bytes_of(&sheet_of(t, "AF06")->version, HASH_SIZE));
	return town_propose_of(
		t, ROLE_COUNSELLOR,
		"{\"kind\": \"counselling.held\", \"subject\": \"%s\", \"company\": \"alone\","
		" \"language\": \"pbu\", \"understood\": true, \"counsellor_sex\": \"female\","
		" \"topics\": [\"safety\", \"access-to-area\", \"housing-land\", \"school\","
		" \"health\", \"work\", \"documents\", \"explosives\", \"assistance\", \"staying\","
		" \"withdrawal\", \"women\"], \"sheet\": \"%s\", \"sheet_area\": \"AF06\","
		" \"read_back\": true%s%s%s}",
		who, version, KEY_PARTS(key));
}

void town_counsels(struct town *t, const char *who)
{
	check_recorded(t, town_proposes_counselling(t, who, NULL));
}

enum err town_proposes_choice(struct town *t, const char *who, const char *answer, const char *key)
{
	char form[2 * HASH_SIZE + 1];

	memset(form, 'a', sizeof(form) - 1);
	form[sizeof(form) - 1] = 0;
	return town_propose_of(
		t, ROLE_PROTECTION,
		"{\"kind\": \"choice.made\", \"subject\": \"%s\", \"answer\": \"%s\","
		" \"form\": \"%s\", \"mark\": \"thumb\", \"witness\": \"Gul\", \"by\": \"%s\","
		" \"company\": \"alone\"%s%s%s%s}",
		who, answer, form, who,
		strcmp(answer, "return") ? "" : ", \"destination\": \"AF06\"", KEY_PARTS(key));
}

void town_chooses(struct town *t, const char *who, const char *answer)
{
	check_recorded(t, town_proposes_choice(t, who, answer, NULL));
}

void town_plans_bus(struct town *t, int64_t after_s, int seats)
{
	char departs[TIME_TEXT_SIZE];

	time_write(departs, t->world.wall_ms / 1000 + after_s, reg_zone(t->reg)->offset_min);
	town_records_of(
		t, ROLE_MOVEMENT,
		"{\"kind\": \"movement.planned\", \"subject\": \"@bus\", \"departs\": \"%s\","
		" \"from\": \"VRC-AZAKHEL\", \"crossing\": \"XP-TORKHAM\", \"seats\": %d}",
		departs, seats);
}
