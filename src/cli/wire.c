#include "cli/wire.h"

#include <assert.h>
#include <errno.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/buffer.h"
#include "cli/put.h"

#define HEAD_SIZE 5

enum mark {
	MARK_COLOUR = 1,
	MARK_DRAWS = 2,
	MARK_AS = 4,
	MARK_LANGUAGE = 8,
	MARK_JOURNAL = 16,
};

/* --- bytes ------------------------------------------------------------------------------ */

void wire_begin(struct wire *w, int fd)
{
	w->fd = fd;
}

void wire_end(struct wire *w)
{
	close(w->fd);
	explicit_bzero(w->body, sizeof(w->body));
}

/* The socket may have a time after which a send gives up. */
static ssize_t send_soon(int fd, const void *at, size_t size)
{
	return send(fd, at, size, MSG_NOSIGNAL);
}

static ssize_t send_patiently(int fd, const void *at, size_t size)
{
	ssize_t sent;

	do
		sent = send_soon(fd, at, size);
	while (sent < 0 && errno == EAGAIN);
	return sent;
}

static bool receive_all(int fd, uint8_t *to, size_t size)
{
	while (size) {
		ssize_t got = recv(fd, to, size, 0);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		to += got;
		size -= (size_t)got;
	}
	return true;
}

static void write_head(uint8_t out[HEAD_SIZE], enum frame_sort sort, size_t size)
{
	assert(size <= FRAME_SIZE_MAX);
	out[0] = (uint8_t)sort;
	for (size_t i = 0; i < 4; i++)
		out[1 + i] = (uint8_t)(size >> (8 * i));
}

static bool put(struct wire *w, enum frame_sort sort, struct bytes body, put_part *part)
{
	uint8_t head[HEAD_SIZE];

	write_head(head, sort, body.size);
	return put_all(w->fd, bytes_of(head, sizeof(head)), part) && put_all(w->fd, body, part);
}

bool wire_put(struct wire *w, enum frame_sort sort, struct bytes body)
{
	return put(w, sort, body, send_patiently);
}

bool wire_put_soon(struct wire *w, enum frame_sort sort, struct bytes body)
{
	return put(w, sort, body, send_soon);
}

bool wire_keep_time(struct wire *w, int send_s, int receive_s)
{
	const struct timeval send_time = { .tv_sec = send_s }, receive = { .tv_sec = receive_s };

	return !setsockopt(w->fd, SOL_SOCKET, SO_SNDTIMEO, &send_time, sizeof(send_time)) &&
	       !setsockopt(w->fd, SOL_SOCKET, SO_RCVTIMEO, &receive, sizeof(receive));
}

bool wire_is_ours(const struct wire *w)
{
	struct ucred peer;
	socklen_t size = sizeof(peer);

	return !getsockopt(w->fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) && peer.uid == geteuid();
}

static bool take_body(struct wire *w, const uint8_t head[HEAD_SIZE], struct frame *out)
{
	size_t size = 0;

	for (size_t i = 0; i < 4; i++)
		size |= (size_t)head[1 + i] << (8 * i);
	if (size > FRAME_SIZE_MAX || !receive_all(w->fd, w->body, size))
		return false;
	*out = (struct frame){ (enum frame_sort)head[0], bytes_of(w->body, size) };
	return true;
}

bool wire_take(struct wire *w, struct frame *out)
{
	uint8_t head[HEAD_SIZE];

	return receive_all(w->fd, head, sizeof(head)) && take_body(w, head, out);
}

/* --- with a descriptor -------------------------------------------------------------------- */

union control {
	struct cmsghdr head;
	char room[CMSG_SPACE(sizeof(int))];
};

bool wire_put_first(struct wire *w, struct bytes body, int folder)
{
	uint8_t head[HEAD_SIZE];
	union control control = { .room = { 0 } };
	struct iovec first = { head, 1 };
	struct msghdr message = { .msg_iov = &first,
				  .msg_iovlen = 1,
				  .msg_control = &control,
				  .msg_controllen = sizeof(control) };
	struct cmsghdr *c = CMSG_FIRSTHDR(&message);
	ssize_t sent;

	write_head(head, FRAME_HELLO, body.size);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(c), &folder, sizeof(folder));
	do
		sent = sendmsg(w->fd, &message, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	return sent == 1 && put_all(w->fd, bytes_of(head + 1, HEAD_SIZE - 1), send_patiently) &&
	       put_all(w->fd, body, send_patiently);
}

/* The one descriptor of a message: there is room for no more, and the kernel drops them. */
static int descriptor_of(struct msghdr *message)
{
	const struct cmsghdr *c = CMSG_FIRSTHDR(message);
	int fd = -1;

	if (c && c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS &&
	    c->cmsg_len == CMSG_LEN(sizeof(int)))
		memcpy(&fd, CMSG_DATA(c), sizeof(fd));
	return fd;
}

