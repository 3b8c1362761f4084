/*
 * Packed texts, one block of the heap each:
 *
 *     u16le size, bytes, u16le size, bytes, …          in the order of the list
 *
 * and behind those of a person's names, for each paper
 *
 *     u8 kind, i32le valid to, u16le size, bytes (number), u16le size, bytes (digits)
 *
 * A block is written before the one that it replaces is dropped: texts that did not
 * change still point into that one.
 */
#include "state/columns.h"

#include <stdlib.h>

#define TEXT_MAX UINT16_MAX

static size_t size_of(struct text t)
{
	return t.size < TEXT_MAX ? t.size : TEXT_MAX;
}

static void write_text(uint8_t **to, struct text t)
{
	uint16_t size = (uint16_t)size_of(t);

	memcpy(*to, &size, sizeof(size));
	*to += sizeof(size);
	if (size)
		memcpy(*to, t.at, size);
	*to += size;
}

static struct text read_text(struct bytes *from)
{
	uint16_t size;
	struct text t;

	if (from->size < sizeof(size))
		return (struct text){ 0 };
	memcpy(&size, from->at, sizeof(size));
	t = (struct text){ size ? (const char *)from->at + sizeof(size) : NULL, size };
	*from = bytes_of(from->at + sizeof(size) + size, from->size - sizeof(size) - size);
	return t;
}

static bool replace(struct heap *h, uint32_t *block, uint32_t by)
{
	if (!by)
		return false;
	heap_drop(h, *block);
	*block = by;
	return true;
}

bool texts_keep(struct heap *h, uint32_t *block, struct text *const *texts, size_t count)
{
	size_t size = 0;
	uint32_t new;
	uint8_t *to;

	for (size_t i = 0; i < count; i++)
		size += sizeof(uint16_t) + size_of(*texts[i]);
	if (!(new = heap_take(h, size)))
		return false;
	to = heap_edit(h, new);
	for (size_t i = 0; i < count; i++)
		write_text(&to, *texts[i]);
	return replace(h, block, new);
}

void texts_view(const struct heap *h, uint32_t block, struct text *const *texts, size_t count)
{
	struct bytes from = heap_at(h, block);

	for (size_t i = 0; i < count; i++)
		*texts[i] = read_text(&from);
}

/* --- names -------------------------------------------------------------------- */

#define NAME_TEXTS 9
#define DOCUMENT_HEAD (sizeof(uint8_t) + sizeof(int32_t))

static void list_names(struct person_names *n, struct text *list[NAME_TEXTS])
{
	struct text *all[NAME_TEXTS] = {
		&n->given,	  &n->given_latin, &n->family,
		&n->family_latin, &n->source_key,  &n->father,
		&n->father_latin, &n->grandfather, &n->grandfather_latin,
	};

	memcpy(list, all, sizeof(all));
}

static size_t names_size(struct text *const *texts, const struct person_names *n)
{
	size_t size = 0;

	for (size_t i = 0; i < NAME_TEXTS; i++)
		size += size_of(*texts[i]);
	for (size_t i = 0; i < n->document_count; i++)
		size += DOCUMENT_HEAD + 2 * sizeof(uint16_t) + size_of(n->documents[i].number) +
			size_of(n->documents[i].digits);
	return size ? size + NAME_TEXTS * sizeof(uint16_t) : 0;
}

bool names_keep(struct heap *h, uint32_t *block, const struct person_names *names)
{
	struct person_names n = *names;
	struct text *texts[NAME_TEXTS];
	size_t size;
	uint32_t new;
	uint8_t *to;

	list_names(&n, texts);
	size = names_size(texts, &n);
	if (!size) {
		heap_drop(h, *block);
		*block = 0;
		return true;
	}
	if (!(new = heap_take(h, size)))
		return false;
	to = heap_edit(h, new);
	for (size_t i = 0; i < NAME_TEXTS; i++)
		write_text(&to, *texts[i]);
	for (size_t i = 0; i < n.document_count; i++) {
		*to++ = n.documents[i].kind;
		memcpy(to, &n.documents[i].valid_to, sizeof(int32_t));
		to += sizeof(int32_t);
		write_text(&to, n.documents[i].number);
		write_text(&to, n.documents[i].digits);
	}
	return replace(h, block, new);
}

void names_view(const struct heap *h, uint32_t block, struct person_names *n)
{
	struct bytes from = heap_at(h, block);
	struct text *texts[NAME_TEXTS];

	*n = (struct person_names){ 0 };
	list_names(n, texts);
	for (size_t i = 0; i < NAME_TEXTS; i++)
		*texts[i] = read_text(&from);
	while (from.size >= DOCUMENT_HEAD && n->document_count < COUNT_OF(n->documents)) {
		struct document *d = &n->documents[n->document_count++];

		d->kind = from.at[0];
		memcpy(&d->valid_to, from.at + 1, sizeof(int32_t));
		from = bytes_of(from.at + DOCUMENT_HEAD, from.size - DOCUMENT_HEAD);
		d->number = read_text(&from);
		d->digits = read_text(&from);
	}
}
