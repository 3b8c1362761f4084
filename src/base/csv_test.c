#include "base/csv.h"

#include <iconv.h>
#include <stdio.h>

#include "base/prop.h"
#include "base/utf8.h"
#include "base/world_testing.h"

static struct csv *open_text(struct text t, const struct csv_form *form)
{
	struct csv *c = NULL;

	CHECK(!csv_open_bytes(&c, bytes_of_text(t), form, NULL));
	return c;
}

/* All rows as one text: cells between |, rows on a line each. */
static void check_rows(struct text t, const struct csv_form *form, const char *wanted)
{
	struct csv *c = open_text(t, form);
	const struct csv_row *row = NULL;
	struct buffer b = { 0 };
	struct fault f = { 0 };
	enum err e;

	while (!(e = csv_next(c, &row, &f)) && row) {
		for (size_t i = 0; i < row->count; i++) {
			CHECK(row->cells[i].at[row->cells[i].size] == 0);
			buffer_print(&b, "%s%.*s", i ? "|" : "", SHOWN(row->cells[i]));
		}
		buffer_text(&b, TEXT("\n"));
	}
	if (e)
		check_failed(__FILE__, __LINE__, "%s at %s:%s", f.key, f.values[1], f.values[2]);
	CHECK_TEXT(buffer_as_text(&b), wanted);
	buffer_free(&b);
	csv_close(c);
}

TEST(plain_rows_are_read)
{
	check_rows(TEXT("a,b\r\n1,2\r\n"), NULL, "a|b\n1|2\n");
	check_rows(TEXT("a,b\n1,2"), NULL, "a|b\n1|2\n");
	check_rows(TEXT("a,b\r1,2\r"), NULL, "a|b\n1|2\n");
	check_rows(TEXT("a,,\n,,\n"), NULL, "a||\n||\n");
	check_rows(TEXT(""), NULL, "");
	check_rows(TEXT("\n\r\n\r"), NULL, "");
	check_rows(TEXT("a\n\n\nb\n"), NULL, "a\nb\n");
}

TEST(quotes_keep_separators_line_ends_and_quotes)
{
	check_rows(TEXT("\"a,b\",\"c\nd\"\n"), NULL, "a,b|c\nd\n");
	check_rows(TEXT("\"say \"\"no\"\"\",x\n"), NULL, "say \"no\"|x\n");
	check_rows(TEXT("\"\"\n\"\"\"\"\n"), NULL, "\n\"\n");
	check_rows(TEXT("5'6\",x\n"), NULL, "5'6\"|x\n");
	check_rows(TEXT("\"a\"\r\n\"b\""), NULL, "a\nb\n");
}

TEST(the_separator_is_found_in_the_first_row)
{
	check_rows(TEXT("a;b;c,d\n1;2;3\n"), NULL, "a|b|c,d\n1|2|3\n");
	check_rows(TEXT("a\tb\n1,5\t2\n"), NULL, "a|b\n1,5|2\n");
	check_rows(TEXT("\"a,b,c\";d\n"), NULL, "a,b,c|d\n");
	check_rows(TEXT("\n\na;b\n,,,\n"), NULL, "a|b\n,,,\n");
	check_rows(TEXT("a;b\n"), &(struct csv_form){ .separator = ',' }, "a;b\n");
}

TEST(byte_order_marks_name_the_encoding)
{
	check_rows(TEXT("\xef\xbb\xbfname,x\n"), NULL, "name|x\n");
	check_rows(TEXT("\xff\xfe" "a\0\t\0\x46\x06\n\0"), NULL, "a|ن\n");
	check_rows(TEXT("\xfe\xff" "\0a\0\t\x06\x46\0\n\xd8\x3d\xde\x00"), NULL, "a|ن\n😀\n");
}

TEST(windows_1256_is_read_where_it_is_declared)
{
	const struct csv_form form = { .encoding = CSV_WINDOWS_1256 };

	check_rows(TEXT("\xe3\xcd\xe3\xcf,\x81\n"), &form, "محمد|پ\n");
}

