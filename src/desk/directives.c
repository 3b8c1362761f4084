/*
 * directives: lists of instruments, ours and others', as facts for the write door.
 *
 * An instrument's id is made of its code (reference_id), so that the same list, brought to
 * two centres or twice to one, is about the same instruments.
 */
#include "desk/view.h"

/* --- reading ---------------------------------------------------------------------------- */

struct reading {
	struct desk *d;
	const struct state *s;
	void (*rejected)(void *self, const struct directive_reject *reject);
	void *self;
};

static enum err area_of(void *self, struct text given, struct text *key, struct fault *f)
{
	const struct reading *r = self;
	const struct area *area;
	enum err e = atlas_area(r->d->atlas, given, &area, f);

	if (!e)
		*key = area->key;
	return e;
}

static bool is_known(void *self, struct text code)
{
	const struct reading *r = self;
	struct id id = reference_id(code);

	return state_sort_of(r->s, &id) == SUBJECT_INSTRUMENT;
}

static void pass_on(void *self, const struct directive_reject *reject)
{
	const struct reading *r = self;

	r->rejected(r->self, reject);
}

enum err desk_read_directives(struct desk *d, const char *name, struct bytes list,
			      void (*rejected)(void *self, const struct directive_reject *reject),
			      void *self, const struct directive_row **out, size_t *count)
{
	struct reading r = { .d = d, .rejected = rejected, .self = self };
	const struct directive_reading how = { name, area_of, is_known, pass_on, &r };
	struct reg_public shared;
	enum err e = reg_public_begin(d->reg, &shared, &d->fault);

	if (e)
		return e;
	r.s = shared.state;
	e = directive_list_read(&how, list, d->arena, out, count, &d->fault);
	reg_public_end(d->reg, &shared);
	return e;
}

/* --- as a fact ---------------------------------------------------------------------------- */

static void put(struct json_writer *w, const char *key, struct text t)
{
	if (!t.size)
		return;
	json_key(w, key);
	json_text(w, t);
}

static void put_day(struct json_writer *w, const char *key, int32_t day)
{
	char text[DATE_TEXT_SIZE];

	if (day == DIRECTIVE_NO_DAY)
		return;
	date_write(text, day);
	put(w, key, text_of(text));
}

static void put_id(struct json_writer *w, struct text code)
{
	struct id id = reference_id(code);

	json_hex(w, bytes_of(id.at, ID_SIZE));
}

static void put_links(struct json_writer *w, const struct directive *d)
{
	if (d->under.size) {
		json_key(w, "under");
		put_id(w, d->under);
	}
	if (!d->supersedes_count)
		return;
	json_key(w, "supersedes");
	json_array_begin(w);
	for (size_t i = 0; i < d->supersedes_count; i++)
		put_id(w, d->supersedes[i]);
	json_array_end(w);
}

static void put_parties(struct json_writer *w, struct text parties)
{
	if (!parties.size)
		return;
	json_key(w, "parties");
	json_array_begin(w);
	while (parties.size) {
		const char *bar = memchr(parties.at, '|', parties.size);
		size_t size = bar ? (size_t)(bar - parties.at) : parties.size;

		json_text(w, text_trimmed((struct text){ parties.at, size }, BLANKS));
		parties.at += size + (bar != NULL);
		parties.size -= size + (bar != NULL);
	}
	json_array_end(w);
}

void desk_write_directive(struct json_writer *w, const struct directive_row *row)
{
	const struct directive *d = &row->directive;

	json_object_begin(w);
	put(w, "kind", TEXT("instrument.recorded"));
	json_key(w, "subject");
	put_id(w, d->code);
	put(w, "code", d->code);
	put_day(w, "date", d->date);
	put(w, "authority", d->authority);
	put(w, "level", text_of(directive_level_word(d->level)));
	put(w, "instrument", d->title);
	put(w, "number", d->number);
	put(w, "groups", d->groups);
	json_key(w, "areas");
	json_array_begin(w);
	for (size_t i = 0; i < d->area_count; i++)
		json_text(w, d->areas[i]);
	json_array_end(w);
	put(w, "effect", d->effect);
	put(w, "detail", d->detail);
	put_day(w, "from", d->from);
	put_day(w, "to", d->to);
	put_links(w, d);
	put(w, "basis", d->basis);
	put(w, "source", d->source);
	put(w, "note", d->note);
	put_day(w, "known", d->known);
	put_day(w, "end_known", d->end_known);
	put(w, "verified_by", row->verified_by);
	put_parties(w, row->parties);
	json_object_end(w);
}
