#include "cli/caller.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/progress.h"
#include "cli/passphrase.h"
#include "cli/put.h"

/* Straight to the descriptor: stdio would keep a copy of names that nobody wipes. */
static bool put_out(struct caller *c, struct bytes b)
{
	(void)c;
	return put_all(STDOUT_FILENO, b, write);
}

static void put_err(struct caller *c, struct text t)
{
	(void)c;
	fwrite(t.at, 1, t.size, stderr);
}

static enum err take_in(struct caller *c, void *out, size_t size, size_t *got, struct fault *f)
{
	ssize_t n;

	(void)c;
	*got = 0;
	do
		n = read(STDIN_FILENO, out, size);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return fault(f, ERR_IO, "record.unreadable", strerror(errno));
	*got = (size_t)n;
	return OK;
}

static enum err passphrase_of_fd(struct caller *c, struct secret **out, const char *number,
				 struct fault *f)
{
	(void)c;
	return passphrase_from_fd(out, number, f);
}

static enum err passphrase_of_terminal(struct caller *c, struct secret **out, const char *prompt,
				       struct fault *f)
{
	(void)c;
	return passphrase_from_terminal(out, prompt, f);
}

/* Whether this is the stream that systemd named, and nothing that was put in its place:
 * systemd.exec(5), JOURNAL_STREAM. */
static bool is_journal(int fd, const char *stream)
{
	unsigned long long device, inode;
	struct stat s;

	return stream && sscanf(stream, "%llu:%llu", &device, &inode) == 2 && !fstat(fd, &s) &&
	       s.st_dev == device && s.st_ino == inode;
}

void caller_process(struct caller *out)
{
	*out = (struct caller){
		.as = getenv("IKHTIAR_AS"),
		.language = getenv("IKHTIAR_LANG"),
		.colour = colour_wanted(STDOUT_FILENO),
		.draws = progress_wanted(STDERR_FILENO),
		.journal = is_journal(STDERR_FILENO, getenv("JOURNAL_STREAM")),
		.put_out = put_out,
		.put_err = put_err,
		.take_in = take_in,
		.passphrase_of_fd = passphrase_of_fd,
		.passphrase_of_terminal = passphrase_of_terminal,
	};
}
