/*
 * Any words at all, run by the real commands on a real demo register in a folder of its
 * own: each run ends with a status, and what is not done is told in words.
 *
 * Words have no slash, so that nothing outside the folder can be named; standard input
 * is empty, and no terminal is there to ask.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/prop.h"
#include "base/utf8.h"
#include "base/world_testing.h"
#include "cli/cli.h"

#define WORDS_MAX 12
#define WORD_SIZE_MAX 40
#define PATH_SIZE 200
#define ANSWER_SIZE_MAX ((size_t)4 << 20)

/* --- running ------------------------------------------------------------------------ */

struct answer {
	enum ending ending;
	struct text out, err; /* what it wrote, in the arena */
};

static struct text read_back(struct arena *a, int fd)
{
	off_t size = lseek(fd, 0, SEEK_END);
	char *at = arena_take(a, (size_t)size + 1);

	CHECK(size >= 0 && (size_t)size <= ANSWER_SIZE_MAX && at);
	CHECK(pread(fd, at, (size_t)size, 0) == size);
	close(fd);
	return (struct text){ at, (size_t)size };
}

static int open_scratch(void)
{
	int fd = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	CHECK(fd >= 0);
	return fd;
}

/* The command writes to descriptor 1 and to stdio's stderr; descriptor 2 stays for
 * whoever tells of a crash. */
static struct answer run_line(struct arena *a, const char *folder, int count, char **words)
{
	int was_in = dup(STDIN_FILENO), was_out = dup(STDOUT_FILENO);
	int out = open_scratch(), err = open_scratch(), none = open("/dev/null", O_RDONLY);
	int was_folder = open(".", O_DIRECTORY | O_RDONLY);
	FILE *was_err = stderr, *told = fdopen(dup(err), "w");
	struct answer answer;

	CHECK(told && was_folder >= 0 && chdir(folder) == 0);
	fflush(stdout);
	CHECK(dup2(none, STDIN_FILENO) == STDIN_FILENO &&
	      dup2(out, STDOUT_FILENO) == STDOUT_FILENO);
	stderr = told;
	answer.ending = cli_run(world_real(), count, words);
	stderr = was_err;
	fclose(told);
	CHECK(dup2(was_in, STDIN_FILENO) == STDIN_FILENO &&
	      dup2(was_out, STDOUT_FILENO) == STDOUT_FILENO);
	CHECK(fchdir(was_folder) == 0);
	for (size_t i = 0; i < 4; i++)
		close((int[]){ was_in, was_out, none, was_folder }[i]);
	answer.out = read_back(a, out);
	answer.err = read_back(a, err);
	return answer;
}

#define RUN(a, folder, ...)                                                                        \
	run_line((a), (folder), (int)COUNT_OF(((char *[]){ "ikhtiar", __VA_ARGS__ })),             \
		 (char *[]){ "ikhtiar", __VA_ARGS__, NULL })

/* The same for what must be done; gives what it wrote. */
static struct text done(struct answer answer, const char *command)
{
	if (answer.ending != DONE)
		check_failed(__FILE__, __LINE__, "%s ended with %d: %.*s", command,
			     (int)answer.ending, SHOWN(answer.out));
	return answer.out;
}

#define DOES(a, folder, command, ...) done(RUN((a), (folder), command, __VA_ARGS__), command)

static void put_file(const char *folder, const char *name, struct bytes content)
{
	char path[PATH_SIZE];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "wb");
	CHECK(file && (!content.size || fwrite(content.at, 1, content.size, file)) &&
	      !fclose(file));
}

/* --- a demo to play with -------------------------------------------------------------- */

static char made_folder[TEST_FOLDER_SIZE];

static void remove_made(void)
{
	test_folder_remove(made_folder);
}

static const char *const demo_files[] = { "register.sqlite", "demo-accounts.json", "demo-clock" };

/* One demo for the whole process, since making one costs more than all the rest. */
static const char *made_demo(struct arena *a)
{
	static const char passphrase[] = "a passphrase for tests\n";
	struct text people;

	if (made_folder[0])
		return made_folder;
	test_folder_make(made_folder);
	atexit(remove_made);
	put_file(made_folder, "pass.txt", bytes_of(passphrase, strlen(passphrase)));
	DOES(a, made_folder, "init", "demo", "--demo", "--site", "Azakhel", "--admin", "nadia",
	     "--pass-file", "pass.txt", "--at", "2026-11-24T10:00:00+05:00");
	people = DOES(a, made_folder, "people", "--synthetic", "2", "--on", "2026-11-20");
	put_file(made_folder, "people.jsonl", bytes_of_text(people));
	DOES(a, made_folder, "record", "demo", "people.jsonl", "--as", "registration");
	return made_folder;
}

/* A copy of it, and a file with any bytes. */
static void scratch_make(char folder[TEST_FOLDER_SIZE], struct arena *a, struct bytes content)
{
	const char *made = made_demo(a);
	char path[PATH_SIZE];
	struct bytes file;

	test_folder_make(folder);
	snprintf(path, sizeof(path), "%s/demo", folder);
	CHECK_INT(mkdir(path, 0700), 0);
	for (size_t i = 0; i < COUNT_OF(demo_files); i++) {
		snprintf(path, sizeof(path), "%s/demo/%s", made, demo_files[i]);
		CHECK_INT(file_load(&file, a, world_real(), path, ANSWER_SIZE_MAX, NULL), OK);
		snprintf(path, sizeof(path), "demo/%s", demo_files[i]);
		put_file(folder, path, file);
	}
	put_file(folder, "any", content);
	put_file(folder, "pass.txt", bytes_of("another passphrase\n", 19));
}

