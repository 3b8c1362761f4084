/*
 * `ikhtiar find`: at most ten answers, and never how many more.
 */
#include "cli/commands.h"
#include "cli/cli.h"

/* What is shown of one that was found: enough to open the file, no more. */
struct found {
	const char *sort, *name, *case_number;
	char hex[ID_HEX_SIZE + 1];
};

static struct found describe(struct cli *c, const struct state *s, const struct id *id)
{
	struct found found = { .sort = "household", .name = "", .case_number = "" };
	struct household h;
	struct person p;

	hex_write(found.hex, bytes_of(id->at, ID_SIZE));
	if (state_person(s, id, &p)) {
		found.sort = "person";
		found.name = cli_person_name(c, s, id);
		id = &p.household;
	}
	if (state_household(s, id, &h))
		found.case_number = arena_copy_text(c->arena, h.case_number).at;
	return found;
}

static void answer_json(struct cli *c, const struct found *found, size_t count)
{
	struct json_writer w;

	cli_json_begin(c, &w);
	json_key(&w, "found");
	json_array_begin(&w);
	for (size_t i = 0; i < count; i++) {
		json_object_begin(&w);
		json_key(&w, "id");
		json_text(&w, text_of(found[i].hex));
		json_key(&w, "sort");
		json_text(&w, text_of(found[i].sort));
		json_key(&w, "name");
		json_text(&w, text_of(found[i].name));
		json_key(&w, "case_number");
		json_text(&w, text_of(found[i].case_number));
		json_object_end(&w);
	}
	json_array_end(&w);
	cli_json_end(c, &w);
}

/* All words behind the folder are one question: `find demo gul rahman`. */
static struct text question(struct cli *c)
{
	const char *all = c->line.arguments[1];

	for (size_t i = 2; i < c->line.argument_count; i++)
		all = arena_print(c->arena, "%s %s", all, c->line.arguments[i]).at;
	return text_of(all);
}

/* Letters, a dash and digits: "PES-26-00012". */
static bool looks_like_case(struct text t)
{
	size_t letters = 0;

	while (letters < t.size && ((t.at[letters] | 32) >= 'a' && (t.at[letters] | 32) <= 'z'))
		letters++;
	return letters >= 2 && letters + 3 < t.size && t.at[letters] == '-' &&
	       t.at[letters + 1] >= '0' && t.at[letters + 1] <= '9';
}

enum ending cmd_find(struct cli *c)
{
	struct id ids[FIND_MAX];
	struct found found[FIND_MAX];
	const struct state *s;
	size_t count;

	if (cli_open(c) || cli_login(c) ||
	    reg_read_begin(c->reg, &c->session, DEED_FIND, &s, &c->fault))
		return cli_fail(c);
	count = state_find(s, question(c), ids);
	for (size_t i = 0; i < count; i++)
		found[i] = describe(c, s, &ids[i]);
	reg_read_end(c->reg);
	if (c->json)
		answer_json(c, found, count);
	for (size_t i = 0; !c->json && i < count; i++)
		cli_line(c, "%-18s %s  %s", found[i].case_number,
			 *found[i].name ? found[i].name : cli_say(c, "find.household"), found[i].hex);
	/* A case number with a slip of the pen is worth more than "nobody". */
	if (count == 0 && looks_like_case(question(c)) && case_number_check(question(c), &c->fault))
		return cli_fail(c);
	if (count == 0)
		cli_tell(c, "%s", cli_say(c, "find.nobody"));
	return count ? DONE : WRONG_INPUT;
}
