/*
 * atlas: the questions about everything but areas.  The lists are short, so
 * that looking through one is as fast as any index.
 */
#include "place/atlas.h"

/* What stands in for a language in which a name is not known, in order. */
static const enum text_language stand_ins[TEXT_LANGUAGE_COUNT][TEXT_LANGUAGE_COUNT] = {
	[TEXT_EN] = { TEXT_EN, TEXT_FA, TEXT_UR, TEXT_PS },
	[TEXT_UR] = { TEXT_UR, TEXT_FA, TEXT_PS, TEXT_EN },
	[TEXT_PS] = { TEXT_PS, TEXT_FA, TEXT_UR, TEXT_EN },
	[TEXT_FA] = { TEXT_FA, TEXT_PS, TEXT_UR, TEXT_EN },
};

static const char *const language_words[TEXT_LANGUAGE_COUNT] = {
	[TEXT_EN] = "en",
	[TEXT_UR] = "ur",
	[TEXT_PS] = "ps",
	[TEXT_FA] = "fa",
};

static const char *const paths[PLACE_FILE_COUNT] = {
#define PLACE_FILE_PATH(name, path) [PLACE_FILE_##name] = (path),
	PLACE_FILES(PLACE_FILE_PATH)
#undef PLACE_FILE_PATH
};

const char *place_file_path(enum place_file file)
{
	return paths[file];
}

bool text_language_read(struct text word, enum text_language *out)
{
	for (enum text_language l = 0; l < TEXT_LANGUAGE_COUNT; l++)
		if (text_is(word, language_words[l])) {
			*out = l;
			return true;
		}
	return false;
}

struct text name_in(const struct names *n, enum text_language language)
{
	for (size_t i = 0; i < TEXT_LANGUAGE_COUNT; i++) {
		struct text name = n->in[stand_ins[language][i]];

		if (name.size)
			return name;
	}
	return TEXT("");
}

enum err atlas_place(const struct atlas *a, struct text id, const struct place **out,
		     struct fault *f)
{
	*out = NULL;
	for (size_t i = 0; i < a->places.count; i++)
		if (text_same(a->places.at[i].id, id)) {
			*out = &a->places.at[i];
			return OK;
		}
	return fault(f, ERR_NOT_FOUND, "place.no-place", id);
}

enum err atlas_sheet(const struct atlas *a, const struct area *area, const struct sheet **out,
		     struct fault *f)
{
	const struct area *province = area_at_level(area->today, AREA_PROVINCE);
	const struct area *of = province ? province : area->today;

	*out = NULL;
	for (size_t i = 0; i < a->sheets.count; i++)
		if (a->sheets.at[i].area == of) {
			*out = &a->sheets.at[i];
			return OK;
		}
	return fault(f, ERR_NOT_FOUND, "place.no-sheet", name_in(&of->names, TEXT_EN), of->key);
}

const struct sheet *atlas_sheet_of_version(const struct atlas *a, const struct hash *version)
{
	for (size_t i = 0; i < a->sheets.count; i++)
		if (memcmp(a->sheets.at[i].version.at, version->at, HASH_SIZE) == 0)
			return &a->sheets.at[i];
	return NULL;
}

const struct need *atlas_need(const struct atlas *a, struct text code)
{
	for (size_t i = 0; i < a->needs.count; i++)
		if (text_same(a->needs.at[i].code, code))
			return &a->needs.at[i];
	return NULL;
}

const struct language *atlas_language(const struct atlas *a, struct text code)
{
	for (size_t i = 0; i < a->languages.count; i++)
		if (text_same(a->languages.at[i].code, code))
			return &a->languages.at[i];
	return NULL;
}

const struct paper *atlas_paper(const struct atlas *a, struct text kind)
{
	for (size_t i = 0; i < a->papers.count; i++)
		if (text_same(a->papers.at[i].kind, kind))
			return &a->papers.at[i];
	return NULL;
}

#define LIST(sort, member)                                                                         \
	const struct sort *atlas_##member(const struct atlas *a, size_t *count)                    \
	{                                                                                          \
		*count = a->member.count;                                                          \
		return a->member.at;                                                               \
	}

LIST(vintage, vintages)
LIST(area, areas)
LIST(place, places)
LIST(sheet, sheets)
LIST(shipped_tariff, tariffs)
LIST(shipped_directive, directives)
LIST(need, needs)
LIST(language, languages)
LIST(paper, papers)
