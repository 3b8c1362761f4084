/*
 * What goes over the socket reads as it was written, and whatever comes over it from
 * anybody else is told as what it is.
 */
#include "cli/wire.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/prop.h"

struct pair {
	struct wire *a, *b;
};

static void pair_make(struct pair *p)
{
	int ends[2];

	CHECK(!socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends));
	p->a = calloc(1, sizeof(*p->a));
	p->b = calloc(1, sizeof(*p->b));
	CHECK(p->a && p->b);
	wire_begin(p->a, ends[0]);
	wire_begin(p->b, ends[1]);
}

static void pair_end(struct pair *p)
{
	wire_end(p->a);
	wire_end(p->b);
	free(p->a);
	free(p->b);
}

TEST(a_frame_arrives_as_it_was_sent)
{
	struct frame frame;
	struct pair p;

	pair_make(&p);
	CHECK(wire_put(p.a, FRAME_OUT, bytes_of("Gul", 3)));
	CHECK(wire_put_soon(p.a, FRAME_END, bytes_of("\3", 1)));
	CHECK(wire_take(p.b, &frame));
	CHECK_INT(frame.sort, FRAME_OUT);
	CHECK(frame.body.size == 3 && !memcmp(frame.body.at, "Gul", 3));
	CHECK(wire_take(p.b, &frame));
	CHECK_INT(frame.sort, FRAME_END);
	CHECK(wire_is_ours(p.a));
	pair_end(&p);
}

TEST(a_folder_comes_with_the_first_frame)
{
	int folder = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC), came;
	struct frame frame;
	struct pair p;

	pair_make(&p);
	CHECK(wire_put_first(p.a, bytes_of("x", 1), folder));
	CHECK(wire_take_first(p.b, &frame, &came));
	CHECK(came >= 0 && came != folder);
	CHECK_INT(fcntl(came, F_GETFD), FD_CLOEXEC);
	close(came);
	close(folder);
	CHECK(wire_put(p.a, FRAME_HELLO, bytes_of("x", 1)));
	CHECK(wire_take_first(p.b, &frame, &came));
	CHECK_INT(came, -1);
	pair_end(&p);
}

TEST(a_frame_of_more_than_there_may_be_is_none)
{
	static const uint8_t head[] = { 'O', 1, 0, 1, 0 };
	struct frame frame;
	struct pair p;

	pair_make(&p);
	CHECK_INT(send(p.a->fd, head, sizeof(head), 0), sizeof(head));
	CHECK(!wire_take(p.b, &frame));
	pair_end(&p);
}

TEST(whoever_is_gone_is_noticed)
{
	struct frame frame;
	struct pair p;

	pair_make(&p);
	CHECK(!shutdown(p.a->fd, SHUT_RDWR));
	CHECK(!wire_take(p.b, &frame));
	CHECK(!wire_put(p.b, FRAME_OUT, bytes_of("x", 1)));
	pair_end(&p);
}

/* Nobody reads: what need not be told is given up, and the lock goes on. */
TEST(words_do_not_wait_for_ever_for_whoever_has_stopped_her_terminal)
{
	static const uint8_t page[FRAME_SIZE_MAX];
	struct pair p;
	bool put = true;

	pair_make(&p);
	CHECK(wire_keep_time(p.a, 1, 0));
	for (int i = 0; put && i < 100; i++)
		put = wire_put_soon(p.a, FRAME_ERR, bytes_of(page, sizeof(page)));
	CHECK(!put);
	pair_end(&p);
}

/* --- what is in frames ---------------------------------------------------------------- */

TEST(a_hello_is_as_it_is_drawn_at_the_head_of_wire)
{
	static const char drawn[] = "\x01\x07registration\0\0ikhtiar\0find\0demo\0Gul";
	struct hello hello = { .colour = true, .draws = true, .as = "registration" };
	static char *words[] = { "ikhtiar", "find", "demo", "Gul" };
	struct bytes written;
	struct arena *a = NULL;

	CHECK_INT(arena_new(&a, 1 << 20), OK);
	memcpy(hello.words, words, sizeof(words));
	hello.word_count = COUNT_OF(words);
	CHECK_INT(hello_write(&written, a, &hello, NULL), OK);
	CHECK_INT(written.size, sizeof(drawn));
	CHECK(!memcmp(written.at, drawn, sizeof(drawn)));
	arena_free(a);
}

TEST(a_hello_of_another_version_is_told_as_that)
{
	struct arena *a = NULL;
	struct fault f = { 0 };
	struct hello hello;

	CHECK_INT(arena_new(&a, 1 << 20), OK);
	CHECK_FAULT(hello_read(&hello, a, bytes_of("\2", 1), &f), ERR_NEWER, &f,
		    "socket.other-version");
	CHECK_FAULT(hello_read(&hello, a, (struct bytes){ 0 }, &f), ERR_INPUT, &f,
		    "socket.not-understood");
	arena_free(a);
}

