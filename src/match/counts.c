/* Counts of a channel as a table. */
#include "match/counts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/csv.h"
#include "base/utf8.h"

#define COLUMNS 5
#define COUNT_LEAST 0.05
#define COUNT_MOST 1e9

/* --- words of the table --------------------------------------------------------------- */

/* A letter, or a piece of two, in UTF-8. */
static struct text letter_word(char out[TOKEN_SHOWN_SIZE], unsigned letter)
{
	struct token t = { .size = 1, .letters = { (uint8_t)letter } };

	return (struct text){ out, token_show(out, &t) };
}

static struct text piece_word(char out[TOKEN_SHOWN_SIZE], unsigned piece)
{
	if (piece > 26)
		return text_of(channel_pair(piece));
	return piece ? letter_word(out, LETTER_A + piece - 1) : TEXT(".");
}

static struct text unit_word(char out[TOKEN_SHOWN_SIZE], unsigned unit)
{
	if (unit >= UNITS_LATIN)
		return piece_word(out, unit - UNITS_LATIN);
	return unit ? letter_word(out, unit) : TEXT("_");
}

static struct text result_word(char out[TOKEN_SHOWN_SIZE], unsigned result)
{
	if (result < RESULTS_ARABIC)
		return piece_word(out, result);
	return result > RESULTS_ARABIC ? letter_word(out, result - RESULTS_ARABIC) : TEXT("_");
}

static struct text end_word(char out[TOKEN_SHOWN_SIZE], unsigned letter)
{
	return letter ? letter_word(out, letter) : TEXT("^");
}

static struct text beside_word(char out[3], unsigned context)
{
	out[0] = "^cv"[context / 3];
	out[1] = "$cv"[context % 3];
	return (struct text){ out, 2 };
}

/*
 * Which number below `count` has this word; `count`: none.  The table has them in their
 * order, so that it is looked for from the number that was found `last`.
 */
static unsigned number_of(struct text word, struct text (*of)(char *, unsigned), unsigned count,
			  unsigned *last)
{
	char room[TOKEN_SHOWN_SIZE];

	for (unsigned tried = 0; tried < count; tried++) {
		unsigned number = (*last + tried) % count;

		if (text_same(of(room, number), word))
			return *last = number;
	}
	return count;
}

/* --- out ------------------------------------------------------------------------------ */

static void write_row(struct buffer *out, const char *what, struct text of, struct text beside,
		      struct text is, double count)
{
	if (count >= COUNT_LEAST)
		buffer_print(out, "%s\t%.*s\t%.*s\t%.*s\t%.2f\n", what, SHOWN(of), SHOWN(beside),
			     SHOWN(is), count);
}

void counts_write(const struct channel_counts *n, struct buffer *out)
{
	char of[TOKEN_SHOWN_SIZE], is[TOKEN_SHOWN_SIZE], beside[3];

	buffer_text(out, TEXT("what\tof\tbeside\tis\tcount\n"));
	for (unsigned unit = 0; unit < UNITS_COUNT; unit++)
		for (unsigned k = 0; k < CONTEXTS_COUNT; k++)
			for (unsigned r = 0; r < RESULTS_COUNT; r++)
				write_row(out, "gave", unit_word(of, unit), beside_word(beside, k),
					  result_word(is, r), n->gave[unit][k][r]);
	for (unsigned a = 0; a < LETTERS; a++)
		for (unsigned b = 0; b < LETTERS; b++)
			write_row(out, "after", end_word(of, a), TEXT("-"), end_word(is, b),
				  n->followed[a][b]);
}

/* --- in ------------------------------------------------------------------------------- */

static bool count_read(double *out, struct text cell)
{
	char *end;

	/* A cell of a table ends with a zero byte. */
	*out = strtod(cell.at, &end);
	return cell.size && end == cell.at + cell.size && *out >= 0 && *out <= COUNT_MOST;
}

/* The numbers of the row before. */
struct reading {
	unsigned of, beside, is, before, behind;
};

static bool row_read(struct channel_counts *out, const struct csv_row *row, struct reading *x)
{
	const struct text *cells = row->cells;
	unsigned of, is, beside;
	double count;

	if (row->count != COLUMNS || !count_read(&count, cells[4]))
		return false;
	if (text_is(cells[0], "gave")) {
		of = number_of(cells[1], unit_word, UNITS_COUNT, &x->of);
		beside = number_of(cells[2], beside_word, CONTEXTS_COUNT, &x->beside);
		is = number_of(cells[3], result_word, RESULTS_COUNT, &x->is);
		if (of == UNITS_COUNT || beside == CONTEXTS_COUNT || is == RESULTS_COUNT)
			return false;
		out->gave[of][beside][is] = count;
		return true;
	}
	of = number_of(cells[1], end_word, LETTERS, &x->before);
	is = number_of(cells[3], end_word, LETTERS, &x->behind);
	if (!text_is(cells[0], "after") || of == LETTERS || is == LETTERS)
		return false;
	out->followed[of][is] = count;
	return true;
}

enum err counts_read(struct channel_counts *out, struct text table, struct fault *f)
{
	const struct csv_form form = { .name = "channel", .separator = '\t' };
	const struct csv_row *row;
	struct reading reading = { 0 };
	struct csv *csv = NULL;
	enum err e;

	memset(out, 0, sizeof(*out));
	if ((e = csv_open_bytes(&csv, bytes_of_text(table), &form, f)))
		return e;
	while (!(e = csv_next(csv, &row, f)) && row)
		if (row->number > 1 && !row_read(out, row, &reading)) {
			e = fault(f, ERR_INPUT, "match.bad-count", row->line);
			break;
		}
	csv_close(csv);
	return e;
}