TEST(all_of_windows_1256_is_as_iconv_has_it)
{
	const struct csv_form form = { .separator = ',', .encoding = CSV_WINDOWS_1256 };
	iconv_t converter = iconv_open("UTF-8", "CP1256");

	CHECK(converter != (iconv_t)-1);
	for (int byte = 0x80; byte < 0x100; byte++) {
		char in = (char)byte, out[8], *from = &in, *to = out;
		size_t in_left = 1, out_left = sizeof(out);
		const struct csv_row *row;
		struct csv *c = open_text((struct text){ &in, 1 }, &form);

		CHECK(iconv(converter, &from, &in_left, &to, &out_left) == 0);
		CHECK(!csv_next(c, &row, NULL) && row);
		CHECK(text_same(row->cells[0], (struct text){ out, sizeof(out) - out_left }));
		csv_close(c);
	}
	iconv_close(converter);
}

static void check_refused(struct text t, enum err e, const char *key, const char *line,
			  const char *column)
{
	struct csv *c = open_text(t, &(struct csv_form){ .name = "list.csv" });
	const struct csv_row *row = NULL;
	struct fault f = { 0 };
	enum err is;

	while (!(is = csv_next(c, &row, &f)) && row) {
	}
	CHECK_INT(is, e);
	CHECK(!row);
	CHECK_TEXT(f.key, key);
	CHECK_TEXT(f.values[0], "list.csv");
	CHECK_TEXT(f.values[1], line);
	CHECK_TEXT(f.values[2], column);
	csv_close(c);
}

TEST(what_is_no_csv_is_refused_with_line_and_column)
{
	check_refused(TEXT("a,b\n\"c\"x,d\n"), ERR_INPUT, "csv.after-quote", "2", "1");
	check_refused(TEXT("a,b\n\n1,\"2\n3\n"), ERR_INPUT, "csv.quote-open", "3", "2");
	check_refused(TEXT("a,b\r\nc,\xe3\xcd\n"), ERR_INPUT, "csv.encoding", "2", "2");
	check_refused(TEXT("a,\"\r\n\r\n\xd8"), ERR_INPUT, "csv.encoding", "3", "2");
	check_refused(TEXT("a,b\0c\n"), ERR_INPUT, "csv.zero-byte", "1", "2");
	check_refused(TEXT("a,\"b\0c\"\n"), ERR_INPUT, "csv.zero-byte", "1", "2");
	check_refused(TEXT("\xff\xfe" "a\0\n\0\x00\xd8" "b\0"), ERR_INPUT, "csv.encoding-utf16", "2", "1");
	check_refused(TEXT("\xff\xfe" "a\0b"), ERR_INPUT, "csv.encoding-utf16", "1", "1");
}

TEST(a_workbook_is_called_that)
{
	struct csv *c = open_text(TEXT("PK\x03\x04zip"), NULL);
	const struct csv_row *row;
	struct fault f;

	CHECK_FAULT(csv_next(c, &row, &f), ERR_INPUT, &f, "csv.is-workbook");
	csv_close(c);
}

TEST(a_row_says_in_which_line_it_begins)
{
	struct csv *c = open_text(TEXT("a\r\n\r\n\"b\nc\r\n\"\"d\"\r\ne"), NULL);
	const struct csv_row *row;

	CHECK(!csv_next(c, &row, NULL));
	CHECK_INT(row->line, 1);
	CHECK(!csv_next(c, &row, NULL));
	CHECK_INT(row->line, 3);
	CHECK_INT(row->number, 2);
	CHECK_TEXT(row->cells[0], "b\nc\r\n\"d");
	CHECK(!csv_next(c, &row, NULL));
	CHECK_INT(row->line, 6);
	CHECK_TEXT(row->cells[0], "e");
	CHECK(!csv_next(c, &row, NULL));
	CHECK(!row);
	CHECK(!csv_next(c, &row, NULL));
	CHECK(!row);
	CHECK_INT(csv_separator(c), ',');
	CHECK_INT(csv_position(c), 18);
	csv_close(c);
}

/* --- limits --------------------------------------------------------------------------------- */

