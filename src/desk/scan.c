/*
 * scan: who stands at the gate with a slip or a paper, and whether she may pass.
 *
 * She may pass who left with the movement that stands there and has not withdrawn, is not
 * held, not detained, and has not crossed.  Whatever is scanned, nobody's name is said:
 * an alias, a seat, and one sentence.
 */
#include "desk/mrz.h"
#include "desk/slip.h"
#include "desk/view.h"

#define RECEIPT_MARK "IKH1:"

struct scan {
	struct view *v;
	struct text text;	   /* as scanned, with ASCII digits and no blanks around */
	const struct id *movement; /* NULL: any */
};

/* --- who it is ---------------------------------------------------------------------- */

/* By a number that somebody typed or a zone gave; NULL, or the key of why not. */
static const char *by_number(struct scan *s, struct text number, struct id *person)
{
	struct desk *d = s->v->d;
	struct fault f = { 0 };

	switch (reg_resolve(d->reg, s->v->s, SUBJECT_PERSON, number, person, &f)) {
	case OK: return NULL;
	case ERR_INPUT: break;
	default: return "scan.nobody";
	}
	if (!strcmp(f.key, "name.not-only-one"))
		return "scan.not-only-one";
	return strcmp(f.key, "name.which-member") ? "scan.nobody" : "scan.which-member";
}

/* --- by the letters of her slip, where its picture cannot be read ------------------------ */

#define ALIAS_LETTERS (ALIAS_SIZE - 2)

struct alias_search {
	char alias[ALIAS_SIZE];
	struct id person;
	size_t count;
};

/* Aliases have no O, I and L: these are what a hand makes of the digits. */
static char alias_letter(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'O')
		return '0';
	return c == 'I' || c == 'L' ? '1' : c;
}

/* Only who has or had a seat was ever given a slip. */
static bool note_alias(void *self, const struct person *p)
{
	struct alias_search *search = self;
	char alias[ALIAS_SIZE];

	if (id_is_none(&p->movement) && !p->departed && !p->withdrawn)
		return true;
	alias_of(alias, &p->id);
	if (!strcmp(alias, search->alias)) {
		search->person = p->id;
		search->count++;
	}
	return true;
}

static const char *by_alias(struct scan *s, struct id *person)
{
	struct alias_search search = { .count = 0 };

	if (s->text.size != ALIAS_LETTERS)
		return "scan.nobody";
	for (size_t i = 0; i < ALIAS_LETTERS; i++)
		search.alias[i] = alias_letter(s->text.at[i]);
	state_each_person(s->v->s, note_alias, &search);
	*person = search.person;
	if (search.count > 1)
		return "scan.not-only-one";
	return search.count ? NULL : "scan.nobody";
}

/* NULL: *person is who it is about; else the key of why nobody is known by it. */
static const char *identify(struct scan *s, struct id *person)
{
	char number[MRZ_NUMBER_SIZE_MAX + 1];
	const char *why;

	if (!s->text.size)
		return "scan.empty";
	if (slip_has_mark(s->text))
		return slip_read(person, s->text) ? NULL : "scan.slip-misread";
	if (text_begins(s->text, text_of(RECEIPT_MARK)))
		return "scan.receipt";
	switch (mrz_read(number, s->text)) {
	case MRZ_WRONG: return "scan.zone-misread";
	case MRZ_READ: return by_number(s, text_of(number), person);
	case MRZ_NONE: break;
	}
	if ((why = by_number(s, s->text, person)) && !strcmp(why, "scan.nobody"))
		why = by_alias(s, person);
	return why;
}

/* --- whether she may pass ------------------------------------------------------------- */

/* The key of what stands against it; NULL: nothing does. */
static const char *objection(const struct scan *s, const struct person *p)
{
	if (p->crossed)
		return "scan.crossed";
	if (p->withdrawn)
		return "scan.withdrawn";
	if (p->detentions_open)
		return "scan.detained";
	if (p->holds)
		return "scan.held";
	if (!p->departed)
		return "scan.not-departed";
	if (s->movement && !id_same(&p->departed_with, s->movement))
		return "scan.other-movement";
	return NULL;
}

static void write_traveller(struct view *v, const struct person *p)
{
	char alias[ALIAS_SIZE];

	alias_of(alias, &p->id);
	view_id(v, "person", &p->id);
	view_text(v, "alias", text_of(alias));
	if (p->seat)
		view_int(v, "seat", p->seat);
	view_id(v, "movement", &p->departed_with);
	view_time(v, "crossed", p->crossed);
}

static void write_answer(struct view *v, const char *answer, const char *key)
{
	view_text(v, "answer", text_of(answer));
	view_said(v, "why", key);
	view_text(v, "key", text_of(key));
}

static void write_scanned(struct scan *s)
{
	struct view *v = s->v;
	struct person p;
	struct id person;
	const char *why = identify(s, &person);

	/* A slip of another centre is well formed and nobody's here. */
	if (!why && !state_person(v->s, &person, &p))
		why = "scan.nobody";
	json_object_begin(v->w);
	if (why) {
		write_answer(v, "unknown", why);
	} else if ((why = objection(s, &p))) {
		write_answer(v, "refuse", why);
		write_traveller(v, &p);
	} else {
		write_answer(v, "accept", "scan.may-pass");
		write_traveller(v, &p);
	}
	json_object_end(v->w);
}

enum err desk_scan(struct desk *d, struct text scanned, const struct id *movement,
		   struct json_writer *w)
{
	struct view v;
	struct scan s = { .v = &v, .movement = movement };
	struct movement m;
	enum err e;

	if ((e = view_plain(d, scanned, &s.text)) || (e = view_begin(&v, d, DEED_MANIFEST, w)))
		return e;
	s.text = text_trimmed(s.text, BLANKS);
	if (movement && (!state_movement(v.s, movement, &m) || !m.planned))
		e = fault(&d->fault, ERR_NOT_FOUND, "desk.no-movement");
	else
		write_scanned(&s);
	return view_end(&v, e);
}
