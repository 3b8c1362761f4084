/*
 * receipts: what a person took home, again: a lost paper is no lost receipt.
 *
 * A receipt follows from the fact and the site's key alone, so that the second is letter
 * by letter the first.
 */
#include "desk/receipts.h"

#include "desk/view.h"

bool has_receipt(const struct fact *fact)
{
	return fact->kind &&
	       (fact->kind->kind == KIND_CHOICE_MADE || fact->kind->kind == KIND_CHOICE_WITHDRAWN);
}

static enum err write_receipt(struct view *v, const struct fact *fact)
{
	struct desk *d = v->d;
	char ref[FACT_REF_TEXT_SIZE];
	struct text receipt;
	enum err e;

	e = reg_receipt(d->reg, &d->session, &fact->ref, d->arena, &receipt, &d->fault);
	/* Who may read of it and not record it gives no receipt for it. */
	if (e == ERR_DENIED) {
		d->fault = (struct fault){ 0 };
		return OK;
	}
	if (e)
		return e;
	fact_ref_write(ref, &fact->ref);
	json_object_begin(v->w);
	view_text(v, "kind", text_of(fact->kind->word));
	view_time(v, "recorded", fact->recorded);
	view_text(v, "fact", text_of(ref));
	view_text(v, "receipt", receipt);
	json_object_end(v->w);
	return OK;
}

enum err desk_receipts(struct desk *d, const struct id *person, struct json_writer *w)
{
	const struct id here = reg_site(d->reg).id;
	const struct fact *facts;
	struct view v;
	size_t count;
	enum err e;

	if ((e = reg_history(d->reg, &d->session, person, d->arena, &facts, &count, &d->fault)) ||
	    (e = view_begin(&v, d, DEED_SHOW_HISTORY, w)))
		return e;
	json_object_begin(w);
	json_key(w, "receipts");
	json_array_begin(w);
	/* What another site recorded, that site vouches for. */
	for (size_t i = 0; i < count && !e; i++)
		if (has_receipt(&facts[i]) && id_same(&facts[i].ref.site, &here))
			e = write_receipt(&v, &facts[i]);
	json_array_end(w);
	json_object_end(w);
	return view_end(&v, e);
}
