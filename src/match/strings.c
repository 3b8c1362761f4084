/* Texts by number. */
#include <stdlib.h>

#include "match/records.h"

struct text string_at(const struct strings *s, uint32_t number)
{
	uint64_t from = number > 1 ? s->ends[number - 1] : 0;

	if (!number)
		return TEXT("");
	return (struct text){ (const char *)s->bytes.at + from, (size_t)(s->ends[number] - from) };
}

static uint32_t hash(struct text t)
{
	uint64_t h = 0xcbf29ce484222325ull;

	for (size_t i = 0; i < t.size; i++)
		h = (h ^ (uint8_t)t.at[i]) * 0x100000001b3ull;
	return (uint32_t)(h ^ h >> 32);
}

static uint32_t *place_of(const struct strings *s, struct text t)
{
	uint32_t at = hash(t) & (s->places_count - 1);

	while (s->places[at] && !text_same(string_at(s, s->places[at]), t))
		at = (at + 1) & (s->places_count - 1);
	return &s->places[at];
}

uint32_t string_find(const struct strings *s, struct text t)
{
	return s->places_count ? *place_of(s, t) : 0;
}

static bool grow_places(struct strings *s)
{
	uint32_t count = s->places_count ? s->places_count * 2 : 1024;
	uint32_t *places = calloc(count, sizeof(*places));

	if (!places)
		return false;
	free(s->places);
	s->places = places;
	s->places_count = count;
	for (uint32_t i = 1; i <= s->count; i++)
		*place_of(s, string_at(s, i)) = i;
	return true;
}

static bool make_room(struct strings *s)
{
	while (s->places_count * 3ull < (s->count + 1) * 4ull)
		if (!grow_places(s))
			return false;
	if (s->room < s->count + 2) {
		uint32_t room = s->room + s->room / 2 + 1024;
		uint64_t *ends = realloc(s->ends, room * sizeof(*ends));
		uint32_t *counts;

		if (!ends)
			return false;
		s->ends = ends;
		counts = realloc(s->counts, room * sizeof(*counts));
		if (!counts)
			return false;
		s->counts = counts;
		s->room = room;
	}
	return true;
}

enum err string_put(struct strings *s, struct text t, uint32_t *number, struct fault *f)
{
	*number = 0;
	if (!t.size)
		return OK;
	if (!make_room(s))
		return fault(f, ERR_MEMORY, "memory.none");
	*number = string_find(s, t);
	if (!*number) {
		uint32_t *place = place_of(s, t);

		buffer_text(&s->bytes, t);
		if (s->bytes.err)
			return buffer_end(&s->bytes, f);
		s->ends[++s->count] = s->bytes.size;
		s->counts[s->count] = 0;
		*place = *number = s->count;
	}
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
