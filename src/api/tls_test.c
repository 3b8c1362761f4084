/*
 * The site's own authority and certificate, and the server that speaks with them.
 */
#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/api.h"
#include "base/test.h"
#include "base/world_testing.h"

#define DAY_MS INT64_C(86400000)

struct laptop {
	char folder[TEST_FOLDER_SIZE];
	struct arena *arena;
	struct world_simulated world;
	struct tls_site site;
	struct tls_files files;
	struct fault fault;
};

/* Of the machine, in this test. */
static const char *address_now;

static size_t one_address(struct world *w, char out[][WORLD_ADDRESS_SIZE], size_t most)
{
	(void)w;
	CHECK(most);
	if (address_now)
		strcpy(out[0], address_now);
	return address_now ? 1 : 0;
}

static void begin(struct laptop *p)
{
	memset(p, 0, sizeof(*p));
	test_folder_make(p->folder);
	CHECK(!arena_new(&p->arena, 1 << 22));
	world_simulated_init(&p->world, 1);
	p->world.world.addresses = one_address;
	address_now = "10.1.2.3";
	p->site = (struct tls_site){ .world = &p->world.world,
				     .folder = p->folder,
				     .name = TEXT("Peshawar Azakhel") };
}

static void end(struct laptop *p)
{
	arena_free(p->arena);
	test_folder_remove(p->folder);
}

/* Whether anything was made. */
static bool issue(struct laptop *p)
{
	CHECK_INT(tls_of_site(&p->files, &p->site, p->arena, &p->fault), OK);
	return p->files.made;
}

static gnutls_x509_crt_t crt_of(struct bytes b, gnutls_x509_crt_fmt_t format)
{
	gnutls_datum_t datum = { (unsigned char *)(uintptr_t)b.at, (unsigned)b.size };
	gnutls_x509_crt_t crt;

	CHECK_INT(gnutls_x509_crt_init(&crt), 0);
	CHECK_INT(gnutls_x509_crt_import(crt, &datum, format), 0);
	return crt;
}

/* What somebody who trusts the authority makes of `crt` for `name`; 0: believed. */
static unsigned believed(struct laptop *p, gnutls_x509_crt_t crt, const char *name)
{
	gnutls_typed_vdata_st whose[] = {
		{ GNUTLS_DT_DNS_HOSTNAME, (unsigned char *)(uintptr_t)name, 0 },
		{ GNUTLS_DT_KEY_PURPOSE_OID, (unsigned char *)(uintptr_t)GNUTLS_KP_TLS_WWW_SERVER,
		  0 },
	};
	gnutls_x509_crt_t ca = crt_of(p->files.ca, GNUTLS_X509_FMT_DER);
	gnutls_x509_trust_list_t trusted;
	unsigned status = 0;

	CHECK_INT(gnutls_x509_trust_list_init(&trusted, 0), 0);
	CHECK_INT(gnutls_x509_trust_list_add_cas(trusted, &ca, 1, 0), 1);
	CHECK_INT(gnutls_x509_trust_list_verify_crt2(trusted, &crt, 1, whose, COUNT_OF(whose),
						     GNUTLS_VERIFY_DISABLE_TIME_CHECKS, &status,
						     NULL),
		  0);
	gnutls_x509_trust_list_deinit(trusted, 1);
	return status;
}

static unsigned site_believed(struct laptop *p, const char *name)
{
	gnutls_x509_crt_t crt = crt_of(p->files.certificate, GNUTLS_X509_FMT_PEM);
	unsigned status = believed(p, crt, name);

	gnutls_x509_crt_deinit(crt);
	return status;
}

/* --- made, and made again ------------------------------------------------------------- */

TEST(who_believes_the_authority_believes_the_site_by_all_its_names)
{
	static const char *const names[] = { "azakhel.local" };
	struct laptop p;

	begin(&p);
	p.site.names = names;
	p.site.name_count = 1;
	CHECK(issue(&p));
	CHECK_INT(site_believed(&p, "azakhel.local"), 0);
	CHECK_INT(site_believed(&p, "localhost"), 0);
	CHECK_INT(site_believed(&p, "127.0.0.1"), 0);
	CHECK_INT(site_believed(&p, "::1"), 0);
	CHECK_INT(site_believed(&p, "10.1.2.3"), 0);
	CHECK(site_believed(&p, "10.1.2.4"));
	CHECK(site_believed(&p, "torkham.local"));
	end(&p);
}

