/*
 * `ikhtiar show`: a household with its members, or one person, as far as this
 * account may see; and the history of facts with --history.  Reading a file is
 * itself recorded, before anything is shown.
 */
#include "cli/cli.h"
#include "cli/commands.h"

struct viewer {
	struct cli *c;
	uint16_t roles;
};

static bool may_see(void *self, const struct kind_spec *k, const struct field *field)
{
	const struct viewer *v = self;

	return policy_may_see(v->roles, k->kind, field);
}

static const char *code_said(struct cli *c, const char *set, enum code_set codes, int64_t number)
{
	if (!number)
		return "-";
	return cli_say(c, arena_print(c->arena, "code.%s.%s", set, code_word(codes, number)).at);
}

/* --- one person in full ----------------------------------------------------------- */

static bool sees(struct cli *c, enum kind kind, enum field_slot slot)
{
	return policy_may_see(reg_roles(c->reg, &c->session), kind,
			      &kind_of_number(kind)->fields[slot]);
}

/* A line of her file, where this account may see the field and there is something in it. */
static void print_field(struct cli *c, enum kind kind, enum field_slot slot, const char *value)
{
	const struct field *field = &kind_of_number(kind)->fields[slot];

	if (value && *value && sees(c, kind, slot))
		cli_line(c, "    %s: %s",
			 cli_say(c, arena_print(c->arena, "field.%s", field->word).at), value);
}

/* "Peshawar (PK528@cod-ab-2022)" */
static const char *area_said(struct cli *c, struct text key)
{
	const struct area *area = atlas_area_of_key(c->atlas, key);
	enum text_language language = (enum text_language)words_language(c->words);

	if (!area)
		return arena_print(c->arena, "%.*s", SHOWN(key)).at;
	return arena_print(c->arena, "%.*s (%.*s)", SHOWN(name_in(&area->names, language)),
			   SHOWN(key))
		.at;
}

/* What is known of a birth: a day, or the days between which it lies. */
static const char *birth_said(struct cli *c, const struct person *p)
{
	if (p->born_from == DAY_NONE)
		return "";
	if (p->born_from == p->born_to)
		return cli_day(c, p->born_from);
	return arena_print(c->arena, "%s – %s", cli_day(c, p->born_from), cli_day(c, p->born_to))
		.at;
}

static const char *documents_said(struct cli *c, const struct person_names *n)
{
	const char *all = "";

	for (size_t i = 0; i < n->document_count; i++)
		all = arena_print(c->arena, "%s%s%s %.*s", all, i ? ", " : "",
				  code_said(c, "document_kind", CODES_DOCUMENT_KIND,
					    n->documents[i].kind),
				  SHOWN(n->documents[i].number))
			      .at;
	return all;
}

static const char *needs_said(struct cli *c, const struct person *p)
{
	size_t count;
	const struct code_word *words = code_words(CODES_NEED, &count);
	const char *all = "";

	for (size_t i = 0; i < count; i++)
		if (p->needs & 1u << words[i].number)
			all = arena_print(c->arena, "%s%s%s", all, *all ? ", " : "",
					  code_said(c, "need", CODES_NEED, words[i].number))
				      .at;
	return all;
}

static void print_contact(struct cli *c, const struct state *s, const struct id *household)
{
	struct household h;

	if (!state_household(s, household, &h))
		return;
	print_field(c, KIND_HOUSEHOLD_REGISTERED, HOUSEHOLD_REGISTERED_RESIDENCE,
		    area_said(c, h.residence));
	print_field(c, KIND_HOUSEHOLD_REGISTERED, HOUSEHOLD_REGISTERED_ADDRESS,
		    arena_copy_text(c->arena, h.address).at);
	print_field(c, KIND_HOUSEHOLD_REGISTERED, HOUSEHOLD_REGISTERED_PHONE,
		    arena_copy_text(c->arena, h.phone).at);
	if (h.phone.size)
		print_field(c, KIND_HOUSEHOLD_REGISTERED, HOUSEHOLD_REGISTERED_PHONE_SAFE,
			    cli_say(c, h.phone_safe ? "yes" : "no"));
}

