/* Texts by number. */
#include <stdlib.h>

#include "match/records.h"

/* So that where one ends is a number of 32 bits. */
#define STRINGS_SIZE_MAX UINT32_MAX

struct text string_at(const struct strings *s, uint32_t number)
{
	uint32_t from = number > 1 ? s->ends[number - 1] : 0;

	if (!number)
		return TEXT("");
	return (struct text){ (const char *)s->bytes.at + from, s->ends[number] - from };
}

static uint64_t mixed(uint64_t h)
{
	h ^= h >> 32;
	h *= 0xd6e8feb86659fd93ull;
	return h ^ h >> 32;
}

/* Eight bytes at a time: names are short, and there are millions. */
static uint32_t hash(struct text t)
{
	uint64_t h = t.size * 0x9e3779b97f4a7c15ull, piece;

	for (; t.size >= sizeof(piece); t.at += sizeof(piece), t.size -= sizeof(piece)) {
		memcpy(&piece, t.at, sizeof(piece));
		h = mixed(h ^ piece);
	}
	piece = 0;
	memcpy(&piece, t.at, t.size);
	return (uint32_t)mixed(mixed(h ^ piece));
}

/* Where it is, or would be.  A text is looked at only where its hash is the same. */
static struct string_place *place_of(const struct strings *s, struct text t, uint32_t its_hash)
{
	uint32_t at = its_hash & (s->places_count - 1);

	while (s->places[at].number && (s->places[at].hash != its_hash ||
					!text_same(string_at(s, s->places[at].number), t)))
		at = (at + 1) & (s->places_count - 1);
	return &s->places[at];
}

uint32_t string_find(const struct strings *s, struct text t)
{
	return s->places_count ? place_of(s, t, hash(t))->number : 0;
}

static bool grow_places(struct strings *s)
{
	uint32_t count = s->places_count ? s->places_count * 2 : 1024;
	struct string_place *places = calloc(count, sizeof(*places));

	if (!places)
		return false;
	for (uint32_t i = 0; i < s->places_count; i++) {
		uint32_t at = s->places[i].hash & (count - 1);

		while (s->places[i].number && places[at].number)
			at = (at + 1) & (count - 1);
		if (s->places[i].number)
			places[at] = s->places[i];
	}
	free(s->places);
	s->places = places;
	s->places_count = count;
	return true;
}

static bool make_room(struct strings *s)
{
	while (s->places_count * 3ull < (s->count + 1) * 4ull)
		if (!grow_places(s))
			return false;
	if (s->room < s->count + 2) {
		uint32_t room = s->room + s->room / 2 + 1024;
		uint32_t *ends = realloc(s->ends, room * sizeof(*ends));
		uint32_t *counts;

		if (!ends)
			return false;
		s->ends = ends;
		counts = realloc(s->counts, room * sizeof(*counts));
		if (!counts)
			return false;
		s->counts = counts;
		s->room = room;
		s->bytes.limit = STRINGS_SIZE_MAX;
	}
	return true;
}

struct string_sought string_soon(const struct strings *s, struct text t)
{
	struct string_sought sought = { t, t.size ? hash(t) : 0 };

	if (t.size && s->places_count)
		__builtin_prefetch(&s->places[sought.hash & (s->places_count - 1)], 1);
	return sought;
}

static enum err add(struct strings *s, struct string_place *place,
		    const struct string_sought *sought, struct fault *f)
{
	buffer_text(&s->bytes, sought->text);
	if (s->bytes.err)
		return buffer_end(&s->bytes, f);
	s->ends[++s->count] = (uint32_t)s->bytes.size;
	s->counts[s->count] = 0;
	*place = (struct string_place){ sought->hash, s->count };
	return OK;
}

enum err string_put(struct strings *s, const struct string_sought *sought, uint32_t *number,
		    struct fault *f)
{
	struct string_place *place;
	enum err e;

	*number = 0;
	if (!sought->text.size)
		return OK;
	if (!make_room(s))
		return fault(f, ERR_MEMORY, "memory.none");
	place = place_of(s, sought->text, sought->hash);
	if (!place->number && (e = add(s, place, sought, f)))
		return e;
	*number = place->number;
	s->counts[*number]++;
	return OK;
}

void strings_free(struct strings *s)
{
	buffer_free(&s->bytes);
	free(s->ends);
	free(s->counts);
	free(s->places);
	*s = (struct strings){ 0 };
}
