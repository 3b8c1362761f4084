/*
 * unlock: what a register costs to open and to read: time and memory of the first
 * login, and then what an officer asks for, one question after the other.
 *
 * The account's key derivation is a demo register's, the least that Argon2id can do;
 * what a real one costs is the part `passphrase`.
 */
#include "bench.h"

#include <stdlib.h>
#include <time.h>

#include "desk/desk.h"

#define ASKED 4000
#define WALKS 200
#define UNLOCKS 3 /* the middle one counts */
#define WORD_SIZE 256
/* Relatives whom the desk is told, and questions that it is asked: each account may ask so
 * many an hour. */
#define TOLD 2
#define DESK_ASKED SEARCHES_AN_HOUR

struct asked {
	struct id person;
	char name[WORD_SIZE], latin[WORD_SIZE], number[WORD_SIZE], case_number[CASE_NUMBER_MAX];
	char father[WORD_SIZE], relatives[TOLD][WORD_SIZE]; /* "": not known */
};

struct picking {
	const struct state *s;
	struct asked *asked;
	size_t count, seen, every;
};

static void take_word(char out[WORD_SIZE], struct text t)
{
	size_t size = t.size < WORD_SIZE ? t.size : 0;

	memcpy(out, t.at ? t.at : "", size);
	out[size] = 0;
}

/* Of the others in her household, as they are written in Latin letters. */
static void pick_relatives(struct picking *x, const struct person *p, struct asked *out)
{
	struct id members[64];
	size_t count = state_members(x->s, &p->household, members, COUNT_OF(members)), told = 0;

	for (size_t i = 0; i < count && i < COUNT_OF(members) && told < TOLD; i++) {
		struct person_names names;

		if (id_same(&members[i], &p->id) || !state_names(x->s, &members[i], &names))
			continue;
		take_word(out->relatives[told], names.given_latin);
		told += *out->relatives[told] != 0;
	}
}

/* Every so manieth person, from the first to the last. */
static bool pick(void *self, const struct person *p)
{
	struct picking *x = self;
	struct asked *a = &x->asked[x->count];
	struct person_names names;
	struct household h;

	if (x->seen++ % x->every || p->died || !state_names(x->s, &p->id, &names) ||
	    !state_household(x->s, &p->household, &h))
		return true;
	a->person = p->id;
	take_word(a->name, names.given);
	take_word(a->latin, names.given_latin);
	take_word(a->father, names.father_latin);
	pick_relatives(x, p, a);
	take_word(a->number, names.document_count ? names.documents[0].digits : TEXT(""));
	memcpy(a->case_number, h.case_number.at, h.case_number.size);
	return ++x->count < ASKED;
}

static size_t pick_people(struct bench *b, struct asked *asked, uint64_t people)
{
	struct picking x = { .asked = asked, .every = (size_t)(people / ASKED) + 1 };

	must(reg_read_begin(b->reg, &b->session, DEED_SHOW_PERSON, &x.s, &b->fault), &b->fault,
	     "read");
	state_each_person(x.s, pick, &x);
	reg_read_end(b->reg);
	must_be(x.count, "pick people");
	return x.count;
}

static const struct state *begin(struct bench *b, enum deed deed)
{
	const struct state *s;

	must(reg_read_begin(b->reg, &b->session, deed, &s, &b->fault), &b->fault, "read");
	return s;
}

/* --- questions ------------------------------------------------------------------- */

/* The likeliest, as the desk asks for them. */
static void find_named(struct bench *b, const char *name, struct samples *times)
{
	struct reg_named found[REG_NAMED_MAX];
	double start = seconds();
	size_t count;

	if (!*name)
		return;
	begin(b, DEED_FIND);
	count = reg_named(b->reg, text_of(name), found, COUNT_OF(found));
	reg_read_end(b->reg);
	samples_add(times, seconds() - start);
	must_be(count > 0, "find somebody who is there");
}

static void find_numbered(struct bench *b, const char *number, struct samples *times)
{
	struct id found[FIND_MAX];
	double start = seconds();
	size_t count;

	if (!*number)
		return;
	count = state_of_number(begin(b, DEED_FIND), text_of(number), found);
	reg_read_end(b->reg);
	samples_add(times, seconds() - start);
	must_be(count > 0, "find a number that is there");
}

static void ask_find(struct bench *b, const struct asked *asked, size_t count)
{
	struct samples named = { 0 }, numbered = { 0 };

	for (size_t i = 0; i < count; i++) {
		find_named(b, asked[i].name, &named);
		find_named(b, asked[i].latin, &named);
		find_numbered(b, asked[i].number, &numbered);
		find_numbered(b, asked[i].case_number, &numbered);
	}
	samples_tell(&named, "find");
	samples_tell(&numbered, "find_number");
}