/* `left` bytes of one letter, after `begin`. */
struct flood {
	struct text begin;
	char letter;
	size_t left;
	size_t given;
};

static enum err read_flood(void *self, void *out, size_t size, size_t *got, struct fault *f)
{
	struct flood *flood = self;
	size_t n = flood->begin.size ? flood->begin.size : flood->left;

	(void)f;
	*got = n < size ? n : size;
	if (flood->begin.size) {
		memcpy(out, flood->begin.at, *got);
		flood->begin.size = 0;
	} else {
		memset(out, flood->letter, *got);
		flood->left -= *got;
	}
	flood->given += *got;
	return OK;
}

static void check_flood(struct text begin, char letter, size_t size, const char *key, size_t most)
{
	struct flood flood = { .begin = begin, .letter = letter, .left = size };
	struct csv_source source = { &flood, read_flood };
	const struct csv_row *row;
	struct csv *c = NULL;
	struct fault f;

	CHECK(!csv_open(&c, &source, NULL, NULL));
	CHECK_FAULT(csv_next(c, &row, &f), ERR_LIMIT, &f, key);
	/* It does not read on to the end to say so. */
	CHECK(flood.given <= most);
	csv_close(c);
}

TEST(ten_megabytes_in_one_cell_are_refused_early)
{
	check_flood(TEXT("a,b,"), 'x', 10 << 20, "csv.cell-too-large", (1 << 20) + (1 << 17));
	check_flood(TEXT("a,b,\""), 'x', 10 << 20, "csv.cell-too-large", (1 << 20) + (1 << 17));
	check_flood(TEXT("a,b,\""), '\n', 10 << 20, "csv.cell-too-large", (1 << 20) + (1 << 17));
	check_flood(TEXT("a"), ',', 10 << 20, "csv.too-many-columns", 1 << 17);
}

TEST(a_row_of_many_large_cells_is_refused)
{
	struct buffer b = { 0 };
	struct csv *c;
	const struct csv_row *row;
	struct fault f;

	for (size_t i = 0; i < 5; i++) {
		memset(buffer_take(&b, CSV_CELL_SIZE_MAX), 'x', CSV_CELL_SIZE_MAX);
		buffer_text(&b, TEXT(","));
	}
	CHECK(!buffer_end(&b, NULL));
	c = open_text(buffer_as_text(&b), NULL);
	CHECK_FAULT(csv_next(c, &row, &f), ERR_LIMIT, &f, "csv.row-too-large");
	csv_close(c);
	c = open_text((struct text){ (const char *)b.at, 4 * (CSV_CELL_SIZE_MAX + 1) }, NULL);
	CHECK(!csv_next(c, &row, NULL));
	CHECK_INT(row->count, 5);
	CHECK_INT(row->cells[3].size, CSV_CELL_SIZE_MAX);
	csv_close(c);
	buffer_free(&b);
}

/* Long enough that the bytes come in several pieces, and some row lies on every cut. */
TEST(rows_with_quotes_and_without_are_read_alike_wherever_a_piece_ends)
{
	struct buffer list = { 0 };
	const struct csv_row *row;
	struct csv *c;
	char number[16];

	for (unsigned i = 1; i <= 20000; i++)
		buffer_print(&list, i % 3 ? "%u,زرمینه,%u\r\n" : "%u,\"زرمینه\",%u\r\n", i, i);
	c = open_text(buffer_as_text(&list), NULL);
	for (unsigned i = 1; i <= 20000; i++) {
		snprintf(number, sizeof(number), "%u", i);
		CHECK(!csv_next(c, &row, NULL) && row && row->count == 3);
		CHECK_INT(row->line, i);
		CHECK_TEXT(row->cells[0], number);
		CHECK_TEXT(row->cells[1], "زرمینه");
		CHECK_TEXT(row->cells[2], number);
		CHECK(row->cells[2].at[row->cells[2].size] == 0);
	}
	CHECK(!csv_next(c, &row, NULL) && !row);
	csv_close(c);
	buffer_free(&list);
}

