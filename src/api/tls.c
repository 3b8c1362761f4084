/*
 * tls: a certificate authority of one site, and one certificate of it.
 *
 *     DIR/tls/ca.pem, ca-key.pem       made once, lasts ten years, is put on each tablet
 *     DIR/tls/site.pem, site-key.pem   made again when names or addresses change, or a
 *                                      month before it ends
 *
 * Whoever steals the laptop has the authority's key, and every tablet believes it.  So it
 * is bounded (RFC 5280, name constraints): names that no registrar gives away, and
 * addresses of private networks.  It cannot speak for anybody's bank.
 *
 * The names of the last certificate stand in it and are kept where none are given; its
 * addresses are asked for each time.
 */
#include <arpa/inet.h>
#include <assert.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>

#include "api/api.h"
#include "base/sha256.h"

#define DAY_S INT64_C(86400)
#define CA_DAYS 3650
#define SITE_DAYS 397 /* more is refused by some browsers */
#define RENEW_DAYS 30
#define BEFORE_DAYS 7 /* a tablet's clock may be behind */
#define FILE_SIZE_MAX 65536
#define NAME_SIZE 254
#define SANS_MAX (TLS_NAMES_MAX + TLS_ADDRESSES_MAX + 3)
#define SERIAL_SIZE 16

/* One line of a certificate's list: a name, or the 4 or 16 bytes of an address. */
struct san {
	gnutls_x509_subject_alt_name_t type;
	size_t size;
	char at[NAME_SIZE];
};

struct issue {
	const struct tls_site *site;
	struct arena *arena;
	struct fault *fault;
	gnutls_x509_crt_t ca, leaf;
	gnutls_x509_privkey_t ca_key, leaf_key;
	struct san sans[SANS_MAX];
	size_t san_count;
};

static const char *const names_of_nobody[] = { "localhost", "local", "lan", "internal" };
static const char *const private_networks[] = { "127.0.0.0/8",	  "10.0.0.0/8", "172.16.0.0/12",
						"192.168.0.0/16", "::1/128",	"fc00::/7" };

static enum err failed(struct issue *i, int code)
{
	return fault(i->fault, ERR_IO, "tls.failed", gnutls_strerror(code));
}

/* --- names and addresses ------------------------------------------------------------------ */

static bool is_below(struct text name, const char *suffix)
{
	size_t size = strlen(suffix);

	return name.size >= size &&
	       text_is((struct text){ name.at + name.size - size, size }, suffix) &&
	       (name.size == size || name.at[name.size - size - 1] == '.');
}

/* Letters, digits, hyphens and dots, and below one that is nobody's. */
static bool is_ours(struct text name)
{
	bool is = false;

	for (size_t n = 0; n < COUNT_OF(names_of_nobody); n++)
		is |= is_below(name, names_of_nobody[n]);
	for (size_t n = 0; n < name.size; n++)
		is &= (name.at[n] >= 'a' && name.at[n] <= 'z') ||
		      (name.at[n] >= '0' && name.at[n] <= '9') || name.at[n] == '-' ||
		      (name.at[n] == '.' && n && name.at[n - 1] != '.');
	return is && name.size < NAME_SIZE;
}

static bool is_within(const struct san *address, const char *network)
{
	gnutls_datum_t range;
	bool is;

	if (gnutls_x509_cidr_to_rfc5280(network, &range) < 0)
		return false;
	is = range.size == 2 * address->size;
	for (size_t n = 0; is && n < address->size; n++)
		is = ((uint8_t)address->at[n] & range.data[address->size + n]) == range.data[n];
	gnutls_free(range.data);
	return is;
}

static bool is_private(const struct san *address)
{
	for (size_t n = 0; n < COUNT_OF(private_networks); n++)
		if (is_within(address, private_networks[n]))
			return true;
	return false;
}

static bool same_san(const struct san *a, const struct san *b)
{
	return a->type == b->type && a->size == b->size && memcmp(a->at, b->at, a->size) == 0;
}

static void add_san(struct issue *i, const struct san *san)
{
	for (size_t n = 0; n < i->san_count; n++)
		if (same_san(&i->sans[n], san))
			return;
	if (i->san_count < COUNT_OF(i->sans))
		i->sans[i->san_count++] = *san;
}

