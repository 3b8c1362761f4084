/*
 * read: what comes back from the disk, each size held against what it must be.
 *
 * A walk goes through the facts in the order in which they lie on the disk and gives
 * views of SQLite's own pages: nothing is copied.  It is found again by its place after
 * others have had the log in between.
 */
#include "log/inside.h"

#define WALK_ROWS 32

enum err fact_fault(struct fault *f, enum err e, const char *key, const struct origin *o,
		    uint64_t seq)
{
	char site[ID_HEX_SIZE + 1];

	hex_write(site, bytes_of(o->site.at, ID_SIZE));
	return fault(f, e, key, site, o->epoch, seq);
}

bool all_zero(struct bytes b)
{
	uint8_t sum = 0;

	for (size_t i = 0; i < b.size; i++)
		sum |= b.at[i];
	return sum == 0;
}

/* --- facts ---------------------------------------------------------------------------- */

/* Columns: place, subject, commitment, envelope. */
static bool read_entry(struct query *q, struct log_entry *out)
{
	*out = (struct log_entry){ .seq = (uint64_t)query_int(q, 0) & SEQ_MAX,
				   .envelope = query_bytes(q, 3) };
	return query_fixed(q, 1, out->subject.at, ID_SIZE) &&
	       query_fixed(q, 2, out->commitment.at, HASH_SIZE) && out->envelope.size &&
	       out->envelope.size <= LOG_ENVELOPE_SIZE_MAX;
}

static enum err read_fact(struct log *l, const struct known_origin *k, uint64_t seq,
			  struct arena *a, struct log_entry *out, struct fault *f)
{
	struct query q = query(l, STATEMENT_FACT_READ);
	bool there, whole = false;
	enum err e;

	query_put_int(&q, 1, place_of(k->number, seq));
	if ((there = query_row(&q)) && (whole = read_entry(&q, out)))
		out->envelope = arena_copy(a, out->envelope);
	if ((e = query_end(&q, f)))
		return e;
	if (!there || !whole)
		return fact_fault(f, ERR_DAMAGED, there ? "log.fact-damaged" : "log.gap",
				  &k->origin, seq);
	return out->envelope.at ? OK : fault(f, ERR_MEMORY, "log.no-memory");
}

enum err log_read(struct log *l, const struct origin *o, uint64_t seq, struct arena *a,
		  struct log_entry *out, struct fault *f)
{
	const struct known_origin *k;
	enum err e;

	log_lock(l);
	k = origin_find(l, o);
	if (!k || seq >= k->length)
		e = fact_fault(f, ERR_NOT_FOUND, "log.no-fact", o, seq);
	else
		e = read_fact(l, k, seq, a, out, f);
	log_unlock(l);
	return e;
}

/* --- walks ------------------------------------------------------------------------------- */

static void walk_from(struct walk *w, struct log *l, int64_t place)
{
	w->place = place;
	w->query = query(l, STATEMENT_FACT_EACH);
	query_put_int(&w->query, 1, place);
}

void walk_begin(struct walk *w, struct log *l)
{
	*w = (struct walk){ .own_length = own_origin(l)->length };
	walk_from(w, l, -1);
	l->walks++;
}

/* Nobody who waits is kept waiting for more than so many rows. */
static enum err give_way(struct walk *w, struct fault *f)
{
	struct log *l = w->query.log;
	enum err e;

	if (++w->rows < WALK_ROWS || !log_is_wanted(l))
		return OK;
	w->rows = 0;
	if ((e = query_end(&w->query, f)))
		return e;
	l->walks--;
	log_give_way(l);
	l->walks++;
	walk_from(w, l, w->place);
	return OK;
}

/* Whether the row has come to the own origin since the walk began. */
static bool is_later(struct walk *w)
{
	const struct known_origin *own = own_origin(w->query.log);
	int64_t place = query_int(&w->query, 0);

	return place >= place_of(own->number, w->own_length) &&
	       place <= place_of(own->number, SEQ_MAX);
}

/* The next row; those that are later, which lie together, are passed over. */
static bool next_row(struct walk *w, enum err *e, struct fault *f)
{
	struct log *l = w->query.log;

	if ((*e = give_way(w, f)) || !query_row(&w->query))
		return false;
	if (!is_later(w))
		return true;
	if ((*e = query_end(&w->query, f)))
		return false;
	walk_from(w, l, place_of(own_origin(l)->number, SEQ_MAX));
	return query_row(&w->query);
}

static const struct known_origin *origin_numbered(const struct log *l, uint64_t number)
{
	for (size_t i = 0; i < l->origin_count; i++) {
		if (l->origins[i].number == number)
			return &l->origins[i];
	}
	return NULL;
}

