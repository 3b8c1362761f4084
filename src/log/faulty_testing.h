/*
 * faulty_testing: a VFS of SQLite's over the system's, whose n-th call that changes the
 * disk fails.  It offers no shared memory: a log must not need any.
 */
#pragma once

#include <sqlite3.h>

#include "base/bytes.h"

enum faulty_call { FAULTY_WRITE = 1, FAULTY_TRUNCATE = 2, FAULTY_SYNC = 4, FAULTY_ANY = 7 };

struct faulty {
	sqlite3_vfs vfs; /* .zName is for world.vfs */
	sqlite3_vfs *real;
	unsigned calls;   /* of the sorts in `sorts`, so far */
	unsigned fail_at; /* the call that fails; 0: none */
	int code;         /* with this */
	int sorts;        /* enum faulty_call */
	bool for_good;    /* all later calls of any sort fail as well */
};

void faulty_start(struct faulty *f, const char *name);
void faulty_stop(struct faulty *f);
/* From here on call number `n` of `sorts` fails with `code`. */
void faulty_arm(struct faulty *f, unsigned n, int sorts, int code, bool for_good);
