/*
 * `ikhtiar rules`, `ikhtiar kinds` and `ikhtiar openapi`: the program's own tables, for
 * people, for programs, and as the pages of docs/.
 */
#include "api/api.h"
#include "cli/commands.h"
#include "cli/cli.h"

/* The statement in each of the four languages, whatever the command speaks. */
static void write_statements(struct cli *c, struct json_writer *w, const char *key)
{
	json_object_begin(w);
	for (int l = 0; l < WORDS_LANGUAGES; l++) {
		struct words *words = NULL;

		if (words_open(&words, (enum words_language)l, NULL))
			continue;
		json_key(w, words_language_info((enum words_language)l)->code);
		json_text(w, say(c->arena, words, key));
		words_close(words);
	}
	json_object_end(w);
}

static void write_guards(struct json_writer *w, enum rule rule)
{
	json_array_begin(w);
	for (size_t k = 0; k < kind_count(); k++)
		if (rule_guards(rule, kind_at(k)->kind))
			json_text(w, text_of(kind_at(k)->word));
	json_array_end(w);
}

static void rules_json(struct cli *c)
{
	struct json_writer w;

	json_begin(&w, &c->out);
	json_array_begin(&w);
	for (int r = 1; r <= RULES_COUNT; r++) {
		const struct rule_info *rule = rule_info((enum rule)r);

		json_object_begin(&w);
		json_key(&w, "id");
		json_text(&w, text_of(rule->id));
		json_key(&w, "number");
		json_int(&w, r);
		json_key(&w, "statement");
		write_statements(c, &w, rule->statement);
		json_key(&w, "source");
		json_text(&w, text_of(rule->source));
		json_key(&w, "guards");
		write_guards(&w, (enum rule)r);
		json_object_end(&w);
	}
	json_array_end(&w);
	buffer_text(&c->out, TEXT("\n"));
}

static void rules_markdown(struct cli *c)
{
	cli_line(c, "# The constitution\n");
	cli_line(c, "Made from `src/rules/rules.def` by `ikhtiar rules --markdown`; do not edit.\n");
	for (int r = 1; r <= RULES_COUNT; r++) {
		const struct rule_info *rule = rule_info((enum rule)r);

		cli_line(c, "## %d. %s\n", r, rule->id);
		for (int l = 0; l < WORDS_LANGUAGES; l++) {
			struct words *words = NULL;

			if (words_open(&words, (enum words_language)l, NULL))
				continue;
			cli_line(c, "- %s: %.*s", words_language_info((enum words_language)l)->code,
				 SHOWN(say(c->arena, words, rule->statement)));
			words_close(words);
		}
		cli_line(c, "\nSource: %s.\n", rule->source);
		buffer_text(&c->out, TEXT("Guards:"));
		for (size_t k = 0; k < kind_count(); k++)
			if (rule_guards((enum rule)r, kind_at(k)->kind))
				buffer_print(&c->out, " `%s`", kind_at(k)->word);
		buffer_text(&c->out, TEXT("\n\n"));
	}
}

enum ending cmd_rules(struct cli *c)
{
	if (c->json) {
		rules_json(c);
		return DONE;
	}
	if (option_value(&c->line, "markdown")) {
		rules_markdown(c);
		return DONE;
	}
	for (int r = 1; r <= RULES_COUNT; r++) {
		const struct rule_info *rule = rule_info((enum rule)r);

		cli_line(c, "%2d %s", r, rule->id);
		cli_line(c, "   %s", cli_say(c, rule->statement));
		cli_line(c, "   %s: %s\n", cli_say(c, "ready.source"), rule->source);
	}
	return DONE;
}

/* The words that a field of a closed list takes. */
static void print_words(struct cli *c, const struct field *field)
{
	size_t count;
	const struct code_word *words = code_words((enum code_set)field->of, &count);
	const char *all = "";

	for (size_t i = 0; i < count; i++)
		all = arena_print(c->arena, "%s%s%s", all, i ? ", " : "", words[i].word).at;
	cli_line(c, "  %-22s %s", "", all);
}

/* Fields of a kind, or parts of a record. */
static void print_fields(struct cli *c, const char *indent, const struct field *fields, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct field *field = &fields[i];
		const struct field *parts;
		size_t part_count;

		cli_line(c, "%s%-22s %-9s %-9s %s%s", indent, field->word, type_word(field->type),
			 field->need == NEED_REQUIRED ? "required" : "", field->doc,
			 field->many > 1 ? " (a list)" : "");
		if (field->type == TYPE_CODE)
			print_words(c, field);
		if (field->type != TYPE_RECORD)
			continue;
		parts = record_fields((enum record_type)field->of, &part_count);
		print_fields(c, "    ", parts, part_count);
	}
}

static void print_kind(struct cli *c, const struct kind_spec *k, bool fields)
{
	cli_line(c, "%-24s %-11s %s", k->word, subject_word(k->subject), k->doc);
	if (fields)
		print_fields(c, "  ", k->fields, k->field_count);
}

enum ending cmd_kinds(struct cli *c)
{
	const struct kind_spec *one = NULL;
	struct json_writer w;

	if (c->line.argument_count) {
		one = kind_of_word(text_of(c->line.arguments[0]));
		if (!one) {
			fault(&c->fault, ERR_INPUT, "kinds.no-such", c->line.arguments[0]);
			return cli_fail(c);
		}
	}
	if (option_value(&c->line, "markdown")) {
		kinds_markdown(&c->out);
		return DONE;
	}
	if (c->json || option_value(&c->line, "schema")) {
		json_begin(&w, &c->out);
		kinds_schema(&w);
		buffer_text(&c->out, TEXT("\n"));
		return DONE;
	}
	for (size_t k = 0; k < kind_count(); k++)
		if (!one || one == kind_at(k))
			print_kind(c, kind_at(k), one != NULL);
	return DONE;
}

/* One value a line: what a change of a table changes can be read off. */
enum ending cmd_openapi(struct cli *c)
{
	struct json_writer w;

	json_begin(&w, &c->out);
	w.pretty = true;
	api_openapi(&w);
	buffer_text(&c->out, TEXT("\n"));
	return DONE;
}
