/*
 * release: closed weeks go out once, and are read from what went out ever after.
 *
 * A table is a subject of its own, whose id is a hash of what it is:
 *
 *     id = BLAKE2b("ikhtiar/table/v1" · site · period · figure · part)
 *
 * so whether a period has gone out is a look at the state, and its numbers are read
 * from the facts about these subjects.  A long table is in several parts; parts are
 * numbered from 1, and the first that is not there ends it.
 *
 * All tables of a period are one submission: a stop in the middle publishes nothing.
 * Its key is the first table's id, so that of two who publish at once only one does.
 *
 * Rounding is drawn with a key of the year that is made from the site's case key: it
 * is in no file, and a register that was restored has the same.
 */
#include <sodium.h>
#include <stdio.h>

#include "register/counting.h"

#define TABLE_LABEL "ikhtiar/table/v1"
#define KEY_LABEL "ikhtiar/table-key/v1"
#define CELLS_A_FACT 400
#define RELEASE_MEMORY ((size_t)4 << 30)
#define PERIODS_BACK 2000 /* how many before today are looked at: 38 years of weeks */

static struct id table_id(const struct reg *r, struct period period, enum figure_counted figure,
			  size_t part)
{
	char id[PERIOD_ID_SIZE], name[160], site[ID_HEX_SIZE + 1];
	struct id out;

	period_id(id, period);
	hex_write(site, bytes_of(r->self.site.at, ID_SIZE));
	snprintf(name, sizeof(name), TABLE_LABEL " %s %s %s %zu", site, id, figure_word(figure),
		 part);
	crypto_generichash(out.at, ID_SIZE, (const uint8_t *)name, strlen(name), NULL, 0);
	return out;
}

bool period_went_out(const struct reg *r, const struct state *s, struct period period,
		     struct fact_ref *with)
{
	struct id table = table_id(r, period, 0, 1);
	struct fact_ref heads[HEADS_MAX];

	if (!state_heads(s, &table, heads))
		return false;
	*with = heads[0];
	return true;
}

static bool is_published(const struct reg *r, const struct state *s, struct period period)
{
	struct id id = table_id(r, period, 0, 1);

	return state_sort_of(s, &id) == SUBJECT_TABLE;
}

static struct period period_at(int32_t day, bool week)
{
	return week ? week_of(day) : four_weeks_of(day);
}

struct period period_around(const struct reg *r, int64_t seconds, struct period like)
{
	return period_at(site_day(r, seconds), period_is_week(like));
}

/* --- which period is next ------------------------------------------------------- */

/* The oldest closed one that has not gone out, from the first week of anything counted,
 * though all of that may have been taken back. */
static bool find_next(const struct reg *r, const struct state *s, int32_t today, bool week,
		      struct period *out)
{
	int64_t since = state_counted_since(s);

	if (since == INT64_MAX)
		return false;
	*out = period_at(site_day(r, since), week);
	while (period_is_closed(*out, today)) {
		if (!is_published(r, s, *out))
			return true;
		*out = period_at(out->end + 1, week);
	}
	return false;
}

/* --- one period ----------------------------------------------------------------- */

struct publishing {
	struct reg *reg;
	const struct session *by;
	int64_t now;
	struct period period;
	struct arena *arena;
	struct counting_frame frame;
	struct happenings happenings;
	struct fact *facts;
	size_t count, room;
};

static enum err no_memory(struct fault *f)
{
	return fault(f, ERR_MEMORY, "register.no-memory");
}

static struct counting_span span_of(const struct publishing *p, const struct state *s)
{
	int zone = p->reg->zone->offset_min;
	struct period before = period_at(p->period.start - 1, period_is_week(p->period));
	struct counting_span span = { .period = p->period,
				      .to = day_begins(p->period.end + 1, zone),
				      .now = p->now };

	if (period_went_out(p->reg, s, before, &span.published))
		span.from = day_begins(p->period.start, zone);
	return span;
}

static enum err count_period(struct publishing *p, const struct state *s, struct fault *f)
{
	struct counting_span span = span_of(p, s);
	enum err e = counting_frame_make(&p->frame, p->reg->atlas, p->arena, f);

