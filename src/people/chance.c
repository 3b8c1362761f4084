/* splitmix64, by Sebastiano Vigna (public domain), https://prng.di.unimi.it/ */
#include "people/inside.h"

uint64_t chance_next(uint64_t *chance)
{
	uint64_t z = *chance += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

int chance_between(uint64_t *chance, int least, int most)
{
	uint64_t drawn = chance_next(chance);

	return most <= least ? least : least + (int)(drawn % (uint64_t)(most - least + 1));
}

bool chance_happens(uint64_t *chance, uint64_t per_10000)
{
	return chance_next(chance) % 10000 < per_10000;
}
