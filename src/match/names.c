/* The index of names: built, changed, settled. */
#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/embed.h"
#include "match/names.h"

/* --- building ------------------------------------------------------------------------- */

enum err match_channel_read(struct channel **out, struct text table, struct fault *f)
{
	return channel_new(out, table, f);
}

enum err match_channel_shipped(const struct channel **out, struct fault *f)
{
	static _Atomic(struct channel *) kept;
	struct bytes b = embedded("match/channel.tsv");
	struct channel *c = atomic_load(&kept), *none = NULL;
	enum err e = OK;

	if (!c && !(e = channel_new(&c, (struct text){ (const char *)b.at, b.size }, f)) &&
	    !atomic_compare_exchange_strong(&kept, &none, c)) {
		/* Another thread was first. */
		channel_free(c);
		c = none;
	}
	*out = c;
	return e;
}

void match_channel_free(struct channel *c)
{
	channel_free(c);
}

static void wipe(void *at, size_t size)
{
	if (at)
		explicit_bzero(at, size);
	free(at);
}

enum err match_index_new(struct match_index **out, const struct channel *c, struct fault *f)
{
	struct match_index *x = calloc(1, sizeof(*x));

	*out = x;
	if (!x)
		return fault(f, ERR_MEMORY, "memory.none");
	x->dictionary = (struct dictionary){ .channel = c, .compared = true };
	return OK;
}

static void drop_posts(struct match_index *x)
{
	size_t count = x->post_starts ? x->post_starts[x->settled_words + 1] : 0;

	wipe(x->posts, count * sizeof(*x->posts));
	wipe(x->post_starts, (x->settled_words + 2) * sizeof(*x->post_starts));
	x->posts = x->post_starts = NULL;
	x->settled = x->settled_words = 0;
}

void match_index_free(struct match_index *x)
{
	if (!x)
		return;
	drop_posts(x);
	dictionary_free(&x->dictionary);
	wipe(x->starts, (size_t)x->room * sizeof(*x->starts));
	wipe(x->words, (size_t)x->words_room * sizeof(*x->words));
	free(x);
}

static bool grow(uint32_t **at, uint32_t before, uint32_t count)
{
	uint32_t *grown = malloc((size_t)count * sizeof(*grown));

	if (!grown)
		return false;
	if (before)
		memcpy(grown, *at, (size_t)before * sizeof(*grown));
	wipe(*at, (size_t)before * sizeof(*grown));
	*at = grown;
	return true;
}

#define WORDS_MAX (UINT32_MAX / 2)

static bool make_room(struct match_index *x)
{
	if (x->count >= MATCH_PEOPLE_MAX || x->words_count > WORDS_MAX)
		return false;
	if (x->room < x->count + 2) {
		uint32_t room = x->room + x->room / 4 + 1024;

		if (!grow(&x->starts, x->room, room))
			return false;
		if (!x->room)
			x->starts[0] = 0;
		x->room = room;
	}
	if (x->words_room < x->words_count + TOKENS_MAX) {
		uint32_t room = x->words_room + x->words_room / 4 + 4096;

		if (!grow(&x->words, x->words_room, room))
			return false;
		x->words_room = room;
	}
	return true;
}

/* How many may wait until all is settled anew: what is looked at one by one stays short. */
static bool too_many_wait(const struct match_index *x)
{
	uint32_t waiting = x->count - x->settled;

	return x->settled && waiting > 1024 && waiting > x->settled / 8;
}

enum err match_index_add(struct match_index *x, struct text name, uint32_t *number, struct fault *f)
{
	struct token tokens[TOKENS_MAX];
	size_t count = tokens_of(tokens, name);
	uint32_t words[TOKENS_MAX];
	enum err e = OK;

	if (!make_room(x))
		return fault(f, ERR_MEMORY, "memory.none");
	for (size_t i = 0; !e && i < count; i++)
		e = dictionary_add(&x->dictionary, &tokens[i], &words[i], f);
	if (e)
		return e;
	for (size_t i = 0; i < count; i++) {
		x->words[x->words_count++] = words[i];
		x->dictionary.people[words[i]]++;
	}
	*number = x->count++;
	x->changes++;
	x->starts[x->count] = x->words_count;
	return too_many_wait(x) ? match_index_settle(x, f) : OK;
}

void match_index_remove(struct match_index *x, uint32_t number)
{
	assert(number < x->count);
	x->changes++;
	for (uint32_t i = x->starts[number]; i < x->starts[number + 1]; i++) {
		if (x->words[i])
			x->dictionary.people[x->words[i]]--;
		x->words[i] = 0;
	}
}

enum err match_index_settle(struct match_index *x, struct fault *f)
{
	uint32_t words = x->dictionary.count;
	uint32_t *starts = calloc((size_t)words + 2, sizeof(*starts));
	uint32_t *posts = malloc((size_t)(x->words_count + 1) * sizeof(*posts));

	if (!starts || !posts) {
		free(starts);
		free(posts);
		return fault(f, ERR_MEMORY, "memory.none");
	}
	drop_posts(x);
	for (uint32_t i = 0; i < x->words_count; i++)
		if (x->words[i])
			starts[x->words[i]]++;
	for (uint32_t word = 1; word <= words + 1; word++)
		starts[word] += starts[word - 1];
	/* Each now says where its people end; filled in from the last one, where they begin. */
	for (uint32_t number = x->count; number-- > 0;)
		for (uint32_t i = x->starts[number]; i < x->starts[number + 1]; i++)
			if (x->words[i])
				posts[--starts[x->words[i]]] = number;
	x->post_starts = starts;
	x->posts = posts;
	x->settled = x->count;
	x->settled_words = words;
	return OK;
}

uint32_t match_index_count(const struct match_index *x)
{
	return x->count;
}

size_t match_index_size(const struct match_index *x)
{
	size_t posts = x->post_starts ? x->post_starts[x->settled_words + 1] : 0;

	return sizeof(*x) + dictionary_size(&x->dictionary) +
	       sizeof(uint32_t) * ((size_t)x->room + x->words_room + posts + x->settled_words + 2);
}