	return e ? e : happenings_count(&p->happenings, p->reg, s, &p->frame, &span, p->arena, f);
}

static void table_key(const struct reg *r, struct period period, uint8_t out[ROUND_KEY_SIZE])
{
	char id[PERIOD_ID_SIZE], message[sizeof(KEY_LABEL) + 8];
	struct bytes key = secret_bytes(r->keys.site.case_);

	period_id(id, period);
	snprintf(message, sizeof(message), KEY_LABEL " %.4s", id);
	crypto_generichash(out, ROUND_KEY_SIZE, (const uint8_t *)message, strlen(message), key.at,
			   key.size);
}

/* Counted and rounded under one look at the state; ERR_NOT_FOUND, which tells no fault:
 * there is no such period. */
static enum err make_release(struct publishing *p, bool week, struct release *out, struct fault *f)
{
	uint8_t key[ROUND_KEY_SIZE];
	struct release_source source = { .key = bytes_of(key, sizeof(key)) };
	const struct state *s;
	enum err e;

	if ((e = reg_read_begin(p->reg, p->by, DEED_PUBLISH, &s, f)))
		return e;
	if (!find_next(p->reg, s, site_day(p->reg, p->now), week, &p->period))
		e = ERR_NOT_FOUND;
	else
		e = count_period(p, s, f);
	if (!e)
		table_key(p->reg, p->period, key);
	reg_read_end(p->reg);
	if (e)
		return e;
	source.period = p->period;
	source.frame = &p->frame.frame;
	source.happenings = &p->happenings;
	e = release_make(out, &source, p->arena, f);
	explicit_bzero(key, sizeof(key));
	return e;
}

/* --- its facts ------------------------------------------------------------------ */

static size_t parts_of(size_t cells)
{
	return (cells + CELLS_A_FACT - 1) / CELLS_A_FACT;
}

static void make_part(struct publishing *p, enum figure_counted figure, size_t part,
		      const struct hash *hash, const struct value *cells, size_t count)
{
	struct fact *fact = &p->facts[p->count++];
	struct value *v = fact->values;

	fact_begin(fact, KIND_TABLE_PUBLISHED);
	fact->subject = table_id(p->reg, p->period, figure, part);
	fact->happened = p->now;
	if (p->count == 1)
		fact->key = fact->subject;
	v[TABLE_PUBLISHED_CODE] = value_text(text_of(figure_word(figure)));
	v[TABLE_PUBLISHED_PERIOD_START] = value_number(p->period.start);
	v[TABLE_PUBLISHED_PERIOD_END] = value_number(p->period.end);
	v[TABLE_PUBLISHED_HASH] = value_hash(hash);
	v[TABLE_PUBLISHED_TABLE_PART] = value_number((int64_t)part);
	v[TABLE_PUBLISHED_CELLS] = value_list(cells, count);
	v[TABLE_PUBLISHED_VINTAGE] = value_text(p->frame.vintage);
}

static enum err add_table(struct publishing *p, const struct figure_table *t, struct fault *f)
{
	struct text *lines = arena_take_array(p->arena, t->count, sizeof(*lines));
	struct value *cells = arena_take_array(p->arena, t->count, sizeof(*cells));
	struct hash *hash = arena_take(p->arena, sizeof(*hash));

	if (!t->count) /* retired */
		return OK;
	if (!lines || !cells || !hash)
		return no_memory(f);
	for (size_t i = 0; i < t->count; i++) {
		lines[i] = cell_write(p->arena, &t->cells[i]);
		if (!lines[i].at)
			return no_memory(f);
		cells[i] = value_text(lines[i]);
	}
	*hash = cell_lines_hash(lines, t->count);
	for (size_t from = 0; from < t->count; from += CELLS_A_FACT) {
		size_t left = t->count - from, count = left < CELLS_A_FACT ? left : CELLS_A_FACT;

		make_part(p, t->figure, 1 + from / CELLS_A_FACT, hash, cells + from, count);
	}
	return OK;
}

static enum err make_facts(struct publishing *p, const struct release *release, struct fault *f)
{
	enum err e = OK;

