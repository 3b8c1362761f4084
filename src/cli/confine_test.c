/*
 * What a confined process can still do.  Each is tried in a process of its own, since
 * there is no way back.
 */
#include "cli/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/test.h"
#include "base/world_testing.h"

/* How a process ends that is confined and then does `what`. */
static int end_of(int (*what)(void))
{
	struct fault f = { 0 };
	pid_t child = fork();
	int status;

	if (!child) {
		if (confine(&f))
			_exit(99);
		_exit(what());
	}
	CHECK(child > 0 && waitpid(child, &status, 0) == child);
	return status;
}

static bool is_killed(int (*what)(void))
{
	int status = end_of(what);

	return WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS;
}

static bool goes_well(int (*what)(void))
{
	int status = end_of(what);

	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static int run_a_program(void)
{
	return execl("/bin/true", "true", NULL);
}

static int call_somebody(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) < 0;
}

static int look_into_another(void)
{
	return ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0;
}

static int make_a_process(void)
{
	/* Refused, not killed: libc tries clone3() first, which does not exist. */
	return fork() < 0 && errno == ENOSYS ? 0 : 1;
}

static char folder[TEST_FOLDER_SIZE];

static int keep_a_file(void)
{
	struct world *w = world_real();
	char path[TEST_FOLDER_SIZE + 8];

	strcpy(path, folder);
	strcat(path, "/file");
	return file_save(w, path, bytes_of("stay", 4), &(struct fault){ 0 }) != OK;
}

static void *nothing(void *self)
{
	return self;
}

static int make_a_thread(void)
{
	pthread_t thread;

	return pthread_create(&thread, NULL, nothing, NULL) || pthread_join(thread, NULL);
}

static int stand_elsewhere(void)
{
	int root = open("/", O_PATH | O_DIRECTORY);

	return root < 0 || unshare(CLONE_FS) || fchdir(root);
}

static int make_a_namespace(void)
{
	return unshare(CLONE_FS | CLONE_NEWUSER);
}

TEST(it_starts_no_program_calls_nobody_and_looks_into_nobody)
{
	CHECK(is_killed(run_a_program));
	CHECK(is_killed(call_somebody));
	CHECK(is_killed(look_into_another));
	CHECK(is_killed(make_a_namespace));
	CHECK(goes_well(make_a_process));
}

TEST(it_still_keeps_files_and_makes_threads)
{
	test_folder_make(folder);
	CHECK(goes_well(keep_a_file));
	CHECK(goes_well(make_a_thread));
	CHECK(goes_well(stand_elsewhere));
	test_folder_remove(folder);
}

RUN_TESTS()
