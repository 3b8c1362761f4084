/*
 * run: one command line from its words to its ending.
 */
#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "cli/cli.h"
#include "cli/forward.h"

#define COMMAND_ARENA ((size_t)256 << 20)
#define OUT_SIZE_MAX ((size_t)512 << 20)

static enum err choose_language(struct cli *c)
{
	const char *given = option_value(&c->line, "lang");
	const char *language = given ? given : c->caller->language;
	enum words_language code;

	if (!language || !*language)
		language = "en";
	if (!words_language_read(&code, text_of(language)))
		return fault(&c->fault, ERR_INPUT, "use.no-such-language", language);
	return words_open(&c->words, code, &c->fault);
}

static enum err load_atlas(struct cli *c)
{
	struct atlas_files files;
	enum err e;

	for (int i = 0; i < PLACE_FILE_COUNT; i++)
		files.files[i] = embedded(place_file_path((enum place_file)i));
	if (c->ground->atlas) {
		c->atlas = c->ground->atlas;
		return OK;
	}
	if ((e = atlas_load(&c->own_atlas, &files, &c->fault)))
		return e;
	c->atlas = c->own_atlas;
	return OK;
}

/* Where the command line is not understood: who asked for JSON gets that error so, too. */
static bool wants_json(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], "--json") == 0)
			return true;
	return false;
}

static enum err stand(struct cli *c, int argc, char **argv)
{
	struct fault unused = { 0 };
	enum err e;

	c->outside = c->ground->world;
	c->clock.world = *c->ground->world;
	/* A served register's clock is the server's. */
	c->world = c->ground->reg ? c->ground->world : &c->clock.world;
	c->out.limit = OUT_SIZE_MAX;
	c->colour_out = c->caller->colour;
	if ((e = arena_new(&c->arena, COMMAND_ARENA)))
		return fault(&c->fault, e, "memory.none");
	e = command_line_read(&c->line, argc - 1, argv + 1, &c->fault);
	c->json = e ? wants_json(argc, argv) : option_value(&c->line, "json") != NULL;
	c->quiet = option_value(&c->line, "quiet") != NULL;
	if (choose_language(c) && words_open(&c->words, WORDS_EN, &unused))
		return ERR_IO;
	return e ? e : c->fault.err;
}

/* The register is closed before anybody can read that the work is done. */
static enum ending leave(struct cli *c, enum ending ending)
{
	cli_warn(c);
	if (!c->ground->reg)
		reg_close(c->reg);
	atlas_free(c->own_atlas);
	if (cli_flush(c))
		ending = cli_fail(c);
	words_close(c->words);
	buffer_free(&c->out);
	arena_free(c->arena);
	return ending;
}

/* What a server can do for others: commands on its register that leave it open. */
static bool is_served(const struct command *command)
{
	return command->flags & DIR && !(command->flags & ALONE);
}

static enum ending run(struct cli *c, int argc, char **argv)
{
	const struct command *command = c->line.command;
	enum ending ending;
	bool forwarded = false;

	if (c->ground->reg && !is_served(command)) {
		fault(&c->fault, ERR_INPUT, "socket.not-served", command->name);
		return cli_fail(c);
	}
	if (!c->ground->reg && is_served(command) && forward(c, argc, argv, &forwarded, &ending))
		return cli_fail(c);
	if (forwarded)
		return ending;
	return load_atlas(c) ? cli_fail(c) : command->run(c);
}

enum ending cli_run_for(const struct cli_ground *ground, struct caller *caller, int argc,
			char **argv)
{
	struct cli *c = calloc(1, sizeof(*c));
	enum ending ending;

	if (!c)
		return FAILED;
	c->ground = ground;
	c->caller = caller;
	if (stand(c, argc, argv))
		ending = c->words ? cli_fail(c) : FAILED;
	else
		ending = run(c, argc, argv);
	ending = leave(c, ending);
	free(c);
	return ending;
}

enum ending cli_run(struct world *w, int argc, char **argv)
{
	const struct cli_ground ground = { .world = w };
	struct caller caller;

	caller_process(&caller);
	return cli_run_for(&ground, &caller, argc, argv);
}