	p->count = p->room = 0;
	for (size_t i = 0; i < FIGURE_COUNT; i++)
		p->room += parts_of(release->tables[i].count);
	assert(p->room <= LOG_BATCH_MAX);
	if (!(p->facts = arena_take_array(p->arena, p->room, sizeof(*p->facts))))
		return no_memory(f);
	for (size_t i = 0; !e && i < FIGURE_COUNT; i++)
		e = add_table(p, &release->tables[i], f);
	return e;
}

static enum err record_facts(struct publishing *p, struct fault *f)
{
	struct submission_answer answer = { 0 };
	struct submission s = {
		.by = p->by,
		.deed = DEED_PUBLISH,
		.inside = true,
		.facts = p->facts,
		.count = p->count,
		.arena = p->arena,
		.answer = &answer,
		.fault = f,
	};

	return writer_submit(p->reg, &s);
}

/* Of all periods of one length; ERR_NOT_FOUND is how it ends. */
static enum err publish_all(struct publishing *p, bool week, size_t *count, struct fault *f)
{
	struct release release;
	enum err e;

	do {
		arena_reset(p->arena);
		if (!(e = make_release(p, week, &release, f)) &&
		    !(e = make_facts(p, &release, f)) && !(e = record_facts(p, f)))
			++*count;
	} while (!e);
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err reg_publish(struct reg *r, const struct session *by, size_t *count, struct fault *f)
{
	struct publishing p = { .reg = r, .by = by };
	enum err e;

	*count = 0;
	if ((e = call_arena(&p.arena, RELEASE_MEMORY, f)))
		return e;
	p.now = clock_now(&r->clock, r->world).seconds;
	e = publish_all(&p, true, count, f);
	if (!e)
		e = publish_all(&p, false, count, f);
	arena_free(p.arena);
	return e;
}

/* --- reading what went out ------------------------------------------------------ */

static enum err read_part(struct reg *r, const struct state *s, const struct id *table,
			  struct arena *a, const struct fact **out, struct fault *f)
{
	const struct fact_ref *refs;
	struct fact *fact;
	size_t count;
	enum err e;

	*out = NULL;
	if ((e = state_facts_of(s, table, a, &refs, &count, f)) || !count)
		return e;
	if (!(fact = arena_take(a, sizeof(*fact))))
		return no_memory(f);
	/* The first counts: what was published is never published otherwise. */
	if ((e = entry_read(r, &r->keys.site, &refs[0], a, fact, f)))
		return e;
	*out = fact;
	return OK;
}

static enum err read_cells(struct figure_cell *cells, struct text *lines, size_t *count,
			   const struct fact *fact, struct fault *f)
{
	const struct value *v = &fact->values[TABLE_PUBLISHED_CELLS];
	enum err e = OK;

	for (size_t i = 0; !e && i < v->count; i++) {
		lines[*count] = v->items[i].text;
		e = cell_read(&cells[(*count)++], v->items[i].text, f);
	}
	return e;
}

#define PARTS_MAX 64

static enum err read_table(struct reg *r, const struct state *s, struct reg_release *out,
			   enum figure_counted figure, struct arena *a, struct fault *f)
{
	const struct fact *parts[PARTS_MAX];
	size_t part_count = 0, room = 0, count = 0;
	struct figure_cell *cells;
	struct text *lines;
	struct hash hash;
	enum err e = OK;

