/*
 * codec: the pieces of the plain encoding that sealing puts into other places.
 */
#pragma once

#include "base/cbor.h"
#include "fact/fact.h"

enum body { BODY_CASE, BODY_IDENTITY };

/* Items from kind to key, without a head. */
#define MIDDLE_ITEMS 8
void codec_write_middle(struct buffer *out, const struct fact *f);
void codec_write_body(struct buffer *out, const struct fact *f, enum body which);

/* A reading that is under way; after a failure the fact is worth nothing. */
struct decoding {
	struct cbor_reader r;
	struct arena *arena;
	bool no_memory;
};
void codec_begin(struct decoding *d, struct arena *a, struct bytes b);
/* The bodies need the kind, that is the middle. */
void codec_read_middle(struct decoding *d, struct fact *out);
void codec_read_body(struct decoding *d, struct fact *out, enum body which);
/* All was read and nothing was wrong.  ERR_DAMAGED, ERR_MEMORY. */
MUST_USE enum err codec_end(struct decoding *d, struct fault *f);
/* ERR_DAMAGED: of the version of the table, and a required field of this body is not there. */
MUST_USE enum err codec_complete(const struct fact *fact, enum body which, struct fault *f);
