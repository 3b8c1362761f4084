/*
 * The reference tree and proofs of github.com/transparency-dev/merkle, and every way in
 * which its own tests spoil them: another place or size, another root or leaf, a hash
 * too many, too few, in the wrong order or with one bit changed.
 */
#include "base/sha256.h"
#include "base/test.h"
#include "base/vectors_testing.h"
#include "proof/proof.h"

#define TREE_SIZE 8

struct tree {
	struct hash leaves[TREE_SIZE];
	struct hash roots[TREE_SIZE + 1]; /* by size */
};

/* "sha256SomeHash" of the reference: no hash of this tree. */
#define SOME_HASH "abacaba000000000000000000000000000000000000000000060061e00123456"

static struct hash hash_of_hex(struct text hex)
{
	struct hash h;

	CHECK(hex_read(h.at, HASH_SIZE, hex));
	return h;
}

static struct hash leaf_of(struct bytes b)
{
	struct hash leaf;
	struct sha256 sum;

	sha256_begin(&sum);
	sha256_add(&sum, bytes_of("", 1));
	sha256_add(&sum, b);
	sha256_end(&sum, &leaf);
	return leaf;
}

static struct tree reference_tree(void)
{
	struct tree t = { .roots[0] = sha256_of(bytes_of(NULL, 0)) };
	struct text fields[2];
	struct vectors v;

	vectors_open(&v, "tests/vectors/merkle/tree.tsv");
	while (vectors_next(&v, fields, COUNT_OF(fields))) {
		CHECK(v.count <= TREE_SIZE);
		t.leaves[v.count - 1] = leaf_of(vectors_hex(&v, fields[0]));
		t.roots[v.count] = hash_of_hex(fields[1]);
	}
	vectors_close(&v, TREE_SIZE);
	return t;
}

static struct merkle_proof proof_of(struct text hashes)
{
	struct merkle_proof p = { .count = 0 };
	struct text word;

	while (vectors_word(&hashes, &word)) {
		CHECK(p.count < PROOF_HASHES_MAX);
		p.at[p.count++] = hash_of_hex(word);
	}
	return p;
}

/* --- one case, good or spoilt ------------------------------------------------------------------ */

/* `low` is a seq under `high`, a size, or both are sizes; `first` a leaf or the older root. */
struct probe {
	bool (*holds)(const struct probe *p);
	uint64_t low, high;
	struct hash first, root;
	struct merkle_proof proof;
};

static bool inclusion_probed(const struct probe *p)
{
	return inclusion_holds(&p->proof, &p->first, p->low, p->high, &p->root);
}

static bool consistency_probed(const struct probe *p)
{
	return consistency_holds(&p->proof, p->low, p->high, &p->first, &p->root);
}

static struct probe with_sizes(struct probe p, uint64_t low, uint64_t high)
{
	p.low = low;
	p.high = high;
	return p;
}

static struct probe with_roots(struct probe p, struct hash first, struct hash root)
{
	p.first = first;
	p.root = root;
	return p;
}

static struct probe with_hash_at(struct probe p, size_t at, struct hash h)
{
	CHECK(at <= p.proof.count && p.proof.count < PROOF_HASHES_MAX);
	memmove(&p.proof.at[at + 1], &p.proof.at[at], (p.proof.count - at) * sizeof(h));
	p.proof.at[at] = h;
	p.proof.count++;
	return p;
}

static struct probe with_bit_changed(struct probe p, size_t at, uint8_t bit)
{
	p.proof.at[at].at[0] ^= bit;
	return p;
}

static struct probe with_count(struct probe p, size_t count)
{
	p.proof.count = count;
	return p;
}

/* Each spoilt proof is counted: a case that fell out would pass unseen. */
static void check_refused(struct probe p, const char *spoilt, size_t *count)
{
	if (p.holds(&p))
		check_failed(__FILE__, __LINE__, "%ju in %ju holds with %s", (uintmax_t)p.low,
			     (uintmax_t)p.high, spoilt);
	++*count;
}

static void check_spoilt_sizes(const struct probe *p, size_t *count)
{
	check_refused(with_sizes(*p, p->low - 1, p->high), "low - 1", count);
	check_refused(with_sizes(*p, p->low + 1, p->high), "low + 1", count);
	check_refused(with_sizes(*p, p->low ^ 2, p->high), "low ^ 2", count);
	check_refused(with_sizes(*p, p->low, p->high * 2), "high * 2", count);
	check_refused(with_sizes(*p, p->low, p->high / 2), "high / 2", count);
}

