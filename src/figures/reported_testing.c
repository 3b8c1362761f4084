#include "figures/reported_testing.h"

#include <stdio.h>

#include "base/calendar.h"
#include "base/test.h"

#define TODAY ((struct date){ 2026, 11, 26 })
#define LIST_MEMORY ((size_t)32 << 20)

static const struct {
	const char *place, *within;
} places[] = {
	{ "XP-TORKHAM", "PAK/PK5/PK513" },   { "XP-ANGOORADA", "PAK/PK5/PK530" },
	{ "XP-KHARLACHI", "PAK/PK5/PK518" }, { "XP-CHAMAN", "PAK/PK2/PK235" },
	{ "VRC-AZAKHEL", "PAK/PK5/PK526" },  { "VRC-BALELI", "PAK/PK2/PK226" },
};

static enum err locate_code(struct arena *a, struct text code, struct figure *out, struct fault *f)
{
	const char *country = text_begins(code, TEXT("AF")) ? "AFG" : "PAK";
	size_t province = text_is(text_of(country), "AFG") ? 4 : 3;

	out->area = arena_copy_text(a, code);
	out->path = out->area;
	if (code.size > province)
		out->path = arena_print(a, "%s/%.*s/%.*s", country, (int)province, code.at,
					SHOWN(code));
	else if (text_begins(code, TEXT("PK")) || code.size == 4)
		out->path = arena_print(a, "%s/%.*s", country, SHOWN(code));
	else if (!text_is(code, "PAK") && !text_is(code, "AFG") && !text_is(code, "IRN"))
		return fault(f, ERR_INPUT, "place.area-unknown", code);
	return OK;
}

static enum err locate(void *self, struct text given, struct figure *out, struct fault *f)
{
	struct read_list *l = self;

	for (size_t i = 0; i < COUNT_OF(places); i++) {
		if (!text_is(given, places[i].place))
			continue;
		out->place = text_of(places[i].place);
		out->path = arena_print(l->arena, "%s/%s", places[i].within, places[i].place);
		return OK;
	}
	return locate_code(l->arena, given, out, f);
}

static void keep_refusal(void *self, const struct figure_refusal *r)
{
	struct read_list *l = self;

	if (l->refusal_count == COUNT_OF(l->refusals))
		return;
	snprintf(l->refusals[l->refusal_count++], sizeof(l->refusals[0]), "%llu:%s:%s",
		 (unsigned long long)r->line, r->column_name, r->why->key);
}

struct read_list list_read(struct text csv)
{
	struct read_list l = { 0 };
	struct figures_reading how = { .today = day_of(GREGORIAN, TODAY),
				       .self = &l,
				       .locate = locate,
				       .refused = keep_refusal };

	CHECK(!arena_new(&l.arena, LIST_MEMORY));
	how.arena = l.arena;
	l.err = csv_open_bytes(&how.csv, bytes_of_text(csv), NULL, &l.fault);
	if (!l.err)
		l.err = figures_read(&l.figures, &l.count, &how, &l.fault);
	csv_close(how.csv);
	return l;
}

void list_free(struct read_list *l)
{
	arena_free(l->arena);
}

struct text shipped_file(struct arena *a, const char *path)
{
	FILE *file = fopen(path, "rb");
	long size;
	char *room;

	CHECK(file && !fseek(file, 0, SEEK_END) && (size = ftell(file)) > 0);
	rewind(file);
	room = arena_take(a, (size_t)size + 1);
	CHECK(room && fread(room, 1, (size_t)size, file) == (size_t)size);
	fclose(file);
	return (struct text){ room, (size_t)size };
}
