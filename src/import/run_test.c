/* Lists of every shape that is met come in whole, once, and with nothing that they cannot say. */
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "base/prop.h"
#include "import/book_testing.h"
#include "import/import.h"
#include "register/town_testing.h"

#define REJECTS_KEPT 32

/* A register, a folder for lists, and what the last import said. */
struct desk {
	struct town town;
	struct import_order order;
	char paths[IMPORT_FILES_MAX][TOWN_PATH_SIZE];
	struct import_result result;
	struct fault fault;
	size_t reject_count;
	struct {
		char sheet[64], column[64], why[64];
		uint64_t row;
		bool changed;
	} rejects[REJECTS_KEPT];
};

static void keep_reject(void *self, const struct import_reject *r)
{
	struct desk *d = self;

	if (d->reject_count == REJECTS_KEPT)
		return;
	snprintf(d->rejects[d->reject_count].sheet, 64, "%s", r->sheet);
	snprintf(d->rejects[d->reject_count].column, 64, "%.*s", SHOWN(r->column));
	snprintf(d->rejects[d->reject_count].why, 64, "%s", r->why->key);
	d->rejects[d->reject_count].row = r->row;
	d->rejects[d->reject_count++].changed = r->changed;
}

#define LIST_SIZE ((size_t)1 << 20)

static struct desk *desk_new(const char *map)
{
	struct desk *d = calloc(1, sizeof(*d));

	CHECK(d);
	town_make(&d->town, 1);
	d->order.map = bytes_of(map, strlen(map));
	d->order.rejected = keep_reject;
	d->order.self = d;
	return d;
}

static struct desk *desk_with_ready_map(const char *word)
{
	struct desk *d = desk_new("");

	d->order.map = import_ready_map(word);
	return d;
}

static void desk_end(struct desk *d)
{
	town_end(&d->town);
	free(d);
}

static const char *path_of(struct desk *d, size_t at, const char *name)
{
	snprintf(d->paths[at], sizeof(d->paths[at]), "%s/%s", d->town.folder, name);
	d->order.files[at].name = d->paths[at];
	if (d->order.file_count <= at)
		d->order.file_count = at + 1;
	return d->paths[at];
}

static void put_bytes(struct desk *d, size_t at, const char *name, const void *content, size_t size)
{
	FILE *file = fopen(path_of(d, at, name), "wb");

	CHECK(file && fwrite(content, 1, size, file) == size && !fclose(file));
}

static void put_file(struct desk *d, size_t at, const char *name, const char *content)
{
	put_bytes(d, at, name, content, strlen(content));
}

static enum err run(struct desk *d)
{
	d->reject_count = 0;
	d->fault = (struct fault){ 0 };
	return import_run(d->town.reg, &d->town.world.world, d->town.atlas,
			  &d->town.as[ROLE_REGISTRATION], &d->order, NULL, &d->result, &d->fault);
}

static void runs(struct desk *d)
{
	enum err e = run(d);

	if (e)
		check_failed(__FILE__, __LINE__, "%s (%s, %s, %s)", d->fault.key,
			     d->fault.values[0], d->fault.values[1], d->fault.values[2]);
}

static void check_no_rejects(const struct desk *d)
{
	if (d->reject_count)
		check_failed(__FILE__, __LINE__, "%s row %d, %s: %s", d->rejects[0].sheet,
			     (int)d->rejects[0].row, d->rejects[0].column, d->rejects[0].why);
	CHECK_INT(d->result.rejected, 0);
}

static void check_reject(const struct desk *d, size_t at, uint64_t row, const char *column,
			 const char *why)
{
	CHECK(at < d->reject_count);
	CHECK_TEXT(d->rejects[at].why, why);
	CHECK_INT(d->rejects[at].row, row);
	CHECK_TEXT(d->rejects[at].column, column);
}

static struct state_counts counts_of(struct desk *d)
{
	struct reg_status s;

	CHECK_INT(reg_status(d->town.reg, &s, &d->fault), OK);
	return s.counts;
}

static void check_counts(struct desk *d, uint64_t households, uint64_t persons)
{
	struct state_counts c = counts_of(d);

	CHECK_INT(c.households, households);
	CHECK_INT(c.persons, persons);
}

/* Whose given name, whole name or family name it is, in either script. */
struct called {
	const struct state *s;
	struct text name;
	struct id found;
	size_t count;
};

static bool same_in_any_case(struct text a, struct text b)
{
	return a.size == b.size && strncasecmp(a.at, b.at, a.size) == 0;
}

static bool is_called(const struct called *x, struct text given, struct text family)
{
	char whole[1700];
	int size = snprintf(whole, sizeof(whole), "%.*s %.*s", SHOWN(given), SHOWN(family));

	return same_in_any_case(given, x->name) || same_in_any_case(family, x->name) ||
	       same_in_any_case((struct text){ whole, (size_t)size }, x->name);
}

static bool look_at(void *self, const struct person *p)
{
	struct called *x = self;
	struct person_names n;

	if (state_names(x->s, &p->id, &n) &&
	    (is_called(x, n.given, n.family) || is_called(x, n.given_latin, n.family_latin))) {
		x->found = p->id;
		x->count++;
	}
	return true;
}

static size_t called(const struct state *s, const char *name, struct id *out)
{
	struct called x = { .s = s, .name = text_of(name) };

	state_each_person(s, look_at, &x);
	*out = x.found;
	return x.count;
}

/* Who is called so; she must be the only one. */
static struct person person_called(struct desk *d, const char *name, struct person_names *names)
{
	const struct session *by = &d->town.as[ROLE_REGISTRATION];
	const struct state *s;
	struct person p;
	struct id id;
	size_t found;

