/*
 * register: a made-up list of people in which some stand twice, and who is who.
 *
 * The households are those of people/.  Of every eight one registers a second time, at
 * another desk: mostly whole, in another script or spelling, with a year in place of a day,
 * a year more or less, no grandfather, another district.  Some people come again alone.
 * Brothers, sisters and cousins, who share father, grandfather and district, are the hard
 * ones that are not the same.  The rates below are ASSUMPTIONS; spellings come from tables
 * of names.  The same number gives the same list.
 */
#include "bench.h"

#include <stdlib.h>

#include "base/calendar.h"
#include "base/utf8.h"
#include "centre/centre.h"

/* Of 1,000. */
#define HOUSEHOLD_AGAIN 125
#define MEMBER_AGAIN 850 /* of a household that comes again */
#define ALONE_AGAIN 25
#define WRITTEN_ARABIC 500
#define OTHER_SCRIPT 400
#define OTHER_SPELLING 500 /* of a word in Latin letters */
#define JOINED 40	   /* two words written as one */
#define SLIP 25		   /* of a word in Latin letters: one letter too few or twice */
#define NO_GRANDFATHER 250
#define YEAR_ALONE 300
#define OTHER_YEAR 120
#define HEAPED 50
#define NO_BIRTH 50
#define OTHER_AREA 150
#define OTHER_SEX 5

/* AF0617: a province, and a district by a number of its own making. */
#define AREA_SIZE 16
#define DISTRICTS 12

struct listing {
	struct spellings spellings;
	struct draws draws;
	struct buffer rows;
	size_t *ends; /* of each row */
	size_t count, room;
	char area[AREA_SIZE]; /* one of somebody else */
};

/* How one desk writes. */
struct hand {
	bool arabic, arabic_keyboard;
	bool again;
};

/* --- names ------------------------------------------------------------------------- */

static int by_form(const void *a, const void *b)
{
	const struct spelling *x = a, *y = b;
	size_t size = x->form.size < y->form.size ? x->form.size : y->form.size;
	int order = memcmp(x->form.at, y->form.at, size);

	return order ? order : (x->form.size > y->form.size) - (x->form.size < y->form.size);
}

/* Any of the ways in which a form is spelled, else the empty text. */
static struct text any_spelling(struct listing *l, struct text form)
{
	struct spelling key = { .form = form };
	const struct spelling *all = l->spellings.at;
	const struct spelling *found =
		bsearch(&key, all, l->spellings.count, sizeof(*all), by_form);
	size_t from, to;

	if (!found)
		return TEXT("");
	from = to = (size_t)(found - all);
	while (from > 0 && !by_form(&all[from - 1], &key))
		from--;
	while (to < l->spellings.count && !by_form(&all[to], &key))
		to++;
	return all[from + draw(&l->draws, to - from)].latin;
}

/* The first word of `rest`, which it leaves. */
static struct text next_word(struct text *rest)
{
	struct text word;
	size_t size = 0;

	*rest = text_trimmed(*rest, " ");
	while (size < rest->size && rest->at[size] != ' ')
		size++;
	word = (struct text){ rest->at, size };
	rest->at += size;
	rest->size -= size;
	return word;
}

/* Arabic keyboards have other letters in two places of the alphabet. */
static void write_form(struct listing *l, struct text form, bool arabic_keyboard)
{
	uint32_t c;
	char out[4];

	while (utf8_next(&form, &c)) {
		if (arabic_keyboard)
			c = c == 0x06CC ? 0x064A : c == 0x06A9 ? 0x0643 : c;
		buffer_add(&l->rows, (struct bytes){ (uint8_t *)out, utf8_write(out, c) });
	}
}

static void write_spelling(struct listing *l, struct text latin)
{
	size_t slip = draw_per_mille(&l->draws, SLIP) && latin.size > 3
			      ? 1 + draw(&l->draws, latin.size - 1)
			      : SIZE_MAX;
	bool twice = draw_per_mille(&l->draws, 500);

	for (size_t i = 0; i < latin.size; i++) {
		if (i == slip && !twice)
			continue;
		if (latin.at[i] == ',' || latin.at[i] == '"')
			continue;
		buffer_byte(&l->rows, (uint8_t)latin.at[i]);
		if (i == slip)
			buffer_byte(&l->rows, (uint8_t)latin.at[i]);
	}
}

static void write_name(struct listing *l, struct text form, struct text latin,
		       const struct hand *hand)
{
	bool joined = draw_per_mille(&l->draws, JOINED);

	for (bool first = true; form.size; first = false) {
		struct text f = next_word(&form), other = TEXT("");
		/* One word can be two in Latin letters: عبدالحکیم, Abdul Hakim. */
		struct text as_made = form.size ? next_word(&latin) : text_trimmed(latin, " ");

		if (!first && f.size && !joined)
			buffer_byte(&l->rows, ' ');
		if (hand->arabic) {
			write_form(l, f, hand->arabic_keyboard);
			continue;
		}
		if (draw_per_mille(&l->draws, OTHER_SPELLING))
			other = any_spelling(l, f);
		write_spelling(l, other.size ? other : as_made);
	}
	buffer_byte(&l->rows, ',');
}

/* --- a row ------------------------------------------------------------------------- */

static struct date birth_of(const struct made_person *p, int32_t on)
{
	if (p->birth_date != INT32_MIN)
		return date_of(GREGORIAN, p->birth_date);
	if (p->birth_year)
		return (struct date){ p->birth_year, 1, 1 };
	return (struct date){ date_of(GREGORIAN, on).year - (p->age > 0 ? p->age : 0), 1, 1 };
}

