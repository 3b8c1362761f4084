/*
 * book_testing: workbooks for tests, good ones and bad ones.
 *
 * A sheet is written as lines of cells between |.  "n:42" is a number, "e:#N/A" an
 * error, "s:0" the first shared string; all else is text.
 */
#pragma once

#include "base/bytes.h"

struct test_part {
	const char *name;
	struct bytes bytes;
};
/* A zip file of these parts. */
void zip_write(const char *path, const struct test_part *parts, size_t count);

struct test_sheet {
	const char *title;
	const char *lines;
};
struct test_book {
	const struct test_sheet *sheets;
	size_t sheet_count;
	const char *strings;     /* content of <sst>; NULL: none      */
	const char *workbook_pr; /* attributes of <workbookPr>; NULL: none */
	const char *sheet_xml;   /* all of the first sheet's part; NULL: by its lines */
	size_t sheet_xml_size;   /* 0: up to its zero byte */
};
void book_write(const char *path, const struct test_book *b);
/* Change the unpacked size that the file states for a part, wherever it does. */
void zip_lie(const char *path, const char *part, uint32_t size);
