#include "base/secret.h"

#include "base/test.h"
#include "base/world_testing.h"

TEST(a_secret_holds_what_it_was_given)
{
	struct secret *a = NULL, *b = NULL, *c = NULL;

	CHECK(!secret_of(&a, bytes_of("correct horse", 13), NULL));
	CHECK(!secret_of(&b, bytes_of("correct horse", 13), NULL));
	CHECK(!secret_of(&c, bytes_of("correct house", 13), NULL));
	CHECK_INT(secret_size(a), 13);
	CHECK(bytes_same(secret_bytes(a), bytes_of("correct horse", 13)));
	CHECK(secret_same(a, b));
	CHECK(!secret_same(a, c));
	secret_free(a);
	secret_free(b);
	secret_free(c);
	secret_free(NULL);
}

TEST(a_new_secret_is_zero_and_can_be_filled)
{
	struct secret *s = NULL;

	CHECK(!secret_new(&s, 3, NULL));
	CHECK(bytes_same(secret_bytes(s), bytes_of("\0\0\0", 3)));
	memcpy(secret_fill(s), "abc", 3);
	CHECK(bytes_same(secret_bytes(s), bytes_of("abc", 3)));
	secret_free(s);
}

TEST(secrets_come_from_the_chance_of_the_world)
{
	struct world_simulated w;
	struct secret *a = NULL, *b = NULL, *again = NULL;

	world_simulated_init(&w, 7);
	CHECK(!secret_random(&a, &w.world, 32, NULL));
	CHECK(!secret_random(&b, &w.world, 32, NULL));
	world_simulated_init(&w, 7);
	CHECK(!secret_random(&again, &w.world, 32, NULL));
	CHECK(!secret_same(a, b));
	CHECK(secret_same(a, again));
	secret_free(a);
	secret_free(b);
	secret_free(again);
}

TEST(a_secret_that_is_too_large_is_refused)
{
	static const uint8_t large[SECRET_SIZE_MAX + 1];
	struct secret *s = NULL;
	struct fault f;

	CHECK_FAULT(secret_of(&s, bytes_of(large, sizeof(large)), &f), ERR_LIMIT, &f,
		    "memory.too-large");
	CHECK(!s);
}

RUN_TESTS()
