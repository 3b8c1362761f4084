/*
 * border: a scanner with 20 slips a second at a centre in which 40 browsers work, all of
 * them over HTTP: by themselves, while a list is imported, and while backups are made too.
 *
 * Each browser has an account and a connection of its own and does a job every half second:
 * it finds somebody, opens a household and reads it, asks what a screen asks by itself,
 * records a fact.  A scan's time is from when its slip was due, so that one slow answer
 * counts in all that queue behind it; likewise the crossing that is recorded for each.
 */
#include "bench.h"

#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "centre/centre.h"

#define PEOPLE 20000
#define BROWSERS 40
#define PAUSE_S 0.5
#define EVERY_S 0.05 /* a slip */
#define LIST_HOUSEHOLDS 1000
#define LISTED_FIRST UINT64_C(2000000)
#define PLACE_SIZE 4096

enum phase { PHASE_QUIET, PHASE_IMPORT, PHASE_BOTH, PHASE_COUNT };
static const char *const phase_words[PHASE_COUNT] = { "quiet", "import", "both" };

struct border {
	struct bench bench;
	struct served served;
	struct people *made;
	const char *dir;
	uint64_t households;		    /* whose numbers begin at 0 */
	char (*slips)[CASE_NUMBER_MAX + 2]; /* of the head of each */
	atomic_int phase;		    /* PHASE_COUNT: it is over */
	atomic_uint wrong;		    /* answers that were none of those that may be */
};

static bool is_over(struct border *b)
{
	return atomic_load(&b->phase) == PHASE_COUNT;
}

static void wait_until(double due)
{
	const struct timespec t = { (time_t)due, (long)((due - (double)(time_t)due) * 1e9) };

	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
}

/* --- who is there ---------------------------------------------------------------------- */

static void make_town(struct border *b)
{
	struct made_household *h = malloc(sizeof(*h));
	struct fact *facts = calloc(LOG_BATCH_MAX, sizeof(*facts));
	int64_t now = b->bench.world->now_ms(b->bench.world) / 1000;
	struct arena *a = NULL;
	uint64_t people = 0;
	size_t count = 0;

	must_be(h && facts, "take memory");
	must(arena_new(&a, ANSWER_MEMORY), &b->bench.fault, "take memory");
	must(centre_people(&b->made, b->bench.atlas, 1, (int32_t)(now / 86400), &b->bench.fault),
	     &b->bench.fault, "make people");
	for (; people < PEOPLE; b->households++) {
		people_make(b->made, b->households, h);
		people += h->count;
		if (count + 2 * HOUSEHOLD_SIZE_MAX + 1 > LOG_BATCH_MAX) {
			record_all(&b->bench, a, facts, count);
			count = 0;
			arena_reset(a);
		}
		must(made_facts(h, now, a, facts, &count, LOG_BATCH_MAX, &b->bench.fault),
		     &b->bench.fault, "make a household");
	}
	record_all(&b->bench, a, facts, count);
	arena_free(a);
	free(facts);
	free(h);
}

/* "/1" of each case number. */
static void print_slips(struct border *b)
{
	struct bench *bench = &b->bench;
	struct household household;
	struct fault f = { 0 };
	const struct state *s;

	b->slips = calloc(b->households, sizeof(*b->slips));
	must_be(b->slips, "take memory");
	must(reg_read_begin(bench->reg, &bench->session, DEED_SHOW_HOUSEHOLD, &s, &f), &f, "read");
	for (uint64_t n = 0; n < b->households; n++) {
		struct id id = made_id(n, 0);

		must_be(state_household(s, &id, &household), "find a household");
		snprintf(b->slips[n], sizeof(b->slips[n]), "%.*s/1", SHOWN(household.case_number));
	}
	reg_read_end(bench->reg);
}

/* One account a browser: how many files one opens in an hour is counted. */
static void account_of(unsigned number, char out[20])
{
	snprintf(out, 20, BENCH_ACCOUNT "-%u", number);
}

/* --- browsers ---------------------------------------------------------------------------- */

struct browser {
	pthread_t thread;
	struct border *border;
	struct talker talker;
	unsigned number;
	uint64_t asked;
	struct samples times[PHASE_COUNT];
};

/* One question; of a job that does not begin at all nothing is counted. */
static void ask(struct browser *b, const char *what, const char *body)
{
	int phase = atomic_load(&b->border->phase);
	double begun = seconds();
	unsigned status = talk(&b->talker, what, text_of(body));

	if (status < 200 || status > 204)
		atomic_fetch_add(&b->border->wrong, 1);
	b->asked++;
	if (phase < PHASE_COUNT)
		samples_add(&b->times[phase], seconds() - begun);
}

static void id_text(char out[ID_HEX_SIZE + 1], const struct id *id)
{
	hex_write(out, bytes_of(id->at, ID_SIZE));
}

static void read_household(struct browser *b, uint64_t number)
{
	char id[ID_HEX_SIZE + 1], body[200], what[200];
	struct id household = made_id(number, 0);

	id_text(id, &household);
	snprintf(body, sizeof(body), "{\"subject\": \"%s\", \"purpose\": \"counselling\"}", id);
	ask(b, "POST /api/openings", body);
	snprintf(what, sizeof(what), "GET /api/households/%s", id);
	ask(b, what, "");
}

