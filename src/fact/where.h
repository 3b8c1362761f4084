/*
 * where: which field, item and part a sentence is about, as a clerk reads it:
 * "given", "topics 3", "documents 2: number".
 */
#pragma once

#include "fact/fact.h"

struct where {
	const struct field *field;
	unsigned item;		  /* of a list, from 1; 0: the field itself */
	const struct field *part; /* of a record; NULL: the whole           */
};

#define WHERE_SIZE 96
/* Gives `out` back, ended by a zero byte. */
const char *where_write(char out[WHERE_SIZE], const struct where *w);
