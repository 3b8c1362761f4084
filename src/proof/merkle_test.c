/*
 * Proofs against the roots of an independent definition, and the published audit
 * paths of the eight reference leaves of Certificate Transparency
 * (python/ct/crypto/merkle_test.py and the log verifier tests of
 * github.com/google/certificate-transparency-go, merkle/log_verifier_test.go).
 */
#include "base/prop.h"
#include "base/sha256.h"
#include "log/log_testing.h"
#include "proof/proof.h"

#define FACTS 300

static struct hash leaf_of(uint64_t seq)
{
	struct hash commitment = made_commitment(seq), leaf;

	log_leaf(&leaf, &commitment);
	return leaf;
}

static struct hash hash_of_hex(const char *hex)
{
	struct hash h;

	CHECK(hex_read(h.at, HASH_SIZE, text_of(hex)));
	return h;
}

struct grown {
	struct log_house house;
	struct hash leaves[FACTS];
	struct hash roots[FACTS + 1]; /* by size */
};

static void grow(struct grown *g)
{
	struct fault f = { 0 };

	log_house_make(&g->house);
	log_house_grow(&g->house, FACTS);
	for (uint64_t i = 0; i < FACTS; i++)
		g->leaves[i] = leaf_of(i);
	for (uint64_t size = 0; size <= FACTS; size++)
		CHECK_INT(log_root(g->house.log, size, &g->roots[size], &f), OK);
}

TEST(every_fact_is_proved_to_be_in_every_tree_that_has_it)
{
	static struct grown g;
	struct merkle_proof p;
	struct fault f = { 0 };

	grow(&g);
	for (uint64_t size = 1; size <= FACTS; size++) {
		for (uint64_t seq = 0; seq < size; seq++) {
			CHECK_INT(inclusion_prove(&p, g.house.log, seq, size, &f), OK);
			CHECK(inclusion_holds(&p, &g.leaves[seq], seq, size, &g.roots[size]));
		}
	}
	log_house_clear(&g.house);
}

TEST(every_tree_is_proved_to_extend_every_older_one)
{
	static struct grown g;
	struct merkle_proof p;
	struct fault f = { 0 };

	grow(&g);
	for (uint64_t newer = 0; newer <= 100; newer++) {
		for (uint64_t older = 0; older <= newer; older++) {
			CHECK_INT(consistency_prove(&p, g.house.log, older, newer, &f), OK);
			CHECK(consistency_holds(&p, older, newer, &g.roots[older],
						&g.roots[newer]));
		}
	}
	for (uint64_t older = 0; older <= FACTS; older++) {
		CHECK_INT(consistency_prove(&p, g.house.log, older, FACTS, &f), OK);
		CHECK(consistency_holds(&p, older, FACTS, &g.roots[older], &g.roots[FACTS]));
	}
	log_house_clear(&g.house);
}

TEST(proofs_in_a_tree_of_three_levels_of_tiles_hold)
{
	static const uint64_t seqs[] = { 0, 255, 256, 40000, 65535, 65536, 65999 };
	struct log_house h;
	struct merkle_proof p;
	struct hash leaf, older, newer;
	struct fault f = { 0 };

	log_house_make(&h);
	log_house_grow(&h, 66000);
	CHECK_INT(log_root(h.log, 66000, &newer, &f), OK);
	for (size_t i = 0; i < COUNT_OF(seqs); i++) {
		leaf = leaf_of(seqs[i]);
		CHECK_INT(inclusion_prove(&p, h.log, seqs[i], 66000, &f), OK);
		CHECK(inclusion_holds(&p, &leaf, seqs[i], 66000, &newer));
		CHECK_INT(log_root(h.log, seqs[i], &older, &f), OK);
		CHECK_INT(consistency_prove(&p, h.log, seqs[i], 66000, &f), OK);
		CHECK(consistency_holds(&p, seqs[i], 66000, &older, &newer));
	}
	log_house_clear(&h);
}