TEST(what_fits_is_not_made_again_and_its_names_are_kept)
{
	static const char *const names[] = { "azakhel.local" };
	struct bytes before;
	struct laptop p;

	begin(&p);
	p.site.names = names;
	p.site.name_count = 1;
	CHECK(issue(&p));
	before = p.files.certificate;
	p.site.name_count = 0;
	CHECK(!issue(&p));
	CHECK(bytes_same(p.files.certificate, before));
	end(&p);
}

TEST(another_address_takes_another_certificate_of_the_same_authority)
{
	struct bytes ca, certificate;
	struct laptop p;

	begin(&p);
	CHECK(issue(&p));
	ca = p.files.ca;
	certificate = p.files.certificate;
	address_now = "192.168.7.9";

	CHECK(issue(&p));
	CHECK(bytes_same(p.files.ca, ca));
	CHECK(!bytes_same(p.files.certificate, certificate));
	CHECK_INT(site_believed(&p, "192.168.7.9"), 0);
	CHECK(site_believed(&p, "10.1.2.3"));

	/* In no network at all, it still has itself. */
	address_now = NULL;
	CHECK(issue(&p));
	CHECK_INT(site_believed(&p, "localhost"), 0);
	end(&p);
}

TEST(a_certificate_is_made_again_a_month_before_it_ends)
{
	struct bytes ca;
	struct laptop p;

	begin(&p);
	CHECK(issue(&p));
	ca = p.files.ca;
	world_wait(&p.world, 366 * DAY_MS);
	CHECK(!issue(&p));
	world_wait(&p.world, 2 * DAY_MS);
	CHECK(issue(&p));
	CHECK(bytes_same(p.files.ca, ca));
	world_wait(&p.world, 3650 * DAY_MS);
	CHECK(issue(&p));
	CHECK(!bytes_same(p.files.ca, ca));
	end(&p);
}

TEST(what_was_damaged_or_lost_is_made_again)
{
	static const char *const files[] = { "ca.pem", "ca-key.pem", "site.pem", "site-key.pem" };
	struct laptop p;

	begin(&p);
	CHECK(issue(&p));
	for (size_t i = 0; i < COUNT_OF(files); i++) {
		char path[TEST_FOLDER_SIZE + 32];
		struct stat st;

		snprintf(path, sizeof(path), "%s/tls/%s", p.folder, files[i]);
		CHECK(!stat(path, &st));
		CHECK_INT(st.st_mode & 0777, 0600);
		CHECK(!truncate(path, 20));
		CHECK(issue(&p));
		CHECK(!unlink(path));
		CHECK(issue(&p));
		CHECK(!issue(&p));
		CHECK_INT(site_believed(&p, "localhost"), 0);
	}
	end(&p);
}

/* --- what it may not say ------------------------------------------------------------------ */

TEST(a_name_that_could_be_somebody_elses_is_refused)
{
	static const char *const names[] = {
		"unhcr.org", "local.example", "xlocal", "Azakhel.local", "a b.local",
		"a..local",  "*.local",	      "",	".local",	 "10.0.0.1"
	};
	struct laptop p;

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		begin(&p);
		p.site.names = &names[i];
		p.site.name_count = 1;
		CHECK_FAULT(tls_of_site(&p.files, &p.site, p.arena, &p.fault), ERR_INPUT, &p.fault,
			    "tls.not-ours");
		end(&p);
	}
}

TEST(an_address_of_the_internet_is_left_out)
{
	struct laptop p;

	begin(&p);
	address_now = "203.0.113.9";
	CHECK(issue(&p));
	CHECK(site_believed(&p, "203.0.113.9"));
	CHECK_INT(site_believed(&p, "localhost"), 0);
	end(&p);
}