static void check_spoilt_hashes(const struct probe *p, size_t *count)
{
	const struct hash empty = sha256_of(bytes_of(NULL, 0)), some = hash_of_hex(TEXT(SOME_HASH));

	check_refused(with_roots(*p, some, p->root), "another leaf or older root", count);
	check_refused(with_roots(*p, p->first, empty), "the root of no tree", count);
	check_refused(with_roots(*p, p->first, some), "another root", count);
}

static void check_spoilt_proof(const struct probe *p, uint8_t bit, size_t *count)
{
	size_t last = p->proof.count;

	check_refused(with_hash_at(*p, last, p->root), "the root behind", count);
	check_refused(with_hash_at(*p, 0, p->root), "the root before", count);
	for (size_t i = 0; i < last; i++)
		check_refused(with_bit_changed(*p, i, bit), "a bit changed", count);
	if (last)
		check_refused(with_count(*p, last - 1), "the last hash missing", count);
}

/* --- the reference ------------------------------------------------------------------------------ */

TEST(the_inclusion_proofs_of_the_reference_hold_and_spoilt_ones_do_not)
{
	const struct tree t = reference_tree();
	struct text fields[3];
	size_t spoilt = 0;
	struct vectors v;

	vectors_open(&v, "tests/vectors/merkle/inclusion.tsv");
	while (vectors_next(&v, fields, COUNT_OF(fields))) {
		uint64_t seq = vectors_number(fields[0]), size = vectors_number(fields[1]);
		struct probe p = { inclusion_probed, seq,	    size,
				   t.leaves[seq],    t.roots[size], proof_of(fields[2]) };

		CHECK(p.holds(&p));
		check_spoilt_sizes(&p, &spoilt);
		check_spoilt_hashes(&p, &spoilt);
		check_spoilt_proof(&p, 8, &spoilt);
		if (p.proof.count > 1) {
			struct probe q = with_hash_at(p, 1, hash_of_hex(TEXT(SOME_HASH)));

			check_refused(q, "a hash put in", &spoilt);
		}
	}
	CHECK_INT(spoilt, 5 * 10 + 10 + 4 + 3);
	vectors_close(&v, 5);
}

TEST(the_consistency_proofs_of_the_reference_hold_and_spoilt_ones_do_not)
{
	const struct tree t = reference_tree();
	struct text fields[3];
	size_t spoilt = 0;
	struct vectors v;

	vectors_open(&v, "tests/vectors/merkle/consistency.tsv");
	while (vectors_next(&v, fields, COUNT_OF(fields))) {
		uint64_t older = vectors_number(fields[0]), newer = vectors_number(fields[1]);
		struct probe p = { consistency_probed, older,	       newer,
				   t.roots[older],     t.roots[newer], proof_of(fields[2]) };
		size_t last = p.proof.count;

		CHECK(p.holds(&p));
		if (!last)
			continue;
		check_spoilt_sizes(&p, &spoilt);
		check_spoilt_hashes(&p, &spoilt);
		check_spoilt_proof(&p, 16, &spoilt);
		check_refused(with_roots(p, p.root, p.first), "the roots changed over", &spoilt);
		check_refused(with_count(p, 0), "no proof", &spoilt);
		check_refused(with_hash_at(p, last, p.first), "the older root behind", &spoilt);
		check_refused(with_hash_at(p, 0, p.first), "the older root before", &spoilt);
		check_refused(with_hash_at(p, 0, p.proof.at[0]), "its first hash twice", &spoilt);
	}
	CHECK_INT(spoilt, 4 * (10 + 5 + 1) + 11);
	vectors_close(&v, 5);
}

TEST(what_the_reference_refuses_without_a_proof_is_refused)
{
	static const struct {
		uint64_t seq, size;
	} places[] = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 2, 1 } };
	static const struct {
		uint64_t older, newer;
		bool same_roots, with_hash;
	} pasts[] = {
		{ 0, 0, false, false }, { 1, 1, false, false }, { 1, 0, false, false },
		{ 2, 1, false, false }, { 1, 2, false, false }, { 0, 0, true, true },
		{ 0, 1, true, true },	{ 1, 1, true, true },
	};
	const struct hash empty = sha256_of(bytes_of(NULL, 0)), some = hash_of_hex(TEXT(SOME_HASH));

	for (size_t i = 0; i < COUNT_OF(places); i++) {
		struct merkle_proof none = { .count = 0 };

		CHECK(!inclusion_holds(&none, &some, places[i].seq, places[i].size, &empty));
	}
	for (size_t i = 0; i < COUNT_OF(pasts); i++) {
		struct merkle_proof p = { .count = pasts[i].with_hash, .at[0] = empty };

		CHECK(!consistency_holds(&p, pasts[i].older, pasts[i].newer, &empty,
					 pasts[i].same_roots ? &empty : &some));
	}
}

RUN_TESTS()
