/*
 * cell: a published number as one line, as the fact table.published keeps it.
 *
 *     province=PK5;sex=female 25
 *     whole 25                       not divided
 */
#include "figures/figures.h"

#include <stdio.h>

#include "base/buffer.h"
#include "base/sha256.h"

#define LINE_MAX_SIZE 400
#define WHOLE "whole"

struct text cell_write(struct arena *a, const struct figure_cell *c)
{
	char line[LINE_MAX_SIZE];
	size_t size = 0;

	for (enum axis x = 0; x < AXIS_COUNT; x++)
		if (c->at[x].size && size < sizeof(line))
			size += (size_t)snprintf(line + size, sizeof(line) - size, "%s%s=%.*s",
						 size ? ";" : "", axis_word(x), SHOWN(c->at[x]));
	if (size < sizeof(line))
		size += (size_t)snprintf(line + size, sizeof(line) - size, "%s %llu",
					 size ? "" : WHOLE, (unsigned long long)c->value);
	return size < sizeof(line) ? arena_copy_text(a, (struct text){ line, size })
				   : (struct text){ 0 };
}

static bool read_axis(struct figure_cell *out, struct text part)
{
	const char *sign = memchr(part.at, '=', part.size);
	struct text word, code;

	if (!sign)
		return false;
	word = (struct text){ part.at, (size_t)(sign - part.at) };
	code = (struct text){ sign + 1, part.size - word.size - 1 };
	for (enum axis x = 0; x < AXIS_COUNT; x++)
		if (text_is(word, axis_word(x)) && code.size && !out->at[x].size) {
			out->at[x] = code;
			return true;
		}
	return false;
}

static bool read_value(uint64_t *out, struct text t)
{
	*out = 0;
	if (!t.size || t.size > 15)
		return false;
	for (size_t i = 0; i < t.size; i++) {
		if (t.at[i] < '0' || t.at[i] > '9')
			return false;
		*out = *out * 10 + (uint64_t)(t.at[i] - '0');
	}
	return *out % ROUND_BASE == 0;
}

enum err cell_read(struct figure_cell *out, struct text line, struct fault *f)
{
	const char *blank = line.size ? memchr(line.at, ' ', line.size) : NULL;
	struct text axes = { line.at, blank ? (size_t)(blank - line.at) : 0 };

	*out = (struct figure_cell){ 0 };
	if (!blank ||
	    !read_value(&out->value, (struct text){ blank + 1, line.size - axes.size - 1 }))
		return fault(f, ERR_DAMAGED, "figures.cell-damaged", line);
	if (text_is(axes, WHOLE))
		return OK;
	do {
		const char *end = memchr(axes.at, ';', axes.size);
		struct text part = { axes.at, end ? (size_t)(end - axes.at) : axes.size };

		if (!part.size || !read_axis(out, part))
			return fault(f, ERR_DAMAGED, "figures.cell-damaged", line);
		axes.at += part.size + (end != NULL);
		axes.size -= part.size + (end != NULL);
	} while (axes.size);
	return OK;
}

struct hash cell_lines_hash(const struct text *lines, size_t count)
{
	struct sha256 s;
	struct hash out;

	sha256_begin(&s);
	for (size_t i = 0; i < count; i++) {
		sha256_add(&s, bytes_of_text(lines[i]));
		sha256_add(&s, bytes_of_text(TEXT("\n")));
	}
	sha256_end(&s, &out);
	return out;
}
