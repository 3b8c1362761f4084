#include "centre/centre.h"

#include <assert.h>
#include <stdlib.h>

#include "base/embed.h"
#include "base/json.h"

static const struct {
	const char *account;
	int64_t role;
} desks[DESK_COUNT] = {
	[DESK_RECEPTION] = { "reception", ROLE_REGISTRATION },
	[DESK_REGISTRATION] = { "registration", ROLE_REGISTRATION },
	[DESK_COUNSELLING] = { "counselling", ROLE_COUNSELLOR },
	[DESK_CONSENT] = { "consent", ROLE_PROTECTION },
	[DESK_BOARDING] = { "boarding", ROLE_PROTECTION },
	[DESK_MOVEMENTS] = { "movements", ROLE_MOVEMENT },
	[DESK_CASH] = { "cash", ROLE_CASHIER },
	[DESK_BORDER] = { "border", ROLE_BORDER },
	[DESK_ADMINISTRATION] = { "administration", ROLE_ADMINISTRATOR },
};

#define PASSPHRASE "eight words that nobody else would ever think of"
#define MEMORY ((size_t)1 << 20)

/* --- the clock -------------------------------------------------------------------- */

static int64_t now_ms(struct world *w)
{
	struct centre_clock *c = (struct centre_clock *)w;
	int64_t since = world_real()->steady_ms(world_real()) - atomic_load(&c->since_ms);

	return atomic_load(&c->base_ms) + since * atomic_load(&c->speed);
}

void centre_clock_init(struct centre_clock *c, int64_t at_ms)
{
	c->world = *world_real();
	c->world.now_ms = now_ms;
	c->world.steady_ms = now_ms;
	centre_clock_set(c, at_ms, 0);
}

void centre_clock_set(struct centre_clock *c, int64_t at_ms, int speed)
{
	/* It stands while it is set: no reader sees an old start with a new speed. */
	atomic_store(&c->speed, 0);
	atomic_store(&c->base_ms, at_ms);
	atomic_store(&c->since_ms, world_real()->steady_ms(world_real()));
	atomic_store(&c->speed, speed);
}

/* --- its accounts ----------------------------------------------------------------- */

static enum err passphrase(struct secret **out, struct fault *f)
{
	return secret_of(out, bytes_of_text(TEXT(PASSPHRASE)), f);
}

enum err centre_login(struct centre *c, enum desk desk)
{
	struct secret *s = NULL;
	enum err e = passphrase(&s, &c->fault);

	if (!e)
		e = reg_login(c->reg, text_of(desks[desk].account), s, NULL, &c->as[desk],
			      &c->fault);
	secret_free(s);
	return e;
}

static enum err open_accounts(struct centre *c, const struct secret *s)
{
	enum err e = OK;

	for (enum desk d = 0; !e && d < DESK_ADMINISTRATION; d++)
		e = reg_account_open(c->reg, &c->as[DESK_ADMINISTRATION], text_of(desks[d].account),
				     (uint16_t)(1u << desks[d].role), SEX_FEMALE, s,
				     &c->as[d].account, &c->fault);
	return e;
}

static enum err set_tariff(struct centre *c, struct arena *a)
{
	struct submission_answer answer;
	struct fact f;

	fact_begin(&f, KIND_TARIFF_SET);
	c->tariff = f.subject = made_id(UINT32_MAX, 0);
	f.happened = CENTRE_MADE_MS / 1000;
	f.values[TARIFF_SET_PROVIDER] = given_text("A made-up provider");
	f.values[TARIFF_SET_PART] = given_number(1);
	f.values[TARIFF_SET_AMOUNT] = given_number(CENTRE_GRANT);
	f.values[TARIFF_SET_CURRENCY] = given_text("AFN");
	f.values[TARIFF_SET_PER] = given_number(GRANT_PER_PERSON);
	f.values[TARIFF_SET_VALID_FROM] = given_number(CENTRE_MADE_MS / 86400000);
	f.values[TARIFF_SET_SOURCE] = given_text("made up");
	return reg_record(c->reg, &c->as[DESK_ADMINISTRATION], &f, 1, a, &answer, &c->fault);
}

static enum err found(struct centre *c, const struct secret *s, struct arena *a)
{
	struct reg_site site = { TEXT("Peshawar Azakhel"), TEXT("PSH"), TEXT("Asia/Karachi"),
				 c->demo };
	struct reg_recovery recovery;
	enum err e;

