/*
 * Help, shell completion and the man pages, all from commands.def.
 */
#include "cli/commands.h"
#include "cli/cli.h"

static enum ending help_overview(struct cli *c)
{
	size_t count;
	const struct command *all = commands(&count);

	cli_line(c, "%s\n", cli_say(c, "help.what"));
	for (size_t i = 0; i < count; i++)
		if (!(all[i].flags & HIDDEN))
			cli_line(c, "  %-10s %s", all[i].name, all[i].summary);
	cli_line(c, "\n%s", cli_say(c, "help.more"));
	return DONE;
}

static void help_command(struct cli *c, const struct command *command)
{
	size_t count;
	const struct option *o = options(&count);
	const struct note *n;

	cli_line(c, "ikhtiar %s%s%s\n  %s\n", command->name, *command->arguments ? " " : "",
		 command->arguments, command->summary);
	for (size_t i = 0; i < count; i++)
		if (option_is_of(&o[i], command))
			cli_line(c, "  --%s%s%-*s %s", o[i].name, *o[i].value ? " " : "",
				 (int)(22 - strlen(o[i].name)), o[i].value, o[i].doc);
	n = notes(&count);
	for (size_t i = 0; i < count; i++)
		if (strcmp(n[i].command, command->name) == 0)
			cli_line(c, "\n%s", n[i].text);
	cli_line(c, "\n%s:\n  %s", cli_say(c, "help.example"), command->example);
	cli_line(c, "\n%s", cli_say(c, "help.endings"));
}

static void help_json(struct cli *c)
{
	size_t command_count, option_count;
	const struct command *all = commands(&command_count);
	const struct option *o = options(&option_count);
	struct json_writer w;

	json_begin(&w, &c->out);
	json_array_begin(&w);
	for (size_t i = 0; i < command_count; i++) {
		json_object_begin(&w);
		json_key(&w, "command");
		json_text(&w, text_of(all[i].name));
		json_key(&w, "arguments");
		json_text(&w, text_of(all[i].arguments));
		json_key(&w, "summary");
		json_text(&w, text_of(all[i].summary));
		json_key(&w, "example");
		json_text(&w, text_of(all[i].example));
		json_key(&w, "options");
		json_array_begin(&w);
		for (size_t k = 0; k < option_count; k++)
			if (option_is_of(&o[k], &all[i]))
				json_text(&w, text_of(o[k].name));
		json_array_end(&w);
		json_object_end(&w);
	}
	json_array_end(&w);
	buffer_text(&c->out, TEXT("\n"));
}

/* The words behind `ikhtiar <command>` for a completion script. */
static void option_words(struct cli *c, const struct command *command)
{
	size_t count;
	const struct option *o = options(&count);

	for (size_t i = 0; i < count; i++)
		if (option_is_of(&o[i], command))
			buffer_print(&c->out, " --%s", o[i].name);
}

static void completion_bash(struct cli *c)
{
	size_t count;
	const struct command *all = commands(&count);

	buffer_print(&c->out, "_ikhtiar() {\n\tlocal cur=${COMP_WORDS[COMP_CWORD]}\n"
			      "\tif [ \"$COMP_CWORD\" -eq 1 ]; then\n\t\tCOMPREPLY=($(compgen -W \"");
	for (size_t i = 0; i < count; i++)
		buffer_print(&c->out, "%s%s", i ? " " : "", all[i].name);
	buffer_print(&c->out, "\" -- \"$cur\"))\n\t\treturn\n\tfi\n\tcase \"${COMP_WORDS[1]}\" in\n");
	for (size_t i = 0; i < count; i++) {
		buffer_print(&c->out, "\t%s) set --", all[i].name);
		option_words(c, &all[i]);
		buffer_print(&c->out, " ;;\n");
	}
	buffer_print(&c->out,
		     "\t*) set -- ;;\n\tesac\n\tcase \"$cur\" in\n"
		     "\t-*) COMPREPLY=($(compgen -W \"$*\" -- \"$cur\")) ;;\n"
		     "\t*) COMPREPLY=($(compgen -f -- \"$cur\")) ;;\n\tesac\n}\n"
		     "complete -o filenames -F _ikhtiar ikhtiar\n");
}

