/*
 * Where somebody is counted is where her household lives when the figure is made; an
 * arrest, a visit after it and a release are counted where it happened, where that is known.
 * Sex, group and age are as the register knows them then.  What is not known is counted as
 * such.
 */
#include "register/counting.h"

#include "base/embed.h"

/* --- places --------------------------------------------------------------------- */

static bool is_current(const struct area *area, const char *country, enum area_level level)
{
	return area->level == level && area->today == area && text_is(area->country, country);
}

/* The areas of a level with their codes, and a last one without for what is not known. */
struct listing {
	struct text *codes;
	size_t count;
};

static enum err no_memory(struct fault *f)
{
	return fault(f, ERR_MEMORY, "register.no-memory");
}

static enum err list_areas(struct listing *out, const struct atlas *atlas, const char *country,
			   struct arena *a, struct fault *f)
{
	size_t count;
	const struct area *areas = atlas_areas(atlas, &count);

	*out = (struct listing){ .codes = arena_take_array(a, count + 1, sizeof(*out->codes)) };
	if (!out->codes)
		return no_memory(f);
	for (size_t i = 0; i < count; i++)
		if (is_current(&areas[i], country, AREA_PROVINCE))
			out->codes[out->count++] = areas[i].code;
	out->count++;
	return OK;
}

static uint16_t index_of(const struct text *codes, size_t count, struct text code)
{
	size_t i = 0;

	while (i + 1 < count && !text_same(codes[i], code))
		i++;
	return (uint16_t)i;
}

static enum err list_crossings(struct listing *out, const struct atlas *atlas, struct arena *a,
			       struct fault *f)
{
	size_t count;
	const struct place *places = atlas_places(atlas, &count);

	*out = (struct listing){ .codes = arena_take_array(a, count + 1, sizeof(*out->codes)) };
	if (!out->codes)
		return no_memory(f);
	for (size_t i = 0; i < count; i++)
		if (text_is(places[i].kind, "border_crossing"))
			out->codes[out->count++] = places[i].id;
	out->count++;
	return OK;
}

#define NO_PLACE UINT16_MAX

/* The districts of a province, and behind them the place of those of whom only the
 * province is known; of the last province only that. */
static void add_places(struct counting_frame *c, struct text *places, uint16_t *province_of,
		       uint16_t province, size_t area_count)
{
	struct text code = c->frame.provinces[province];
	size_t *count = &c->frame.place_count;

	for (size_t i = 0; i < area_count; i++) {
		const struct area *area = &c->areas[i];

		if (!code.size || !is_current(area, COUNTED_COUNTRY, AREA_DISTRICT) ||
		    !text_same(area->parent->code, code))
			continue;
		places[*count] = area->code;
		province_of[*count] = province;
		c->place_of[i] = (uint16_t)(*count)++;
	}
	for (size_t i = 0; i < area_count; i++)
		if (code.size && is_current(&c->areas[i], COUNTED_COUNTRY, AREA_PROVINCE) &&
		    text_same(c->areas[i].code, code))
			c->place_of[i] = (uint16_t)*count;
	province_of[(*count)++] = province;
}

static enum err place_areas(struct counting_frame *c, const struct atlas *atlas, struct arena *a,
			    struct fault *f)
{
	size_t area_count;
	struct text *places;
	uint16_t *province_of;

	c->areas = atlas_areas(atlas, &area_count);
	places = arena_take_array(a, area_count + c->frame.province_count, sizeof(*places));
	province_of =
		arena_take_array(a, area_count + c->frame.province_count, sizeof(*province_of));
	c->place_of = arena_take_array(a, area_count, sizeof(*c->place_of));
	c->destination_of = arena_take_array(a, area_count, sizeof(*c->destination_of));
	if (!places || !province_of || !c->place_of || !c->destination_of)
		return no_memory(f);
	for (size_t i = 0; i < area_count; i++) {
		const struct area *province = area_at_level(&c->areas[i], AREA_PROVINCE);

		c->place_of[i] = NO_PLACE;
		c->destination_of[i] = index_of(c->frame.destinations, c->frame.destination_count,
						province ? province->code : TEXT("-"));
	}
	for (size_t p = 0; p < c->frame.province_count; p++)
		add_places(c, places, province_of, (uint16_t)p, area_count);
	for (size_t i = 0; i < area_count; i++)
		if (c->place_of[i] == NO_PLACE)
			c->place_of[i] = (uint16_t)(c->frame.place_count - 1);
	c->frame.places = places;
	c->frame.province_of = province_of;
	return OK;
}