/* A proof of this size with anything in it or around it changed. */
struct forging {
	struct merkle_proof proof;
	struct hash leaf_or_older, root;
	uint64_t low, high; /* seq and size, or the older size and the newer */
};

static void flip(struct prop *p, struct hash *h)
{
	h->at[prop_pick(p, HASH_SIZE)] ^= (uint8_t)(1u << prop_pick(p, 8));
}

static void forge(struct prop *p, struct forging *x)
{
	switch (prop_pick(p, 6)) {
	case 0:
		if (x->proof.count) {
			flip(p, &x->proof.at[prop_pick(p, x->proof.count)]);
			return;
		}
		break;
	case 1:
		if (x->proof.count) {
			x->proof.count--;
			return;
		}
		break;
	case 2: prop_fill(p, &x->proof.at[x->proof.count++], HASH_SIZE); return;
	case 3: flip(p, &x->leaf_or_older); return;
	case 4: x->proof.count = PROOF_HASHES_MAX + 1 + prop_pick(p, 1000); return;
	}
	flip(p, &x->root);
}

/* The logs of the properties below are made once for all runs. */
static struct grown *shared(void)
{
	static struct grown g;

	return &g;
}

static void a_forged_inclusion_does_not_hold(struct prop *p)
{
	struct grown *g = shared();
	struct forging x;
	struct fault f = { 0 };

	x.high = prop_uint(p, 1, FACTS);
	x.low = prop_uint(p, 0, x.high - 1);
	x.leaf_or_older = g->leaves[x.low];
	x.root = g->roots[x.high];
	CHECK_INT(inclusion_prove(&x.proof, g->house.log, x.low, x.high, &f), OK);
	forge(p, &x);
	CHECK(!inclusion_holds(&x.proof, &x.leaf_or_older, x.low, x.high, &x.root));
}

static void a_forged_consistency_does_not_hold(struct prop *p)
{
	struct grown *g = shared();
	struct forging x;
	struct fault f = { 0 };

	x.high = prop_uint(p, 2, FACTS);
	x.low = prop_uint(p, 1, x.high - 1);
	x.leaf_or_older = g->roots[x.low];
	x.root = g->roots[x.high];
	CHECK_INT(consistency_prove(&x.proof, g->house.log, x.low, x.high, &f), OK);
	forge(p, &x);
	CHECK(!consistency_holds(&x.proof, x.low, x.high, &x.leaf_or_older, &x.root));
}

/* Another place or another size makes another path, or none. */
static void a_proof_does_not_hold_for_another_fact_or_size(struct prop *p)
{
	struct grown *g = shared();
	uint64_t size = prop_uint(p, 1, FACTS), seq = prop_uint(p, 0, size - 1);
	uint64_t other = prop_uint(p, 0, FACTS + 5), other_size = prop_uint(p, 0, FACTS);
	struct merkle_proof proof;
	struct fault f = { 0 };

	CHECK_INT(inclusion_prove(&proof, g->house.log, seq, size, &f), OK);
	if (other != seq) {
		CHECK(!inclusion_holds(&proof, &g->leaves[seq], other, size, &g->roots[size]));
		if (other < FACTS)
			CHECK(!inclusion_holds(&proof, &g->leaves[other], seq, size,
					       &g->roots[size]));
	}
	if (other_size != size)
		CHECK(!inclusion_holds(&proof, &g->leaves[seq], seq, size, &g->roots[other_size]));
}

TEST(no_forged_proof_holds)
{
	grow(shared());
	prop_run(a_forged_inclusion_does_not_hold, 2000, 1);
	prop_run(a_forged_consistency_does_not_hold, 2000, 2);
	prop_run(a_proof_does_not_hold_for_another_fact_or_size, 2000, 3);
	log_house_clear(&shared()->house);
}

