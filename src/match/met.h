/*
 * met: from which candidates it can be learned how often doubles have each level.
 *
 * Candidates share what is rare.  Of the doubles whose given names differ, those who were
 * born on one day are among them, and of those born on other days nearly none: to count the
 * days of birth of all candidates is to learn that doubles have hardly ever another one.
 * The days are counted among those who agree on so much else that they are candidates
 * whatever their days, which shows in their number: strangers who agree on it as well are
 * about as many as chance has them.
 */
#pragma once

#include "match/histogram.h"
#include "match/model.h"

/*
 * Of each pattern of a settled histogram, a bit for each column of which the levels may be
 * learned from it; the caller frees it, NULL: no memory.  `m` knows its strangers.
 */
uint32_t *met_columns(const struct model *m, const struct histogram *h);
