/*
 * `ikhtiar show`: a household with its members, or one person, as far as this
 * account may see; and the history of facts with --history.  Reading a file is
 * itself recorded, before anything is shown.
 *
 * What is printed is read from the same object that --json gives: a member that is
 * absent there is not for this account, and there is no second place to forget that.
 */
#include "cli/cli.h"
#include "cli/commands.h"

/* --- reading the object -------------------------------------------------------------- */

/* "" where there is none. */
static const char *text_in(const json_t *j, const char *key)
{
	const char *text = json_string_value(json_object_get(j, key));

	return text ? text : "";
}

/* The sentence of a word of a list: code.group.por. */
static const char *code_said(struct cli *c, const char *set, const char *word)
{
	return *word ? cli_say(c, arena_print(c->arena, "code.%s.%s", set, word).at) : "-";
}

/* "Peshawar (PK528@cod-ab-2022)" */
static const char *area_said(struct cli *c, const json_t *area)
{
	if (!area)
		return "";
	return arena_print(c->arena, "%s (%s)", text_in(area, "name"), text_in(area, "key")).at;
}

/* What is known of a birth: a day, or the days between which it lies. */
static const char *birth_said(struct cli *c, const json_t *person)
{
	const char *from = text_in(person, "born_from"), *to = text_in(person, "born_to");

	return strcmp(from, to) ? arena_print(c->arena, "%s – %s", from, to).at : from;
}

static const char *papers_said(struct cli *c, const json_t *person)
{
	const char *all = "";
	size_t at;
	json_t *paper;

	json_array_foreach(json_object_get(person, "papers"), at, paper)
		all = arena_print(c->arena, "%s%s%s %s", all, at ? ", " : "",
				  code_said(c, "document_kind", text_in(paper, "kind")),
				  text_in(paper, "number"))
			      .at;
	return all;
}

static const char *needs_said(struct cli *c, const json_t *person)
{
	const char *all = "";
	size_t at;
	json_t *need;

	json_array_foreach(json_object_get(person, "needs"), at, need)
		all = arena_print(c->arena, "%s%s%s", all, at ? ", " : "",
				  code_said(c, "need", json_string_value(need)))
			      .at;
	return all;
}

/* Somebody of the same household by her id. */
static const char *name_of(const json_t *household, const char *id)
{
	size_t at;
	json_t *person;

	json_array_foreach(json_object_get(household, "people"), at, person)
		if (!strcmp(text_in(person, "id"), id))
			return text_in(person, "name");
	return id;
}

/* --- printing --------------------------------------------------------------------------- */

static void print_field(struct cli *c, const char *label, const char *value)
{
	if (*value)
		cli_line(c, "    %s: %s", cli_say(c, label), value);
}

static void print_person(struct cli *c, const json_t *p)
{
	const char *status = arena_print(c->arena, "status.%s", text_in(p, "status")).at;
	const json_t *seat = json_object_get(p, "seat");

	cli_line(c, "  /%-2d %s %s %s %s", (int)json_integer_value(json_object_get(p, "member")),
		 cli_padded(c, text_in(p, "name"), 32),
		 cli_padded(c, code_said(c, "relation", text_in(p, "relation")), 14),
		 cli_padded(c, code_said(c, "group", text_in(p, "group")), 20), cli_say(c, status));
	if (json_integer_value(json_object_get(p, "holds")))
		cli_line(c, "    %s", cli_say(c, "show.hold"));
	if (json_is_true(json_object_get(p, "review_due")))
		cli_line(c, "    %s", cli_say(c, "show.review-due"));
	if (seat)
		cli_line(c, "    %s %d", cli_say(c, "show.seat"),
			 (int)json_integer_value(json_object_get(seat, "seat")));
	if (json_array_size(json_object_get(p, "broken")))
		cli_line(c, "    %s", cli_say(c, "show.rule-broken"));
}

static void print_contact(struct cli *c, const json_t *household)
{
	const json_t *safe = json_object_get(household, "phone_safe");

	print_field(c, "field.residence", area_said(c, json_object_get(household, "residence")));
	print_field(c, "field.address", text_in(household, "address"));
	print_field(c, "field.phone", text_in(household, "phone"));
	if (safe)
		print_field(c, "field.phone_safe", cli_say(c, json_is_true(safe) ? "yes" : "no"));
}

static void print_file(struct cli *c, const json_t *household, const json_t *p)
{
	const json_t *names = json_object_get(p, "names");
	const json_t *destination = json_object_get(json_object_get(p, "choice"), "destination");
	const char *father = text_in(names, "father"), *sex = text_in(p, "counsellor_sex");

	print_field(c, "field.birth_date", birth_said(c, p));
	print_field(c, "field.father", *father ? father : text_in(names, "father_latin"));
	print_field(c, "field.documents", papers_said(c, p));
	print_field(c, "field.needs", needs_said(c, p));
	print_field(c, "field.language", text_in(p, "language"));
	print_field(c, "field.counsellor_sex", *sex ? code_said(c, "sex", sex) : "");
	print_field(c, "field.guardian", name_of(household, text_in(p, "guardian")));
	print_field(c, "field.origin", area_said(c, json_object_get(p, "origin")));
	print_field(c, "field.destination",
		    area_said(c, destination ? destination : json_object_get(p, "destination")));
	print_contact(c, household);
}

