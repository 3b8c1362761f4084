/*
 * proof: what outsiders can check: checkpoints, inclusion, consistency, receipts.
 *
 * A checkpoint is a C2SP tlog-checkpoint (origin line, size, root in base64) in a
 * C2SP signed note (Ed25519, key name = origin line).  Never sign what does not
 * extend the last signed one: the caller shows the older checkpoint, and
 * consistency is checked against the log before a signature is made.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/secret.h"
#include "log/log.h"

#define SIGN_SEED_SIZE 32
#define SIGN_PUBLIC_SIZE 32
#define ORIGIN_LINE_MAX 80

/* "ikhtiar/<site hex>/<epoch>": origin line and key name. */
struct text origin_line(struct arena *a, const struct origin *o);
/* false: `line` is none that origin_line() writes. */
MUST_USE bool origin_line_read(struct origin *out, struct text line);
/* The verifier key of C2SP signed-note: name+hash+base64, for outsiders. */
struct text verifier_key(struct arena *a, const struct origin *o, const struct hash *public_key);
void public_key_of(struct hash *public_key, const struct secret *seed);

struct checkpoint {
	struct origin origin;
	uint64_t size;
	struct hash root;
};

/* The signed note, into `a`. */
MUST_USE enum err checkpoint_sign(struct text *out, struct arena *a, const struct checkpoint *c,
				  const struct secret *seed, struct fault *f);
/*
 * Parse and verify a signed note.  ERR_INPUT: not a checkpoint of this form;
 * ERR_DAMAGED: the signature is not by `public_key`.
 */
MUST_USE enum err checkpoint_read(struct checkpoint *out, struct text note,
				  const struct hash *public_key, struct fault *f);

/* What a register says of something it gave out: "bulletin 2026-W47", and its SHA-256. */
struct statement {
	struct text about; /* one line */
	struct hash hash;
};
/* A signed note, into `a`, that is never taken for a checkpoint. */
MUST_USE enum err statement_sign(struct text *out, struct arena *a, const struct origin *o,
				 const struct statement *s, const struct secret *seed,
				 struct fault *f);
/* ERR_INPUT: no note; ERR_DAMAGED: not by this key, or it says something else. */
MUST_USE enum err statement_check(struct text note, struct arena *a, const struct origin *o,
				  const struct statement *s, const struct hash *public_key,
				  struct fault *f);

/* RFC 9162 2.1.3 and 2.1.4, from the log's tiles; at most 64 hashes each. */
#define PROOF_HASHES_MAX 64
struct merkle_proof {
	size_t count;
	struct hash at[PROOF_HASHES_MAX];
};
MUST_USE enum err inclusion_prove(struct merkle_proof *out, struct log *l, uint64_t seq,
				  uint64_t size, struct fault *f);
MUST_USE bool inclusion_holds(const struct merkle_proof *p, const struct hash *leaf, uint64_t seq,
			      uint64_t size, const struct hash *root);
MUST_USE enum err consistency_prove(struct merkle_proof *out, struct log *l, uint64_t older,
				    uint64_t newer, struct fault *f);
MUST_USE bool consistency_holds(const struct merkle_proof *p, uint64_t older, uint64_t newer,
				const struct hash *older_root, const struct hash *newer_root);

/*
 * A receipt: COSE_Sign1 (tag 18, EdDSA) over a CWT without a name: site, seq, leaf,
 * kind of the fact as a number, day.  base45, prefix "IKH1:", at most 352 characters.
 */
#define RECEIPT_TEXT_MAX 352
struct receipt {
	struct origin origin;
	uint64_t seq;
	struct hash commitment;
	uint64_t kind;
	int64_t recorded; /* seconds */
};
MUST_USE enum err receipt_write(struct text *out, struct arena *a, const struct receipt *r,
				const struct secret *seed, struct fault *f);
MUST_USE enum err receipt_read(struct receipt *out, struct text t, const struct hash *public_key,
			       struct fault *f);
