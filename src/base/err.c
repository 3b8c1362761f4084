/*
 * err: values of a fault are copied as text.  They come from outside and end on a
 * terminal, so what a terminal would obey, or what would turn the line around, is
 * shown as U+FFFD.
 */
#include "base/err.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/utf8.h"

static void copy_shown(char out[FAULT_VALUE_SIZE], struct text t)
{
	size_t size = 0, n;
	char bytes[4];

	while ((n = utf8_shown(&t, bytes)) && size + n < FAULT_VALUE_SIZE) {
		memcpy(out + size, bytes, n);
		size += n;
	}
	out[size] = 0;
}

static void copy_value(char out[FAULT_VALUE_SIZE], const struct datum *d)
{
	switch (d->sort) {
	case DATUM_TEXT:
		copy_shown(out, d->text);
		return;
	case DATUM_INT:
		snprintf(out, FAULT_VALUE_SIZE, "%" PRId64, d->number);
		return;
	case DATUM_UINT:
		snprintf(out, FAULT_VALUE_SIZE, "%" PRIu64, d->count);
		return;
	}
	assert(0 && "a sort of datum without a case");
}

void fault_fill(struct fault *f, enum err e, const char *key, const struct datum *values,
		size_t count)
{
	assert(e != OK && key && count <= FAULT_VALUES_MAX);
	if (!f || f->key)
		return;
	f->err = e;
	f->key = key;
	f->value_count = (unsigned)count;
	for (size_t i = 0; i < count; i++)
		copy_value(f->values[i], &values[i]);
}
