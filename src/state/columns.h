/*
 * columns: the rows of persons, made from person.def.
 *
 * Rows lie in blocks of 1,024; in a block each column is an array, so that a table over
 * all persons runs through the memory it needs and through nothing else.  Nothing moves
 * when the register grows.  (Blocks of 64 and of 4,096 rows fold at the same speed.)
 *
 *     stored as   FLAG, CODE, COUNT8  1 byte      DAY, MASK32  4 bytes
 *                 COUNT16, MASK16     2 bytes     TIME         4 bytes, 1970 to 2106
 *                 ID                  4 bytes: number of a subject
 *                 SYMBOL              4 bytes: number of a text that is kept once
 *
 * Behind the columns of person.def stand those that only this room knows.
 */
#pragma once

#include "state/chunks.h"
#include "state/heap.h"
#include "state/table.h"
#include "state/state.h"

#define STORED_FLAG uint8_t
#define STORED_COUNT8 uint8_t
#define STORED_COUNT16 uint16_t
#define STORED_MASK16 uint16_t
#define STORED_MASK32 uint32_t
#define STORED_CODE uint8_t
#define STORED_DAY int32_t
#define STORED_TIME uint32_t
#define STORED_ID uint32_t
#define STORED_SYMBOL uint32_t

#define PERSON_SHIFT 10
#define PERSON_ROWS (1u << PERSON_SHIFT)

struct person_block {
	uint32_t subject[PERSON_ROWS];
#define COLUMN(type, name) STORED_##type name[PERSON_ROWS];
#include "state/person.def"
	uint32_t names[PERSON_ROWS];     /* block of the heap: person_names */
	uint32_t marks[PERSON_ROWS];     /* block of the heap: packed marks */
	uint32_t joined[PERSON_ROWS];    /* fact that brought her into the household … */
	uint32_t joined_at[PERSON_ROWS]; /* … and when */
	uint32_t next[PERSON_ROWS];      /* row + 1 of the next member of the household … */
	uint32_t previous[PERSON_ROWS];  /* … and of the one before; 0: none */
};

/* Texts that repeat. */
struct symbols {
	struct chunks items; /* block of the heap by number; 0 is the empty text */
	struct table of_text;
};

MUST_USE bool symbols_init(struct symbols *s);
void symbols_free(struct symbols *s);
struct text symbol_text(const struct symbols *s, const struct heap *h, uint32_t number);
/* false: no memory. */
MUST_USE bool symbol_number(struct symbols *s, struct heap *h, struct text t, uint32_t *number);

/* Several texts as one block of the heap: sizes of two bytes, then the bytes. */
MUST_USE bool texts_keep(struct heap *h, uint32_t *block, struct text *const *texts, size_t count);
void texts_view(const struct heap *h, uint32_t block, struct text *const *texts, size_t count);
/* A person's names and papers the same way; an empty one has no block. */
MUST_USE bool names_keep(struct heap *h, uint32_t *block, const struct person_names *n);
void names_view(const struct heap *h, uint32_t block, struct person_names *n);
