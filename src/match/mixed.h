/*
 * mixed: a number of which each bit hangs on all bits of another one, and which no other one
 * gives: a place in a table by whatever it stands for.
 *
 * The last step of MurmurHash3 (Austin Appleby, public domain).
 */
#pragma once

#include <stdint.h>

static inline uint64_t mixed(uint64_t h)
{
	h ^= h >> 33;
	h *= 0xff51afd7ed558ccdull;
	h ^= h >> 33;
	h *= 0xc4ceb9fe1a85ec53ull;
	return h ^ h >> 33;
}