/* All members in a line each, or the one who was asked for in full. */
static void print_people(struct cli *c, const json_t *household, const struct id *person)
{
	const char *number = text_in(household, "case_number");
	const json_t *residence = json_object_get(household, "residence");
	char hex[ID_HEX_SIZE + 1] = "";
	size_t at;
	json_t *p;

	if (!id_is_none(person))
		hex_write(hex, bytes_of(person->at, ID_SIZE));
	cli_line(c, "%s · %s", *number ? number : "-", residence ? text_in(residence, "key") : "-");
	json_array_foreach(json_object_get(household, "people"), at, p) {
		if (*hex && strcmp(hex, text_in(p, "id")))
			continue;
		print_person(c, p);
		if (*hex)
			print_file(c, household, p);
	}
}

/* --- the command ----------------------------------------------------------------------------- */

static enum err show_words(struct cli *c, const struct id *household, const struct id *person)
{
	struct buffer view;
	struct json_writer w;
	json_t *read = NULL;
	struct json_writer *into = cli_view(c, &w, &view);
	enum err e = cli_asked(c, desk_household(&c->desk, household, into));

	if (!e)
		e = json_parse(&read, buffer_as_text(&view), &c->fault);
	if (!e)
		print_people(c, read, person);
	json_decref(read);
	buffer_free(&view);
	return e;
}

static enum err show_json(struct cli *c, const struct id *household, const struct id *person)
{
	struct buffer view;
	struct json_writer w;
	struct json_writer *into = cli_view(c, &w, &view);

	return cli_answer(c,
			  id_is_none(person) ? desk_household(&c->desk, household, into)
					     : desk_person(&c->desk, person, into),
			  &view);
}

static enum err history_json(struct cli *c, const struct id *subject)
{
	struct buffer view;
	struct json_writer w;
	struct json_writer *into = cli_view(c, &w, &view);

	return cli_answer(c, desk_history(&c->desk, subject, into), &view);
}

static bool may_see(void *self, const struct kind_spec *k, const struct field *field)
{
	const uint16_t *roles = self;

	return policy_may_see(*roles, k->kind, field);
}

/* One fact a line as it was recorded, for who corrects one and has to name it. */
static enum err show_facts(struct cli *c, const struct id *subject)
{
	uint16_t roles = reg_roles(c->reg, &c->session);
	struct field_filter filter = { .self = &roles, .may_see = may_see };
	const struct fact *facts;
	size_t count;
	enum err e = reg_history(c->reg, &c->session, subject, c->arena, &facts, &count, &c->fault);

	for (size_t i = 0; !e && i < count; i++) {
		struct json_writer w;

		cli_json_begin(c, &w);
		json_key(&w, "fact");
		fact_to_json(&w, &facts[i], &filter, c->zone_min);
		cli_json_end(c, &w);
	}
	return e;
}

static enum err show_history(struct cli *c, const struct id *subject)
{
	return c->json ? history_json(c, subject) : show_facts(c, subject);
}

static int64_t purpose_of(struct cli *c)
{
	const char *word = option_value(&c->line, "purpose");
	int64_t purpose = code_of_word(CODES_OPENING, text_of(word ? word : "registration"));

	if (!purpose)
		fault(&c->fault, ERR_INPUT, "show.what-purpose", word);
	return purpose;
}

/* Whose files are opened: the person's, or those of the members of the household. */
static enum err open_files(struct cli *c, const struct id *household, const struct id *person,
			   int64_t purpose)
{
	struct id members[MEMBERS_MAX] = { *person };
	size_t count = 1;
	const struct state *s;
	enum err e;

	if (id_is_none(person)) {
		if ((e = reg_read_begin(c->reg, &c->session, DEED_SHOW_HOUSEHOLD, &s, &c->fault)))
			return e;
		count = state_members(s, household, members, MEMBERS_MAX);
		reg_read_end(c->reg);
	}
	for (size_t i = 0; i < count && i < MEMBERS_MAX; i++)
		if ((e = reg_opened(c->reg, &c->session, &members[i], purpose, &c->fault)))
			return e;
	return OK;
}

enum ending cmd_show(struct cli *c)
{
	struct id household, person;
	int64_t purpose = purpose_of(c);
	enum err e = purpose ? OK : ERR_INPUT;

	if (!e && !(e = cli_open(c)) && !(e = cli_login(c))) {
		cli_ask(c, &c->session, c->arena);
		e = cli_asked(c, desk_whose(&c->desk, text_of(c->line.arguments[1]), &household,
					    &person));
	}
	if (!e)
		e = open_files(c, &household, &person, purpose);
	if (!e && option_value(&c->line, "history"))
		e = show_history(c, id_is_none(&person) ? &household : &person);
	else if (!e)
		e = c->json ? show_json(c, &household, &person)
			    : show_words(c, &household, &person);
	return e ? cli_fail(c) : DONE;
}
