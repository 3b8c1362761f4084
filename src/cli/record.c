/*
 * `ikhtiar record`: JSON Lines in, one answer a line out.
 *
 * Each line is answered as soon as it is recorded, so that what was acknowledged is
 * known also where the next line breaks off.
 */
#include "cli/commands.h"
#include "cli/lines.h"
#include "cli/propose.h"

static bool is_blank(struct text line)
{
	for (size_t i = 0; i < line.size; i++)
		if (!strchr(" \t\r", line.at[i]))
			return false;
	return true;
}

/* Answer one line; where it could not be read, the fault is already in c->fault. */
static enum ending answer_line(struct cli *c, struct name_book *names, enum err read,
			       struct text line, uint64_t number, struct arena *a)
{
	struct proposal_answer p = { .ending = ending_of(read) };
	struct arena *of_command = c->arena;

	if (!read)
		p = propose_line(c, names, &c->session, line, a);
	p.line = number;
	/* What is said of a line goes with it: a file may have millions. */
	c->arena = a;
	propose_write_answer(c, names, &p);
	c->arena = of_command;
	arena_reset(a);
	return p.ending;
}

static enum ending record_all(struct cli *c, struct lines *in)
{
	bool stop = option_value(&c->line, "stop");
	enum ending first = DONE, ending;
	struct name_book *names = NULL;
	struct arena *a = NULL;
	struct reg_progress told;
	struct progress bar;
	struct text line;
	uint64_t place, of, number = 0;
	enum err e;

	told = cli_progress(c, &bar, "progress.record");
	cli_ask(c, &c->session, c->arena);
	e = cli_asked(c, name_book_new(&names, &c->desk));
	if (!e && (e = arena_new(&a, PROPOSAL_ARENA)))
		fault(&c->fault, e, "memory.none");
	while (!e) {
		enum err read;

		c->fault = (struct fault){ 0 };
		read = lines_next(in, &line, &c->fault);
		number++;
		if (read && read != ERR_LIMIT)
			e = read;
		if (e || (!read && !line.at))
			break;
		if (!read && is_blank(line))
			continue;
		ending = answer_line(c, names, read, line, number, a);
		/* Where nobody can read the answers, nothing more is recorded. */
		if ((e = cli_flush(c)))
			break;
		place = lines_place(in, &of);
		told.told(told.self, place, of);
		if (first == DONE)
			first = ending;
		if (ending != DONE && stop)
			break;
	}
	progress_end(&bar);
	arena_free(a);
	name_book_free(names);
	return e ? cli_fail(c) : first;
}

enum ending cmd_record(struct cli *c)
{
	const char *path = c->line.argument_count > 1 ? c->line.arguments[1] : "-";
	const struct line_source from = { c->world, c->caller, path };
	struct lines *in = NULL;
	enum ending ending;

	if (cli_open(c) || cli_login(c) || cli_prove_second(c) ||
	    lines_open(&in, &from, LINE_SIZE_MAX, &c->fault))
		return cli_fail(c);
	ending = record_all(c, in);
	lines_close(in);
	return ending;
}
