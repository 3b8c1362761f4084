/*
 * The published tables, as things to pick by how common they are.
 *
 * Each file is read once, row by row, by the names of its columns.  Rows of other
 * years, and of areas that the atlas no longer has, are passed over.
 */
#include "people/inside.h"

#include <stdlib.h>

#define YEAR_OF_SHAPE "2025"
#define YEAR_OF_RETURNS "2023" /* nearly all returns of that year were from Pakistan */
#define MEMORY_MAX ((size_t)32 << 20)

/*
 * What the published tables call our groups.  Ages are published for PoR holders and
 * asylum-seekers only, places for undocumented people in part, sizes not for ACC
 * holders: the nearest stand in.
 */
static const struct {
	const char *shape, *residence[2], *sizes;
} published[GROUPS_MADE] = {
	[GROUP_POR_MADE] = { "REF", { "REF" }, "PoR returns" },
	[GROUP_ACC_MADE] = { "ASY", { "OOC" }, "undocumented returns" },
	[GROUP_UNDOCUMENTED_MADE] = { "ASY", { "OIP", "OOC" }, "undocumented returns" },
};

static const struct community communities[] = {
	{ "Pashtun", SCRIPT_PASHTO, "pbu" }, { "Tajik", SCRIPT_DARI, "prs" },
	{ "Hazara", SCRIPT_DARI, "haz" },    { "Uzbek", SCRIPT_DARI, "uzs" },
	{ "Turkmen", SCRIPT_DARI, "tuk" },   { "Pashai", SCRIPT_DARI, "psi" },
	{ "other", SCRIPT_DARI, "prs" },
};

static const struct area *area_of(const struct people *p, const struct odds_row *row,
				  const char *column)
{
	struct fault unknown = { 0 };
	const struct area *area;

	return atlas_area(p->atlas, odds_cell(row, column), &area, &unknown) ? NULL : area;
}

static enum err add_residence(struct people *p, const struct odds_row *row, struct fault *f)
{
	const struct area *area = area_of(p, row, "area_pcode");
	struct text group = odds_cell(row, "group");
	enum err e = OK;

	/* A whole country is no place to live in: "not given". */
	if (!text_is(odds_cell(row, "year"), YEAR_OF_SHAPE) || !area || area->level == AREA_COUNTRY)
		return OK;
	for (int g = 0; g < GROUPS_MADE; g++)
		for (size_t i = 0; !e && i < COUNT_OF(published[g].residence); i++)
			if (published[g].residence[i] && text_is(group, published[g].residence[i]))
				e = odds_add(&p->residence[g], p->arena,
					     odds_number(row, "persons", 1), &area->key,
					     sizeof(area->key), f);
	return e;
}

static enum err add_size(struct people *p, const struct odds_row *row, struct fault *f)
{
	/* "18+" is 18. */
	int size = (int)odds_number(row, "size", 1);
	enum err e = OK;

	for (int g = 0; g < GROUPS_MADE && !e; g++)
		if (text_is(odds_cell(row, "population"), published[g].sizes))
			e = odds_add(&p->sizes[g], p->arena,
				     odds_number(row, "probability", 100000), &size, sizeof(size),
				     f);
	return e;
}

static int number_at(struct text t, size_t *i)
{
	int n = 0;

	for (; *i < t.size && t.at[*i] >= '0' && t.at[*i] <= '9' && n < 1000; ++*i)
		n = n * 10 + (t.at[*i] - '0');
	return n;
}

/* "5-11", "60+" */
static struct band band_of(struct text sex, struct text years)
{
	struct band b = { .female = text_is(sex, "female"), .to = 90 };
	size_t i = 0;

	b.from = number_at(years, &i);
	if (i < years.size && years.at[i] == '-') {
		i++;
		b.to = number_at(years, &i);
	}
	return b;
}

static enum err add_shape(struct people *p, const struct odds_row *row, struct fault *f)
{
	struct band b = band_of(odds_cell(row, "sex"), odds_cell(row, "age_band_years"));
	struct text group = odds_cell(row, "group");
	enum err e = OK;

	if (!text_is(odds_cell(row, "year"), YEAR_OF_SHAPE))
		return OK;
	for (int g = 0; g < GROUPS_MADE && !e; g++)
		if (text_is(group, published[g].shape))
			e = odds_add(&p->ages[g][b.from < ADULT_AGE ? CHILDREN : ADULTS], p->arena,
				     odds_number(row, "persons", 1), &b, sizeof(b), f);
	return e;
}

static enum err add_returns(struct people *p, const struct odds_row *row, struct fault *f)
{
	const struct area *area = area_of(p, row, "province_pcode");

