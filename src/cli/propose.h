/*
 * propose: a line of JSON through the write door, and the answer back as JSON.
 * What `record`, `story` and the demo share.
 */
#pragma once

#include "cli/cli.h"

/* One line of at most this many bytes. */
#define LINE_SIZE_MAX ((size_t)1 << 20)
/* And what reading and answering it may take. */
#define PROPOSAL_ARENA ((size_t)64 << 20)

struct proposal_answer {
	enum ending ending;
	struct desk_answer answer; /* worth something where ending is DONE or RULE_REFUSED */
	uint64_t line;		   /* of the file, from 1; 0: of none */
};

/*
 * Record one line (an object, or an array of objects) in the name of `by`.  A fault
 * is left in c->fault; `a` holds the answer.
 */
struct proposal_answer propose_line(struct cli *c, struct name_book *names,
				    const struct session *by, struct text line, struct arena *a);

/* The answer as one line of JSON, to standard output. */
void propose_write_answer(struct cli *c, struct name_book *names, const struct proposal_answer *p);
