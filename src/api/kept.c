/*
 * kept: answers that are the same for all who ask, made once and packed once.
 *
 * Nothing in them is of a session or of a person, so that their size tells nothing.  What
 * else is answered is never packed: a secret beside what others can choose could be read
 * off its size.
 */
#include "api/inside.h"

#include <zlib.h>

#include "base/sha256.h"

#define GZIP_WINDOW (15 + 16) /* the largest, with the head of gzip */
#define GZIP_MEMORY 9

/* Beginnings of the keys that the screens say by themselves; all else is said here. */
static const char *const screen_keys[] = {
	"web.", "kind.", "field.", "code.", "record.", "rule.", "deed.", "status.",
};

static bool is_screen_key(struct text key)
{
	for (size_t i = 0; i < COUNT_OF(screen_keys); i++) {
		size_t size = strlen(screen_keys[i]);

		if (key.size > size && !memcmp(key.at, screen_keys[i], size))
			return true;
	}
	return false;
}

/* A sentence; or all its forms as a list, where it has more than one. */
static void write_forms(struct json_writer *w, struct text forms)
{
	struct text first = text_of(forms.at);

	if (first.size == forms.size) {
		json_text(w, first);
		return;
	}
	json_array_begin(w);
	for (const char *at = forms.at; at <= forms.at + forms.size; at += strlen(at) + 1)
		json_text(w, text_of(at));
	json_array_end(w);
}

static void write_words(struct json_writer *w, const struct words *words)
{
	struct text key, forms;
	uint32_t at = 0;

	json_object_begin(w);
	while (words_next(words, &at, &key, &forms)) {
		if (!is_screen_key(key))
			continue;
		json_key_text(w, key);
		write_forms(w, forms);
	}
	json_object_end(w);
}

/* --- packing ------------------------------------------------------------------------- */

/* All in one call: the room is enough for whatever it is. */
static enum err pack(struct arena *a, struct bytes plain, struct bytes *out, struct fault *f)
{
	z_stream z = { .next_in = (z_const Bytef *)plain.at, .avail_in = (uInt)plain.size };
	uLong most;
	uint8_t *at;
	int result = Z_OK;

	if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY,
			 Z_DEFAULT_STRATEGY) != Z_OK)
		return fault(f, ERR_MEMORY, "memory.none");
	most = deflateBound(&z, (uLong)plain.size);
	if ((at = arena_take(a, most))) {
		z.next_out = at;
		z.avail_out = (uInt)most;
		result = deflate(&z, Z_FINISH);
		*out = bytes_of(at, z.total_out);
	}
	deflateEnd(&z);
	return at && result == Z_STREAM_END ? OK : fault(f, ERR_MEMORY, "memory.none");
}

/* The hash is longer than anybody needs to tell two answers apart. */
void etag_write(char out[ETAG_SIZE], struct bytes body)
{
	struct hash hash = sha256_of(body);

	out[0] = '"';
	hex_write(out + 1, bytes_of(hash.at, ID_SIZE));
	out[ETAG_SIZE - 1] = '"';
}

/* What is in `b` into the server's arena; `b` is empty afterwards. */
static enum err keep(struct api *a, struct buffer *b, struct kept *out, struct fault *f)
{
	enum err e = buffer_end(b, f);

	if (!e) {
		out->plain.body = arena_copy(a->arena, buffer_bytes(b));
		e = out->plain.body.at ? pack(a->arena, out->plain.body, &out->packed.body, f)
				       : fault(f, ERR_MEMORY, "memory.none");
	}
	if (!e) {
		etag_write(out->plain.etag, out->plain.body);
		etag_write(out->packed.etag, out->packed.body);
	}
	buffer_free(b);
	return e;
}

/* Asked by whoever watches, every few seconds. */
static void write_health(struct json_writer *w, struct reg *r, bool locked)
{
	struct site_state site = reg_site(r);

	json_object_begin(w);
	json_key(w, "site");
	json_text(w, site.name);
	json_key(w, "demo");
	json_bool(w, site.demo);
	json_key(w, "locked");
	json_bool(w, locked);
	json_key(w, "version");
	json_text(w, text_of(IKHTIAR_VERSION));
	json_object_end(w);
}

enum err kept_make(struct api *a, struct fault *f)
{
	struct buffer b = { .limit = ANSWER_SIZE_MAX };
	struct json_writer w;
	enum err e;

	json_begin(&w, &b);
	api_openapi(&w);
	e = keep(a, &b, &a->openapi, f);
	for (int l = 0; !e && l < WORDS_LANGUAGES; l++) {
		json_begin(&w, &b);
		write_words(&w, a->ground.words[l]);
		e = keep(a, &b, &a->words[l], f);
	}
	for (int locked = 0; !e && locked < 2; locked++) {
		json_begin(&w, &b);
		write_health(&w, a->ground.reg, locked);
		e = keep(a, &b, &a->health[locked], f);
	}
	return e;
}
