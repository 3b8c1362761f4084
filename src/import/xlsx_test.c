/* Workbooks are read as they are, and those made to harm are refused in good time. */
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/prop.h"
#include "base/test.h"
#include "base/world_testing.h"
#include "import/book_testing.h"
#include "import/rows.h"

#define PATH_SIZE (TEST_FOLDER_SIZE + 32)
#define BYTES(string) bytes_of(string, sizeof(string) - 1)

struct desk {
	char folder[TEST_FOLDER_SIZE];
	char path[PATH_SIZE];
	struct fault fault;
};

static struct desk desk_new(void)
{
	struct desk d = { .folder = "" };

	test_folder_make(d.folder);
	snprintf(d.path, sizeof(d.path), "%s/list.xlsx", d.folder);
	return d;
}

static void desk_end(struct desk *d)
{
	test_folder_remove(d->folder);
}

/* Read all rows of the sheet: "1: a|b", one a line, numbers between < and >. */
static enum err read_all(struct desk *d, struct text sheet, struct buffer *out)
{
	struct workbook *b = NULL;
	struct rows rows = { 0 };
	const struct row *row = NULL;
	size_t at;
	enum err e;

	d->fault = (struct fault){ 0 };
	if ((e = xlsx_open(&b, world_real(), &(struct import_file){ .name = d->path },
			       &d->fault)))
		return e;
	if (!xlsx_find(b, sheet, &at))
		at = 0;
	e = xlsx_rows(&rows, b, at, &d->fault);
	while (!e && !(e = rows.next(rows.self, &row, &d->fault)) && row) {
		buffer_print(out, "%llu: ", (unsigned long long)row->number);
		for (size_t i = 0; i < row->count; i++)
			buffer_print(out, "%s%s%.*s%s", i ? "|" : "", row->is_number[i] ? "<" : "",
				     SHOWN(row->cells[i]), row->is_number[i] ? ">" : "");
		buffer_print(out, "\n");
	}
	rows_close(&rows);
	xlsx_close(b);
	return e;
}

static void check_rows(struct desk *d, const char *sheet, const char *wanted)
{
	struct buffer b = { 0 };

	CHECK_INT(read_all(d, text_of(sheet), &b), OK);
	CHECK_TEXT(buffer_as_text(&b), wanted);
	buffer_free(&b);
}

static void check_refused(struct desk *d, enum err e, const char *key)
{
	struct buffer b = { 0 };
	enum err is = read_all(d, TEXT(""), &b);

	CHECK_TEXT(d->fault.key ? d->fault.key : "(none)", key);
	CHECK_INT(is, e);
	CHECK_INT(d->fault.err, e);
	buffer_free(&b);
}

static void write_sheet_xml(struct desk *d, const char *xml)
{
	const struct test_sheet sheet = { "main", "" };
	const struct test_book book = { .sheets = &sheet, .sheet_count = 1, .sheet_xml = xml };

	book_write(d->path, &book);
}

/* --- as they are --------------------------------------------------------------------- */

TEST(cells_are_given_as_text_and_numbers_as_written)
{
	struct desk d = desk_new();
	const struct test_sheet sheets[] = {
		{ "main",
		  "name|age|card\nزرمینه|n:34|n:1730112345671\n||\nx & <y>|n:1.5|e:#N/A\n" },
		{ "other", "s:0|s:1|s:7|s:x\n" },
	};
	const struct test_book book = {
		.sheets = sheets,
		.sheet_count = 2,
		.strings = "<si><t>one</t></si><si><r><t>t</t></r><r><t xml:space=\"preserve\">wo "
			   "</t></r><rPh sb=\"0\" eb=\"1\"><t>not shown</t></rPh></si>",
	};

	book_write(d.path, &book);
	check_rows(&d, "main",
		   "1: name|age|card\n2: زرمینه|<34>|<1730112345671>\n"
		   "4: x & <y>|<1.5>|#N/A\n");
	check_rows(&d, "other", "1: one|two ||\n");
	desk_end(&d);
}

