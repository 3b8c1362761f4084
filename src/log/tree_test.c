/*
 * The eight leaves and their roots are the vectors of the Certificate Transparency
 * reference implementation (python/ct/crypto/merkle_test.py, test_vector_leaves and
 * test_vector_hashes), which RFC 6962 and RFC 9162 implementations share.
 */
#include "base/prop.h"
#include "base/sha256.h"
#include "log/tree.h"

static const char *const vector_leaves[] = {
	"",
	"00",
	"10",
	"2021",
	"3031",
	"40414243",
	"5051525354555657",
	"606162636465666768696a6b6c6d6e6f",
};

static const char *const vector_roots[] = {
	"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
	"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
	"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
	"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
	"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
	"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
	"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
	"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
	"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

static enum err let_be(void *self, unsigned level, uint64_t n, const struct hash hashes[TILE_WIDTH])
{
	(void)self;
	(void)level;
	(void)n;
	(void)hashes;
	return OK;
}

/* Vectors have leaves of any size, our facts have commitments of 32 bytes. */
static struct hash vector_leaf(const char *hex)
{
	uint8_t data[1 + 16] = { 0 };
	size_t size = strlen(hex) / 2;

	CHECK(hex_read(data + 1, size, text_of(hex)));
	return sha256_of(bytes_of(data, 1 + size));
}

static void check_root(const struct tree_edge *e, const char *hex)
{
	char shown[2 * HASH_SIZE + 1];
	struct hash root;

	tree_root(e, &root);
	hex_write(shown, bytes_of(root.at, HASH_SIZE));
	CHECK_TEXT(shown, hex);
}

TEST(the_roots_of_the_reference_leaves_are_the_known_ones)
{
	static struct tree_edge e;

	check_root(&e, vector_roots[0]);
	for (size_t i = 0; i < COUNT_OF(vector_leaves); i++) {
		struct hash leaf = vector_leaf(vector_leaves[i]);

		CHECK_INT(tree_add(&e, &leaf, let_be, NULL), OK);
		check_root(&e, vector_roots[i + 1]);
	}
}

TEST(a_leaf_of_a_commitment_is_marked_with_a_zero_byte)
{
	uint8_t data[1 + HASH_SIZE] = { 0 };
	struct hash commitment = { { 7, 8, 9 } }, leaf, wanted;

	memcpy(data + 1, commitment.at, HASH_SIZE);
	wanted = sha256_of(bytes_of(data, sizeof(data)));
	log_leaf(&leaf, &commitment);
	CHECK(memcmp(&leaf, &wanted, sizeof(leaf)) == 0);
}

/* RFC 9162 §2.1.1, word for word. */
static struct hash recursive_root(const struct hash *leaves, size_t count)
{
	struct hash left, right, root;
	size_t k = 1;

	if (count == 1)
		return leaves[0];
	while (k * 2 < count)
		k *= 2;
	left = recursive_root(leaves, k);
	right = recursive_root(leaves + k, count - k);
	log_node(&root, &left, &right);
	return root;
}

TEST(the_edge_gives_the_root_of_the_recursive_definition_at_every_size)
{
	static struct tree_edge e;
	static struct hash leaves[1100];
	struct hash root, wanted;

	memset(&e, 0, sizeof(e));
	for (size_t i = 0; i < COUNT_OF(leaves); i++) {
		uint64_t n = i;
		struct hash commitment = sha256_of(bytes_of(&n, sizeof(n)));

		log_leaf(&leaves[i], &commitment);
		CHECK_INT(tree_add(&e, &leaves[i], let_be, NULL), OK);
		tree_root(&e, &root);
		wanted = recursive_root(leaves, i + 1);
		CHECK(memcmp(&root, &wanted, sizeof(root)) == 0);
	}
}

struct tiles_told {
	uint64_t next[TREE_LEVELS];
	struct hash first_root;
	enum err answer;
};

static enum err note_tile(void *self, unsigned level, uint64_t n,
			  const struct hash hashes[TILE_WIDTH])
{
	struct tiles_told *t = self;

	CHECK_INT(n, t->next[level]);
	t->next[level]++;
	if (level == 1)
		t->first_root = hashes[0];
	return t->answer;
}

TEST(a_tile_is_told_once_it_is_full_and_its_root_goes_a_level_up)
{
	static struct tree_edge e;
	static struct hash leaves[TILE_WIDTH];
	struct tiles_told told = { .answer = OK };
	struct hash root;

	memset(&e, 0, sizeof(e));
	for (uint64_t i = 0; i < 70000; i++) {
		struct hash leaf = { { (uint8_t)i, (uint8_t)(i >> 8), (uint8_t)(i >> 16) } };

		if (i < TILE_WIDTH)
			leaves[i] = leaf;
		CHECK_INT(tree_add(&e, &leaf, note_tile, &told), OK);
	}
	/* The example of C2SP tlog-tiles. */
	CHECK_INT(told.next[0], 273);
	CHECK_INT(told.next[1], 1);
	CHECK_INT(told.next[2], 0);
	CHECK_INT(tree_edge_count(e.size, 0), 112);
	CHECK_INT(tree_edge_count(e.size, 1), 17);
	CHECK_INT(tree_edge_count(e.size, 2), 1);
	root = recursive_root(leaves, TILE_WIDTH);
	CHECK(memcmp(&root, &told.first_root, sizeof(root)) == 0);
}

TEST(what_the_keeper_of_tiles_fails_with_comes_back)
{
	static struct tree_edge e;
	struct tiles_told told = { .answer = ERR_FULL };
	struct hash leaf = { { 1 } };

	memset(&e, 0, sizeof(e));
	for (int i = 0; i < TILE_WIDTH - 1; i++)
		CHECK_INT(tree_add(&e, &leaf, note_tile, &told), OK);
	CHECK_INT(tree_add(&e, &leaf, note_tile, &told), ERR_FULL);
}

RUN_TESTS()
