/*
 * negotiations: terms of reference and agreements on their way; who waits for whom; their
 * texts, version by version; meetings, and who owes what.
 *
 * Where a party has not answered, the office that submitted waits for it.  Where it has
 * commented or rejected, it waits for that office.
 */
#include <stdlib.h>

#include "base/sha256.h"
#include "desk/instruments.h"

/* --- where it stands ----------------------------------------------------------------------- */

static enum err read_stand(struct view *v, const struct instrument *i, struct negotiation *out)
{
	struct negotiation_move *moves =
		arena_take_array(v->d->arena, i->step_count + 1, sizeof(*moves));

	if (!moves)
		return fault(&v->d->fault, ERR_MEMORY, "memory.none");
	for (size_t n = 0; n < i->step_count; n++) {
		const struct instrument_step *s = &i->steps[n];

		moves[n] = (struct negotiation_move){ .party = s->party,
						      .said = s->note,
						      .version = s->version,
						      .day = instrument_step_day(v, s) };
		if (code_is_known(CODES_STEP, s->step))
			moves[n].step = directive_step_of(text_of(code_word(CODES_STEP, s->step)));
	}
	return negotiation_read(out, v->d->arena, moves, i->step_count, i->parties, i->party_count,
				i->date, &v->d->fault);
}

static void write_party(struct view *v, const struct negotiation_party *p)
{
	json_object_begin(v->w);
	view_text(v, "name", p->name);
	view_text(v, "stand", text_of(party_stand_word(p->stand)));
	view_day(v, "since", p->since);
	if (p->version)
		view_int(v, "version", p->version);
	view_text(v, "said", p->said);
	json_object_end(v->w);
}

static void write_wait(struct view *v, struct text who, struct text whom, int32_t since)
{
	json_object_begin(v->w);
	view_text(v, "who", who);
	view_text(v, "for", whom);
	view_day(v, "since", since);
	if (since != DAY_NONE && since <= v->today)
		view_int(v, "days", v->today - since);
	json_object_end(v->w);
}

static void write_waits(struct view *v, const struct instrument *i, const struct negotiation *n)
{
	json_key(v->w, "waits");
	json_array_begin(v->w);
	for (size_t k = 0; k < n->party_count; k++) {
		const struct negotiation_party *p = &n->parties[k];

		if (n->stage != NEGOTIATION_SUBMITTED && n->stage != NEGOTIATION_REJECTED)
			continue;
		if (p->stand == PARTY_WAITED_FOR)
			write_wait(v, i->authority, p->name, p->since);
		else if (p->stand != PARTY_APPROVED)
			write_wait(v, p->name, i->authority, p->since);
	}
	json_array_end(v->w);
}

static void write_negotiation(struct view *v, const struct instrument *i,
			      const struct negotiation *n)
{
	const char *stage = negotiation_stage_word(n->stage);

	json_object_begin(v->w);
	view_text(v, "id", i->code);
	view_id(v, "subject", &i->id);
	view_text(v, "instrument", i->title);
	view_text(v, "authority", i->authority);
	view_text(v, "stage", text_of(stage));
	view_said(v, "stage_said", arena_print(v->d->arena, "negotiation.stage.%s", stage).at);
	view_day(v, "since", n->since);
	json_key(v->w, "parties");
	json_array_begin(v->w);
	for (size_t k = 0; k < n->party_count; k++)
		write_party(v, &n->parties[k]);
	json_array_end(v->w);
	write_waits(v, i, n);
	view_text(v, "detail", i->detail);
	view_text(v, "source", i->source);
	json_object_end(v->w);
}

static enum err write_one(struct view *v, const struct instrument *i)
{
	struct negotiation n;
	enum err e = read_stand(v, i, &n);

	if (!e)
		write_negotiation(v, i, &n);
	return e;
}

static int by_date(const void *one, const void *other)
{
	const struct instrument *a = one, *b = other;

	return (a->date > b->date) - (a->date < b->date);
}

enum err desk_negotiations(struct desk *d, struct json_writer *w)
{
	struct instruments all;
	struct view v;
	enum err e;