TEST(cells_that_are_missing_out_of_order_or_escaped_find_their_place)
{
	struct desk d = desk_new();

	write_sheet_xml(
		&d,
		"<worksheet><sheetData>"
		"<row r=\"3\"><c r=\"C3\" t=\"str\"><f>A1&amp;B1</f><v>c</v></c>"
		"<c r=\"A3\" t=\"b\"><v>1</v></c></row>"
		"<row><c t=\"inlineStr\"><is><t>a_x000D_b_x005F_c_xZZ_</t></is></c>"
		"<c t=\"inlineStr\"><is><t>d</t><rPh sb=\"0\" eb=\"1\"><t>no</t></rPh></is></c></row>"
		"<row r=\"9\" spans=\"1:2\"/>"
		"</sheetData></worksheet>");
	check_rows(&d, "main", "3: 1||c\n4: a\rb_c_xZZ_|d\n");
	desk_end(&d);
}

TEST(prefixes_of_names_do_not_matter)
{
	struct desk d = desk_new();

	write_sheet_xml(&d,
			"<x:worksheet xmlns:x=\"u\"><x:sheetData><x:row x:r=\"1\"><x:c r=\"A1\">"
			"<x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>");
	check_rows(&d, "main", "1: <7>\n");
	desk_end(&d);
}

TEST(rows_that_are_cut_by_the_pieces_of_reading_come_out_whole)
{
	struct desk d = desk_new();
	const struct test_sheet sheet = { "main", "" };
	struct test_book book = { .sheets = &sheet, .sheet_count = 1 };
	struct buffer xml = { 0 }, wanted = { 0 };

	buffer_print(&xml, "<worksheet><sheetData>");
	for (unsigned i = 1; i <= 20000; i++) {
		buffer_print(
			&xml,
			"<row r=\"%u\"><c r=\"A%u\" t=\"inlineStr\"><is><t>name %u</t></is></c>"
			"<c r=\"B%u\"><v>%u</v></c></row>",
			i, i, i, i, i * 7);
		buffer_print(&wanted, "%u: name %u|<%u>\n", i, i, i * 7);
	}
	buffer_print(&xml, "</sheetData></worksheet>");
	book.sheet_xml = (const char *)xml.at;
	book.sheet_xml_size = xml.size;
	book_write(d.path, &book);
	buffer_byte(&wanted, 0);
	check_rows(&d, "main", (const char *)wanted.at);
	buffer_free(&xml);
	buffer_free(&wanted);
	desk_end(&d);
}

TEST(the_base_of_its_days_is_told)
{
	struct desk d = desk_new();
	const struct test_sheet sheet = { "main", "n:1\n" };
	struct test_book book = { .sheets = &sheet,
				  .sheet_count = 1,
				  .workbook_pr = "date1904=\"1\"" };
	struct workbook *b;
	struct rows rows;

	for (int from_1904 = 1; from_1904 >= 0; from_1904--) {
		book_write(d.path, &book);
		CHECK_INT(xlsx_open(&b, world_real(), &(struct import_file){ .name = d.path },
					&d.fault),
			  OK);
		CHECK_INT(xlsx_rows(&rows, b, 0, &d.fault), OK);
		CHECK_INT(rows.from_1904, from_1904);
		rows_close(&rows);
		xlsx_close(b);
		book.workbook_pr = "date1904=\"false\"";
	}
	desk_end(&d);
}