static struct text vintage_of(const struct atlas *atlas)
{
	size_t count;
	const struct vintage *v = atlas_vintages(atlas, &count);

	for (size_t i = 0; i < count; i++)
		if (v[i].current && text_is(v[i].country, COUNTED_COUNTRY))
			return v[i].name;
	return TEXT("");
}

enum err counting_frame_make(struct counting_frame *out, const struct atlas *atlas, struct arena *a,
			     struct fault *f)
{
	struct listing provinces, destinations, crossings;
	enum err e;

	*out = (struct counting_frame){ .vintage = vintage_of(atlas) };
	if ((e = list_areas(&provinces, atlas, COUNTED_COUNTRY, a, f)) ||
	    (e = list_areas(&destinations, atlas, DESTINATION_COUNTRY, a, f)) ||
	    (e = list_crossings(&crossings, atlas, a, f)) ||
	    (e = reference_read(&out->reference, embedded("demography/residence_by_area.csv"),
				embedded("demography/age_sex_shape.csv"), a, f)))
		return e;
	out->frame = (struct figure_frame){
		.provinces = provinces.codes,
		.province_count = provinces.count,
		.destinations = destinations.codes,
		.destination_count = destinations.count,
		.crossings = crossings.codes,
		.crossing_count = crossings.count,
		.reference = &out->reference,
	};
	return place_areas(out, atlas, a, f);
}

/* --- facts ---------------------------------------------------------------------- */

static_assert(FIGURE_RETURN_UNKNOWN - FIGURE_RETURN_FACILITATED ==
		      RETURN_KIND_UNKNOWN - RETURN_KIND_FACILITATED,
	      "the plan has the six kinds of return in the order of their codes");
static_assert(FIGURE_PRESSURE_OTHER - FIGURE_PRESSURE_ARREST == PRESSURE_OTHER - PRESSURE_ARREST,
	      "the plan has the kinds of pressure in the order of their codes");
static_assert(FIGURE_NEED_PG - FIGURE_NEED_CR == NEED_PG - NEED_CR,
	      "the plan has the needs in the order of their codes");

static_assert(FIGURE_REASON_OTHER - FIGURE_REASON_ARREST ==
		      RETURN_REASON_OTHER - RETURN_REASON_FEAR_OF_ARREST,
	      "the plan has the reasons in the order of their codes");

#define AID_S (24 * INT64_C(3600))
#define LINES_FIRST 1024

struct counting {
	struct reg *reg;
	const struct state *state;
	const struct counting_frame *frame;
	const struct counting_span *span;
	struct arena *arena;
	struct happenings *out;
	size_t room;
	struct fault *fault;
	enum err err;
};

/* The lines move to more room; what they leave stays in the arena until it goes. */
static bool make_room(struct counting *c)
{
	struct happenings more, *h = c->out;
	size_t room = c->room ? 2 * c->room : LINES_FIRST;

	if (h->count < c->room)
		return true;
	if ((c->err = happenings_new(&more, room, c->arena, c->fault)))
		return false;
	more.count = h->count;
	for (size_t i = 0; i < h->count; i++) {
		more.figure[i] = h->figure[i];
		more.group[i] = h->group[i];
		more.sex[i] = h->sex[i];
		more.age[i] = h->age[i];
		more.place[i] = h->place[i];
		more.crossing[i] = h->crossing[i];
		more.destination[i] = h->destination[i];
		more.wait[i] = h->wait[i];
		more.of[i] = h->of[i];
	}
	*h = more;
	c->room = room;
	return true;
}

static const struct area *area_of(const struct counting *c, struct text key)
{
	const struct area *area = key.size ? atlas_area_of_key(c->reg->atlas, key) : NULL;

	return area ? area->today : NULL;
}

static uint16_t place_of(const struct counting *c, const struct person *p, struct text happened_in)
{
	const struct area *area = area_of(c, happened_in);
	struct household h;

	if (!area && state_household(c->state, &p->household, &h))
		area = area_of(c, h.residence);
	return area ? c->frame->place_of[area - c->frame->areas]
		    : (uint16_t)(c->frame->frame.place_count - 1);
}

