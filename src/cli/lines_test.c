#include "cli/lines.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/prop.h"
#include "base/world_testing.h"

#define LINE_MAX_HERE 16

struct paper {
	struct world_simulated world;
	struct caller caller;
	char folder[TEST_FOLDER_SIZE];
	char path[TEST_FOLDER_SIZE + 8];
	struct lines *lines;
	struct fault fault;
};

static enum err opens(struct paper *p, struct lines **out, const char *path)
{
	struct line_source from = { &p->world.world, &p->caller, path };

	return lines_open(out, &from, LINE_MAX_HERE, &p->fault);
}

/* A file with these bytes, opened. */
static void paper_begin(struct paper *p, struct bytes b)
{
	*p = (struct paper){ 0 };
	world_simulated_init(&p->world, 1);
	caller_process(&p->caller);
	test_folder_make(p->folder);
	snprintf(p->path, sizeof(p->path), "%s/list", p->folder);
	CHECK_INT(file_save(&p->world.world, p->path, b, &p->fault), OK);
	CHECK_INT(opens(p, &p->lines, p->path), OK);
}

static void paper_end(struct paper *p)
{
	lines_close(p->lines);
	test_folder_remove(p->folder);
}

static void check_next(struct paper *p, const char *wanted)
{
	struct text line;

	CHECK_INT(lines_next(p->lines, &line, &p->fault), OK);
	CHECK(line.at != NULL);
	CHECK_TEXT(line, wanted);
}

static void check_end(struct paper *p)
{
	struct text line;

	for (int again = 0; again < 2; again++) {
		CHECK_INT(lines_next(p->lines, &line, &p->fault), OK);
		CHECK(line.at == NULL);
	}
}

TEST(lines_come_one_by_one_without_their_ends)
{
	struct paper p;

	paper_begin(&p, bytes_of_text(TEXT("one\n\ntwo\r\n\r\nthree\n")));
	check_next(&p, "one");
	check_next(&p, "");
	check_next(&p, "two");
	check_next(&p, "");
	check_next(&p, "three");
	check_end(&p);
	paper_end(&p);
}

TEST(the_last_line_may_lack_its_end)
{
	struct paper p;

	paper_begin(&p, bytes_of_text(TEXT("one\ntwo")));
	check_next(&p, "one");
	check_next(&p, "two");
	check_end(&p);
	paper_end(&p);
}

TEST(an_empty_file_has_no_line)
{
	struct paper p;

	paper_begin(&p, (struct bytes){ NULL, 0 });
	check_end(&p);
	paper_end(&p);
}

TEST(a_cr_inside_a_line_stays)
{
	struct paper p;

	paper_begin(&p, bytes_of_text(TEXT("a\rb\r\r\n")));
	check_next(&p, "a\rb\r");
	check_end(&p);
	paper_end(&p);
}

TEST(a_line_too_long_is_skipped_and_the_next_one_is_read)
{
	static const char list[] = "0123456789abcdef\n0123456789abcdefg\nshort\n0123456789abcdefg";
	struct paper p;
	struct text line;

	paper_begin(&p, bytes_of_text(text_of(list)));
	check_next(&p, "0123456789abcdef");
	CHECK_FAULT(lines_next(p.lines, &line, &p.fault), ERR_LIMIT, &p.fault,
		    "record.line-too-long");
	CHECK(line.at == NULL);
	p.fault = (struct fault){ 0 };
	check_next(&p, "short");
	CHECK_FAULT(lines_next(p.lines, &line, &p.fault), ERR_LIMIT, &p.fault,
		    "record.line-too-long");
	p.fault = (struct fault){ 0 };
	check_end(&p);
	paper_end(&p);
}

TEST(a_line_that_spans_many_pieces_is_skipped_as_one)
{
	size_t size = 300000;
	char *list = malloc(size);
	struct text line;
	struct paper p;

	memset(list, 'a', size);
	memcpy(list + size - 5, "\nnext", 5);
	paper_begin(&p, bytes_of(list, size));
	free(list);
	CHECK_FAULT(lines_next(p.lines, &line, &p.fault), ERR_LIMIT, &p.fault,
		    "record.line-too-long");
	p.fault = (struct fault){ 0 };
	check_next(&p, "next");
	check_end(&p);
	paper_end(&p);
}

