/*
 * decrypt: the limit of an unlock: read the same log and decrypt as much, and nothing
 * else.
 *
 * The keys of a register never leave it, so what is decrypted here are boxes of the
 * same sizes that were sealed beforehand: one for each size that there is, copied over
 * the one that was read.  Each is opened under a key and a nonce of its own, as the
 * register's are, with associated data of the same length.  A slot is two wrapped keys,
 * a sealed fact two boxes.
 */
#include "bench.h"

#include <sodium.h>
#include <stdlib.h>

#define HEAD_SIZE 2 /* version; 0 public, 1 sealed */
#define BOX_HEAD_SIZE (24 + 4)
#define TAG_SIZE 16
#define WITH_SIZE 64
#define ROUNDS 3 /* the middle one counts */
#define STEPS_MAX (LOG_ENVELOPE_SIZE_MAX / PAD_STEP)

struct decrypting {
	uint8_t key[KEY_SIZE], nonce[24], with[WITH_SIZE];
	uint8_t *sealed[STEPS_MAX + 1]; /* by plain size in steps; NULL: not met yet */
	uint8_t wrapped[KEY_SIZE + TAG_SIZE];
	uint8_t *plain;
	uint64_t facts, boxes, bytes;
	double making; /* time that went into boxes made beforehand */
};

static void seal(const struct decrypting *d, uint8_t *out, size_t size)
{
	crypto_aead_xchacha20poly1305_ietf_encrypt(out, NULL, d->plain, size, d->with, WITH_SIZE,
						   NULL, d->nonce, d->key);
}

static void open_sealed(struct decrypting *d, const uint8_t *box, size_t size)
{
	must_be(!crypto_aead_xchacha20poly1305_ietf_decrypt(d->plain, NULL, NULL, box, size,
							    d->with, WITH_SIZE, d->nonce, d->key),
		"open a box");
	d->boxes++;
	d->bytes += size - TAG_SIZE;
}

static const uint8_t *box_of(struct decrypting *d, size_t size)
{
	size_t steps = (size - TAG_SIZE) / PAD_STEP;
	double start = seconds();

	must_be(steps >= 1 && steps <= STEPS_MAX, "read a box");
	if (d->sealed[steps])
		return d->sealed[steps];
	d->sealed[steps] = malloc(size);
	must_be(d->sealed[steps], "take memory");
	seal(d, d->sealed[steps], size - TAG_SIZE);
	d->making += seconds() - start;
	return d->sealed[steps];
}

static enum err decrypt_slot(void *self, const struct id *subject, struct bytes slot,
			     struct fault *f)
{
	struct decrypting *d = self;

	(void)subject, (void)slot, (void)f;
	open_sealed(d, d->wrapped, sizeof(d->wrapped));
	open_sealed(d, d->wrapped, sizeof(d->wrapped));
	return OK;
}

static enum err decrypt_fact(void *self, const struct origin *o, const struct log_entry *e,
			     struct fault *f)
{
	struct decrypting *d = self;
	const uint8_t *at = e->envelope.at + HEAD_SIZE;
	const uint8_t *end = e->envelope.at + e->envelope.size;

	(void)o, (void)f;
	d->facts++;
	if (envelope_is_public(e->envelope))
		return OK;
	while (end - at > BOX_HEAD_SIZE) {
		size_t size = (size_t)at[24] | (size_t)at[25] << 8 | (size_t)at[26] << 16;

		at += BOX_HEAD_SIZE;
		must_be(size <= (size_t)(end - at), "read an envelope");
		open_sealed(d, box_of(d, size), size);
		at += size;
	}
	return OK;
}

static enum err only_read(void *self, const struct origin *o, const struct log_entry *e,
			  struct fault *f)
{
	uint64_t *sum = self;

	(void)o, (void)f;
	*sum += e->envelope.at[e->envelope.size - 1];
	return OK;
}

void part_decrypt(int count, char **arguments)
{
	struct decrypting *d = calloc(1, sizeof(*d));
	struct log *log = NULL;
	uint64_t sum = 0;
	struct bench b;
	struct samples reading = { 0 }, times = { 0 };
	double start;

	(void)count;
	must_be(d && (d->plain = calloc(1, LOG_ENVELOPE_SIZE_MAX)), "take memory");
	bench_begin(&b);
	b.world->chance(b.world, d->key, sizeof(d->key));
	seal(d, d->wrapped, KEY_SIZE);
	must(log_open(&log, b.world, arguments[0], &b.fault), &b.fault, "open the log");
	for (int i = 0; i < ROUNDS; i++) {
		d->facts = d->boxes = d->bytes = 0;
		d->making = 0;
		start = seconds();
		must(log_each(log, only_read, &sum, &b.fault), &b.fault, "read the log");
		samples_add(&reading, seconds() - start);
		start = seconds();
		must(log_each_slot(log, decrypt_slot, d, &b.fault), &b.fault, "read the slots");
		must(log_each(log, decrypt_fact, d, &b.fault), &b.fault, "read the log");
		samples_add(&times, seconds() - start - d->making);
	}
	tell("read_s", samples_part(&reading, 0.5));
	tell("decrypt_s", samples_part(&times, 0.5));
	tell("decrypt_facts", (double)d->facts);
	tell("decrypt_boxes", (double)d->boxes);
	tell("decrypt_bytes", (double)d->bytes);
	log_close(log);
	for (size_t i = 0; i <= STEPS_MAX; i++)
		free(d->sealed[i]);
	free(reading.at);
	free(times.at);
	free(d->plain);
	free(d);
	bench_end(&b);
}
