/*
 * slip: what the QR of a traveller's slip says, so that a scanner leads back to her.
 *
 *     IKS1:5R7T0…4K     28 letters and digits of Crockford's base 32 behind the mark:
 *                       26 of them are her id, the last two a check
 *
 * It names nobody, and without the register it is a random number.  The letters are those
 * that no hand and no keyboard mixes up, not base 45: its blanks and signs are what a
 * scanner under another keyboard layout, or a form that trims, would spoil.  In capitals
 * a QR packs it as densely.
 */
#pragma once

#include "base/bytes.h"

#define SLIP_MARK "IKS1:"
#define SLIP_SIZE (sizeof(SLIP_MARK) - 1 + 28)

void slip_write(char out[SLIP_SIZE + 1], const struct id *person);
/* Whether `t` begins as a slip does, in either case. */
bool slip_has_mark(struct text t);
/* False: it is none, or was not read right. */
MUST_USE bool slip_read(struct id *person, struct text t);
