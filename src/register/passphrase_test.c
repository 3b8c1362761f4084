/*
 * Which passphrases are taken, and that each keyboard opens what another one closed.
 */
#include <sodium.h>

#include "base/test.h"
#include "base/world_testing.h"
#include "register/inside.h"

/* What is told of `words` as the passphrase of Zahra at Peshawar Azakhel; NULL: taken. */
static const char *told_of(const char *words)
{
	struct passphrase_place place = { .account = TEXT("Zahra Gul"),
					  .site = TEXT("Peshawar Azakhel") };
	struct secret *s = NULL;
	struct fault f = { 0 };
	enum err e;

	CHECK_INT(secret_of(&s, bytes_of_text(text_of(words)), &f), OK);
	e = passphrase_check(s, &place, &f);
	CHECK(e == OK || e == ERR_INPUT);
	secret_free(s);
	return f.key;
}

TEST(words_that_do_not_belong_together_are_a_passphrase)
{
	CHECK(!told_of("river stone wallet moon"));
	CHECK(!told_of("correct horse battery staple"));
	CHECK(!told_of("په پېښور کې د سپوږمۍ رڼا"));
	CHECK(!told_of("Zahra keeps eleven green kettles"));
}

TEST(fifteen_are_counted_in_characters_and_not_in_bytes)
{
	CHECK_TEXT(told_of("river stone wa"), "passphrase.short");
	CHECK(!told_of("river stone wax"));
	/* 14 characters of 27 bytes, then 15. */
	CHECK_TEXT(told_of("دریا تیږه دېوا"), "passphrase.short");
	CHECK(!told_of("دریا تیږه دېوال"));
	/* Fifteen code points that are fourteen characters in form C. */
	CHECK_TEXT(told_of("rive\xcc\x81r stone wa"), "passphrase.short");
}

TEST(common_ones_patterns_and_repetition_are_refused)
{
	static const char *const guessed[] = {
		"passwordpassword",  "aaaaaaaaaaaaaaaaaaaa",  "123456789012345",
		"qwertyuiopasdfgh",  "iloveyouiloveyou",      "abcabcabcabcabcabc",
		"P@ssw0rd P@ssw0rd", "ااااااااااااااااااااا",
	};

	for (size_t i = 0; i < COUNT_OF(guessed); i++)
		CHECK_TEXT(told_of(guessed[i]), "passphrase.guessed");
}

TEST(what_is_made_of_the_accounts_or_the_sites_name_is_refused_as_that)
{
	CHECK_TEXT(told_of("zahra gul peshawar"), "passphrase.of-names");
	CHECK_TEXT(told_of("Peshawar Azakhel 2026"), "passphrase.of-names");
	CHECK_TEXT(told_of("Zahra Zahra Zahra"), "passphrase.of-names");
}

TEST(a_passphrase_is_text)
{
	struct passphrase_place place = { .account = TEXT("a"), .site = TEXT("b") };
	static const char with_zero[] = "river stone\0wallet moon";
	struct secret *s = NULL;
	struct fault f = { 0 };

	CHECK_TEXT(told_of("river stone \xff wallet moon"), "passphrase.no-text");
	CHECK_INT(secret_of(&s, bytes_of(with_zero, sizeof(with_zero) - 1), &f), OK);
	CHECK_FAULT(passphrase_check(s, &place, &f), ERR_INPUT, &f, "passphrase.no-text");
	secret_free(s);
}

TEST(a_passphrase_has_an_end)
{
	struct passphrase_place place = { .demo = true, .account = TEXT("a"), .site = TEXT("b") };
	struct secret *s = NULL;
	struct fault f = { 0 };

	CHECK_INT(secret_new(&s, 1025, &f), OK);
	CHECK_FAULT(passphrase_check(s, &place, &f), ERR_LIMIT, &f, "passphrase.long");
	secret_free(s);
}

TEST(a_demo_takes_any)
{
	struct passphrase_place place = { .demo = true, .account = TEXT("a"), .site = TEXT("b") };
	struct secret *s = NULL;
	struct fault f = { 0 };

	CHECK_INT(secret_of(&s, bytes_of("a", 1), &f), OK);
	CHECK_INT(passphrase_check(s, &place, &f), OK);
	secret_free(s);
}

