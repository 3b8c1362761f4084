/*
 * Made-up households as facts for `ikhtiar record`, and as a flat list.
 */
#include <stdio.h>

#include "base/calendar.h"
#include "base/csv.h"
#include "people/inside.h"

static void put(struct json_writer *w, const char *key, struct text t)
{
	if (!t.size)
		return;
	json_key(w, key);
	json_text(w, t);
}

/* "@7" is household 7, "@7.2" its third person. */
static void put_name(struct json_writer *w, const char *key, uint64_t household, int person)
{
	char name[40];

	if (person < 0)
		snprintf(name, sizeof(name), "@%llu", (unsigned long long)household);
	else
		snprintf(name, sizeof(name), "@%llu.%d", (unsigned long long)household, person);
	json_key(w, key);
	json_string_of(w, name);
}

static void put_birth(struct json_writer *w, const struct made_person *p)
{
	char day[DATE_TEXT_SIZE];

	if (p->birth_date != INT32_MIN) {
		date_write(day, p->birth_date);
		put(w, "birth_date", text_of(day));
	}
	if (p->birth_year) {
		json_key(w, "birth_year");
		json_int(w, p->birth_year);
	}
}

static void put_age(struct json_writer *w, const struct made_person *p, int32_t on)
{
	char day[DATE_TEXT_SIZE];

	if (p->age < 0)
		return;
	json_key(w, "age");
	json_int(w, p->age);
	date_write(day, on);
	put(w, "age_on", text_of(day));
}

static void put_document(struct json_writer *w, const struct made_person *p)
{
	if (!p->document)
		return;
	json_key(w, "documents");
	json_array_begin(w);
	json_object_begin(w);
	put(w, "kind", text_of(p->document));
	put(w, "number", text_of(p->document_number));
	json_object_end(w);
	json_array_end(w);
}

static void put_needs(struct json_writer *w, const struct made_person *p)
{
	if (!p->need_count)
		return;
	json_key(w, "needs");
	json_array_begin(w);
	for (unsigned i = 0; i < p->need_count; i++)
		json_string_of(w, p->needs[i]);
	json_array_end(w);
}

static void write_person(struct json_writer *w, const struct made_household *h, size_t at)
{
	const struct made_person *p = &h->people[at];
	char day[DATE_TEXT_SIZE];

	json_object_begin(w);
	put(w, "kind", TEXT("person.registered"));
	put_name(w, "subject", h->number, (int)at);
	put_name(w, "household", h->number, -1);
	put(w, "given", p->given);
	put(w, "given_latin", p->given_latin);
	put(w, "family", p->family);
	put(w, "family_latin", p->family_latin);
	put(w, "father", p->father);
	put(w, "father_latin", p->father_latin);
	put(w, "grandfather", p->grandfather);
	put(w, "grandfather_latin", p->grandfather_latin);
	put(w, "sex", text_of(p->sex));
	put_birth(w, p);
	put_age(w, p, h->registered_on);
	put(w, "relation", text_of(p->relation));
	put(w, "marital", text_of(p->marital));
	put(w, "care", text_of(p->care));
	put(w, "capacity", text_of(p->capacity));
	put(w, "group", text_of(p->group));
	if (p->spouse >= 0)
		put_name(w, "spouse", h->number, p->spouse);
	if (p->guardian >= 0)
		put_name(w, "guardian", h->number, p->guardian);
	put_document(w, p);
	put(w, "origin", p->origin);
	put(w, "destination", p->destination);
	put_needs(w, p);
	put(w, "language", text_of(h->language));
	json_object_end(w);
	if (!p->died_on_the_way)
		return;
	json_object_begin(w);
	put(w, "kind", TEXT("person.died"));
	put_name(w, "subject", h->number, (int)at);
	date_write(day, h->registered_on);
	put(w, "on", text_of(day));
	json_object_end(w);
}

void put_household(struct json_writer *w, const struct made_household *h)
{
	json_object_begin(w);
	put(w, "kind", TEXT("household.registered"));
	put_name(w, "subject", h->number, -1);
	put(w, "residence", h->residence);
	put(w, "language", text_of(h->language));
	put(w, "phone", text_of(h->phone));
	put(w, "phone_owner", TEXT("self"));
	json_key(w, "phone_safe");
	json_bool(w, true);
	json_key(w, "arrival_year");
	json_int(w, h->arrival_year);
	put_name(w, "head", h->number, 0);
	json_object_end(w);
	for (size_t i = 0; i < h->count; i++)
		write_person(w, h, i);
}

void people_write_facts(struct buffer *out, const struct made_household *h)
{
	struct json_writer w;

	json_begin(&w, out);
	json_array_begin(&w);
	put_household(&w, h);
	json_array_end(&w);
	buffer_text(out, TEXT("\n"));
}

static const char *const columns[] = {
	"rec_id",	"hh_no",	   "given",	"given_latin", "father",
	"father_latin", "grandfather",	   "sex",	"birth_date",  "birth_year",
	"age",		"age_on",	   "relation",	"marital",     "group",
	"document",	"document_number", "residence", "origin",      "destination",
	"language",	"needs",
};

void people_write_csv_header(struct buffer *out)
{
	struct csv_writer w = { .out = out };

	for (size_t i = 0; i < COUNT_OF(columns); i++)
		csv_cell(&w, text_of(columns[i]));
	csv_row_end(&w);
}

/* A number, or nothing where it is below `least`. */
static void cell_number(struct csv_writer *w, int64_t n, int64_t least)
{
	if (n < least)
		csv_cell(w, TEXT(""));
	else
		csv_cell_int(w, n);
}

static void cell_day(struct csv_writer *w, int32_t day)
{
	char text[DATE_TEXT_SIZE] = "";

	if (day != INT32_MIN)
		date_write(text, day);
	csv_cell(w, text_of(text));
}

/* As a form exports a select_multiple: "DS ER". */
static void cell_needs(struct csv_writer *w, const struct made_person *p)
{
	char text[MADE_NEEDS_MAX * 4] = "";

	for (unsigned i = 0; i < p->need_count; i++) {
		strcat(text, i ? " " : "");
		strcat(text, p->needs[i]);
	}
	csv_cell(w, text_of(text));
}

void people_write_csv(struct buffer *out, const struct made_household *h)
{
	for (size_t i = 0; i < h->count; i++) {
		const struct made_person *p = &h->people[i];
		struct csv_writer w = { .out = out };

		if (p->died_on_the_way)
			continue;
		csv_cell_int(&w, (int64_t)(h->number * HOUSEHOLD_SIZE_MAX + i));
		csv_cell_int(&w, (int64_t)h->number);
		csv_cell(&w, p->given);
		csv_cell(&w, p->given_latin);
		csv_cell(&w, p->father);
		csv_cell(&w, p->father_latin);
		csv_cell(&w, p->grandfather);
		csv_cell(&w, text_of(p->sex));
		cell_day(&w, p->birth_date);
		cell_number(&w, p->birth_year, 1);
		cell_number(&w, p->age, 0);
		cell_day(&w, p->age < 0 ? INT32_MIN : h->registered_on);
		csv_cell(&w, text_of(p->relation));
		csv_cell(&w, text_of(p->marital));
		csv_cell(&w, text_of(p->group));
		csv_cell(&w, text_of(p->document));
		csv_cell(&w, text_of(p->document_number));
		csv_cell(&w, h->residence);
		csv_cell(&w, p->origin);
		csv_cell(&w, p->destination);
		csv_cell(&w, text_of(h->language));
		cell_needs(&w, p);
		csv_row_end(&w);
	}
}