static void add_name(struct issue *i, struct text name)
{
	struct san san = { .type = GNUTLS_SAN_DNSNAME, .size = name.size };

	memcpy(san.at, name.at, name.size);
	add_san(i, &san);
}

/* An address that the authority may not speak for is left out. */
static void add_address(struct issue *i, const char *address)
{
	struct san san = { .type = GNUTLS_SAN_IPADDRESS };

	if (inet_pton(AF_INET, address, san.at) == 1)
		san.size = 4;
	else if (inet_pton(AF_INET6, address, san.at) == 1)
		san.size = 16;
	if (san.size && is_private(&san))
		add_san(i, &san);
}

static enum err add_given_names(struct issue *i)
{
	for (size_t n = 0; n < i->site->name_count; n++) {
		struct text name = text_of(i->site->names[n]);

		if (!is_ours(name))
			return fault(i->fault, ERR_INPUT, "tls.not-ours", i->site->names[n]);
		add_name(i, name);
	}
	return OK;
}

/* The n-th line of a certificate; false: there are no more. */
static bool san_of(gnutls_x509_crt_t crt, unsigned n, struct san *out)
{
	unsigned type = 0;

	*out = (struct san){ .size = sizeof(out->at) };
	if (gnutls_x509_crt_get_subject_alt_name2(crt, n, out->at, &out->size, &type, NULL) < 0)
		return false;
	out->type = (gnutls_x509_subject_alt_name_t)type;
	return true;
}

static void add_names_of_the_last(struct issue *i)
{
	struct san san;

	for (unsigned n = 0; i->leaf && san_of(i->leaf, n, &san); n++)
		if (san.type == GNUTLS_SAN_DNSNAME)
			add_san(i, &san);
}

static enum err gather_names(struct issue *i)
{
	char addresses[TLS_ADDRESSES_MAX][WORLD_ADDRESS_SIZE];
	struct world *w = i->site->world;
	size_t count = w->addresses(w, addresses, COUNT_OF(addresses));
	enum err e;

	add_name(i, TEXT("localhost"));
	add_address(i, "127.0.0.1");
	add_address(i, "::1");
	if ((e = add_given_names(i)))
		return e;
	if (!i->site->name_count)
		add_names_of_the_last(i);
	for (size_t n = 0; n < count; n++)
		add_address(i, addresses[n]);
	return OK;
}

/* --- files ---------------------------------------------------------------------------------- */

static const char *path_of(struct issue *i, const char *name)
{
	return arena_print(i->arena, "%s/tls/%s", i->site->folder, name).at;
}

/* Nothing where there is no such file. */
static struct bytes load(struct issue *i, const char *name)
{
	const char *path = path_of(i, name);
	struct bytes b = { NULL, 0 };

	if (!path ||
	    file_load(&b, i->arena, i->site->world, path, FILE_SIZE_MAX, &(struct fault){ 0 }))
		return (struct bytes){ NULL, 0 };
	return b;
}

static gnutls_datum_t datum_of(struct bytes b)
{
	return (gnutls_datum_t){ .data = (unsigned char *)(uintptr_t)b.at,
				 .size = (unsigned)b.size };
}

/* NULL where it is none. */
static gnutls_x509_crt_t crt_of(struct bytes pem)
{
	gnutls_datum_t datum = datum_of(pem);
	gnutls_x509_crt_t crt = NULL;

	if (!pem.size || gnutls_x509_crt_init(&crt) < 0)
		return NULL;
	if (gnutls_x509_crt_import(crt, &datum, GNUTLS_X509_FMT_PEM) < 0) {
		gnutls_x509_crt_deinit(crt);
		return NULL;
	}
	return crt;
}

static gnutls_x509_privkey_t key_of(struct bytes pem)
{
	gnutls_datum_t datum = datum_of(pem);
	gnutls_x509_privkey_t key = NULL;

	if (!pem.size || gnutls_x509_privkey_init(&key) < 0)
		return NULL;
	if (gnutls_x509_privkey_import(key, &datum, GNUTLS_X509_FMT_PEM) < 0) {
		gnutls_x509_privkey_deinit(key);
		return NULL;
	}
	return key;
}

