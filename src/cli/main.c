/*
 * ikhtiar: the program.  Reads the command line, makes the ground to stand on, runs
 * one command and ends with its status.
 */
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/embed.h"
#include "cli/cli.h"

#define COMMAND_ARENA ((size_t)256 << 20)
#define OUT_SIZE_MAX ((size_t)512 << 20)

/* Names and keys are in memory: no core, no ptrace by others, files for us alone. */
static void harden(void)
{
	const struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_DUMPABLE, 0);
	umask(077);
	signal(SIGPIPE, SIG_IGN);
}

static bool coloured(int fd)
{
	const char *no = getenv("NO_COLOR");

	return isatty(fd) && !(no && *no);
}

static enum err choose_language(struct cli *c)
{
	const char *given = option_value(&c->line, "lang");
	const char *language = given ? given : getenv("IKHTIAR_LANG");
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

/* Also where the command line is not understood: who asked for JSON gets its error so. */
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

	c->world = world_real();
	c->out.limit = OUT_SIZE_MAX;
	c->colour_out = coloured(STDOUT_FILENO);
	c->colour_err = coloured(STDERR_FILENO);
	if ((e = arena_new(&c->arena, COMMAND_ARENA)))
		return fault(&c->fault, e, "memory.none");
	e = command_line_read(&c->line, argc - 1, argv + 1, &c->fault);
	c->json = wants_json(argc, argv);
	c->quiet = option_value(&c->line, "quiet") != NULL;
	if (choose_language(c) && words_open(&c->words, WORDS_EN, &unused))
		return ERR_IO;
	return e || c->fault.err ? c->fault.err : load_atlas(c);
}

static void leave(struct cli *c)
{
	reg_close(c->reg);
	atlas_free(c->atlas);
	cli_flush(c);
	words_close(c->words);
	buffer_free(&c->out);
	arena_free(c->arena);
}

int main(int argc, char **argv)
{
	struct cli *c = calloc(1, sizeof(*c));
	enum ending ending;

	harden();
	setlocale(LC_CTYPE, "C.UTF-8");
	if (!c)
		return FAILED;
	if (stand(c, argc, argv))
		ending = c->words ? cli_fail(c) : FAILED;
	else
		ending = c->line.command->run(c);
	leave(c);
	free(c);
	return (int)ending;
}