TEST(a_sheet_is_found_by_the_title_that_kobo_makes_of_its_name)
{
	struct desk d = desk_new();
	const struct test_sheet sheets[] = {
		{ "Registration of households i...", "a\n" }, /* 31 characters */
		{ "who_what_ _where_", "b\n" },
		{ "exactly thirty-one characters!!", "c\n" },
		{ "د کورنیو نوم لیکنه چې ډېره او...", "d\n" },
	};
	const struct test_book book = { .sheets = sheets, .sheet_count = 4 };
	struct workbook *b;
	size_t at;

	book_write(d.path, &book);
	CHECK_INT(
		xlsx_open(&b, world_real(), &(struct import_file){ .name = d.path }, &d.fault),
		OK);
	CHECK(xlsx_find(b, TEXT("Registration of households in Peshawar"), &at) && at == 0);
	CHECK(xlsx_find(b, TEXT("who[what] :where?"), &at) && at == 1);
	CHECK(xlsx_find(b, TEXT("exactly thirty-one characters!!"), &at) && at == 2);
	CHECK(!xlsx_find(b, TEXT("exactly thirty-one characters!"), &at));
	CHECK(!xlsx_find(b, TEXT("Registration of households"), &at));
	CHECK(!xlsx_find(b, TEXT(""), &at));
	xlsx_close(b);
	desk_end(&d);
}

/* --- bad ones ------------------------------------------------------------------------ */

static void write_bytes(const char *path, const void *at, size_t size)
{
	FILE *file = fopen(path, "wb");

	CHECK(file && fwrite(at, 1, size, file) == size && !fclose(file));
}

TEST(what_is_no_workbook_is_refused)
{
	struct desk d = desk_new();
	const struct test_part no_book = { "xl/other.xml", { (const uint8_t *)"<a/>", 4 } };

	check_refused(&d, ERR_NOT_FOUND, "file.not-found");
	write_bytes(d.path, "name,age\n", 9);
	check_refused(&d, ERR_INPUT, "xlsx.not-a-workbook");
	write_bytes(d.path, "", 0);
	check_refused(&d, ERR_INPUT, "xlsx.not-a-workbook");
	zip_write(d.path, &no_book, 1);
	check_refused(&d, ERR_INPUT, "xlsx.no-part");
	write_sheet_xml(&d, "<worksheet><sheetData><row></sheetData>");
	check_refused(&d, ERR_INPUT, "xlsx.not-xml");
	write_sheet_xml(&d, "<worksheet><sheetData>");
	check_refused(&d, ERR_INPUT, "xlsx.not-xml");
	write_sheet_xml(&d, "<worksheet>\xff</worksheet>");
	check_refused(&d, ERR_INPUT, "xlsx.not-xml");
	desk_end(&d);
}

TEST(a_document_type_and_what_it_could_define_is_refused)
{
	struct desk d = desk_new();

	write_sheet_xml(&d, "<!DOCTYPE a><worksheet/>");
	check_refused(&d, ERR_INPUT, "xlsx.doctype");
	write_sheet_xml(&d,
			"<!DOCTYPE a [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
			"<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><worksheet><sheetData><row><c>"
			"<v>&c;</v></c></row></sheetData></worksheet>");
	check_refused(&d, ERR_INPUT, "xlsx.doctype");
	write_sheet_xml(
		&d, "<worksheet><sheetData><row><c><v>&c;</v></c></row></sheetData></worksheet>");
	check_refused(&d, ERR_INPUT, "xlsx.not-xml");
	desk_end(&d);
}

/* `size` bytes of blanks between the head and the tail of a sheet. */
static void write_blown_up(struct desk *d, size_t size)
{
	const struct test_sheet sheet = { "main", "" };
	struct test_book book = { .sheets = &sheet, .sheet_count = 1, .sheet_xml_size = size };
	char *xml = malloc(size);

	CHECK(xml);
	memset(xml, ' ', size);
	memcpy(xml, "<worksheet>", 11);
	memcpy(xml + size - 12, "</worksheet>", 12);
	book.sheet_xml = xml;
	book_write(d->path, &book);
	free(xml);
}

TEST(a_part_that_unpacks_to_far_more_than_it_is_packed_is_refused)
{
	struct desk d = desk_new();

	write_blown_up(&d, (size_t)20 << 20);
	check_refused(&d, ERR_LIMIT, "xlsx.bomb");
	/* Small ones are no harm, however well they pack. */
	write_blown_up(&d, (size_t)8 << 20);
	check_rows(&d, "main", "");
	desk_end(&d);
}

