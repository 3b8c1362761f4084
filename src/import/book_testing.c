#include "import/book_testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <zip.h>

#include "base/buffer.h"
#include "base/test.h"

#define SHEETS_TESTED 8

void zip_write(const char *path, const struct test_part *parts, size_t count)
{
	zip_t *z = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);

	CHECK(z);
	for (size_t i = 0; i < count; i++) {
		zip_source_t *s = zip_source_buffer(z, parts[i].bytes.at, parts[i].bytes.size, 0);

		CHECK(s && zip_file_add(z, parts[i].name, s, ZIP_FL_OVERWRITE) >= 0);
	}
	CHECK_INT(zip_close(z), 0);
}

static void escape(struct buffer *b, const char *at, size_t size)
{
	for (size_t i = 0; i < size; i++)
		switch (at[i]) {
		case '&': buffer_print(b, "&amp;"); break;
		case '<': buffer_print(b, "&lt;"); break;
		default: buffer_byte(b, (uint8_t)at[i]); break;
		}
}

static void write_reference(struct buffer *b, size_t column, size_t row)
{
	char letters[4];
	size_t at = sizeof(letters);

	for (size_t n = column + 1; n; n = (n - 1) / 26)
		letters[--at] = (char)('A' + (n - 1) % 26);
	buffer_print(b, "<c r=\"%.*s%zu\"", (int)(sizeof(letters) - at), letters + at, row);
}

static void write_cell(struct buffer *b, const char *cell, size_t size, size_t column, size_t row)
{
	if (!size)
		return;
	write_reference(b, column, row);
	if (size > 2 && cell[1] == ':' && strchr("nes", cell[0])) {
		buffer_print(b, " t=\"%c\"><v>", cell[0]);
		escape(b, cell + 2, size - 2);
		buffer_print(b, "</v></c>");
	} else {
		buffer_print(b, " t=\"inlineStr\"><is><t>");
		escape(b, cell, size);
		buffer_print(b, "</t></is></c>");
	}
}

static void write_lines(struct buffer *b, const char *lines)
{
	buffer_print(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"http://"
			"schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>");
	for (size_t row = 1; *lines; row++) {
		buffer_print(b, "<row r=\"%zu\">", row);
		for (size_t column = 0;; column++) {
			size_t size = strcspn(lines, "|\n");

			write_cell(b, lines, size, column, row);
			lines += size;
			if (*lines != '|')
				break;
			lines++;
		}
		lines += *lines == '\n';
		buffer_print(b, "</row>");
	}
	buffer_print(b, "</sheetData></worksheet>");
}

void book_write(const char *path, const struct test_book *b)
{
	static const char *const names[SHEETS_TESTED] = {
		"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml",
		"xl/worksheets/sheet4.xml", "xl/worksheets/sheet5.xml", "xl/worksheets/sheet6.xml",
		"xl/worksheets/sheet7.xml", "xl/worksheets/sheet8.xml",
	};
	struct buffer book = { 0 }, rels = { 0 }, strings = { 0 },
		      sheets[SHEETS_TESTED] = { { 0 } };
	struct test_part parts[SHEETS_TESTED + 3];
	size_t count = 0;

	CHECK(b->sheet_count <= SHEETS_TESTED);
	buffer_print(&book, "<workbook xmlns:r=\"r\"><workbookPr %s/><sheets>",
		     b->workbook_pr ? b->workbook_pr : "");
	buffer_print(&rels, "<Relationships>");
	for (size_t i = 0; i < b->sheet_count; i++) {
		buffer_print(&book, "<sheet name=\"%s\" sheetId=\"%zu\" r:id=\"rId%zu\"/>",
			     b->sheets[i].title, i + 1, i + 1);
		buffer_print(&rels, "<Relationship Id=\"rId%zu\" Target=\"%s%s\"/>", i + 1,
			     i % 2 ? "/" : "", i % 2 ? names[i] : names[i] + 3);
		if (i == 0 && b->sheet_xml)
			buffer_add(&sheets[i], bytes_of(b->sheet_xml,
							b->sheet_xml_size ? b->sheet_xml_size
									  : strlen(b->sheet_xml)));
		else
			write_lines(&sheets[i], b->sheets[i].lines);
		parts[count++] = (struct test_part){ names[i], buffer_bytes(&sheets[i]) };
	}
	buffer_print(&book, "</sheets></workbook>");
	buffer_print(&rels, "</Relationships>");
	parts[count++] = (struct test_part){ "xl/workbook.xml", buffer_bytes(&book) };
	parts[count++] = (struct test_part){ "xl/_rels/workbook.xml.rels", buffer_bytes(&rels) };
	if (b->strings) {
		buffer_print(&strings, "<sst>%s</sst>", b->strings);
		parts[count++] =
			(struct test_part){ "xl/sharedStrings.xml", buffer_bytes(&strings) };
	}
	zip_write(path, parts, count);
	buffer_free(&book);
	buffer_free(&rels);
	buffer_free(&strings);
	for (size_t i = 0; i < SHEETS_TESTED; i++)
		buffer_free(&sheets[i]);
}

/* The size stands 8 bytes before the length of the name in a local header (22 behind
 * "PK\3\4"), and at 24 of an entry of the central directory ("PK\1\2", name at 46). */
void zip_lie(const char *path, const char *part, uint32_t size)
{
	static const struct {
		char mark[4];
		size_t size_at, name_at;
	} headers[] = { { { 'P', 'K', 3, 4 }, 22, 30 }, { { 'P', 'K', 1, 2 }, 24, 46 } };
	FILE *file = fopen(path, "r+b");
	size_t length = strlen(part), lies = 0, total;
	char *at;

	CHECK(file && !fseek(file, 0, SEEK_END));
	total = (size_t)ftell(file);
	at = malloc(total);
	CHECK(at && !fseek(file, 0, SEEK_SET) && fread(at, 1, total, file) == total);
	for (size_t i = 0; i + 46 + length < total; i++)
		for (size_t k = 0; k < COUNT_OF(headers); k++) {
			if (memcmp(at + i, headers[k].mark, 4) != 0 ||
			    memcmp(at + i + headers[k].name_at, part, length) != 0)
				continue;
			CHECK(!fseek(file, (long)(i + headers[k].size_at), SEEK_SET));
			CHECK(fwrite(&size, 4, 1, file) == 1);
			lies++;
		}
	free(at);
	CHECK(lies == 2 && !fclose(file));
}