	for (; part_count < PARTS_MAX; part_count++) {
		struct id id = table_id(r, out->release.period, figure, part_count + 1);

		if ((e = read_part(r, s, &id, a, &parts[part_count], f)) || !parts[part_count])
			break;
		room += parts[part_count]->values[TABLE_PUBLISHED_CELLS].count;
	}
	cells = arena_take_array(a, room + 1, sizeof(*cells));
	lines = arena_take_array(a, room + 1, sizeof(*lines));
	if (e || !cells || !lines)
		return e ? e : no_memory(f);
	for (size_t i = 0; !e && i < part_count; i++)
		e = read_cells(cells, lines, &count, parts[i], f);
	out->release.tables[figure] = (struct figure_table){ figure, cells, count };
	if (e || !part_count)
		return e;
	hash = cell_lines_hash(lines, count);
	out->hashes[figure] = *parts[0]->values[TABLE_PUBLISHED_HASH].hash;
	out->vintage = parts[0]->values[TABLE_PUBLISHED_VINTAGE].text;
	out->published = parts[0]->recorded;
	return memcmp(&hash, &out->hashes[figure], HASH_SIZE)
		       ? fault(f, ERR_DAMAGED, "register.table-damaged", figure_word(figure))
		       : OK;
}

static enum err read_release(struct reg *r, const struct state *s, struct period period,
			     struct arena *a, struct reg_release *out, struct fault *f)
{
	char id[PERIOD_ID_SIZE];
	enum err e = OK;

	*out = (struct reg_release){ .release.period = period };
	period_id(id, period);
	if (!is_published(r, s, period))
		return fault(f, ERR_NOT_FOUND, "register.not-published", id);
	for (enum figure_counted i = 0; !e && i < FIGURE_COUNT; i++)
		e = read_table(r, s, out, i, a, f);
	return e;
}

enum err reg_release(struct reg *r, const struct session *by, struct period period, struct arena *a,
		     struct reg_release *out, struct fault *f)
{
	const struct state *s;
	enum err e;

	if ((e = reg_read_begin(r, by, DEED_BULLETIN, &s, f)))
		return e;
	e = read_release(r, s, period, a, out, f);
	reg_read_end(r);
	return e;
}

enum err reg_public_release(struct reg *r, const struct reg_public *p, struct period period,
			    struct arena *a, struct reg_release *out, struct fault *f)
{
	return read_release(r, p->state, period, a, out, f);
}

static enum err find_newest(struct reg *r, const struct state *s, bool week, struct period *out,
			    struct fault *f)
{
	*out = period_at(site_day(r, clock_now(&r->clock, r->world).seconds), week);
	for (size_t i = 0; i < PERIODS_BACK; i++) {
		*out = period_at(out->start - 1, week);
		if (is_published(r, s, *out))
			return OK;
	}
	return fault(f, ERR_NOT_FOUND, "register.nothing-published");
}

enum err reg_release_newest(struct reg *r, const struct session *by, bool week, struct period *out,
			    struct fault *f)
{
	const struct state *s;
	enum err e;

	if ((e = reg_read_begin(r, by, DEED_BULLETIN, &s, f)))
		return e;
	e = find_newest(r, s, week, out, f);
	reg_read_end(r);
	return e;
}

enum err reg_public_release_newest(struct reg *r, const struct reg_public *p, struct period *out,
				   struct fault *f)
{
	return find_newest(r, p->state, true, out, f);
}

/* --- for whoever checks it ------------------------------------------------------ */

static enum err take_seal(struct reg *r, const struct statement *bulletin, struct arena *a,
			  struct reg_seal *out, struct fault *f)
{
	struct bytes checkpoint;
	enum err e;

	if (!r->state)
		return fault(f, ERR_LOCKED, "register.locked");
	if ((e = checkpoint_renew(r, f)) ||
	    (e = setting_or_none(r, CHECKPOINT_SETTING, a, &checkpoint, f)) ||
	    (e = statement_sign(&out->note, a, &r->self, bulletin, r->keys.seed, f)))
		return e;
	out->checkpoint = (struct text){ (const char *)checkpoint.at, checkpoint.size };
	out->key = verifier_key(a, &r->self, &r->sign_key);
	return out->key.at ? OK : no_memory(f);
}

enum err reg_bulletin_seal(struct reg *r, const struct session *by,
			   const struct statement *bulletin, struct arena *a, struct reg_seal *out,
			   struct fault *f)
{
	const struct state *s;
	enum err e;

	if ((e = reg_read_begin(r, by, DEED_BULLETIN, &s, f)))
		return e;
	reg_read_end(r);
	pthread_mutex_lock(&r->turn);
	e = take_seal(r, bulletin, a, out, f);
	pthread_mutex_unlock(&r->turn);
	return e;
}
