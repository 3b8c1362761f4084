#include "register/who.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/index.h"

/* Names of one entry: given, father, grandfather, family. */
#define NAMES_COUNT 4
#define ENTRY_SIZE WHO_NAME_SIZE
#define ROOM_FIRST 1024

/* Of so many questions what was found is kept: those of some who type at once. */
#define KEPT_COUNT 16
#define KEPT_NAME_SIZE 128

struct kept_answer {
	char name[KEPT_NAME_SIZE];
	size_t size, most; /* of the question; size 0: none */
	size_t count;
	struct match_found found[MATCH_FOUND_MAX];
};

struct who {
	struct match_index *names;
	struct index *numbers; /* of a person: her first; the second, if any, is the next */
	struct id *people;     /* by number; none: nobody any more */
	uint32_t room;

	pthread_mutex_t asking; /* of `search`, which remembers what it has looked up, and below */
	struct match_search *search;
	struct kept_answer kept[KEPT_COUNT];
	unsigned kept_next; /* whose place is taken next */
};

/* --- what stands in it ------------------------------------------------------------ */

static void append(char out[ENTRY_SIZE], size_t *size, struct text name)
{
	if (!name.size || *size + name.size + 1 > ENTRY_SIZE)
		return;
	if (*size)
		out[(*size)++] = ' ';
	memcpy(out + *size, name.at, name.size);
	*size += name.size;
}

/* All her names in one script; where one is not known in it, in the other. */
static struct text entry_of(char out[ENTRY_SIZE], const struct person_names *n, bool latin)
{
	const struct text names[NAMES_COUNT][2] = {
		{ n->given, n->given_latin },
		{ n->father, n->father_latin },
		{ n->grandfather, n->grandfather_latin },
		{ n->family, n->family_latin },
	};
	size_t size = 0;

	for (size_t i = 0; i < NAMES_COUNT; i++) {
		const struct text *name = names[i];

		append(out, &size, name[latin].size ? name[latin] : name[!latin]);
	}
	return (struct text){ out, size };
}

static bool has_latin(const struct person_names *n)
{
	return n->given_latin.size || n->father_latin.size || n->grandfather_latin.size ||
	       n->family_latin.size;
}

static bool make_room(struct who *who)
{
	uint32_t room = who->room ? who->room + who->room / 4 : ROOM_FIRST;
	struct id *people;

	if (match_index_count(who->names) < who->room)
		return true;
	people = reallocarray(who->people, room, sizeof(*people));
	if (!people)
		return false;
	who->people = people;
	who->room = room;
	return true;
}

static enum err add_entry(struct who *who, const struct id *person, struct text entry,
			  uint32_t *number, struct fault *f)
{
	enum err e;

	if (!make_room(who))
		return fault(f, ERR_MEMORY, "register.no-memory");
	if (!(e = match_index_add(who->names, entry, number, f)))
		who->people[*number] = *person;
	return e;
}

static enum err add(struct who *who, const struct state *s, const struct id *person,
		    struct fault *f)
{
	struct person_names n;
	char entry[ENTRY_SIZE];
	uint32_t number, second;
	enum err e;

	if (!state_names(s, person, &n) || !(n.given.size || n.given_latin.size))
		return OK;
	if ((e = add_entry(who, person, entry_of(entry, &n, false), &number, f)))
		return e;
	if (has_latin(&n) && (e = add_entry(who, person, entry_of(entry, &n, true), &second, f)))
		return e;
	explicit_bzero(entry, sizeof(entry));
	return index_put(who->numbers, person, number, f);
}

static void drop(struct who *who, const struct id *person)
{
	uint32_t number = index_get(who->numbers, person);

	if (number == INDEX_NONE)
		return;
	for (; who_of(who, number) && id_same(who_of(who, number), person); number++) {
		match_index_remove(who->names, number);
		who->people[number] = (struct id){ 0 };
	}
	index_remove(who->numbers, person);
}

/* --- made, kept up, wiped --------------------------------------------------------- */

struct filling {
	struct who *who;
	const struct state *state;
	struct fault *fault;
	enum err err;
};

static bool add_row(void *self, const struct person *row)
{
	struct filling *x = self;

	x->err = add(x->who, x->state, &row->id, x->fault);
	return !x->err;
}

enum err who_new(struct who **out, struct world *w, const struct state *s, struct fault *f)
{
	struct who *who = calloc(1, sizeof(*who));
	struct filling x = { .who = who, .state = s, .fault = f };
	const struct channel *channel;
	struct index_key key;
	enum err e;