/* A certificate of whoever has stolen the authority's key. */
static gnutls_x509_crt_t forged(struct laptop *p, const char *name)
{
	char path[TEST_FOLDER_SIZE + 32];
	gnutls_x509_crt_t ca = crt_of(p->files.ca, GNUTLS_X509_FMT_DER), crt;
	gnutls_x509_privkey_t key;
	gnutls_datum_t pem;

	snprintf(path, sizeof(path), "%s/tls/ca-key.pem", p->folder);
	CHECK_INT(gnutls_load_file(path, &pem), 0);
	CHECK_INT(gnutls_x509_privkey_init(&key), 0);
	CHECK_INT(gnutls_x509_privkey_import(key, &pem, GNUTLS_X509_FMT_PEM), 0);
	CHECK_INT(gnutls_x509_crt_init(&crt), 0);
	CHECK_INT(gnutls_x509_crt_set_version(crt, 3), 0);
	CHECK_INT(gnutls_x509_crt_set_key(crt, key), 0);
	CHECK_INT(gnutls_x509_crt_set_serial(crt, "\x41", 1), 0);
	CHECK_INT(gnutls_x509_crt_set_activation_time(crt, 0), 0);
	CHECK_INT(gnutls_x509_crt_set_expiration_time(crt, 4000000000), 0);
	CHECK_INT(gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_DNSNAME, name,
						       (unsigned)strlen(name), GNUTLS_FSAN_SET),
		  0);
	CHECK_INT(gnutls_x509_crt_sign2(crt, ca, key, GNUTLS_DIG_SHA256, 0), 0);
	gnutls_free(pem.data);
	gnutls_x509_privkey_deinit(key);
	gnutls_x509_crt_deinit(ca);
	/* As it would arrive. */
	CHECK_INT(gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_DER, &pem), 0);
	gnutls_x509_crt_deinit(crt);
	crt = crt_of(bytes_of(pem.data, pem.size), GNUTLS_X509_FMT_DER);
	gnutls_free(pem.data);
	return crt;
}

TEST(a_stolen_authority_cannot_speak_for_a_bank)
{
	gnutls_x509_crt_t crt;
	struct laptop p;

	begin(&p);
	CHECK(issue(&p));
	crt = forged(&p, "other.local");
	CHECK_INT(believed(&p, crt, "other.local"), 0);
	gnutls_x509_crt_deinit(crt);
	crt = forged(&p, "bank.example");
	CHECK(believed(&p, crt, "bank.example"));
	gnutls_x509_crt_deinit(crt);
	end(&p);
}

TEST(a_certificate_and_the_key_of_another_are_no_pair)
{
	struct tls_files mixed;
	struct laptop p, other;

	begin(&p);
	begin(&other);
	issue(&p);
	issue(&other);
	mixed = p.files;
	mixed.key = other.files.key;
	CHECK_INT(tls_check(&p.files, &p.fault), OK);
	CHECK_FAULT(tls_check(&mixed, &p.fault), ERR_INPUT, &p.fault, "tls.no-pair");
	mixed.key = bytes_of("no key", 6);
	CHECK_FAULT(tls_check(&mixed, &p.fault), ERR_INPUT, &p.fault, "tls.no-pair");
	end(&p);
	end(&other);
}

/* --- spoken ---------------------------------------------------------------------------------- */

static void say_how(void *self, const struct api_request *request, struct arena *a,
		    struct api_response *out)
{
	(void)self, (void)a;
	*out = (struct api_response){ .status = 200,
				      .type = "text/plain",
				      .body = bytes_of_text(request->secure ? TEXT("secure")
									    : TEXT("plain")) };
}

struct spoken {
	struct laptop laptop;
	struct words *words[WORDS_LANGUAGES];
	struct http *http;
	char answer[65536];
};

static void serve(struct spoken *s)
{
	struct http_setting setting = { .world = world_real(),
					.listen = "127.0.0.1:0",
					.tls = &s->laptop.files,
					.answer = say_how };

	begin(&s->laptop);
	/* The client's clock is the real one. */
	s->laptop.site.world = world_real();
	issue(&s->laptop);
	for (int l = 0; l < WORDS_LANGUAGES; l++) {
		CHECK_INT(words_open(&s->words[l], (enum words_language)l, &s->laptop.fault), OK);
		setting.words[l] = s->words[l];
	}
	CHECK_INT(http_start(&s->http, &setting, &s->laptop.fault), OK);
}

static void leave(struct spoken *s)
{
	http_stop(s->http);
	for (int l = 0; l < WORDS_LANGUAGES; l++)
		words_close(s->words[l]);
	end(&s->laptop);
}

static int call(const struct spoken *s)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
				  .sin_port = htons((uint16_t)http_port(s->http)),
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	CHECK(fd >= 0 && !connect(fd, (struct sockaddr *)&to, sizeof(to)));
	return fd;
}

