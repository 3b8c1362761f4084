/*
 * PeterNeumann's and EnochRoot's keys and notes are those of the tests of
 * golang.org/x/mod/sumdb/note (note_test.go), which wrote the format first.
 */
#include <sodium.h>

#include "base/prop.h"
#include "proof/note.h"
#include "proof/proof_testing.h"

#define PETER_TEXT                                                                                 \
	"If you think cryptography is the answer to your problem,\n"                               \
	"then you don't know what your problem is.\n"
#define PETER_SIGNATURE                                                                            \
	"\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqf" \
	"qdngotpRZb6KE6RyyBwJnAM=\n"
#define ENOCH_SIGNATURE                                                                            \
	"\u2014 EnochRoot "                                                                        \
	"rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTG"                 \
	"wnWLox33WWd1RvMc+QQ=\n"
#define PETER_NOTE PETER_TEXT "\n" PETER_SIGNATURE

static const char peter_verifier[] =
	"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
/* Behind "PRIVATE+KEY+PeterNeumann+c74f20a3+": algorithm and seed. */
static const char peter_seed[] = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

static void desk_of_peter(struct desk *d)
{
	uint8_t key[1 + SIGN_SEED_SIZE];
	size_t size;

	CHECK(sodium_base642bin(key, sizeof(key), peter_seed, strlen(peter_seed), NULL, &size, NULL,
				sodium_base64_VARIANT_ORIGINAL) == 0);
	CHECK_INT(size, sizeof(key));
	CHECK_INT(key[0], 1);
	desk_make(d, key + 1);
}

/* --- notes ----------------------------------------------------------------------------- */

TEST(a_note_is_signed_byte_for_byte_as_by_the_reference)
{
	struct desk d;
	struct text note;
	struct fault f = { 0 };

	desk_of_peter(&d);
	CHECK_INT(note_sign(&note, d.arena, TEXT(PETER_TEXT), TEXT("PeterNeumann"), d.seed, &f),
		  OK);
	CHECK_TEXT(note, PETER_NOTE);
	CHECK_TEXT(note_verifier_key(d.arena, TEXT("PeterNeumann"), &d.public_key), peter_verifier);
	desk_clear(&d);
}

TEST(a_note_opens_whatever_strangers_signed_beside)
{
	static const struct text notes[] = {
		TEXT(PETER_NOTE),
		TEXT(PETER_NOTE ENOCH_SIGNATURE),
		TEXT(PETER_TEXT "\n" ENOCH_SIGNATURE PETER_SIGNATURE),
		TEXT(PETER_TEXT "\n" PETER_SIGNATURE PETER_SIGNATURE),
		/* Of our name, but another id: another key of that name. */
		TEXT(PETER_NOTE "\u2014 PeterNeumann AAAAAAAA\n"),
	};
	struct desk d;
	struct text text;
	struct fault f = { 0 };

	desk_of_peter(&d);
	for (size_t i = 0; i < COUNT_OF(notes); i++) {
		CHECK_INT(note_open(&text, notes[i], TEXT("PeterNeumann"), &d.public_key, &f), OK);
		CHECK_TEXT(text, PETER_TEXT);
	}
	desk_clear(&d);
}

TEST(what_has_not_the_form_of_a_note_is_refused)
{
	static const struct text notes[] = {
		TEXT(""),
		TEXT("\n"),
		TEXT("\n\n"),
		TEXT(PETER_TEXT),
		TEXT(PETER_TEXT "\n"),
		TEXT(PETER_TEXT PETER_SIGNATURE),
		TEXT("\x01" PETER_NOTE),
		TEXT("\xff" PETER_NOTE),
		TEXT(PETER_NOTE "Unexpected line.\n"),
		TEXT(PETER_NOTE "\u2014 Peter+Neumann AAAAAAAA\n"),
		TEXT(PETER_NOTE "\u2014 PeterNeumann AAAA\n"),
		TEXT(PETER_NOTE "\u2014 PeterNeumann AAAAAA==\n"),
		TEXT(PETER_NOTE "\u2014 PeterNeumann AAAAA===\n"),
		TEXT(PETER_NOTE "\u2014 PeterNeumann AAAAAAA!\n"),
		TEXT(PETER_NOTE "\u2014 PeterNeumann\n"),
		TEXT(PETER_NOTE "- EnochRoot AAAAAAAA\n"),
		TEXT(PETER_NOTE "\u2014  AAAAAAAA\n"),
	};
	struct desk d;
	struct text text, note = TEXT(PETER_NOTE);
	struct fault f;

	desk_of_peter(&d);
	for (size_t i = 0; i < COUNT_OF(notes); i++)
		CHECK_FAULT(note_open(&text, notes[i], TEXT("PeterNeumann"), &d.public_key, &f),
			    ERR_INPUT, &f, "proof.no-note");
	note.size--;
	CHECK_INT(note_open(&text, note, TEXT("PeterNeumann"), &d.public_key, &f), ERR_INPUT);
	desk_clear(&d);
}

