/*
 * An import from end to end.
 *
 *     1, 2  the list is read to its end (listing.h)
 *     3     what the register has already, by the keys of the list, is left alone, and
 *           told where the list says something else; whoever was erased is rejected
 *     4     the rest goes through the write door, many households at a time; a batch
 *           that is not taken is tried again one by one, to find which and why
 *
 * A household is recorded whole or not at all, but for members who cannot be: these are
 * rejected, and come in with the next import once their row is put right.
 */
#include <assert.h>
#include <stdlib.h>

#include "import/known.h"
#include "import/listing.h"

/* Readers' lock and writer's turn are held for as long as a batch takes: small ones let
 * a border scan in between, and cost the import nothing that can be measured. */
#define BATCH_FACTS 100
/* Rows that are looked at for a batch: on record already, they are no facts of it. */
#define BATCH_ROWS 200

/* The facts of several households that go together. */
struct batch {
	size_t fact_count, part_count;
	struct fact facts[LOG_BATCH_MAX];
	struct part {
		size_t household, first, count;
	} parts[LOG_BATCH_MAX];
};

struct import {
	struct reg *reg;
	const struct session *by;
	struct listing list;
	struct batch *batch;
	const struct state *state; /* while a batch is filled */
	bool met_known;		   /* one of this household's people is on record */
};

/* Faults of the world end an import; those of the list reject a household. */
static bool is_of_the_list(enum err e)
{
	return e == ERR_INPUT || e == ERR_LIMIT || e == ERR_NOT_FOUND;
}

/* --- facts --------------------------------------------------------------------------- */

/* What a line of JSON is the fact of. */
struct about {
	const char *kind;
	const struct id *subject, *household; /* of a person */
	struct text key, happened;
};

static enum err set(json_t *j, const char *field, json_t *value, struct fault *f)
{
	return json_object_set_new(j, field, value) ? fault(f, ERR_MEMORY, "memory.none") : OK;
}

static enum err set_id(json_t *j, const char *field, const struct id *id, struct fault *f)
{
	char hex[ID_HEX_SIZE + 1];

	hex_write(hex, bytes_of(id->at, ID_SIZE));
	return set(j, field, json_string(hex), f);
}

static enum err set_head(json_t *j, const struct about *a, struct fault *f)
{
	enum err e;

	if ((e = set(j, "kind", json_string(a->kind), f)) ||
	    (e = set_id(j, "subject", a->subject, f)) ||
	    (e = set(j, "source_key", json_stringn(a->key.at, a->key.size), f)))
		return e;
	if (a->household && (e = set_id(j, "household", a->household, f)))
		return e;
	return a->happened.size
		       ? set(j, "happened", json_stringn(a->happened.at, a->happened.size), f)
		       : OK;
}

/* The fact that `j` and its head say, checked by itself. */
static enum err make_fact(struct import *i, json_t *j, const struct about *a, struct fact *out,
			  struct fault *f)
{
	int64_t now = i->list.world->now_ms(i->list.world) / 1000;
	enum err e = set_head(j, a, f);

	if (!e)
		e = fact_from_json(out, i->list.row, j, NULL, now, reg_zone(i->reg)->offset_min, f);
	return e ? e : fact_check(out, i->list.row, now, f);
}

static enum err make_household(struct import *i, const struct listed_household *h,
			       const struct id *id, struct text key, struct fact *out,
			       struct fault *f)
{
	const struct about about = { "household.registered", id, NULL, key, h->happened };
	json_t *j = NULL;
	enum err e = json_parse(&j, h->json, f);

	if (!e)
		e = make_fact(i, j, &about, out, f);
	json_decref(j);
	return e;
}

static enum err make_person(struct import *i, const struct listed_household *h,
			    const struct listed_person *p, const struct id *household,
			    const struct id *id, struct text key, struct fact *out, struct fault *f)
{
	const struct about about = { "person.registered", id, household, key, h->happened };
	json_t *j = NULL, *shared = NULL;
	enum err e = json_parse(&j, p->json, f);

	if (!e && h->shared.at)
		e = json_parse(&shared, h->shared, f);
	if (!e)
		e = convert_finish(j, shared, h->day, f);
	if (!e)
		e = make_fact(i, j, &about, out, f);
	json_decref(shared);
	json_decref(j);
	return e;
}

/* --- 3: what is known ---------------------------------------------------------------- */

static void tell_changed(struct import *i, const char *sheet, uint64_t row)
{
	struct fault why = { 0 };

	fault(&why, ERR_INPUT, "import.differs");
	listing_reject(&i->list, sheet, row, TEXT(""), &why, true);
}

static void reject_person(struct import *i, const struct listed_person *p, const struct fault *why)
{
	struct text column = why->value_count
				     ? listing_column(&i->list, SECTION_PERSON, why->values[0])
				     : TEXT("");

	listing_reject(&i->list, p->sheet, p->row, column, why, false);
}

