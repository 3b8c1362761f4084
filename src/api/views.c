/*
 * views: routes that ask the desk and add nothing; and what is the same for all.
 */
#include "api/published.h"

enum err answer_openapi(struct asked *q)
{
	q->kept = &q->api->openapi;
	return OK;
}

enum err answer_words(struct asked *q)
{
	q->kept = &q->api->words[words_language(q->desk.words)];
	return OK;
}

/* --- people and the day ------------------------------------------------------------------ */

enum err take_search(struct asked *q)
{
	const struct desk_search search = {
		.words = body_text(q, "q"),
		.expected = body_text(q, "expected"),
		.purpose = code_of_word(CODES_OPENING, body_text(q, "purpose")),
		.bits = body_flag(q, "bits"),
	};

	return desk_find(&q->desk, &search, &q->w);
}

static struct desk_draft draft_of(const json_t *j)
{
	json_int_t year = json_integer_value(json_object_get(j, "year"));

	return (struct desk_draft){
		.name = json_text_of(json_object_get(j, "name")),
		.number = json_text_of(json_object_get(j, "number")),
		.origin = json_text_of(json_object_get(j, "origin")),
		.year = year > 0 && year < 10000 ? (int)year : 0,
		.about = json_is_true(json_object_get(j, "about")),
		.sex = (uint8_t)code_of_word(CODES_SEX, json_text_of(json_object_get(j, "sex"))),
	};
}

enum err take_drafts(struct asked *q)
{
	const json_t *list = json_object_get(q->body, "people");
	struct desk_draft drafts[DRAFTS_MAX];
	size_t count = json_array_size(list), at;
	const json_t *one;

	if (count > DRAFTS_MAX)
		return fault(&q->desk.fault, ERR_LIMIT, "household.full", DRAFTS_MAX);
	json_array_foreach(list, at, one)
		drafts[at] = draft_of(one);
	return desk_doubles(&q->desk, drafts, count, &q->w);
}

/* So many that nobody notices: the list of a register that was unlocked just now fills
 * before the eyes of who opens it. */
#define PEOPLE_AN_ASKING 128

enum err answer_pairs(struct asked *q)
{
	return desk_pairs(&q->desk, PEOPLE_AN_ASKING, NULL, &q->w);
}

enum err answer_today(struct asked *q)
{
	return desk_today(&q->desk, sessions_count(q->api->sessions), &q->w);
}

enum err answer_calendar(struct asked *q)
{
	return desk_calendar(&q->desk, &q->w);
}

enum err answer_cases(struct asked *q)
{
	return desk_cases(&q->desk, &q->w);
}

enum err answer_movements(struct asked *q)
{
	return desk_movements(&q->desk, text_is(param(q, "past"), "1"), &q->w);
}

enum err answer_manifest(struct asked *q)
{
	return desk_manifest(&q->desk, &q->id, &q->w);
}

enum err take_scan(struct asked *q)
{
	struct id movement = body_id(q, "movement");

	return desk_scan(&q->desk, body_text(q, "text"), id_is_none(&movement) ? NULL : &movement,
			 &q->w);
}

/* --- whether anything is new --------------------------------------------------------------- */

static enum err read_moment(struct asked *q, uint64_t *out)
{
	struct text after = param(q, "after");

	*out = 0;
	for (size_t i = 0; i < after.size; i++) {
		if (after.at[i] < '0' || after.at[i] > '9' || *out > UINT64_MAX / 10 - 1)
			return fault(&q->desk.fault, ERR_INPUT, "request.param-number", "after");
		*out = *out * 10 + (uint64_t)(after.at[i] - '0');
	}
	return after.size ? OK : fault(&q->desk.fault, ERR_INPUT, "request.param-number", "after");
}

enum err answer_changes(struct asked *q)
{
	uint64_t after;
	enum err e = read_moment(q, &after);

	if (e)
		return e;
	json_object_begin(&q->w);
	json_key(&q->w, "moment");
	json_uint(&q->w, reg_wait(q->desk.reg, after, CHANGES_WAIT_MS));
	json_key(&q->w, "locked");
	json_bool(&q->w, reg_is_locked(q->desk.reg));
	json_object_end(&q->w);
	return OK;
}

