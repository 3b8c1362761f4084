#include "cli/names.h"

#include <stdlib.h>

#include "base/embed.h"
#include "base/index.h"
#include "base/sha256.h"

struct name {
	char word[NAME_SIZE_MAX + 1];
	struct id id;
};

struct name_book {
	struct cli *c;
	struct index *by_word; /* hash of the word → place in names */
	size_t count, room;
	struct name *names;
	size_t used_count;     /* since the last answer, each once */
	uint32_t used[LOG_BATCH_MAX];
};

enum err name_book_new(struct name_book **out, struct cli *c)
{
	struct name_book *b = calloc(1, sizeof(*b));
	struct index_key key;

	*out = NULL;
	if (!b)
		return fault(&c->fault, ERR_MEMORY, "memory.none");
	b->c = c;
	c->world->chance(c->world, &key, sizeof(key));
	if (index_new(&b->by_word, key, 64, &c->fault)) {
		free(b);
		return c->fault.err;
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
	free(b);
}

static struct id key_of(struct text word)
{
	struct hash h = sha256_of(bytes_of_text(word));
	struct id id;

	memcpy(id.at, h.at, ID_SIZE);
	return id;
}

static void note_use(struct name_book *b, uint32_t at)
{
	for (size_t i = 0; i < b->used_count; i++)
		if (b->used[i] == at)
			return;
	if (b->used_count < COUNT_OF(b->used))
		b->used[b->used_count++] = at;
}

static enum err add_name(struct name_book *b, struct text word, uint32_t *at)
{
	const struct id key = key_of(word);
	struct name *n;

	if (b->count == NAMES_MAX)
		return fault(&b->c->fault, ERR_LIMIT, "record.too-many-names", NAMES_MAX);
	if (b->count == b->room) {
		size_t room = b->room ? 2 * b->room : 64;

		n = realloc(b->names, room * sizeof(*n));
		if (!n)
			return fault(&b->c->fault, ERR_MEMORY, "memory.none");
		b->names = n;
		b->room = room;
	}
	*at = (uint32_t)b->count;
	n = &b->names[b->count];
	*n = (struct name){ 0 };
	memcpy(n->word, word.at, word.size);
	b->c->world->chance(b->c->world, n->id.at, ID_SIZE);
	if (index_put(b->by_word, &key, *at, &b->c->fault))
		return b->c->fault.err;
	b->count++;
	return OK;
}

/* "@name": the id it stands for, a new one the first time. */
static enum err take_name(struct name_book *b, struct text word, struct id *out)
{
	const struct id key = key_of(word);
	uint32_t at = index_get(b->by_word, &key);
	enum err e = OK;

	if (word.size < 2 || word.size > NAME_SIZE_MAX)
		return fault(&b->c->fault, ERR_INPUT, "record.bad-name", word, NAME_SIZE_MAX);
	if (at == INDEX_NONE)
		e = add_name(b, word, &at);
	if (e)
		return e;
	note_use(b, at);
	*out = b->names[at].id;
	return OK;
}

enum err name_book_bind(struct name_book *b, struct text name, const struct id *id)
{
	struct id made;
	enum err e = take_name(b, name, &made);
	const struct id key = key_of(name);

	if (!e)
		b->names[index_get(b->by_word, &key)].id = *id;
	return e;
}

enum err name_book_find(struct name_book *b, enum subject_sort sort, struct text name,
			struct id *out)
{
	struct cli *c = b->c;
	const struct state *s;
	enum err e;

	if (name.size && name.at[0] == '@')
		return take_name(b, name, out);
	if (hex_read(out, ID_SIZE, name))
		return OK;
	if ((e = reg_read_begin(c->reg, &c->session, DEED_RESOLVE, &s, &c->fault)))
		return e;
	e = reg_resolve(c->reg, s, sort, name, out, &c->fault);
	reg_read_end(c->reg);
	return e;
}

static enum err resolve(void *self, enum subject_sort sort, struct text name, struct id *out,
			struct fault *f)
{
	struct name_book *b = self;
	enum err e = name_book_find(b, sort, name, out);

	if (e && f != &b->c->fault)
		*f = b->c->fault;
	return e;
}

struct name_source name_book_source(struct name_book *b)
{
	return (struct name_source){ .self = b, .resolve = resolve };
}

void name_book_write_used(struct name_book *b, struct json_writer *w)
{
	json_object_begin(w);
	for (size_t i = 0; i < b->used_count; i++) {
		const struct name *n = &b->names[b->used[i]];

		json_key(w, n->word);
		json_hex(w, bytes_of(n->id.at, ID_SIZE));
	}
	json_object_end(w);
	b->used_count = 0;
}

int64_t step_of_time(const char *word)
{
	char *end;
	long long n;

	if (*word != '+')
		return 0;
	n = strtoll(word + 1, &end, 10);
	if (n <= 0 || n > 100000 || end[0] == '\0' || end[1] != '\0')
		return 0;
	switch (*end) {
	case 'd':
		return n * 86400;
	case 'h':
		return n * 3600;
	case 'm':
		return n * 60;
	default:
		return 0;
	}
}

/* The form's text in `language`, of those embedded in the program. */
static struct bytes form_text(const char *language)
{
	static const struct {
		const char *language;
		const char *file;
	} forms[] = {
		{ "en", "forms/choice.en.txt" },
		{ "ur", "forms/choice.ur.txt" },
		{ "ps", "forms/choice.ps.txt" },
		{ "fa-AF", "forms/choice.fa_AF.txt" },
	};

	for (size_t i = 0; i < COUNT_OF(forms); i++)
		if (strcmp(forms[i].language, language) == 0)
			return embedded(forms[i].file);
	return (struct bytes){ NULL, 0 };
}

static void set_hash(json_t *proposal, const char *field, const struct hash *h)
{
	char hex[2 * HASH_SIZE + 1];

	hex_write(hex, bytes_of(h->at, HASH_SIZE));
	json_object_set_new(proposal, field, json_string(hex));
}

static enum err expand_form(struct name_book *b, json_t *proposal)
{
	const char *language = json_string_value(json_object_get(proposal, "form_language"));
	struct bytes text = form_text(language ? language : "en");
	struct hash h;

	if (!text.size)
		return fault(&b->c->fault, ERR_INPUT, "record.no-such-form", language);
	h = sha256_of(text);
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
		return fault(&b->c->fault, ERR_INPUT, "record.sheet-of-where");
	if ((e = atlas_area(b->c->atlas, text_of(given), &area, &b->c->fault)))
		return e;
	if ((e = atlas_sheet(b->c->atlas, area, &sheet, &b->c->fault)))
		return e;
	set_hash(proposal, "sheet", &sheet->version);
	return OK;
}

/* "+47h", "+90m", "+3d" in the fields that are times. */
static void expand_times(struct name_book *b, json_t *proposal)
{
	static const char *const fields[] = { "departs", "at", "happened" };
	int64_t now = b->c->world->now_ms(b->c->world) / 1000;

	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		const char *word = json_string_value(json_object_get(proposal, fields[i]));
		int64_t step = word ? step_of_time(word) : 0;
		char text[TIME_TEXT_SIZE];

		if (!step)
			continue;
		time_write(text, now + step, b->c->zone_min);
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
