/*
 * known: whether a list says something else than what is on record.
 *
 * Only what the list says is compared: a field that it leaves out differs from nothing.
 */
#pragma once

#include "fact/fact.h"
#include "state/state.h"

/* `f` proposes to register the household or person `id`, which the state has already. */
bool household_differs(const struct state *s, const struct id *id, const struct fact *f);
bool person_differs(const struct state *s, const struct id *id, const struct fact *f);
