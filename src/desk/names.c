/*
 * A name is found by the hash of its word; its place never changes, so that the index
 * and the list of those a line used hold numbers and survive growing.
 */
#include <assert.h>
#include <stdlib.h>

#include "base/index.h"
#include "base/sha256.h"
#include "desk/desk.h"
#include "desk/reference.h"

struct name {
	char word[1 + NAME_SIZE_MAX + 1]; /* with its @, ends with a zero */
	struct id id;
	uint64_t used_in; /* the newest line that used it */
};

struct name_book {
	struct desk *d;
	struct index *by_word; /* hash of the word → place in names */
	size_t count, room;    /* of both below */
	struct name *names;
	uint32_t *used; /* places of those that this line used, each once */
	size_t used_count;
	uint64_t line; /* from 1 */
};

enum err name_book_new(struct name_book **out, struct desk *d)
{
	struct name_book *b = calloc(1, sizeof(*b));
	struct index_key key;

	*out = NULL;
	if (!b)
		return fault(&d->fault, ERR_MEMORY, "memory.none");
	b->d = d;
	b->line = 1;
	d->world->chance(d->world, &key, sizeof(key));
	if (index_new(&b->by_word, key, 64, &d->fault)) {
		free(b);
		return d->fault.err;
	}
	*out = b;
	return OK;
}

void name_book_free(struct name_book *b)
{
	if (!b)
		return;
	index_free(b->by_word);
	free(b->names);
	free(b->used);
	free(b);
}

static struct id key_of(struct text word)
{
	struct hash h = sha256_of(bytes_of_text(word));
	struct id id;

	memcpy(id.at, h.at, ID_SIZE);
	return id;
}

static enum err make_room(struct name_book *b, struct fault *f)
{
	size_t room = b->room ? 2 * b->room : 64;
	struct name *names;
	uint32_t *used;

	if (b->count < b->room)
		return OK;
	if ((names = realloc(b->names, room * sizeof(*names))))
		b->names = names;
	if ((used = realloc(b->used, room * sizeof(*used))))
		b->used = used;
	if (!names || !used)
		return fault(f, ERR_MEMORY, "memory.none");
	b->room = room;
	return OK;
}

static enum err add_name(struct name_book *b, struct text word, uint32_t *at, struct fault *f)
{
	const struct id key = key_of(word);
	struct name *n;
	enum err e;

	if (b->count == NAMES_MAX)
		return fault(f, ERR_LIMIT, "record.too-many-names", NAMES_MAX);
	if ((e = make_room(b, f)))
		return e;
	*at = (uint32_t)b->count;
	n = &b->names[*at];
	*n = (struct name){ 0 };
	memcpy(n->word, word.at, word.size);
	b->d->world->chance(b->d->world, n->id.at, ID_SIZE);
	if (!(e = index_put(b->by_word, &key, *at, f)))
		b->count++;
	return e;
}

static void note_use(struct name_book *b, uint32_t at)
{
	if (b->names[at].used_in != b->line)
		b->used[b->used_count++] = at;
	b->names[at].used_in = b->line;
}

/* "@name": what stands for it, a new id the first time; NULL: see the fault. */
static struct name *take_name(struct name_book *b, struct text word, struct fault *f)
{
	const struct id key = key_of(word);
	uint32_t at = index_get(b->by_word, &key);

	if (word.size < 2 || word.size > 1 + NAME_SIZE_MAX) {
		fault(f, ERR_INPUT, "record.bad-name", word, NAME_SIZE_MAX);
		return NULL;
	}
	if (at == INDEX_NONE && add_name(b, word, &at, f))
		return NULL;
	note_use(b, at);
	return &b->names[at];
}

enum err name_book_bind(struct name_book *b, struct text name, const struct id *id)
{
	struct name *n = take_name(b, name, &b->d->fault);

	if (!n)
		return b->d->fault.err;
	n->id = *id;
	return OK;
}

struct id reference_id(struct text code)
{
	struct sha256 s;
	struct hash h;
	struct id id;

	sha256_begin(&s);
	sha256_add(&s, bytes_of_text(TEXT("ikhtiar/reference/")));
	sha256_add(&s, bytes_of_text(code));
	sha256_end(&s, &h);
	memcpy(id.at, h.at, ID_SIZE);
	return id;
}

/* "TAR-…" or "DIR-…" of the tariffs and directives that come with ikhtiar. */
static bool is_reference(const struct atlas *a, struct text code)
{
	size_t tariffs, directives;
	const struct shipped_tariff *t = atlas_tariffs(a, &tariffs);
	const struct shipped_directive *d = atlas_directives(a, &directives);
	bool found = false;

	for (size_t i = 0; i < tariffs; i++)
		found |= text_same(t[i].id, code);
	for (size_t i = 0; i < directives; i++)
		found |= text_same(d[i].id, code);
	return found;
}