	if ((e = reg_create(&c->clock.world, c->dir, &site,
			    text_of(desks[DESK_ADMINISTRATION].account), s, &recovery, &c->fault)))
		return e;
	explicit_bzero(&recovery, sizeof(recovery));
	if ((e = reg_open(&c->reg, &c->clock.world, c->atlas, c->dir, &c->fault)))
		return e;
	if ((e = centre_login(c, DESK_ADMINISTRATION)) || (e = open_accounts(c, s)))
		return e;
	return set_tariff(c, a);
}

enum err centre_make(struct centre *c, const char *dir, const struct atlas *atlas, uint64_t seed,
		     bool demo)
{
	struct secret *s = NULL;
	struct arena *a = NULL;
	enum err e;

	*c = (struct centre){ .atlas = atlas, .dir = dir, .demo = demo };
	centre_clock_init(&c->clock, CENTRE_MADE_MS);
	if ((e = centre_people(&c->people, atlas, seed, (int32_t)(CENTRE_MADE_MS / 86400000),
			       &c->fault)))
		return e;
	if (!(e = arena_new(&a, MEMORY)) && !(e = passphrase(&s, &c->fault)))
		e = found(c, s, a);
	secret_free(s);
	arena_free(a);
	return e;
}

void centre_end(struct centre *c)
{
	reg_close(c->reg);
	people_free(c->people);
	c->reg = NULL;
	c->people = NULL;
}

/* --- its people -------------------------------------------------------------------- */

enum err centre_people(struct people **out, const struct atlas *atlas, uint64_t seed, int32_t today,
		       struct fault *f)
{
	static const char *const paths[] = {
#define PATH(name, path) path,
		PEOPLE_FILES(PATH)
#undef PATH
	};
	struct people_files files;

	for (int i = 0; i < PEOPLE_FILE_COUNT; i++)
		files.files[i] = embedded(paths[i]);
	return people_new(out, &files, atlas, seed, today, f);
}

/* SplitMix64: neighbours look nothing alike. */
static uint64_t mixed(uint64_t x)
{
	x += 0x9e3779b97f4a7c15;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
	x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
	return x ^ (x >> 31);
}

struct id made_id(uint64_t household, uint64_t place)
{
	uint64_t n[2] = { mixed(household * 64 + place), mixed(~(household * 64 + place)) };
	struct id id;

	static_assert(sizeof(n) == sizeof(id), "two halves");
	memcpy(&id, n, sizeof(id));
	return id;
}

/* "@7" is household 7, "@7.2" its third person. */
static enum err resolve(void *self, enum subject_sort sort, struct text name, struct id *out,
			struct fault *f)
{
	char text[40] = "";
	char *end;
	uint64_t household, place = 0;

	(void)self, (void)sort;
	if (name.size < 2 || name.size >= sizeof(text) || name.at[0] != '@')
		return fault(f, ERR_INPUT, "name.unknown", name);
	memcpy(text, name.at, name.size);
	household = strtoull(text + 1, &end, 10);
	if (*end == '.')
		place = strtoull(end + 1, NULL, 10) + 1;
	*out = made_id(household, place);
	return OK;
}

enum err made_facts(const struct made_household *h, int64_t now, struct arena *a,
		    struct fact *facts, size_t *count, size_t room, struct fault *f)
{
	struct name_source names = { .resolve = resolve };
	struct buffer line = { 0 };
	json_t *array = NULL;
	enum err e;

	people_write_facts(&line, h);
	e = json_parse(&array, buffer_as_text(&line), f);
	assert(e || *count + json_array_size(array) <= room);
	for (size_t i = 0; !e && i < json_array_size(array); i++)
		e = fact_from_json(&facts[(*count)++], a, json_array_get(array, i), &names, now,
				   (int)(CENTRE_ZONE_S / 60), f);
	json_decref(array);
	buffer_free(&line);
	return e;
}

struct value given_topics(struct arena *a)
{
	size_t count;
	const struct code_word *all = code_words(CODES_TOPIC, &count);
	struct value *items = arena_take_array(a, count, sizeof(*items));

	for (size_t i = 0; items && i < count; i++)
		items[i] = given_number(all[i].number);
	return (struct value){ .given = items, .count = (uint16_t)count, .items = items };
}