static void record_followup(struct browser *b, uint64_t number)
{
	char id[ID_HEX_SIZE + 1], body[300];
	struct id person = made_id(number, 1);

	id_text(id, &person);
	snprintf(body, sizeof(body),
		 "{\"facts\": [{\"kind\": \"followup.held\", \"subject\": \"%s\","
		 " \"wellbeing\": \"well\", \"channel\": \"phone\"}]}",
		 id);
	ask(b, "POST /api/facts", body);
}

static void *work(void *self)
{
	struct browser *b = self;
	double due = seconds() + PAUSE_S * b->number / BROWSERS;

	for (uint64_t job = b->number; !is_over(b->border); job++, due += PAUSE_S) {
		uint64_t number = (job * 7919 + b->number * 104729) % b->border->households;

		wait_until(due);
		switch (job % 4) {
		case 0: ask(b, "POST /api/find", "{\"q\": \"gul khan\"}"); break;
		case 1: read_household(b, number); break;
		case 2: ask(b, "GET /api/today", ""); break;
		case 3: record_followup(b, number); break;
		}
	}
	return NULL;
}

/* --- the gate ------------------------------------------------------------------------------ */

struct gate {
	pthread_t thread;
	struct border *border;
	struct talker talker;
	void (*each)(struct gate *g, uint64_t number);
	struct samples times[PHASE_COUNT];
};

static void scan(struct gate *g, uint64_t number)
{
	char body[100];

	snprintf(body, sizeof(body), "{\"text\": \"%s\"}", g->border->slips[number]);
	if (talk(&g->talker, "POST /api/scan", text_of(body)) != 200)
		atomic_fetch_add(&g->border->wrong, 1);
}

static void cross(struct gate *g, uint64_t number)
{
	char id[ID_HEX_SIZE + 1], body[300];
	struct id person = made_id(number, 1);

	id_text(id, &person);
	snprintf(body, sizeof(body),
		 "{\"facts\": [{\"kind\": \"crossing.recorded\", \"subject\": \"%s\","
		 " \"crossing\": \"XP-TORKHAM\", \"direction\": \"crossed\","
		 " \"return_kind\": \"spontaneous\"}]}",
		 id);
	if (talk(&g->talker, "POST /api/facts", text_of(body)) != 201)
		atomic_fetch_add(&g->border->wrong, 1);
}

static void *stand_at_gate(void *self)
{
	struct gate *g = self;
	double due = seconds();

	for (uint64_t number = 0; !is_over(g->border); number++, due += EVERY_S) {
		int phase;

		wait_until(due);
		phase = atomic_load(&g->border->phase);
		g->each(g, number % g->border->households);
		if (phase < PHASE_COUNT)
			samples_add(&g->times[phase], seconds() - due);
	}
	return NULL;
}

/* --- what disturbs them ---------------------------------------------------------------------- */

/* A list of people who are not there yet, as a browser sends it; to be freed. */
static void list_of(struct border *b, uint64_t first, struct buffer *out)
{
	struct made_household *h = malloc(sizeof(*h));
	struct buffer csv = { 0 };
	size_t room;

	must_be(h, "take memory");
	people_write_csv_header(&csv);
	for (uint64_t n = 0; n < LIST_HOUSEHOLDS; n++) {
		people_make(b->made, first + n, h);
		people_write_csv(&csv, h);
	}
	room = sodium_base64_encoded_len(csv.size, sodium_base64_VARIANT_ORIGINAL);
	buffer_print(out, "{\"files\": [{\"name\": \"list.csv\", \"content\": \"");
	sodium_bin2base64((char *)buffer_take(out, room), room, csv.at, csv.size,
			  sodium_base64_VARIANT_ORIGINAL);
	buffer_cut(out, out->size - 1);
	buffer_print(out, "\"}], \"dry_run\": false}");
	buffer_free(&csv);
	free(h);
}

/* Lists, one after another, from the second phase on. */
static void *import(void *self)
{
	struct border *b = self;
	struct talker t;
	uint64_t lists = 0;

	talk_begin(&t, served_port(&b->served));
	talk_login(&t, BENCH_ACCOUNT, BENCH_PASSPHRASE);
	while (!is_over(b)) {
		struct buffer list = { 0 };

		list_of(b, LISTED_FIRST + lists * LIST_HOUSEHOLDS, &list);
		while (atomic_load(&b->phase) == PHASE_QUIET)
			wait_until(seconds() + EVERY_S);
		if (!is_over(b) && talk(&t, "POST /api/lists", buffer_as_text(&list)) != 200) {
			fprintf(stderr, "%.300s\n", t.body);
			must_be(false, "import a list");
		}
		lists++;
		buffer_free(&list);
	}
	tell("lists", (double)lists);
	talk_end(&t);
	return NULL;
}