	if ((e = view_begin_public(&v, d, w)))
		return e;
	if ((e = instruments_read(&all, &v)))
		return view_end(&v, e);
	qsort((struct instrument *)all.rows, all.row_count, sizeof(*all.rows), by_date);
	json_object_begin(w);
	json_key(w, "negotiations");
	json_array_begin(w);
	for (size_t i = 0; !e && i < all.row_count; i++)
		if (instrument_is_negotiated(&all.rows[i]))
			e = write_one(&v, &all.rows[i]);
	json_array_end(w);
	json_object_end(w);
	return view_end(&v, e);
}

/* --- its texts -------------------------------------------------------------------------------- */

#define VERSIONS_MAX 1000

/* All that was recorded about one instrument. */
struct file {
	struct view *v;
	const struct fact *facts;
	size_t count;
};

static bool is_of(const struct fact *f, enum kind k)
{
	return f->kind && f->kind->kind == k;
}

static struct text text_of_version(const struct file *file, unsigned version)
{
	return reg_text_of_version(file->facts, file->count, version, file->v->d->arena);
}

static bool has_version(const struct file *file, unsigned version)
{
	for (size_t i = 0; i < file->count; i++)
		if (is_of(&file->facts[i], KIND_INSTRUMENT_TEXT) &&
		    file->facts[i].values[INSTRUMENT_TEXT_VERSION].number == version)
			return true;
	return false;
}

static void write_versions(const struct file *file)
{
	struct view *v = file->v;

	json_key(v->w, "versions");
	json_array_begin(v->w);
	for (unsigned version = 1; version <= VERSIONS_MAX; version++) {
		struct text text;
		struct hash h;

		if (!has_version(file, version))
			continue;
		text = text_of_version(file, version);
		h = sha256_of(bytes_of_text(text));
		json_object_begin(v->w);
		view_int(v, "version", version);
		view_hash(v, "hash", &h);
		view_text(v, "text", text);
		json_object_end(v->w);
	}
	json_array_end(v->w);
}

static enum err write_changes(const struct file *file, struct desk_versions compared)
{
	static const char *const sorts[] = {
		[CHANGE_SAME] = "same", [CHANGE_GONE] = "gone", [CHANGE_NEW] = "new"
	};
	struct view *v = file->v;
	struct text before = text_of_version(file, compared.before);
	struct text after = text_of_version(file, compared.after);
	const struct text_change *changes;
	size_t count;
	enum err e;

	if (!before.size || !after.size)
		return fault(&v->d->fault, ERR_NOT_FOUND, "negotiation.no-version",
			     before.size ? compared.after : compared.before);
	if ((e = text_compare(before, after, v->d->arena, &changes, &count, &v->d->fault)))
		return e;
	json_key(v->w, "changes");
	json_array_begin(v->w);
	for (size_t i = 0; i < count; i++) {
		json_object_begin(v->w);
		view_text(v, "sort", text_of(sorts[changes[i].sort]));
		view_text(v, "text", changes[i].text);
		json_object_end(v->w);
	}
	json_array_end(v->w);
	return OK;
}

/* --- meetings ----------------------------------------------------------------------------------- */

/* Whether a later fact of the same kind names the same thing. */
static bool is_replaced(const struct file *file, size_t at, enum field_slot meeting,
			enum field_slot what)
{
	const struct fact *f = &file->facts[at];

	for (size_t i = at + 1; i < file->count; i++)
		if (file->facts[i].kind == f->kind &&
		    text_same(file->facts[i].values[meeting].text, f->values[meeting].text) &&
		    text_same(file->facts[i].values[what].text, f->values[what].text))
			return true;
	return false;
}

static void write_list(struct view *v, const char *key, const struct value *list)
{
	json_key(v->w, key);
	json_array_begin(v->w);
	for (size_t i = 0; list->given && i < list->count; i++)
		json_text(v->w, list->items[i].text);
	json_array_end(v->w);
}

static void write_day(struct view *v, const char *key, const struct value *day)
{
	if (day->given)
		view_day(v, key, (int32_t)day->number);
}