	CHECK_INT(reg_read_begin(d->town.reg, by, DEED_FIND, &s, &d->fault), OK);
	found = called(s, name, &id);
	if (found != 1)
		check_failed(__FILE__, __LINE__, "%zu are called %s", found, name);
	CHECK(state_person(s, &id, &p));
	CHECK(!names || state_names(s, &id, names));
	reg_read_end(d->town.reg);
	return p;
}

static struct household household_of(struct desk *d, const struct person *p)
{
	const struct state *s;
	struct household h;

	CHECK_INT(reg_read_begin(d->town.reg, &d->town.as[ROLE_REGISTRATION], DEED_FIND, &s,
				 &d->fault),
		  OK);
	CHECK(state_household(s, &p->household, &h));
	reg_read_end(d->town.reg);
	return h;
}

static int32_t day(int year, int month, int of_month)
{
	return day_of(GREGORIAN, (struct date){ year, month, of_month });
}

/* --- Kobo ---------------------------------------------------------------------------- */

#define KOBO_HEAD \
	"start|location/district|location/address|contact/phone|contact/phone_safe|_id|_uuid|" \
	"_submission_time|_validation_status|_notes|_status|_submitted_by|__version__|_tags|" \
	"meta/rootUuid|_index\n"
#define MEMBERS_HEAD \
	"given_name|father_name|grandfather_name|sex|dob|age|relation|status|doc|doc_no|origin|" \
	"needs|needs/disab|needs/old|_index|_parent_table_name|_parent_index|_submission__id|" \
	"_submission__uuid|_submission__submission_time\n"

static void put_kobo(struct desk *d, const char *households, const char *members)
{
	struct test_sheet sheets[] = { { "Registration of households i...", households },
				       { "members", members } };
	const struct test_book book = { .sheets = sheets, .sheet_count = members ? 2 : 1 };

	book_write(path_of(d, 0, "form.xlsx"), &book);
}

#define KOBO_TWO \
	KOBO_HEAD \
	"#date|#adm2+code||#contact||||||||||||\n" \
	"x|PK528|House 3|+92 000 0000001|yes|n:101||2026-03-01T06:30:00|||submitted_via_web|zahra|v1||uuid:aaa|n:1\n" \
	"x|PK526||||n:102|bbb|2026-03-02T06:30:00|validation_status_approved||s|zahra|v1|||n:2\n" \
	"||||||||||||||||\n" \
	"x|PK526||||n:103|ccc|2026-03-02T06:30:00|validation_status_not_approved||s|zahra|v1|||n:3\n"
#define MEMBERS_FOUR \
	MEMBERS_HEAD \
	"زرمینه|ګل خان||2|n:32966||spouse|por|por|00000-1234567-8|AF06|Disability|1|0|n:1|Registration of households in Peshawar|n:1|n:101|aaa|2026-03-01T06:30:00\n" \
	"Habib|Nek||m||n:41|head|none|none||||0|1|n:2|Registration|n:1|n:101|aaa|2026-03-01T06:30:00\n" \
	"Lal|Habib||male|2020-05-06||child|none|||AF06||||n:3|Registration|n:1|n:101|aaa|2026-03-01T06:30:00\n" \
	"Spogmai|Nur||female|1990||head|acc|acc|00000-7|AF01||||n:4|Registration|n:2|n:102|bbb|2026-03-02T06:30:00\n" \
	"Left Out|Nur||female|1990||head|acc|acc|00000-9|AF01||||n:5|Registration|n:3|n:103|ccc|2026-03-02T06:30:00\n"

TEST(a_kobo_workbook_comes_in_with_its_people)
{
	struct desk *d = desk_with_ready_map("kobo");
	struct person_names names;
	struct household h;
	struct person p;

	put_kobo(d, KOBO_TWO, MEMBERS_FOUR);
	runs(d);
	check_no_rejects(d);
	CHECK_INT(d->result.rows, 2 + 4);
	CHECK_INT(d->result.households, 2);
	CHECK_INT(d->result.people, 4);
	CHECK_INT(d->result.recorded, 2);
	CHECK_INT(d->result.skipped, 2);
	check_counts(d, 2, 4);
	p = person_called(d, "زرمینه", &names);
	CHECK_INT(p.sex, SEX_FEMALE);
	CHECK_INT(p.group, GROUP_POR);
	CHECK_INT(p.relation, RELATION_SPOUSE);
	CHECK_INT(p.born_from, day(1990, 4, 3));
	CHECK_INT(p.needs, 1u << NEED_DS);
	CHECK_TEXT(p.origin, "AF06@cod-ab-2021");
	CHECK_TEXT(names.father, "ګل خان");
	CHECK_INT(names.document_count, 1);
	CHECK_INT(names.documents[0].kind, DOCUMENT_KIND_POR);
	CHECK_TEXT(names.documents[0].number, "00000-1234567-8");
	CHECK_INT(p.answer, 0);
	h = household_of(d, &p);
	CHECK_TEXT(h.residence, "PK528@cod-ab-2022");
	CHECK_TEXT(h.phone, "+92 000 0000001");
	CHECK(h.phone_safe);
	p = person_called(d, "habib", NULL);
	CHECK(id_same(&p.id, &h.head));
	CHECK_INT(p.born_to, day(1985, 3, 1));
	CHECK_INT(p.needs, 1u << NEED_ER);
	desk_end(d);
}

TEST(the_people_of_a_household_that_is_rejected_are_listed_with_it)
{
	struct desk *d = desk_with_ready_map("kobo");

	put_kobo(
		d, KOBO_HEAD "x|PK999||||n:101|aaa|2026-03-01T06:30:00|||s|zahra|v1|||n:1\n",
		MEMBERS_HEAD
		"Zarmina|Gul||2|n:32966||spouse|por|por|7|AF06||1|0|n:1|R|n:1|n:101|aaa|2026-03-01T06:30:00\n"
		"Habib|Nek||m||n:41|head|none|none||||0|1|n:2|R|n:1|n:101|aaa|2026-03-01T06:30:00\n");
	runs(d);
	CHECK_INT(d->reject_count, 3);
	check_reject(d, 0, 2, "location/district", "place.area-unknown");
	check_reject(d, 1, 2, "", "import.with-household");
	check_reject(d, 2, 3, "", "import.with-household");
	CHECK_TEXT(d->rejects[2].sheet, "members");
	check_counts(d, 0, 0);
	desk_end(d);
}