/* --- words ----------------------------------------------------------------------------- */

/* Bytes as a word: no slash, no zero, and no number of more than two digits, which would
 * only make a long list of people. */
static char *word_of_bytes(struct prop *p)
{
	struct bytes b = prop_bytes(p, WORD_SIZE_MAX);
	char *word = arena_take(p->arena, b.size + 1);
	size_t digits = 0;

	CHECK(word);
	for (size_t i = 0; i < b.size; i++) {
		bool digit = b.at[i] >= '0' && b.at[i] <= '9';

		digits = digit ? digits + 1 : 0;
		word[i] = (char)(b.at[i] == '/' || b.at[i] == 0 || digits > 2 ? '_' : b.at[i]);
	}
	if (strcmp(word, "..") == 0 || strncmp(word, "..=", 3) == 0)
		word[0] = '_';
	return word;
}

static char *any_word(struct prop *p)
{
	/* The numbers are those of the two families in the demo. */
	static const char *const known[] = {
		"demo",
		"any",
		"pass.txt",
		"new",
		"nadia",
		"registration",
		"auditor",
		"cashier",
		"counsellor",
		"movement",
		"open",
		"close",
		"list",
		"roles",
		"recover",
		"passphrase",
		"ur",
		"2026-12-01T10:00:00+05:00",
		"female",
		"departure",
		"seat",
		"choice.made",
		"kobo",
		"AZA-26-00001-Z",
		"AZA-26-00001-Z/1",
		"AZA-26-00002-Y/1",
		"bash",
		"audit",
		"3",
		"--",
		"-",
		"Asia/Kabul",
	};
	size_t count;
	const struct option *all = options(&count);
	const struct option *o = &all[prop_pick(p, count)];

	switch (prop_pick(p, 4)) {
	case 0: return (char *)(uintptr_t)known[prop_pick(p, COUNT_OF(known))];
	case 1: return (char *)(uintptr_t)arena_print(p->arena, "--%s", o->name).at;
	case 2:
		return (char *)(uintptr_t)arena_print(p->arena, "--%s=%s", o->name,
						      known[prop_pick(p, COUNT_OF(known))])
			.at;
	default: return word_of_bytes(p);
	}
}

/* Any command that comes to an end by itself; a server is for tests/cli/serve_test. */
static const char *any_command(struct prop *p)
{
	size_t count;
	const struct command *all = commands(&count);
	const struct command *command = &all[prop_pick(p, count)];

	return command->flags & ALONE ? "help" : command->name;
}

/* A command, its register and who asks, mostly; then any words. */
static int any_line(struct prop *p, char *words[WORDS_MAX + 5])
{
	int count = 0;

	words[count++] = (char *)(uintptr_t) "ikhtiar";
	words[count++] = (char *)(uintptr_t)any_command(p);
	if (prop_pick(p, 4)) {
		words[count++] = (char *)(uintptr_t) "demo";
		words[count++] = (char *)(uintptr_t) "--as=registration";
	}
	for (size_t more = prop_pick(p, WORDS_MAX); more; more--)
		words[count++] = any_word(p);
	words[count] = NULL;
	return count;
}

static bool is_asked_for(int count, char **words, const char *switch_name)
{
	for (int i = 1; i < count && strcmp(words[i], "--"); i++)
		if (strcmp(words[i], switch_name) == 0)
			return true;
	return false;
}

static void any_line_ends_with_a_status_and_words(struct prop *p)
{
	char folder[TEST_FOLDER_SIZE], *words[WORDS_MAX + 5];
	int count = any_line(p, words);
	struct answer answer;

	scratch_make(folder, p->arena, prop_rest(p));
	answer = run_line(p->arena, folder, count, words);
	CHECK(answer.ending >= DONE && answer.ending <= BUSY);
	CHECK(utf8_valid(answer.out) && utf8_valid(answer.err));
	/* Somebody who was refused is told so, and a program that asked gets it as JSON. */
	if (answer.ending != DONE) {
		CHECK(answer.err.size > 0 || answer.out.size > 0);
		if (is_asked_for(count, words, "--json"))
			CHECK(answer.out.size > 0 && answer.out.at[0] == '{');
	}
	test_folder_remove(folder);
}
PROP_FUZZ(21, any_line_ends_with_a_status_and_words)

TEST(any_line_is_done_or_told_why_not)
{
	prop_run(any_line_ends_with_a_status_and_words, 40, 1);
}

TEST(the_demo_of_these_tests_can_be_worked_with)
{
	char folder[TEST_FOLDER_SIZE];
	struct arena *a;

	CHECK_INT(arena_new(&a, 4 * ANSWER_SIZE_MAX), OK);
	scratch_make(folder, a, bytes_of(NULL, 0));
	DOES(a, folder, "verify", "demo", "--as", "auditor");
	DOES(a, folder, "backup", "demo", "copy");
	DOES(a, folder, "restore", "copy", "new");
	DOES(a, folder, "record", "demo", "any", "--as", "registration");
	test_folder_remove(folder);
	arena_free(a);
}

RUN_TESTS()