	if (!text_is(odds_cell(row, "year"), YEAR_OF_RETURNS) || !area)
		return OK;
	return odds_add(&p->returns, p->arena, odds_number(row, "returned_refugees", 1), &area->key,
			sizeof(area->key), f);
}

static struct home *home_of(struct people *p, const struct area *area)
{
	for (size_t i = 0; i < p->home_count; i++)
		if (p->homes[i].area == area)
			return &p->homes[i];
	if (p->home_count == HOMES_MAX)
		return NULL;
	p->homes[p->home_count].area = area;
	return &p->homes[p->home_count++];
}

/* Origins are listed in order and not counted: the n-th weighs 1/n of the first. */
#define FIRST_ORIGIN 2520

static enum err add_home(struct people *p, const struct odds_row *row, struct fault *f)
{
	const struct area *area = area_of(p, row, "area_pcode");
	const struct area *origin = area_of(p, row, "province_pcode");
	uint64_t order = odds_number(row, "order_as_listed", 1);
	struct home *home = area ? home_of(p, area) : NULL;

	if (!home)
		return OK;
	if (text_is(odds_cell(row, "variable"), "main_origin_province") && origin && order)
		return odds_add(&home->origins, p->arena, FIRST_ORIGIN / order, &origin->key,
				sizeof(origin->key), f);
	for (size_t i = 0; i < COUNT_OF(communities); i++) {
		const struct community *c = &communities[i];

		if (text_is(odds_cell(row, "variable"), "ethnicity") &&
		    text_is(odds_cell(row, "value"), c->word))
			return odds_add(&home->communities, p->arena,
					odds_number(row, "percent", 10), &c, sizeof(c), f);
	}
	return OK;
}

/* --- names --------------------------------------------------------------------------- */

static bool is_second(struct text latin)
{
	static const char *const words[] = { "Khan",  "Jan",	  "Gul",    "Shah",
					     "Ahmad", "Mohammad", "Rahman", "Din" };

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (text_is(latin, words[i]))
			return true;
	return false;
}

static enum err add_given(struct people *p, enum script script, const struct name *name,
			  struct text sex, uint64_t weight, struct fault *f)
{
	enum err e = OK;

	if (text_is(name->latin, "Mohammad"))
		p->mohammad[script] = *name;
	if (text_is(name->latin, "Bibi"))
		p->bibi[script] = *name;
	if (is_second(name->latin) && !text_is(sex, "f"))
		e = odds_add(&p->second[script], p->arena, weight, name, sizeof(*name), f);
	if (!e && !text_is(sex, "f"))
		e = odds_add(&p->given[script][MALE], p->arena, weight, name, sizeof(*name), f);
	if (!e && !text_is(sex, "m"))
		e = odds_add(&p->given[script][FEMALE], p->arena, weight, name, sizeof(*name), f);
	return e;
}

static enum err add_name(struct people *p, const struct odds_row *row, struct fault *f)
{
	struct text script_word = odds_cell(row, "script"), role = odds_cell(row, "role");
	enum script script = text_is(script_word, "Arab-ps") ? SCRIPT_PASHTO : SCRIPT_DARI;
	uint64_t weight = odds_number(row, "weight", 10);
	struct name name;

	if (text_is(script_word, "Arab-ur"))
		return OK;
	name = (struct name){ arena_copy_text(p->arena, odds_cell(row, "form")),
			      arena_copy_text(p->arena, odds_cell(row, "latin")) };
	if (!name.form.at || !name.latin.at)
		return fault(f, ERR_MEMORY, "memory.none");
	if (text_is(role, "family"))
		return odds_add(&p->family[script], p->arena, weight, &name, sizeof(name), f);
	if (text_is(role, "prefix"))
		return odds_add(&p->prefix[script], p->arena, weight, &name, sizeof(name), f);
	return add_given(p, script, &name, odds_cell(row, "sex"), weight, f);
}

static enum name_part part_of(struct text word)
{
	static const struct {
		const char *word;
		enum name_part part;
	} parts[] = {
		{ "{given}", NAME_GIVEN },
		{ "{given2}", NAME_SECOND },
		{ "{family}", NAME_FAMILY },
		{ "{prefix}", NAME_PREFIX },
		{ "{father_given}", NAME_FATHER },
		{ "Mohammad", NAME_MOHAMMAD },
		{ "Bibi", NAME_BIBI },
	};

	for (size_t i = 0; i < COUNT_OF(parts); i++)
		if (text_is(word, parts[i].word))
			return parts[i].part;
	return NAME_END;
}