static void completion_zsh(struct cli *c)
{
	buffer_print(&c->out, "#compdef ikhtiar\nautoload -U bashcompinit && bashcompinit\n");
	completion_bash(c);
}

static void completion_fish(struct cli *c)
{
	size_t count, option_count;
	const struct command *all = commands(&count);
	const struct option *o = options(&option_count);

	for (size_t i = 0; i < count; i++)
		buffer_print(&c->out,
			     "complete -c ikhtiar -n __fish_use_subcommand -a %s -d '%s'\n",
			     all[i].name, all[i].summary);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < option_count; k++)
			if (option_is_of(&o[k], &all[i]))
				buffer_print(&c->out,
					     "complete -c ikhtiar -n '__fish_seen_subcommand_from "
					     "%s' -l %s%s\n",
					     all[i].name, o[k].name, *o[k].value ? " -r" : "");
}

/* Words for scdoc, whose signs of its own they may hold; the quotes of code go. */
static const char *man_text(struct cli *c, const char *words)
{
	char *out = arena_take(c->arena, 2 * strlen(words) + 1);
	size_t size = 0;

	for (; out && *words; words++) {
		if (*words == '`')
			continue;
		if (strchr("_*\\[]", *words))
			out[size++] = '\\';
		out[size++] = *words;
	}
	return out ? out : "";
}

static void man_command(struct cli *c, const struct command *command)
{
	size_t option_count, note_count;
	const struct option *o = options(&option_count);
	const struct note *n = notes(&note_count);

	cli_line(c, "## %s %s\n\n%s.\n", command->name, man_text(c, command->arguments),
		 man_text(c, command->summary));
	for (size_t k = 0; k < option_count; k++)
		if (option_is_of(&o[k], command))
			cli_line(c, "*--%s* %s\n\t%s\n", o[k].name, man_text(c, o[k].value),
				 man_text(c, o[k].doc));
	for (size_t k = 0; k < note_count; k++)
		if (strcmp(n[k].command, command->name) == 0)
			cli_line(c, "%s\n", man_text(c, n[k].text));
	cli_line(c, "```\n%s\n```\n", command->example);
}

static void man_page(struct cli *c)
{
	size_t count;
	const struct command *all = commands(&count);

	cli_line(c, "ikhtiar(1)\n\n# NAME\n\nikhtiar - voluntary return by informed choice\n");
	cli_line(c, "# SYNOPSIS\n\n*ikhtiar* _command_ [_arguments_]\n\n# COMMANDS\n");
	for (size_t i = 0; i < count; i++)
		man_command(c, &all[i]);
	cli_line(c, "# EXIT STATUS\n\n%s", cli_say(c, "help.endings"));
}

static const struct {
	const char *shell;
	void (*print)(struct cli *c);
} completions[] = {
	{ "bash", completion_bash },
	{ "zsh", completion_zsh },
	{ "fish", completion_fish },
};

static enum ending completion(struct cli *c, const char *shell)
{
	for (size_t i = 0; i < COUNT_OF(completions); i++) {
		if (strcmp(completions[i].shell, shell) == 0) {
			completions[i].print(c);
			return DONE;
		}
	}
	fault(&c->fault, ERR_INPUT, "help.no-such-shell", shell);
	return cli_fail(c);
}

enum ending cmd_help(struct cli *c)
{
	const char *shell = option_value(&c->line, "completion");
	const struct command *command;

	if (shell)
		return completion(c, shell);
	if (option_value(&c->line, "man")) {
		man_page(c);
		return DONE;
	}
	if (c->json) {
		help_json(c);
		return DONE;
	}
	if (!c->line.argument_count)
		return help_overview(c);
	if (command_find(&command, c->line.arguments[0], &c->fault))
		return cli_fail(c);
	help_command(c, command);
	return DONE;
}

enum ending cmd_version(struct cli *c)
{
	struct json_writer w;

	if (!c->json) {
		cli_line(c, "ikhtiar %s (log format %d)", IKHTIAR_VERSION, LOG_FORMAT);
		return DONE;
	}
	cli_json_begin(c, &w);
	json_key(&w, "version");
	json_string_of(&w, IKHTIAR_VERSION);
	json_key(&w, "log_format");
	json_int(&w, LOG_FORMAT);
	cli_json_end(c, &w);
	return DONE;
}
