/*
 * ikhtiar: the program.  Makes the process a safe place for names and keys, runs one
 * command and ends with its status.
 */
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

/* Names and keys are in memory: no core, no ptrace by others, files for us alone. */
static void harden(void)
{
	const struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_DUMPABLE, 0);
	umask(077);
	signal(SIGPIPE, SIG_IGN);
}

/*
 * Whoever started us may have closed one of the three, and the next file opened would
 * take its number: answers would go into the register.  Each gets a way on which
 * reading or writing fails as it would have.
 */
static void keep_standard_places(void)
{
	static const int ways[] = { O_WRONLY, O_RDONLY, O_RDONLY };

	for (int fd = 0; fd < (int)COUNT_OF(ways); fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", ways[fd]) != fd)
			_exit(FAILED);
}

int main(int argc, char **argv)
{
	keep_standard_places();
	harden();
	setlocale(LC_CTYPE, "C.UTF-8");
	return (int)cli_run(world_real(), argc, argv);
}