static enum err save(struct issue *i, const char *name, gnutls_datum_t *pem)
{
	const char *path = path_of(i, name);
	enum err e =
		path ? file_save(i->site->world, path, bytes_of(pem->data, pem->size), i->fault)
		     : fault(i->fault, ERR_MEMORY, "memory.none");

	gnutls_memset(pem->data, 0, pem->size);
	gnutls_free(pem->data);
	return e;
}

static enum err save_both(struct issue *i, const char *crt_name, gnutls_x509_crt_t crt,
			  const char *key_name, gnutls_x509_privkey_t key)
{
	gnutls_datum_t pem;
	enum err e;
	int code;

	/* The key first: a certificate without its key is made again, and nobody has it yet. */
	if ((code = gnutls_x509_privkey_export2(key, GNUTLS_X509_FMT_PEM, &pem)) < 0)
		return failed(i, code);
	if ((e = save(i, key_name, &pem)))
		return e;
	if ((code = gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_PEM, &pem)) < 0)
		return failed(i, code);
	return save(i, crt_name, &pem);
}

/* --- making ---------------------------------------------------------------------------------- */

static int64_t now_s(const struct issue *i)
{
	return i->site->world->now_ms(i->site->world) / 1000;
}

static int set_serial(struct issue *i, gnutls_x509_crt_t crt)
{
	uint8_t serial[SERIAL_SIZE];

	i->site->world->chance(i->site->world, serial, sizeof(serial));
	serial[0] = (serial[0] & 0x7f) | 0x40; /* positive, and of one length */
	return gnutls_x509_crt_set_serial(crt, serial, sizeof(serial));
}

/* What both have in common. */
static int begin_crt(struct issue *i, gnutls_x509_crt_t *crt, gnutls_x509_privkey_t *key,
		     int64_t days)
{
	const unsigned bits = GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1);
	const time_t now = now_s(i);
	uint8_t id[64];
	size_t size = sizeof(id);
	int code;

	if ((code = gnutls_x509_crt_init(crt)) < 0 || (code = gnutls_x509_privkey_init(key)) < 0 ||
	    (code = gnutls_x509_privkey_generate(*key, GNUTLS_PK_ECDSA, bits, 0)) < 0 ||
	    (code = gnutls_x509_crt_set_version(*crt, 3)) < 0 ||
	    (code = gnutls_x509_crt_set_key(*crt, *key)) < 0 || (code = set_serial(i, *crt)) < 0 ||
	    (code = gnutls_x509_crt_set_activation_time(*crt, now - BEFORE_DAYS * DAY_S)) < 0 ||
	    (code = gnutls_x509_crt_set_expiration_time(*crt, now + days * DAY_S)) < 0 ||
	    (code = gnutls_x509_crt_get_key_id(*crt, 0, id, &size)) < 0)
		return code;
	return gnutls_x509_crt_set_subject_key_id(*crt, id, size);
}

static int set_subject(struct issue *i, gnutls_x509_crt_t crt, const char *before)
{
	struct text name = arena_print(i->arena, "%s%.*s", before, SHOWN(i->site->name));

	if (name.size > 64) /* as RFC 5280 bounds it */
		name = (struct text){ "ikhtiar", 7 };
	return gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, name.at,
					     (unsigned)name.size);
}

static int permit(gnutls_x509_name_constraints_t nc)
{
	gnutls_datum_t datum;
	int code = 0;

	for (size_t n = 0; code >= 0 && n < COUNT_OF(names_of_nobody); n++) {
		datum = datum_of(bytes_of_text(text_of(names_of_nobody[n])));
		code = gnutls_x509_name_constraints_add_permitted(nc, GNUTLS_SAN_DNSNAME, &datum);
	}
	for (size_t n = 0; code >= 0 && n < COUNT_OF(private_networks); n++) {
		if ((code = gnutls_x509_cidr_to_rfc5280(private_networks[n], &datum)) < 0)
			break;
		code = gnutls_x509_name_constraints_add_permitted(nc, GNUTLS_SAN_IPADDRESS, &datum);
		gnutls_free(datum.data);
	}
	return code;
}

