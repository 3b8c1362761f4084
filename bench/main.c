/*
 * The table of parts, and what all of them need.
 */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/embed.h"

static const struct {
	const char *word, *arguments;
	int count; /* of its arguments; below 0: so many at least */
	void (*run)(int count, char **arguments);
} parts[] = {
	{ "make", "DIR PEOPLE FACTS-A-PERSON", 3, part_make },
	{ "writers", "DIR SECONDS", 2, part_writers },
	{ "unlock", "DIR", 1, part_unlock },
	{ "decrypt", "DIR", 1, part_decrypt },
	{ "keep", "DIR BACKUP", 2, part_keep },
	{ "passphrase", "DIR", 1, part_passphrase },
	{ "serve", "DIR", 1, part_serve },
	{ "border", "DIR SECONDS", 2, part_border },
	{ "day", "DIR PEOPLE SECONDS", 3, part_day },
	{ "crosstable", "ROWS", 1, part_crosstable },
	{ "publish", "DIR", 1, part_publish },
	{ "names", "DIR SPELLINGS PASHTO OTHERS", 4, part_names },
	{ "register", "FILE PEOPLE SPELLINGS…", -3, part_register },
	{ "cost", "COMMAND…", -1, part_cost },
};

/* --- a register ------------------------------------------------------------------ */

void bench_begin(struct bench *b)
{
	struct atlas_files files;

	*b = (struct bench){ .world = world_real() };
	for (int i = 0; i < PLACE_FILE_COUNT; i++)
		files.files[i] = embedded(place_file_path((enum place_file)i));
	must(atlas_load(&b->atlas, &files, &b->fault), &b->fault, "load the atlas");
}

void bench_end(struct bench *b)
{
	reg_close(b->reg);
	atlas_free(b->atlas);
}

static struct secret *passphrase(struct bench *b)
{
	struct secret *s = NULL;

	must(secret_of(&s, bytes_of_text(TEXT(BENCH_PASSPHRASE)), &b->fault), &b->fault,
	     "passphrase");
	return s;
}

void bench_create(struct bench *b, const char *dir)
{
	struct reg_site site = { TEXT("Bench"), TEXT("BEN"), TEXT("Asia/Karachi"), true };
	struct session admin;
	struct reg_recovery recovery;
	struct secret *s = passphrase(b);
	const struct code_word *roles;
	uint16_t every_role = 0;
	size_t count;

	must(reg_create(b->world, dir, &site, TEXT("administrator"), s, &recovery, &b->fault),
	     &b->fault, "make a register");
	bench_open(b, dir);
	must(reg_login(b->reg, TEXT("administrator"), s, NULL, &admin, &b->fault), &b->fault,
	     "log in");
	roles = code_words(CODES_ROLE, &count);
	for (size_t i = 0; i < count; i++)
		every_role |= (uint16_t)(1u << roles[i].number);
	must(reg_account_open(b->reg, &admin, TEXT(BENCH_ACCOUNT), every_role, SEX_FEMALE, s,
			      &b->session.account, &b->fault),
	     &b->fault, "open an account");
	secret_free(s);
}

void bench_open(struct bench *b, const char *dir)
{
	must(reg_open(&b->reg, b->world, b->atlas, dir, &b->fault), &b->fault, "open the register");
}

void bench_login(struct bench *b)
{
	struct secret *s = passphrase(b);

	must(reg_login(b->reg, TEXT(BENCH_ACCOUNT), s, NULL, &b->session, &b->fault), &b->fault,
	     "log in");
	secret_free(s);
}

/* --- what all need --------------------------------------------------------------- */

void must(enum err e, const struct fault *f, const char *doing)
{
	if (!e)
		return;
	fprintf(stderr, "bench: cannot %s: %s", doing, f->key ? f->key : "?");
	for (unsigned i = 0; i < f->value_count; i++)
		fprintf(stderr, " “%s”", f->values[i]);
	fputc('\n', stderr);
	exit(1);
}

void must_be(bool so, const char *doing)
{
	if (so)
		return;
	fprintf(stderr, "bench: cannot %s\n", doing);
	exit(1);
}

double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

double processor_seconds(void)
{
	struct timespec t;

	must_be(!clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t), "ask for the time of the thread");
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void tell(const char *name, double value)
{
	printf("%s %.9g\n", name, value);
	fflush(stdout);
}

void samples_add(struct samples *s, double value)
{
	if (s->count == s->room) {
		s->room = s->room ? 2 * s->room : 1024;
		s->at = realloc(s->at, s->room * sizeof(*s->at));
		must_be(s->at, "keep the samples");
	}
	s->at[s->count++] = value;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double samples_part(struct samples *s, double part)
{
	must_be(s->count, "take a part of no samples");
	qsort(s->at, s->count, sizeof(*s->at), by_value);
	return s->at[(size_t)(part * (double)(s->count - 1))];
}

void samples_tell(struct samples *s, const char *name)
{
	char full[80];

	snprintf(full, sizeof(full), "%s_p50", name);
	tell(full, samples_part(s, 0.50));
	snprintf(full, sizeof(full), "%s_p99", name);
	tell(full, samples_part(s, 0.99));
	free(s->at);
	*s = (struct samples){ 0 };
}

double memory_peak(void)
{
	FILE *file = fopen("/proc/self/status", "r");
	unsigned long kib = 0;
	char line[256];

	must_be(file, "read /proc/self/status");
	while (fgets(line, sizeof(line), file) && sscanf(line, "VmHWM: %lu kB", &kib) != 1)
		;
	fclose(file);
	return (double)kib * 1024;
}

/* --- chance ---------------------------------------------------------------------- */

uint64_t draw(struct draws *d, uint64_t below)
{
	uint64_t z = d->state += 0x9e3779b97f4a7c15ull;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ull;
	z = (z ^ z >> 27) * 0x94d049bb133111ebull;
	return (z ^ z >> 31) % below;
}

bool draw_per_mille(struct draws *d, unsigned so_many)
{
	return draw(d, 1000) < so_many;
}

/* --- the parts ------------------------------------------------------------------- */

static bool fits(int given, int wanted)
{
	return wanted < 0 ? given >= -wanted : given == wanted;
}

int main(int count, char **arguments)
{
	for (size_t i = 0; count > 1 && i < COUNT_OF(parts); i++) {
		if (strcmp(arguments[1], parts[i].word) || !fits(count - 2, parts[i].count))
			continue;
		parts[i].run(count - 2, arguments + 2);
		return 0;
	}
	for (size_t i = 0; i < COUNT_OF(parts); i++)
		fprintf(stderr, "bench %s %s\n", parts[i].word, parts[i].arguments);
	return 2;
}