TEST(a_file_is_read_and_named)
{
	char folder[TEST_FOLDER_SIZE], path[TEST_FOLDER_SIZE + 8];
	const struct csv_row *row;
	struct csv *c = NULL;
	struct fault f;

	test_folder_make(folder);
	snprintf(path, sizeof(path), "%s/x.csv", folder);
	CHECK_FAULT(csv_open_file(&c, world_real(), path, NULL, &f), ERR_NOT_FOUND, &f,
		    "file.not-found");
	CHECK(!c);
	CHECK(!file_save(world_real(), path, bytes_of("a,b\n\"", 5), NULL));
	CHECK(!csv_open_file(&c, world_real(), path, NULL, NULL));
	CHECK(!csv_next(c, &row, NULL));
	CHECK_INT(row->count, 2);
	CHECK_FAULT(csv_next(c, &row, &f), ERR_INPUT, &f, "csv.quote-open");
	CHECK_TEXT(f.values[0], path);
	csv_close(c);
	csv_close(NULL);
	test_folder_remove(folder);
}

TEST(a_disk_that_fails_is_no_end_of_file)
{
	char folder[TEST_FOLDER_SIZE], path[TEST_FOLDER_SIZE + 8];
	struct world_simulated w;
	const struct csv_row *row;
	struct csv *c = NULL;
	struct fault f;

	test_folder_make(folder);
	snprintf(path, sizeof(path), "%s/x.csv", folder);
	CHECK(!file_save(world_real(), path, bytes_of("a,b\n", 4), NULL));
	world_simulated_init(&w, 1);
	CHECK(!csv_open_file(&c, &w.world, path, NULL, NULL));
	w.disk_fail_at = w.disk_calls + 2;
	CHECK_FAULT(csv_next(c, &row, &f), ERR_IO, &f, "file.failed");
	csv_close(c);
	test_folder_remove(folder);
}

/* --- writing -------------------------------------------------------------------------------- */

TEST(cells_are_quoted_only_where_they_must_be)
{
	struct buffer b = { 0 };
	struct csv_writer w = { .out = &b };

	csv_cell(&w, TEXT("name"));
	csv_cell(&w, TEXT("a,b"));
	csv_cell(&w, TEXT("say \"no\""));
	csv_cell(&w, TEXT(""));
	csv_cell_int(&w, -5);
	csv_cell(&w, TEXT(" x"));
	csv_cell(&w, TEXT("=1+1"));
	csv_row_end(&w);
	csv_cell(&w, TEXT(""));
	csv_row_end(&w);
	CHECK_TEXT(buffer_as_text(&b), "name,\"a,b\",\"say \"\"no\"\"\",,-5,\" x\",=1+1\r\n\"\"\r\n");
	buffer_free(&b);
}

TEST(formulas_are_defused_where_that_is_asked_for)
{
	struct buffer b = { 0 };
	struct csv_writer w = { .out = &b, .separator = ';', .defuse = true };

	csv_cell(&w, TEXT("=HYPERLINK(\"x\")"));
	csv_cell(&w, TEXT("+93"));
	csv_cell(&w, TEXT("-1"));
	csv_cell(&w, TEXT("@x"));
	csv_cell(&w, TEXT("a=b"));
	csv_cell_int(&w, -1);
	csv_row_end(&w);
	CHECK_TEXT(buffer_as_text(&b), "\"'=HYPERLINK(\"\"x\"\")\";\"'+93\";\"'-1\";\"'@x\";a=b;-1\r\n");
	buffer_free(&b);
}

/* --- properties ------------------------------------------------------------------------------- */

/* Bytes in pieces of random size, so that every cut is met. */
struct dripping {
	struct prop *p;
	struct bytes left;
};

static enum err read_dripping(void *self, void *out, size_t size, size_t *got, struct fault *f)
{
	struct dripping *d = self;
	size_t n = (size_t)prop_uint(d->p, 1, 50);

	(void)f;
	n = n < size ? n : size;
	*got = n < d->left.size ? n : d->left.size;
	if (*got) {
		memcpy(out, d->left.at, *got);
		d->left = bytes_of(d->left.at + *got, d->left.size - *got);
	}
	return OK;
}

