/*
 * demo: what only a demo register has: its own clock and its accounts' passphrases.
 *
 * DIR/demo-accounts.json (0600) holds {"account": "passphrase", …}; DIR/demo-clock
 * holds the time that the demo has reached, in seconds.  Whether a register is a demo
 * says its own first fact alone: these files in the folder of a real one are not read,
 * so nobody can plant a clock or a passphrase there.
 */
#pragma once

#include "cli/cli.h"

/* One account for each role; two more so that four eyes have somebody to look. */
struct demo_account {
	const char *name;
	int role; /* ROLE_… */
	int sex;  /* SEX_…  */
};
const struct demo_account *demo_accounts(size_t *count);

/* A passphrase of the words of nobody: 16 random letters. */
MUST_USE enum err demo_new_passphrase(struct cli *c, struct secret **out);
/* Open the accounts of a new demo register and write their passphrases. */
MUST_USE enum err demo_found(struct cli *c, const char *folder, struct text admin,
			     const struct secret *passphrase);
/* ERR_DENIED: the demo has no account of that name. */
MUST_USE enum err demo_passphrase(struct cli *c, const char *folder, const char *name,
				  struct secret **out);
/* The seconds that --at means: a time, or "+25h" from what the clock says now. */
MUST_USE enum err demo_time(struct cli *c, const char *at, int64_t *seconds);
/* Stop the command's clock there; the register that is open runs by it from now on. */
void demo_stand(struct cli *c, int64_t seconds);
/*
 * Stop the clock where the demo in `folder` stands (the first time: now), then move it
 * as `at` says and remember that for the next command; NULL: it stays.
 */
MUST_USE enum err demo_clock(struct cli *c, const char *folder, const char *at);
/* Let it go on from there, for as long as the register is served. */
void demo_run(struct cli *c);
/* The next command goes on from what the clock says now; but a demo that was never put at
 * any time keeps to the real one. */
MUST_USE enum err demo_keep_time(struct cli *c, const char *folder);
