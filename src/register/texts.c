/*
 * texts: that what an office has spoken of stays as it was.
 *
 * A step that is about a version of a text carries the hash of that version: one that was
 * given is held against what is on record, and where none was, it is filled in.  From then
 * on no paragraph of that version is taken: an approval is of one text and of no other, and
 * what has changed is a new version.
 */
#include "base/sha256.h"
#include "register/inside.h"

#define PARAGRAPHS_MAX 1000

static bool is_paragraph_of(const struct fact *fact, unsigned version)
{
	return fact->kind && fact->kind->kind == KIND_INSTRUMENT_TEXT &&
	       fact->values[INSTRUMENT_TEXT_VERSION].number == version &&
	       fact->values[INSTRUMENT_TEXT_PLACE].number <= PARAGRAPHS_MAX;
}

static struct text joined(const struct text *paragraphs, struct arena *a)
{
	size_t size = 0;
	char *all;

	for (size_t i = 0; i <= PARAGRAPHS_MAX; i++)
		size += paragraphs[i].size ? paragraphs[i].size + 1 : 0;
	if (!size || !(all = arena_take(a, size)))
		return (struct text){ 0 };
	size = 0;
	for (size_t i = 0; i <= PARAGRAPHS_MAX; i++) {
		if (!paragraphs[i].size)
			continue;
		memcpy(all + size, paragraphs[i].at, paragraphs[i].size);
		size += paragraphs[i].size;
		all[size++] = '\n';
	}
	return (struct text){ all, size };
}

struct text reg_text_of_version(const struct fact *facts, size_t count, unsigned version,
				struct arena *a)
{
	struct text *paragraphs = arena_take_array(a, PARAGRAPHS_MAX + 1, sizeof(*paragraphs));

	for (size_t i = 0; paragraphs && i < count; i++)
		if (is_paragraph_of(&facts[i], version))
			paragraphs[facts[i].values[INSTRUMENT_TEXT_PLACE].number] =
				facts[i].values[INSTRUMENT_TEXT_TEXT].text;
	return paragraphs ? joined(paragraphs, a) : (struct text){ 0 };
}

/* --- a step that is about a version ------------------------------------------------ */

/* What is on record about the instrument, and what this submission says of it before. */
static enum err gather(const struct proposing *p, const struct fact *fact, struct fact **out,
		       size_t *count, struct fault *f)
{
	const struct submission *s = p->submission;
	size_t before = (size_t)(fact - s->facts), ref_count;
	const struct fact_ref *refs;
	enum err e = state_facts_of(p->state, &fact->subject, p->scratch, &refs, &ref_count, f);

	if (e)
		return e;
	*count = 0;
	*out = arena_take_array(p->scratch, ref_count + before + 1, sizeof(**out));
	if (!*out)
		return fault(f, ERR_MEMORY, "register.no-memory");
	for (size_t i = 0; i < ref_count; i++) {
		e = entry_read(p->reg, &p->reg->keys.site, &refs[i], p->scratch, &(*out)[*count],
			       f);
		if (e && e != ERR_NOT_FOUND)
			return e;
		*count += !e;
	}
	for (size_t i = 0; i < before; i++)
		if (id_same(&s->facts[i].subject, &fact->subject))
			(*out)[(*count)++] = s->facts[i];
	return OK;
}

static enum err read_version(const struct proposing *p, const struct fact *fact, unsigned version,
			     struct text *out, struct fault *f)
{
	struct fact *facts;
	size_t count;
	enum err e = gather(p, fact, &facts, &count, f);

	if (e)
		return e;
	*out = reg_text_of_version(facts, count, version, p->scratch);
	return arena_was_short(p->scratch) ? fault(f, ERR_MEMORY, "register.no-memory") : OK;
}

#define HASH_SAID_SIZE 8

static enum err other_text(unsigned version, const struct hash *ours, const struct hash *given,
			   struct fault *f)
{
	char our_hex[2 * HASH_SAID_SIZE + 1], given_hex[2 * HASH_SAID_SIZE + 1];

	hex_write(our_hex, bytes_of(ours->at, HASH_SAID_SIZE));
	hex_write(given_hex, bytes_of(given->at, HASH_SAID_SIZE));
	return fault(f, ERR_INPUT, "text.other", version, our_hex, given_hex);
}

enum err fill_step(struct proposing *p, struct fact *fact, const struct fact *named,
		   struct fault *f)
{
	struct value *given = &fact->values[INSTRUMENT_STEP_TEXT_HASH];
	unsigned version = (unsigned)fact->values[INSTRUMENT_STEP_VERSION].number;
	struct text text;
	struct hash *ours;
	enum err e;

	(void)named;
	if (!version)
		return given->given ? fault(f, ERR_INPUT, "text.hash-of-what") : OK;
	if ((e = read_version(p, fact, version, &text, f)))
		return e;
	if (!text.size)
		return given->given ? fault(f, ERR_INPUT, "text.none", version) : OK;
	if (!(ours = arena_take(p->arena, sizeof(*ours))))
		return fault(f, ERR_MEMORY, "register.no-memory");
	*ours = sha256_of(bytes_of_text(text));
	if (given->given && memcmp(given->hash, ours, HASH_SIZE) != 0)
		return other_text(version, ours, given->hash, f);
	*given = value_hash(ours);
	return OK;
}

/* --- a paragraph ---------------------------------------------------------------------- */

struct looked_for {
	const struct id *instrument;
	unsigned version;
	bool found;
};

static bool look_at_steps(void *self, const struct instrument *row)
{
	struct looked_for *x = self;

	if (!id_same(&row->id, x->instrument))
		return true;
	for (size_t i = 0; i < row->step_count; i++)
		x->found |= row->steps[i].names_text && row->steps[i].version == x->version;
	return false;
}

/* Whether a fact of the same submission has named the version before. */
static bool was_just_named(const struct proposing *p, const struct fact *fact, unsigned version)
{
	const struct submission *s = p->submission;

	for (const struct fact *one = s->facts; one < fact; one++)
		if (one->kind->kind == KIND_INSTRUMENT_STEP &&
		    id_same(&one->subject, &fact->subject) &&
		    one->values[INSTRUMENT_STEP_TEXT_HASH].given &&
		    one->values[INSTRUMENT_STEP_VERSION].number == version)
			return true;
	return false;
}

enum err check_paragraph(struct proposing *p, struct fact *fact, const struct fact *named,
			 struct fault *f)
{
	unsigned version = (unsigned)fact->values[INSTRUMENT_TEXT_VERSION].number;
	struct looked_for x = { .instrument = &fact->subject, .version = version };

	(void)named;
	state_each_instrument(p->state, look_at_steps, &x);
	if (x.found || was_just_named(p, fact, version))
		return fault(f, ERR_INPUT, "text.fixed", version);
	return OK;
}