TEST(a_part_that_states_a_smaller_or_larger_size_than_it_has_is_refused)
{
	struct desk d = desk_new();
	const char *part = "xl/worksheets/sheet1.xml";
	struct buffer b = { 0 };

	write_blown_up(&d, (size_t)40 << 20);
	zip_lie(d.path, part, 1000);
	CHECK(read_all(&d, TEXT(""), &b) != OK);
	CHECK(strcmp(d.fault.key, "xlsx.bomb") == 0 || strcmp(d.fault.key, "xlsx.damaged") == 0);
	zip_lie(d.path, part, UINT32_MAX - 1);
	check_refused(&d, ERR_LIMIT, "xlsx.bomb");
	write_blown_up(&d, 10000);
	zip_lie(d.path, part, 20000);
	check_refused(&d, ERR_INPUT, "xlsx.damaged");
	buffer_free(&b);
	desk_end(&d);
}

/* "<worksheet><sheetData>" + head + `count` times body + tail. */
static void write_repeated(struct desk *d, const char *head, const char *body, size_t count,
			   const char *tail)
{
	const struct test_sheet sheet = { "main", "" };
	struct test_book book = { .sheets = &sheet, .sheet_count = 1 };
	struct buffer xml = { 0 };

	buffer_print(&xml, "<worksheet><sheetData>%s", head);
	for (size_t i = 0; i < count; i++)
		buffer_text(&xml, text_of(body));
	buffer_print(&xml, "%s</sheetData></worksheet>", tail);
	CHECK_INT(xml.err, OK);
	book.sheet_xml = (const char *)xml.at;
	book.sheet_xml_size = xml.size;
	book_write(d->path, &book);
	buffer_free(&xml);
}

TEST(a_cell_or_a_row_that_is_too_large_is_refused)
{
	struct desk d = desk_new();
	struct test_sheet sheet = { "main", "s:0\n" };
	struct test_book book = { .sheets = &sheet, .sheet_count = 1 };
	struct buffer strings = { 0 };

	/* Ten million bytes in one cell. */
	write_repeated(&d, "<row r=\"5\"><c r=\"B5\" t=\"str\"><v>", "0123456789", 1000000,
		       "</v></c></row>");
	check_refused(&d, ERR_LIMIT, "xlsx.cell-too-large");
	CHECK_TEXT(d.fault.values[1], "5");
	CHECK_TEXT(d.fault.values[2], "2");
	/* The same in a shared string. */
	buffer_print(&strings, "<si><t>");
	for (int i = 0; i < 1000000; i++)
		buffer_text(&strings, TEXT("0123456789"));
	buffer_print(&strings, "</t></si>");
	buffer_byte(&strings, 0);
	book.strings = (const char *)strings.at;
	book_write(d.path, &book);
	check_refused(&d, ERR_LIMIT, "xlsx.string-too-large");
	buffer_free(&strings);
	/* Many cells of a fair size in one row, and rows of cells that stand far out. */
	write_repeated(&d, "<row>", "<c><v>0123456789012345678901234567890123456789</v></c>", 4097,
		       "</row>");
	check_refused(&d, ERR_LIMIT, "xlsx.too-many-columns");
	write_repeated(&d, "", "<row><c r=\"FAN1\"><v>1</v></c></row>", 20000, "");
	check_refused(&d, ERR_LIMIT, "xlsx.row-too-large");
	write_repeated(&d, "<row>", "<c r=\"ZZZZ1\"/>", 1, "</row>");
	check_refused(&d, ERR_LIMIT, "xlsx.too-many-columns");
	write_repeated(&d, "<row>", "<c r=\"9\"/>", 1, "</row>");
	check_refused(&d, ERR_LIMIT, "xlsx.too-many-columns");
	desk_end(&d);
}

