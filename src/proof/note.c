/* note: signing and opening; the form is checked as a whole before any signature. */
#include "proof/note.h"

#include <assert.h>
#include <sodium.h>

#include "base/sha256.h"
#include "base/utf8.h"
#include "proof/sign.h"

#define ALGORITHM_ED25519 0x01
#define SIGNATURE_MARK "\u2014 "
#define SIGNED_SIZE (NOTE_KEY_ID_SIZE + SIGNATURE_SIZE)
/* base64 of n bytes, with its padding. */
#define BASE64_SIZE(n) (((n) + 2) / 3 * 4)

void note_key_id(uint8_t out[NOTE_KEY_ID_SIZE], struct text name, const struct hash *public_key)
{
	static const uint8_t between[] = { '\n', ALGORITHM_ED25519 };
	struct sha256 s;
	struct hash hash;

	sha256_begin(&s);
	sha256_add(&s, bytes_of_text(name));
	sha256_add(&s, bytes_of(between, sizeof(between)));
	sha256_add(&s, bytes_of(public_key->at, HASH_SIZE));
	sha256_end(&s, &hash);
	memcpy(out, hash.at, NOTE_KEY_ID_SIZE);
}

struct text note_verifier_key(struct arena *a, struct text name, const struct hash *public_key)
{
	uint8_t id[NOTE_KEY_ID_SIZE], key[1 + HASH_SIZE] = { ALGORITHM_ED25519 };
	char id_hex[2 * NOTE_KEY_ID_SIZE + 1], base64[BASE64_SIZE(sizeof(key)) + 1];

	note_key_id(id, name, public_key);
	hex_write(id_hex, bytes_of(id, sizeof(id)));
	memcpy(key + 1, public_key->at, HASH_SIZE);
	sodium_bin2base64(base64, sizeof(base64), key, sizeof(key), sodium_base64_VARIANT_ORIGINAL);
	return arena_print(a, "%.*s+%s+%s", SHOWN(name), id_hex, base64);
}

enum err note_sign(struct text *out, struct arena *a, struct text text, struct text name,
		   const struct secret *seed, struct fault *f)
{
	uint8_t whole[SIGNED_SIZE];
	char base64[BASE64_SIZE(SIGNED_SIZE) + 1];
	struct hash public_key;

	sign(whole + NOTE_KEY_ID_SIZE, &public_key, bytes_of_text(text), seed);
	note_key_id(whole, name, &public_key);
	sodium_bin2base64(base64, sizeof(base64), whole, sizeof(whole),
			  sodium_base64_VARIANT_ORIGINAL);
	*out = arena_print(a, "%.*s\n" SIGNATURE_MARK "%.*s %s\n", SHOWN(text), SHOWN(name),
			   base64);
	return out->at ? OK : fault(f, ERR_MEMORY, "proof.no-memory");
}

/* --- open ------------------------------------------------------------------------------ */

static bool has_form_of_text(struct text note)
{
	struct text left = note;
	uint32_t c;

	if (note.size > NOTE_SIZE_MAX || note.size == 0 || note.at[note.size - 1] != '\n')
		return false;
	while (utf8_next(&left, &c)) {
		if (c < ' ' && c != '\n')
			return false;
	}
	return utf8_valid(note);
}

/* Cut at the last empty line: the text with its newline, and the signature lines. */
static bool split(struct text note, struct text *text, struct text *signatures)
{
	for (size_t at = note.size - 1; at > 0; at--) {
		if (note.at[at] != '\n' || note.at[at - 1] != '\n')
			continue;
		*text = (struct text){ note.at, at };
		*signatures = (struct text){ note.at + at + 1, note.size - at - 1 };
		return signatures->size > 0;
	}
	return false;
}

bool note_take_line(struct text *t, struct text *line)
{
	const char *end = t->size ? memchr(t->at, '\n', t->size) : NULL;

	if (!end)
		return false;
	*line = (struct text){ t->at, (size_t)(end - t->at) };
	t->at = end + 1;
	t->size -= line->size + 1;
	return true;
}

struct signature_line {
	struct text name, base64;
};

/* How many bytes `t` is the base64 of; 0: it is none. */
static size_t base64_bytes(struct text t)
{
	size_t pad = 0;

	if (t.size == 0 || t.size % 4)
		return 0;
	while (pad < 2 && t.at[t.size - 1 - pad] == '=')
		pad++;
	for (size_t i = 0; i < t.size - pad; i++) {
		char c = t.at[i];

		if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
		      c == '+' || c == '/'))
			return 0;
	}
	return t.size / 4 * 3 - pad;
}

static bool read_signature_line(struct signature_line *out, struct text line)
{
	const size_t mark = sizeof(SIGNATURE_MARK) - 1;
	const char *space;

	if (line.size <= mark || memcmp(line.at, SIGNATURE_MARK, mark) != 0)
		return false;
	line.at += mark;
	line.size -= mark;
	space = memchr(line.at, ' ', line.size);
	if (!space || space == line.at)
		return false;
	out->name = (struct text){ line.at, (size_t)(space - line.at) };
	out->base64 = (struct text){ space + 1, line.size - out->name.size - 1 };
	return !memchr(out->name.at, '+', out->name.size) &&
	       base64_bytes(out->base64) > NOTE_KEY_ID_SIZE;
}

bool base64_read(uint8_t *out, size_t size, struct text t)
{
	char again[BASE64_SIZE(BASE64_BYTES_MAX) + 1];
	size_t got;

	assert(size <= BASE64_BYTES_MAX);
	if (t.size != BASE64_SIZE(size) ||
	    sodium_base642bin(out, size, t.at, t.size, NULL, &got, NULL,
			      sodium_base64_VARIANT_ORIGINAL) ||
	    got != size)
		return false;
	/* libsodium 1.0.18 takes some bytes above 0x7f for letters. */
	sodium_bin2base64(again, sizeof(again), out, size, sodium_base64_VARIANT_ORIGINAL);
	return text_is(t, again);
}

/* Whether the line names the key by name and id; then its bytes are in `whole`. */
static bool is_by(const struct signature_line *line, struct text name,
		  const struct hash *public_key, uint8_t whole[SIGNED_SIZE])
{
	uint8_t id[NOTE_KEY_ID_SIZE];

	if (!text_same(line->name, name) || line->base64.size != BASE64_SIZE(SIGNED_SIZE))
		return false;
	if (!base64_read(whole, SIGNED_SIZE, line->base64))
		return false;
	note_key_id(id, name, public_key);
	return memcmp(id, whole, sizeof(id)) == 0;
}

enum err note_open(struct text *text, struct text note, struct text name,
		   const struct hash *public_key, struct fault *f)
{
	struct text body, lines, line;
	bool holds = false, fails = false;

	*text = (struct text){ NULL, 0 };
	if (!has_form_of_text(note) || !split(note, &body, &lines))
		return fault(f, ERR_INPUT, "proof.no-note");
	while (note_take_line(&lines, &line)) {
		uint8_t whole[SIGNED_SIZE];
		struct signature_line signature;

		if (!read_signature_line(&signature, line))
			return fault(f, ERR_INPUT, "proof.no-note");
		if (!is_by(&signature, name, public_key, whole))
			continue;
		if (signature_holds(whole + NOTE_KEY_ID_SIZE, bytes_of_text(body), public_key))
			holds = true;
		else
			fails = true;
	}
	if (!holds || fails)
		return fault(f, ERR_DAMAGED, "proof.not-signed-by", name);
	*text = body;
	return OK;
}
