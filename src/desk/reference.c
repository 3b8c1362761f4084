/*
 * reference: what is the same for everybody: the rules, the kinds of facts, the
 * declaration, the information sheets, places, tariffs and advisories.
 *
 * Rules and kinds are the program's own, sheets and places come with it; of the register
 * only tariffs and advisories are asked.
 */
#include "desk/reference.h"

#include "base/embed.h"
#include "base/sha256.h"

/* --- the constitution --------------------------------------------------------------- */

static void write_guards(struct view *v, enum rule rule)
{
	json_key(v->w, "guards");
	json_array_begin(v->w);
	for (size_t k = 0; k < kind_count(); k++)
		if (rule_guards(rule, kind_at(k)->kind))
			json_text(v->w, text_of(kind_at(k)->word));
	json_array_end(v->w);
}

static void write_rule(struct view *v, const struct rule_info *rule)
{
	json_object_begin(v->w);
	view_text(v, "rule", text_of(rule->id));
	view_int(v, "number", rule->rule);
	view_said(v, "statement", rule->statement);
	view_text(v, "source", text_of(rule->source));
	write_guards(v, rule->rule);
	json_object_end(v->w);
}

enum err desk_rules(struct desk *d, struct json_writer *w)
{
	struct view v;

	view_begin_open(&v, d, w);
	json_object_begin(w);
	json_key(w, "rules");
	json_array_begin(w);
	for (int r = 1; r <= RULES_COUNT; r++)
		write_rule(&v, rule_info((enum rule)r));
	json_array_end(w);
	json_object_end(w);
	return view_end(&v, OK);
}

/* --- the kinds of facts --------------------------------------------------------------- */

static void write_words(struct view *v, enum code_set set)
{
	size_t count;
	const struct code_word *words = code_words(set, &count);

	json_key(v->w, "words");
	json_array_begin(v->w);
	for (size_t i = 0; i < count; i++) {
		char label[LABEL_KEY_SIZE];

		code_label(label, set, words[i].number);
		json_object_begin(v->w);
		view_text(v, "word", text_of(words[i].word));
		view_said(v, "said", label);
		json_object_end(v->w);
	}
	json_array_end(v->w);
}

/* The list of words, the record or the sort of subject that a field is of. */
static void write_of(struct view *v, const struct field *field)
{
	char word[TABLE_WORD_SIZE];

	switch (field->type) {
	case TYPE_CODE:
		code_set_word(word, (enum code_set)field->of);
		view_text(v, "of", text_of(word));
		write_words(v, (enum code_set)field->of);
		return;
	case TYPE_RECORD:
		record_word(word, (enum record_type)field->of);
		view_text(v, "of", text_of(word));
		return;
	case TYPE_SUBJECT:
		view_text(v, "of", text_of(subject_word((enum subject_sort)field->of)));
		return;
	default: return;
	}
}

static void write_field(struct view *v, const struct field *field)
{
	char label[LABEL_KEY_SIZE];

	field_label(label, field);
	json_object_begin(v->w);
	view_text(v, "word", text_of(field->word));
	view_said(v, "label", label);
	view_text(v, "type", text_of(type_word(field->type)));
	if (field->least || field->most) {
		view_int(v, "least", field->least);
		view_int(v, "most", field->most);
	}
	view_int(v, "many", field->many);
	view_flag(v, "required", field->need == NEED_REQUIRED);
	write_of(v, field);
	json_object_end(v->w);
}

static void write_kind(struct view *v, const struct kind_spec *k)
{
	char label[LABEL_KEY_SIZE];

	kind_label(label, k);
	json_object_begin(v->w);
	view_text(v, "word", text_of(k->word));
	view_said(v, "label", label);
	view_text(v, "subject", text_of(subject_word(k->subject)));
	view_flag(v, "may_record", policy_allows(v->roles, deed_of_recording(k->kind)));
	json_key(v->w, "fields");
	json_array_begin(v->w);
	for (size_t i = 0; i < k->field_count; i++)
		write_field(v, &k->fields[i]);
	json_array_end(v->w);
	json_object_end(v->w);
}

enum err desk_kinds(struct desk *d, struct json_writer *w)
{
	struct view v;
	enum err e;

	if ((e = view_begin(&v, d, DEED_KINDS, w)))
		return e;
	json_object_begin(w);
	json_key(w, "kinds");
	json_array_begin(w);
	for (size_t k = 0; k < kind_count(); k++)
		write_kind(&v, kind_at(k));
	json_array_end(w);
	json_object_end(w);
	return view_end(&v, OK);
}

/* --- the declaration, and what is known of a destination --------------------------------- */

struct bytes reference_form(enum words_language l)
{
	static const char *const forms[WORDS_LANGUAGES] = {
		[WORDS_EN] = "forms/choice.en.txt",
		[WORDS_UR] = "forms/choice.ur.txt",
		[WORDS_PS] = "forms/choice.ps.txt",
		[WORDS_FA_AF] = "forms/choice.fa_AF.txt",
	};