static void print_file(struct cli *c, const struct state *s, const struct person *p)
{
	struct person_names n = { 0 };

	if (!state_names(s, &p->id, &n))
		n.document_count = 0;
	print_field(c, KIND_PERSON_REGISTERED, PERSON_REGISTERED_BIRTH_DATE, birth_said(c, p));
	print_field(c, KIND_PERSON_REGISTERED, PERSON_REGISTERED_FATHER,
		    arena_copy_text(c->arena, n.father.size ? n.father : n.father_latin).at);
	print_field(c, KIND_PERSON_REGISTERED, PERSON_REGISTERED_DOCUMENTS, documents_said(c, &n));
	print_field(c, KIND_PERSON_REGISTERED, PERSON_REGISTERED_NEEDS, needs_said(c, p));
	print_field(c, KIND_PERSON_REGISTERED, PERSON_REGISTERED_LANGUAGE_SPOKEN,
		    arena_copy_text(c->arena, p->language).at);
	if (p->counsellor_sex_wanted)
		print_field(c, KIND_PERSON_REGISTERED, PERSON_REGISTERED_COUNSELLOR_SEX,
			    code_said(c, "sex", CODES_SEX, p->counsellor_sex_wanted));
	if (!id_is_none(&p->guardian))
		print_field(c, KIND_PERSON_REGISTERED, PERSON_REGISTERED_GUARDIAN,
			    cli_person_name(c, s, &p->guardian));
	print_field(c, KIND_PERSON_REGISTERED, PERSON_REGISTERED_ORIGIN, area_said(c, p->origin));
	print_field(
		c, KIND_PERSON_REGISTERED, PERSON_REGISTERED_DESTINATION,
		area_said(c, p->choice_destination.size ? p->choice_destination : p->destination));
	print_contact(c, s, &p->household);
}

static void print_person(struct cli *c, const struct state *s, const struct person *p)
{
	const char *status =
		cli_say(c, arena_print(c->arena, "status.%s", status_word(p->status)).at);

	cli_line(c, "  /%-2u %s %s %s %s", (unsigned)p->member,
		 cli_padded(c, cli_person_name(c, s, &p->id), 32),
		 cli_padded(c, code_said(c, "relation", CODES_RELATION, p->relation), 14),
		 cli_padded(c, code_said(c, "group", CODES_GROUP, p->group), 20), status);
	if (p->holds)
		cli_line(c, "    %s", cli_say(c, "show.hold"));
	if (p->review_due)
		cli_line(c, "    %s", cli_say(c, "show.review-due"));
	if (p->seat)
		cli_line(c, "    %s %u", cli_say(c, "show.seat"), (unsigned)p->seat);
	if (p->broken)
		cli_line(c, "    %s", cli_say(c, "show.rule-broken"));
}

static void write_person(struct cli *c, const struct state *s, const struct person *p,
			 struct json_writer *w)
{
	char hex[ID_HEX_SIZE + 1];

	hex_write(hex, bytes_of(p->id.at, ID_SIZE));
	json_object_begin(w);
	json_key(w, "id");
	json_text(w, text_of(hex));
	json_key(w, "name");
	json_text(w, text_of(cli_person_name(c, s, &p->id)));
	json_key(w, "status");
	json_text(w, text_of(status_word(p->status)));
	json_key(w, "group");
	json_text(w, text_of(code_word(CODES_GROUP, p->group)));
	json_key(w, "answer");
	json_text(w, text_of(p->answer ? code_word(CODES_ANSWER, p->answer) : ""));
	json_key(w, "withdrawn");
	json_bool(w, p->withdrawn);
	json_key(w, "holds");
	json_int(w, p->holds);
	json_key(w, "review_due");
	json_bool(w, p->review_due);
	json_key(w, "seat");
	json_int(w, p->seat);
	json_key(w, "opened");
	json_int(w, p->opened_count);
	json_object_end(w);
}