/* The household, and each of its people: who looks for one of them finds her among the rejects. */
static void reject_household(struct import *i, const struct listed_household *h,
			     const struct fault *why)
{
	struct fault with = { 0 };

	if (why) {
		struct text column = why->value_count ? listing_column(&i->list, SECTION_HOUSEHOLD,
								       why->values[0])
						      : TEXT("");

		listing_reject(&i->list, h->sheet, h->row, column, why, false);
	}
	fault(&with, ERR_INPUT, "import.with-household", h->sheet, h->row);
	for (size_t k = h->first; k != NOBODY; k = i->list.people[k].next) {
		const struct listed_person *p = &i->list.people[k];

		/* In a flat list the household is told by the row of its first person. */
		if (p->sheet != h->sheet || p->row != h->row)
			listing_reject(&i->list, p->sheet, p->row, TEXT(""), &with, false);
	}
}

/* The id on record under that key, or a new one. */
static bool find_known(struct import *i, struct text key, struct id *id)
{
	if (state_of_source_key(i->state, key, id))
		return true;
	i->list.world->chance(i->list.world, id->at, ID_SIZE);
	return false;
}

/* A list that was kept brings nobody back who was erased, unless that is what is asked. */
static enum err refuse_erased(struct import *i, struct text key, struct fault *f)
{
	bool erased;
	enum err e;

	if (i->list.order->bring_back)
		return OK;
	e = reg_was_erased(i->reg, key, &erased, f);
	return !e && erased ? fault(f, ERR_INPUT, "import.erased") : e;
}

/* The next fact of the batch, of a person who is new; one who is known is compared. */
static enum err take_person(struct import *i, const struct listed_household *h,
			    const struct listed_person *p, const struct id *household,
			    struct fault *f)
{
	struct batch *b = i->batch;
	struct text key = listing_key(&i->list, h, p);
	struct fault why = { 0 };
	struct id id;
	bool known;
	enum err e;

	assert(b->fact_count < LOG_BATCH_MAX);
	if (!key.at)
		return fault(f, ERR_MEMORY, "memory.none");
	known = find_known(i, key, &id);
	i->met_known |= known;
	e = known ? OK : refuse_erased(i, key, &why);
	if (!e)
		e = make_person(i, h, p, household, &id, key, &b->facts[b->fact_count], &why);
	if (e && !is_of_the_list(e)) {
		*f = why;
		return e;
	}
	if (e)
		reject_person(i, p, &why);
	else if (!known)
		b->fact_count++;
	else if (person_differs(i->state, &id, &b->facts[b->fact_count]))
		tell_changed(i, p->sheet, p->row);
	return OK;
}

/* The household names its head where its list does, and only one. */
static void name_head(struct fact *household, const struct fact *people, size_t count)
{
	const struct fact *head = NULL;
	size_t heads = 0;

	for (size_t k = 0; k < count; k++)
		if (people[k].values[PERSON_REGISTERED_RELATION].given &&
		    people[k].values[PERSON_REGISTERED_RELATION].number == RELATION_HEAD) {
			head = &people[k];
			heads++;
		}
	if (heads == 1)
		household->values[HOUSEHOLD_REGISTERED_HEAD] =
			(struct value){ .given = true, .id = &head->subject };
}

/* The facts of one household that the register does not have; none: all are known. */
static enum err add_part(struct import *i, size_t at, struct fault *f)
{
	const struct listed_household *h = &i->list.households[at];
	struct batch *b = i->batch;
	struct part part = { .household = at, .first = b->fact_count };
	struct fact *household = &b->facts[b->fact_count];
	struct text key = listing_key(&i->list, h, NULL);
	struct id id;
	bool known;
	enum err e;

	if (!key.at)
		return fault(f, ERR_MEMORY, "memory.none");
	if (h->people >= LOG_BATCH_MAX)
		return fault(f, ERR_LIMIT, "import.household-too-large", h->people);
	known = find_known(i, key, &id);
	i->met_known = false;
	if (!known && (e = refuse_erased(i, key, f)))
		return e;
	if ((e = make_household(i, h, &id, key, household, f)))
		return e;
	if (known && household_differs(i->state, &id, household))
		tell_changed(i, h->sheet, h->row);
	b->fact_count += !known;
	for (size_t k = h->first; k != NOBODY && !e; k = i->list.people[k].next)
		e = take_person(i, h, &i->list.people[k], &id, f);
	if (e)
		return e;
	part.count = b->fact_count - part.first;
	/* All its people are on record, in another household: who moved is for a person to say. */
	if (!known && part.count == 1 && h->first != NOBODY && i->met_known) {
		b->fact_count = part.first;
		tell_changed(i, h->sheet, h->row);
		return OK;
	}
	if (!known)
		name_head(household, household + 1, part.count - 1);
	if (part.count)
		b->parts[b->part_count++] = part;
	else
		i->list.result->known++;
	return OK;
}