TEST(a_note_that_the_key_has_not_signed_is_refused)
{
	static const struct text notes[] = {
		TEXT(PETER_TEXT "\n" ENOCH_SIGNATURE),
		TEXT("I" PETER_NOTE),
		TEXT("\n" PETER_NOTE),
		/* A good signature does not outweigh a bad one of the same key. */
		TEXT(PETER_NOTE
		     "\u2014 PeterNeumann x08go/ZKkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuG"
		     "UgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"),
	};
	struct desk d;
	struct text text;
	struct fault f;

	desk_of_peter(&d);
	for (size_t i = 0; i < COUNT_OF(notes); i++)
		CHECK_FAULT(note_open(&text, notes[i], TEXT("PeterNeumann"), &d.public_key, &f),
			    ERR_DAMAGED, &f, "proof.not-signed-by");
	CHECK_FAULT(note_open(&text, TEXT(PETER_NOTE), TEXT("EnochRoot"), &d.public_key, &f),
		    ERR_DAMAGED, &f, "proof.not-signed-by");
	desk_clear(&d);
}

/* --- checkpoints ---------------------------------------------------------------------------- */

static const struct checkpoint sample = {
	.origin = { .site = { { 0x3f, 0xa0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 0xff } },
		    .epoch = 2 },
	.size = 20852163,
	.root = { { 1, 2, 3 } },
};

TEST(a_checkpoint_has_the_lines_of_tlog_checkpoint)
{
	static const char lines[] = "ikhtiar/3fa00102030405060708090a0b0c0dff/2\n20852163\n"
				    "AQIDAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n"
				    "\u2014 ikhtiar/3fa00102030405060708090a0b0c0dff/2 ";
	struct desk d;
	struct text note;
	struct fault f = { 0 };

	desk_make(&d, NULL);
	CHECK_INT(checkpoint_sign(&note, d.arena, &sample, d.seed, &f), OK);
	CHECK_INT(note.size, strlen(lines) + 92 + 1);
	note.size = strlen(lines);
	CHECK_TEXT(note, lines);
	desk_clear(&d);
}

TEST(the_verifier_key_names_the_origin)
{
	struct desk d;
	struct text key;

	desk_make(&d, NULL);
	key = verifier_key(d.arena, &sample.origin, &d.public_key);
	CHECK_INT(key.size, 42 + 1 + 8 + 1 + 44);
	key.size = 43;
	CHECK_TEXT(key, "ikhtiar/3fa00102030405060708090a0b0c0dff/2+");
	desk_clear(&d);
}

static void a_signed_checkpoint_reads_the_same(struct prop *p)
{
	struct checkpoint c = { .origin = { prop_id(p), (uint32_t)prop_uint(p, 0, UINT32_MAX) },
				.size = prop_uint(p, 0, INT64_MAX) },
			  read;
	struct desk d;
	struct text note;
	struct fault f = { 0 };

	prop_fill(p, c.root.at, HASH_SIZE);
	desk_make(&d, NULL);
	CHECK_INT(checkpoint_sign(&note, d.arena, &c, d.seed, &f), OK);
	CHECK_INT(checkpoint_read(&read, note, &d.public_key, &f), OK);
	CHECK(id_same(&read.origin.site, &c.origin.site));
	CHECK_INT(read.origin.epoch, c.origin.epoch);
	CHECK_INT(read.size, c.size);
	CHECK(memcmp(&read.root, &c.root, HASH_SIZE) == 0);
	desk_clear(&d);
}

TEST(every_checkpoint_that_is_signed_reads_the_same)
{
	prop_run(a_signed_checkpoint_reads_the_same, 300, 1);
}

TEST(a_checkpoint_with_any_bit_changed_is_refused)
{
	struct desk d;
	struct text note;
	struct checkpoint read;
	struct fault f = { 0 };
	char *bytes;

	desk_make(&d, NULL);
	CHECK_INT(checkpoint_sign(&note, d.arena, &sample, d.seed, &f), OK);
	bytes = (char *)(uintptr_t)note.at;
	for (size_t at = 0; at < note.size; at++) {
		for (int bit = 0; bit < 8; bit++) {
			enum err e;

			bytes[at] = (char)(bytes[at] ^ 1 << bit);
			e = checkpoint_read(&read, note, &d.public_key, NULL);
			CHECK(e == ERR_INPUT || e == ERR_DAMAGED);
			CHECK_INT(read.size, 0);
			bytes[at] = (char)(bytes[at] ^ 1 << bit);
		}
	}
	CHECK_INT(checkpoint_read(&read, note, &d.public_key, &f), OK);
	desk_clear(&d);
}