static struct text random_cell(struct prop *p)
{
	static const char *const nasty[] = { "\"", ",", "\r\n", "\n", ";", "\"\"", " ", "\r" };
	struct buffer b = { 0 };
	struct text out;

	for (size_t i = (size_t)prop_uint(p, 0, 3); i; i--) {
		buffer_text(&b, prop_text(p, 30));
		buffer_text(&b, text_of(nasty[prop_pick(p, COUNT_OF(nasty))]));
	}
	out = arena_copy_text(p->arena, buffer_as_text(&b));
	buffer_free(&b);
	return out;
}

#define CELLS_MAX 200

static void what_is_written_is_read(struct prop *p)
{
	struct text cells[CELLS_MAX];
	size_t columns = (size_t)prop_uint(p, 1, 8), count = 0, at = 0;
	struct buffer b = { 0 };
	struct csv_writer w = { .out = &b, .separator = prop_bool(p) ? ';' : ',' };
	struct csv_form form = { .separator = w.separator };
	struct dripping d = { .p = p };
	struct csv_source source = { &d, read_dripping };
	const struct csv_row *row;
	struct csv *c = NULL;

	for (size_t rows = (size_t)prop_uint(p, 0, CELLS_MAX / columns); rows; rows--) {
		for (size_t i = 0; i < columns; i++) {
			cells[count] = random_cell(p);
			csv_cell(&w, cells[count++]);
		}
		csv_row_end(&w);
	}
	d.left = buffer_bytes(&b);
	CHECK(!csv_open(&c, &source, &form, NULL));
	while (!csv_next(c, &row, NULL) && row) {
		CHECK_INT(row->count, columns);
		for (size_t i = 0; i < columns; i++, at++)
			CHECK(at < count && text_same(row->cells[i], cells[at]));
	}
	CHECK_INT(at, count);
	csv_close(c);
	buffer_free(&b);
}

TEST(what_is_written_is_read_the_same_in_any_pieces)
{
	prop_run(what_is_written_is_read, 1000, 15);
}

static void check_any_rows(struct text t, const struct csv_form *form)
{
	struct csv *c = open_text(t, form);
	const struct csv_row *row = NULL;
	struct fault f = { 0 };
	uint64_t rows = 0;

	while (!csv_next(c, &row, &f) && row) {
		CHECK_INT(row->number, ++rows);
		for (size_t i = 0; i < row->count; i++)
			CHECK(utf8_valid(row->cells[i]));
	}
	CHECK(f.key || csv_position(c) == t.size);
	csv_close(c);
}

static void any_bytes_are_rows_or_a_fault(struct prop *p)
{
	static const char *const marks[] = { "", "\xef\xbb\xbf", "\xff\xfe", "\xfe\xff" };
	struct csv_form form = { .encoding = prop_bool(p) ? CSV_WINDOWS_1256 : CSV_DETECT };
	struct buffer b = { 0 };

	buffer_text(&b, text_of(marks[prop_pick(p, 4)]));
	while (!prop_end(p) && b.size < 2000) {
		buffer_add(&b, prop_bytes(p, 3));
		buffer_text(&b, prop_bool(p) ? TEXT("\"") : TEXT(",\n"));
	}
	check_any_rows(buffer_as_text(&b), &form);
	buffer_free(&b);
}

static void any_file_is_rows_or_a_fault(struct prop *p)
{
	struct csv_form form = { .encoding = prop_bool(p) ? CSV_WINDOWS_1256 : CSV_DETECT };
	struct bytes b = prop_rest(p);

	check_any_rows((struct text){ (const char *)b.at, b.size }, &form);
}

TEST(random_bytes_are_rows_or_a_fault)
{
	prop_run(any_bytes_are_rows_or_a_fault, 1500, 16);
	prop_run(any_file_is_rows_or_a_fault, 1500, 17);
}

PROP_FUZZ(1, any_file_is_rows_or_a_fault)
PROP_FUZZ(2, any_bytes_are_rows_or_a_fault)
PROP_FUZZ(3, what_is_written_is_read)
RUN_TESTS()
