/*
 * `ikhtiar movements`: what leaves when, and the manifest of one movement: seats,
 * aliases and readiness, nothing else of anybody.  In words as in JSON it is what the
 * desk answers.
 */
#include "cli/cli.h"
#include "cli/commands.h"

/* The time of a member, as people read it. */
static const char *time_in(struct cli *c, const json_t *j, const char *key)
{
	int64_t seconds;

	if (time_read(&seconds, json_text_of(json_object_get(j, key)), key, &(struct fault){ 0 }))
		return "";
	return cli_time(c, seconds);
}

static int number_in(const json_t *j, const char *key)
{
	return (int)json_integer_value(json_object_get(j, key));
}

static void print_movement(struct cli *c, const json_t *m)
{
	cli_line(c, "%s  %s → %s  %d/%d%s  %s", time_in(c, m, "departs"),
		 json_string_value(json_object_get(m, "from")),
		 json_string_value(json_object_get(m, "crossing")), number_in(m, "taken"),
		 number_in(m, "seats"),
		 json_is_true(json_object_get(m, "cancelled")) ? cli_say(c, "movements.cancelled")
							       : "",
		 json_string_value(json_object_get(m, "id")));
}

static void print_movements(struct cli *c, const json_t *answer)
{
	const json_t *all = json_object_get(answer, "movements");
	size_t at;
	json_t *m;

	json_array_foreach(all, at, m)
		print_movement(c, m);
	if (!json_array_size(all))
		cli_tell(c, "%s", cli_say(c, "movements.none"));
}

static void print_manifest(struct cli *c, const json_t *answer)
{
	size_t at;
	json_t *t;

	print_movement(c, json_object_get(answer, "movement"));
	json_array_foreach(json_object_get(answer, "travellers"), at, t) {
		bool ready = json_is_true(json_object_get(t, "ready"));

		cli_line(c, "%4d  %-8s  %s", number_in(t, "seat"),
			 json_string_value(json_object_get(t, "alias")),
			 cli_say(c, ready ? "movements.ready" : "movements.not-ready"));
	}
}

/* `movement` NULL: all of them. */
static enum err ask(struct cli *c, const struct id *movement, struct json_writer *w)
{
	bool past = option_value(&c->line, "past");

	return cli_asked(c, movement ? desk_manifest(&c->desk, movement, w)
				     : desk_movements(&c->desk, past, w));
}

enum ending cmd_movements(struct cli *c)
{
	bool one = c->line.argument_count > 1;
	struct buffer view = { 0 };
	json_t *answer = NULL;
	struct json_writer w;
	struct id movement;
	enum err e;

	if (cli_open(c) || cli_login(c) ||
	    (one && cli_subject(c, SUBJECT_MOVEMENT, c->line.arguments[1], &movement)))
		return cli_fail(c);
	e = ask(c, one ? &movement : NULL, cli_view(c, &w, &view));
	if (!e && c->json)
		e = cli_answer(c, OK, &view);
	else if (!e && !(e = json_parse(&answer, buffer_as_text(&view), &c->fault)))
		(one ? print_manifest : print_movements)(c, answer);
	json_decref(answer);
	buffer_free(&view);
	return e ? cli_fail(c) : DONE;
}