TEST(tags_without_end_and_nesting_without_bottom_are_refused)
{
	struct desk d = desk_new();

	write_repeated(&d, "<row attribute=\"", "0123456789", 400000, "\"/>");
	check_refused(&d, ERR_LIMIT, "xlsx.tag-too-large");
	write_repeated(&d, "", "<a>", 100, "");
	check_refused(&d, ERR_LIMIT, "xlsx.too-deep");
	desk_end(&d);
}

TEST(a_workbook_of_too_many_sheets_is_refused)
{
	struct desk d = desk_new();
	struct buffer book = { 0 };
	struct test_part parts[2] = { { "xl/workbook.xml", { NULL, 0 } },
				      { "xl/_rels/workbook.xml.rels",
					{ (const uint8_t *)"<a/>", 4 } } };

	buffer_print(&book, "<workbook>");
	for (int i = 0; i < 300; i++)
		buffer_print(&book, "<sheet name=\"%d\" id=\"%d\"/>", i, i);
	buffer_print(&book, "</workbook>");
	parts[0].bytes = buffer_bytes(&book);
	zip_write(d.path, parts, 2);
	check_refused(&d, ERR_LIMIT, "xlsx.too-many-sheets");
	buffer_free(&book);
	desk_end(&d);
}

TEST(a_disk_that_fails_is_told)
{
	struct desk d = desk_new();
	struct world_simulated w;
	struct workbook *b;

	write_sheet_xml(&d, "<worksheet/>");
	for (uint64_t call = 1; call <= 2; call++) {
		world_simulated_init(&w, 1);
		w.disk_fail_at = call;
		d.fault = (struct fault){ 0 };
		CHECK_INT(xlsx_open(&b, &w.world, &(struct import_file){ .name = d.path },
					&d.fault),
			  ERR_IO);
		CHECK(!b);
	}
	desk_end(&d);
}

/* --- whatever comes ------------------------------------------------------------------ */

/* A sheet put together of what sheets are made of, in any order. */
static void any_sheet_is_read_or_refused(struct prop *p)
{
	static const char *const pieces[] = {
		"<row>",
		"<row r=\"7\">",
		"<row r=\"x\">",
		"</row>",
		"<c>",
		"<c r=\"A1\">",
		"<c r=\"CZ1\" t=\"s\">",
		"<c r=\"C\" t=\"inlineStr\">",
		"<c r=\"FAN1\"/>",
		"</c>",
		"<v>",
		"</v>",
		"<is>",
		"</is>",
		"<t>",
		"</t>",
		"<rPh>",
		"</rPh>",
		"text",
		"0",
		"99999999999",
		"-1",
		"_x000D_",
		"_x0000_",
		"_xD800_",
		"&amp;",
		"&#x10FFFF;",
		"<f>",
		"</f>",
		"<!--",
		"-->",
		"<![CDATA[",
		"]]>",
		"<a b=\"",
		"\"/>",
		"\xff",
		"ز",
	};
	struct desk d = desk_new();
	struct buffer xml = { 0 }, out = { 0 };
	const struct test_sheet sheet = { "main", "" };
	struct test_book book = { .sheets = &sheet,
				  .sheet_count = 1,
				  .strings = "<si><t>one</t></si>" };
	enum err e;

	buffer_print(&xml, "<worksheet>");
	while (!prop_end(p) && xml.size < 20000)
		buffer_text(&xml, text_of(pieces[prop_pick(p, COUNT_OF(pieces))]));
	if (prop_bool(p))
		buffer_print(&xml, "</worksheet>");
	book.sheet_xml = (const char *)xml.at;
	book.sheet_xml_size = xml.size;
	book_write(d.path, &book);
	e = read_all(&d, TEXT("main"), &out);
	CHECK_INT(d.fault.err, e);
	CHECK(e == OK || e == ERR_INPUT || e == ERR_LIMIT);
	CHECK_INT(d.fault.key != NULL, e != OK);
	buffer_free(&xml);
	buffer_free(&out);
	desk_end(&d);
}
PROP_FUZZ(21, any_sheet_is_read_or_refused)

