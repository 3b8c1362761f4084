/*
 * Two tables lead from a ref to its number: (site, epoch) → origin, and (origin,
 * seq >> 8) → block.  Facts come in runs, so the last answers of both are tried
 * first.  Readers on several threads only call what does not write: trail_find()
 * leaves the remembered answers alone.
 */
#include "state/trail.h"

#define BLOCK_SHIFT 8
#define BLOCK_FACTS (1u << BLOCK_SHIFT)
#define BLOCKS_MAX (1u << (32 - BLOCK_SHIFT))

struct trail_block {
	uint32_t origin;
	uint64_t run; /* seq >> BLOCK_SHIFT */
};

void trail_init(struct trail *t)
{
	*t = (struct trail){ 0 };
	chunks_init(&t->origins, sizeof(struct trail_origin), 6);
	chunks_init(&t->blocks, sizeof(struct trail_block), 10);
	chunks_init(&t->links, sizeof(uint32_t), 14);
	chunks_init(&t->marks, sizeof(uint8_t), 14);
}

void trail_free(struct trail *t)
{
	chunks_free(&t->origins);
	table_free(&t->origin_of);
	chunks_free(&t->blocks);
	table_free(&t->block_of);
	chunks_free(&t->links);
	chunks_free(&t->marks);
}

uint64_t trail_bytes(const struct trail *t)
{
	return chunks_bytes(&t->origins) + table_bytes(&t->origin_of) + chunks_bytes(&t->blocks) +
	       table_bytes(&t->block_of) + chunks_bytes(&t->links) + chunks_bytes(&t->marks);
}

static struct trail_origin *origin_at(const struct trail *t, uint32_t origin)
{
	return chunks_at(&t->origins, origin);
}

static struct trail_block *block_at(const struct trail *t, uint32_t block)
{
	return chunks_at(&t->blocks, block);
}

static bool is_origin(const struct trail *t, uint32_t origin, const struct fact_ref *ref)
{
	const struct trail_origin *o = origin_at(t, origin);

	return o->epoch == ref->epoch && id_same(&o->site, &ref->site);
}

static uint64_t origin_hash(const struct fact_ref *ref)
{
	return hash_mix(hash_of_id(&ref->site, 0) ^ ref->epoch);
}

static uint64_t block_hash(uint32_t origin, uint64_t run)
{
	return hash_mix(hash_mix(run) ^ origin);
}

static uint32_t find_origin(const struct trail *t, const struct fact_ref *ref)
{
	struct table_walk w = table_walk(&t->origin_of, origin_hash(ref));
	uint32_t origin;

	if (t->last_origin && is_origin(t, t->last_origin, ref))
		return t->last_origin;
	while ((origin = table_next(&t->origin_of, &w)))
		if (is_origin(t, origin, ref))
			break;
	return origin;
}

static uint32_t find_block(const struct trail *t, uint32_t origin, uint64_t run)
{
	struct table_walk w = table_walk(&t->block_of, block_hash(origin, run));
	uint32_t block;

	if (t->last_block) {
		const struct trail_block *last = block_at(t, t->last_block);

		if (last->origin == origin && last->run == run)
			return t->last_block;
	}
	while ((block = table_next(&t->block_of, &w)))
		if (block_at(t, block)->origin == origin && block_at(t, block)->run == run)
			break;
	return block;
}

static uint32_t make_origin(struct trail *t, const struct fact_ref *ref)
{
	uint32_t origin = t->origins.count ? t->origins.count : 1;

	if (!chunks_reach(&t->origins, origin + 1) ||
	    !table_add(&t->origin_of, origin_hash(ref), origin))
		return 0;
	*origin_at(t, origin) = (struct trail_origin){
		.site = ref->site,
		.epoch = ref->epoch,
		.last_recorded = INT64_MIN,
	};
	return origin;
}

static uint32_t make_block(struct trail *t, uint32_t origin, uint64_t run)
{
	uint32_t block = t->blocks.count ? t->blocks.count : 1;

	if (block >= BLOCKS_MAX - 1 || !chunks_reach(&t->blocks, block + 1) ||
	    !chunks_reach(&t->links, (block + 1) << BLOCK_SHIFT) ||
	    !chunks_reach(&t->marks, (block + 1) << BLOCK_SHIFT) ||
	    !table_add(&t->block_of, block_hash(origin, run), block))
		return 0;
	*block_at(t, block) = (struct trail_block){ origin, run };
	return block;
}

uint32_t trail_place(struct trail *t, const struct fact_ref *ref)
{
	uint32_t origin = find_origin(t, ref), block;

	if (!origin && !(origin = make_origin(t, ref)))
		return 0;
	block = find_block(t, origin, ref->seq >> BLOCK_SHIFT);
	if (!block && !(block = make_block(t, origin, ref->seq >> BLOCK_SHIFT)))
		return 0;
	t->last_origin = origin;
	t->last_block = block;
	return block << BLOCK_SHIFT | (uint32_t)(ref->seq & (BLOCK_FACTS - 1));
}

uint32_t trail_find(const struct trail *t, const struct fact_ref *ref)
{
	uint32_t origin = find_origin(t, ref);
	uint32_t block = origin ? find_block(t, origin, ref->seq >> BLOCK_SHIFT) : 0;
	uint32_t fact = block << BLOCK_SHIFT | (uint32_t)(ref->seq & (BLOCK_FACTS - 1));

	return block && *trail_marks(t, fact) & TRAIL_KNOWN ? fact : 0;
}

struct fact_ref trail_ref(const struct trail *t, uint32_t fact)
{
	const struct trail_block *b = block_at(t, fact >> BLOCK_SHIFT);
	const struct trail_origin *o = origin_at(t, b->origin);

	return (struct fact_ref){
		.site = o->site,
		.epoch = o->epoch,
		.seq = b->run << BLOCK_SHIFT | (fact & (BLOCK_FACTS - 1)),
	};
}

struct trail_origin *trail_origin(const struct trail *t, uint32_t fact)
{
	return origin_at(t, block_at(t, fact >> BLOCK_SHIFT)->origin);
}
