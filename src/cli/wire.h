/*
 * wire: what a command and the server that runs it for her say to each other, through
 * the Unix socket `socket` in the register's folder.
 *
 * A frame is one byte of its sort, four bytes of its size (u32le, at most 65,536), and so
 * many bytes.  The client begins; from then on she speaks only when she is asked, and
 * then once.  So neither waits for the other while that one waits for her.
 *
 *     client   H  hello: version, marks, and zero-ended texts (below); with its first
 *                 byte comes a descriptor of her current folder (SCM_RIGHTS)
 *     server   O  bytes for her standard output
 *              E  bytes for her standard error
 *              R  asks for standard input       I  up to 65,536 bytes; none: its end
 *              D  asks for the passphrase that  P  the passphrase
 *                 her descriptor of this number has
 *              T  asks for it on her terminal,  P  the passphrase
 *                 with these words
 *              Z  the end: one byte, the exit status
 *     client   X  instead of I or P: why there is none: struct fault (below)
 *
 * For example, "H" of `ikhtiar find demo Gul` by IKHTIAR_AS=registration:
 *
 *     48 2a 00 00 00  01  03  72 65 67 69 73 74 72 61 74 69 6f 6e 00  00
 *     69 6b 68 74 69 61 72 00  66 69 6e 64 00  64 65 6d 6f 00  47 75 6c 00 …
 *
 *      1  version of this protocol
 *      1  marks: 1 shows colours, 2 draws progress, 4 IKHTIAR_AS and 8 IKHTIAR_LANG are
 *         there, 16 her standard error goes to the journal
 *         IKHTIAR_AS, IKHTIAR_LANG, then the words of the command line, each zero-ended
 *
 * A fault is one byte of its enum err, then its key and its values, each zero-ended.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

#define SOCKET_NAME "socket"
#define WIRE_VERSION 1
#define FRAME_SIZE_MAX 65536
#define HELLO_WORDS_MAX 160

enum frame_sort {
	FRAME_HELLO = 'H',
	FRAME_OUT = 'O',
	FRAME_ERR = 'E',
	FRAME_READ = 'R',
	FRAME_IN = 'I',
	FRAME_ASK_DESCRIPTOR = 'D',
	FRAME_ASK_TERMINAL = 'T',
	FRAME_PASSPHRASE = 'P',
	FRAME_FAULT = 'X',
	FRAME_END = 'Z',
};

/* One end.  Used by one thread; wiped by wire_end(). */
struct wire {
	int fd;
	uint8_t body[FRAME_SIZE_MAX]; /* of the frame that was taken last */
};
struct frame {
	enum frame_sort sort;
	struct bytes body; /* until the next wire_take() */
};

/* Takes `fd`. */
void wire_begin(struct wire *w, int fd);
void wire_end(struct wire *w);
/* false: nobody is there any more.  At most FRAME_SIZE_MAX bytes. */
MUST_USE bool wire_put(struct wire *w, enum frame_sort sort, struct bytes body);
/* The same, and false as well where the other one takes nothing for some seconds: what is
 * told while a lock is held must not wait for whoever has stopped her terminal. */
MUST_USE bool wire_put_soon(struct wire *w, enum frame_sort sort, struct bytes body);
/* How long wire_put_soon() and wire_take() wait, in seconds; 0: for ever. */
MUST_USE bool wire_keep_time(struct wire *w, int send_s, int receive_s);
/* Whether the other end is of the user who runs this one. */
bool wire_is_ours(const struct wire *w);
/* false: nobody is there, or what came is no frame. */
MUST_USE bool wire_take(struct wire *w, struct frame *out);
/* The same of the first frame, with the descriptor that came with it; -1: none. */
MUST_USE bool wire_take_first(struct wire *w, struct frame *out, int *folder);
/* The first frame, with a descriptor. */
MUST_USE bool wire_put_first(struct wire *w, struct bytes body, int folder);

/* --- what is in frames ---------------------------------------------------------------- */

struct hello {
	bool colour, draws, journal;
	const char *as, *language; /* NULL: not there */
	int word_count;
	char *words[HELLO_WORDS_MAX + 1]; /* ends with NULL */
};

/* Its texts are copied into `a`.  ERR_NEWER: of another version.  ERR_INPUT: no hello. */
MUST_USE enum err hello_read(struct hello *out, struct arena *a, struct bytes body,
			     struct fault *f);
/* Into `a`.  ERR_LIMIT: more than a frame takes. */
MUST_USE enum err hello_write(struct bytes *out, struct arena *a, const struct hello *h,
			      struct fault *f);

/* The key is copied into `a`.  ERR_INPUT: no fault. */
MUST_USE enum err fault_read(struct fault *out, struct arena *a, struct bytes body,
			     struct fault *f);
MUST_USE enum err fault_write(struct bytes *out, struct arena *a, const struct fault *given,
			      struct fault *f);
