/*
 * recovery: the sheet in two halves, for two people who keep them apart.
 *
 * The secret is 200 random bits.  One half is 200 other random bits, the other is
 * the exclusive or of both: each alone is noise, both together are the secret.
 * Printed in Crockford's base 32, which has no I, L, O or U, in groups of five:
 *
 *     A-01234-56789-ABCDE-FGHJK-MNPQR-STVWX-YZ012-34567-89ABC
 *     │ └───────────── 200 bits of the half ─────────┘ └ check
 *     └ which half
 *
 * The check is the first 25 bits of BLAKE2b("ikhtiar/recovery/A" · half): a slip of
 * the pen is told before anything is tried.  Small letters, spaces, and I, L and O
 * for 1, 1 and 0 are read as they are meant.
 */
#include <sodium.h>

#include "register/inside.h"

#define GROUP 5
#define HALF_CHARS (RECOVERY_SECRET_SIZE * 8 / 5)
#define CHECK_CHARS 5
#define CHARS (HALF_CHARS + CHECK_CHARS)

static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static_assert(RECOVERY_SECRET_SIZE * 8 % 5 == 0, "whole characters");
static_assert(2 + CHARS + CHARS / GROUP <= RECOVERY_HALF_SIZE, "a half has room");

/* `count` groups of five bits from `from`, most significant first. */
static void spread(uint8_t *out, size_t count, const uint8_t *from)
{
	for (size_t i = 0; i < count; i++) {
		unsigned value = 0;

		for (size_t bit = 5 * i; bit < 5 * i + 5; bit++)
			value = value << 1 | (from[bit / 8] >> (7 - bit % 8) & 1);
		out[i] = (uint8_t)value;
	}
}

static void gather(uint8_t *out, const uint8_t *fives, size_t count)
{
	memset(out, 0, count * 5 / 8);
	for (size_t bit = 0; bit < 5 * count; bit++)
		if (fives[bit / 5] >> (4 - bit % 5) & 1)
			out[bit / 8] = (uint8_t)(out[bit / 8] | 1u << (7 - bit % 8));
}

static void check_of(uint8_t fives[CHECK_CHARS], char which,
		     const uint8_t half[RECOVERY_SECRET_SIZE])
{
	char label[] = "ikhtiar/recovery/A";
	uint8_t hash[crypto_generichash_BYTES];
	crypto_generichash_state h;

	label[sizeof(label) - 2] = which;
	crypto_generichash_init(&h, NULL, 0, sizeof(hash));
	crypto_generichash_update(&h, (const uint8_t *)label, sizeof(label) - 1);
	crypto_generichash_update(&h, half, RECOVERY_SECRET_SIZE);
	crypto_generichash_final(&h, hash, sizeof(hash));
	spread(fives, CHECK_CHARS, hash);
}

static void print_half(char out[RECOVERY_HALF_SIZE], char which,
		       const uint8_t half[RECOVERY_SECRET_SIZE])
{
	uint8_t fives[CHARS];

	spread(fives, HALF_CHARS, half);
	check_of(fives + HALF_CHARS, which, half);
	*out++ = which;
	for (size_t i = 0; i < CHARS; i++) {
		if (i % GROUP == 0)
			*out++ = '-';
		*out++ = digits[fives[i]];
	}
	*out = 0;
	sodium_memzero(fives, sizeof(fives));
}

enum err recovery_split(struct reg_recovery *out, const struct secret *secret, struct world *w,
			struct fault *f)
{
	struct secret *halves = NULL;
	uint8_t *a, *b;
	enum err e = secret_new(&halves, 2 * RECOVERY_SECRET_SIZE, f);

	assert(secret_size(secret) == RECOVERY_SECRET_SIZE);
	if (e)
		return e;
	a = secret_fill(halves);
	b = a + RECOVERY_SECRET_SIZE;
	w->chance(w, a, RECOVERY_SECRET_SIZE);
	for (size_t i = 0; i < RECOVERY_SECRET_SIZE; i++)
		b[i] = a[i] ^ secret_bytes(secret).at[i];
	print_half(out->half[0], 'A', a);
	print_half(out->half[1], 'B', b);
	secret_free(halves);
	return OK;
}

/* Value of a character as people write it; -1: none, -2: to be passed over. */
static int five_of(char c)
{
	if (c == '-' || c == ' ' || c == '\t' || c == '\r' || c == '\n')
		return -2;
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'I' || c == 'L')
		return 1;
	if (c == 'O')
		return 0;
	for (int i = 0; digits[i]; i++)
		if (digits[i] == c)
			return i;
	return -1;
}

/* Read a half; gives which one, 0: mistyped. */
static char read_half(uint8_t half[RECOVERY_SECRET_SIZE], struct text t)
{
	uint8_t fives[1 + CHARS], check[CHECK_CHARS];
	size_t count = 0;
	char which;

	for (size_t i = 0; i < t.size; i++) {
		int five = five_of(t.at[i]);

		if (five == -2)
			continue;
		if (five < 0 || count == COUNT_OF(fives))
			return 0;
		fives[count++] = (uint8_t)five;
	}
	if (count != COUNT_OF(fives))
		return 0;
	which = digits[fives[0]];
	gather(half, fives + 1, HALF_CHARS);
	check_of(check, which, half);
	if ((which != 'A' && which != 'B') ||
	    sodium_memcmp(check, fives + 1 + HALF_CHARS, CHECK_CHARS))
		which = 0;
	sodium_memzero(fives, sizeof(fives));
	return which;
}

enum err recovery_join(struct secret **out, struct text half_a, struct text half_b, struct fault *f)
{
	struct secret *halves = NULL;
	uint8_t *a, *b;
	char which_a, which_b;
	enum err e;

	if ((e = secret_new(&halves, 2 * RECOVERY_SECRET_SIZE, f)))
		goto out;
	a = secret_fill(halves);
	b = a + RECOVERY_SECRET_SIZE;
	which_a = read_half(a, half_a);
	which_b = read_half(b, half_b);
	if (!which_a || !which_b) {
		e = fault(f, ERR_INPUT, "recovery.mistyped", which_a ? 2 : 1);
		goto out;
	}
	if (which_a == which_b) {
		e = fault(f, ERR_INPUT, "recovery.same-half");
		goto out;
	}
	if ((e = secret_new(out, RECOVERY_SECRET_SIZE, f)))
		goto out;
	for (size_t i = 0; i < RECOVERY_SECRET_SIZE; i++)
		secret_fill(*out)[i] = a[i] ^ b[i];
out:
	secret_free(halves);
	return e;
}