TEST(what_is_recorded_happened_when_the_list_says)
{
	struct desk *d = desk_with_ready_map("kobo");
	const struct session *by = &d->town.as[ROLE_REGISTRATION];
	const struct fact *facts;
	struct arena *a;
	struct person p;
	size_t count;

	put_kobo(d, KOBO_TWO, MEMBERS_FOUR);
	runs(d);
	p = person_called(d, "habib", NULL);
	CHECK_INT(arena_new(&a, 1 << 20), OK);
	CHECK_INT(reg_history(d->town.reg, by, &p.id, a, &facts, &count, &d->fault), OK);
	CHECK_INT(count, 1);
	CHECK_INT(facts[0].kind_number, KIND_PERSON_REGISTERED);
	CHECK(facts[0].happened_is_day);
	CHECK_INT(day_at(facts[0].happened, 0), day(2026, 3, 1));
	CHECK_INT(reg_history(d->town.reg, by, &p.household, a, &facts, &count, &d->fault), OK);
	CHECK_INT(count, 1);
	CHECK_INT(facts[0].kind_number, KIND_HOUSEHOLD_REGISTERED);
	CHECK_INT(day_at(facts[0].happened, 0), day(2026, 3, 1));
	arena_free(a);
	desk_end(d);
}

TEST(a_workbook_without_the_sheet_of_members_has_none_unless_another_sheet_is_there)
{
	struct desk *d = desk_with_ready_map("kobo");
	const struct test_sheet sheets[] = { { "main", KOBO_TWO }, { "member", MEMBERS_FOUR } };
	const struct test_book book = { .sheets = sheets, .sheet_count = 2 };

	put_kobo(d, KOBO_TWO, NULL);
	runs(d);
	check_no_rejects(d);
	check_counts(d, 2, 0);
	book_write(path_of(d, 0, "form.xlsx"), &book);
	CHECK_INT(run(d), ERR_INPUT);
	CHECK_TEXT(d->fault.key, "import.no-sheet");
	CHECK_TEXT(d->fault.values[2], "main, member");
	desk_end(d);
}

/* --- twice --------------------------------------------------------------------------- */

TEST(the_same_list_twice_records_nothing_twice_even_when_its_rows_are_numbered_anew)
{
	struct desk *d = desk_with_ready_map("kobo");

	put_kobo(d, KOBO_TWO, MEMBERS_FOUR);
	d->order.dry_run = true;
	runs(d);
	CHECK_INT(d->result.fit, 2);
	CHECK_INT(d->result.recorded, 0);
	check_counts(d, 0, 0);
	d->order.dry_run = false;
	runs(d);
	CHECK_INT(d->result.recorded, 2);
	for (int dry = 0; dry < 2; dry++) {
		d->order.dry_run = dry;
		runs(d);
		check_no_rejects(d);
		CHECK_INT(d->result.recorded + d->result.fit, 0);
		CHECK_INT(d->result.known, 2);
		CHECK_INT(d->result.changed, 0);
	}
	check_counts(d, 2, 4);
	/* A later export: another order, other indexes, and a third household. */
	d->order.dry_run = false;
	put_kobo(
		d,
		KOBO_HEAD
		"x|PK526||||n:102|bbb|2026-03-02T06:30:00|||s|zahra|v1|||n:7\n"
		"x|PK511||||n:104|ddd|2026-03-05T06:30:00|||s|zahra|v1|||n:8\n"
		"x|PK528|House 3|+92 000 0000001|yes|n:101||2026-03-01T06:30:00|||s|zahra|v1||uuid:aaa|n:9\n",
		MEMBERS_HEAD
		"Spogmai|Nur||female|1990||head|acc|acc|00000-7|AF01||||n:1|R|n:7|n:102|bbb|2026-03-02T06:30:00\n"
		"Palwasha|Nur||female|1991||head|acc|acc|00000-8|AF01||||n:2|R|n:8|n:104|ddd|2026-03-05T06:30:00\n"
		"زرمینه|ګل خان||2|n:32966||spouse|por|por|00000-1234567-8|AF06||1|0|n:3|R|n:9|n:101|aaa|2026-03-01T06:30:00\n");
	runs(d);
	check_no_rejects(d);
	CHECK_INT(d->result.recorded, 1);
	CHECK_INT(d->result.known, 2);
	CHECK_INT(d->result.changed, 0);
	check_counts(d, 3, 5);
	desk_end(d);
}

#define FLAT_MAP                                                                                                    \
	"{\"source\": \"*\", \"id\": \"id\", \"household\": \"hh\", \"given\": \"name\","                           \
	" \"father\": \"father\", \"sex\": {\"column\": \"sex\", \"codes\": {\"M\": \"male\", \"F\": \"female\"}}," \
	" \"birth\": {\"column\": \"dob\", \"order\": \"dmy\"}, \"group\": \"status\","                             \
	" \"residence\": {\"column\": \"district\", \"as\": \"area\"}, \"document\": \"card\","                     \
	" \"phone\": {\"column\": \"phone\", \"optional\": true}}"
#define FLAT_HEAD "id,hh,name,father,sex,dob,status,district,card\n"

