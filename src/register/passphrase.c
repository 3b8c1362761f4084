/*
 * passphrase: which passphrase is one, and in which form it opens a keyring.
 *
 * A keyboard may write é as one character or as two: a passphrase is taken in Unicode's
 * form C, so that it opens from every keyboard.
 *
 * Whoever takes the laptop tries passphrases at home, each at the price of one Argon2id.
 * zxcvbn says how many tries one costs who knows the usual habits, the account's name and
 * the site's; 2^40 of them are years for a thousand machines.  It knows English words and
 * the keyboard's patterns; of words in other scripts it sees only repetition.
 */
#include <ctype.h>
#include <zxcvbn.h>

#include "base/utf8.h"
#include "register/inside.h"

#define LENGTH_MIN 15 /* in characters */
#define SIZE_MAX_BYTES 1024
#define GUESSES_BITS_MIN 40
#define NFC_MEMORY (16 * 1024)

enum err passphrase_nfc(struct secret **out, const struct secret *given, struct fault *f)
{
	struct bytes b = secret_bytes(given);
	struct text plain = { (const char *)b.at, b.size };
	struct arena *a = NULL;
	enum err e;

	/* What is no text, or longer than any, opens what it opens byte by byte. */
	if (!utf8_valid(plain) || b.size > SIZE_MAX_BYTES)
		return secret_of(out, b, f);
	if ((e = call_arena(&a, NFC_MEMORY, f)))
		return e;
	plain = utf8_nfc(a, plain);
	e = plain.at ? secret_of(out, bytes_of_text(plain), f)
		     : fault(f, ERR_MEMORY, "register.no-memory");
	arena_free(a);
	return e;
}

/* --- what others would guess -------------------------------------------------------- */

#define WORDS_MAX 32
#define WORD_LEAST 3

/* What whoever knows the place tries first, in small letters. */
struct known_words {
	const char *at[WORDS_MAX + 1]; /* ends with NULL, as zxcvbn wants it */
	size_t count;
};

static void know(struct known_words *k, const char *word, size_t size)
{
	if (size >= WORD_LEAST && k->count < WORDS_MAX)
		k->at[k->count++] = word;
}

/* A name and each of its words; false: no memory. */
static bool know_name(struct known_words *k, struct arena *a, struct text name)
{
	char *whole = arena_take(a, name.size + 1);
	char *words = arena_take(a, name.size + 1);
	char *rest = words, *word;

	if (!whole || !words)
		return false;
	for (size_t i = 0; i < name.size; i++)
		whole[i] = words[i] = (char)tolower((unsigned char)name.at[i]);
	know(k, whole, name.size);
	while ((word = strsep(&rest, " .,_-")))
		know(k, word, strlen(word));
	return true;
}

static enum err check_guesses(const struct secret *passphrase, const struct passphrase_place *place,
			      struct fault *f)
{
	struct known_words known = { .at = { "ikhtiar" }, .count = 1 };
	struct arena *a = NULL;
	const char *plain;
	enum err e;

	if ((e = call_arena(&a, NFC_MEMORY, f)))
		return e;
	plain = arena_copy_text(a, (struct text){ (const char *)secret_bytes(passphrase).at,
						  secret_size(passphrase) })
			.at;
	if (!plain || !know_name(&known, a, place->account) || !know_name(&known, a, place->site))
		e = fault(f, ERR_MEMORY, "register.no-memory");
	else if (ZxcvbnMatch(plain, NULL, NULL) < GUESSES_BITS_MIN)
		e = fault(f, ERR_INPUT, "passphrase.guessed");
	else if (ZxcvbnMatch(plain, known.at, NULL) < GUESSES_BITS_MIN)
		e = fault(f, ERR_INPUT, "passphrase.of-names");
	arena_free(a);
	return e;
}

enum err passphrase_check(const struct secret *passphrase, const struct passphrase_place *place,
			  struct fault *f)
{
	struct bytes b = secret_bytes(passphrase);
	struct text plain = { (const char *)b.at, b.size };
	struct secret *nfc = NULL;
	enum err e;

	if (b.size > SIZE_MAX_BYTES)
		return fault(f, ERR_LIMIT, "passphrase.long", SIZE_MAX_BYTES);
	if (place->demo)
		return OK;
	if (!utf8_valid(plain) || memchr(b.at, 0, b.size))
		return fault(f, ERR_INPUT, "passphrase.no-text");
	if ((e = passphrase_nfc(&nfc, passphrase, f)))
		return e;
	plain = (struct text){ (const char *)secret_bytes(nfc).at, secret_size(nfc) };
	if (utf8_count(plain) < LENGTH_MIN)
		e = fault(f, ERR_INPUT, "passphrase.short", LENGTH_MIN);
	else
		e = check_guesses(nfc, place, f);
	secret_free(nfc);
	return e;
}
