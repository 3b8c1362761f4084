/*
 * test: cmocka with fewer words.
 *
 *     TEST(a_choice_lapses_after_ninety_days)
 *     {
 *             CHECK(lapsed(c, 90));
 *             CHECK_INT(c.days, 90);
 *             CHECK_TEXT(c.word, "lapsed");
 *     }
 *
 *     RUN_TESTS()
 *
 * RUN_TESTS() stands once, at the end of the file, and is its main().  The name of
 * a test as argument runs that test alone.  A failed check ends its test; inside a
 * property it tells the seed that repeats the case (base/prop.h).
 */
#pragma once

#include "base/bytes.h"

struct test {
	const char *name;
	void (*run)(void **state);
	int line;
};

#define TEST(sentence)                                                                             \
	static void sentence(void **state);                                                        \
	static const struct test sentence##_test = { #sentence, sentence, __LINE__ };              \
	__attribute__((used, section("house_tests"))) static const struct test                     \
		*const sentence##_place = &sentence##_test;                                        \
	static void sentence(__attribute__((unused)) void **state)

#define RUN_TESTS()                                                                                \
	extern const struct test *const __start_house_tests[];                                     \
	extern const struct test *const __stop_house_tests[];                                      \
	int main(int count, char **words)                                                          \
	{                                                                                          \
		return test_run_all(__start_house_tests, __stop_house_tests,                          \
				 count > 1 ? words[1] : NULL);                                     \
	}
int test_run_all(const struct test *const *from, const struct test *const *to, const char *only);

/*
 * Where cases are many, the two builds with ASan share them: gcc's tries the first, the
 * third and so on, clang's the others.  Every other build tries all.
 */
#if defined(__clang__)
#if __has_feature(address_sanitizer)
enum { CASES_BEGIN = 1, CASES_STEP = 2 };
#else
enum { CASES_BEGIN = 0, CASES_STEP = 1 };
#endif
#elif defined(__SANITIZE_ADDRESS__)
enum { CASES_BEGIN = 0, CASES_STEP = 2 };
#else
enum { CASES_BEGIN = 0, CASES_STEP = 1 };
#endif

#define CHECK(truth)                                                                               \
	((truth) ? (void)0 : check_failed(__FILE__, __LINE__, "%s", #truth))
/* Integers of any type; both are told. */
#define CHECK_INT(is, wanted)                                                                      \
	check_int(__FILE__, __LINE__, #is, (intmax_t)(is), (intmax_t)(wanted))
/*
 * What a failed check, a failed assert() or a sanitizer tells besides: how to run this
 * case again.  `how` must last until the next call; NULL: no more.
 */
void check_again(const char *how);
/* A struct text, or a string, against a string. */
#define CHECK_TEXT(is, wanted)                                                                     \
	check_text(__FILE__, __LINE__, #is,                                                        \
		   _Generic((is), struct text: check_same_text, default: text_of)(is), wanted)
/* That `call` fails with `err` and fills *fault with `key`; the fault is emptied before. */
#define CHECK_FAULT(call, wanted_err, fault, wanted_key)                                           \
	do {                                                                                       \
		memset((fault), 0, sizeof(*(fault)));                                              \
		CHECK_INT((call), (wanted_err));                                                   \
		CHECK_TEXT((fault)->key ? (fault)->key : "(no fault)", (wanted_key));              \
	} while (0)

/* That the statement ends in a failed assert(), in a process of its own. */
#define CHECK_ASSERTS(statement)                                                                   \
	do {                                                                                       \
		if (check_fork()) {                                                                \
			statement;                                                                 \
			check_survived();                                                          \
		}                                                                                  \
		check_aborted(__FILE__, __LINE__, #statement);                                     \
	} while (0)

_Noreturn void check_failed(const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void check_int(const char *file, int line, const char *what, intmax_t is, intmax_t wanted);
bool check_fork(void); /* true in the child, whose words nobody hears */
_Noreturn void check_survived(void);
void check_aborted(const char *file, int line, const char *what);
void check_text(const char *file, int line, const char *what, struct text is, const char *wanted);

static inline struct text check_same_text(struct text t)
{
	return t;
}
