/*
 * statement: what this register says about something that it gave out, as a signed note.
 *
 *     ikhtiar statement v1
 *     bulletin 2026-W47
 *     3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855…
 *
 *     — ikhtiar/3f…/0 Az3grlgtzPICa5OS8npVmf1M…
 *
 * The first line is that of no checkpoint, so that neither is ever taken for the other.
 */
#include "proof/note.h"
#include "proof/proof.h"

#define STATEMENT_HEAD "ikhtiar statement v1\n"

static struct text statement_text(struct arena *a, const struct statement *s)
{
	char hex[2 * HASH_SIZE + 1];

	hex_write(hex, bytes_of(s->hash.at, HASH_SIZE));
	return arena_print(a, STATEMENT_HEAD "%.*s\n%s\n", SHOWN(s->about), hex);
}

enum err statement_sign(struct text *out, struct arena *a, const struct origin *o,
			const struct statement *s, const struct secret *seed, struct fault *f)
{
	struct text text = statement_text(a, s), name = origin_line(a, o);

	if (!text.at || !name.at)
		return fault(f, ERR_MEMORY, "proof.no-memory");
	return note_sign(out, a, text, name, seed, f);
}

enum err statement_check(struct text note, struct arena *a, const struct origin *o,
			 const struct statement *s, const struct hash *public_key, struct fault *f)
{
	struct text text = statement_text(a, s), name = origin_line(a, o), told;
	enum err e;

	if (!text.at || !name.at)
		return fault(f, ERR_MEMORY, "proof.no-memory");
	if ((e = note_open(&told, note, name, public_key, f)))
		return e;
	return text_same(told, text) ? OK : fault(f, ERR_DAMAGED, "proof.other-statement");
}
