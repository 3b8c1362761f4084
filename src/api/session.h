/*
 * session: who works at which browser.
 *
 * A *device* is a browser.  It is known by a cookie of 32 random bytes, of which only the
 * hash is kept, and which is another after each login.  Most devices have one *holder*, the
 * account that logged in there; on a shared tablet up to HOLDERS_MAX accounts stay, one of
 * them at the screen, each of the others behind its PIN.
 *
 * A session is idle after IDLE_MS in which nobody did anything: what a screen asks by
 * itself does not count.  Where a PIN is set, it is asked for then; else she is out.
 * SESSION_MS after the passphrase it ends whatever is done.  PIN_TRIES wrong PINs forget
 * the PIN: then only the passphrase opens.
 *
 * Whoever fails at a device waits longer each time before that account may be tried there
 * again.  The wait is the device's own, so a stranger makes nobody else wait; how often
 * strangers may come at all is limited by address and by the two derivations at a time.
 * Wrong codes of an authenticator make the account wait, at whichever device: who tries
 * them has the passphrase, is no stranger, and takes a new device for each try.
 *
 * All of it is memory, on the steady clock: a restart puts everybody out.  Any thread may
 * call any function.
 */
#pragma once

#include "register/register.h"

#define SESSIONS_MAX 512 /* devices */
#define HOLDERS_MAX 8
#define IDLE_MS (INT64_C(15) * 60 * 1000)
#define SESSION_MS (INT64_C(12) * 3600 * 1000)
#define AGAIN_MS (INT64_C(5) * 60 * 1000)
#define OPENING_MS (INT64_C(30) * 60 * 1000)
#define PIN_DIGITS 6
#define PIN_TRIES 5

struct sessions;

/* The caller frees it; `w` must outlive it. */
MUST_USE enum err sessions_new(struct sessions **out, struct world *w, struct fault *f);
void sessions_free(struct sessions *s); /* NULL is harmless; wipes */

/* --- the cookie --------------------------------------------------------------------- */

struct cookie {
	bool given;
	uint8_t at[KEY_SIZE];
};
/* Ours, out of the header Cookie; not given where there is none of our form. */
struct cookie cookie_read(struct text header);
/* The line of Set-Cookie. */
#define COOKIE_LINE_SIZE 160
void cookie_write(char out[COOKIE_LINE_SIZE], const struct cookie *c);

/* --- how a browser stands ----------------------------------------------------------- */

enum standing {
	STANDING_OUT, /* nobody is at the screen                    */
	STANDING_IN,
	STANDING_PIN,  /* she is, once her PIN is given              */
	STANDING_CODE, /* she is, once her authenticator is set up   */
};

#define SESSION_TOKEN_SIZE (2 * KEY_SIZE + 1)
struct seen {
	enum standing standing;
	struct session who;		/* at the screen; zero: nobody */
	uint32_t renewed;		/* as when she came */
	char token[SESSION_TOKEN_SIZE]; /* of this account at this device; "": nobody */
	bool pin_set;
	int64_t left_ms; /* until the session ends whatever is done */
	struct id colleagues[HOLDERS_MAX];
	size_t colleague_count;
	unsigned wait_s; /* too many requests: seconds until the next; 0: none */
};
/* `acts`: somebody does something, and is not idle. */
void sessions_look(struct sessions *s, const struct cookie *c, bool acts, struct seen *out);
/* How many accounts are in, at a screen or behind a PIN. */
uint64_t sessions_count(struct sessions *s);

/* --- coming in and going out --------------------------------------------------------- */

/* Seconds until `name` may be tried at this device; 0: now. */
unsigned sessions_wait_s(struct sessions *s, const struct cookie *c, struct text name);
/* A wrong passphrase or code.  Where the device was not known, *c is its new cookie. */
MUST_USE enum err sessions_failed(struct sessions *s, struct cookie *c, struct text name,
				  struct fault *f);
/* The same of the codes of an account whose passphrase was right, at all devices. */
unsigned sessions_code_wait_s(struct sessions *s, const struct id *account);
void sessions_code_failed(struct sessions *s, const struct id *account);
struct newcomer {
	struct id account;
	uint32_t renewed; /* reg_passphrase_renewed(), of the passphrase that she gave */
	struct text name; /* by which she logged in */
	bool shared;	  /* others stay on this device */
	bool code_due;	  /* her authenticator must be set up first */
};
/*
 * She has proved who she is, and is at the screen; *c is the device's cookie from now on.
 * ERR_FULL: SESSIONS_MAX browsers are in, or HOLDERS_MAX accounts on this one.
 */
MUST_USE enum err sessions_enter(struct sessions *s, struct cookie *c, const struct newcomer *n,
				 struct fault *f);
/* Who is at the screen goes; the others stay. */
void sessions_leave(struct sessions *s, const struct cookie *c);
/* Who came in by another passphrase than the one of `renewed` goes, from every device. */
void sessions_drop_older(struct sessions *s, const struct id *account, uint32_t renewed);
/* `account`, who is at the screen, has given herself that one, and stays. */
void sessions_renewed(struct sessions *s, const struct cookie *c, const struct id *account,
		      uint32_t renewed);
/* An account is gone from every device; or all are. */
void sessions_drop(struct sessions *s, const struct id *account);
void sessions_clear(struct sessions *s);

/* --- the PIN ------------------------------------------------------------------------- */

/* ERR_INPUT: not six digits, of whatever script. */
MUST_USE enum err sessions_set_pin(struct sessions *s, const struct cookie *c, struct text pin,
				   struct fault *f);
/* Ask for it from now on; without one she goes. */
void sessions_away(struct sessions *s, const struct cookie *c);
/*
 * `account` (NULL: who is at the screen) comes to the screen.  ERR_DENIED: a wrong PIN, or
 * none is set any more.  ERR_NOT_FOUND: she is not on this device.
 */
MUST_USE enum err sessions_open_by_pin(struct sessions *s, const struct cookie *c,
				       const struct id *account, struct text pin, struct fault *f);
/* `account`, who is at the screen, has given her passphrase; she goes on. */
void sessions_open(struct sessions *s, const struct cookie *c, const struct id *account);

/*
 * --- what a session remembers ----------------------------------------------------------
 *
 * Of `account`: who asked.  To look at a passphrase or to record takes a while, and a
 * colleague may have come to the screen in it: then nothing is remembered, and nothing
 * is so.
 */

void sessions_code_set(struct sessions *s, const struct cookie *c, const struct id *account);
/* Her passphrase was asked again, and whether that was so AGAIN_MS ago at the most. */
void sessions_again(struct sessions *s, const struct cookie *c, const struct id *account);
bool sessions_was_again(struct sessions *s, const struct cookie *c, const struct id *account);
/*
 * A second person has proved at this screen who she is, and agrees to one thing: what, as
 * a hash.  It is remembered as long as a passphrase asked again.
 */
struct agreement {
	struct id second;
	struct hash what;
};
void sessions_agree(struct sessions *s, const struct cookie *c, const struct id *account,
		    const struct agreement *a);
bool sessions_was_agreed(struct sessions *s, const struct cookie *c, const struct id *account,
			 const struct agreement *a);
/* She opened this file, and whether she did OPENING_MS ago at the most. */
void sessions_opened(struct sessions *s, const struct cookie *c, const struct id *account,
		     const struct id *file);
bool sessions_has_open(struct sessions *s, const struct cookie *c, const struct id *account,
		       const struct id *file);