/* --- 4: through the write door ------------------------------------------------------- */

/* Record facts; a refusal counts as a fault here: the list cannot answer it. */
static enum err submit(struct import *i, struct fact *facts, size_t count, struct fault *f)
{
	struct submission_answer answer;
	enum err e;

	for (size_t k = 0; k < count; k++)
		assert(facts[k].kind->kind == KIND_HOUSEHOLD_REGISTERED ||
		       facts[k].kind->kind == KIND_PERSON_REGISTERED);
	e = reg_record(i->reg, i->by, facts, count, i->list.row, &answer, f);
	if (!e && answer.sort == SUBMISSION_REFUSED)
		return fault(f, ERR_INPUT, "import.refused");
	return e;
}

static enum err record_one_by_one(struct import *i, struct fault *f)
{
	for (size_t k = 0; k < i->batch->part_count; k++) {
		const struct part *p = &i->batch->parts[k];
		struct fault why = { 0 };
		enum err e = submit(i, &i->batch->facts[p->first], p->count, &why);

		if (e && !is_of_the_list(e)) {
			*f = why;
			return e;
		}
		if (e)
			reject_household(i, &i->list.households[p->household], &why);
		else
			i->list.result->recorded++;
	}
	return OK;
}

static enum err record_batch(struct import *i, struct fault *f)
{
	struct batch *b = i->batch;
	struct fault why = { 0 };
	enum err e;

	if (b->part_count == 0)
		return OK;
	if (i->list.order->dry_run) {
		i->list.result->fit += b->part_count;
		return OK;
	}
	e = submit(i, b->facts, b->fact_count, &why);
	if (!e)
		i->list.result->recorded += b->part_count;
	else if (is_of_the_list(e))
		return record_one_by_one(i, f);
	else
		*f = why;
	return e;
}

/*
 * One household into the batch.  The readers' lock is held for it alone: a writer who waits
 * for it keeps all other readers waiting, too.
 */
static enum err add_household(struct import *i, size_t at, struct fault *f)
{
	const struct listed_household *h = &i->list.households[at];
	size_t facts = i->batch->fact_count;
	struct fault why = { 0 };
	enum err e;

	if (!h->json.at) { /* rejected when it was read */
		reject_household(i, h, NULL);
		return OK;
	}
	if ((e = reg_read_begin(i->reg, i->by, DEED_IMPORT, &i->state, f)))
		return e;
	if ((e = add_part(i, at, &why)))
		i->batch->fact_count = facts;
	reg_read_end(i->reg);
	if (e && !is_of_the_list(e)) {
		*f = why;
		return e;
	}
	if (e)
		reject_household(i, h, &why);
	return OK;
}

/* Fill the batch from household *at on. */
static enum err fill_batch(struct import *i, size_t *at, struct fault *f)
{
	struct batch *b = i->batch;
	enum err e = OK;

	b->fact_count = b->part_count = 0;
	for (size_t rows = 0; !e && *at < i->list.household_count && b->fact_count < BATCH_FACTS &&
			      rows < BATCH_ROWS;
	     ++*at) {
		const struct listed_household *h = &i->list.households[*at];

		rows += h->people + 1;
		if (b->fact_count && b->fact_count + h->people + 1 > LOG_BATCH_MAX)
			break;
		e = add_household(i, *at, f);
	}
	return e;
}

static enum err record_all(struct import *i, struct fault *f)
{
	const struct reg_progress *progress = i->list.progress;
	size_t at = 0;
	enum err e = OK;

	while (!e && at < i->list.household_count) {
		if (!(e = fill_batch(i, &at, f)))
			e = record_batch(i, f);
		arena_reset(i->list.row);
		if (progress && progress->told)
			progress->told(progress->self, at, i->list.household_count);
	}
	return e;
}

/* Before her list is read. */
static enum err may_import(struct import *i, struct fault *f)
{
	enum err e = reg_read_begin(i->reg, i->by, DEED_IMPORT, &i->state, f);

	if (!e)
		reg_read_end(i->reg);
	return e;
}

enum err import_run(struct reg *r, struct world *w, const struct atlas *atlas,
		    const struct session *by, const struct import_order *order,
		    const struct reg_progress *progress, struct import_result *out, struct fault *f)
{
	struct import i = {
		.reg = r,
		.by = by,
		.list = { .world = w,
			  .atlas = atlas,
			  .order = order,
			  .progress = progress,
			  .result = out },
	};
	enum err e;

	*out = (struct import_result){ 0 };
	if (!reg_list_begin(r))
		return fault(f, ERR_BUSY, "import.another");
	if (!(e = may_import(&i, f)) && !(e = listing_read(&i.list, f))) {
		i.batch = calloc(1, sizeof(*i.batch));
		e = i.batch ? record_all(&i, f) : fault(f, ERR_MEMORY, "memory.none");
	}
	free(i.batch);
	listing_free(&i.list);
	reg_list_end(r);
	return e;
}
