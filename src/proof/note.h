/*
 * note: C2SP signed notes (c2sp.org/signed-note) with Ed25519 signatures.
 *
 *     ikhtiar/3f…/0                               the text, ending in a newline
 *     20852163
 *     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
 *                                                 an empty line
 *     — ikhtiar/3f…/0 Az3grlgtzPICa5OS8npVmf1M…   em dash, key name, base64 of the key's
 *                                                 id (4 bytes) and the signature (64)
 *
 * Signatures by keys that we do not know, of witnesses for one, are let be.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/secret.h"

#define NOTE_SIZE_MAX ((size_t)128 * 1024)
#define NOTE_KEY_ID_SIZE 4

/* SHA-256(name · 0x0A · 0x01 · public key), its first four bytes. */
void note_key_id(uint8_t out[NOTE_KEY_ID_SIZE], struct text name, const struct hash *public_key);
/* name+id+key, as verifiers take it; `at` is NULL where there is no memory. */
struct text note_verifier_key(struct arena *a, struct text name, const struct hash *public_key);

/* `text` ends in a newline. */
MUST_USE enum err note_sign(struct text *out, struct arena *a, struct text text, struct text name,
			    const struct secret *seed, struct fault *f);
/*
 * The text of a note that this key has signed.  ERR_INPUT: no note; ERR_DAMAGED: not
 * signed by this key, or not this text.
 */
MUST_USE enum err note_open(struct text *text, struct text note, struct text name,
			    const struct hash *public_key, struct fault *f);
/* base64 of exactly `size` (at most BASE64_BYTES_MAX) bytes, in its one form. */
#define BASE64_BYTES_MAX 100
bool base64_read(uint8_t *out, size_t size, struct text t);
/* Take the next line, without its newline, off `t`; false: there is none. */
bool note_take_line(struct text *t, struct text *line);
