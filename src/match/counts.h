/*
 * counts: what a channel has learned, as a table of five columns that can be read, compared
 * and carried:
 *
 *     what   of   beside  is    count
 *     gave   ش    cv      sh    132.4     sheen between a consonant and a vowel was sh
 *     gave   _    cc      a     801.0     a gap between two consonants was an a
 *     after  s    -       h     77.0      in a word, s was followed by h
 *
 * `beside` is what stands before and behind a unit: ^ and $ the ends of the word, c a
 * consonant, v a vowel.  A gap is _ between Arabic and . between Latin letters; as a
 * result, they are nothing in Arabic and nothing in Latin letters.  Counts below 0.05 are
 * left out.
 */
#pragma once

#include "base/buffer.h"
#include "match/channel.h"

MUST_USE enum err counts_read(struct channel_counts *out, struct text table, struct fault *f);
void counts_write(const struct channel_counts *n, struct buffer *out);
