/*
 * Mappings that ship with ikhtiar, and those that are taken without being asked for:
 * where the columns have names that nothing else has.
 */
#include "base/embed.h"
#include "import/listing.h"

#define HEADER_ARENA ((size_t)16 << 20)

/* All of these among the names of one table's columns. */
static const struct recognition {
	const char *word;
	const char *columns[4];
} recognitions[] = {
	{ "hope", { "household_id", "full_name_i_c", "gender_i_c", "relationship_i_c" } },
	{ "people", { "rec_id", "hh_no", "given_latin", "document_number" } },
};

struct bytes import_ready_map(const char *word)
{
	char name[64] = "maps/";

	for (size_t i = 0; word[i]; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz", word[i]) || i > 32)
			return (struct bytes){ NULL, 0 };
	strcat(name, word);
	strcat(name, ".json");
	return embedded(name);
}

static bool has_column(const struct row *row, const char *name, struct arena *a)
{
	for (size_t i = 0; i < row->count; i++) {
		struct fault none = { 0 };
		uint64_t stripped = 0;
		struct text t;

		if (!cell_of(row, i, a, &stripped, &t, &none) && text_is(t, name))
			return true;
	}
	return false;
}

/* The word of a table by its first row; NULL: none is known. */
static enum err recognise_rows(struct rows *rows, struct arena *a, const char **word,
			       struct fault *f)
{
	const struct row *row;
	enum err e = rows->next(rows->self, &row, f);

	for (size_t i = 0; !e && row && i < COUNT_OF(recognitions) && !*word; i++) {
		const struct recognition *r = &recognitions[i];
		bool all = true;

		for (size_t k = 0; k < COUNT_OF(r->columns) && all; k++)
			all = has_column(row, r->columns[k], a);
		if (all)
			*word = r->word;
	}
	return e;
}

static enum err recognise_workbook(struct world *w, const struct import_file *file, struct arena *a,
				   const char **word, struct fault *f)
{
	struct workbook *b;
	enum err e = xlsx_open(&b, w, file, f);

	if (e)
		return e;
	for (size_t i = 0; !e && i < xlsx_count(b) && !*word; i++) {
		struct rows rows = { 0 };

		if (!(e = xlsx_rows(&rows, b, i, f)))
			e = recognise_rows(&rows, a, word, f);
		rows_close(&rows);
	}
	xlsx_close(b);
	return e;
}

enum err import_recognise(struct world *w, const struct import_file *files, size_t file_count,
			  const char **word, struct fault *f)
{
	struct arena *a = NULL;
	enum err e = OK;

	*word = NULL;
	if (arena_new(&a, HEADER_ARENA))
		return fault(f, ERR_MEMORY, "memory.none");
	for (size_t i = 0; !e && i < file_count && !*word; i++) {
		struct rows rows = { 0 };
		bool workbook;

		if ((e = rows_is_workbook(w, &files[i], &workbook, f)))
			break;
		if (workbook) {
			e = recognise_workbook(w, &files[i], a, word, f);
			continue;
		}
		if (!(e = rows_of_csv(&rows, w, &files[i], NULL, f)))
			e = recognise_rows(&rows, a, word, f);
		rows_close(&rows);
	}
	arena_free(a);
	return e;
}
