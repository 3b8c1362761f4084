/* progress: drawn over itself with a carriage return; colours are ECMA-48's. */
#include "base/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/utf8.h"

#define DRAW_EVERY_MS 100
#define BAR_CELLS 24
#define WHAT_SIZE_MAX 80
#define WIPE "\r\x1b[K"

bool progress_wanted(int fd)
{
	const char *term = getenv("TERM");

	return isatty(fd) && term && *term && strcmp(term, "dumb") != 0;
}

void progress_begin(struct progress *p, struct world *w, const char *what,
		    struct progress_screen screen)
{
	*p = (struct progress){ .world = w, .what = what, .screen = screen };
	p->begun_ms = p->drawn_ms = w->steady_ms(w);
}

/* "1,040,000" */
static void group(char out[32], uint64_t n)
{
	char digits[24];
	int count = snprintf(digits, sizeof(digits), "%" PRIu64, n);

	for (int i = 0; i < count; i++) {
		if (i && (count - i) % 3 == 0)
			*out++ = ',';
		*out++ = digits[i];
	}
	*out = 0;
}

static void fill_bar(char out[BAR_CELLS + 1], uint64_t done, uint64_t of)
{
	size_t full = (size_t)((double)done / (double)of * BAR_CELLS);

	memset(out, '.', BAR_CELLS);
	memset(out, '#', full < BAR_CELLS ? full : BAR_CELLS);
	out[BAR_CELLS] = 0;
}

size_t progress_line(char out[PROGRESS_LINE_SIZE], const struct progress *p, uint64_t done,
		     uint64_t of, int64_t now_ms)
{
	struct text what = utf8_cut(text_of(p->what), WHAT_SIZE_MAX);
	int64_t seconds = (now_ms - p->begun_ms) / 1000;
	char counted[32], whole[32], bar[BAR_CELLS + 1];
	int size;

	if (of && done > of)
		done = of;
	group(counted, done);
	if (!of) {
		size = snprintf(out, PROGRESS_LINE_SIZE, "%.*s  %s  %" PRId64 " s", SHOWN(what),
				counted, seconds);
		return (size_t)size;
	}
	group(whole, of);
	fill_bar(bar, done, of);
	size = snprintf(out, PROGRESS_LINE_SIZE, "%.*s  [%s] %3d %%  %s of %s  %" PRId64 " s",
			SHOWN(what), bar, (int)((double)done / (double)of * 100), counted, whole,
			seconds);
	return (size_t)size;
}

void progress_at(struct progress *p, uint64_t done, uint64_t of)
{
	char line[PROGRESS_LINE_SIZE + sizeof(WIPE)] = WIPE;
	char *behind = line + strlen(WIPE);
	int64_t now_ms;

	if (!p->screen.put)
		return;
	now_ms = p->world->steady_ms(p->world);
	if (now_ms - p->drawn_ms < DRAW_EVERY_MS)
		return;
	p->drawn_ms = now_ms;
	p->drawn = true;
	p->screen.put(
		p->screen.self,
		(struct text){ line, strlen(WIPE) + progress_line(behind, p, done, of, now_ms) });
}

void progress_end(struct progress *p)
{
	if (p->drawn)
		p->screen.put(p->screen.self, TEXT(WIPE));
	p->screen.put = NULL;
	p->drawn = false;
}

bool colour_wanted(int fd)
{
	const char *no_colour = getenv("NO_COLOR");

	return !(no_colour && *no_colour) && progress_wanted(fd);
}

const char *colour(enum colour c, bool on)
{
	static const char *const codes[COLOURS] = {
		[COLOUR_NONE] = "\x1b[0m",   [COLOUR_BOLD] = "\x1b[1m",
		[COLOUR_DIM] = "\x1b[2m",    [COLOUR_RED] = "\x1b[31m",
		[COLOUR_GREEN] = "\x1b[32m", [COLOUR_YELLOW] = "\x1b[33m",
		[COLOUR_BLUE] = "\x1b[34m",
	};

	return on ? codes[c] : "";
}