bool walk_next(struct walk *w, enum err *e, struct fault *f)
{
	struct log *l = w->query.log;
	uint64_t number;
	bool whole;

	if (!next_row(w, e, f))
		return false;
	w->place = query_int(&w->query, 0);
	whole = read_entry(&w->query, &w->entry);
	if (!query_holds(&w->query))
		return false;
	number = (uint64_t)w->place >> SEQ_BITS;
	if (!w->origin || w->origin->number != number) {
		w->origin = origin_numbered(l, number);
		w->next = 0;
	}
	if (!w->origin)
		*e = fault(f, ERR_DAMAGED, "log.origin-damaged", l->path);
	else if (!whole)
		*e = fact_fault(f, ERR_DAMAGED, "log.fact-damaged", &w->origin->origin, w->next);
	else if (w->entry.seq != w->next)
		*e = fact_fault(f, ERR_DAMAGED, "log.gap", &w->origin->origin, w->next);
	w->next++;
	return *e == OK;
}

enum err walk_end(struct walk *w, enum err e, struct fault *f)
{
	enum err ended = query_end(&w->query, e ? NULL : f);

	w->query.log->walks--;
	return e ? e : ended;
}

enum err log_each(struct log *l, log_visit *visit, void *self, struct fault *f)
{
	struct walk w;
	enum err e = OK;

	log_lock(l);
	walk_begin(&w, l);
	while (!e && walk_next(&w, &e, f))
		e = visit(self, &w.origin->origin, &w.entry, f);
	e = walk_end(&w, e, f);
	log_unlock(l);
	return e;
}

/* --- slots and settings --------------------------------------------------------------------- */

/* The one row of `q`: what is kept, copied; `there` false: nothing is.  `name` is that
 * of a setting, NULL for a slot. */
static enum err read_kept(struct query *q, const char *name, struct arena *a, struct bytes *out,
			  bool *there, struct fault *f)
{
	bool whole = true;
	enum err e;

	*out = (struct bytes){ NULL, 0 };
	if ((*there = query_row(q))) {
		struct bytes kept = query_bytes(q, 1);

		whole = (!name || check_take(&kept, text_of(name))) && kept.size &&
			kept.size <= LOG_KEPT_SIZE_MAX;
		if (whole)
			*out = arena_copy(a, kept);
	}
	if ((e = query_end(q, f)))
		return e;
	if (!whole)
		return fault(f, ERR_DAMAGED, "log.kept-damaged", q->log->path);
	return *there && !out->at ? fault(f, ERR_MEMORY, "log.no-memory") : OK;
}

enum err log_slot_read(struct log *l, const struct id *subject, struct arena *a, struct bytes *out,
		       struct fault *f)
{
	struct query q;
	bool there;
	enum err e;

	log_lock(l);
	q = query(l, STATEMENT_SLOT_READ);
	query_put_bytes(&q, 1, bytes_of(subject->at, ID_SIZE));
	e = read_kept(&q, NULL, a, out, &there, f);
	log_unlock(l);
	return !e && !there ? fault(f, ERR_NOT_FOUND, "log.no-slot") : e;
}

static enum err visit_slot(struct query *q, log_visit_slot *visit, void *self, struct fault *f)
{
	struct bytes kept = query_bytes(q, 2);
	struct id subject;
	bool whole = query_fixed(q, 1, subject.at, ID_SIZE);

	if (!query_holds(q))
		return OK;
	if (!whole || !kept.size || kept.size > LOG_KEPT_SIZE_MAX)
		return fault(f, ERR_DAMAGED, "log.kept-damaged", q->log->path);
	return all_zero(kept) ? OK : visit(self, &subject, kept, f);
}

enum err log_each_slot(struct log *l, log_visit_slot *visit, void *self, struct fault *f)
{
	struct query q;
	enum err e = OK, ended;

	log_lock(l);
	q = query(l, STATEMENT_SLOT_EACH);
	l->walks++;
	while (!e && query_row(&q))
		e = visit_slot(&q, visit, self, f);
	ended = query_end(&q, e ? NULL : f);
	l->walks--;
	log_unlock(l);
	return e ? e : ended;
}

enum err log_setting_read(struct log *l, const char *name, struct arena *a, struct bytes *out,
			  struct fault *f)
{
	struct query q;
	bool there;
	enum err e;

	log_lock(l);
	q = query(l, STATEMENT_SETTING_READ);
	query_put_text(&q, 1, text_of(name));
	e = read_kept(&q, name, a, out, &there, f);
	log_unlock(l);
	return !e && !there ? fault(f, ERR_NOT_FOUND, "log.no-setting", name) : e;
}

enum err log_each_setting(struct log *l, const char *prefix, log_visit_setting *visit, void *self,
			  struct fault *f)
{
	struct text begin = text_of(prefix);
	struct query q;
	enum err e = OK, ended;

	log_lock(l);
	q = query(l, STATEMENT_SETTING_EACH);
	query_put_text(&q, 1, begin);
	l->walks++;
	while (!e && query_row(&q)) {
		struct text name = query_text(&q, 0);
		struct bytes kept = query_bytes(&q, 1);

		if (!query_holds(&q))
			break;
		if (name.size < begin.size || memcmp(name.at, begin.at, begin.size) != 0)
			break;
		if (!check_take(&kept, name) || !kept.size || kept.size > LOG_KEPT_SIZE_MAX)
			e = fault(f, ERR_DAMAGED, "log.kept-damaged", l->path);
		else
			e = visit(self, name, kept, f);
	}
	ended = query_end(&q, e ? NULL : f);
	l->walks--;
	log_unlock(l);
	return e ? e : ended;
}