bool wire_take_first(struct wire *w, struct frame *out, int *folder)
{
	uint8_t head[HEAD_SIZE];
	union control control;
	struct iovec first = { head, 1 };
	struct msghdr message = { .msg_iov = &first,
				  .msg_iovlen = 1,
				  .msg_control = &control,
				  .msg_controllen = CMSG_LEN(sizeof(int)) };
	ssize_t got;

	*folder = -1;
	do
		got = recvmsg(w->fd, &message, MSG_CMSG_CLOEXEC);
	while (got < 0 && errno == EINTR);
	if (got != 1)
		return false;
	*folder = descriptor_of(&message);
	return receive_all(w->fd, head + 1, HEAD_SIZE - 1) && take_body(w, head, out);
}

/* --- texts that end with a zero ------------------------------------------------------------- */

/* The next one of `rest`, into `a`; NULL: there is none, or no room for it. */
static char *next_text(struct bytes *rest, struct arena *a)
{
	const uint8_t *end = rest->size ? memchr(rest->at, 0, rest->size) : NULL;
	size_t size = end ? (size_t)(end - rest->at) : 0;
	char *copy = end ? arena_take(a, size + 1) : NULL;

	if (!copy)
		return NULL;
	memcpy(copy, rest->at, size);
	rest->at += size + 1;
	rest->size -= size + 1;
	return copy;
}

static void add_text(struct buffer *b, const char *s)
{
	buffer_add(b, bytes_of(s ? s : "", s ? strlen(s) + 1 : 1));
}

/* What was written, into `a`; the buffer is freed. */
static enum err finish(struct bytes *out, struct arena *a, struct buffer *b, struct fault *f)
{
	enum err e = b->err;

	if (e == ERR_LIMIT)
		fault(f, e, "socket.too-long", FRAME_SIZE_MAX);
	if (!e) {
		*out = arena_copy(a, buffer_bytes(b));
		e = out->at ? OK : ERR_MEMORY;
	}
	if (e == ERR_MEMORY)
		fault(f, e, "memory.none");
	buffer_free(b);
	return e;
}

enum err hello_read(struct hello *out, struct arena *a, struct bytes body, struct fault *f)
{
	unsigned marks;
	const char *as, *language;

	*out = (struct hello){ .word_count = 0 };
	if (body.size && body.at[0] != WIRE_VERSION)
		return fault(f, ERR_NEWER, "socket.other-version");
	if (body.size < 2)
		return fault(f, ERR_INPUT, "socket.not-understood");
	marks = body.at[1];
	body = bytes_of(body.at + 2, body.size - 2);
	as = next_text(&body, a);
	language = next_text(&body, a);
	while (language && body.size && out->word_count < HELLO_WORDS_MAX &&
	       (out->words[out->word_count] = next_text(&body, a)))
		out->word_count++;
	if (!as || !language || body.size || !out->word_count)
		return fault(f, ERR_INPUT, "socket.not-understood");
	out->as = marks & MARK_AS ? as : NULL;
	out->language = marks & MARK_LANGUAGE ? language : NULL;
	out->colour = marks & MARK_COLOUR;
	out->draws = marks & MARK_DRAWS;
	out->journal = marks & MARK_JOURNAL;
	return OK;
}

enum err hello_write(struct bytes *out, struct arena *a, const struct hello *h, struct fault *f)
{
	struct buffer b = { .limit = FRAME_SIZE_MAX };
	int marks = (h->colour ? MARK_COLOUR : 0) | (h->draws ? MARK_DRAWS : 0) |
		    (h->as ? MARK_AS : 0) | (h->language ? MARK_LANGUAGE : 0) |
		    (h->journal ? MARK_JOURNAL : 0);

	if (h->word_count > HELLO_WORDS_MAX)
		return fault(f, ERR_LIMIT, "socket.too-long", FRAME_SIZE_MAX);
	buffer_byte(&b, WIRE_VERSION);
	buffer_byte(&b, (uint8_t)marks);
	add_text(&b, h->as);
	add_text(&b, h->language);
	for (int i = 0; i < h->word_count; i++)
		add_text(&b, h->words[i]);
	return finish(out, a, &b, f);
}

enum err fault_read(struct fault *out, struct arena *a, struct bytes body, struct fault *f)
{
	struct fault read = { 0 };

	if (body.size < 1 || !body.at[0] || body.at[0] > ERR_MEMORY)
		return fault(f, ERR_INPUT, "socket.not-understood");
	read.err = (enum err)body.at[0];
	body = bytes_of(body.at + 1, body.size - 1);
	read.key = next_text(&body, a);
	while (read.key && body.size && read.value_count < FAULT_VALUES_MAX) {
		const char *value = next_text(&body, a);

		if (!value || strlen(value) >= FAULT_VALUE_SIZE)
			break;
		strcpy(read.values[read.value_count++], value);
	}
	if (!read.key || !*read.key || body.size)
		return fault(f, ERR_INPUT, "socket.not-understood");
	*out = read;
	return OK;
}

enum err fault_write(struct bytes *out, struct arena *a, const struct fault *given, struct fault *f)
{
	struct buffer b = { .limit = FRAME_SIZE_MAX };

	buffer_byte(&b, (uint8_t)given->err);
	add_text(&b, given->key);
	for (unsigned i = 0; i < given->value_count; i++)
		add_text(&b, given->values[i]);
	return finish(out, a, &b, f);
}
