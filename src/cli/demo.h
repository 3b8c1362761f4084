/*
 * demo: what only a demo register has: its own clock and its accounts' passphrases.
 *
 * DIR/demo-accounts.json (0600) holds {"account": "passphrase", …}; DIR/demo-clock
 * holds the time that the demo has reached, in seconds.  A folder with the first of
 * these is a demo; the register in it says so, too, in its first fact.
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

bool demo_is(struct cli *c, const char *folder);
/* A passphrase of the words of nobody: 16 random letters. */
MUST_USE enum err demo_new_passphrase(struct cli *c, struct secret **out);
/* Open the accounts of a new demo register and write their passphrases. */
MUST_USE enum err demo_found(struct cli *c, const char *folder, struct text admin,
			     const struct secret *passphrase);
/* ERR_DENIED: the demo has no account of that name. */
MUST_USE enum err demo_passphrase(struct cli *c, const char *folder, const char *name,
				  struct secret **out);
/* Let the command run at `at`: a time, or "+25h" from where the clock stands. */
MUST_USE enum err demo_clock_parse(struct cli *c, const char *at);
/* The same from where the demo in `folder` stands (NULL: there, or now); remembers it. */
MUST_USE enum err demo_clock(struct cli *c, const char *folder, const char *at);
