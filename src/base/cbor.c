/*
 * cbor: RFC 8949.  An item begins with one byte: its major type in the three high
 * bits, in the five low ones its argument or how many bytes of it follow:
 *
 *     0..23   the argument itself
 *     24      one byte follows, at least 24
 *     25      two, at least 2^8
 *     26      four, at least 2^16
 *     27      eight, at least 2^32
 *
 *     00 uint n    20 -1 - n    40 bytes    60 text    80 array    a0 map
 *     f4 false     f5 true      f6 null
 *
 * "Preferred serialization MUST be used … the keys in every map MUST be sorted in
 * the bytewise lexicographic order of their deterministic encodings" (§4.2.1).  Keys
 * here are integers, byte strings or text.
 *
 * The reader keeps a stack of the open arrays and maps and counts their items down;
 * the last item closes its container, which may have been the last of another.
 */
#include "base/cbor.h"

#include <assert.h>

#include "base/utf8.h"

enum major {
	MAJOR_UINT,
	MAJOR_NEGATIVE,
	MAJOR_BYTES,
	MAJOR_TEXT,
	MAJOR_ARRAY,
	MAJOR_MAP,
	MAJOR_TAG,
	MAJOR_SIMPLE,
};

#define SIMPLE_FALSE 20
#define SIMPLE_TRUE 21
#define SIMPLE_NULL 22

/* --- write ---------------------------------------------------------------------------- */

static void write_head(struct buffer *b, enum major major, uint64_t n)
{
	unsigned info = n < 24           ? (unsigned)n
			: n <= UINT8_MAX  ? 24
			: n <= UINT16_MAX ? 25
			: n <= UINT32_MAX ? 26
					  : 27;
	unsigned follow = info < 24 ? 0 : 1U << (info - 24);
	uint8_t *to = buffer_take(b, 1 + follow);

	if (!to)
		return;
	*to = (uint8_t)((unsigned)major << 5 | info);
	for (unsigned i = follow; i > 0; i--, n >>= 8)
		to[i] = (uint8_t)n;
}

void cbor_write_uint(struct buffer *b, uint64_t n)
{
	write_head(b, MAJOR_UINT, n);
}

void cbor_write_int(struct buffer *b, int64_t n)
{
	if (n < 0)
		write_head(b, MAJOR_NEGATIVE, (uint64_t)(-1 - n));
	else
		write_head(b, MAJOR_UINT, (uint64_t)n);
}

void cbor_write_bytes(struct buffer *b, struct bytes bytes)
{
	write_head(b, MAJOR_BYTES, bytes.size);
	buffer_add(b, bytes);
}

void cbor_write_text(struct buffer *b, struct text t)
{
	assert(utf8_valid(t));
	write_head(b, MAJOR_TEXT, t.size);
	buffer_text(b, t);
}

void cbor_write_bool(struct buffer *b, bool yes)
{
	write_head(b, MAJOR_SIMPLE, yes ? SIMPLE_TRUE : SIMPLE_FALSE);
}

void cbor_write_null(struct buffer *b)
{
	write_head(b, MAJOR_SIMPLE, SIMPLE_NULL);
}

void cbor_write_array(struct buffer *b, uint64_t count)
{
	write_head(b, MAJOR_ARRAY, count);
}

void cbor_write_map(struct buffer *b, uint64_t count)
{
	write_head(b, MAJOR_MAP, count);
}

void cbor_write_raw(struct buffer *b, struct bytes items)
{
	buffer_add(b, items);
}

/* Below 0, 0, above 0: as their bytes come. */
static int compare_keys(struct bytes a, struct bytes b)
{
	int by_bytes = memcmp(a.at, b.at, a.size < b.size ? a.size : b.size);

	return by_bytes ? by_bytes : (a.size > b.size) - (a.size < b.size);
}

void cbor_map_begin(struct cbor_map *m, struct buffer *b, uint64_t count)
{
	*m = (struct cbor_map){ .out = b, .left = count };
	cbor_write_map(b, count);
}

static void check_key(struct cbor_map *m, size_t at)
{
	const struct buffer *b = m->out;

	assert(m->left > 0);
	m->left--;
	if (b->err)
		return;
	assert(!m->last_size || compare_keys(bytes_of(b->at + m->last_at, m->last_size),
					     bytes_of(b->at + at, b->size - at)) < 0);
	m->last_at = at;
	m->last_size = b->size - at;
}

void cbor_map_key_uint(struct cbor_map *m, uint64_t key)
{
	size_t at = m->out->size;

	cbor_write_uint(m->out, key);
	check_key(m, at);
}

void cbor_map_key_text(struct cbor_map *m, struct text key)
{
	size_t at = m->out->size;

	cbor_write_text(m->out, key);
	check_key(m, at);
}

void cbor_map_end(struct cbor_map *m)
{
	assert(m->left == 0);
}

/* --- read ----------------------------------------------------------------------------- */