/* The people of `ids`, with the household's case number above. */
static enum err show_people(struct cli *c, const struct id *household, const struct id *ids,
			    size_t count)
{
	const struct state *s;
	struct household h;
	struct json_writer w;
	struct person p;
	enum err e = reg_read_begin(c->reg, &c->session, DEED_SHOW_PERSON, &s, &c->fault);

	if (e)
		return e;
	if (!state_household(s, household, &h))
		h = (struct household){ .case_number = TEXT("-"), .residence = TEXT("-") };
	/* A case number names a family. */
	if (!policy_sees_names(reg_roles(c->reg, &c->session)))
		h.case_number = TEXT("-");
	if (!c->json)
		cli_line(c, "%.*s · %.*s", SHOWN(h.case_number), SHOWN(h.residence));
	if (c->json) {
		cli_json_begin(c, &w);
		json_key(&w, "case_number");
		json_text(&w, h.case_number);
		json_key(&w, "residence");
		json_text(&w, h.residence);
		json_key(&w, "people");
		json_array_begin(&w);
	}
	for (size_t i = 0; i < count; i++) {
		if (!state_person(s, &ids[i], &p))
			continue;
		if (c->json)
			write_person(c, s, &p, &w);
		else
			print_person(c, s, &p);
		if (!c->json && count == 1)
			print_file(c, s, &p);
	}
	if (c->json) {
		json_array_end(&w);
		cli_json_end(c, &w);
	}
	reg_read_end(c->reg);
	return OK;
}

/* One fact a line, as JSON, with what this account may see of it. */
static enum err show_history(struct cli *c, const struct id *subject)
{
	struct viewer viewer = { c, reg_roles(c->reg, &c->session) };
	struct field_filter filter = { .self = &viewer, .may_see = may_see };
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

static int64_t purpose_of(struct cli *c)
{
	const char *word = option_value(&c->line, "purpose");
	int64_t purpose = code_of_word(CODES_OPENING, text_of(word ? word : "registration"));

	if (!purpose)
		fault(&c->fault, ERR_INPUT, "show.what-purpose", word);
	return purpose;
}

/* Whose files are shown: the person, or the members of the household. */
static enum err choose(struct cli *c, struct id *subject, struct id *household,
		       struct id members[MEMBERS_MAX], size_t *count)
{
	const struct state *s;
	struct person p;
	enum err e = cli_subject(c, SUBJECT_0, c->line.arguments[1], subject);

	if (e || (e = reg_read_begin(c->reg, &c->session, DEED_SHOW_PERSON, &s, &c->fault)))
		return e;
	if (state_person(s, subject, &p)) {
		*household = p.household;
		members[0] = *subject;
		*count = 1;
	} else if (state_sort_of(s, subject) == SUBJECT_HOUSEHOLD) {
		*household = *subject;
		*count = state_members(s, subject, members, MEMBERS_MAX);
	} else {
		e = fault(&c->fault, ERR_NOT_FOUND, "show.nobody", c->line.arguments[1]);
	}
	reg_read_end(c->reg);
	return e;
}

enum ending cmd_show(struct cli *c)
{
	struct id subject, household, members[MEMBERS_MAX];
	int64_t purpose = purpose_of(c);
	size_t count = 0;
	enum err e = purpose ? OK : ERR_INPUT;

	if (!e && !(e = cli_open(c)) && !(e = cli_login(c)))
		e = choose(c, &subject, &household, members, &count);
	count = count > MEMBERS_MAX ? MEMBERS_MAX : count;
	for (size_t i = 0; !e && i < count; i++)
		e = reg_opened(c->reg, &c->session, &members[i], purpose, &c->fault);
	if (!e && option_value(&c->line, "history"))
		e = show_history(c, &subject);
	else if (!e)
		e = show_people(c, &household, members, count);
	return e ? cli_fail(c) : DONE;
}
