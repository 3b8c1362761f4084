/*
 * checkpoint: C2SP tlog-checkpoint.  Of the form only what we write is read: three
 * lines, no extension lines, numbers without a zero in front, so that one checkpoint
 * has one text.
 */
#include <inttypes.h>
#include <sodium.h>

#include "proof/note.h"
#include "proof/proof.h"

#define ORIGIN_PREFIX "ikhtiar/"
#define ROOT_BASE64_SIZE 44

struct text origin_line(struct arena *a, const struct origin *o)
{
	char site[ID_HEX_SIZE + 1];

	hex_write(site, bytes_of(o->site.at, ID_SIZE));
	return arena_print(a, ORIGIN_PREFIX "%s/%" PRIu32, site, o->epoch);
}

struct text verifier_key(struct arena *a, const struct origin *o, const struct hash *public_key)
{
	struct text line = origin_line(a, o);

	return line.at ? note_verifier_key(a, line, public_key) : line;
}

enum err checkpoint_sign(struct text *out, struct arena *a, const struct checkpoint *c,
			 const struct secret *seed, struct fault *f)
{
	struct text name = origin_line(a, &c->origin), text = { NULL, 0 };
	char root[ROOT_BASE64_SIZE + 1];

	sodium_bin2base64(root, sizeof(root), c->root.at, HASH_SIZE,
			  sodium_base64_VARIANT_ORIGINAL);
	if (name.at)
		text = arena_print(a, "%.*s\n%" PRIu64 "\n%s\n", SHOWN(name), c->size, root);
	if (!text.at)
		return fault(f, ERR_MEMORY, "proof.no-memory");
	return note_sign(out, a, text, name, seed, f);
}

/* --- read ------------------------------------------------------------------------------ */

/* A decimal number up to `max`, as it is written by us. */
static bool read_number(uint64_t *out, struct text t, uint64_t max)
{
	uint64_t n = 0;

	if (t.size == 0 || t.size > 20 || (t.at[0] == '0' && t.size > 1))
		return false;
	for (size_t i = 0; i < t.size; i++) {
		uint64_t digit = (uint64_t)(t.at[i] - '0');

		if (t.at[i] < '0' || t.at[i] > '9' || n > (max - digit) / 10)
			return false;
		n = 10 * n + digit;
	}
	*out = n;
	return true;
}

bool origin_line_read(struct origin *out, struct text line)
{
	const size_t prefix = sizeof(ORIGIN_PREFIX) - 1, site_end = prefix + ID_HEX_SIZE;
	char site[ID_HEX_SIZE + 1];
	uint64_t epoch;

	if (line.size > ORIGIN_LINE_MAX || line.size < site_end + 2 ||
	    memcmp(line.at, ORIGIN_PREFIX, prefix) != 0 || line.at[site_end] != '/')
		return false;
	if (!hex_read(&out->site, ID_SIZE, (struct text){ line.at + prefix, ID_HEX_SIZE }))
		return false;
	hex_write(site, bytes_of(out->site.at, ID_SIZE));
	if (memcmp(site, line.at + prefix, ID_HEX_SIZE) != 0)
		return false;
	line.at += site_end + 1;
	line.size -= site_end + 1;
	if (!read_number(&epoch, line, UINT32_MAX))
		return false;
	out->epoch = (uint32_t)epoch;
	return true;
}

static bool read_body(struct checkpoint *out, struct text t)
{
	struct text origin, size, root;

	return note_take_line(&t, &origin) && note_take_line(&t, &size) &&
	       note_take_line(&t, &root) && t.size == 0 && origin_line_read(&out->origin, origin) &&
	       read_number(&out->size, size, INT64_MAX) &&
	       base64_read(out->root.at, HASH_SIZE, root);
}

enum err checkpoint_read(struct checkpoint *out, struct text note, const struct hash *public_key,
			 struct fault *f)
{
	struct text left = note, name, body;
	struct origin origin;
	enum err e;

	memset(out, 0, sizeof(*out));
	if (!note_take_line(&left, &name) || !origin_line_read(&origin, name))
		return fault(f, ERR_INPUT, "proof.no-checkpoint");
	if ((e = note_open(&body, note, name, public_key, f)))
		return e;
	if (!read_body(out, body)) {
		memset(out, 0, sizeof(*out));
		return fault(f, ERR_INPUT, "proof.no-checkpoint");
	}
	return OK;
}