void cbor_begin(struct cbor_reader *r, struct bytes b)
{
	*r = (struct cbor_reader){ .start = b.at, .at = b.at, .blame = ERR_DAMAGED };
	r->end = b.size ? b.at + b.size : b.at;
}

static void fail(struct cbor_reader *r, const char *key)
{
	if (r->err)
		return;
	r->err = r->blame;
	r->key = key;
	r->error_at = (size_t)(r->at - r->start);
}

void cbor_fail(struct cbor_reader *r)
{
	fail(r, "cbor.no-sense");
}

static size_t left_of(const struct cbor_reader *r)
{
	return (size_t)(r->end - r->at);
}

/* An item while it is read. */
struct item {
	const uint8_t *from;
	enum major major;
	unsigned info;
	uint64_t n; /* its argument */
};

static uint64_t read_argument(struct cbor_reader *r, unsigned info)
{
	static const uint64_t least[] = { 24, 1 << 8, 1 << 16, UINT64_C(1) << 32 };
	size_t size = (size_t)1 << (info - 24);
	uint64_t n = 0;

	if (left_of(r) < size) {
		fail(r, "cbor.ends-early");
		return 0;
	}
	for (size_t i = 0; i < size; i++)
		n = n << 8 | r->at[i];
	if (n < least[info - 24])
		fail(r, "cbor.not-shortest");
	else
		r->at += size;
	return n;
}

static struct cbor_level *level_of(struct cbor_reader *r)
{
	return r->depth ? &r->levels[r->depth - 1] : NULL;
}

static bool is_key(const struct cbor_level *l)
{
	return l && l->map && l->left % 2 == 0;
}

static bool is_subset(const struct item *i)
{
	if (i->info > 27 || i->major == MAJOR_TAG)
		return false;
	return i->major != MAJOR_SIMPLE || (i->info >= SIMPLE_FALSE && i->info <= SIMPLE_NULL);
}

/* The head of the next item; false on an error. */
static bool read_head(struct cbor_reader *r, struct item *i)
{
	*i = (struct item){ .from = r->at };
	if (!r->err && r->at == r->end)
		fail(r, "cbor.ends-early");
	if (r->err)
		return false;
	i->major = (enum major)(*r->at >> 5);
	i->info = *r->at & 31;
	if (!is_subset(i))
		fail(r, "cbor.not-taken");
	else if (is_key(level_of(r)) && i->major > MAJOR_TEXT)
		fail(r, "cbor.key-sort");
	if (r->err)
		return false;
	r->at++;
	i->n = i->info < 24 ? i->info : read_argument(r, i->info);
	return !r->err;
}

/* As read_head(), where only one major type will do. */
static bool expect(struct cbor_reader *r, struct item *i, enum major major)
{
	const uint8_t *at = r->at;

	if (!read_head(r, i))
		return false;
	if (i->major == major)
		return true;
	r->at = at;
	fail(r, "cbor.other-sort");
	return false;
}

/* An item is complete: count it, and whatever it completes. */
static void finish(struct cbor_reader *r, const uint8_t *from)
{
	struct cbor_level *l = level_of(r);

	if (is_key(l)) {
		struct bytes key = bytes_of(from, (size_t)(r->at - from));

		if (l->last_key.size && compare_keys(l->last_key, key) >= 0) {
			r->at = from;
			fail(r, "cbor.key-order");
			return;
		}
		l->last_key = key;
	}
	while ((l = level_of(r)) && --l->left == 0)
		r->depth--;
}

static void open_level(struct cbor_reader *r, const struct item *i)
{
	bool map = i->major == MAJOR_MAP;

	/* An item takes a byte at least. */
	if (i->n > left_of(r) / (map ? 2 : 1)) {
		fail(r, "cbor.ends-early");
		return;
	}
	if (!i->n) {
		finish(r, i->from);
		return;
	}
	if (r->depth == CBOR_DEPTH_MAX) {
		fail(r, "cbor.too-deep");
		return;
	}
	r->levels[r->depth++] = (struct cbor_level){ .left = map ? 2 * i->n : i->n, .map = map };
}

/* The bytes of a string whose head was read. */
static struct bytes read_string(struct cbor_reader *r, const struct item *i, size_t size_max)
{
	struct bytes b;

	if (i->n > left_of(r)) {
		fail(r, "cbor.ends-early");
		return (struct bytes){ NULL, 0 };
	}
	b = bytes_of(r->at, (size_t)i->n);
	if (b.size > size_max)
		fail(r, "cbor.out-of-bounds");
	else if (i->major == MAJOR_TEXT && !utf8_valid((struct text){ (const char *)b.at, b.size }))
		fail(r, "cbor.not-utf8");
	if (r->err)
		return (struct bytes){ NULL, 0 };
	r->at += b.size;
	finish(r, i->from);
	return r->err ? (struct bytes){ NULL, 0 } : b;
}