static void write_outcomes(const struct file *file, struct text meeting)
{
	struct view *v = file->v;

	json_key(v->w, "outcomes");
	json_array_begin(v->w);
	for (size_t i = 0; i < file->count; i++) {
		const struct value *o = file->facts[i].values;

		if (!is_of(&file->facts[i], KIND_INSTRUMENT_OUTCOME) ||
		    !text_same(o[INSTRUMENT_OUTCOME_MEETING].text, meeting) ||
		    is_replaced(file, i, INSTRUMENT_OUTCOME_MEETING, INSTRUMENT_OUTCOME_WHAT))
			continue;
		json_object_begin(v->w);
		view_text(v, "what", o[INSTRUMENT_OUTCOME_WHAT].text);
		view_text(v, "owes", o[INSTRUMENT_OUTCOME_OWES].text);
		write_day(v, "until", &o[INSTRUMENT_OUTCOME_UNTIL]);
		write_day(v, "done", &o[INSTRUMENT_OUTCOME_DONE]);
		json_object_end(v->w);
	}
	json_array_end(v->w);
}

static void write_meeting(const struct file *file, const struct value *m)
{
	struct view *v = file->v;

	json_object_begin(v->w);
	view_text(v, "meeting", m[INSTRUMENT_MEETING_NAME].text);
	write_day(v, "on", &m[INSTRUMENT_MEETING_ON]);
	view_code(v, "state", CODES_MEETING, m[INSTRUMENT_MEETING_STATE].number);
	view_text(v, "place", m[INSTRUMENT_MEETING_PLACE].text);
	write_list(v, "members", &m[INSTRUMENT_MEETING_MEMBERS]);
	write_list(v, "agenda", &m[INSTRUMENT_MEETING_AGENDA]);
	write_list(v, "minutes", &m[INSTRUMENT_MEETING_MINUTES]);
	write_outcomes(file, m[INSTRUMENT_MEETING_NAME].text);
	json_object_end(v->w);
}

static void write_meetings(const struct file *file)
{
	struct view *v = file->v;

	json_key(v->w, "meetings");
	json_array_begin(v->w);
	for (size_t i = 0; i < file->count; i++)
		if (is_of(&file->facts[i], KIND_INSTRUMENT_MEETING) &&
		    !is_replaced(file, i, INSTRUMENT_MEETING_NAME, INSTRUMENT_MEETING_NAME))
			write_meeting(file, file->facts[i].values);
	json_array_end(v->w);
}

/* --- its steps ------------------------------------------------------------------------------------- */

static void write_steps(struct view *v, const struct instrument *row)
{
	json_key(v->w, "steps");
	json_array_begin(v->w);
	for (size_t i = 0; i < row->step_count; i++) {
		const struct instrument_step *s = &row->steps[i];

		if (!code_is_known(CODES_STEP, s->step))
			continue;
		json_object_begin(v->w);
		view_code(v, "step", CODES_STEP, s->step);
		view_text(v, "party", s->party);
		view_day(v, "on", instrument_step_day(v, s));
		if (s->version)
			view_int(v, "version", s->version);
		if (s->names_text)
			view_hash(v, "hash", &s->text_hash);
		view_text(v, "note", s->note);
		view_text(v, "source", s->source);
		json_object_end(v->w);
	}
	json_array_end(v->w);
}

/* --- all of one ------------------------------------------------------------------------------------ */

static const struct instrument *row_of_code(const struct instruments *all, struct text code)
{
	for (size_t i = 0; i < all->row_count; i++)
		if (text_same(all->rows[i].code, code) && instrument_is_negotiated(&all->rows[i]))
			return &all->rows[i];
	return NULL;
}

static enum err write_file(struct view *v, const struct instrument *row,
			   struct desk_versions compared)
{
	struct file file = { .v = v };
	enum err e = reg_public_history(v->d->reg, &v->shared, &row->id, v->d->arena, &file.facts,
					&file.count, &v->d->fault);

	if (e)
		return e;
	json_object_begin(v->w);
	json_key(v->w, "negotiation");
	if ((e = write_one(v, row)))
		return e;
	write_steps(v, row);
	write_versions(&file);
	write_meetings(&file);
	if (compared.before || compared.after)
		e = write_changes(&file, compared);
	json_object_end(v->w);
	return e;
}

enum err desk_negotiation(struct desk *d, struct text code, struct desk_versions compared,
			  struct json_writer *w)
{
	const struct instrument *row;
	struct instruments all;
	struct view v;
	enum err e;

	if ((e = view_begin_public(&v, d, w)))
		return e;
	if (!(e = instruments_read(&all, &v))) {
		row = row_of_code(&all, code);
		e = row ? write_file(&v, row, compared)
			: fault(&d->fault, ERR_NOT_FOUND, "negotiation.none", code);
	}
	return view_end(&v, e);
}
