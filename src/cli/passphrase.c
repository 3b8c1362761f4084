/*
 * A file, a file descriptor, or a terminal with the echo off.  Never an argument, and
 * never by waiting where nobody can answer.
 */
#include "cli/passphrase.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

/* One line of at most this many bytes, its end counted. */
#define PASSPHRASE_MAX 1024
#define DESCRIPTOR_MAX 1023

/* The first line of `start`, without its end, as a new secret. */
static enum err first_line(struct secret **out, const char *start, size_t size, struct fault *f)
{
	const char *end = memchr(start, '\n', size);
	size_t line = end ? (size_t)(end - start) : size;

	if (!end && size == PASSPHRASE_MAX)
		return fault(f, ERR_LIMIT, "passphrase.too-long", PASSPHRASE_MAX - 1);
	while (line > 0 && start[line - 1] == '\r')
		line--;
	if (line == 0)
		return fault(f, ERR_DENIED, "passphrase.empty");
	return secret_of(out, bytes_of(start, line), f);
}

/* Read up to the end of line from `fd`, byte by byte: what is behind it is not ours. */
static enum err read_line(struct secret **out, int fd, struct fault *f)
{
	char line[PASSPHRASE_MAX];
	size_t size = 0;
	enum err e = OK;

	while (size < sizeof(line)) {
		ssize_t got = read(fd, line + size, 1);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			e = fault(f, ERR_IO, "passphrase.unreadable", strerror(errno));
			break;
		}
		if (got == 0 || line[size++] == '\n')
			break;
	}
	if (!e)
		e = first_line(out, line, size, f);
	explicit_bzero(line, sizeof(line));
	return e;
}

enum err passphrase_from_file(struct secret **out, struct world *w, const char *path,
			      struct fault *f)
{
	char start[PASSPHRASE_MAX];
	struct file *file = NULL;
	size_t size = 0, got = 1;
	enum err e = w->file_open(w, &file, path, FILE_READ, f);

	while (!e && got && size < sizeof(start)) {
		e = w->file_read(file, start + size, sizeof(start) - size, &got, f);
		size += got;
	}
	w->file_close(file);
	if (!e)
		e = first_line(out, start, size, f);
	explicit_bzero(start, sizeof(start));
	return e;
}

enum err passphrase_from_fd(struct secret **out, const char *number, struct fault *f)
{
	char *end;
	long fd = strtol(number, &end, 10);

	if (end == number || *end || fd < 0 || fd > DESCRIPTOR_MAX || fcntl((int)fd, F_GETFD) < 0)
		return fault(f, ERR_INPUT, "passphrase.bad-descriptor", number);
	return read_line(out, (int)fd, f);
}

enum err passphrase_from_terminal(struct secret **out, const char *prompt, struct fault *f)
{
	struct termios shown, hidden;
	int fd;
	enum err e;

	/* Somebody must be there to type: standard input is what a script gives. */
	if (!isatty(STDIN_FILENO))
		return fault(f, ERR_DENIED, "passphrase.no-terminal");
	fd = open("/dev/tty", O_RDWR | O_CLOEXEC);
	if (fd < 0 || tcgetattr(fd, &shown)) {
		if (fd >= 0)
			close(fd);
		return fault(f, ERR_DENIED, "passphrase.no-terminal");
	}
	hidden = shown;
	hidden.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(fd, TCSAFLUSH, &hidden);
	dprintf(fd, "%s", prompt);
	e = read_line(out, fd, f);
	tcsetattr(fd, TCSAFLUSH, &shown);
	dprintf(fd, "\n");
	close(fd);
	return e;
}