TEST(a_changed_list_is_listed_and_overwrites_nothing)
{
	struct desk *d = desk_new(FLAT_MAP);
	struct person_names names;

	put_file(d, 0, "list.csv",
		 FLAT_HEAD "1,7,Zarmina,Gul,F,3/4/1990,por,PK528,00000-1\n"
			   "2,7,Lal,Habib,M,6/5/2020,por,PK528,00000-2\n");
	runs(d);
	check_no_rejects(d);
	put_file(d, 0, "list.csv",
		 FLAT_HEAD "1,7,Zarmeena,Gul,F,3/4/1990,por,PK526,00000-1\n"
			   "2,7,Lal,Habib,M,6/5/2019,por,PK528,00000-2\n"
			   "3,7,Bibi,Habib,F,1/1/2024,por,PK528,00000-3\n");
	runs(d);
	CHECK_INT(d->result.changed, 3);
	CHECK_INT(d->result.rejected, 0);
	CHECK_INT(d->result.recorded, 1);
	for (size_t i = 0; i < 3; i++) {
		CHECK(d->rejects[i].changed);
		CHECK_TEXT(d->rejects[i].why, "import.differs");
	}
	CHECK_INT(d->rejects[0].row, 2);
	CHECK_INT(d->rejects[2].row, 3);
	/* What was on record is, and who is new came in. */
	person_called(d, "zarmina", &names);
	CHECK_TEXT(names.given_latin, "Zarmina");
	check_counts(d, 1, 3);
	/* Another paper, sex, status or father is a change as well. */
	put_file(d, 0, "list.csv", FLAT_HEAD "1,7,Zarmina,Gul,F,3/4/1990,por,PK528,00000-5\n");
	runs(d);
	CHECK_INT(d->result.changed, 1);
	put_file(d, 0, "list.csv", FLAT_HEAD "1,7,Zarmina,Gul,F,3/4/1990,acc,PK528,00000-1\n");
	runs(d);
	CHECK_INT(d->result.changed, 1);
	put_file(d, 0, "list.csv", FLAT_HEAD "1,7,Zarmina,,F,,por,PK528,\n");
	runs(d);
	CHECK_INT(d->result.changed, 0);
	desk_end(d);
}

/* As the server takes it: what was sent, under the name that it had. */
static void sends_list(struct desk *d, const char *name)
{
	struct import_file *list = &d->order.files[0];

	snprintf(d->paths[0], sizeof(d->paths[0]), "tests/import/%s", name);
	*list = (struct import_file){ .name = d->paths[0] };
	d->order.file_count = 1;
	CHECK_INT(file_load(&list->content, d->town.arena, world_real(), d->paths[0], LIST_SIZE,
			    &d->fault),
		  OK);
	list->name = name;
}

TEST(a_list_in_memory_is_the_same_list_as_the_one_on_the_disk)
{
	static const char *const names[] = { "kobo.xlsx", "hope.xlsx", "flat.csv" };

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct desk *d = desk_new("");
		uint64_t recorded;
		const char *word;

		sends_list(d, names[i]);
		CHECK_INT(
			import_recognise(&d->town.world.world, d->order.files, 1, &word, &d->fault),
			OK);
		d->order.map = import_ready_map(word ? word : "kobo");
		if (!strcmp(names[i], "flat.csv"))
			CHECK_INT(file_load(&d->order.map, d->town.arena, world_real(),
					    "tests/import/flat.json", LIST_SIZE, &d->fault),
				  OK);
		runs(d);
		recorded = d->result.recorded;
		CHECK(recorded);
		d->order.files[0] = (struct import_file){ .name = d->paths[0] };
		runs(d);
		CHECK_INT(d->result.recorded, 0);
		CHECK_INT(d->result.known, recorded);
		desk_end(d);
	}
}

TEST(another_list_with_the_same_numbers_is_another_list)
{
	struct desk *d = desk_new(FLAT_MAP);

	put_file(d, 0, "may.csv", FLAT_HEAD "1,1,Zarmina,Gul,F,3/4/1990,por,PK528,\n");
	runs(d);
	put_file(d, 0, "june.csv", FLAT_HEAD "1,1,Spogmai,Nur,F,3/4/1991,por,PK528,\n");
	runs(d);
	CHECK_INT(d->result.recorded, 1);
	CHECK_INT(d->result.changed, 0);
	check_counts(d, 2, 2);
	desk_end(d);
}

TEST(who_moved_to_another_household_of_the_list_is_for_a_person_to_decide)
{
	struct desk *d = desk_new(FLAT_MAP);

	put_file(d, 0, "list.csv", FLAT_HEAD "1,1,Zarmina,Gul,F,3/4/1990,por,PK528,\n");
	runs(d);
	put_file(d, 0, "list.csv", FLAT_HEAD "1,9,Zarmina,Gul,F,3/4/1990,por,PK528,\n");
	runs(d);
	CHECK_INT(d->result.recorded, 0);
	CHECK_INT(d->result.changed, 1);
	check_counts(d, 1, 1);
	desk_end(d);
}

TEST(an_import_that_broke_off_goes_on_where_it_stopped)
{
	struct desk *d = desk_new(FLAT_MAP);
	struct buffer list = { 0 };
	uint64_t calls;

	buffer_print(&list, FLAT_HEAD);
	for (int i = 0; i < 900; i++)
		buffer_print(&list, "%d,%d,Name%d,Gul,F,3/4/1990,por,PK528,00000-%d\n", i, i / 3, i,
			     i);
	put_bytes(d, 0, "list.csv", list.at, list.size);
	/* The list is read in a few calls; the last but one fails. */
	calls = d->town.world.disk_calls;
	d->order.dry_run = true;
	runs(d);
	calls = d->town.world.disk_calls - calls;
	CHECK(calls >= 3);
	d->order.dry_run = false;
	d->town.world.disk_fail_at = d->town.world.disk_calls + calls - 1;
	CHECK_INT(run(d), ERR_IO);
	CHECK_INT(counts_of(d).persons, 0);
	d->town.world.disk_fail_at = 0;
	runs(d);
	check_no_rejects(d);
	check_counts(d, 300, 900);
	buffer_free(&list);
	desk_end(d);
}

