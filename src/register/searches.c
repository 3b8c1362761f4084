/*
 * searches: looking for a person is a reading of files.
 *
 * One fact a question, and a question is not a keystroke: the search box asks after each
 * word, and "gul", "gul khan", "gul khan 1990" is one question that becomes clearer.  It
 * is the same one while each wording begins as the other does; whoever wants to read many
 * files by one question gets forty wordings of it, of ten people each, and no more.
 */
#include "base/utf8.h"
#include "register/inside.h"

#define QUESTION_LASTS_S 120
#define WORDINGS_MAX 40

void questions_start(struct questions *q)
{
	*q = (struct questions){ 0 };
	pthread_mutex_init(&q->lock, NULL);
}

void questions_end(struct questions *q)
{
	questions_wipe(q);
	pthread_mutex_destroy(&q->lock);
}

void questions_wipe(struct questions *q)
{
	pthread_mutex_lock(&q->lock);
	explicit_bzero(q->asked, sizeof(q->asked));
	pthread_mutex_unlock(&q->lock);
}

/* Hers, else one that is free, else the oldest. */
static struct question_asked *place_of(struct questions *q, const struct id *account)
{
	struct question_asked *place = &q->asked[0];

	for (size_t i = 0; i < QUESTIONS_MAX; i++) {
		struct question_asked *a = &q->asked[i];

		if (id_same(&a->account, account))
			return a;
		if (a->begun < place->begun)
			place = a;
	}
	return place;
}

static struct text kept_part(struct text words)
{
	return utf8_cut(words, QUESTION_SIZE_MAX);
}

static void keep(struct question_asked *a, struct text words)
{
	explicit_bzero(a->words, sizeof(a->words));
	memcpy(a->words, words.at, words.size);
	a->size = words.size;
}

/* Whether it is the question that this account asks already; then these are its words. */
static bool goes_on(struct questions *q, const struct id *account, struct text words, int64_t now)
{
	struct question_asked *a;
	struct text before;
	bool same;

	words = kept_part(words);
	pthread_mutex_lock(&q->lock);
	a = place_of(q, account);
	before = (struct text){ a->words, a->size };
	same = id_same(&a->account, account) && now >= a->begun &&
	       now < a->begun + QUESTION_LASTS_S && a->wordings < WORDINGS_MAX &&
	       (text_begins(words, before) || text_begins(before, words));
	if (same) {
		a->wordings++;
		keep(a, words);
	}
	pthread_mutex_unlock(&q->lock);
	return same;
}

static void begin(struct questions *q, const struct id *account, struct text words, int64_t now)
{
	struct question_asked *a;

	pthread_mutex_lock(&q->lock);
	a = place_of(q, account);
	a->account = *account;
	a->begun = now;
	a->wordings = 1;
	keep(a, kept_part(words));
	pthread_mutex_unlock(&q->lock);
}

static enum err record(struct reg *r, const struct session *by, const struct reg_search *search,
		       int64_t now, struct fault *f)
{
	struct fact fact;

	fact_begin(&fact, KIND_SEARCH_MADE);
	fact.subject = by->account;
	fact.happened = now;
	if (search->purpose)
		fact.values[SEARCH_MADE_PURPOSE] = value_number(search->purpose);
	fact.values[SEARCH_MADE_SHOWN] = value_number(search->shown);
	return record_own(r, by, DEED_FIND, &fact, f);
}

enum err reg_searched(struct reg *r, const struct session *by, const struct reg_search *s,
		      struct fault *f)
{
	int64_t now = clock_now(&r->clock, r->world).seconds;
	enum err e;

	if (goes_on(&r->questions, &by->account, s->words, now))
		return OK;
	if (!(e = record(r, by, s, now, f)))
		begin(&r->questions, &by->account, s->words, now);
	return e;
}

/* --- who is called so --------------------------------------------------------------- */

size_t reg_named(struct reg *r, struct text name, struct reg_named *out, size_t most)
{
	struct match_found found[MATCH_FOUND_MAX];
	size_t count, kept = 0;

	assert(gate_is_inside(r) && most >= 1 && most <= REG_NAMED_MAX);
	/* Everybody may stand in it twice, once a script. */
	count = who_run_again(r->who, name, found, 2 * most);
	for (size_t i = 0; i < count && kept < most; i++) {
		const struct id *person = who_of(r->who, found[i].number);
		bool seen = !person;

		for (size_t k = 0; k < kept && !seen; k++)
			seen = id_same(&out[k].person, person);
		if (!seen)
			out[kept++] = (struct reg_named){ *person, found[i].bits };
	}
	return kept;
}

size_t reg_named_why(struct reg *r, struct text name, const struct id *person,
		     struct match_reason out[MATCH_REASONS_MAX], float *bits)
{
	assert(gate_is_inside(r));
	return who_explain(r->who, name, person, out, bits);
}
