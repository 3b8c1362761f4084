/*
 * A form that was begun goes on under a colleague's account, through the server alone: each
 * browser opens what is its account's, and nothing else.
 */
#include <sodium.h>

#include "api/server_testing.h"
#include "base/gcm.h"

#define FORM "{\"value\": {\"given\": \"زرغونه\"}}"
#define SEALED_SIZE (sizeof(FORM) - 1 + GCM_TAG_SIZE)
#define BASE64 sodium_base64_VARIANT_ORIGINAL
#define NAME "household/new"

/* What one browser knows of its own account. */
struct seat {
	struct browser browser;
	char account[ID_HEX_SIZE + 1];
	uint8_t key[GCM_KEY_SIZE];
};

struct desks {
	struct server server;
	struct seat owner, colleague, admin, stranger;
	char nonce[sodium_base64_ENCODED_LEN(GCM_NONCE_SIZE, BASE64)];
	char sealed[sodium_base64_ENCODED_LEN(SEALED_SIZE, BASE64)];
};

static size_t unbase64(uint8_t *out, size_t room, const char *text)
{
	size_t size = 0;

	CHECK(!sodium_base642bin(out, room, text, strlen(text), NULL, &size, NULL, BASE64));
	return size;
}

static void comes(struct seat *c, struct server *s, int64_t role)
{
	browser_comes(&c->browser, s, role);
	snprintf(c->account, sizeof(c->account), "%s", browser_said(&c->browser, "account"));
	CHECK_INT(unbase64(c->key, sizeof(c->key), browser_said(&c->browser, "draft_key")),
		  GCM_KEY_SIZE);
}

static struct bytes place_of(uint8_t out[100], const struct seat *c)
{
	int size = snprintf((char *)out, 100, "ikhtiar/draft/v1%c%s%c" NAME, 0, c->account, 0);

	return bytes_of(out, (size_t)size);
}

/* Protection began the form; registration goes on with it. */
static void begin(struct desks *d)
{
	static const uint8_t nonce[GCM_NONCE_SIZE] = { 4, 2 };
	uint8_t place[100], sealed[SEALED_SIZE];

	server_begin(&d->server, 1);
	comes(&d->owner, &d->server, ROLE_PROTECTION);
	comes(&d->colleague, &d->server, ROLE_REGISTRATION);
	comes(&d->admin, &d->server, ROLE_ADMINISTRATOR);
	comes(&d->stranger, &d->server, ROLE_AUDITOR);
	gcm_seal(sealed, &(struct gcm_lock){ d->owner.key, nonce, place_of(place, &d->owner) },
		 bytes_of_text(TEXT(FORM)));
	sodium_bin2base64(d->nonce, sizeof(d->nonce), nonce, sizeof(nonce), BASE64);
	sodium_bin2base64(d->sealed, sizeof(d->sealed), sealed, sizeof(sealed), BASE64);
}

static void end(struct desks *d)
{
	browser_end(&d->owner.browser);
	browser_end(&d->colleague.browser);
	browser_end(&d->admin.browser);
	browser_end(&d->stranger.browser);
	server_end(&d->server);
}

static unsigned hands_over(struct desks *d, struct seat *by)
{
	return browser_posts_of(&by->browser, "/api/drafts/hand-over",
				"{\"from\": \"%s\", \"name\": \"" NAME "\", \"nonce\": \"%s\","
				" \"sealed\": \"%s\", \"to\": \"%s\", \"as\": \"" NAME "\"}",
				d->owner.account, d->nonce, d->sealed, d->colleague.account);
}

/* What `by` was answered, by the key and for the place of `c`. */
static bool opens(const struct seat *by, const struct seat *c)
{
	uint8_t nonce[GCM_NONCE_SIZE], sealed[SEALED_SIZE], out[SEALED_SIZE], place[100];
	struct gcm_lock lock = { c->key, nonce, place_of(place, c) };

	CHECK_INT(unbase64(nonce, sizeof(nonce), browser_said(&by->browser, "nonce")),
		  GCM_NONCE_SIZE);
	CHECK_INT(unbase64(sealed, sizeof(sealed), browser_said(&by->browser, "sealed")),
		  SEALED_SIZE);
	return gcm_open(out, &lock, bytes_of(sealed, SEALED_SIZE)) &&
	       !memcmp(out, FORM, sizeof(FORM) - 1);
}

static void check_refused(struct seat *by, unsigned status, const char *key)
{
	CHECK_INT(by->browser.got.status, status);
	CHECK_TEXT(browser_said(&by->browser, "key"), key);
}

TEST(whose_draft_it_is_hands_it_to_a_colleague_whose_browser_alone_opens_it)
{
	struct desks d;

	begin(&d);
	CHECK_INT(hands_over(&d, &d.owner), 200);
	CHECK(opens(&d.owner, &d.colleague));
	CHECK(!opens(&d.owner, &d.owner));
	end(&d);
}

TEST(an_administrator_hands_on_a_draft_that_her_own_key_does_not_open)
{
	struct desks d;

	begin(&d);
	CHECK_INT(hands_over(&d, &d.admin), 200);
	CHECK(opens(&d.admin, &d.colleague));
	CHECK(!opens(&d.admin, &d.admin));
	end(&d);
}

TEST(a_stranger_hands_nobodys_draft_on)
{
	struct desks d;

	begin(&d);
	hands_over(&d, &d.stranger);
	check_refused(&d.stranger, 403, "draft.not-yours");
	/* Nor does the colleague take it for herself. */
	hands_over(&d, &d.colleague);
	check_refused(&d.colleague, 403, "draft.not-yours");
	end(&d);
}

TEST(a_damaged_draft_is_refused_with_what_is_wrong)
{
	struct desks d;

	begin(&d);
	d.sealed[5] = d.sealed[5] == 'A' ? 'B' : 'A';
	hands_over(&d, &d.owner);
	check_refused(&d.owner, 400, "draft.damaged");
	d.sealed[5] = '*';
	hands_over(&d, &d.owner);
	check_refused(&d.owner, 400, "draft.form");
	end(&d);
}

TEST(a_nonce_of_another_size_is_no_draft)
{
	struct desks d;

	begin(&d);
	d.nonce[4] = 0;
	hands_over(&d, &d.owner);
	check_refused(&d.owner, 400, "draft.form");
	end(&d);
}

RUN_TESTS()