static void hear(struct spoken *s, gnutls_session_t session)
{
	size_t size = 0;
	ssize_t got;

	while ((got = gnutls_record_recv(session, s->answer + size, sizeof(s->answer) - 1 - size)) >
	       0)
		size += (size_t)got;
	s->answer[size] = 0;
}

/* What the handshake came to; where it succeeds, s->answer is the server's. */
static int ask(struct spoken *s, const char *versions, const char *path)
{
	char request[200];
	gnutls_certificate_credentials_t trust;
	gnutls_datum_t ca = { (unsigned char *)(uintptr_t)s->laptop.files.ca.at,
			      (unsigned)s->laptop.files.ca.size };
	gnutls_session_t session;
	int fd = call(s), code;

	CHECK_INT(gnutls_certificate_allocate_credentials(&trust), 0);
	CHECK_INT(gnutls_certificate_set_x509_trust_mem(trust, &ca, GNUTLS_X509_FMT_DER), 1);
	CHECK_INT(gnutls_init(&session, GNUTLS_CLIENT), 0);
	CHECK_INT(gnutls_priority_set_direct(session, versions, NULL), 0);
	CHECK_INT(gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, trust), 0);
	gnutls_session_set_verify_cert(session, "localhost", 0);
	gnutls_transport_set_int(session, fd);
	code = gnutls_handshake(session);
	if (!code) {
		snprintf(request, sizeof(request),
			 "GET %s HTTP/1.1\r\nHost: localhost:8443\r\nConnection: close\r\n\r\n",
			 path);
		CHECK(gnutls_record_send(session, request, strlen(request)) > 0);
		hear(s, session);
	}
	gnutls_deinit(session);
	gnutls_certificate_free_credentials(trust);
	close(fd);
	return code;
}

TEST(a_server_with_a_certificate_is_believed_and_says_so_itself)
{
	static struct spoken s;

	serve(&s);
	CHECK_INT(ask(&s, "NORMAL", "/api/x"), 0);
	CHECK(strstr(s.answer, "HTTP/1.1 200 "));
	CHECK(strstr(s.answer, "\r\nStrict-Transport-Security: max-age=31536000\r\n"));
	CHECK(strstr(s.answer, "secure"));
	leave(&s);
}

TEST(versions_of_tls_that_are_broken_are_not_spoken)
{
	static struct spoken s;

	serve(&s);
	CHECK(ask(&s, "NORMAL:-VERS-ALL:+VERS-TLS1.1", "/api/x") < 0);
	CHECK_INT(ask(&s, "NORMAL:-VERS-ALL:+VERS-TLS1.2", "/api/x"), 0);
	CHECK_INT(ask(&s, "NORMAL:-VERS-ALL:+VERS-TLS1.3", "/api/x"), 0);
	leave(&s);
}

TEST(a_tablet_comes_to_know_the_authority_by_a_page_with_a_code)
{
	char fingerprint[FINGERPRINT_SIZE];
	static struct spoken s;

	serve(&s);
	CHECK_INT(ask(&s, "NORMAL", "/ca"), 0);
	tls_fingerprint(fingerprint, &s.laptop.files);
	CHECK_INT(strlen(fingerprint), FINGERPRINT_SIZE - 1);
	CHECK(strstr(s.answer, fingerprint));
	CHECK(strstr(s.answer, ">https://localhost:8443/ca.crt<"));
	CHECK(strstr(s.answer, "<svg "));
	CHECK(strstr(s.answer, "<section lang=\"fa-AF\" dir=\"rtl\">"));

	CHECK_INT(ask(&s, "NORMAL", "/ca.crt"), 0);
	CHECK(strstr(s.answer, "\r\nContent-Type: application/x-x509-ca-cert\r\n"));
	CHECK(memmem(s.answer, sizeof(s.answer), s.laptop.files.ca.at, s.laptop.files.ca.size));
	leave(&s);
}

TEST(who_speaks_in_clear_to_it_is_not_answered)
{
	static const char request[] = "GET /api/x HTTP/1.1\r\nHost: h\r\n\r\n";
	static struct spoken s;
	char answer[100];
	ssize_t got;
	int fd;

	serve(&s);
	fd = call(&s);
	CHECK(send(fd, request, strlen(request), MSG_NOSIGNAL) > 0);
	got = recv(fd, answer, sizeof(answer), MSG_WAITALL);
	CHECK(got < 4 || memcmp(answer, "HTTP", 4) != 0);
	close(fd);
	leave(&s);
}

RUN_TESTS()