/* --- tables and reference ----------------------------------------------------------------- */

enum err answer_rules(struct asked *q)
{
	return desk_rules(&q->desk, &q->w);
}

enum err answer_checkpoint(struct asked *q)
{
	struct reg_signed s;
	enum err e = reg_checkpoint(q->desk.reg, q->desk.arena, &s, &q->desk.fault);

	if (e)
		return e;
	json_object_begin(&q->w);
	json_key(&q->w, "note");
	json_text(&q->w, s.note);
	json_key(&q->w, "key");
	json_text(&q->w, s.key);
	json_object_end(&q->w);
	return OK;
}

enum err answer_kinds(struct asked *q)
{
	return desk_kinds(&q->desk, &q->w);
}

enum err answer_areas(struct asked *q)
{
	return desk_areas(&q->desk, param(q, "q"), param(q, "country"), &q->w);
}

enum err answer_places(struct asked *q)
{
	return desk_places(&q->desk, &q->w);
}

enum err answer_tariffs(struct asked *q)
{
	return desk_tariffs(&q->desk, &q->w);
}

enum err answer_advisories(struct asked *q)
{
	return desk_advisories(&q->desk, &q->w);
}

enum err answer_applies(struct asked *q)
{
	const struct desk_applies asked = {
		.group = param(q, "group"),
		.area = param(q, "area"),
		.on = param(q, "on"),
		.known_on = param(q, "known_on"),
	};

	return desk_applies(&q->desk, &asked, &q->w);
}

enum err answer_times(struct asked *q)
{
	const struct desk_applies asked = {
		.group = param(q, "group"),
		.area = param(q, "area"),
		.on = TEXT(""),
		.known_on = TEXT(""),
	};

	return desk_times(&q->desk, &asked, &q->w);
}

enum err answer_negotiations(struct asked *q)
{
	return desk_negotiations(&q->desk, &q->w);
}

/* 0 where it is absent; what is no number is no version either. */
static enum err read_version(struct asked *q, const char *name, unsigned *out)
{
	struct text given = param(q, name);

	*out = 0;
	for (size_t i = 0; i < given.size; i++) {
		if (given.at[i] < '0' || given.at[i] > '9' || i == 4)
			return fault(&q->desk.fault, ERR_INPUT, "request.param-number", name);
		*out = *out * 10 + (unsigned)(given.at[i] - '0');
	}
	return OK;
}

enum err answer_negotiation(struct asked *q)
{
	struct desk_versions compared;
	enum err e;

	if ((e = read_version(q, "before", &compared.before)) ||
	    (e = read_version(q, "after", &compared.after)))
		return e;
	return desk_negotiation(&q->desk, param(q, "code"), compared, &q->w);
}

enum err answer_sheet(struct asked *q)
{
	return desk_sheet(&q->desk, param(q, "area"), &q->w);
}

enum err answer_form(struct asked *q)
{
	return desk_form(&q->desk, &q->w);
}

/*
 * Anybody may ask, at the public server, too, and each question holds every figure against
 * every other: an answer is kept until anything is recorded, as pages are.
 */
enum err answer_figures(struct asked *q)
{
	struct text area = param(q, "area"), on = param(q, "on");
	const struct page_key key = {
		.address = arena_print(q->desk.arena, "/api/figures?area=%.*s&on=%.*s", SHOWN(area),
				       SHOWN(on)),
		.language = words_language(q->desk.words),
		.moment = reg_moment(q->desk.reg),
	};
	struct buffer kept = { .limit = ANSWER_SIZE_MAX };
	enum err e;

	if (kept_pages_give(q->api->pages, &key, &kept)) {
		json_raw(&q->w, buffer_as_text(&kept));
		buffer_free(&kept);
		return OK;
	}
	if (!(e = desk_figures(&q->desk, area, on, &q->w)))
		kept_pages_take(q->api->pages, &key, buffer_bytes(&q->out));
	return e;
}

/* --- keeping the register ------------------------------------------------------------------- */

enum err answer_node(struct asked *q)
{
	return desk_node(&q->desk, sessions_count(q->api->sessions), &q->w);
}

enum err take_verify(struct asked *q)
{
	return desk_verify(&q->desk, &q->w);
}
