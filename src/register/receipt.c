/*
 * receipt: what a person takes home of a fact that this register recorded.
 *
 * It names nobody: leaf, kind and time only.  Anyone with the site's public key can
 * check it, and an inclusion proof for its leaf shows that the fact is still there.
 */
#include "register/inside.h"

static enum err write_receipt(struct reg *r, const struct session *by, const struct fact_ref *ref,
			      struct arena *a, struct text *out, struct fault *f)
{
	struct receipt receipt;
	struct fact *fact = arena_take(a, sizeof(*fact));
	char site[ID_HEX_SIZE + 1];
	enum deed deed;
	enum err e;

	if (!fact)
		return fault(f, ERR_MEMORY, "register.no-memory");
	e = entry_read(r, &r->keys.site, ref, a, fact, f);
	if (e == ERR_NOT_FOUND) {
		hex_write(site, bytes_of(ref->site.at, ID_SIZE));
		return fault(f, e, "log.no-fact", site, ref->epoch, ref->seq);
	}
	if (e)
		return e;
	deed = fact->kind ? deed_of_recording(fact->kind->kind) : DEED_NONE;
	if (!policy_allows(reg_roles(r, by), deed))
		return fault(f, ERR_DENIED, "deed.denied", deed_word(deed));
	receipt = (struct receipt){
		.origin = { .site = ref->site, .epoch = ref->epoch },
		.seq = ref->seq,
		.kind = fact->kind_number,
		.recorded = fact->recorded,
	};
	if ((e = fact_commit(&receipt.commitment, fact, f)))
		return e;
	return receipt_write(out, a, &receipt, r->keys.seed, f);
}

enum err reg_receipt(struct reg *r, const struct session *by, const struct fact_ref *ref,
		     struct arena *a, struct text *out, struct fault *f)
{
	const struct state *s;
	enum err e;

	/* The key is this register's: it speaks for no other site. */
	if (!id_same(&ref->site, &r->self.site))
		return fault(f, ERR_INPUT, "receipt.other-site");
	if ((e = reg_read_begin(r, by, DEED_RESOLVE, &s, f)))
		return e;
	e = write_receipt(r, by, ref, a, out, f);
	reg_read_end(r);
	return e;
}