/* As if the power had gone between two batches: half of the list is on record. */
TEST(half_of_a_list_and_then_the_whole_is_the_whole)
{
	struct desk *d = desk_new(FLAT_MAP);
	struct buffer list = { 0 };
	size_t half = 0;

	buffer_print(&list, FLAT_HEAD);
	for (int i = 0; i < 1500; i++) {
		if (i == 700)
			half = list.size; /* in the middle of a household */
		buffer_print(&list, "%d,%d,Name%d,Gul,F,3/4/1990,por,PK528,00000-%d\n", i, i / 3, i,
			     i);
	}
	put_bytes(d, 0, "list.csv", list.at, half);
	runs(d);
	check_counts(d, 234, 700);
	put_bytes(d, 0, "list.csv", list.at, list.size);
	runs(d);
	check_no_rejects(d);
	CHECK_INT(d->result.known, 233);
	CHECK_INT(d->result.recorded, 267);
	check_counts(d, 500, 1500);
	buffer_free(&list);
	desk_end(d);
}

/* --- ODK ----------------------------------------------------------------------------- */

TEST(odk_tables_come_in_joined_by_their_keys)
{
	struct desk *d = desk_with_ready_map("odk");
	struct person p;

	put_file(
		d, 0, "form.csv",
		"SubmissionDate,location-district,location-address,contact-phone,contact-phone_safe,KEY,SubmitterID,"
		"ReviewState\n"
		"2026-03-01T06:30:00.123Z,PK528,,,,uuid:1,5,approved\n"
		"2026-03-02T06:30:00.123Z,PK526,,,,uuid:2,5,rejected\n");
	put_file(
		d, 1, "form-members.csv",
		"given_name,father_name,grandfather_name,sex,dob,age,relation,status,doc,doc_no,origin,needs,PARENT_KEY,"
		"KEY\n"
		"Zarmina,Gul,,f,1990-04-03,,spouse,por,por,00000-1,AF06,disab old,uuid:1,uuid:1/members[1]\n"
		"Habib,Nek,,m,,41,head,none,none,,,,uuid:1,uuid:1/members[2]\n"
		"Nobody,Nek,,m,,41,head,none,none,,,,uuid:2,uuid:2/members[1]\n"
		"Orphan,Nek,,m,,41,head,none,none,,,,uuid:3,uuid:3/members[1]\n");
	runs(d);
	CHECK_INT(d->result.skipped, 2);
	CHECK_INT(d->reject_count, 1);
	check_reject(d, 0, 5, "PARENT_KEY", "import.orphan");
	check_counts(d, 1, 2);
	p = person_called(d, "zarmina", NULL);
	CHECK_INT(p.needs, 1u << NEED_DS | 1u << NEED_ER);
	p = person_called(d, "habib", NULL);
	CHECK_INT(p.born_to, day(1985, 3, 1));
	/* The children in another order: they have keys of their own. */
	put_file(
		d, 1, "form-members.csv",
		"given_name,father_name,grandfather_name,sex,dob,age,relation,status,doc,doc_no,origin,needs,PARENT_KEY,"
		"KEY\n"
		"Habib,Nek,,m,,41,head,none,none,,,,uuid:1,uuid:1/members[2]\n"
		"Zarmina,Gul,,f,1990-04-03,,spouse,por,por,00000-1,AF06,disab old,uuid:1,uuid:1/members[1]\n");
	runs(d);
	check_no_rejects(d);
	CHECK_INT(d->result.changed, 0);
	check_counts(d, 1, 2);
	desk_end(d);
}

/* --- HOPE ---------------------------------------------------------------------------- */

TEST(a_hope_workbook_is_recognised_and_comes_in)
{
	struct desk *d = desk_new("");
	const struct test_sheet sheets[] = {
		{ "Import helper", "Sheets and their purposes\n" },
		{ "Households",
		  "household_id|residence_status_h_c|country_h_c|admin1_h_c|admin2_h_c|size_h_c|consent_h_c\n"
		  "Household ID - INTEGER - required|Residence status - SELECT_ONE|Country - SELECT_ONE - required|"
		  "Admin 1 - SELECT_ONE|Admin 2 - SELECT_ONE|Size - INTEGER - required|Do you consent? - BOOL\n"
		  "n:1|REFUGEE|PAK|PK5|PK528|n:2|TRUE\n"
		  "n:2|OTHERS_OF_CONCERN|PAK|PK5|PK526|n:1|TRUE\n" },
		{ "Individuals",
		  "household_id|relationship_i_c|full_name_i_c|gender_i_c|birth_date_i_c|estimated_birth_date_i_c|"
		  "marital_status_i_c|national_id_no_i_c\n"
		  "Household ID - INTEGER - required|Relationship - SELECT_ONE - required|Full name - STRING - required|"
		  "Gender - SELECT_ONE - required|Birth date - DATE - required|Estimated - BOOL - required|"
		  "Marital status - SELECT_ONE|ID - STRING\n"
		  "n:1|HEAD|Zarmina Gul|FEMALE|n:32966|FALSE|WIDOWED|00000-77\n"
		  "n:1|GRANDDAUGHER_GRANDSON|Lal|MALE|2020-01-01|TRUE|SINGLE|\n"
		  "n:2|HEAD|Nur|MALE|1970-01-01|true||\n" },
		{ "Choices", "Field Name|Label|Value to be used in template\n" },
	};
	const struct test_book book = { .sheets = sheets, .sheet_count = 4 };
	struct person_names names;
	const char *word;
	struct person p;

	book_write(path_of(d, 0, "hope.xlsx"), &book);
	CHECK_INT(import_recognise(&d->town.world.world, d->order.files, 1, &word, &d->fault), OK);
	CHECK_TEXT(word, "hope");
	d->order.map = import_ready_map(word);
	runs(d);
	check_no_rejects(d);
	check_counts(d, 2, 3);
	p = person_called(d, "zarmina gul", &names);
	CHECK_INT(p.group, GROUP_POR);
	CHECK_INT(p.marital, MARITAL_WIDOWED);
	CHECK_INT(p.born_from, day(1990, 4, 3));
	CHECK_INT(names.documents[0].kind, DOCUMENT_KIND_TAZKIRA);
	p = person_called(d, "lal", NULL);
	CHECK_INT(p.relation, RELATION_GRANDCHILD);
	CHECK_INT(p.born_from, day(2020, 1, 1));
	CHECK_INT(p.born_to, day(2020, 12, 31));
	CHECK_INT(person_called(d, "nur", NULL).group, GROUP_ACC);
	desk_end(d);
}

