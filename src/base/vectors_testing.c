#include "base/vectors_testing.h"

#include "base/test.h"
#include "base/world.h"

#define FILE_SIZE_MAX ((size_t)1 << 20)
#define ALL_SIZE_MAX ((size_t)8 << 20)

void vectors_open(struct vectors *v, const char *path)
{
	struct bytes file;

	*v = (struct vectors){ .path = path };
	CHECK_INT(arena_new(&v->arena, ALL_SIZE_MAX), OK);
	if (file_load(&file, v->arena, world_real(), path, FILE_SIZE_MAX, NULL))
		check_failed(__FILE__, __LINE__, "%s cannot be read", path);
	v->rest = (struct text){ (const char *)file.at, file.size };
}

/* What stands before the next `end`, which goes too; all of it where there is none. */
static struct text take_until(struct text *rest, char end)
{
	const char *found = rest->size ? memchr(rest->at, end, rest->size) : NULL;
	struct text piece = { rest->at, found ? (size_t)(found - rest->at) : rest->size };
	size_t gone = piece.size + (found != NULL);

	if (gone)
		*rest = (struct text){ rest->at + gone, rest->size - gone };
	return piece;
}

bool vectors_next(struct vectors *v, struct text *fields, size_t count)
{
	struct text line;
	size_t tabs = 0;

	do {
		if (!v->rest.size)
			return false;
		line = take_until(&v->rest, '\n');
	} while (line.size && line.at[0] == '#');
	v->count++;
	for (size_t i = 0; i < line.size; i++)
		tabs += line.at[i] == '\t';
	if (tabs + 1 != count)
		check_failed(__FILE__, __LINE__, "%s, case %zu: %zu fields", v->path, v->count,
			     tabs + 1);
	for (size_t i = 0; i < count; i++)
		fields[i] = take_until(&line, '\t');
	return true;
}

void vectors_close(struct vectors *v, size_t count)
{
	CHECK_INT(v->count, count);
	arena_free(v->arena);
}

struct bytes vectors_hex(struct vectors *v, struct text hex)
{
	size_t size = hex.size / 2;
	uint8_t *out = arena_take(v->arena, size + 1);

	CHECK(out && hex_read(out, size, hex));
	return bytes_of(out, size);
}

uint64_t vectors_number(struct text decimal)
{
	uint64_t n = 0;

	CHECK(decimal.size);
	for (size_t i = 0; i < decimal.size; i++) {
		uint64_t digit = (uint64_t)(decimal.at[i] - '0');

		CHECK(digit <= 9 && !__builtin_mul_overflow(n, 10, &n) &&
		      !__builtin_add_overflow(n, digit, &n));
	}
	return n;
}

bool vectors_word(struct text *rest, struct text *word)
{
	if (!rest->size)
		return false;
	*word = take_until(rest, ' ');
	return true;
}