	return embedded(forms[l]);
}

struct hash reference_form_hash(enum words_language l)
{
	return sha256_of(reference_form(l));
}

enum err desk_form(struct desk *d, struct json_writer *w)
{
	enum words_language l = words_language(d->words);
	struct bytes form = reference_form(l);
	struct hash h = reference_form_hash(l);
	struct view v;

	view_begin_open(&v, d, w);
	json_object_begin(w);
	view_hash(&v, "hash", &h);
	view_text(&v, "language", text_of(words_language_info(l)->code));
	view_text(&v, "text", (struct text){ (const char *)form.at, form.size });
	json_object_end(w);
	return view_end(&v, OK);
}

static void write_sheet_line(struct view *v, const struct sheet_line *line)
{
	json_object_begin(v->w);
	view_text(v, "topic", line->topic);
	view_text(v, "text", view_name_in(v, &line->text));
	view_text(v, "source", line->source);
	json_object_end(v->w);
}

enum err desk_sheet(struct desk *d, struct text area, struct json_writer *w)
{
	const struct area *place;
	const struct sheet *sheet;
	struct view v;
	enum err e;

	view_begin_open(&v, d, w);
	if ((e = atlas_area(d->atlas, area, &place, &d->fault)) ||
	    (e = atlas_sheet(d->atlas, place, &sheet, &d->fault)))
		return e;
	json_object_begin(w);
	view_hash(&v, "version", &sheet->version);
	json_key(w, "area");
	view_area(&v, sheet->area);
	view_text(&v, "dated", sheet->date);
	json_key(w, "lines");
	json_array_begin(w);
	for (size_t i = 0; i < sheet->line_count; i++)
		write_sheet_line(&v, sheet->lines[i]);
	json_array_end(w);
	json_object_end(w);
	return view_end(&v, OK);
}

enum err desk_places(struct desk *d, struct json_writer *w)
{
	size_t count;
	const struct place *places = atlas_places(d->atlas, &count);
	struct view v;

	view_begin_open(&v, d, w);
	json_object_begin(w);
	json_key(w, "places");
	json_array_begin(w);
	for (size_t i = 0; i < count; i++) {
		json_object_begin(w);
		view_text(&v, "code", places[i].id);
		view_text(&v, "name", view_name_in(&v, &places[i].names));
		view_text(&v, "kind", places[i].kind);
		json_object_end(w);
	}
	json_array_end(w);
	json_object_end(w);
	return view_end(&v, OK);
}

/* --- what is in force --------------------------------------------------------------------- */

static bool write_tariff(void *self, const struct tariff *t)
{
	struct view *v = self;

	if ((t->valid_from != DAY_NONE && v->today < t->valid_from) ||
	    (t->valid_to != DAY_NONE && v->today > t->valid_to) ||
	    !code_is_known(CODES_GRANT_PER, t->per))
		return true;
	json_object_begin(v->w);
	view_id(v, "id", &t->id);
	view_text(v, "provider", t->provider);
	view_int(v, "amount", t->amount);
	view_text(v, "currency", t->currency);
	view_int(v, "part", t->part);
	view_code(v, "per", CODES_GRANT_PER, t->per);
	view_code(v, "group", CODES_GROUP, t->group);
	view_text(v, "source", t->source);
	json_object_end(v->w);
	return true;
}

enum err desk_tariffs(struct desk *d, struct json_writer *w)
{
	struct view v;
	enum err e;

	if ((e = view_begin(&v, d, DEED_RULES, w)))
		return e;
	json_object_begin(w);
	json_key(w, "tariffs");
	json_array_begin(w);
	state_each_tariff(v.s, write_tariff, &v);
	json_array_end(w);
	json_object_end(w);
	return view_end(&v, OK);
}

bool reference_is_told(const struct advisory *a)
{
	return a->in_force && code_is_known(CODES_ADVISORY, a->sort);
}

void reference_advisory(struct view *v, const struct advisory *a)
{
	json_object_begin(v->w);
	view_id(v, "id", &a->id);
	view_code(v, "sort", CODES_ADVISORY, a->sort);
	view_text(v, "area", view_area_said(v, a->area));
	view_text(v, "area_key", a->area);
	view_text(v, "crossing", view_place(v, a->crossing));
	view_text(v, "crossing_code", a->crossing);
	view_text(v, "source", a->source);
	view_time(v, "since", a->since);
	json_object_end(v->w);
}

static bool write_advisory(void *self, const struct advisory *a)
{
	if (reference_is_told(a))
		reference_advisory(self, a);
	return true;
}

enum err desk_advisories(struct desk *d, struct json_writer *w)
{
	struct view v;
	enum err e;

	if ((e = view_begin(&v, d, DEED_RULES, w)))
		return e;
	json_object_begin(w);
	json_key(w, "advisories");
	json_array_begin(w);
	state_each_advisory(v.s, write_advisory, &v);
	json_array_end(w);
	json_object_end(w);
	return view_end(&v, OK);
}