TEST(the_place_is_the_bytes_read_of_those_there_are)
{
	struct paper p;
	uint64_t of;

	paper_begin(&p, bytes_of_text(TEXT("one\r\ntwo")));
	CHECK_INT(lines_place(p.lines, &of), 0);
	CHECK_INT(of, 8);
	check_next(&p, "one");
	CHECK_INT(lines_place(p.lines, &of), 5);
	check_next(&p, "two");
	CHECK_INT(lines_place(p.lines, &of), 8);
	paper_end(&p);
}

TEST(a_file_that_is_not_there_is_said_so)
{
	struct paper p;
	struct lines *none;

	paper_begin(&p, (struct bytes){ NULL, 0 });
	CHECK_FAULT(opens(&p, &none, "/nowhere/at/all"), ERR_NOT_FOUND, &p.fault, "file.not-found");
	CHECK(none == NULL);
	paper_end(&p);
}

TEST(a_disk_that_fails_ends_the_reading)
{
	struct paper p;
	struct text line;

	paper_begin(&p, bytes_of_text(TEXT("one\n")));
	p.world.disk_fail_at = p.world.disk_calls + 1;
	CHECK_INT(lines_next(p.lines, &line, &p.fault), ERR_IO);
	CHECK(line.at == NULL);
	paper_end(&p);
}

TEST(a_hyphen_is_standard_input)
{
	struct paper p;
	int before = dup(STDIN_FILENO), list;
	uint64_t of = 1;

	paper_begin(&p, bytes_of_text(TEXT("from here\n")));
	list = open(p.path, O_RDONLY);
	CHECK_INT(dup2(list, STDIN_FILENO), STDIN_FILENO);
	lines_close(p.lines);
	CHECK_INT(opens(&p, &p.lines, "-"), OK);
	check_next(&p, "from here");
	CHECK_INT(lines_place(p.lines, &of), 10);
	CHECK_INT(of, 0);
	check_end(&p);
	if (before >= 0)
		CHECK_INT(dup2(before, STDIN_FILENO), STDIN_FILENO);
	close(before);
	close(list);
	paper_end(&p);
}

/* What the lines of `b` are, told without pieces. */
static struct text cut_line(struct bytes *b, bool *whole)
{
	const uint8_t *end = b->size ? memchr(b->at, '\n', b->size) : NULL;
	struct text line = { (const char *)b->at, end ? (size_t)(end - b->at) : b->size };

	*whole = end != NULL;
	b->at += line.size + *whole;
	b->size -= line.size + *whole;
	return line;
}

static void any_bytes_come_back_as_their_lines(struct prop *prop)
{
	struct bytes b = prop_bytes(prop, 400), left;
	uint8_t *list = arena_take(prop->arena, b.size + 1);
	struct paper p;

	/* More ends of lines than chance would give. */
	for (size_t i = 0; i < b.size; i++)
		list[i] = b.at[i] % 16 == 0 ? '\n' : b.at[i] % 16 == 1 ? '\r' : b.at[i];
	left = bytes_of(list, b.size);
	paper_begin(&p, left);
	while (left.size) {
		bool whole;
		struct text wanted = cut_line(&left, &whole), line;
		enum err e;

		p.fault = (struct fault){ 0 };
		e = lines_next(p.lines, &line, &p.fault);
		CHECK_INT(e, wanted.size > LINE_MAX_HERE ? ERR_LIMIT : OK);
		if (!e && wanted.size && wanted.at[wanted.size - 1] == '\r')
			wanted.size--;
		CHECK(e || text_same(line, wanted));
	}
	p.fault = (struct fault){ 0 };
	check_end(&p);
	paper_end(&p);
}

TEST(any_bytes_are_cut_where_their_lines_end)
{
	prop_run(any_bytes_come_back_as_their_lines, 500, 1);
}

RUN_TESTS()