TEST(only_names_that_nothing_else_has_are_recognised)
{
	struct desk *d = desk_new("");
	const char *word;

	put_file(d, 0, "a.csv", "household_id,full_name,gender,relationship\n");
	CHECK_INT(import_recognise(&d->town.world.world, d->order.files, 1, &word, &d->fault), OK);
	CHECK(!word);
	put_file(d, 0, "a.csv", "");
	CHECK_INT(import_recognise(&d->town.world.world, d->order.files, 1, &word, &d->fault), OK);
	CHECK(!word);
	put_file(d, 1, "b.csv", "rec_id;hh_no;given;given_latin;document_number\n");
	CHECK_INT(import_recognise(&d->town.world.world, d->order.files, 2, &word, &d->fault), OK);
	CHECK_TEXT(word, "people");
	path_of(d, 0, "none.csv");
	CHECK_INT(import_recognise(&d->town.world.world, d->order.files, 1, &word, &d->fault),
		  ERR_NOT_FOUND);
	desk_end(d);
}

/* --- a flat list, and what can be wrong with one ------------------------------------- */

TEST(a_row_that_is_wrong_holds_up_nobody_else_and_comes_in_when_it_is_right)
{
	struct desk *d = desk_new(FLAT_MAP);

	put_file(d, 0, "list.csv",
		 FLAT_HEAD "1,7,Zarmina,Gul,F,3/4/1990,por,PK528,00000-1\n" /*  2 */
			   "2,7,Lal,Habib,M,31/6/2020,por,PK528,\n"	    /*  3: no such day */
			   "3,7,Nur,Habib,X,1/1/2020,por,PK528,\n"	    /*  4: no such sex */
			   "4,7,Gul,Habib,M,1/1/2090,por,PK528,\n"	    /*  5: not born yet */
			   "5,7,,Habib,M,1/1/2020,por,PK528,\n"		    /*  6: no name */
			   "6,7,Shin,Habib,M,1/1/2020,refugee,PK528,\n"	    /*  7: no such group */
			   "7,7,Tor,Habib,M,1/1/2020,por,PK528,1.73012E+12\n" /* 8 */
			   "1,7,Again,Habib,M,1/1/2020,por,PK528,\n"	      /*  9: key twice */
			   "9,8,Alone,Nek,M,1/1/1980,por,Peshawar,\n" /* 10: a name, no code */
			   ",,,,,,,,\n"				      /* 11: blank */
			   ",,Keyless,Nek,M,1/1/1980,por,PK528,\n");  /* 12 */
	runs(d);
	CHECK_INT(d->reject_count, 9);
	check_reject(d, 0, 3, "dob", "date.no-such-day");
	check_reject(d, 1, 4, "sex", "import.no-such-code");
	check_reject(d, 2, 8, "card", "import.digits-lost");
	check_reject(d, 3, 9, "", "import.key-twice");
	check_reject(d, 4, 10, "district", "place.area-name");
	check_reject(d, 5, 12, "", "import.no-key");
	/* Once the list is read: what only the fact as a whole can show. */
	check_reject(d, 6, 5, "dob", "fact.date-in-future");
	check_reject(d, 7, 6, "", "fact.name-missing");
	CHECK_INT(d->rejects[8].row, 7);
	CHECK_TEXT(d->rejects[8].column, "status");
	check_counts(d, 1, 1);
	put_file(d, 0, "list.csv",
		 FLAT_HEAD "1,7,Zarmina,Gul,F,3/4/1990,por,PK528,00000-1\n"
			   "2,7,Lal,Habib,M,30/6/2020,por,PK528,\n"
			   "9,8,Alone,Nek,M,1/1/1980,por,PK528,\n");
	runs(d);
	check_no_rejects(d);
	CHECK_INT(d->result.recorded, 2);
	CHECK_INT(d->result.changed, 0);
	check_counts(d, 2, 3);
	desk_end(d);
}

TEST(a_list_or_a_map_that_cannot_be_used_is_refused_as_a_whole)
{
	static const struct {
		const char *map, *list, *key;
	} wrongs[] = {
		{ FLAT_MAP, "", "import.empty" },
		{ FLAT_MAP, "id,hh,name\n", "import.missing-column" },
		{ FLAT_MAP, "id,hh,name,father,sex,dob,status,district,card,name\n",
		  "import.ambiguous-column" },
		{ FLAT_MAP, "hh,name,father,sex,dob,status,district,card\n",
		  "import.missing-column" },
		{ FLAT_MAP, FLAT_HEAD "1,1,\xd2\xe3\xed\xe4,x,F,3/4/1990,por,PK528,\n", NULL },
		{ "{\"id\": \"id\", \"given\": \"name\"}", FLAT_HEAD, "import.no-source" },
		{ "{\"source\": \"x\", \"id\": \"id\", \"given\": \"name\", \"return\": \"sex\"}",
		  FLAT_HEAD, "import.never-a-choice" },
		{ "{\"source\": \"x\", \"id\": \"id\"}", FLAT_HEAD, "import.map-names-none" },
	};

	for (size_t i = 0; i < COUNT_OF(wrongs); i++) {
		struct desk *d = desk_new(wrongs[i].map);

		put_file(d, 0, "list.csv", wrongs[i].list);
		CHECK_INT(run(d), ERR_INPUT);
		if (wrongs[i].key)
			CHECK_TEXT(d->fault.key, wrongs[i].key);
		else
			CHECK(strncmp(d->fault.key, "csv.", 4) == 0);
		check_counts(d, 0, 0);
		desk_end(d);
	}
}