enum cbor_sort cbor_peek(const struct cbor_reader *r)
{
	static const enum cbor_sort sorts[] = {
		[MAJOR_UINT] = CBOR_UINT,   [MAJOR_NEGATIVE] = CBOR_NEGATIVE,
		[MAJOR_BYTES] = CBOR_BYTES, [MAJOR_TEXT] = CBOR_TEXT,
		[MAJOR_ARRAY] = CBOR_ARRAY, [MAJOR_MAP] = CBOR_MAP,
		[MAJOR_TAG] = CBOR_NOTHING, [MAJOR_SIMPLE] = CBOR_BOOL,
	};

	if (r->err || r->at == r->end)
		return CBOR_NOTHING;
	if (*r->at == (MAJOR_SIMPLE << 5 | SIMPLE_NULL))
		return CBOR_NULL;
	return sorts[*r->at >> 5];
}

uint64_t cbor_read_uint(struct cbor_reader *r, uint64_t max)
{
	struct item i;

	if (!expect(r, &i, MAJOR_UINT))
		return 0;
	if (i.n > max)
		fail(r, "cbor.out-of-bounds");
	else
		finish(r, i.from);
	return r->err ? 0 : i.n;
}

int64_t cbor_read_int(struct cbor_reader *r, int64_t min, int64_t max)
{
	enum major major = cbor_peek(r) == CBOR_NEGATIVE ? MAJOR_NEGATIVE : MAJOR_UINT;
	struct item i;
	int64_t n;

	if (!expect(r, &i, major))
		return 0;
	n = i.n > INT64_MAX ? 0 : major == MAJOR_NEGATIVE ? -1 - (int64_t)i.n : (int64_t)i.n;
	if (i.n > INT64_MAX || n < min || n > max)
		fail(r, "cbor.out-of-bounds");
	else
		finish(r, i.from);
	return r->err ? 0 : n;
}

struct bytes cbor_read_bytes(struct cbor_reader *r, size_t size_max)
{
	struct item i;

	if (!expect(r, &i, MAJOR_BYTES))
		return (struct bytes){ NULL, 0 };
	return read_string(r, &i, size_max);
}

void cbor_read_fixed(struct cbor_reader *r, void *out, size_t size)
{
	struct bytes b = cbor_read_bytes(r, size);

	if (!r->err && b.size != size)
		fail(r, "cbor.out-of-bounds");
	if (r->err)
		memset(out, 0, size);
	else if (size)
		memcpy(out, b.at, size);
}

struct text cbor_read_text(struct cbor_reader *r, size_t size_max)
{
	struct bytes b;
	struct item i;

	if (!expect(r, &i, MAJOR_TEXT))
		return (struct text){ NULL, 0 };
	b = read_string(r, &i, size_max);
	return (struct text){ (const char *)b.at, b.size };
}

static unsigned read_simple(struct cbor_reader *r, unsigned least, unsigned most)
{
	const uint8_t *at = r->at;
	struct item i;

	if (!expect(r, &i, MAJOR_SIMPLE))
		return 0;
	if (i.info < least || i.info > most) {
		r->at = at;
		fail(r, "cbor.other-sort");
		return 0;
	}
	finish(r, i.from);
	return r->err ? 0 : i.info;
}

bool cbor_read_bool(struct cbor_reader *r)
{
	return read_simple(r, SIMPLE_FALSE, SIMPLE_TRUE) == SIMPLE_TRUE;
}

void cbor_read_null(struct cbor_reader *r)
{
	read_simple(r, SIMPLE_NULL, SIMPLE_NULL);
}

static uint64_t read_container(struct cbor_reader *r, enum major major, uint64_t count_max)
{
	struct item i;

	if (!expect(r, &i, major))
		return 0;
	if (i.n > count_max)
		fail(r, "cbor.out-of-bounds");
	else
		open_level(r, &i);
	return r->err ? 0 : i.n;
}

uint64_t cbor_read_array(struct cbor_reader *r, uint64_t count_max)
{
	return read_container(r, MAJOR_ARRAY, count_max);
}

uint64_t cbor_read_map(struct cbor_reader *r, uint64_t count_max)
{
	return read_container(r, MAJOR_MAP, count_max);
}

/* One head, with its string or its opened level. */
static void skip_one(struct cbor_reader *r)
{
	struct item i;

	if (!read_head(r, &i))
		return;
	if (i.major == MAJOR_BYTES || i.major == MAJOR_TEXT)
		read_string(r, &i, SIZE_MAX);
	else if (i.major == MAJOR_ARRAY || i.major == MAJOR_MAP)
		open_level(r, &i);
	else
		finish(r, i.from);
}

struct bytes cbor_skip_raw(struct cbor_reader *r)
{
	const uint8_t *from = r->at;
	unsigned depth = r->depth;

	do
		skip_one(r);
	while (!r->err && r->depth > depth);
	if (r->err)
		return (struct bytes){ NULL, 0 };
	return bytes_of(from, (size_t)(r->at - from));
}

enum err cbor_end(struct cbor_reader *r, struct fault *f)
{
	if (r->depth)
		fail(r, "cbor.ends-early");
	if (r->at != r->end)
		fail(r, "cbor.more-behind");
	if (r->err)
		return fault(f, r->err, r->key, r->error_at);
	return OK;
}