	*out = NULL;
	if (!who)
		return fault(f, ERR_MEMORY, "register.no-memory");
	pthread_mutex_init(&who->asking, NULL);
	w->chance(w, &key, sizeof(key));
	if ((e = match_channel_shipped(&channel, f)) ||
	    (e = match_index_new(&who->names, channel, f)) ||
	    (e = match_search_new(&who->search, who->names, f)) ||
	    (e = index_new(&who->numbers, key, state_counts(s).persons, f)))
		goto out;
	state_each_person(s, add_row, &x);
	if ((e = x.err) || (e = match_index_settle(who->names, f)))
		goto out;
	*out = who;
	return OK;
out:
	who_free(who);
	return e;
}

void who_free(struct who *who)
{
	if (!who)
		return;
	match_search_free(who->search);
	match_index_free(who->names);
	index_free(who->numbers);
	if (who->people)
		explicit_bzero(who->people, who->room * sizeof(*who->people));
	free(who->people);
	pthread_mutex_destroy(&who->asking);
	explicit_bzero(who->kept, sizeof(who->kept));
	free(who);
}

enum err who_take(struct who *who, const struct state *s, const struct fact *fact)
{
	if (fact->kind->subject != SUBJECT_PERSON)
		return OK;
	switch (fact->kind->kind) {
	case KIND_PERSON_REGISTERED:
	case KIND_PERSON_AMENDED:
	case KIND_PERSON_ERASED:
	case KIND_FACT_ANNULLED: break;
	default: return OK;
	}
	explicit_bzero(who->kept, sizeof(who->kept));
	drop(who, &fact->subject);
	return add(who, s, &fact->subject, NULL);
}

size_t who_size(const struct who *who)
{
	return sizeof(*who) + match_index_size(who->names) +
	       (size_t)who->room * sizeof(*who->people) + 20 * index_count(who->numbers) * 4 / 3;
}

struct text who_name(const struct state *s, const struct id *person, char out[WHO_NAME_SIZE])
{
	struct person_names n;

	return state_names(s, person, &n) ? entry_of(out, &n, false) : (struct text){ 0 };
}

uint32_t who_count(const struct who *who)
{
	return (uint32_t)index_count(who->numbers);
}

uint32_t who_numbers(const struct who *who)
{
	return match_index_count(who->names);
}

/* --- asked ------------------------------------------------------------------------ */

const struct id *who_of(const struct who *who, uint32_t number)
{
	if (number >= match_index_count(who->names) || id_is_none(&who->people[number]))
		return NULL;
	return &who->people[number];
}

size_t who_run(struct who *who, struct text name, struct match_found *out, size_t most)
{
	size_t count;

	pthread_mutex_lock(&who->asking);
	count = match_search_run(who->search, name, out, most);
	pthread_mutex_unlock(&who->asking);
	return count;
}

static struct kept_answer *kept_for(struct who *who, struct text name, size_t most)
{
	for (size_t i = 0; i < KEPT_COUNT; i++) {
		struct kept_answer *k = &who->kept[i];

		if (k->size && k->most == most &&
		    text_same((struct text){ k->name, k->size }, name))
			return k;
	}
	return NULL;
}

static void keep(struct who *who, struct text name, const struct match_found *found, size_t count,
		 size_t most)
{
	struct kept_answer *k = &who->kept[who->kept_next++ % KEPT_COUNT];

	if (!name.size || name.size > sizeof(k->name))
		return;
	explicit_bzero(k->name, sizeof(k->name));
	memcpy(k->name, name.at, name.size);
	k->size = name.size;
	k->most = most;
	k->count = count;
	memcpy(k->found, found, count * sizeof(*found));
}

size_t who_run_again(struct who *who, struct text name, struct match_found *out, size_t most)
{
	const struct kept_answer *k;
	size_t count;

	assert(most <= MATCH_FOUND_MAX);
	pthread_mutex_lock(&who->asking);
	k = kept_for(who, name, most);
	count = k ? k->count : match_search_run(who->search, name, out, most);
	if (k)
		memcpy(out, k->found, count * sizeof(*out));
	else
		keep(who, name, out, count, most);
	pthread_mutex_unlock(&who->asking);
	return count;
}

size_t who_explain(struct who *who, struct text name, const struct id *person,
		   struct match_reason out[MATCH_REASONS_MAX], float *bits)
{
	uint32_t number = index_get(who->numbers, person);
	struct match_reason other[MATCH_REASONS_MAX];
	float other_bits;
	size_t count, other_count;

	*bits = 0;
	if (number == INDEX_NONE)
		return 0;
	pthread_mutex_lock(&who->asking);
	count = match_search_explain(who->search, name, number, out, bits);
	number++;
	if (who_of(who, number) && id_same(who_of(who, number), person)) {
		other_count = match_search_explain(who->search, name, number, other, &other_bits);
		if (other_count && (!count || other_bits > *bits)) {
			memcpy(out, other, other_count * sizeof(*other));
			*bits = other_bits;
			count = other_count;
		}
	}
	pthread_mutex_unlock(&who->asking);
	return count;
}