/* One of the four parts of a workbook is whatever somebody wrote into the container. */
static void any_part_is_read_or_refused(struct prop *p)
{
	struct test_part parts[] = {
		{ "xl/workbook.xml",
		  BYTES("<workbook><sheets><sheet name=\"main\" id=\"r1\"/></sheets></workbook>") },
		{ "xl/_rels/workbook.xml.rels",
		  BYTES("<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/>"
			"</Relationships>") },
		{ "xl/sharedStrings.xml", BYTES("<sst><si><t>one</t></si></sst>") },
		{ "xl/worksheets/sheet1.xml", BYTES("<worksheet><row r=\"1\"><c r=\"A1\" "
						    "t=\"s\"><v>0</v></c></row></worksheet>") },
	};
	struct desk d = desk_new();
	struct buffer out = { 0 };
	enum err e;

	parts[prop_pick(p, COUNT_OF(parts))].bytes = prop_rest(p);
	zip_write(d.path, parts, COUNT_OF(parts));
	e = read_all(&d, TEXT("main"), &out);
	CHECK(e == OK || e == ERR_INPUT || e == ERR_LIMIT);
	CHECK_INT(d.fault.key != NULL, e != OK);
	buffer_free(&out);
	desk_end(&d);
}
PROP_FUZZ(22, any_part_is_read_or_refused)

/* The container itself: what stands in the file is whatever it is. */
static void any_bytes_are_a_workbook_or_refused(struct prop *p)
{
	struct desk d = desk_new();
	struct bytes b = prop_rest(p);
	struct buffer out = { 0 };
	FILE *file = fopen(d.path, "wb");
	enum err e;

	CHECK(file && fwrite(b.at, 1, b.size, file) == b.size && !fclose(file));
	e = read_all(&d, TEXT("main"), &out);
	CHECK(e == OK || e == ERR_INPUT || e == ERR_LIMIT);
	CHECK_INT(d.fault.key != NULL, e != OK);
	buffer_free(&out);
	desk_end(&d);
}
PROP_FUZZ(23, any_bytes_are_a_workbook_or_refused)

TEST(any_part_and_any_file_is_read_or_refused)
{
	prop_run(any_part_is_read_or_refused, 300, 3);
	prop_run(any_bytes_are_a_workbook_or_refused, 300, 4);
}

TEST(any_sheet_is_read_or_refused_without_harm)
{
	prop_run(any_sheet_is_read_or_refused, 300, 1);
}

/* Any bytes, or a good workbook with some bytes changed. */
static void any_file_is_read_or_refused(struct prop *p)
{
	struct desk d = desk_new();
	const struct test_sheet sheet = { "main", "name|age\nzarmina|n:34\n" };
	const struct test_book book = { .sheets = &sheet, .sheet_count = 1 };
	struct buffer out = { 0 };
	size_t changes = prop_uint(p, 1, 8);
	FILE *file;
	long size;
	enum err e;

	book_write(d.path, &book);
	file = fopen(d.path, "r+b");
	CHECK(file && !fseek(file, 0, SEEK_END));
	size = ftell(file);
	for (size_t i = 0; i < changes; i++) {
		CHECK(!fseek(file, (long)prop_uint(p, 0, (uint64_t)size - 1), SEEK_SET));
		CHECK(fputc((int)prop_uint(p, 0, 255), file) != EOF);
	}
	CHECK(!fclose(file));
	e = read_all(&d, TEXT("main"), &out);
	CHECK(e == OK || e == ERR_INPUT || e == ERR_LIMIT);
	CHECK_INT(d.fault.key != NULL, e != OK);
	buffer_free(&out);
	desk_end(&d);
}

TEST(any_damaged_file_is_read_or_refused_without_harm)
{
	prop_run(any_file_is_read_or_refused, 400, 2);
}

RUN_TESTS()
