/*
 * embed: files that are part of the program: catalogues and reference data.
 *
 *     struct bytes b = embedded("areas/areas.csv");
 *
 * Names are those under data/, "words/<language>.mo", and those of the built web client
 * below "web/".  A zero byte stands
 * behind the last byte of each.
 */
#pragma once

#include "base/bytes.h"

/* `at` is NULL where there is no such file. */
struct bytes embedded(const char *name);
