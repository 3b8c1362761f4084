/*
 * Optimal string alignment distance (insertions, deletions, replacements, swaps of
 * neighbours), in three rows; on bytes, since the words of the tables are ASCII.
 */
#include "base/nearest.h"

#define WORD_SIZE_MAX 48
#define DISTANCE_MAX 3

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

static unsigned distance(struct text a, struct text b)
{
	unsigned rows[3][WORD_SIZE_MAX + 1] = { 0 };
	unsigned *before = rows[0], *above = rows[1], *row = rows[2];

	for (unsigned j = 0; j <= b.size; j++)
		above[j] = j;
	for (unsigned i = 1; i <= a.size; i++) {
		row[0] = i;
		for (unsigned j = 1; j <= b.size; j++) {
			char x = a.at[i - 1], y = b.at[j - 1];

			row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (x != y));
			if (i > 1 && j > 1 && x == b.at[j - 2] && a.at[i - 2] == y)
				row[j] = least(row[j], before[j - 2] + 1);
		}
		unsigned *spent = before;

		before = above;
		above = row;
		row = spent;
	}
	return above[b.size];
}

struct nearest nearest_to(struct text given)
{
	return (struct nearest){ .given = given, .distance = DISTANCE_MAX + 1 };
}

/* How a word is joined, and its case, cost nothing: "Birth Date" is birth_date. */
static struct text plain(char out[WORD_SIZE_MAX], struct text word)
{
	for (size_t i = 0; i < word.size; i++) {
		char c = word.at[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		out[i] = c == ' ' || c == '-' ? '_' : c;
	}
	return (struct text){ out, word.size };
}

void nearest_try(struct nearest *n, const char *word)
{
	char given[WORD_SIZE_MAX], known[WORD_SIZE_MAX];
	struct text w = text_of(word);
	unsigned d;

	if (n->given.size == 0 || n->given.size > WORD_SIZE_MAX || w.size > WORD_SIZE_MAX)
		return;
	d = distance(plain(given, n->given), plain(known, w));
	if (d < n->distance && d <= (w.size + 1) / 3) {
		n->word = word;
		n->distance = d;
	}
}
