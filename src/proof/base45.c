/* base45: 16 bits n are the digits c, d, e with n = c + 45 · d + 2025 · e, least first. */
#include "proof/base45.h"

static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

struct text base45_write(struct arena *a, struct bytes b)
{
	size_t size = b.size / 2 * 3 + b.size % 2 * 2, to = 0;
	char *out = arena_take(a, size + 1);

	if (!out)
		return (struct text){ NULL, 0 };
	for (size_t i = 0; i < b.size; i += 2) {
		bool pair = i + 1 < b.size;
		unsigned n = pair ? b.at[i] * 256u + b.at[i + 1] : b.at[i];

		out[to++] = alphabet[n % 45];
		out[to++] = alphabet[n / 45 % 45];
		if (pair)
			out[to++] = alphabet[n / 2025];
	}
	return (struct text){ out, size };
}

/* 45: no such character. */
static unsigned digit(char c)
{
	const char *at = c ? strchr(alphabet, c) : NULL;

	return at ? (unsigned)(at - alphabet) : 45;
}

static bool read_group(struct text group, unsigned *n)
{
	unsigned worth = 1;

	*n = 0;
	for (size_t i = 0; i < group.size; i++) {
		unsigned d = digit(group.at[i]);

		if (d == 45)
			return false;
		*n += d * worth;
		worth *= 45;
	}
	return group.size > 1 && *n <= (group.size == 3 ? 0xffffu : 0xffu);
}

bool base45_read(uint8_t *out, size_t room, size_t *size, struct text t)
{
	*size = 0;
	for (size_t i = 0; i < t.size; i += 3) {
		struct text group = { t.at + i, t.size - i < 3 ? t.size - i : 3 };
		unsigned n;

		if (!read_group(group, &n) || room - *size < group.size - 1)
			return false;
		if (group.size == 3)
			out[(*size)++] = (uint8_t)(n >> 8);
		out[(*size)++] = (uint8_t)n;
	}
	return true;
}
