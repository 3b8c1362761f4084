/*
 * The client's side of wire.h: it says hello, and then does what it is asked until the
 * end.  Where the server stops half-way, what was answered is recorded, and the rest is
 * not.
 */
#include "cli/forward.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "cli/wire.h"

/* A connected socket; -1: nobody listens there.  By the folder's descriptor, as in
 * socket.c. */
static int connect_to(const char *folder)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int at = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC), fd;

	if (at < 0)
		return -1;
	snprintf(address.sun_path, sizeof(address.sun_path), "/proc/self/fd/%d/" SOCKET_NAME, at);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof(address))) {
		close(fd);
		fd = -1;
	}
	close(at);
	return fd;
}

static enum err server_gone(struct cli *c)
{
	return fault(&c->fault, ERR_IO, "socket.ended");
}

static enum err say_hello(struct cli *c, struct wire *w, int argc, char **argv)
{
	struct hello hello = { .colour = c->caller->colour,
			       .draws = c->caller->draws,
			       .journal = c->caller->journal,
			       .as = c->caller->as,
			       .language = c->caller->language };
	struct bytes body;
	int folder;
	enum err e;

	if (argc > HELLO_WORDS_MAX)
		return fault(&c->fault, ERR_LIMIT, "socket.too-long", FRAME_SIZE_MAX);
	memcpy(hello.words, argv, (size_t)argc * sizeof(*argv));
	hello.word_count = argc;
	if ((e = hello_write(&body, c->arena, &hello, &c->fault)))
		return e;
	folder = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0)
		return fault(&c->fault, ERR_IO, "socket.no-folder");
	e = wire_put_first(w, body, folder) ? OK : server_gone(c);
	close(folder);
	return e;
}

/* Send what was asked for, or why there is none. */
static enum err give(struct cli *c, struct wire *w, enum frame_sort sort, struct bytes body,
		     const struct fault *why)
{
	enum err e;

	if (why->key) {
		sort = FRAME_FAULT;
		if ((e = fault_write(&body, c->arena, why, &c->fault)))
			return e;
	}
	return wire_put(w, sort, body) ? OK : server_gone(c);
}

static enum err give_input(struct cli *c, struct wire *w)
{
	struct fault why = { 0 };
	size_t got = 0;

	/* The wire's own memory is free: what was asked holds nothing. */
	if (c->caller->take_in(c->caller, w->body, sizeof(w->body), &got, &why))
		got = 0;
	return give(c, w, FRAME_IN, bytes_of(w->body, got), &why);
}

static enum err give_passphrase(struct cli *c, struct wire *w, const struct frame *asked)
{
	const char *words = arena_copy_text(c->arena, (struct text){ (const char *)asked->body.at,
								     asked->body.size })
				    .at;
	struct secret *passphrase = NULL;
	struct fault why = { 0 };
	struct bytes b = { 0 };
	enum err e;

	if (!words)
		return fault(&c->fault, ERR_MEMORY, "memory.none");
	e = asked->sort == FRAME_ASK_DESCRIPTOR
		    ? c->caller->passphrase_of_fd(c->caller, &passphrase, words, &why)
		    : c->caller->passphrase_of_terminal(c->caller, &passphrase, words, &why);
	if (!e)
		b = secret_bytes(passphrase);
	e = give(c, w, FRAME_PASSPHRASE, b, &why);
	secret_free(passphrase);
	return e;
}

static enum err answer(struct cli *c, struct wire *w, const struct frame *f)
{
	struct text words = { (const char *)f->body.at, f->body.size };

	switch (f->sort) {
	case FRAME_OUT:
		return c->caller->put_out(c->caller, f->body)
			       ? OK
			       : fault(&c->fault, ERR_IO, "out.unwritable");
	case FRAME_ERR: c->caller->put_err(c->caller, words); return OK;
	case FRAME_READ: return give_input(c, w);
	case FRAME_ASK_DESCRIPTOR:
	case FRAME_ASK_TERMINAL: return give_passphrase(c, w, f);
	case FRAME_FAULT: {
		enum err e = fault_read(&c->fault, c->arena, f->body, &c->fault);

		return e ? e : c->fault.err;
	}
	case FRAME_HELLO:
	case FRAME_IN:
	case FRAME_PASSPHRASE:
	case FRAME_END: break;
	}
	return fault(&c->fault, ERR_IO, "socket.not-understood");
}

static enum err converse(struct cli *c, struct wire *w, int argc, char **argv, enum ending *ending)
{
	struct frame frame;
	enum err e;

	if (!wire_is_ours(w))
		return fault(&c->fault, ERR_DENIED, "socket.other-user");
	if ((e = say_hello(c, w, argc, argv)))
		return e;
	while (!e) {
		if (!wire_take(w, &frame))
			return server_gone(c);
		if (frame.sort == FRAME_END && frame.body.size == 1) {
			*ending = (enum ending)frame.body.at[0];
			return OK;
		}
		e = answer(c, w, &frame);
	}
	return e;
}

enum err forward(struct cli *c, int argc, char **argv, bool *forwarded, enum ending *ending)
{
	int fd = connect_to(c->line.arguments[0]);
	struct wire *w;
	enum err e;

	*forwarded = false;
	if (fd < 0)
		return OK;
	w = malloc(sizeof(*w));
	if (!w) {
		close(fd);
		return fault(&c->fault, ERR_MEMORY, "memory.none");
	}
	*forwarded = true;
	wire_begin(w, fd);
	e = converse(c, w, argc, argv, ending);
	wire_end(w);
	free(w);
	return e;
}
