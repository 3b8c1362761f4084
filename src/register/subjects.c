/*
 * subjects: whether those whom a fact is about and whom it names are there.
 *
 * A kind that begins a subject needs a new one, a public kind that may come again
 * takes either, every other needs one that is there.  A subject whose keys were
 * destroyed takes nothing more.
 */
#include "register/inside.h"

enum presence { PRESENT, NEW, EITHER };

static enum presence presence_of(const struct kind_spec *k)
{
	switch (k->kind) {
	case KIND_HOUSEHOLD_REGISTERED:
	case KIND_PERSON_REGISTERED:
	case KIND_MOVEMENT_PLANNED:
	case KIND_ACCOUNT_OPENED: return NEW;
	case KIND_INSTRUMENT_RECORDED:
	case KIND_TARIFF_SET:
	case KIND_ADVISORY_SET:
	case KIND_TERMS_SET:
	case KIND_DAYS_SET:
	case KIND_FIGURE_REPORTED:
	case KIND_TABLE_PUBLISHED: return EITHER;
	default: return PRESENT;
	}
}

static bool is_erased(const struct proposing *p, const struct id *id)
{
	struct household h;
	struct person person;
	struct fact_ref heads[HEADS_MAX];

	if (preview_person(p->preview, id, &person) && person.erased)
		return true;
	if (preview_household(p->preview, id, &h) && h.erased)
		return true;
	return preview_sort_of(p->preview, id) == SUBJECT_0 && state_heads(p->state, id, heads) > 0;
}

static enum err check_subject(const struct proposing *p, const struct fact *fact, struct fault *f)
{
	enum presence needed = presence_of(fact->kind);
	enum subject_sort sort = preview_sort_of(p->preview, &fact->subject);
	const char *wanted = subject_word(fact->kind->subject);

	if (id_is_none(&fact->subject))
		return fault(f, ERR_INPUT, "subject.none", fact->kind->word, wanted);
	if (is_erased(p, &fact->subject))
		return fault(f, ERR_INPUT, "subject.erased", wanted);
	if (needed == NEW && sort)
		return fault(f, ERR_INPUT, "subject.exists", fact->kind->word, wanted);
	if (needed == PRESENT && !sort)
		return fault(f, ERR_INPUT, "subject.unknown", fact->kind->word, wanted);
	if (sort && sort != fact->kind->subject)
		return fault(f, ERR_INPUT, "subject.other-sort", fact->kind->word, wanted,
			     subject_word(sort));
	return OK;
}

/* A household may name its head before the array comes to her: it is recorded whole or
 * not at all. */
static enum subject_sort sort_of_coming(const struct proposing *p, const struct id *id)
{
	const struct submission *s = p->submission;

	for (size_t i = 0; i < s->count; i++)
		if (presence_of(s->facts[i].kind) == NEW && id_same(&s->facts[i].subject, id))
			return s->facts[i].kind->subject;
	return SUBJECT_0;
}

static enum err check_one_reference(const struct proposing *p, const struct field *field,
				    const struct id *id, struct fault *f)
{
	enum subject_sort wanted = (enum subject_sort)field->of;
	enum subject_sort sort = preview_sort_of(p->preview, id);

	if (!sort)
		sort = sort_of_coming(p, id);
	if (is_erased(p, id))
		return fault(f, ERR_INPUT, "reference.erased", field->word, subject_word(wanted));
	/* An order may come before the one that it names: what is shown says so. */
	if (!sort && wanted == SUBJECT_INSTRUMENT)
		return OK;
	if (!sort)
		return fault(f, ERR_INPUT, "reference.unknown", field->word, subject_word(wanted));
	if (sort != wanted)
		return fault(f, ERR_INPUT, "reference.other-sort", field->word,
			     subject_word(wanted), subject_word(sort));
	return OK;
}

static enum err check_references(const struct proposing *p, const struct fact *fact, size_t at,
				 struct fault *f)
{
	const struct field *field = &fact->kind->fields[at];
	const struct value *v = &fact->values[at];
	enum err e = OK;

	if (!v->given || field->type != TYPE_SUBJECT)
		return OK;
	if (field->many == 1)
		return check_one_reference(p, field, v->id, f);
	for (size_t i = 0; !e && i < v->count; i++)
		e = check_one_reference(p, field, v->items[i].id, f);
	return e;
}

enum err check_subjects(const struct proposing *p, const struct fact *fact, struct fault *f)
{
	enum err e = check_subject(p, fact, f);

	for (size_t i = 0; !e && i < fact->kind->field_count; i++)
		e = check_references(p, fact, i, f);
	return e;
}

/* --- facts that name a fact ----------------------------------------------------- */

static const struct naming {
	enum kind kind;
	enum field_slot slot;
	enum kind of; /* KIND_UNKNOWN: any about the same subject */
} namings[] = {
	{ KIND_HOLD_LIFTED, HOLD_LIFTED_HOLD, KIND_HOLD_PLACED },
	{ KIND_INCIDENT_REFERRED, INCIDENT_REFERRED_INCIDENT, KIND_INCIDENT_REPORTED },
	{ KIND_INCIDENT_VISITED, INCIDENT_VISITED_INCIDENT, KIND_INCIDENT_REPORTED },
	{ KIND_INCIDENT_CLOSED, INCIDENT_CLOSED_INCIDENT, KIND_INCIDENT_REPORTED },
	{ KIND_GRANT_REVERSED, GRANT_REVERSED_PAYMENT, KIND_GRANT_PAID },
	{ KIND_COMPLAINT_ANSWERED, COMPLAINT_ANSWERED_COMPLAINT, KIND_COMPLAINT_MADE },
	{ KIND_EXPORT_APPROVED, EXPORT_APPROVED_REQUEST, KIND_EXPORT_REQUESTED },
	{ KIND_FACT_ANNULLED, FACT_ANNULLED_FACT, KIND_UNKNOWN },
};

static enum err read_named(struct proposing *p, const struct fact *fact, const struct naming *n,
			   const struct fact **out, struct fault *f)
{
	const char *word = fact->kind->fields[n->slot].word;
	struct fact *named = arena_take(p->scratch, sizeof(*named));
	struct fault why = { 0 };
	enum err e;

	if (!named)
		return fault(f, ERR_MEMORY, "register.no-memory");
	e = entry_read(p->reg, &p->reg->keys.site, fact->values[n->slot].fact, p->scratch, named,
		       &why);
	if (e == ERR_NOT_FOUND)
		return fault(f, ERR_INPUT, "named.unknown", word);
	if (e == ERR_DAMAGED)
		return fault(f, e, "named.unreadable", word);
	if (e)
		return fault_again(f, &why);
	if (!id_same(&named->subject, &fact->subject))
		return fault(f, ERR_INPUT, "named.of-another", word);
	if (n->of != KIND_UNKNOWN && named->kind_number != (uint64_t)n->of)
		return fault(f, ERR_INPUT, "named.other-kind", word,
			     kind_of_number((uint64_t)n->of)->word);
	*out = named;
	return OK;
}

enum err check_named(struct proposing *p, const struct fact *fact, const struct fact **named,
		     struct fault *f)
{
	*named = NULL;
	for (size_t i = 0; i < COUNT_OF(namings); i++)
		if (namings[i].kind == fact->kind->kind && fact->values[namings[i].slot].given)
			return read_named(p, fact, &namings[i], named, f);
	return OK;
}