TEST(ten_million_bytes_in_one_cell_are_refused)
{
	struct desk *d = desk_new(FLAT_MAP);
	struct buffer b = { 0 };

	buffer_print(&b, FLAT_HEAD "1,1,");
	for (int i = 0; i < 1000000; i++)
		buffer_text(&b, TEXT("0123456789"));
	buffer_print(&b, ",x,F,3/4/1990,por,PK528,\n");
	put_bytes(d, 0, "list.csv", b.at, b.size);
	CHECK_INT(run(d), ERR_LIMIT);
	check_counts(d, 0, 0);
	buffer_free(&b);
	desk_end(d);
}

TEST(lists_of_other_encodings_come_in_where_they_can_be_told)
{
	static const char utf16[] =
		"\xff\xfei\0d\0\t\0h\0h\0\t\0n\0a\0m\0e\0\t\0f\0a\0t\0h\0e\0r\0\t\0s\0e\0x\0\t\0"
		"d\0o\0b\0\t\0s\0t\0a\0t\0u\0s\0\t\0d\0i\0s\0t\0r\0i\0c\0t\0\t\0c\0a\0r\0d\0\r\0\n\0"
		"1\0\t\0001\0\t\0\x32\x06\x31\x06\t\0\x27\x06\t\0F\0\t\0001\0009\0009\0000\0\t\0p\0o\0r\0\t\0"
		"P\0K\0005\0002\0008\0\t\0\r\0\n\0";
	/* زر in windows-1256, and as it stands: ÒÑ */
	static const char old[] = FLAT_HEAD "1,1,\xd2\xd1,\xc7,F,1990,por,PK528,\n";
	struct desk *d = desk_new(FLAT_MAP);

	put_bytes(d, 0, "list.csv", utf16, sizeof(utf16) - 1);
	runs(d);
	check_no_rejects(d);
	CHECK_INT(person_called(d, "زر", NULL).sex, SEX_FEMALE);
	desk_end(d);

	d = desk_new(FLAT_MAP);
	put_bytes(d, 0, "list.csv", old, sizeof(old) - 1);
	CHECK_INT(run(d), ERR_INPUT);
	CHECK(strncmp(d->fault.key, "csv.", 4) == 0);
	desk_end(d);

	d = desk_new("{\"encoding\": \"windows-1256\", \"source\": \"*\", \"id\": \"id\","
		     " \"given\": \"name\", \"sex\": {\"value\": \"female\"},"
		     " \"group\": {\"value\": \"por\"}, \"residence\": {\"value\": \"PK528\"}}");
	put_bytes(d, 0, "list.csv", old, sizeof(old) - 1);
	runs(d);
	check_no_rejects(d);
	CHECK_INT(person_called(d, "زر", NULL).group, GROUP_POR);
	desk_end(d);
}

TEST(a_list_of_one_table_may_be_a_workbook_too)
{
	struct desk *d = desk_new(FLAT_MAP);
	const struct test_sheet sheet = { "people",
					  "id|hh|name|father|sex|dob|status|district|card\n"
					  "n:1|n:1|زرمینه|ګل|F|n:32966|por|PK528|n:1730112345671\n"
					  "||||||||\n"
					  "n:2|n:1|Lal|Gul|M|n:1e3|por|PK528|\n" };
	const struct test_book book = { .sheets = &sheet, .sheet_count = 1 };
	struct person_names names;

	book_write(path_of(d, 0, "list.anything"), &book);
	runs(d);
	CHECK_INT(d->reject_count, 1);
	check_reject(d, 0, 4, "dob", "import.digits-lost");
	CHECK_INT(person_called(d, "زرمینه", &names).born_to, day(1990, 4, 3));
	CHECK_TEXT(names.documents[0].number, "1730112345671");
	desk_end(d);
}

TEST(several_files_of_one_list_come_in_together)
{
	struct desk *d = desk_new(FLAT_MAP);

	put_file(d, 0, "a.csv", FLAT_HEAD "1,7,Zarmina,Gul,F,3/4/1990,por,PK528,\n");
	put_file(d, 1, "b.csv",
		 "hh;id;name;father;sex;dob;status;district;card;phone\n"
		 "7;2;Lal;Habib;M;6/5/2020;por;PK528;;\n8;3;Nur;Nek;M;1980;por;PK526;;+92 000 1\n");
	runs(d);
	check_no_rejects(d);
	check_counts(d, 2, 3);
	desk_end(d);
}

#define THREE_PEOPLE                                                                               \
	FLAT_HEAD "1,7,Zarmina,Gul,F,3/4/1990,por,PK528,\n"                                        \
		  "2,7,Lal,Habib,M,6/5/1980,por,PK528,\n3,8,Nur,Nek,M,1980,por,PK526,\n"

static void erases(struct desk *d, const char *kind, const char *found)
{
	char hex[ID_HEX_SIZE + 1];
	struct id id;
	const struct state *s;

	CHECK_INT(reg_read_begin(d->town.reg, &d->town.as[ROLE_REGISTRATION], DEED_FIND, &s,
				 &d->fault),
		  OK);
	CHECK_INT(called(s, found, &id), 1);
	if (strcmp(kind, "household.erased") == 0) {
		struct person p;

		CHECK(state_person(s, &id, &p));
		id = p.household;
	}
	hex_write(hex, bytes_of(id.at, ID_SIZE));
	reg_read_end(d->town.reg);
	town_records_of(&d->town, ROLE_PROTECTION,
			"{\"kind\": \"%s\", \"subject\": \"%s\", \"reason\": \"person-asked\"}",
			kind, hex);
}