static int set_bounds(gnutls_x509_crt_t crt)
{
	gnutls_x509_name_constraints_t nc;
	int code = gnutls_x509_name_constraints_init(&nc);

	if (code < 0)
		return code;
	if ((code = permit(nc)) >= 0)
		code = gnutls_x509_crt_set_name_constraints(crt, nc, 1);
	gnutls_x509_name_constraints_deinit(nc);
	return code;
}

static enum err make_ca(struct issue *i)
{
	int code;

	if ((code = begin_crt(i, &i->ca, &i->ca_key, CA_DAYS)) < 0 ||
	    (code = set_subject(i, i->ca, "ikhtiar ")) < 0 ||
	    (code = gnutls_x509_crt_set_basic_constraints(i->ca, 1, 0)) < 0 ||
	    (code = gnutls_x509_crt_set_key_usage(i->ca, GNUTLS_KEY_KEY_CERT_SIGN)) < 0 ||
	    (code = set_bounds(i->ca)) < 0 ||
	    (code = gnutls_x509_crt_sign2(i->ca, i->ca, i->ca_key, GNUTLS_DIG_SHA256, 0)) < 0)
		return failed(i, code);
	return save_both(i, "ca.pem", i->ca, "ca-key.pem", i->ca_key);
}

static int set_sans(struct issue *i)
{
	int code = 0;

	for (size_t n = 0; code >= 0 && n < i->san_count; n++)
		code = gnutls_x509_crt_set_subject_alt_name(
			i->leaf, i->sans[n].type, i->sans[n].at, (unsigned)i->sans[n].size,
			n ? GNUTLS_FSAN_APPEND : GNUTLS_FSAN_SET);
	return code;
}

static int set_issuer_id(struct issue *i)
{
	uint8_t id[64];
	size_t size = sizeof(id);
	int code = gnutls_x509_crt_get_subject_key_id(i->ca, id, &size, NULL);

	return code < 0 ? code : gnutls_x509_crt_set_authority_key_id(i->leaf, id, size);
}

static enum err make_leaf(struct issue *i)
{
	int code;

	if ((code = begin_crt(i, &i->leaf, &i->leaf_key, SITE_DAYS)) < 0 ||
	    (code = set_subject(i, i->leaf, "")) < 0 || (code = set_sans(i)) < 0 ||
	    (code = set_issuer_id(i)) < 0 ||
	    (code = gnutls_x509_crt_set_basic_constraints(i->leaf, 0, -1)) < 0 ||
	    (code = gnutls_x509_crt_set_key_usage(i->leaf, GNUTLS_KEY_DIGITAL_SIGNATURE)) < 0 ||
	    (code = gnutls_x509_crt_set_key_purpose_oid(i->leaf, GNUTLS_KP_TLS_WWW_SERVER, 0)) <
		    0 ||
	    (code = gnutls_x509_crt_sign2(i->leaf, i->ca, i->ca_key, GNUTLS_DIG_SHA256, 0)) < 0)
		return failed(i, code);
	return save_both(i, "site.pem", i->leaf, "site-key.pem", i->leaf_key);
}

/* --- what is there ---------------------------------------------------------------------------- */

static void drop_leaf(struct issue *i)
{
	if (i->leaf)
		gnutls_x509_crt_deinit(i->leaf);
	if (i->leaf_key)
		gnutls_x509_privkey_deinit(i->leaf_key);
	i->leaf = NULL;
	i->leaf_key = NULL;
}

static void drop_ca(struct issue *i)
{
	if (i->ca)
		gnutls_x509_crt_deinit(i->ca);
	if (i->ca_key)
		gnutls_x509_privkey_deinit(i->ca_key);
	i->ca = NULL;
	i->ca_key = NULL;
}

static bool belong_together(gnutls_x509_crt_t crt, gnutls_x509_privkey_t key)
{
	uint8_t of_crt[64], of_key[64];
	size_t crt_size = sizeof(of_crt), key_size = sizeof(of_key);

	return crt && key && gnutls_x509_crt_get_key_id(crt, 0, of_crt, &crt_size) >= 0 &&
	       gnutls_x509_privkey_get_key_id(key, 0, of_key, &key_size) >= 0 &&
	       bytes_same(bytes_of(of_crt, crt_size), bytes_of(of_key, key_size));
}

