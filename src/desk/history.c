/*
 * history: the facts about somebody, in words that she could be read aloud.
 *
 * What the account may not see, reg_history() has left out.  Each value is said in the
 * reader's language: a code by its word, a place by its name, a day in both calendars, a
 * person as this account may see her, another fact by what it was and when.
 */
#include <stdio.h>

#include "desk/reference.h"
#include "desk/view.h"

struct telling {
	struct view *v;
	const struct fact *facts;
	size_t count;
};

static struct text say_value(struct telling *t, const struct fact *f, const struct field *field,
			     const struct value *value);

/* --- times and days ------------------------------------------------------------------- */

/* "2025-04-04 (15 Hamal 1404)": as the papers of both countries have it. */
static struct text day_said(struct telling *t, int64_t day)
{
	static const enum month_names months[WORDS_LANGUAGES] = { [WORDS_EN] = MONTHS_LATIN,
								  [WORDS_UR] = MONTHS_DARI,
								  [WORDS_PS] = MONTHS_PASHTO,
								  [WORDS_FA_AF] = MONTHS_DARI };
	struct desk *d = t->v->d;
	char gregorian[DATE_TEXT_SIZE];
	struct date solar;

	if (day < DAY_MIN || day > DAY_MAX)
		return arena_print(d->arena, "%lld", (long long)day);
	date_write(gregorian, (int32_t)day);
	solar = date_of(SOLAR_HIJRI, (int32_t)day);
	return arena_print(d->arena, "%s (%d %.*s %d)", gregorian, solar.day,
			   SHOWN(solar_month_name(months[words_language(d->words)], solar.month)),
			   solar.year);
}

/* "2025-04-04 10:00 +05:00" */
static struct text time_said(struct telling *t, int64_t seconds)
{
	char text[TIME_TEXT_SIZE];

	if (seconds < TIME_MIN || seconds > TIME_MAX)
		return arena_print(t->v->d->arena, "%lld", (long long)seconds);
	time_show(text, seconds, t->v->d->zone_min);
	return arena_copy_text(t->v->d->arena, text_of(text));
}

/* --- whom and what a value names ------------------------------------------------------- */

static struct text hex_said(struct telling *t, struct bytes b)
{
	char hex[2 * HASH_SIZE + 1];

	hex_write(hex, b);
	return arena_copy_text(t->v->d->arena, text_of(hex));
}

static struct text household_said(struct telling *t, const struct id *id)
{
	struct household h;
	struct text number = { 0 };

	if (state_household(t->v->s, id, &h))
		number = view_case_number(t->v, &h);
	return number.size ? number : hex_said(t, bytes_of(id->at, ID_SIZE));
}

static struct text movement_said(struct telling *t, const struct id *id)
{
	struct movement m;

	if (!state_movement(t->v->s, id, &m))
		return hex_said(t, bytes_of(id->at, ID_SIZE));
	return arena_print(t->v->d->arena, "%.*s · %.*s", SHOWN(time_said(t, m.departs)),
			   SHOWN(view_place(t->v, m.crossing)));
}

static struct text account_said(struct telling *t, const struct id *id)
{
	struct account a;

	return state_account(t->v->s, id, &a) && a.name.size
		       ? a.name
		       : hex_said(t, bytes_of(id->at, ID_SIZE));
}

static struct text tariff_said(struct telling *t, const struct id *id)
{
	struct tariff a;

	return state_tariff(t->v->s, id, &a) ? a.provider : hex_said(t, bytes_of(id->at, ID_SIZE));
}

static struct text subject_said(struct telling *t, enum subject_sort sort, const struct id *id)
{
	switch (sort) {
	case SUBJECT_PERSON: return view_person_name(t->v, id);
	case SUBJECT_HOUSEHOLD: return household_said(t, id);
	case SUBJECT_MOVEMENT: return movement_said(t, id);
	case SUBJECT_ACCOUNT: return account_said(t, id);
	case SUBJECT_TARIFF: return tariff_said(t, id);
	default: return hex_said(t, bytes_of(id->at, ID_SIZE));
	}
}

/* The sentence of a key that stands on the stack: where memory ends, say() gives the key
 * back, and it must not be gone then. */
static struct text label_said(struct telling *t, const char *label)
{
	struct text key = arena_copy_text(t->v->d->arena, text_of(label));

	return key.at ? say(t->v->d->arena, t->v->d->words, key.at) : key;
}

static struct text kind_said(struct telling *t, const struct kind_spec *kind)
{
	char label[LABEL_KEY_SIZE];

