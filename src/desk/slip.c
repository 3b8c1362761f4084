#include "desk/slip.h"

#include "base/sha256.h"

#define MARK_SIZE (sizeof(SLIP_MARK) - 1)
#define LETTERS 28
#define LETTER_BITS 5
/* The id in whole letters: two bits of the 26th are none of it. */
#define ID_LETTERS 26

static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* Ten bits of a hash: one slip in a thousand that was read wrong passes for another id,
 * and of those none is anybody's. */
static unsigned check_of(const struct id *person)
{
	struct sha256 s;
	struct hash h;

	sha256_begin(&s);
	sha256_add(&s, bytes_of_text(TEXT("ikhtiar/slip/v1")));
	sha256_add(&s, bytes_of(person->at, ID_SIZE));
	sha256_end(&s, &h);
	return (unsigned)h.at[0] << 2 | h.at[1] >> 6;
}

/* The five bits from bit `first` on; zeros behind the end. */
static unsigned bits_at(const struct id *id, size_t first)
{
	unsigned bits = 0;

	for (size_t bit = first; bit < first + LETTER_BITS; bit++) {
		unsigned byte = bit / 8 < ID_SIZE ? id->at[bit / 8] : 0;

		bits = bits << 1 | (byte >> (7 - bit % 8) & 1);
	}
	return bits;
}

void slip_write(char out[SLIP_SIZE + 1], const struct id *person)
{
	unsigned check = check_of(person);

	memcpy(out, SLIP_MARK, MARK_SIZE);
	for (size_t i = 0; i < ID_LETTERS; i++)
		out[MARK_SIZE + i] = letters[bits_at(person, i * LETTER_BITS)];
	out[MARK_SIZE + ID_LETTERS] = letters[check >> LETTER_BITS];
	out[MARK_SIZE + ID_LETTERS + 1] = letters[check & 31];
	out[SLIP_SIZE] = '\0';
}

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

bool slip_has_mark(struct text t)
{
	for (size_t i = 0; i < MARK_SIZE; i++)
		if (i >= t.size || upper(t.at[i]) != SLIP_MARK[i])
			return false;
	return true;
}

/* -1: none of them. */
static int value_of(char c)
{
	const char *at = upper(c) ? strchr(letters, upper(c)) : NULL;

	return at ? (int)(at - letters) : -1;
}

bool slip_read(struct id *person, struct text t)
{
	char again[SLIP_SIZE + 1];

	*person = (struct id){ 0 };
	if (t.size != SLIP_SIZE || !slip_has_mark(t))
		return false;
	for (size_t i = 0; i < ID_LETTERS; i++) {
		int value = value_of(t.at[MARK_SIZE + i]);

		if (value < 0)
			return false;
		for (size_t k = 0; k < LETTER_BITS; k++) {
			size_t bit = i * LETTER_BITS + k;

			if (bit / 8 < ID_SIZE && value >> (LETTER_BITS - 1 - k) & 1)
				person->at[bit / 8] |= (uint8_t)(0x80 >> bit % 8);
		}
	}
	/* One form each: what is left of the last letter, and the check, must be as written. */
	slip_write(again, person);
	for (size_t i = 0; i < SLIP_SIZE; i++)
		if (upper(t.at[i]) != again[i])
			return false;
	return true;
}