static bool lasts(const struct issue *i, gnutls_x509_crt_t crt)
{
	return gnutls_x509_crt_get_expiration_time(crt) > now_s(i) + RENEW_DAYS * DAY_S &&
	       gnutls_x509_crt_get_activation_time(crt) <= now_s(i);
}

/* Exactly the names and addresses of now. */
static bool names_fit(const struct issue *i)
{
	struct san san;
	unsigned count;

	for (count = 0; san_of(i->leaf, count, &san); count++) {
		size_t n = 0;

		while (n < i->san_count && !same_san(&i->sans[n], &san))
			n++;
		if (n == i->san_count)
			return false;
	}
	return count == i->san_count;
}

static void load_all(struct issue *i)
{
	i->ca = crt_of(load(i, "ca.pem"));
	i->ca_key = key_of(load(i, "ca-key.pem"));
	i->leaf = crt_of(load(i, "site.pem"));
	i->leaf_key = key_of(load(i, "site-key.pem"));
}

static enum err make_what_is_missing(struct issue *i, bool *made)
{
	enum err e = OK;

	*made = false;
	if (!belong_together(i->ca, i->ca_key) || !lasts(i, i->ca)) {
		drop_ca(i);
		*made = true;
		e = make_ca(i);
	}
	if (e || (!*made && belong_together(i->leaf, i->leaf_key) && lasts(i, i->leaf) &&
		  gnutls_x509_crt_check_issuer(i->leaf, i->ca) && names_fit(i)))
		return e;
	drop_leaf(i);
	*made = true;
	return make_leaf(i);
}

static enum err make_folder(struct issue *i)
{
	struct fault there = { 0 };
	const char *path = arena_print(i->arena, "%s/tls", i->site->folder).at;
	enum err e;

	if (!path)
		return fault(i->fault, ERR_MEMORY, "memory.none");
	e = i->site->world->folder_make(i->site->world, path, &there);
	if (!e || e == ERR_BUSY)
		return OK;
	*i->fault = there;
	return e;
}

static struct bytes der_of(struct issue *i, struct bytes pem)
{
	gnutls_x509_crt_t crt = crt_of(pem);
	gnutls_datum_t der = { NULL, 0 };
	struct bytes copy = { NULL, 0 };

	if (crt && gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_DER, &der) >= 0)
		copy = arena_copy(i->arena, bytes_of(der.data, der.size));
	gnutls_free(der.data);
	if (crt)
		gnutls_x509_crt_deinit(crt);
	return copy;
}

enum err tls_of_site(struct tls_files *out, const struct tls_site *site, struct arena *a,
		     struct fault *f)
{
	struct issue i = { .site = site, .arena = a, .fault = f };
	enum err e;

	assert(site->name_count <= TLS_NAMES_MAX);
	*out = (struct tls_files){ 0 };
	if ((e = make_folder(&i)))
		return e;
	load_all(&i);
	if (!(e = gather_names(&i)))
		e = make_what_is_missing(&i, &out->made);
	drop_leaf(&i);
	drop_ca(&i);
	if (e)
		return e;
	out->certificate = load(&i, "site.pem");
	out->key = load(&i, "site-key.pem");
	out->ca = der_of(&i, load(&i, "ca.pem"));
	return out->ca.at ? tls_check(out, f) : fault(f, ERR_MEMORY, "memory.none");
}

enum err tls_check(const struct tls_files *files, struct fault *f)
{
	gnutls_x509_crt_t crt = crt_of(files->certificate);
	gnutls_x509_privkey_t key = key_of(files->key);
	bool together = belong_together(crt, key);

	if (crt)
		gnutls_x509_crt_deinit(crt);
	if (key)
		gnutls_x509_privkey_deinit(key);
	return together ? OK : fault(f, ERR_INPUT, "tls.no-pair");
}

void tls_fingerprint(char out[FINGERPRINT_SIZE], const struct tls_files *files)
{
	struct hash hash = sha256_of(files->ca);
	size_t at = 0;

	out[0] = 0;
	for (size_t n = 0; files->ca.size && n < HASH_SIZE; n += 2) {
		hex_write(out + at, bytes_of(hash.at + n, 2));
		at += 4;
		if (n + 2 < HASH_SIZE)
			out[at++] = ' ';
	}
}
