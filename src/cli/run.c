/*
 * run: one command line from its words to its ending.
 */
#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "cli/cli.h"

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

	for (int i = 0; i < PLACE_FILE_COUNT; i++)
		files.files[i] = embedded(place_file_path((enum place_file)i));
	return atlas_load(&c->atlas, &files, &c->fault);
}

/* Where the command line is not understood: who asked for JSON gets that error so, too. */
static bool wants_json(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], "--json") == 0)
			return true;
	return false;
}

static enum err stand(struct cli *c, struct world *w, int argc, char **argv)
{
	struct fault unused = { 0 };
	enum err e;

	c->outside = w;
	c->clock.world = *w;
	c->world = &c->clock.world;
	c->out.limit = OUT_SIZE_MAX;
	c->colour_out = c->caller->colour;
	if ((e = arena_new(&c->arena, COMMAND_ARENA)))
		return fault(&c->fault, e, "memory.none");
	e = command_line_read(&c->line, argc - 1, argv + 1, &c->fault);
	c->json = e ? wants_json(argc, argv) : option_value(&c->line, "json") != NULL;
	c->quiet = option_value(&c->line, "quiet") != NULL;
	if (choose_language(c) && words_open(&c->words, WORDS_EN, &unused))
		return ERR_IO;
	return e || c->fault.err ? c->fault.err : load_atlas(c);
}

/* The register is closed before anybody can read that the work is done. */
static enum ending leave(struct cli *c, enum ending ending)
{
	cli_warn(c);
	reg_close(c->reg);
	atlas_free(c->atlas);
	if (cli_flush(c))
		ending = cli_fail(c);
	words_close(c->words);
	buffer_free(&c->out);
	arena_free(c->arena);
	return ending;
}

enum ending cli_run(struct world *w, int argc, char **argv)
{
	struct cli *c = calloc(1, sizeof(*c));
	struct caller caller;
	enum ending ending;

	if (!c)
		return FAILED;
	caller_process(&caller);
	c->caller = &caller;
	if (stand(c, w, argc, argv))
		ending = c->words ? cli_fail(c) : FAILED;
	else
		ending = c->line.command->run(c);
	ending = leave(c, ending);
	free(c);
	return ending;
}