	if (!kind)
		return say(t->v->d->arena, t->v->d->words, "history.of-a-later-version");
	kind_label(label, kind);
	return label_said(t, label);
}

/* Another fact of this history by what it was and when; else by its place. */
static struct text fact_said(struct telling *t, const struct fact_ref *ref)
{
	char place[FACT_REF_TEXT_SIZE];

	for (size_t i = 0; i < t->count; i++)
		if (!fact_ref_compare(&t->facts[i].ref, ref))
			return arena_print(t->v->d->arena, "%.*s (%.*s)",
					   SHOWN(kind_said(t, t->facts[i].kind)),
					   SHOWN(time_said(t, t->facts[i].recorded)));
	fact_ref_write(place, ref);
	return arena_copy_text(t->v->d->arena, text_of(place));
}

/* A sheet by its day, a form by its language: those that are shipped now. */
static struct text hash_said(struct telling *t, const struct hash *h)
{
	const struct sheet *sheet = atlas_sheet_of_version(t->v->d->atlas, h);

	if (sheet)
		return sheet->date;
	for (int l = 0; l < WORDS_LANGUAGES; l++) {
		struct hash form = reference_form_hash((enum words_language)l);

		if (!memcmp(form.at, h->at, HASH_SIZE))
			return text_of(words_language_info((enum words_language)l)->name);
	}
	return hex_said(t, bytes_of(h->at, HASH_SIZE));
}

/* --- one value ------------------------------------------------------------------------------ */

static struct text code_said(struct telling *t, enum code_set set, int64_t number)
{
	char label[LABEL_KEY_SIZE];

	if (!code_is_known(set, number))
		return arena_print(t->v->d->arena, "%lld", (long long)number);
	code_label(label, set, number);
	return label_said(t, label);
}

static struct text language_said(struct telling *t, struct text code)
{
	const struct language *l = atlas_language(t->v->d->atlas, code);

	return l ? view_name_in(t->v, &l->names) : code;
}

/* "50.00 USD": the currency is the tariff's, which stands beside the amount. */
static struct text money_said(struct telling *t, const struct fact *f, int64_t minor)
{
	struct text currency = { 0 };

	for (size_t i = 0; f->kind && i < f->kind->field_count; i++) {
		const struct field *field = &f->kind->fields[i];
		const struct value *value = &f->values[i];
		struct tariff tariff;

		if (!value->given)
			continue;
		if (field->type == TYPE_SUBJECT && field->of == SUBJECT_TARIFF &&
		    state_tariff(t->v->s, value->id, &tariff))
			currency = tariff.currency;
		if (!strcmp(field->word, "currency"))
			currency = value->text;
	}
	return arena_print(t->v->d->arena, "%lld.%02lld%s%.*s", (long long)(minor / 100),
			   (long long)(minor % 100), currency.size ? " " : "", SHOWN(currency));
}

/* The parts of a paper, its digits aside: they are the number once more. */
static struct text record_said(struct telling *t, const struct fact *f, enum record_type record,
			       const struct value *parts)
{
	size_t count;
	const struct field *fields = record_fields(record, &count);
	struct text all = { 0 };

	for (size_t i = 0; i < count; i++) {
		struct text part;

		if (!parts[i].given || (record == RECORD_DOCUMENT && i == DOCUMENT_PART_DIGITS))
			continue;
		part = say_value(t, f, &fields[i], &parts[i]);
		all = all.size ? arena_print(t->v->d->arena, "%.*s %.*s", SHOWN(all), SHOWN(part))
			       : part;
	}
	return all;
}

static struct text say_value(struct telling *t, const struct fact *f, const struct field *field,
			     const struct value *value)
{
	switch (field->type) {
	case TYPE_NAME:
	case TYPE_LINE: return value->text;
	case TYPE_AREA: return view_area_said(t->v, value->text);
	case TYPE_LANGUAGE: return language_said(t, value->text);
	case TYPE_CODE: return code_said(t, (enum code_set)field->of, value->number);
	case TYPE_FLAG: return say(t->v->d->arena, t->v->d->words, value->number ? "yes" : "no");
	case TYPE_NUMBER: return arena_print(t->v->d->arena, "%lld", (long long)value->number);
	case TYPE_MONEY: return money_said(t, f, value->number);
	case TYPE_DATE: return day_said(t, value->number);
	case TYPE_TIME: return time_said(t, value->number);
	case TYPE_SUBJECT: return subject_said(t, (enum subject_sort)field->of, value->id);
	case TYPE_FACT: return fact_said(t, value->fact);
	case TYPE_HASH: return hash_said(t, value->hash);
	case TYPE_RECORD: return record_said(t, f, (enum record_type)field->of, value->items);
	}
	return (struct text){ 0 };
}

