/*
 * check_testing: what test.h promises, over cmocka; in a fuzzer, which has no
 * cmocka, a failed check is a crash.
 */
#include "base/test.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/prop.h"

/* Of the case that runs now. */
static const char *again;

/* Once: what fails later, in the same test or another, is not of this case. */
static void tell_again(void)
{
	if (again)
		fprintf(stderr, "again: %s\n", again);
	again = NULL;
}

static void aborted(int signal_number)
{
	tell_again();
	signal(signal_number, SIG_DFL);
	raise(signal_number);
}

/* There where a sanitizer is: it ends the process without a signal. */
__attribute__((weak)) void __sanitizer_set_death_callback(void (*callback)(void));

void check_again(const char *how)
{
	again = how;
	if (__sanitizer_set_death_callback)
		__sanitizer_set_death_callback(tell_again);
	signal(SIGABRT, how ? aborted : SIG_DFL);
}

_Noreturn void check_failed(const char *file, int line, const char *format, ...)
{
	va_list values;

	fflush(stdout);
	fprintf(stderr, "%s:%d: ", file, line);
	va_start(values, format);
	vfprintf(stderr, format, values);
	va_end(values);
	fputc('\n', stderr);
	tell_again();
	if (!prop_is_fuzzed())
		_fail(file, line);
	abort();
}

void check_int(const char *file, int line, const char *what, intmax_t is, intmax_t wanted)
{
	if (is != wanted)
		check_failed(file, line, "%s is %jd and not %jd", what, is, wanted);
}

void check_text(const char *file, int line, const char *what, struct text is, const char *wanted)
{
	if (!text_is(is, wanted))
		check_failed(file, line, "%s is “%.*s” and not “%s”", what, SHOWN(is), wanted);
}

/* The child of check_fork(), for check_aborted(). */
static pid_t child;

bool check_fork(void)
{
	fflush(NULL);
	child = fork();
	if (child == 0 && !freopen("/dev/null", "w", stderr))
		_exit(1);
	return child == 0;
}

_Noreturn void check_survived(void)
{
	_exit(0);
}

void check_aborted(const char *file, int line, const char *what)
{
	int status = 0;

	if (child < 0 || waitpid(child, &status, 0) != child || !WIFSIGNALED(status) ||
	    WTERMSIG(status) != SIGABRT)
		check_failed(file, line, "no assert stopped %s", what);
}

static int by_line(const void *a, const void *b)
{
	const struct test *const *x = a, *const *y = b;

	return ((*x)->line > (*y)->line) - ((*x)->line < (*y)->line);
}

int test_run_all(const struct test *const *from, const struct test *const *to, const char *only)
{
	size_t count = 0, all = (size_t)(to - from);
	const struct test **sorted = calloc(all, sizeof(*sorted));
	struct CMUnitTest *tests = calloc(all, sizeof(*tests));
	int failed = 1;

	if (sorted && tests) {
		memcpy(sorted, from, all * sizeof(*sorted));
		qsort(sorted, all, sizeof(*sorted), by_line);
		for (size_t i = 0; i < all; i++)
			if (!only || strcmp(only, sorted[i]->name) == 0)
				tests[count++] = (struct CMUnitTest){ .name = sorted[i]->name,
								      .test_func = sorted[i]->run };
		failed = count ? _cmocka_run_group_tests("tests", tests, count, NULL, NULL) : 1;
	}
	free(sorted);
	free(tests);
	return failed != 0;
}