/* "{given} Bibi"; a pattern in words ("already compound in the list") is a name as listed. */
static struct name_pattern pattern_of(struct text t)
{
	struct name_pattern out = { { NAME_END } };
	size_t count = 0, from = 0;

	for (size_t i = 0; i <= t.size && count < COUNT_OF(out.parts) - 1; i++) {
		if (i < t.size && t.at[i] != ' ')
			continue;
		out.parts[count] = part_of((struct text){ t.at + from, i - from });
		from = i + 1;
		if (out.parts[count++] == NAME_END)
			return (struct name_pattern){ { NAME_GIVEN } };
	}
	return out;
}

static enum err add_pattern(struct people *p, const struct odds_row *row, struct fault *f)
{
	struct name_pattern pattern = pattern_of(odds_cell(row, "pattern"));
	struct text sex = odds_cell(row, "sex");

	if (!text_is(sex, "m") && !text_is(sex, "f"))
		return OK;
	return odds_add(&p->patterns[text_is(sex, "f") ? FEMALE : MALE], p->arena,
			odds_number(row, "probability", 10000), &pattern, sizeof(pattern), f);
}

/* --- all of them --------------------------------------------------------------------- */

typedef enum err add_row(struct people *p, const struct odds_row *row, struct fault *f);

static add_row *const adders[PEOPLE_FILE_COUNT] = {
	[PEOPLE_FILE_NAMES] = add_name,		 [PEOPLE_FILE_PATTERNS] = add_pattern,
	[PEOPLE_FILE_SHAPE] = add_shape,	 [PEOPLE_FILE_SIZES] = add_size,
	[PEOPLE_FILE_RESIDENCE] = add_residence, [PEOPLE_FILE_RETURNS] = add_returns,
	[PEOPLE_FILE_HOMES] = add_home,
};

static const char *const paths[PEOPLE_FILE_COUNT] = {
#define PATH(name, path) [PEOPLE_FILE_##name] = (path),
	PEOPLE_FILES(PATH)
#undef PATH
};

struct loading {
	struct people *p;
	add_row *add;
};

static enum err take_row(void *self, const struct odds_row *row, struct fault *f)
{
	struct loading *l = self;

	return l->add(l->p, row, f);
}

/* The first table that people_make() would find nothing in; PEOPLE_FILE_COUNT: none. */
static enum people_file missing_table(const struct people *p)
{
	for (int g = 0; g < GROUPS_MADE; g++) {
		if (!p->residence[g].count)
			return PEOPLE_FILE_RESIDENCE;
		if (!p->sizes[g].count)
			return PEOPLE_FILE_SIZES;
		if (!p->ages[g][CHILDREN].count || !p->ages[g][ADULTS].count)
			return PEOPLE_FILE_SHAPE;
	}
	for (int s = 0; s < SCRIPTS; s++)
		if (!p->given[s][MALE].count || !p->given[s][FEMALE].count || !p->family[s].count ||
		    !p->second[s].count || !p->prefix[s].count || !p->mohammad[s].form.size ||
		    !p->bibi[s].form.size)
			return PEOPLE_FILE_NAMES;
	if (!p->patterns[MALE].count || !p->patterns[FEMALE].count)
		return PEOPLE_FILE_PATTERNS;
	for (size_t i = 0; i < p->home_count; i++)
		if (p->homes[i].area->level == AREA_COUNTRY && p->homes[i].communities.count)
			return p->returns.count ? PEOPLE_FILE_COUNT : PEOPLE_FILE_RETURNS;
	return PEOPLE_FILE_HOMES;
}

enum err people_new(struct people **out, const struct people_files *files,
		    const struct atlas *atlas, uint64_t seed, int32_t today, struct fault *f)
{
	struct people *p = calloc(1, sizeof(*p));
	enum people_file missing;
	enum err e = OK;

	*out = NULL;
	if (!p || arena_new(&p->arena, MEMORY_MAX)) {
		free(p);
		return fault(f, ERR_MEMORY, "memory.none");
	}
	p->atlas = atlas;
	p->seed = seed;
	p->today = today;
	for (int i = 0; !e && i < PEOPLE_FILE_COUNT; i++) {
		struct loading l = { p, adders[i] };

		e = odds_read(files->files[i], paths[i], take_row, &l, f);
	}
	if (!e && (missing = missing_table(p)) != PEOPLE_FILE_COUNT)
		e = fault(f, ERR_INPUT, "people.tables-empty", paths[missing]);
	if (e)
		people_free(p);
	else
		*out = p;
	return e;
}

void people_free(struct people *p)
{
	if (!p)
		return;
	arena_free(p->arena);
	free(p);
}
