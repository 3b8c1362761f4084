/*
 * check: settings that say themselves whether they are whole.
 *
 * A fact is sealed or held against its commitment, a slot is sealed; a setting is
 * neither, and a byte of it that changed on the disk would be a case number given
 * twice, or a login that is refused.  So behind its bytes are kept the first
 * CHECK_SIZE of
 *
 *     SHA-256("ikhtiar/setting/v1\0" · name · 0x00 · bytes)
 *
 * This is against disks and not against people: whoever can write the file can also
 * make a check.
 */
#include "base/sha256.h"
#include "log/inside.h"

static struct hash check_of(struct text name, struct bytes bytes)
{
	static const char begin[] = "ikhtiar/setting/v1";
	struct sha256 s;
	struct hash out;

	sha256_begin(&s);
	sha256_add(&s, bytes_of(begin, sizeof(begin)));
	sha256_add(&s, bytes_of_text(name));
	sha256_add(&s, bytes_of("", 1));
	sha256_add(&s, bytes);
	sha256_end(&s, &out);
	return out;
}

enum err check_add(struct buffer *stored, struct text name, struct bytes bytes, struct fault *f)
{
	struct hash check = check_of(name, bytes);

	buffer_reset(stored);
	buffer_add(stored, bytes);
	buffer_add(stored, bytes_of(check.at, CHECK_SIZE));
	return stored->err ? fault(f, ERR_MEMORY, "log.no-memory") : OK;
}

bool check_take(struct bytes *stored, struct text name)
{
	struct bytes bytes = *stored;
	struct hash check;

	if (stored->size <= CHECK_SIZE)
		return false;
	bytes.size -= CHECK_SIZE;
	check = check_of(name, bytes);
	*stored = bytes;
	return memcmp(bytes.at + bytes.size, check.at, CHECK_SIZE) == 0;
}