TEST(who_was_erased_is_not_brought_back_by_her_list_unless_she_asks_for_it)
{
	struct desk *d = desk_new(FLAT_MAP);

	put_file(d, 0, "list.csv", THREE_PEOPLE);
	runs(d);
	check_counts(d, 2, 3);
	erases(d, "person.erased", "zarmina");
	for (int restarted = 0; restarted < 2; restarted++) {
		runs(d);
		CHECK_INT(d->result.rejected, 1);
		check_reject(d, 0, 2, "", "import.erased");
		CHECK_INT(d->result.recorded, 0);
		town_close(&d->town);
		town_open(&d->town);
		town_login_all(&d->town);
	}
	d->order.bring_back = true;
	runs(d);
	check_no_rejects(d);
	CHECK_INT(d->result.recorded, 1);
	desk_end(d);
}

TEST(a_household_that_was_erased_is_not_brought_back_by_its_list)
{
	struct desk *d = desk_new(FLAT_MAP);

	put_file(d, 0, "list.csv", THREE_PEOPLE);
	runs(d);
	erases(d, "household.erased", "nur");
	runs(d);
	CHECK_INT(d->result.recorded, 0);
	check_reject(d, 0, 4, "", "import.erased");
	desk_end(d);
}

TEST(who_was_erased_is_known_to_her_list_after_a_restore_with_the_list_of_erasures)
{
	char backup[TOWN_PATH_SIZE], erasures[TOWN_PATH_SIZE], dir[TOWN_PATH_SIZE];
	const char *lists[] = { erasures };
	struct reg_restoring what = { backup, dir, lists, 1 };
	struct desk *d = desk_new(FLAT_MAP);
	struct town *t = &d->town;
	uint64_t count;

	snprintf(backup, sizeof(backup), "%s/backup", t->folder);
	snprintf(erasures, sizeof(erasures), "%s/erasures", t->folder);
	snprintf(dir, sizeof(dir), "%s/restored", t->folder);
	put_file(d, 0, "list.csv", THREE_PEOPLE);
	runs(d);
	CHECK_INT(reg_backup(t->reg, backup, NULL, &t->fault), OK);
	erases(d, "person.erased", "zarmina");
	CHECK_INT(reg_erasures(t->reg, erasures, &count, &t->fault), OK);
	town_close(t);
	CHECK_INT(reg_restore(&t->world.world, &what, &t->fault), OK);
	strcpy(t->dir, dir);
	town_open(t);
	town_login_all(t);
	runs(d);
	CHECK_INT(d->result.rejected, 1);
	check_reject(d, 0, 2, "", "import.erased");
	desk_end(d);
}

TEST(who_has_not_the_role_imports_nothing)
{
	struct desk *d = desk_new(FLAT_MAP);

	put_file(d, 0, "list.csv", FLAT_HEAD "1,7,Zarmina,Gul,F,3/4/1990,por,PK528,\n");
	CHECK_FAULT(import_run(d->town.reg, &d->town.world.world, d->town.atlas,
			       &d->town.as[ROLE_BORDER], &d->order, NULL, &d->result, &d->fault),
		    ERR_DENIED, &d->fault, "deed.denied");
	reg_lock(d->town.reg);
	CHECK_INT(run(d), ERR_LOCKED);
	desk_end(d);
}

/* Whoever hears of a reject records something at once, as another desk would. */
static void records_meanwhile(void *self, const struct import_reject *r)
{
	struct desk *d = self;

	keep_reject(d, r);
	town_records(&d->town, ROLE_REGISTRATION,
		     "{\"kind\": \"household.registered\", \"subject\": \"@other\","
		     " \"residence\": \"PK528\"}");
}

TEST(a_list_holds_no_lock_while_it_tells_of_a_household_that_was_not_taken)
{
	struct desk *d = desk_new(FLAT_MAP);

	d->order.rejected = records_meanwhile;
	put_file(d, 0, "list.csv",
		 FLAT_HEAD "1,7,Zarmina,Gul,F,3/4/1990,por,PK528,\n"
			   "2,8,Lal,Gul,M,3/4/1991,por,Nowhere,\n");
	runs(d);
	CHECK_INT(d->result.recorded, 1);
	CHECK(d->reject_count > 0);
	CHECK_INT(counts_of(d).households, 1 + d->reject_count);
	desk_end(d);
}

/* --- whatever a list says ------------------------------------------------------------ */

/* Any table of cells: nothing but registrations comes out, and a second import adds nothing. */
static void any_list_comes_in_once(struct prop *p)
{
	static const char *const cells[] = { "1",      "2",	   "7",	    "",		"Zarmina",
					     "زرمینه", "F",	   "M",	    "3/4/1990", "1990",
					     "por",    "acc",	   "PK528", "PK5",	"00000-1",
					     "x",      "\"a\nb\"", "yes" };
	struct desk *d = desk_new(FLAT_MAP);
	struct buffer b = { 0 };
	struct state_counts first;

	buffer_print(&b, FLAT_HEAD);
	for (size_t rows = prop_uint(p, 1, 12); rows; rows--)
		for (int column = 0; column < 9; column++)
			buffer_print(&b, "%s%s", cells[prop_pick(p, COUNT_OF(cells))],
				     column < 8 ? "," : "\n");
	put_bytes(d, 0, "list.csv", b.at, b.size);
	runs(d);
	first = counts_of(d);
	CHECK_INT(first.facts - 11, first.households + first.persons);
	runs(d);
	CHECK_INT(counts_of(d).facts, first.facts);
	buffer_free(&b);
	desk_end(d);
}

TEST(any_list_comes_in_once_and_as_registrations_only)
{
	prop_run(any_list_comes_in_once, 40, 1);
}

RUN_TESTS()
