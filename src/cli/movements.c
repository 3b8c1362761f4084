/*
 * `ikhtiar movements`: what leaves when, and the manifest of one movement: seats,
 * aliases and readiness, nothing else of anybody.
 */
#include "cli/cli.h"
#include "cli/commands.h"

#define MOVEMENTS_MAX 500

struct listing {
	struct cli *c;
	const struct state *s;
	int64_t now;
	bool past;
	size_t count;
};

static size_t seats_taken(const struct state *s, const struct id *movement)
{
	return state_seated(s, movement, NULL, 0);
}

static bool list_movement(void *self, const struct movement *m)
{
	struct listing *l = self;
	char hex[ID_HEX_SIZE + 1];

	if (!m->planned || (!l->past && m->departs < l->now - 86400))
		return true;
	hex_write(hex, bytes_of(m->id.at, ID_SIZE));
	cli_line(l->c, "%s  %.*s → %.*s  %zu/%u%s  %s", cli_time(l->c, m->departs), SHOWN(m->from),
		 SHOWN(m->crossing), seats_taken(l->s, &m->id), (unsigned)m->seats,
		 m->cancelled ? cli_say(l->c, "movements.cancelled") : "", hex);
	return ++l->count < MOVEMENTS_MAX;
}

static enum err list_all(struct cli *c)
{
	struct listing l = { .c = c, .past = option_value(&c->line, "past") };
	enum err e = reg_read_begin(c->reg, &c->session, DEED_MOVEMENTS, &l.s, &c->fault);

	if (e)
		return e;
	l.now = c->world->now_ms(c->world) / 1000;
	state_each_movement(l.s, list_movement, &l);
	reg_read_end(c->reg);
	if (!l.count)
		cli_tell(c, "%s", cli_say(c, "movements.none"));
	return OK;
}

static uint16_t seat_of(const struct state *s, const struct id *person)
{
	struct person p;

	return state_person(s, person, &p) ? p.seat : UINT16_MAX;
}

/* A bus has few seats: sorting by insertion is enough. */
size_t cli_seats(const struct state *s, const struct id *movement, struct id *out, size_t most)
{
	size_t all = state_seated(s, movement, out, most);
	size_t count = all < most ? all : most;

	for (size_t i = 1; i < count; i++) {
		struct id moving = out[i];
		size_t at = i;

		for (; at > 0 && seat_of(s, &out[at - 1]) > seat_of(s, &moving); at--)
			out[at] = out[at - 1];
		out[at] = moving;
	}
	return all;
}

/* One line of the manifest. */
static enum err list_seat(struct cli *c, const struct state *s, const struct id *person)
{
	struct verdict verdicts[RULES_COUNT + 1];
	char alias[ALIAS_SIZE];
	struct person p;
	enum err e;

	if (!state_person(s, person, &p))
		return OK;
	alias_of(alias, person);
	if ((e = reg_ready(c->reg, &c->session, s, person, KIND_DEPARTURE_RECORDED, verdicts,
			   c->arena, &c->fault)))
		return e;
	cli_line(c, "%4u  %-8s  %s", (unsigned)p.seat, alias,
		 cli_say(c, cli_all_met(verdicts) ? "movements.ready" : "movements.not-ready"));
	return OK;
}

static enum err manifest(struct cli *c, const struct id *movement)
{
	const struct state *s;
	struct id *seated;
	struct movement m;
	size_t count;
	enum err e = reg_read_begin(c->reg, &c->session, DEED_MANIFEST, &s, &c->fault);

	if (e)
		return e;
	if (!state_movement(s, movement, &m)) {
		reg_read_end(c->reg);
		return fault(&c->fault, ERR_NOT_FOUND, "movements.no-such", c->line.arguments[1]);
	}
	seated = arena_take_array(c->arena, m.seats, sizeof(*seated));
	count = seated ? cli_seats(s, movement, seated, m.seats) : 0;
	cli_line(c, "%s  %.*s → %.*s  %zu/%u", cli_time(c, m.departs), SHOWN(m.from),
		 SHOWN(m.crossing), count, (unsigned)m.seats);
	for (size_t i = 0; !e && i < count && i < m.seats; i++)
		e = list_seat(c, s, &seated[i]);
	reg_read_end(c->reg);
	return e;
}

static enum err answer_json(struct cli *c, const struct id *movement)
{
	struct json_writer w;
	struct buffer view;
	struct json_writer *into = cli_view(c, &w, &view);
	bool past = option_value(&c->line, "past");

	return cli_answer(c,
			  movement ? desk_manifest(&c->desk, movement, into)
				   : desk_movements(&c->desk, past, into),
			  &view);
}

enum ending cmd_movements(struct cli *c)
{
	struct id movement;
	bool one = c->line.argument_count > 1;
	enum err e;

	if (cli_open(c) || cli_login(c) ||
	    (one && cli_subject(c, SUBJECT_MOVEMENT, c->line.arguments[1], &movement)))
		return cli_fail(c);
	if (c->json)
		e = answer_json(c, one ? &movement : NULL);
	else
		e = one ? manifest(c, &movement) : list_all(c);
	return e ? cli_fail(c) : DONE;
}
