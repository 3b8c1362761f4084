/*
 * `ikhtiar ready`: what each rule says about one person, and what to do next.
 */
#include "cli/cli.h"
#include "cli/commands.h"

static enum err answer_json(struct cli *c, const struct id *person, struct text aim)
{
	struct json_writer w;
	struct buffer view;
	struct json_writer *into = cli_view(c, &w, &view);

	return cli_answer(c, desk_ready(&c->desk, person, aim, into), &view);
}

static void answer_words(struct cli *c, const struct state *s, const struct id *person,
			 enum kind kind, const struct verdict verdicts[RULES_COUNT + 1], bool may)
{
	cli_line(c, "%s · %s", cli_person_name(c, s, person),
		 cli_say(c, arena_print(c->arena, "kind.%s", kind_of_number(kind)->word).at));
	cli_verdicts(c, verdicts, kind);
	cli_line(c, "%s", cli_say(c, may ? "ready.may" : "ready.may-not-yet"));
}

enum ending cmd_ready(struct cli *c)
{
	struct verdict verdicts[RULES_COUNT + 1];
	const struct state *s;
	struct id person;
	const char *aim = option_value(&c->line, "for");
	enum kind kind = desk_aim(text_of(aim));
	bool may;
	enum err e;

	if (!kind)
		fault(&c->fault, ERR_INPUT, "desk.ready-for-what", aim);
	if (!kind || cli_open(c) || cli_login(c) ||
	    cli_subject(c, SUBJECT_PERSON, c->line.arguments[1], &person) ||
	    reg_read_begin(c->reg, &c->session, DEED_READY, &s, &c->fault))
		return cli_fail(c);
	e = reg_ready(c->reg, &c->session, s, &person, kind, verdicts, c->arena, &c->fault);
	may = !e && cli_all_met(verdicts);
	if (!e && !c->json)
		answer_words(c, s, &person, kind, verdicts, may);
	reg_read_end(c->reg);
	if (!e && c->json)
		e = answer_json(c, &person, text_of(aim));
	return e ? cli_fail(c) : may ? DONE : RULE_REFUSED;
}
