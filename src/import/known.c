#include "import/known.h"

#include "base/calendar.h"

static bool text_differs(const struct value *v, struct text known)
{
	return v->given && !text_same(v->text, known);
}

static bool number_differs(const struct value *v, int64_t known)
{
	return v->given && v->number != known;
}

bool household_differs(const struct state *s, const struct id *id, const struct fact *f)
{
	const struct value *v = f->values;
	struct household h;

	if (!state_household(s, id, &h) || h.erased)
		return false;
	return text_differs(&v[HOUSEHOLD_REGISTERED_RESIDENCE], h.residence) ||
	       text_differs(&v[HOUSEHOLD_REGISTERED_ADDRESS], h.address) ||
	       text_differs(&v[HOUSEHOLD_REGISTERED_PHONE], h.phone) ||
	       number_differs(&v[HOUSEHOLD_REGISTERED_PHONE_OWNER], h.phone_owner) ||
	       number_differs(&v[HOUSEHOLD_REGISTERED_PHONE_SAFE], h.phone_safe) ||
	       text_differs(&v[HOUSEHOLD_REGISTERED_LANGUAGE_SPOKEN], h.language) ||
	       number_differs(&v[HOUSEHOLD_REGISTERED_ARRIVAL_YEAR], h.arrival_year);
}

static bool names_differ(const struct value *v, const struct person_names *n)
{
	return text_differs(&v[PERSON_REGISTERED_GIVEN], n->given) ||
	       text_differs(&v[PERSON_REGISTERED_GIVEN_LATIN], n->given_latin) ||
	       text_differs(&v[PERSON_REGISTERED_FAMILY], n->family) ||
	       text_differs(&v[PERSON_REGISTERED_FAMILY_LATIN], n->family_latin) ||
	       text_differs(&v[PERSON_REGISTERED_FATHER], n->father) ||
	       text_differs(&v[PERSON_REGISTERED_FATHER_LATIN], n->father_latin) ||
	       text_differs(&v[PERSON_REGISTERED_GRANDFATHER], n->grandfather) ||
	       text_differs(&v[PERSON_REGISTERED_GRANDFATHER_LATIN], n->grandfather_latin);
}

static int32_t day_in(int64_t year, int month, int day)
{
	return day_of(GREGORIAN, (struct date){ (int)year, month, day });
}

/* The days on which she can have been born, as the fold counts them. */
static bool birth_differs(const struct value *v, const struct person *p)
{
	const struct value *date = &v[PERSON_REGISTERED_BIRTH_DATE];
	const struct value *year = &v[PERSON_REGISTERED_BIRTH_YEAR];
	const struct value *age = &v[PERSON_REGISTERED_AGE];
	const struct value *on = &v[PERSON_REGISTERED_AGE_ON];

	if (date->given)
		return p->born_from != date->number || p->born_to != date->number;
	if (year->given)
		return p->born_from != day_in(year->number, 1, 1) ||
		       p->born_to != day_in(year->number, 12, 31);
	if (age->given && on->given)
		return p->born_from !=
			       day_plus_years((int32_t)on->number, (int)-age->number - 1) + 1 ||
		       p->born_to != day_plus_years((int32_t)on->number, (int)-age->number);
	return false;
}

static bool needs_differ(const struct value *v, const struct person *p)
{
	uint32_t mask = 0;

	for (unsigned i = 0; i < v->count; i++)
		mask |= UINT32_C(1) << v->items[i].number;
	return v->given && mask != p->needs;
}

static bool has_document(const struct person_names *n, const struct value *parts)
{
	const struct value *number = &parts[DOCUMENT_PART_NUMBER];

	for (size_t i = 0; i < n->document_count; i++)
		if (n->documents[i].kind == parts[DOCUMENT_PART_KIND].number &&
		    (!number->given || text_same(n->documents[i].number, number->text)))
			return true;
	return false;
}

static bool documents_differ(const struct value *v, const struct person_names *n)
{
	for (unsigned i = 0; v->given && i < v->count; i++)
		if (!has_document(n, v->items[i].items))
			return true;
	return false;
}

bool person_differs(const struct state *s, const struct id *id, const struct fact *f)
{
	const struct value *v = f->values;
	struct person_names n;
	struct person p;

	if (!state_person(s, id, &p) || p.erased || !state_names(s, id, &n))
		return false;
	return names_differ(v, &n) || birth_differs(v, &p) ||
	       needs_differ(&v[PERSON_REGISTERED_NEEDS], &p) ||
	       documents_differ(&v[PERSON_REGISTERED_DOCUMENTS], &n) ||
	       number_differs(&v[PERSON_REGISTERED_SEX], p.sex) ||
	       number_differs(&v[PERSON_REGISTERED_GROUP], p.group) ||
	       number_differs(&v[PERSON_REGISTERED_RELATION], p.relation) ||
	       number_differs(&v[PERSON_REGISTERED_MARITAL], p.marital) ||
	       number_differs(&v[PERSON_REGISTERED_CARE], p.care) ||
	       text_differs(&v[PERSON_REGISTERED_ORIGIN], p.origin) ||
	       text_differs(&v[PERSON_REGISTERED_DESTINATION], p.destination) ||
	       text_differs(&v[PERSON_REGISTERED_LANGUAGE_SPOKEN], p.language);
}