/* 1 January is how a desk writes that the year is known. */
static void write_birth(struct listing *l, struct date d, bool again)
{
	struct draws *r = &l->draws;

	if (draw_per_mille(r, NO_BIRTH)) {
		buffer_byte(&l->rows, ',');
		return;
	}
	if (again && draw_per_mille(r, OTHER_YEAR)) {
		d.year += draw(r, 2) ? 1 : -1;
		d.month = d.day = 1;
	} else if (again && draw_per_mille(r, HEAPED)) {
		d = (struct date){ (d.year + 2) / 5 * 5, 1, 1 };
	} else if (draw_per_mille(r, YEAR_ALONE)) {
		d.month = d.day = 1;
	}
	buffer_print(&l->rows, "%04d-%02d-%02d,", d.year, d.month, d.day);
}

static void end_row(struct listing *l)
{
	buffer_byte(&l->rows, '\n');
	if (l->count == l->room) {
		l->room = l->room ? 2 * l->room : 65536;
		l->ends = realloc(l->ends, l->room * sizeof(*l->ends));
		must_be(l->ends, "take memory");
	}
	l->ends[l->count++] = l->rows.size;
}

static void area_of(char out[AREA_SIZE], const struct made_household *h, size_t at)
{
	struct text origin = h->people[at].origin;

	snprintf(out, AREA_SIZE, "%.*s%02u", (int)(origin.size < 4 ? origin.size : 4), origin.at,
		 1 + (unsigned)(h->number * 7 % DISTRICTS));
}

static void write_person(struct listing *l, const struct made_household *h, size_t at,
			 const struct hand *hand)
{
	const struct made_person *p = &h->people[at];
	bool female = strcmp(p->sex, "female") == 0;
	char area[AREA_SIZE];
	unsigned long long person = h->number * HOUSEHOLD_SIZE_MAX + at;

	buffer_print(&l->rows, "%llu%s,%llu,%llu%s,", person, hand->again ? "b" : "a", person,
		     (unsigned long long)h->number, hand->again ? "b" : "a");
	write_name(l, p->given, p->given_latin, hand);
	write_name(l, p->father, p->father_latin, hand);
	if (p->grandfather.size && !draw_per_mille(&l->draws, NO_GRANDFATHER))
		write_name(l, p->grandfather, p->grandfather_latin, hand);
	else
		buffer_byte(&l->rows, ',');
	buffer_text(&l->rows,
		    female != draw_per_mille(&l->draws, OTHER_SEX) ? TEXT("f,") : TEXT("m,"));
	write_birth(l, birth_of(p, h->registered_on), hand->again);
	area_of(area, h, at);
	if (hand->again && *l->area && draw_per_mille(&l->draws, OTHER_AREA))
		memcpy(area, l->area, sizeof(area));
	buffer_text(&l->rows, text_of(area));
	buffer_text(&l->rows, hand->again ? TEXT(",1") : TEXT(",0"));
	end_row(l);
}

static void write_household(struct listing *l, const struct made_household *h)
{
	struct hand first = { .arabic = draw_per_mille(&l->draws, WRITTEN_ARABIC),
			      .arabic_keyboard = draw_per_mille(&l->draws, 500) };
	struct hand second = { .arabic = first.arabic != draw_per_mille(&l->draws, OTHER_SCRIPT),
			       .arabic_keyboard = draw_per_mille(&l->draws, 500),
			       .again = true };
	bool again = draw_per_mille(&l->draws, HOUSEHOLD_AGAIN);

	for (size_t i = 0; i < h->count; i++) {
		if (h->people[i].died_on_the_way)
			continue;
		write_person(l, h, i, &first);
		if (draw_per_mille(&l->draws, again ? MEMBER_AGAIN : ALONE_AGAIN))
			write_person(l, h, i, &second);
	}
	area_of(l->area, h, draw(&l->draws, h->count));
}

/* --- the list ---------------------------------------------------------------------- */

/* In an order of its own: who is a double of whom cannot be told by where she stands. */
static void save_shuffled(struct listing *l, const char *path)
{
	FILE *file = fopen(path, "w");
	size_t *order = malloc(l->count * sizeof(*order));

	must_be(file && order, "write the list");
	for (size_t i = 0; i < l->count; i++) {
		size_t at = draw(&l->draws, i + 1);

		order[i] = order[at];
		order[at] = i;
	}
	fputs("rec_id,cluster,household,given,father,grandfather,sex,birth_date,area,again\n",
	      file);
	for (size_t i = 0; i < l->count; i++) {
		size_t from = order[i] ? l->ends[order[i] - 1] : 0;

		fwrite(l->rows.at + from, 1, l->ends[order[i]] - from, file);
	}
	must_be(!fclose(file), "write the list");
	free(order);
}

#define REGISTERED_ON 20000 /* a day in 2024 */

void part_register(int count, char **arguments)
{
	size_t wanted = strtoul(arguments[1], NULL, 10);
	struct listing l = { .draws = { wanted }, .rows.limit = (size_t)8 << 30 };
	struct made_household *h = malloc(sizeof(*h));
	struct people *made;
	struct bench b;

	must_be(h, "take memory");
	bench_begin(&b);
	must(centre_people(&made, b.atlas, 1, REGISTERED_ON, &b.fault), &b.fault, "make people");
	for (int i = 2; i < count; i++)
		spellings_read(&l.spellings, arguments[i]);
	qsort(l.spellings.at, l.spellings.count, sizeof(*l.spellings.at), by_form);
	for (uint64_t n = 0; l.count < wanted; n++) {
		people_make(made, n, h);
		write_household(&l, h);
	}
	must(buffer_end(&l.rows, &b.fault), &b.fault, "make the list");
	save_shuffled(&l, arguments[0]);
	people_free(made);
	spellings_free(&l.spellings);
	buffer_free(&l.rows);
	free(l.ends);
	free(h);
	bench_end(&b);
}