static uint16_t destination_of(const struct counting *c, const struct person *p)
{
	const struct area *area = area_of(c, p->choice_destination);

	if (!area)
		area = area_of(c, p->destination);
	return area ? c->frame->destination_of[area - c->frame->areas]
		    : (uint16_t)(c->frame->frame.destination_count - 1);
}

static enum age_band age_of(const struct person *p, int64_t at)
{
	int32_t day = (int32_t)(at / 86400), born;

	if (p->born_from == DAY_NONE || p->born_to == DAY_NONE)
		return AGE_NOT_KNOWN;
	born = p->born_from + (p->born_to - p->born_from) / 2;
	return born > day ? AGE_NOT_KNOWN : age_band_of(years_between(born, day));
}

static uint8_t sex_of(const struct person *p)
{
	return p->sex == SEX_FEMALE ? SEX_COUNTED_FEMALE
	       : p->sex == SEX_MALE ? SEX_COUNTED_MALE
				    : SEX_COUNTED_OTHER;
}

static uint8_t group_of(const struct person *p)
{
	switch (p->group) {
	case GROUP_POR: return GROUP_COUNTED_POR;
	case GROUP_ACC: return GROUP_COUNTED_ACC;
	case GROUP_UNDOCUMENTED: return GROUP_COUNTED_UNDOCUMENTED;
	default: return GROUP_COUNTED_OTHER;
	}
}

static bool add_line(struct counting *c, enum figure_counted figure, const struct person *p,
		     const struct counted *fact)
{
	struct happenings *h = c->out;
	bool incident = fact->kind == KIND_INCIDENT_REPORTED ||
			fact->kind == KIND_INCIDENT_VISITED || fact->kind == KIND_INCIDENT_CLOSED;
	const struct figure_frame *frame = &c->frame->frame;

	if (!make_room(c))
		return false;
	h->figure[h->count] = (uint8_t)figure;
	h->sex[h->count] = sex_of(p);
	h->age[h->count] = (uint8_t)age_of(p, fact->recorded);
	h->group[h->count] = group_of(p);
	h->place[h->count] = place_of(c, p, incident ? fact->place : TEXT(""));
	h->crossing[h->count] = index_of(frame->crossings, frame->crossing_count, fact->place);
	h->destination[h->count] = destination_of(c, p);
	h->wait[h->count] = h->of[h->count] = 0;
	h->count++;
	return true;
}

/* In which figure of the plan a fact is counted; false: in none, or in one of its own. */
static bool figure_of(const struct counted *fact, enum figure_counted *out)
{
	bool in_time = fact->recorded - fact->about_recorded <= AID_S;
	bool held = fact->about_sort == INCIDENT_ARREST || fact->about_sort == INCIDENT_DETENTION;
	uint8_t sort = fact->sort;

	switch (fact->kind) {
	case KIND_CROSSING_RECORDED:
		if (sort < RETURN_KIND_FACILITATED || sort > RETURN_KIND_UNKNOWN)
			sort = RETURN_KIND_UNKNOWN;
		*out = FIGURE_RETURN_FACILITATED + sort - RETURN_KIND_FACILITATED;
		return true;
	case KIND_INCIDENT_REPORTED:
		*out = sort == INCIDENT_ARREST ? FIGURE_ARREST : FIGURE_DETENTION;
		return sort == INCIDENT_ARREST || sort == INCIDENT_DETENTION;
	case KIND_INCIDENT_CLOSED:
		*out = FIGURE_RELEASE;
		return held && sort == INCIDENT_OUTCOME_RELEASED;
	case KIND_INCIDENT_VISITED:
		*out = in_time ? FIGURE_AID_WITHIN_24H : FIGURE_AID_LATER;
		return held;
	case KIND_PRESSURE_REPORTED:
		*out = FIGURE_PRESSURE_ARREST + sort - PRESSURE_ARREST;
		return sort >= PRESSURE_ARREST && sort <= PRESSURE_OTHER;
	default: return false;
	}
}

