/* cut_testing: what is settled is kept as a disk, and grows with the journal. */
#include "log/cut_testing.h"

#include <stdlib.h>

#include "base/test.h"

static const struct {
	const char *word;
	size_t sector; /* of which some are there; 0: writes are whole */
	bool random;   /* each call may be missing */
} manners[CUT_MANNERS] = {
	[CUT_KEPT] = { "kept", 0, false },
	[CUT_LOST] = { "lost", 0, false },
	[CUT_TORN_512] = { "torn-512", 512, false },
	[CUT_TORN_4096] = { "torn-4096", 4096, false },
	[CUT_SOME] = { "some", 0, true },
	[CUT_SOME_512] = { "some-512", 512, true },
	[CUT_SOME_4096] = { "some-4096", 4096, true },
};

const char *cut_manner_word(enum cut_manner m)
{
	return manners[m].word;
}

bool cut_manner_is_random(enum cut_manner m)
{
	return m != CUT_KEPT && m != CUT_LOST;
}

/* --- what is settled ---------------------------------------------------------------- */

void past_start(struct past *p, const struct disk *of, const struct disk *before)
{
	*p = (struct past){ .disk = of };
	disk_clear(&p->settled);
	if (before)
		disk_copy(&p->settled, before);
	p->pending = malloc((of->journal_count + 1) * sizeof(*p->pending));
	CHECK(p->pending);
}

void past_end(struct past *p)
{
	disk_free(&p->settled);
	free(p->pending);
}

static bool changes_bytes(const struct disk_record *r)
{
	return r->call == DISK_WRITE || r->call == DISK_TRUNCATE;
}

static bool is_settled_by(const struct disk_record *r, const struct disk_record *sync)
{
	if (sync->call == DISK_SYNC)
		return changes_bytes(r) && r->node == sync->node;
	return !changes_bytes(r) && r->folder == sync->node;
}

static void settle(struct past *p, const struct disk_record *sync)
{
	size_t left = 0;

	for (size_t i = 0; i < p->pending_count; i++) {
		const struct disk_record *r = &p->disk->journal[p->pending[i]];

		if (!is_settled_by(r, sync))
			p->pending[left++] = p->pending[i];
		else if (!sync->failed)
			disk_apply(&p->settled, r);
	}
	p->pending_count = left;
}

bool past_goes_on(struct past *p)
{
	const struct disk_record *r;

	if (p->point == p->disk->journal_count)
		return false;
	r = &p->disk->journal[p->point];
	if (r->call == DISK_SYNC || r->call == DISK_SYNC_FOLDER) {
		settle(p, r);
	} else {
		if (r->call == DISK_MAKE)
			CHECK_INT(node_new(&p->settled, p->disk->nodes[r->node].folder), r->node);
		p->pending[p->pending_count++] = p->point;
	}
	p->point++;
	return true;
}

/* --- what is found -------------------------------------------------------------------- */

/* SplitMix64. */
static uint64_t deal(uint64_t *chance)
{
	uint64_t z = *chance += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* In some cases nearly all that is pending arrives, in others nearly nothing. */
struct luck {
	uint64_t chance;
	unsigned of_8; /* that often something is there */
};

static struct luck luck_of(const struct past *p, const struct cut *c)
{
	static const unsigned of_8[] = { 1, 4, 7 };
	struct luck l = { .chance = c->seed * UINT64_C(1000003) + p->point };

	l.of_8 = of_8[deal(&l.chance) % COUNT_OF(of_8)];
	return l;
}

static bool arrives(struct luck *l)
{
	return deal(&l->chance) % 8 < l->of_8;
}

/* A file may be longer without having been written: zeros, or what lay there before. */
static void put_noise(struct disk *out, uint32_t node, uint64_t end, struct luck *l)
{
	uint64_t old = out->nodes[node].size;

	if (end <= old || !arrives(l))
		return;
	node_resize(out, node, end);
	if (arrives(l))
		for (uint64_t i = old; i < end; i++)
			out->nodes[node].at[i] = (uint8_t)deal(&l->chance);
}

/* Some sectors of the write; sectors lie where they lie in the file. */
static void tear(struct disk *out, const struct disk_record *r, size_t sector, struct luck *l)
{
	uint64_t at = r->offset, end = r->offset + r->size;

	while (at < end) {
		uint64_t next = (at / sector + 1) * sector;
		struct bytes piece = bytes_of(r->bytes + (at - r->offset),
					      (size_t)((next < end ? next : end) - at));

		if (arrives(l))
			node_write(out, r->node, piece, at);
		else
			put_noise(out, r->node, at + piece.size, l);
		at += piece.size;
	}
}

void past_cut(const struct past *p, const struct cut *c, struct disk *out)
{
	size_t sector = manners[c->manner].sector;
	bool random = manners[c->manner].random;
	struct luck luck = luck_of(p, c);

	disk_copy(out, &p->settled);
	for (size_t i = 0; i < p->pending_count && c->manner != CUT_LOST; i++) {
		const struct disk_record *r = &p->disk->journal[p->pending[i]];
		bool newest = p->pending[i] + 1 == p->point;

		if (sector && r->call == DISK_WRITE && (random || newest))
			tear(out, r, sector, &luck);
		else if (!random || arrives(&luck))
			disk_apply(out, r);
	}
}