/* --- at the desk ------------------------------------------------------------------- */

struct clerk {
	struct desk desk;
	struct words *words;
	struct samples typing, relatives, relatives_cpu;
	size_t first, among; /* how often she stood first, and stood there at all, of so many */
	size_t questions;
};

static void clerk_begin(struct clerk *c, struct bench *b, struct arena *a)
{
	*c = (struct clerk){ .questions = 0 };
	must(words_open(&c->words, WORDS_EN, &b->fault), &b->fault, "open the words");
	c->desk = (struct desk){ .reg = b->reg,
				 .world = b->world,
				 .atlas = b->atlas,
				 .words = c->words,
				 .session = b->session,
				 .arena = a };
}

/* From the words to the JSON. */
static void search(struct clerk *c, struct text words, bool relatives, struct buffer *said)
{
	const struct desk_search search = { .words = words, .purpose = OPENING_REGISTRATION };
	double start = seconds(), start_cpu = processor_seconds();
	struct json_writer w;

	buffer_reset(said);
	json_begin(&w, said);
	must(desk_find(&c->desk, &search, &w), &c->desk.fault, "look for somebody");
	if (relatives)
		samples_add(&c->relatives_cpu, processor_seconds() - start_cpu);
	samples_add(relatives ? &c->relatives : &c->typing, seconds() - start);
	arena_reset(c->desk.arena);
}

/* Whether she stands in the answer, and where. */
static void look_for_her(struct clerk *c, const struct id *person, const struct buffer *said)
{
	struct text t = buffer_as_text(said);
	char hex[ID_HEX_SIZE + 1];
	const char *her, *any;

	hex_write(hex, bytes_of(person->at, ID_SIZE));
	her = memmem(t.at, t.size, hex, ID_HEX_SIZE);
	any = memmem(t.at, t.size, "\"id\"", 4);
	c->questions++;
	c->among += her != NULL;
	c->first += her && any && her - any < 12;
}

/*
 * "zarmina gul, wife of …": asked again after each word, as the box does, of which the
 * first wordings that show anybody are one fact.  Whoever has been told of her by then is
 * shown in less than the limit, or the desk waits.
 */
static void type(struct clerk *c, const struct asked *a, struct buffer *said)
{
	struct text whole = arena_print(c->desk.arena, "%s %s, wife %s, son %s", a->latin,
					a->father, a->relatives[0], a->relatives[1]);
	char words[5 * WORD_SIZE];
	size_t from_relatives = strlen(a->latin) + strlen(a->father) + strlen(" , wife ");

	must_be(whole.at && whole.size < sizeof(words), "ask");
	memcpy(words, whole.at, whole.size);
	arena_reset(c->desk.arena);
	for (size_t size = 1; size <= whole.size; size++)
		if (size == whole.size || words[size] == ' ')
			search(c, (struct text){ words, size }, size > from_relatives, said);
	look_for_her(c, &a->person, said);
}

static void ask_desk(struct bench *b, const struct asked *asked, size_t count, struct arena *a)
{
	struct buffer said = { 0 };
	struct clerk c;

	clerk_begin(&c, b, a);
	for (size_t i = 0, step = count / DESK_ASKED + 1; i < count; i += step)
		if (*asked[i].latin && *asked[i].father && *asked[i].relatives[1])
			type(&c, &asked[i], &said);
	must_be(c.questions, "ask the desk");
	tell("find_first_part", (double)c.first / (double)c.questions);
	tell("find_among_part", (double)c.among / (double)c.questions);
	samples_tell(&c.typing, "find_typing");
	samples_tell(&c.relatives, "find_relatives");
	samples_tell(&c.relatives_cpu, "find_relatives_cpu");
	buffer_free(&said);
	words_close(c.words);
}

static void ask_ready(struct bench *b, const struct asked *asked, size_t count, struct arena *a)
{
	struct samples times = { 0 };

	for (size_t i = 0; i < count; i++) {
		struct verdict verdicts[RULES_COUNT + 1];
		double start = seconds();
		const struct state *s = begin(b, DEED_READY);

		must(reg_ready(b->reg, &b->session, s, &asked[i].person, KIND_DEPARTURE_RECORDED,
			       verdicts, a, &b->fault),
		     &b->fault, "ask the rules");
		reg_read_end(b->reg);
		samples_add(&times, seconds() - start);
		arena_reset(a);
	}
	samples_tell(&times, "ready");
}