/* What a crossing says besides. */
static bool add_needs_and_reasons(struct counting *c, const struct person *p,
				  const struct counted *fact)
{
	bool added = true;

	for (unsigned need = NEED_CR; added && need <= NEED_PG; need++)
		if (p->needs >> need & 1)
			added = add_line(c, FIGURE_NEED_CR + need - NEED_CR, p, fact);
	for (unsigned r = RETURN_REASON_FEAR_OF_ARREST; added && r <= RETURN_REASON_OTHER; r++)
		if (fact->reasons >> r & 1)
			added = add_line(c, FIGURE_REASON_ARREST + r - RETURN_REASON_FEAR_OF_ARREST,
					 p, fact);
	return added;
}

static bool add_withdrawal(struct counting *c, const struct person *p, const struct counted *fact)
{
	struct happenings *h = c->out;
	struct waiting w;

	if ((c->err = withdrawal_waiting(&w, c->reg, c->state, fact, c->span->now, c->fault)) ||
	    !add_line(c, w.acted_on ? FIGURE_WITHDRAWAL_ACTED_ON : FIGURE_WITHDRAWAL_OPEN, p, fact))
		return false;
	h->wait[h->count - 1] = (uint8_t)wait_band_of(w.wait_s);
	return true;
}

static bool add_fact(struct counting *c, const struct person *p, const struct counted *fact)
{
	enum figure_counted figure;

	if (fact->kind == KIND_CHOICE_WITHDRAWN)
		return add_withdrawal(c, p, fact);
	if (figure_of(fact, &figure) && !add_line(c, figure, p, fact))
		return false;
	return fact->kind != KIND_CROSSING_RECORDED || add_needs_and_reasons(c, p, fact);
}

/* At one site; of another's facts nobody knows. */
static bool came_after(const struct fact_ref *ref, const struct fact_ref *other)
{
	return id_same(&ref->site, &other->site) && fact_ref_compare(ref, other) > 0;
}

/* A fact that came after the period before had gone out enters this one. */
static bool is_in_span(const struct counting_span *span, const struct fact_ref *ref,
		       int64_t recorded)
{
	return recorded >= span->from || came_after(ref, &span->published);
}

static bool count_fact(void *self, const struct counted *fact)
{
	struct counting *c = self;
	struct person p;

	if (!is_in_span(c->span, &fact->ref, fact->recorded) ||
	    !state_person(c->state, &fact->subject, &p))
		return true;
	return add_fact(c, &p, fact);
}

/* --- what was taken back ----------------------------------------------------------- */

/*
 * Whether the earlier period that counted a fact went out before the fact was annulled.  It
 * counted it if that had come by then; a fact that came late was counted in a later one.
 */
static bool was_told(const struct counting *c, const struct annulled *a)
{
	struct period p = period_around(c->reg, a->fact.recorded, c->span->period);
	struct fact_ref with;

	while (p.start < c->span->period.start && period_went_out(c->reg, c->state, p, &with)) {
		if (!came_after(&a->fact.ref, &with))
			return came_after(&a->by, &with);
		p = period_around(c->reg, day_begins(p.end + 1, c->reg->zone->offset_min),
				  c->span->period);
	}
	return false;
}

static bool count_annulled(void *self, const struct annulled *a)
{
	struct counting *c = self;
	enum figure_counted figure;
	struct person p;

	if (!is_in_span(c->span, &a->by, a->recorded) || !figure_of(&a->fact, &figure) ||
	    !was_told(c, a) || !state_person(c->state, &a->fact.subject, &p))
		return true;
	if (!add_line(c, FIGURE_CORRECTION, &p, &a->fact))
		return false;
	c->out->of[c->out->count - 1] = (uint8_t)figure;
	return true;
}

enum err happenings_count(struct happenings *out, struct reg *r, const struct state *s,
			  const struct counting_frame *frame, const struct counting_span *span,
			  struct arena *a, struct fault *f)
{
	struct counting c = {
		.reg = r,
		.state = s,
		.frame = frame,
		.span = span,
		.arena = a,
		.out = out,
		.fault = f,
	};

	*out = (struct happenings){ 0 };
	if (make_room(&c))
		state_each_counted(s, 0, span->to, count_fact, &c);
	if (!c.err)
		state_each_annulled(s, 0, span->to, count_annulled, &c);
	return c.err;
}
