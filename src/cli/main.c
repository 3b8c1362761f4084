/*
 * ikhtiar: the program.  Reads the command line, makes the ground to stand on, runs
 * one command and ends with its status.
 */
#include <fcntl.h>
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

/*
 * Whoever started us may have closed one of the three, and the next file opened would
 * take its number: answers would go into the register.  Each gets a way on which
 * reading or writing fails as it would have.
 */
static void keep_standard_places(void)
{
	static const int ways[] = { O_WRONLY, O_RDONLY, O_RDONLY };

	for (int fd = 0; fd < (int)COUNT_OF(ways); fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", ways[fd]) != fd)
			_exit(FAILED);
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

	c->clock.world = *world_real();
	c->world = &c->clock.world;
	c->out.limit = OUT_SIZE_MAX;
	c->colour_out = colour_wanted(STDOUT_FILENO);
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
	reg_close(c->reg);
	atlas_free(c->atlas);
	if (cli_flush(c))
		ending = cli_fail(c);
	words_close(c->words);
	buffer_free(&c->out);
	arena_free(c->arena);
	return ending;
}

int main(int argc, char **argv)
{
	struct cli *c = calloc(1, sizeof(*c));
	enum ending ending;

	keep_standard_places();
	harden();
	setlocale(LC_CTYPE, "C.UTF-8");
	if (!c)
		return FAILED;
	if (stand(c, argc, argv))
		ending = c->words ? cli_fail(c) : FAILED;
	else
		ending = c->line.command->run(c);
	ending = leave(c, ending);
	free(c);
	return (int)ending;
}