TEST(a_command_line_that_no_frame_holds_is_told_as_that)
{
	struct hello hello = { .word_count = 1 };
	struct arena *a = NULL;
	struct fault f = { 0 };
	struct bytes written;
	char *word;

	CHECK_INT(arena_new(&a, 1 << 20), OK);
	word = arena_take(a, FRAME_SIZE_MAX + 1);
	memset(word, 'x', FRAME_SIZE_MAX);
	hello.words[0] = word;
	CHECK_FAULT(hello_write(&written, a, &hello, &f), ERR_LIMIT, &f, "socket.too-long");
	arena_free(a);
}

static bool same_string(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : !a && !b;
}

/* Whatever the bytes: a hello that writes the same again, or a fault. */
static void any_bytes_are_a_hello_or_told_as_none(struct prop *p)
{
	struct hello read, again;
	struct fault f = { 0 };
	struct bytes written;
	enum err e = hello_read(&read, p->arena, prop_rest(p), &f);

	if (e) {
		CHECK(e == ERR_INPUT || e == ERR_NEWER);
		CHECK(f.key != NULL);
		return;
	}
	CHECK(read.word_count > 0 && read.word_count <= HELLO_WORDS_MAX);
	CHECK(!read.words[read.word_count]);
	CHECK_INT(hello_write(&written, p->arena, &read, &f), OK);
	CHECK_INT(hello_read(&again, p->arena, written, &f), OK);
	CHECK(same_string(read.as, again.as) && same_string(read.language, again.language));
	CHECK(read.colour == again.colour && read.draws == again.draws &&
	      read.journal == again.journal);
	CHECK_INT(again.word_count, read.word_count);
	for (int i = 0; i < read.word_count; i++)
		CHECK(!strcmp(read.words[i], again.words[i]));
}

TEST(any_bytes)
{
	prop_run(any_bytes_are_a_hello_or_told_as_none, 2000, 1);
}

static void any_bytes_are_a_fault_or_told_as_none(struct prop *p)
{
	struct fault read, again, f = { 0 };
	struct bytes written;
	enum err e = fault_read(&read, p->arena, prop_rest(p), &f);

	if (e) {
		CHECK_INT(e, ERR_INPUT);
		CHECK_TEXT(f.key, "socket.not-understood");
		return;
	}
	CHECK(read.err && read.key && *read.key && read.value_count <= FAULT_VALUES_MAX);
	CHECK_INT(fault_write(&written, p->arena, &read, &f), OK);
	CHECK_INT(fault_read(&again, p->arena, written, &f), OK);
	CHECK(!strcmp(read.key, again.key) && read.err == again.err);
	CHECK(!memcmp(read.values, again.values, sizeof(read.values)));
}

TEST(any_bytes_of_a_fault)
{
	prop_run(any_bytes_are_a_fault_or_told_as_none, 2000, 1);
}

TEST(a_fault_arrives_as_it_was_told)
{
	struct fault told = { 0 }, read;
	struct arena *a = NULL;
	struct bytes written;

	CHECK_INT(arena_new(&a, 1 << 20), OK);
	CHECK_INT(fault(&told, ERR_DENIED, "passphrase.bad-descriptor", "seven", 7), ERR_DENIED);
	CHECK_INT(fault_write(&written, a, &told, NULL), OK);
	CHECK_INT(fault_read(&read, a, written, NULL), OK);
	CHECK_INT(read.err, ERR_DENIED);
	CHECK_TEXT(read.key, told.key);
	CHECK(!memcmp(read.values, told.values, sizeof(told.values)));
	CHECK_INT(read.value_count, 2);
	arena_free(a);
}

/* Frames as they come over the wire, from whoever connects. */
static void any_bytes_are_frames_or_an_end(struct prop *p)
{
	struct bytes sent = prop_rest(p);
	struct frame frame;
	struct pair pair;
	size_t taken = 0;
	int folder = -1;

	pair_make(&pair);
	CHECK(sent.size < 32 * 1024);
	CHECK(!sent.size ||
	      send(pair.a->fd, sent.at, sent.size, MSG_NOSIGNAL) == (ssize_t)sent.size);
	CHECK(!shutdown(pair.a->fd, SHUT_WR));
	if (wire_take_first(pair.b, &frame, &folder)) {
		do
			taken += 5 + frame.body.size;
		while (wire_take(pair.b, &frame));
	}
	CHECK(folder == -1 && taken <= sent.size);
	pair_end(&pair);
}

TEST(any_bytes_over_the_wire)
{
	prop_run(any_bytes_are_frames_or_an_end, 500, 1);
}

PROP_FUZZ(31, any_bytes_are_a_hello_or_told_as_none)
PROP_FUZZ(32, any_bytes_are_a_fault_or_told_as_none)
PROP_FUZZ(33, any_bytes_are_frames_or_an_end)

RUN_TESTS()
