#include "desk/desk_testing.h"

#include <stdio.h>
#include <stdlib.h>

#define ASKING_MEMORY ((size_t)64 << 20)
#define ANSWER_SIZE_MAX ((size_t)16 << 20)

void clerk_begin(struct clerk *c, struct town *t, int64_t role, enum words_language l)
{
	*c = (struct clerk){ .out = { .limit = ANSWER_SIZE_MAX } };
	c->desk = (struct desk){
		.reg = t->reg,
		.world = &t->world.world,
		.atlas = t->atlas,
		.session = t->as[role],
		.zone_min = reg_zone(t->reg)->offset_min,
	};
	CHECK_INT(words_open(&c->words, l, &c->desk.fault), OK);
	c->desk.words = c->words;
	CHECK_INT(arena_new(&c->desk.arena, ASKING_MEMORY), OK);
}

void clerk_end(struct clerk *c)
{
	json_decref(c->answer);
	buffer_free(&c->out);
	arena_free(c->desk.arena);
	words_close(c->words);
}

struct json_writer *clerk_asks(struct clerk *c)
{
	c->desk.fault = (struct fault){ 0 };
	arena_reset(c->desk.arena);
	buffer_reset(&c->out);
	json_begin(&c->writer, &c->out);
	return &c->writer;
}

static void tell(const struct fault *f)
{
	if (f->key)
		fprintf(stderr, "fault %s (%s, %s)\n", f->key, f->values[0], f->values[1]);
}

const json_t *clerk_gets(struct clerk *c, enum err e, enum shape s)
{
	struct fault f = { 0 };

	tell(&c->desk.fault);
	CHECK_INT(e, OK);
	json_decref(c->answer);
	c->answer = NULL;
	CHECK_INT(json_parse(&c->answer, buffer_as_text(&c->out), &f), OK);
	if (shape_check(s, c->answer, &f)) {
		tell(&f);
		check_failed(__FILE__, __LINE__, "%.*s is no %s", SHOWN(buffer_as_text(&c->out)),
			     shape_name(s));
	}
	return c->answer;
}

void clerk_is_refused(struct clerk *c, enum err e, enum err wanted, const char *key)
{
	CHECK_INT(e, wanted);
	CHECK_TEXT(c->desk.fault.key ? c->desk.fault.key : "(no fault)", key);
	CHECK_INT(c->out.size, 0);
}

const json_t *json_at(const json_t *j, const char *path)
{
	char step[64];

	while (j && *path) {
		size_t size = strcspn(path, "/");

		CHECK(size < sizeof(step));
		memcpy(step, path, size);
		step[size] = '\0';
		j = json_is_array(j) ? json_array_get(j, (size_t)atoi(step))
				     : json_object_get(j, step);
		path += size + (path[size] == '/');
	}
	return j;
}

const char *json_text_at(const json_t *j, const char *path)
{
	const char *text = json_string_value(json_at(j, path));

	return text ? text : "";
}

bool json_mentions(const json_t *j, const char *what)
{
	char *line = json_line(j);
	bool found;

	CHECK(line != NULL);
	found = strstr(line, what) != NULL;
	free(line);
	return found;
}
