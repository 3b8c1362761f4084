/*
 * metrics: one line a measure.  What is not known (no backup yet) has no line, since 0
 * would be a lie that sets off nothing.
 */
#include "cli/metrics.h"

struct measure {
	const char *name, *type, *help;
	bool known;
	uint64_t value;
};

static void write_measure(struct buffer *out, const struct measure *m)
{
	if (!m->known)
		return;
	buffer_print(out, "# HELP ikhtiar_%s %s\n# TYPE ikhtiar_%s %s\nikhtiar_%s %llu\n", m->name,
		     m->help, m->name, m->type, m->name, (unsigned long long)m->value);
}

/* A clock that was set back makes no backup younger than new. */
static uint64_t age_s(struct cli *c, int64_t since)
{
	int64_t now = c->world->now_ms(c->world) / 1000;

	return now > since ? (uint64_t)(now - since) : 0;
}

enum err metrics_write(struct cli *c, const struct reg_status *s)
{
	const char *beside = arena_print(c->arena, "%s/.", reg_folder(c->reg)).at;
	struct medium medium;
	enum err e;

	if (!beside)
		return fault(&c->fault, ERR_MEMORY, "memory.none");
	if ((e = c->world->medium(c->world, beside, &medium, &c->fault)))
		return e;
	const struct measure measures[] = {
		{ "demo", "gauge", "1: all in it is made up.", true, s->site.demo },
		{ "locked", "gauge", "1: nobody has logged in since start or lock.", true,
		  s->locked },
		{ "epoch", "gauge", "How often the register was restored.", true, s->self.epoch },
		{ "facts", "gauge", "Facts in the log.", true, s->facts },
		{ "log_bytes", "gauge", "Size of the log.", true, s->log_bytes },
		{ "disk_room_bytes", "gauge", "Free on the disk of the register.", true,
		  medium.room },
		{ "checkpoint_facts", "gauge", "Facts under the last signed checkpoint.", true,
		  s->checkpoint_size },
		{ "backup_age_seconds", "gauge", "Since the last backup.", s->last_backup != 0,
		  age_s(c, s->last_backup) },
		{ "erasures_unlisted", "gauge",
		  "Erasures of which no backup and no list elsewhere knows.", true,
		  s->erasures_unlisted },
		{ "clock_jumped", "gauge", "1: the clock has jumped and is to be confirmed.", true,
		  s->clock_jumped },
	};

	for (size_t i = 0; i < COUNT_OF(measures); i++)
		write_measure(&c->out, &measures[i]);
	return OK;
}
