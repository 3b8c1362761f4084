#include "base/progress.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/test.h"
#include "base/world_testing.h"

static size_t read_all(int fd, char *out, size_t room)
{
	ssize_t n = read(fd, out, room - 1);

	CHECK(n >= 0);
	out[n] = 0;
	return (size_t)n;
}

TEST(the_line_says_how_far_the_work_is)
{
	struct progress p = { .what = "Reading facts", .begun_ms = 1000 };
	char line[PROGRESS_LINE_SIZE];
	size_t size = progress_line(line, &p, 1040000, 2000000, 13500);

	CHECK_TEXT(line, "Reading facts  [############............]  52 %  1,040,000 of 2,000,000  12 s");
	CHECK_INT(size, strlen(line));
	progress_line(line, &p, 0, 7, 1000);
	CHECK_TEXT(line, "Reading facts  [........................]   0 %  0 of 7  0 s");
	progress_line(line, &p, 9, 7, 1000);
	CHECK_TEXT(line, "Reading facts  [########################] 100 %  7 of 7  0 s");
	progress_line(line, &p, 999, 0, 1000);
	CHECK_TEXT(line, "Reading facts  999  0 s");
	progress_line(line, &p, UINT64_MAX, UINT64_MAX, INT64_MAX);
	CHECK(strlen(line) < PROGRESS_LINE_SIZE);
}

TEST(a_long_name_of_the_work_is_cut)
{
	static const char what[] =
		"ہم ہم ہم ہم ہم ہم ہم ہم ہم ہم ہم ہم ہم ہم ہم ہم ہم ہم ہم ہم ہم ہم ہم ہم ہم ہم ہم ہم ہم ہم";
	struct progress p = { .what = what };
	char line[PROGRESS_LINE_SIZE];

	CHECK(progress_line(line, &p, UINT64_MAX, UINT64_MAX, INT64_MAX) < PROGRESS_LINE_SIZE);
	CHECK(memcmp(line, what, 80) == 0 && line[80] == ' ');
}

static void put(void *self, struct text t)
{
	CHECK(write(*(int *)self, t.at, t.size) == (ssize_t)t.size);
}

TEST(it_is_drawn_at_most_ten_times_a_second_and_wiped_away)
{
	struct world_simulated w;
	struct progress p;
	char out[1024];
	int ends[2];

	CHECK(pipe(ends) == 0);
	world_simulated_init(&w, 1);
	progress_begin(&p, &w.world, "x", (struct progress_screen){ put, &ends[1] });
	progress_at(&p, 1, 4);
	world_wait(&w, 100);
	progress_at(&p, 2, 4);
	progress_at(&p, 3, 4);
	world_wait(&w, 99);
	progress_at(&p, 4, 4);
	progress_end(&p);
	close(ends[1]);
	read_all(ends[0], out, sizeof(out));
	CHECK_TEXT(out, "\r\x1b[Kx  [############............]  50 %  2 of 4  0 s\r\x1b[K");
	close(ends[0]);
}

TEST(nothing_is_drawn_where_nobody_looks)
{
	struct world_simulated w;
	struct progress p;

	world_simulated_init(&w, 1);
	progress_begin(&p, &w.world, "x", (struct progress_screen){ NULL, NULL });
	world_wait(&w, 1000);
	progress_at(&p, 1, 2);
	CHECK(!p.drawn);
	progress_end(&p);
}

TEST(colours_are_kept_from_those_who_do_not_want_them)
{
	int ends[2];

	CHECK(pipe(ends) == 0);
	CHECK(!colour_wanted(ends[1]));
	CHECK_TEXT(colour(COLOUR_RED, false), "");
	CHECK_TEXT(colour(COLOUR_RED, true), "\x1b[31m");
	CHECK_TEXT(colour(COLOUR_NONE, true), "\x1b[0m");
	close(ends[0]);
	close(ends[1]);
}

TEST(a_terminal_gets_colours_unless_no_color_is_set)
{
	int fd = posix_openpt(O_RDWR | O_NOCTTY);

	if (fd < 0)
		return;
	CHECK(setenv("TERM", "xterm", 1) == 0 && unsetenv("NO_COLOR") == 0);
	CHECK(colour_wanted(fd));
	CHECK(setenv("NO_COLOR", "", 1) == 0);
	CHECK(colour_wanted(fd));
	CHECK(setenv("NO_COLOR", "1", 1) == 0);
	CHECK(!colour_wanted(fd));
	CHECK(unsetenv("NO_COLOR") == 0 && setenv("TERM", "dumb", 1) == 0);
	CHECK(!colour_wanted(fd));
	close(fd);
}

RUN_TESTS()
