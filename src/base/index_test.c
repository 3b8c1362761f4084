#include "base/index.h"

#include "base/prop.h"

#define IDS 40

static struct index *new_index(uint64_t k0, uint64_t k1, size_t count)
{
	struct index *x = NULL;

	CHECK(!index_new(&x, (struct index_key){ { k0, k1 } }, count, NULL));
	return x;
}

/* Few ids, so that each is added, replaced and removed many times, and all that are
 * chosen to differ in one byte only. */
static struct id id_number(size_t n)
{
	struct id id = { { 0 } };

	id.at[n % 3 ? 15 : 0] = (uint8_t)n;
	return id;
}

/* All that is in it, by walking. */
static void check_all(const struct index *x, const uint32_t *model)
{
	size_t at = 0, seen = 0, wanted = 0;
	struct id id;
	uint32_t number;

	while (index_next(x, &at, &id, &number)) {
		size_t n = id.at[15] ? id.at[15] : id.at[0];

		CHECK(n < IDS);
		CHECK_INT(model[n], number);
		seen++;
	}
	for (size_t n = 0; n < IDS; n++) {
		struct id wanted_id = id_number(n);

		wanted += model[n] != INDEX_NONE;
		CHECK_INT(index_get(x, &wanted_id), model[n]);
	}
	CHECK_INT(seen, wanted);
	CHECK_INT(index_count(x), wanted);
}

static void an_index_is_a_table(struct prop *p)
{
	/* With small keys many ids have one home: it works all the same. */
	struct index *x = new_index(prop_uint(p, 0, 3), prop_uint(p, 0, 3), 0);
	uint32_t model[IDS];

	memset(model, 0xff, sizeof(model));
	while (!prop_end(p)) {
		size_t n = prop_pick(p, IDS);
		struct id id = id_number(n);
		uint64_t deed = prop_uint(p, 0, 40);

		if (deed == 0) {
			index_clear(x);
			memset(model, 0xff, sizeof(model));
		} else if (deed < 20) {
			CHECK(index_remove(x, &id) == (model[n] != INDEX_NONE));
			model[n] = INDEX_NONE;
		} else {
			model[n] = (uint32_t)prop_uint(p, 0, INDEX_NONE - 1);
			CHECK(!index_put(x, &id, model[n], NULL));
		}
		CHECK_INT(index_get(x, &id), model[n]);
	}
	check_all(x, model);
	index_free(x);
}

TEST(an_index_does_what_a_table_would)
{
	prop_run(an_index_is_a_table, 500, 5);
}

TEST(an_index_grows_without_losing_one)
{
	struct index *x = new_index(1, 2, 0);
	struct id id = { { 0 } };

	for (uint32_t n = 0; n < 100000; n++) {
		memcpy(id.at + 4, &n, 4);
		CHECK(!index_put(x, &id, n, NULL));
	}
	CHECK_INT(index_count(x), 100000);
	for (uint32_t n = 0; n < 100000; n++) {
		memcpy(id.at + 4, &n, 4);
		CHECK_INT(index_get(x, &id), n);
	}
	index_free(x);
}

TEST(an_index_larger_than_we_take_is_refused)
{
	struct index *x = NULL;
	struct fault f;

	CHECK_FAULT(index_new(&x, (struct index_key){ { 0, 0 } }, (size_t)INDEX_COUNT_MAX + 1, &f),
		    ERR_LIMIT, &f, "memory.too-large");
	CHECK(!x);
	index_free(NULL);
}

RUN_TESTS()
