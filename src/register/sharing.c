/*
 * sharing: whether a person has agreed that something of hers is given to somebody.
 *
 * Her own facts in the order of the fold, as to one recipient: sharing.agreed opens
 * what it names until its day, sharing.refused and sharing.withdrawn close all of it.
 * An approval is a rare act, so this reads her history instead of keeping a column.
 */
#include "base/utf8.h"
#include "register/inside.h"

struct agreement {
	uint32_t fields; /* bit n: SHARED code n */
	int32_t until;
};

static uint32_t fields_of(const struct value *list)
{
	uint32_t fields = 0;

	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].number > 0 && list->items[i].number < 32)
			fields |= 1u << list->items[i].number;
	return fields;
}

static bool same_recipient(struct arena *a, struct text x, struct text y)
{
	struct text folded_x = text_fold(a, x), folded_y = text_fold(a, y);

	return folded_x.at && folded_y.at && text_same(folded_x, folded_y);
}

/* What one of her facts says about this recipient. */
static void follow(struct agreement *g, struct arena *a, const struct fact *fact,
		   struct text recipient)
{
	const struct value *v = fact->values;

	switch (fact->kind ? fact->kind->kind : KIND_UNKNOWN) {
	case KIND_SHARING_AGREED:
		if (same_recipient(a, v[SHARING_AGREED_RECIPIENT].text, recipient))
			*g = (struct agreement){ fields_of(&v[SHARING_AGREED_SHARED]),
						 (int32_t)v[SHARING_AGREED_UNTIL].number };
		break;
	case KIND_SHARING_REFUSED:
		if (same_recipient(a, v[SHARING_REFUSED_RECIPIENT].text, recipient))
			g->fields = 0;
		break;
	case KIND_SHARING_WITHDRAWN:
		if (same_recipient(a, v[SHARING_WITHDRAWN_RECIPIENT].text, recipient))
			g->fields = 0;
		break;
	default: break;
	}
}

enum err check_agreement(struct proposing *p, const struct fact *request, struct fault *f)
{
	struct text recipient = request->values[EXPORT_REQUESTED_RECIPIENT].text;
	uint32_t asked = fields_of(&request->values[EXPORT_REQUESTED_SHARED]);
	struct agreement g = { 0 };
	const struct fact_ref *refs;
	size_t count;
	enum err e;

	if ((e = state_facts_of(p->state, &request->subject, p->scratch, &refs, &count, f)))
		return e;
	for (size_t i = 0; i < count; i++) {
		struct fact fact;

		e = entry_read(p->reg, &p->reg->keys.site, &refs[i], p->scratch, &fact, f);
		if (e == ERR_NOT_FOUND)
			continue;
		if (e)
			return e;
		follow(&g, p->scratch, &fact, recipient);
	}
	if (asked & ~g.fields || g.until < site_day(p->reg, p->now.seconds))
		return fault(f, ERR_INPUT, "export.no-agreement", recipient);
	return OK;
}