static void *back_up(void *self)
{
	char path[PLACE_SIZE], list[PLACE_SIZE + 16];
	struct border *b = self;
	struct fault f = { 0 };
	unsigned count = 0;

	snprintf(path, sizeof(path), "%s.backup", b->dir);
	snprintf(list, sizeof(list), "%s.erasures", path);
	while (!is_over(b)) {
		if (atomic_load(&b->phase) != PHASE_BOTH) {
			wait_until(seconds() + EVERY_S);
			continue;
		}
		must(reg_backup(b->bench.reg, path, NULL, &f), &f, "back up");
		count++;
		unlink(path);
		unlink(list);
	}
	tell("backups", count);
	return NULL;
}

/* --- all of it -------------------------------------------------------------------------------- */

static void tell_times(struct samples *times, const char *what)
{
	static const struct {
		const char *word;
		double part;
	} parts[] = { { "p50", 0.50 }, { "p95", 0.95 }, { "p99", 0.99 }, { "worst", 1 } };
	char name[80];

	for (int p = 0; p < PHASE_COUNT; p++) {
		for (size_t i = 0; i < COUNT_OF(parts); i++) {
			snprintf(name, sizeof(name), "%s_%s_%s", phase_words[p], what,
				 parts[i].word);
			tell(name, samples_part(&times[p], parts[i].part));
		}
		snprintf(name, sizeof(name), "%s_%s_count", phase_words[p], what);
		tell(name, (double)times[p].count);
		free(times[p].at);
	}
}

static void let_in(struct border *b, struct browser *all)
{
	struct fault *f = &b->bench.fault;
	struct secret *s = NULL;
	char name[20];
	struct id id;

	must(secret_of(&s, bytes_of_text(TEXT(BENCH_PASSPHRASE)), f), f, "passphrase");
	for (unsigned i = 0; i < BROWSERS; i++) {
		account_of(i, name);
		must(reg_account_open(b->bench.reg, &b->bench.session, text_of(name),
				      reg_roles(b->bench.reg, &b->bench.session), SEX_FEMALE, s,
				      &id, f),
		     f, "open an account");
		all[i] = (struct browser){ .border = b, .number = i };
		talk_begin(&all[i].talker, served_port(&b->served));
		talk_login(&all[i].talker, name, BENCH_PASSPHRASE);
	}
	secret_free(s);
}

static void run_threads(struct border *b, struct browser *browsers, struct gate gates[2],
			double each_s)
{
	pthread_t others[2];

	for (size_t i = 0; i < 2; i++)
		must_be(!pthread_create(&gates[i].thread, NULL, stand_at_gate, &gates[i]), "start");
	for (size_t i = 0; i < BROWSERS; i++)
		must_be(!pthread_create(&browsers[i].thread, NULL, work, &browsers[i]), "start");
	must_be(!pthread_create(&others[0], NULL, import, b) &&
			!pthread_create(&others[1], NULL, back_up, b),
		"start");
	for (int p = 0; p < PHASE_COUNT; p++) {
		atomic_store(&b->phase, p);
		wait_until(seconds() + each_s);
	}
	atomic_store(&b->phase, PHASE_COUNT);
	for (size_t i = 0; i < 2; i++) {
		pthread_join(gates[i].thread, NULL);
		pthread_join(others[i], NULL);
	}
	for (size_t i = 0; i < BROWSERS; i++)
		pthread_join(browsers[i].thread, NULL);
}

static void tell_all(struct border *b, struct browser *browsers, struct gate gates[2])
{
	struct samples all[PHASE_COUNT] = { { 0 } };

	for (size_t i = 0; i < BROWSERS; i++)
		for (int p = 0; p < PHASE_COUNT; p++) {
			for (size_t n = 0; n < browsers[i].times[p].count; n++)
				samples_add(&all[p], browsers[i].times[p].at[n]);
			free(browsers[i].times[p].at);
		}
	tell_times(gates[0].times, "scan");
	tell_times(gates[1].times, "crossing");
	tell_times(all, "browser");
	tell("wrong", atomic_load(&b->wrong));
}

void part_border(int count, char **arguments)
{
	struct border *b = calloc(1, sizeof(*b));
	struct browser *browsers = calloc(BROWSERS, sizeof(*browsers));
	struct gate gates[2] = { { .border = b, .each = scan }, { .border = b, .each = cross } };

	(void)count;
	must_be(b && browsers, "take memory");
	b->dir = arguments[0];
	bench_begin(&b->bench);
	bench_create(&b->bench, b->dir);
	make_town(b);
	print_slips(b);
	served_start(&b->served, &b->bench);
	let_in(b, browsers);
	for (size_t i = 0; i < 2; i++) {
		talk_begin(&gates[i].talker, served_port(&b->served));
		talk_login(&gates[i].talker, BENCH_ACCOUNT, BENCH_PASSPHRASE);
	}
	run_threads(b, browsers, gates, strtod(arguments[1], NULL) / PHASE_COUNT);
	tell_all(b, browsers, gates);
	for (size_t i = 0; i < BROWSERS; i++)
		talk_end(&browsers[i].talker);
	for (size_t i = 0; i < 2; i++)
		talk_end(&gates[i].talker);
	served_stop(&b->served);
	people_free(b->made);
	bench_end(&b->bench);
	free(browsers);
	free(b->slips);
	free(b);
}
