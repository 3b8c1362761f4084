#include "log/log_testing.h"

#include "base/sha256.h"
#include "base/test.h"

#define TEST_MEMORY ((size_t)16 << 20)

void log_house_make(struct log_house *h)
{
	struct fault f = { 0 };

	memset(h, 0, sizeof(*h));
	world_simulated_init(&h->simulated, 1);
	test_folder_make(h->folder);
	h->simulated.world.chance(&h->simulated.world, h->self.site.at, ID_SIZE);
	CHECK_INT(arena_new(&h->arena, TEST_MEMORY), OK);
	CHECK_INT(log_create(&h->simulated.world, h->folder, &h->self, &f), OK);
	CHECK_INT(log_house_open(h, &f), OK);
}

void log_house_close(struct log_house *h)
{
	log_close(h->log);
	h->log = NULL;
}

enum err log_house_open(struct log_house *h, struct fault *f)
{
	return log_open(&h->log, &h->simulated.world, h->folder, f);
}

void log_house_clear(struct log_house *h)
{
	log_house_close(h);
	arena_free(h->arena);
	test_folder_remove(h->folder);
}

struct hash made_commitment(uint64_t seq)
{
	return sha256_of(bytes_of(&seq, sizeof(seq)));
}

struct log_entry made_entry(uint64_t seq, struct arena *a)
{
	struct log_entry e = { .seq = seq, .commitment = made_commitment(seq) };
	size_t size = 1 + seq * 37 % 600;
	uint8_t *envelope = arena_take(a, size);

	CHECK(envelope);
	memset(envelope, (int)(seq % 251), size);
	memcpy(e.subject.at, made_commitment(seq / 3).at, ID_SIZE);
	e.envelope = bytes_of(envelope, size);
	return e;
}

void log_house_grow(struct log_house *h, uint64_t count)
{
	static struct log_entry entries[LOG_BATCH_MAX];
	struct fault f = { 0 };

	while (count) {
		size_t n = count < LOG_BATCH_MAX ? (size_t)count : LOG_BATCH_MAX;
		uint64_t first = log_length(h->log);
		struct log_batch b = { .entries = entries, .entry_count = n };

		arena_reset(h->arena);
		for (size_t i = 0; i < n; i++)
			entries[i] = made_entry(first + i, h->arena);
		CHECK_INT(log_append(h->log, &b, &f), OK);
		count -= n;
	}
}
