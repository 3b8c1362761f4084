/* bytes: hex, both ways. */
#include "base/bytes.h"

static const char digits[] = "0123456789abcdef";

void hex_write(char *out, struct bytes b)
{
	for (size_t i = 0; i < b.size; i++) {
		*out++ = digits[b.at[i] >> 4];
		*out++ = digits[b.at[i] & 15];
	}
	*out = 0;
}

static int nibble(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool hex_read(void *out, size_t size, struct text t)
{
	uint8_t *to = out;

	if (t.size / 2 != size || t.size % 2)
		return false;
	for (size_t i = 0; i < size; i++) {
		int high = nibble(t.at[2 * i]), low = nibble(t.at[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		to[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

struct text text_trimmed(struct text t, const char *blanks)
{
	size_t count = strlen(blanks);

	while (t.size && memchr(blanks, t.at[0], count))
		t = (struct text){ t.at + 1, t.size - 1 };
	while (t.size && memchr(blanks, t.at[t.size - 1], count))
		t.size--;
	return t;
}
