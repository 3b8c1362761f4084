/*
 * drafts: a form that was begun goes on under a colleague's account; what is sealed stands
 * in JSON as base64.
 */
#include <sodium.h>

#include "api/inside.h"

#define BASE64 sodium_base64_VARIANT_ORIGINAL

/* Into `out`, *size bytes; false: it is no base64, or more than `room` bytes of it. */
static bool read_base64(struct text t, uint8_t *out, size_t room, size_t *size)
{
	return !sodium_base642bin(out, room, t.at, t.size, NULL, size, NULL, BASE64);
}

static enum err read_draft(struct asked *q, struct reg_draft *out)
{
	struct text sealed = body_text(q, "sealed");
	size_t room = sealed.size / 4 * 3 + 3, size, nonce_size;
	uint8_t *at = arena_take(q->desk.arena, room);

	if (!at)
		return fault(&q->desk.fault, ERR_MEMORY, "memory.none");
	*out = (struct reg_draft){ .account = body_id(q, "from"), .place = body_text(q, "name") };
	if (!read_base64(body_text(q, "nonce"), out->nonce, DRAFT_NONCE_SIZE, &nonce_size) ||
	    nonce_size != DRAFT_NONCE_SIZE || !read_base64(sealed, at, room, &size) ||
	    size > DRAFT_SIZE_MAX)
		return fault(&q->desk.fault, ERR_INPUT, "draft.form", DRAFT_SIZE_MAX);
	out->sealed = bytes_of(at, size);
	return OK;
}

static enum err write_base64(struct asked *q, const char *key, struct bytes b)
{
	size_t size = sodium_base64_encoded_len(b.size, BASE64);
	char *text = arena_take(q->desk.arena, size);

	if (!text)
		return fault(&q->desk.fault, ERR_MEMORY, "memory.none");
	sodium_bin2base64(text, size, b.at, b.size, BASE64);
	json_key(&q->w, key);
	json_text(&q->w, (struct text){ text, size - 1 });
	return OK;
}

enum err take_hand_over(struct asked *q)
{
	struct reg_draft draft, out = { .account = body_id(q, "to"), .place = body_text(q, "as") };
	enum err e;

	if ((e = read_draft(q, &draft)) ||
	    (e = reg_draft_hand_over(q->desk.reg, &q->desk.session, &draft, &out, q->desk.arena,
				     &q->desk.fault)))
		return e;
	json_object_begin(&q->w);
	if (!(e = write_base64(q, "nonce", bytes_of(out.nonce, DRAFT_NONCE_SIZE))))
		e = write_base64(q, "sealed", out.sealed);
	json_object_end(&q->w);
	return e;
}