/* A file: the household and all in it, with names, and the history from the disk. */
static void show(struct bench *b, const struct id *person, struct arena *a)
{
	const struct state *s = begin(b, DEED_SHOW_PERSON);
	struct id members[64];
	struct person_names names;
	const struct fact *facts;
	struct household h;
	struct person p;
	size_t count;

	must_be(state_person(s, person, &p) && state_household(s, &p.household, &h), "show");
	count = state_members(s, &p.household, members, COUNT_OF(members));
	for (size_t i = 0; i < count && i < COUNT_OF(members); i++)
		must_be(state_person(s, &members[i], &p) && state_names(s, &members[i], &names),
			"show a member");
	reg_read_end(b->reg);
	must(reg_history(b->reg, &b->session, person, a, &facts, &count, &b->fault), &b->fault,
	     "read a history");
	must_be(count > 0, "read a history");
}

static void ask_show(struct bench *b, const struct asked *asked, size_t count, struct arena *a)
{
	struct samples times = { 0 };

	for (size_t i = 0; i < count; i++) {
		double start = seconds();

		show(b, &asked[i].person, a);
		samples_add(&times, seconds() - start);
		arena_reset(a);
	}
	samples_tell(&times, "show");
}

struct counting {
	const struct state *s;
	size_t movements, seats;
};

static bool count_seats(void *self, const struct movement *m)
{
	struct counting *x = self;

	x->movements++;
	x->seats += state_seated(x->s, &m->id, NULL, 0);
	return true;
}

static void ask_movements(struct bench *b)
{
	struct samples times = { 0 };

	for (size_t i = 0; i < WALKS; i++) {
		double start = seconds();
		struct counting x = { .s = begin(b, DEED_MOVEMENTS) };

		state_each_movement(x.s, count_seats, &x);
		reg_read_end(b->reg);
		samples_add(&times, seconds() - start);
		must_be(x.movements, "list movements");
	}
	samples_tell(&times, "movements");
}

/* CPU time of a second in which nobody asks for anything. */
static double idle(void)
{
	struct timespec second = { .tv_sec = 1 };
	clock_t before = clock();

	nanosleep(&second, NULL);
	return (double)(clock() - before) / CLOCKS_PER_SEC;
}

/* Open and log in, several times; the memory is that of the first. */
static void unlock(struct bench *b, const char *dir)
{
	struct samples times = { 0 };

	for (int i = 0; i < UNLOCKS; i++) {
		double start;

		reg_close(b->reg);
		start = seconds();
		bench_open(b, dir);
		bench_login(b);
		samples_add(&times, seconds() - start);
		if (i == 0)
			tell("unlock_peak_bytes", memory_peak());
	}
	tell("unlock_s", samples_part(&times, 0.5));
	free(times.at);
}

/* --- the part -------------------------------------------------------------------- */

void part_unlock(int count, char **arguments)
{
	struct asked *asked = calloc(ASKED, sizeof(*asked));
	struct arena *a = NULL;
	struct reg_status status;
	struct bench b;

	(void)count;
	must_be(asked, "take memory");
	bench_begin(&b);
	unlock(&b, arguments[0]);
	must(reg_status(b.reg, &status, &b.fault), &b.fault, "ask for the status");
	tell("people", (double)status.persons);
	tell("facts", (double)status.facts);
	tell("log_bytes", (double)status.log_bytes);
	tell("state_bytes", (double)status.counts.bytes);
	tell("idle_cpu_s", idle());
	must(arena_new(&a, ANSWER_MEMORY), &b.fault, "take memory");
	count = (int)pick_people(&b, asked, status.persons);
	ask_find(&b, asked, (size_t)count);
	ask_desk(&b, asked, (size_t)count, a);
	ask_ready(&b, asked, (size_t)count, a);
	ask_show(&b, asked, (size_t)count, a);
	ask_movements(&b);
	arena_free(a);
	free(asked);
	bench_end(&b);
}

void part_passphrase(int count, char **arguments)
{
	struct reg_site site = { TEXT("Bench"), TEXT("BEN"), TEXT("Asia/Karachi"), false };
	struct secret *s = NULL;
	struct reg_recovery recovery;
	struct session session;
	struct bench b;
	double start;

	(void)count;
	bench_begin(&b);
	must(secret_of(&s, bytes_of_text(TEXT("a made-up bench keeps few secrets")), &b.fault),
	     &b.fault, "passphrase");
	must(reg_create(b.world, arguments[0], &site, TEXT("administrator"), s, &recovery,
			&b.fault),
	     &b.fault, "make a register");
	bench_open(&b, arguments[0]);
	start = seconds();
	must(reg_login(b.reg, TEXT("administrator"), s, NULL, &session, &b.fault), &b.fault,
	     "log in");
	tell("passphrase_s", seconds() - start);
	tell("passphrase_peak_bytes", memory_peak());
	secret_free(s);
	bench_end(&b);
}
