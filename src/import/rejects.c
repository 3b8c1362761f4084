/*
 * What was not taken, as a list that a spreadsheet opens.
 */
#include "import/import.h"

#define SENTENCE_ARENA ((size_t)1 << 20)

void import_rejects_head(struct csv_writer *w)
{
	static const char *const columns[] = { "sheet", "row", "column", "what", "reason" };

	for (size_t i = 0; i < COUNT_OF(columns); i++)
		csv_cell(w, text_of(columns[i]));
	csv_row_end(w);
}

void import_rejects_row(struct csv_writer *w, const struct words *words,
			const struct import_reject *reject)
{
	struct arena *a = NULL;

	csv_cell(w, text_of(reject->sheet));
	csv_cell_int(w, (int64_t)reject->row);
	csv_cell(w, reject->column);
	csv_cell(w, reject->changed ? TEXT("changed") : TEXT("rejected"));
	/* Where there is no memory for the sentence, row and column are worth having. */
	csv_cell(w, arena_new(&a, SENTENCE_ARENA) ? TEXT("") : say_fault(a, words, reject->why));
	csv_row_end(w);
	arena_free(a);
}