#define ORIGIN "ikhtiar/3fa00102030405060708090a0b0c0dff/2"
#define ROOT "AQIDAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

TEST(a_signed_note_that_is_no_checkpoint_of_ours_is_refused)
{
	static const char *const texts[][2] = {
		{ ORIGIN, ORIGIN "\n5\n" ROOT "\nan extension\n" },
		{ ORIGIN, ORIGIN "\n5\n" },
		{ ORIGIN, ORIGIN "\n05\n" ROOT "\n" },
		{ ORIGIN, ORIGIN "\n\n" ROOT "\n" },
		{ ORIGIN, ORIGIN "\n-5\n" ROOT "\n" },
		{ ORIGIN, ORIGIN "\n+5\n" ROOT "\n" },
		{ ORIGIN, ORIGIN "\n9223372036854775808\n" ROOT "\n" },
		{ ORIGIN, ORIGIN "\n18446744073709551617\n" ROOT "\n" },
		{ ORIGIN, ORIGIN "\n5\nAQIDAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n" },
		{ ORIGIN, ORIGIN "\n5\nAQIDAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n" },
		{ "example.com/log", "example.com/log\n5\n" ROOT "\n" },
		{ "ikhtiar/3FA00102030405060708090a0b0c0dff/2",
		  "ikhtiar/3FA00102030405060708090a0b0c0dff/2\n5\n" ROOT "\n" },
		{ "ikhtiar/3fa00102030405060708090a0b0c0dff/02",
		  "ikhtiar/3fa00102030405060708090a0b0c0dff/02\n5\n" ROOT "\n" },
		{ "ikhtiar/3fa00102030405060708090a0b0c0dff/4294967296",
		  "ikhtiar/3fa00102030405060708090a0b0c0dff/4294967296\n5\n" ROOT "\n" },
		{ "ikhtiar/3fa00102030405060708090a0b0c0dff/",
		  "ikhtiar/3fa00102030405060708090a0b0c0dff/\n5\n" ROOT "\n" },
	};
	struct desk d;
	struct text note;
	struct checkpoint read;
	struct fault f;

	desk_make(&d, NULL);
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		CHECK_INT(note_sign(&note, d.arena, text_of(texts[i][1]), text_of(texts[i][0]),
				    d.seed, NULL),
			  OK);
		CHECK_FAULT(checkpoint_read(&read, note, &d.public_key, &f), ERR_INPUT, &f,
			    "proof.no-checkpoint");
	}
	desk_clear(&d);
}

static void no_bytes_are_a_checkpoint_without_the_key(struct prop *p)
{
	struct bytes b = prop_rest(p);
	struct text t = { (const char *)b.at, b.size };
	struct hash key = { { 1 } };
	struct checkpoint read;

	CHECK(checkpoint_read(&read, t, &key, NULL) != OK);
}
PROP_FUZZ(11, no_bytes_are_a_checkpoint_without_the_key)

TEST(noise_is_no_checkpoint)
{
	prop_run(no_bytes_are_a_checkpoint_without_the_key, 2000, 1);
}

/* Any text signed by the right key under the name that stands in its first line: what is
 * taken is the one text of that checkpoint. */
static void a_signed_text_is_the_one_of_its_checkpoint_or_refused(struct prop *p)
{
	struct bytes b = prop_rest(p);
	struct text t = { (const char *)b.at, b.size }, rest = t, name, note, again;
	struct checkpoint read;
	struct desk d;

	if (!note_take_line(&rest, &name) || t.at[t.size - 1] != '\n' || t.size > 4096)
		return;
	desk_make(&d, NULL);
	if (!note_sign(&note, p->arena, t, name, d.seed, NULL) &&
	    !checkpoint_read(&read, note, &d.public_key, NULL)) {
		CHECK_INT(checkpoint_sign(&again, p->arena, &read, d.seed, NULL), OK);
		CHECK(text_same(again, note));
	}
	desk_clear(&d);
}
PROP_FUZZ(12, a_signed_text_is_the_one_of_its_checkpoint_or_refused)

TEST(a_checkpoint_has_one_text)
{
	prop_run(a_signed_text_is_the_one_of_its_checkpoint_or_refused, 2000, 2);
}

RUN_TESTS()
