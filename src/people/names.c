/*
 * Names in both scripts, put together by data/names/generator_patterns.tsv.
 *
 * A name that is put together lies in the household itself; one as listed is a view of
 * the list.  Where the household has no room for another, the name is one as listed.
 */
#include "people/inside.h"

#define PREFIX_AGE 35

static const struct name *pick(struct making *m, const struct odds *t)
{
	return odds_pick(t, chance_next(&m->chance));
}

/* "a b" in the household; `at` is NULL where there is no room. */
static struct text join(struct made_household *h, struct text a, struct text b)
{
	struct text out = { h->words + h->words_size, a.size + 1 + b.size };
	char *at = h->words + h->words_size;

	if (out.size > sizeof(h->words) - h->words_size)
		return (struct text){ NULL, 0 };
	memcpy(at, a.at, a.size);
	at[a.size] = ' ';
	memcpy(at + a.size + 1, b.at, b.size);
	h->words_size += out.size;
	return out;
}

/* The same word twice is no name. */
static struct name compose(struct made_household *h, struct name a, struct name b)
{
	struct name out;

	if (!a.form.size || text_same(a.latin, b.latin))
		return b;
	out = (struct name){ join(h, a.form, b.form), join(h, a.latin, b.latin) };
	return out.form.at && out.latin.at ? out : a;
}

static struct name part_of(struct making *m, enum name_part part, bool female)
{
	const struct people *p = m->p;

	switch (part) {
	case NAME_SECOND: return *pick(m, &p->second[m->script]);
	case NAME_PREFIX: return *pick(m, &p->prefix[m->script]);
	case NAME_MOHAMMAD: return p->mohammad[m->script];
	case NAME_BIBI: return p->bibi[m->script];
	case NAME_FATHER: return *pick(m, &p->given[m->script][MALE]);
	default: return *pick(m, &p->given[m->script][female]);
	}
}

void name_person(struct making *m, size_t at)
{
	struct made_person *person = &m->h->people[at];
	bool female = strcmp(person->sex, "female") == 0;
	const struct name_pattern *pattern =
		odds_pick(&m->p->patterns[female], chance_next(&m->chance));
	const struct name *father = pick(m, &m->p->given[m->script][MALE]);
	const struct name *grandfather = pick(m, &m->p->given[m->script][MALE]);
	struct name given = { { NULL, 0 }, { NULL, 0 } };

	for (const enum name_part *part = pattern->parts; *part; part++) {
		if (*part == NAME_FAMILY) {
			const struct name *family = pick(m, &m->p->family[m->script]);

			person->family = family->form;
			person->family_latin = family->latin;
		} else if (*part != NAME_PREFIX || m->ages[at] >= PREFIX_AGE) {
			given = compose(m->h, given, part_of(m, *part, female));
		}
	}
	person->given = given.form;
	person->given_latin = given.latin;
	person->father = father->form;
	person->father_latin = father->latin;
	/* Papers often name the grandfather too. */
	if (chance_happens(&m->chance, 6000)) {
		person->grandfather = grandfather->form;
		person->grandfather_latin = grandfather->latin;
	}
}

void name_follows(struct made_person *child, const struct name *father,
		  const struct name *grandfather)
{
	if (!father->form.size)
		return;
	child->father = father->form;
	child->father_latin = father->latin;
	if (!child->grandfather.size)
		return;
	child->grandfather = grandfather->form;
	child->grandfather_latin = grandfather->latin;
}