/* --- what it opens -------------------------------------------------------------------- */

struct ring {
	struct world_simulated world;
	struct site_secrets keys;
	struct holder holder;
	uint8_t entry[KEYRING_ENTRY_SIZE];
	struct fault fault;
};

static void ring_make(struct ring *r)
{
	CHECK(sodium_init() >= 0);
	*r = (struct ring){ .holder = { .site = { { 1 } }, .account = { { 2 } } } };
	world_simulated_init(&r->world, 1);
	CHECK_INT(site_secrets_new(&r->keys, &r->world.world, &r->fault), OK);
}

static void closes(struct ring *r, const char *words)
{
	struct secret *s = NULL;

	CHECK_INT(secret_of(&s, bytes_of_text(text_of(words)), NULL), OK);
	CHECK_INT(keyring_wrap(r->entry, &r->keys, &r->holder, s, hardness_of(true),
			       &r->world.world, &r->fault),
		  OK);
	secret_free(s);
}

static bool opens(struct ring *r, const char *words)
{
	struct site_secrets opened = { 0 };
	struct secret *s = NULL;
	enum err e;

	CHECK_INT(secret_of(&s, bytes_of_text(text_of(words)), NULL), OK);
	e = keyring_open(&opened, bytes_of(r->entry, sizeof(r->entry)), &r->holder, s, &r->fault);
	CHECK(e == OK || e == ERR_DENIED);
	CHECK(e || secret_same(opened.site.case_, r->keys.site.case_));
	site_secrets_free(&opened);
	secret_free(s);
	return !e;
}

TEST(what_one_keyboard_closes_another_opens)
{
	struct ring r;

	ring_make(&r);
	closes(&r, "caf\xc3\xa9 of the river");
	CHECK(opens(&r, "cafe\xcc\x81 of the river"));
	CHECK(!opens(&r, "cafe of the river"));
	closes(&r, "cafe\xcc\x81 of the river");
	CHECK(opens(&r, "caf\xc3\xa9 of the river"));
	site_secrets_free(&r.keys);
}

/* An entry as the first version wrote it, by the description at the head of keyring.c. */
static void closes_as_typed(struct ring *r, const char *words)
{
	static const char label[] = "ikhtiar/keyring/v1";
	uint8_t *head = r->entry, *nonce = head + 29, *box = nonce + 24;
	uint8_t key[32], ad[18 + 2 * ID_SIZE + 29], plain[96];

	memset(head, 7, 29 + 24);
	memset(head, 0, 13);
	head[0] = 1;
	head[1] = crypto_pwhash_OPSLIMIT_MIN;
	head[6] = crypto_pwhash_MEMLIMIT_MIN >> 8;
	CHECK(!crypto_pwhash(key, sizeof(key), words, strlen(words), head + 13,
			     crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN,
			     crypto_pwhash_ALG_ARGON2ID13));
	memcpy(ad, label, 18);
	memcpy(ad + 18, r->holder.site.at, ID_SIZE);
	memcpy(ad + 18 + ID_SIZE, r->holder.account.at, ID_SIZE);
	memcpy(ad + 18 + 2 * ID_SIZE, head, 29);
	memcpy(plain, secret_bytes(r->keys.site.identity).at, 32);
	memcpy(plain + 32, secret_bytes(r->keys.site.case_).at, 32);
	memcpy(plain + 64, secret_bytes(r->keys.seed).at, 32);
	crypto_aead_xchacha20poly1305_ietf_encrypt(box, NULL, plain, sizeof(plain), ad, sizeof(ad),
						   NULL, nonce, key);
}

TEST(a_passphrase_of_the_first_version_opens_as_it_was_typed)
{
	struct ring r;

	ring_make(&r);
	closes_as_typed(&r, "cafe\xcc\x81");
	CHECK(opens(&r, "cafe\xcc\x81"));
	CHECK(!opens(&r, "caf\xc3\xa9"));
	site_secrets_free(&r.keys);
}

RUN_TESTS()
