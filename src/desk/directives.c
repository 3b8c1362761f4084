/*
 * directives: lists of instruments, ours and others', as facts through the write door.
 *
 * An instrument's id is made of its code (reference_id), so that the same list, brought to
 * two centres or twice to one, is about the same instruments.
 */
#include "base/sha256.h"
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

/* --- through the door ------------------------------------------------------------------------ */

/* As a body of one fact is, in bytes. */
#define ROW_SIZE_MAX ((size_t)64 << 10)

struct taking {
	struct desk *desk;
	const struct desk_directives_list *list;
	struct desk_directives_taken *out;
	uint64_t refused_line; /* the last one */
	const struct state *s; /* of a look */
	struct name_book *names;
};

static void count_rejected(void *self, const struct directive_reject *reject)
{
	struct taking *t = self;

	/* Each wrong cell of a row is told, one after the other. */
	if (!reject->kept) {
		t->out->refused += reject->line != t->refused_line;
		t->refused_line = reject->line;
	}
	t->list->rejected(t->list->self, reject);
}

/* A row as what is proposed; its key is made of what it says, so that it is recorded once. */
static enum err propose_row(struct taking *t, struct text line, const struct id *key)
{
	struct desk *d = t->desk;
	struct desk_proposal proposal = { 0 };
	struct desk_answer answer;
	char hex[ID_HEX_SIZE + 1];
	enum err e;

	hex_write(hex, bytes_of(key->at, ID_SIZE));
	if ((e = json_parse(&proposal.facts, line, &d->fault)))
		return e;
	json_object_set_new(json_array_get(proposal.facts, 0), "key", json_string(hex));
	if (!(e = desk_propose(d, t->names, &proposal, &answer))) {
		t->out->recorded += answer.submission.sort == SUBMISSION_RECORDED;
		t->out->known += answer.submission.sort == SUBMISSION_REPEATED;
	}
	json_decref(proposal.facts);
	return e;
}

static enum err look_at_row(struct taking *t, const struct id *key)
{
	struct fact_ref ref;
	bool known = state_key(t->s, key, &ref);

	t->out->known += known;
	t->out->fit += !known;
	return OK;
}

static enum err take_row(struct taking *t, const struct directive_row *row)
{
	struct buffer line = { .limit = ROW_SIZE_MAX };
	struct json_writer w;
	struct hash h;
	struct id key;
	enum err e;

	json_begin(&w, &line);
	json_array_begin(&w);
	desk_write_directive(&w, row);
	json_array_end(&w);
	if (!(e = buffer_end(&line, &t->desk->fault))) {
		h = sha256_of(buffer_bytes(&line));
		memcpy(key.at, h.at, ID_SIZE);
		e = t->list->dry_run ? look_at_row(t, &key)
				     : propose_row(t, buffer_as_text(&line), &key);
	}
	buffer_free(&line);
	return e;
}

static enum err take_rows(struct taking *t, const struct directive_row *rows, size_t count)
{
	enum err e = OK;

	for (size_t i = 0; !e && i < count; i++)
		e = take_row(t, &rows[i]);
	return e;
}

static enum err look(struct taking *t, const struct directive_row *rows, size_t count)
{
	struct desk *d = t->desk;
	enum err e = reg_read_begin(d->reg, &d->session, DEED_RECORD_INSTRUMENT_RECORDED, &t->s,
				    &d->fault);

	if (e)
		return e;
	e = take_rows(t, rows, count);
	reg_read_end(d->reg);
	return e;
}

static enum err record(struct taking *t, const struct directive_row *rows, size_t count)
{
	enum err e = name_book_new(&t->names, t->desk);

	if (!e)
		e = take_rows(t, rows, count);
	name_book_free(t->names);
	return e;
}

enum err desk_take_directives(struct desk *d, const struct desk_directives_list *list,
			      struct desk_directives_taken *out)
{
	struct taking t = { .desk = d, .list = list, .out = out };
	const struct directive_row *rows;
	size_t count;
	enum err e;

	*out = (struct desk_directives_taken){ 0 };
	if ((e = desk_read_directives(d, list->name, list->list, count_rejected, &t, &rows,
				      &count)))
		return e;
	out->rows = count + out->refused;
	if (list->dry_run)
		return look(&t, rows, count);
	return out->refused && !list->keep_going ? OK : record(&t, rows, count);
}
