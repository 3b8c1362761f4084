#include "cli/passphrase.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/test.h"
#include "base/world_testing.h"

#define MOST 1023

struct drawer {
	struct world_simulated world;
	char folder[TEST_FOLDER_SIZE];
	char path[TEST_FOLDER_SIZE + 8];
	struct secret *secret;
	struct fault fault;
};

static struct drawer drawer_with(struct bytes b)
{
	struct drawer d = { 0 };

	world_simulated_init(&d.world, 1);
	test_folder_make(d.folder);
	snprintf(d.path, sizeof(d.path), "%s/pass", d.folder);
	CHECK_INT(file_save(&d.world.world, d.path, b, &d.fault), OK);
	return d;
}

static void drawer_end(struct drawer *d)
{
	secret_free(d->secret);
	test_folder_remove(d->folder);
}

static void check_secret(struct drawer *d, const char *wanted)
{
	CHECK(d->secret != NULL);
	CHECK(bytes_same(secret_bytes(d->secret), bytes_of_text(text_of(wanted))));
	secret_free(d->secret);
	d->secret = NULL;
}

static enum err from_file(struct drawer *d)
{
	return passphrase_from_file(&d->secret, &d->world.world, d->path, &d->fault);
}

static enum err from_fd(struct drawer *d)
{
	char number[16];
	int fd = open(d->path, O_RDONLY);
	enum err e;

	snprintf(number, sizeof(number), "%d", fd);
	e = passphrase_from_fd(&d->secret, number, &d->fault);
	close(fd);
	return e;
}

static enum err (*const ways[])(struct drawer *d) = { from_file, from_fd };

static void check_all(struct text file, const char *wanted)
{
	for (size_t i = 0; i < COUNT_OF(ways); i++) {
		struct drawer d = drawer_with(bytes_of_text(file));

		CHECK_INT(ways[i](&d), OK);
		check_secret(&d, wanted);
		drawer_end(&d);
	}
}

static void check_none(struct text file, enum err err, const char *key)
{
	for (size_t i = 0; i < COUNT_OF(ways); i++) {
		struct drawer d = drawer_with(bytes_of_text(file));

		CHECK_FAULT(ways[i](&d), err, &d.fault, key);
		CHECK(d.secret == NULL);
		drawer_end(&d);
	}
}

TEST(the_first_line_is_the_passphrase)
{
	check_all(TEXT("correct horse\n"), "correct horse");
	check_all(TEXT("correct horse\nbattery staple\n"), "correct horse");
	check_all(TEXT("correct horse"), "correct horse");
	check_all(TEXT("correct horse\r\n"), "correct horse");
	check_all(TEXT(" correct  horse \n"), " correct  horse ");
	check_all(TEXT("کلمه عبور\n"), "کلمه عبور");
}

TEST(an_empty_line_is_no_passphrase)
{
	check_none(TEXT(""), ERR_DENIED, "passphrase.empty");
	check_none(TEXT("\n"), ERR_DENIED, "passphrase.empty");
	check_none(TEXT("\r\nbattery\n"), ERR_DENIED, "passphrase.empty");
}

TEST(the_longest_passphrase_is_taken_and_a_longer_one_refused)
{
	char longest[MOST + 2];

	memset(longest, 'a', sizeof(longest));
	longest[MOST] = '\n';
	longest[MOST + 1] = '\0';
	for (size_t i = 0; i < COUNT_OF(ways); i++) {
		struct drawer d = drawer_with(bytes_of(longest, MOST + 1));

		CHECK_INT(ways[i](&d), OK);
		CHECK_INT(secret_size(d.secret), MOST);
		drawer_end(&d);
	}
	longest[MOST] = 'a';
	check_none((struct text){ longest, MOST + 1 }, ERR_LIMIT, "passphrase.too-long");
}

TEST(a_descriptor_gives_line_after_line)
{
	struct drawer d = drawer_with(bytes_of_text(TEXT("old one\nnew one\n")));
	int fd = open(d.path, O_RDONLY);
	char number[16];

	snprintf(number, sizeof(number), "%d", fd);
	CHECK_INT(passphrase_from_fd(&d.secret, number, &d.fault), OK);
	check_secret(&d, "old one");
	CHECK_INT(passphrase_from_fd(&d.secret, number, &d.fault), OK);
	check_secret(&d, "new one");
	close(fd);
	drawer_end(&d);
}

TEST(what_is_no_open_descriptor_is_refused)
{
	static const char *const words[] = {
		"", "three", "3x", "-1", "1024", "1000", "99999999999999999999"
	};
	struct secret *secret = NULL;
	struct fault f;

	for (size_t i = 0; i < COUNT_OF(words); i++)
		CHECK_FAULT(passphrase_from_fd(&secret, words[i], &f), ERR_INPUT, &f,
			    "passphrase.bad-descriptor");
	CHECK(secret == NULL);
}

TEST(a_file_that_is_not_there_is_named)
{
	struct drawer d = drawer_with((struct bytes){ NULL, 0 });

	CHECK_FAULT(passphrase_from_file(&d.secret, &d.world.world, "/nowhere/pass", &d.fault),
		    ERR_NOT_FOUND, &d.fault, "file.not-found");
	CHECK_TEXT(d.fault.values[0], "/nowhere/pass");
	drawer_end(&d);
}

TEST(a_disk_that_fails_gives_no_passphrase)
{
	struct drawer d = drawer_with(bytes_of_text(TEXT("correct horse\n")));

	d.world.disk_fail_at = d.world.disk_calls + 2;
	CHECK_INT(from_file(&d), ERR_IO);
	CHECK(d.secret == NULL);
	drawer_end(&d);
}

TEST(without_a_terminal_nobody_is_asked)
{
	int before = dup(STDIN_FILENO), nothing = open("/dev/null", O_RDONLY);
	struct secret *secret = NULL;
	struct fault f;

	CHECK_INT(dup2(nothing, STDIN_FILENO), STDIN_FILENO);
	CHECK_FAULT(passphrase_from_terminal(&secret, "? ", &f), ERR_DENIED, &f,
		    "passphrase.no-terminal");
	CHECK(secret == NULL);
	if (before >= 0)
		CHECK_INT(dup2(before, STDIN_FILENO), STDIN_FILENO);
	close(before);
	close(nothing);
}

RUN_TESTS()
