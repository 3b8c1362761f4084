/*
 * embed: files that are part of the program: catalogues and reference data.
 *
 *     struct bytes b = embedded("areas/areas.csv");
 *
 * Names are those under data/, and "words/<language>.mo".  A zero byte stands
 * behind the last byte of each.
 */
#pragma once

#include "base/bytes.h"

/* `at` is NULL where there is no such file. */
struct bytes embedded(const char *name);
