/* cost: what another program costs, as the system counts it. */
#include "bench.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static double in_seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

void part_cost(int count, char **arguments)
{
	double begun = seconds();
	pid_t child = fork();
	struct rusage used;
	int status;

	(void)count;
	must_be(child >= 0, "start a process");
	if (!child) {
		/* What it says is not among the measures. */
		dup2(STDERR_FILENO, STDOUT_FILENO);
		execvp(arguments[0], arguments);
		_exit(127);
	}
	must_be(wait4(child, &status, 0, &used) == child && WIFEXITED(status) &&
			!WEXITSTATUS(status),
		"run a program to its end");
	tell("wall_s", seconds() - begun);
	tell("cpu_s", in_seconds(used.ru_utime) + in_seconds(used.ru_stime));
	tell("peak_bytes", (double)used.ru_maxrss * 1024);
}
