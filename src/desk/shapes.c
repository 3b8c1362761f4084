/*
 * The table of shapes.def, and whether a value is as it says.
 */
#include <stdio.h>

#include "base/calendar.h"
#include "desk/desk.h"

static const struct {
	const char *name, *doc;
} shapes[SHAPES_COUNT] = {
#define SHAPE(name_, word, doc_) [SHAPE_##name_] = { word, doc_ },
#include "desk/shapes.def"
};

/* Members of a shape stand together, as the table has them. */
static const struct shape_member members[] = {
#define HAS(shape_, key_, type_, many_, doc_)                                                      \
	{ .shape = SHAPE_##shape_, .key = key_, .type = SHAPE_##type_, .many = SHAPE_##many_,      \
	  .doc = doc_ },
#define CODED(shape_, key_, set_, many_, doc_)                                                     \
	{ .shape = SHAPE_##shape_, .key = key_, .type = SHAPE_CODED, .set = CODES_##set_,          \
	  .many = SHAPE_##many_, .doc = doc_ },
#define ONE_OF(shape_, key_, words_, many_, doc_)                                                  \
	{ .shape = SHAPE_##shape_, .key = key_, .type = SHAPE_ONE_OF, .words = words_,             \
	  .many = SHAPE_##many_, .doc = doc_ },
#define OF(shape_, key_, of_, many_, doc_)                                                         \
	{ .shape = SHAPE_##shape_, .key = key_, .type = SHAPE_OF, .of = SHAPE_##of_,               \
	  .many = SHAPE_##many_, .doc = doc_ },
#include "desk/shapes.def"
};

const char *shape_name(enum shape s)
{
	return shapes[s].name;
}

const char *shape_doc(enum shape s)
{
	return shapes[s].doc;
}

const struct shape_member *shape_members(enum shape s, size_t *count)
{
	size_t first = 0, end;

	while (first < COUNT_OF(members) && members[first].shape != s)
		first++;
	for (end = first; end < COUNT_OF(members) && members[end].shape == s;)
		end++;
	*count = end - first;
	return members + first;
}

/* --- whether a value is of a shape -------------------------------------------------- */

/* Where we are in the value: "people/0/status". */
struct walk {
	char path[160];
	size_t size;
	struct fault *f;
};

static enum err wrong(const struct walk *w, const char *key)
{
	struct text where = { w->path, w->size };

	return fault(w->f, ERR_INPUT, key, where);
}

static size_t step(struct walk *w, const char *key)
{
	size_t before = w->size;
	int put = snprintf(w->path + w->size, sizeof(w->path) - w->size, "%s%s",
			   w->size ? "/" : "", key);

	if (put > 0)
		w->size += (size_t)put < sizeof(w->path) - w->size ? (size_t)put :
								     sizeof(w->path) - w->size - 1;
	return before;
}

static bool is_hex(struct text t, size_t size)
{
	for (size_t i = 0; i < t.size; i++)
		if (!strchr("0123456789abcdef", t.at[i]))
			return false;
	return t.size == size;
}

static bool is_one_of(struct text t, const char *words)
{
	for (const char *word = words; *word;) {
		size_t size = strcspn(word, "|");

		if (t.size == size && !memcmp(t.at, word, size))
			return true;
		word += size + (word[size] == '|');
	}
	return false;
}

static bool is_time(struct text t)
{
	int64_t seconds;

	return !time_read(&seconds, t, "", &(struct fault){ 0 });
}

static bool is_day(struct text t)
{
	int32_t day;

	return !date_read_iso(&day, t, "", &(struct fault){ 0 });
}

/* Whether a value that is no list and no shape is as its member says. */
static bool is_value(const struct shape_member *m, const json_t *j)
{
	struct text t = json_text_of(j);
	struct fact_ref ref;

	switch (m->type) {
	case SHAPE_INT: return json_is_integer(j);
	case SHAPE_FLAG: return json_is_boolean(j);
	case SHAPE_FACT: return json_is_object(j);
	case SHAPE_TEXT: return t.at;
	case SHAPE_ID: return t.at && is_hex(t, ID_HEX_SIZE);
	case SHAPE_TIME: return t.at && is_time(t);
	case SHAPE_DAY: return t.at && is_day(t);
	case SHAPE_REF: return t.at && fact_ref_read(&ref, t);
	case SHAPE_CODED: return t.at && code_of_word(m->set, t);
	case SHAPE_ONE_OF: return t.at && is_one_of(t, m->words);
	case SHAPE_OF: break;
	}
	return false;
}

static enum err check_object(struct walk *w, enum shape s, const json_t *j);

static enum err check_item(struct walk *w, const struct shape_member *m, const json_t *j)
{
	if (m->type == SHAPE_OF)
		return check_object(w, m->of, j);
	return is_value(m, j) ? OK : wrong(w, "shape.not-of-its-type");
}

static enum err check_list(struct walk *w, const struct shape_member *m, const json_t *j)
{
	enum err e = json_is_array(j) ? OK : wrong(w, "shape.no-list");

	for (size_t i = 0; !e && i < json_array_size(j); i++) {
		char number[24];
		size_t before;

		snprintf(number, sizeof(number), "%zu", i);
		before = step(w, number);
		e = check_item(w, m, json_array_get(j, i));
		w->size = before;
	}
	return e;
}

static enum err check_member(struct walk *w, const struct shape_member *m, const json_t *j)
{
	size_t before = step(w, m->key);
	bool may_miss = m->many == SHAPE_MAYBE || m->many == SHAPE_MAYBE_LIST;
	enum err e;

	if (!j)
		e = may_miss ? OK : wrong(w, "shape.missing");
	else if (m->many == SHAPE_LIST || m->many == SHAPE_MAYBE_LIST)
		e = check_list(w, m, j);
	else
		e = check_item(w, m, j);
	w->size = before;
	return e;
}

/* The members found are counted: what is more than these is none of the shape. */
static enum err check_object(struct walk *w, enum shape s, const json_t *j)
{
	size_t count, found = 0;
	const struct shape_member *m = shape_members(s, &count);
	enum err e = json_is_object(j) ? OK : wrong(w, "shape.no-object");

	for (size_t i = 0; !e && i < count; i++) {
		const json_t *value = json_object_get(j, m[i].key);

		found += value != NULL;
		e = check_member(w, &m[i], value);
	}
	if (!e && found != json_object_size(j))
		e = wrong(w, "shape.unknown-member");
	return e;
}

enum err shape_check(enum shape s, const json_t *j, struct fault *f)
{
	struct walk w = { .f = f };

	return check_object(&w, s, j);
}