/* A field that is a crossing or a centre is a line of text that some list knows. */
static struct text say_field(struct telling *t, const struct fact *f, const struct field *field,
			     const struct value *value)
{
	struct text all = { 0 };

	if (field->many == 1)
		return field->type == TYPE_LINE ? view_place(t->v, value->text)
						: say_value(t, f, field, value);
	for (size_t i = 0; i < value->count; i++)
		all = view_joined(t->v, all, say_value(t, f, field, &value->items[i]));
	return all;
}

/* --- one fact ------------------------------------------------------------------------------- */

static void write_ref(struct view *v, const char *key, const struct fact_ref *ref)
{
	char text[FACT_REF_TEXT_SIZE];

	fact_ref_write(text, ref);
	view_text(v, key, text_of(text));
}

static void write_values(struct telling *t, const struct fact *f)
{
	struct view *v = t->v;

	json_key(v->w, "values");
	json_array_begin(v->w);
	for (size_t i = 0; f->kind && i < f->kind->field_count; i++) {
		const struct field *field = &f->kind->fields[i];
		char label[LABEL_KEY_SIZE];

		if (!f->values[i].given)
			continue;
		field_label(label, field);
		json_object_begin(v->w);
		view_text(v, "field", text_of(field->word));
		view_said(v, "label", label);
		json_key(v->w, "value");
		json_text(v->w, say_field(t, f, field, &f->values[i]));
		if (field->type == TYPE_FACT && field->many == 1)
			write_ref(v, "names", f->values[i].fact);
		json_object_end(v->w);
	}
	json_array_end(v->w);
}

static void write_happened(struct view *v, const struct fact *f)
{
	if (f->happened_is_day)
		view_day(v, "happened", day_at(f->happened, 0));
	else
		view_time(v, "happened", f->happened);
}

static bool is_annulled(const struct telling *t, const struct fact_ref *ref)
{
	for (size_t i = 0; i < t->count; i++) {
		const struct fact *f = &t->facts[i];

		if (f->kind && f->kind->kind == KIND_FACT_ANNULLED &&
		    f->values[FACT_ANNULLED_FACT].given &&
		    !fact_ref_compare(f->values[FACT_ANNULLED_FACT].fact, ref))
			return true;
	}
	return false;
}

/* Who looked into a file has looked; and an annulment is answered by recording anew. */
static bool is_annullable(const struct telling *t, const struct fact *f)
{
	return f->kind && f->kind->subject == SUBJECT_PERSON &&
	       f->kind->kind != KIND_RECORD_OPENED && f->kind->kind != KIND_FACT_ANNULLED &&
	       policy_allows(t->v->roles, DEED_RECORD_FACT_ANNULLED) &&
	       state_may_annul(f->kind->kind) && !is_annulled(t, &f->ref);
}

static void write_event(struct telling *t, const struct fact *f)
{
	struct view *v = t->v;
	struct account by;

	json_object_begin(v->w);
	write_ref(v, "fact", &f->ref);
	view_text(v, "kind", text_of(f->kind ? f->kind->word : "unknown"));
	view_text(v, "what", kind_said(t, f->kind));
	write_happened(v, f);
	view_time(v, "recorded", f->recorded);
	if (state_account(v->s, &f->actor, &by))
		view_text(v, "by", by.name);
	view_flag(v, "annullable", is_annullable(t, f));
	write_values(t, f);
	json_object_end(v->w);
}

enum err desk_history(struct desk *d, const struct id *subject, struct json_writer *w)
{
	struct telling t = { 0 };
	enum subject_sort sort;
	struct view v;
	enum err e;

	/* The facts come from the disk, under the lock once; their words need it again. */
	if ((e = reg_history(d->reg, &d->session, subject, d->arena, &t.facts, &t.count,
			     &d->fault)) ||
	    (e = view_begin(&v, d, DEED_SHOW_HISTORY, w)))
		return e;
	t.v = &v;
	sort = state_sort_of(v.s, subject);
	if (sort != SUBJECT_PERSON && sort != SUBJECT_HOUSEHOLD)
		return view_end(&v, fault(&d->fault, ERR_NOT_FOUND, "desk.no-person"));
	json_object_begin(w);
	json_key(w, "events");
	json_array_begin(w);
	for (size_t i = 0; i < t.count; i++)
		write_event(&t, &t.facts[i]);
	json_array_end(w);
	json_object_end(w);
	return view_end(&v, OK);
}