TEST(trees_that_do_not_extend_each_other_are_told_apart)
{
	static struct grown g;
	struct merkle_proof none = { 0 };

	grow(&g);
	CHECK(!consistency_holds(&none, 5, 4, &g.roots[5], &g.roots[4]));
	CHECK(!consistency_holds(&none, 4, 4, &g.roots[5], &g.roots[4]));
	CHECK(consistency_holds(&none, 4, 4, &g.roots[4], &g.roots[4]));
	CHECK(!consistency_holds(&none, 0, 4, &g.roots[1], &g.roots[4]));
	CHECK(!consistency_holds(&none, 0, 0, &g.roots[1], &g.roots[1]));
	CHECK(!consistency_holds(&none, 2, 4, &g.roots[2], &g.roots[4]));
	CHECK(!inclusion_holds(&none, &g.leaves[0], 0, 0, &g.roots[0]));
	CHECK(inclusion_holds(&none, &g.leaves[0], 0, 1, &g.roots[1]));
	log_house_clear(&g.house);
}

TEST(what_is_beyond_the_log_is_not_proved)
{
	struct log_house h;
	struct merkle_proof p;
	struct fault f;

	log_house_make(&h);
	log_house_grow(&h, 5);
	CHECK_FAULT(inclusion_prove(&p, h.log, 5, 5, &f), ERR_INPUT, &f, "proof.no-such-leaf");
	CHECK_FAULT(inclusion_prove(&p, h.log, 2, 6, &f), ERR_INPUT, &f, "proof.no-such-leaf");
	CHECK_FAULT(consistency_prove(&p, h.log, 2, 6, &f), ERR_INPUT, &f, "proof.no-such-size");
	CHECK_FAULT(consistency_prove(&p, h.log, 4, 3, &f), ERR_INPUT, &f, "proof.no-such-size");
	log_house_clear(&h);
}

/* --- the published paths ----------------------------------------------------------------- */

#define ROOT_OF_5 "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"
#define ROOT_OF_8 "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"

static struct merkle_proof path_of(const char *const hex[], size_t count)
{
	struct merkle_proof p = { .count = count };

	for (size_t i = 0; i < count; i++)
		p.at[i] = hash_of_hex(hex[i]);
	return p;
}

TEST(the_published_inclusion_paths_hold)
{
	static const char *const first_of_8[] = {
		"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
		"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
		"6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
	};
	static const char *const sixth_of_8[] = {
		"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
		"ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
	};
	/* Leaf 0 is empty, leaf 5 is 40414243. */
	struct hash leaf_0 = sha256_of(bytes_of("\0", 1)), root = hash_of_hex(ROOT_OF_8);
	struct hash leaf_5 = sha256_of(bytes_of("\0\x40\x41\x42\x43", 5));
	struct merkle_proof p = path_of(first_of_8, 3);

	CHECK(inclusion_holds(&p, &leaf_0, 0, 8, &root));
	p = path_of(sixth_of_8, 3);
	CHECK(inclusion_holds(&p, &leaf_5, 5, 8, &root));
	CHECK(!inclusion_holds(&p, &leaf_0, 5, 8, &root));
}

TEST(the_published_consistency_paths_hold)
{
	static const char *const from_2_to_5[] = {
		"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
		"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
	};
	static const char *const from_6_to_8[] = {
		"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
		"ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
	};
	struct hash root_2 =
		hash_of_hex("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
	struct hash root_6 =
		hash_of_hex("76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef");
	struct hash root_5 = hash_of_hex(ROOT_OF_5), root_8 = hash_of_hex(ROOT_OF_8);
	struct merkle_proof p = path_of(from_2_to_5, 2);

	CHECK(consistency_holds(&p, 2, 5, &root_2, &root_5));
	p = path_of(from_6_to_8, 3);
	CHECK(consistency_holds(&p, 6, 8, &root_6, &root_8));
	CHECK(!consistency_holds(&p, 6, 8, &root_5, &root_8));
}

RUN_TESTS()
