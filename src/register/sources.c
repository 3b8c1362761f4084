/*
 * sources: the keys under which lists named those who were erased.
 *
 * Of her who was erased nothing is left by which her list could know her, and imported
 * again it would bring her back.  So the erasure keeps a hash of the key that the list
 * gave her: BLAKE2b of 16 bytes over "ikhtiar/source/v1\0" and the key, keyed with the
 * site's identity key.  Whoever has the file and not the keys cannot try lists on it.
 */
#include <sodium.h>

#include "register/inside.h"

bool source_of(struct id *out, const struct site_keys *site, struct text source_key)
{
	static const char begin[] = "ikhtiar/source/v1";
	struct bytes key = secret_bytes(site->identity);
	crypto_generichash_state h;

	*out = (struct id){ 0 };
	if (!source_key.size)
		return false;
	crypto_generichash_init(&h, key.at, key.size, ID_SIZE);
	crypto_generichash_update(&h, (const uint8_t *)begin, sizeof(begin));
	crypto_generichash_update(&h, (const uint8_t *)source_key.at, source_key.size);
	crypto_generichash_final(&h, out->at, ID_SIZE);
	return true;
}

void source_setting(char out[SETTING_NAME_MAX], const struct id *source)
{
	memcpy(out, SOURCE_PREFIX, sizeof(SOURCE_PREFIX));
	hex_write(out + sizeof(SOURCE_PREFIX) - 1, bytes_of(source->at, ID_SIZE));
}

enum err reg_was_erased(struct reg *r, struct text source_key, bool *out, struct fault *f)
{
	char name[SETTING_NAME_MAX];
	struct arena *a = NULL;
	struct bytes there = { 0 };
	struct id source;
	enum err e;

	assert(gate_is_inside(r));
	*out = false;
	if (!source_of(&source, &r->keys.site, source_key))
		return OK;
	source_setting(name, &source);
	if ((e = call_arena(&a, 4096, f)))
		return e;
	e = setting_or_none(r, name, a, &there, f);
	*out = there.size > 0;
	arena_free(a);
	return e;
}
