/*
 * places: whether the areas and places of a fact are in the atlas.
 *
 * An area may be typed without its vintage, which then means the current list; what
 * is kept is always the key.  The code of an older list is an error that says what
 * the code means today.
 */
#include "register/inside.h"

static enum err area_key(const struct proposing *p, struct text *t, struct fault *f)
{
	const struct area *area;
	enum err e = atlas_area(p->reg->atlas, *t, &area, f);

	if (!e)
		*t = area->key;
	return e;
}

static enum err area_keys(struct proposing *p, struct value *v, struct fault *f)
{
	struct value *items = arena_take_array(p->arena, v->count, sizeof(*items));
	enum err e = OK;

	if (!items)
		return fault(f, ERR_MEMORY, "register.no-memory");
	for (size_t i = 0; !e && i < v->count; i++) {
		items[i] = v->items[i];
		e = area_key(p, &items[i].text, f);
	}
	v->items = items;
	return e;
}

/* One-line fields that hold the id of a place. */
static const struct place_field {
	enum kind kind;
	enum field_slot slot;
	const char *place_kind; /* NULL: any */
} place_fields[] = {
	{ KIND_MOVEMENT_PLANNED, MOVEMENT_PLANNED_FROM, NULL },
	{ KIND_MOVEMENT_PLANNED, MOVEMENT_PLANNED_CROSSING, "border_crossing" },
	{ KIND_CROSSING_RECORDED, CROSSING_RECORDED_CROSSING, "border_crossing" },
	{ KIND_DOCUMENT_SURRENDERED, DOCUMENT_SURRENDERED_CROSSING, "border_crossing" },
	{ KIND_ADVISORY_SET, ADVISORY_SET_CROSSING, "border_crossing" },
	{ KIND_FIGURE_REPORTED, FIGURE_REPORTED_PLACE, NULL },
};

static enum err check_place(const struct proposing *p, const struct fact *fact,
			    const struct place_field *pf, struct fault *f)
{
	const struct value *v = &fact->values[pf->slot];
	const struct place *place;
	const char *word;

	if (pf->kind != fact->kind->kind || !v->given)
		return OK;
	word = fact->kind->fields[pf->slot].word;
	if (atlas_place(p->reg->atlas, v->text, &place, NULL))
		return fault(f, ERR_INPUT, "place.unknown-to-register", word, v->text);
	if (pf->place_kind && !text_is(place->kind, pf->place_kind))
		return fault(f, ERR_INPUT, "place.no-crossing", word, v->text);
	return OK;
}

/* A sheet that we know is about the area that it is said to be about; one that we do
 * not know may be of an earlier version, shown from paper. */
static enum err check_sheet(const struct proposing *p, const struct fact *fact, struct fault *f)
{
	const struct sheet *sheet, *of_area;
	const struct area *area;

	if (fact->kind->kind != KIND_COUNSELLING_HELD)
		return OK;
	sheet = atlas_sheet_of_version(p->reg->atlas, fact->values[COUNSELLING_HELD_SHEET].hash);
	area = atlas_area_of_key(p->reg->atlas, fact->values[COUNSELLING_HELD_SHEET_AREA].text);
	if (!sheet || !area)
		return OK;
	if (atlas_sheet(p->reg->atlas, area, &of_area, NULL) || of_area != sheet)
		return fault(f, ERR_INPUT, "sheet.other-area", area->key, sheet->area->key);
	return OK;
}

enum err check_places(struct proposing *p, struct fact *fact, struct fault *f)
{
	enum err e = OK;

	for (size_t i = 0; !e && i < fact->kind->field_count; i++) {
		const struct field *field = &fact->kind->fields[i];
		struct value *v = &fact->values[i];

		if (!v->given || field->type != TYPE_AREA)
			continue;
		e = field->many == 1 ? area_key(p, &v->text, f) : area_keys(p, v, f);
	}
	for (size_t i = 0; !e && i < COUNT_OF(place_fields); i++)
		e = check_place(p, fact, &place_fields[i], f);
	return e ? e : check_sheet(p, fact, f);
}