#define CODE_PREFIX "code:"

static enum err find(struct name_book *b, enum subject_sort sort, struct text name, struct id *out,
		     struct fault *f)
{
	struct desk *d = b->d;
	const struct state *s;
	enum err e;

	if (name.size && name.at[0] == '@') {
		const struct name *n = take_name(b, name, f);

		if (!n)
			return f->err;
		*out = n->id;
		return OK;
	}
	if (hex_read(out, ID_SIZE, name))
		return OK;
	if (sort == SUBJECT_SITE && text_same(name, TEXT("here"))) {
		*out = reg_site(d->reg).id;
		return OK;
	}
	if (is_reference(d->atlas, name)) {
		*out = reference_id(name);
		return OK;
	}
	if (sort == SUBJECT_INSTRUMENT && text_begins(name, TEXT(CODE_PREFIX))) {
		const size_t size = sizeof(CODE_PREFIX) - 1;

		*out = reference_id((struct text){ name.at + size, name.size - size });
		return OK;
	}
	if ((e = reg_read_begin(d->reg, &d->session, DEED_RESOLVE, &s, f)))
		return e;
	e = reg_resolve(d->reg, s, sort, name, out, f);
	reg_read_end(d->reg);
	return e;
}

enum err name_book_find(struct name_book *b, enum subject_sort sort, struct text name,
			struct id *out)
{
	return find(b, sort, name, out, &b->d->fault);
}

static enum err resolve(void *self, enum subject_sort sort, struct text name, struct id *out,
			struct fault *f)
{
	return find(self, sort, name, out, f);
}

struct name_source name_book_source(struct name_book *b)
{
	return (struct name_source){ .self = b, .resolve = resolve };
}

void name_book_begin_line(struct name_book *b)
{
	b->line++;
	b->used_count = 0;
}

size_t name_book_used_count(const struct name_book *b)
{
	return b->used_count;
}

struct text name_book_used(const struct name_book *b, size_t at, struct id *id)
{
	const struct name *n;

	assert(at < b->used_count);
	n = &b->names[b->used[at]];
	*id = n->id;
	return text_of(n->word);
}

static void set_hash(json_t *proposal, const char *field, const struct hash *h)
{
	char hex[2 * HASH_SIZE + 1];

	hex_write(hex, bytes_of(h->at, HASH_SIZE));
	json_object_set_new(proposal, field, json_string(hex));
}

static enum err expand_form(struct name_book *b, json_t *proposal)
{
	const json_t *given = json_object_get(proposal, "form_language");
	struct text language = given ? json_text_of(given) : TEXT("en");
	enum words_language l;
	struct hash h;

	if (!words_language_read(&l, language))
		return fault(&b->d->fault, ERR_INPUT, "record.no-such-form", language);
	h = reference_form_hash(l);
	set_hash(proposal, "form", &h);
	json_object_del(proposal, "form_language");
	return OK;
}

static enum err expand_sheet(struct name_book *b, json_t *proposal)
{
	const char *given = json_string_value(json_object_get(proposal, "sheet_area"));
	const struct area *area;
	const struct sheet *sheet;
	enum err e;

	if (!given)
		return fault(&b->d->fault, ERR_INPUT, "record.sheet-of-where");
	if ((e = atlas_area(b->d->atlas, text_of(given), &area, &b->d->fault)))
		return e;
	if ((e = atlas_sheet(b->d->atlas, area, &sheet, &b->d->fault)))
		return e;
	set_hash(proposal, "sheet", &sheet->version);
	return OK;
}

/* "+47h", "+90m", "+3d" in the fields that are times. */
static void expand_times(struct name_book *b, json_t *proposal)
{
	static const char *const fields[] = { "departs", "at", "happened" };
	int64_t now = b->d->world->now_ms(b->d->world) / 1000;

	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		const char *word = json_string_value(json_object_get(proposal, fields[i]));
		int64_t step = word ? step_of_time(word) : 0;
		char text[TIME_TEXT_SIZE];

		if (!step)
			continue;
		time_write(text, now + step, b->d->zone_min);
		json_object_set_new(proposal, fields[i], json_string(text));
	}
}

static bool says_current(const json_t *proposal, const char *field)
{
	const char *word = json_string_value(json_object_get(proposal, field));

	return word && strcmp(word, "current") == 0;
}

enum err name_book_expand(struct name_book *b, json_t *proposal)
{
	enum err e = OK;

	expand_times(b, proposal);
	if (says_current(proposal, "form"))
		e = expand_form(b, proposal);
	if (!e && says_current(proposal, "sheet"))
		e = expand_sheet(b, proposal);
	return e;
}
