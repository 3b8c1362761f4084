/*
 * The public pages as files below OUT/public, for any web server: what the public server
 * answers, asked page by page.  Which pages there are is nowhere listed: from the first one
 * of each language every link is followed, so that none leads to what was not written.
 */
#include "api/api.h"
#include "cli/bulletin.h"
#include "cli/commands.h"

#define ROOT TEXT("/public/")
#define PATHS_MAX 4096
#define ANSWER_MEMORY ((size_t)64 << 20)

struct site {
	struct cli *cli;
	const char *out; /* folder */
	struct words *words[WORDS_LANGUAGES];
	struct api *api;
	struct arena *answers; /* one at a time */
	struct text *paths;    /* "/public/en/index.html": each once, as they were found */
	size_t count;
};

static enum err no_memory(struct site *s)
{
	return fault(&s->cli->fault, ERR_MEMORY, "memory.none");
}

/* --- which there are ----------------------------------------------------------------------- */

static enum err find(struct site *s, struct text path)
{
	struct text own;

	for (size_t i = 0; i < s->count; i++)
		if (text_same(s->paths[i], path))
			return OK;
	if (s->count == PATHS_MAX)
		return fault(&s->cli->fault, ERR_LIMIT, "bulletin.many-pages", PATHS_MAX);
	own = arena_copy_text(s->cli->arena, path);
	if (!own.at)
		return no_memory(s);
	s->paths[s->count++] = own;
	return OK;
}

/* The folder of a path, with its slash; of a folder the one above. */
static struct text folder_of(struct text path)
{
	size_t size = path.size;

	while (size > 1 && path.at[size - 1] != '/')
		size--;
	return (struct text){ path.at, size };
}

static struct text above(struct text folder)
{
	return folder_of((struct text){ folder.at, folder.size - 1 });
}

/* Where a relative link of the page `from` leads, without what stands behind #. */
static struct text target_of(struct site *s, struct text from, struct text link)
{
	static const char up[] = "../";
	struct text folder = folder_of(from);
	const char *place = memchr(link.at, '#', link.size);

	if (place)
		link.size = (size_t)(place - link.at);
	while (text_begins(link, text_of(up)) && folder.size > 1) {
		folder = above(folder);
		link.at += sizeof(up) - 1;
		link.size -= sizeof(up) - 1;
	}
	return arena_print(s->answers, "%.*s%.*s", SHOWN(folder), SHOWN(link));
}

/* A place on the page itself, and what is no page, lead nowhere else. */
static bool leads_on(struct text link)
{
	return link.size && link.at[0] != '#' && !memchr(link.at, ':', link.size);
}

/* Find all that `attribute`, such as ` href="`, leads to. */
static enum err follow(struct site *s, struct text from, struct bytes page, const char *attribute)
{
	const char *at = (const char *)page.at, *end = at + page.size, *close;
	enum err e = OK;

	while (!e && (at = memmem(at, (size_t)(end - at), attribute, strlen(attribute)))) {
		struct text link, path;

		at += strlen(attribute);
		if (!(close = memchr(at, '"', (size_t)(end - at))))
			break;
		link = (struct text){ at, (size_t)(close - at) };
		if (!leads_on(link))
			continue;
		path = target_of(s, from, link);
		e = path.at ? find(s, path) : no_memory(s);
	}
	return e;
}

/* --- writing them ---------------------------------------------------------------------------- */

static enum err make_folder(struct site *s, const char *path)
{
	struct world *w = s->cli->outside;
	struct fault why = { 0 };
	enum err e = w->folder_make(w, path, &why);

	if (e == ERR_BUSY) /* it is there */
		return OK;
	if (e)
		s->cli->fault = why;
	return e;
}

static enum err make_folders(struct site *s, struct text path)
{
	enum err e = OK;

	for (size_t i = 1; !e && i < path.size; i++)
		if (path.at[i] == '/') {
			const char *folder =
				arena_print(s->answers, "%s%.*s", s->out, (int)i, path.at).at;

			e = folder ? make_folder(s, folder) : no_memory(s);
		}
	return e;
}

static enum err save(struct site *s, struct text path, struct bytes body)
{
	const char *file = arena_print(s->answers, "%s%.*s", s->out, SHOWN(path)).at;
	enum err e = file ? make_folders(s, path) : no_memory(s);

	return e ? e : file_save(s->cli->outside, file, body, &s->cli->fault);
}

static enum err save_page(struct site *s, struct text path)
{
	const struct api_request request = { .method = METHOD_GET, .path = path };
	struct api_response got;
	enum err e;

	arena_reset(s->answers);
	api_answer_public(s->api, &request, s->answers, &got);
	if (got.status != 200)
		return fault(&s->cli->fault, ERR_NOT_FOUND, "bulletin.no-page", path, got.status);
	if ((e = save(s, path, got.body)) || strncmp(got.type, "text/html", 9))
		return e;
	e = follow(s, path, got.body, " href=\"");
	return e ? e : follow(s, path, got.body, " src=\"");
}

/* --- all of them ----------------------------------------------------------------------------- */

static enum err open_site(struct site *s)
{
	struct cli *c = s->cli;
	struct api_ground ground = {
		.reg = c->reg, .world = c->world, .atlas = c->atlas, .zone_min = c->zone_min
	};
	enum err e = OK;

	for (int l = 0; !e && l < WORDS_LANGUAGES; l++) {
		e = words_open(&s->words[l], (enum words_language)l, &c->fault);
		ground.words[l] = s->words[l];
	}
	if (!e && (!(s->paths = arena_take_array(c->arena, PATHS_MAX, sizeof(*s->paths))) ||
		   arena_new(&s->answers, ANSWER_MEMORY)))
		e = no_memory(s);
	return e ? e : api_new(&s->api, &ground, &c->fault);
}

/* Where the search begins; the script asks for the boundaries itself. */
static enum err find_first(struct site *s)
{
	enum err e = find(s, TEXT("/public/areas.json"));

	for (int l = 0; !e && l < WORDS_LANGUAGES; l++) {
		const char *code = words_language_info((enum words_language)l)->code;
		struct text path = arena_print(s->answers, "%.*s%s/index.html", SHOWN(ROOT), code);

		e = path.at ? find(s, path) : no_memory(s);
	}
	return e;
}

enum err site_save(struct cli *c, const char *out)
{
	struct site s = { .cli = c, .out = out };
	enum err e;

	if (!(e = open_site(&s)))
		e = find_first(&s);
	for (size_t i = 0; !e && i < s.count; i++)
		e = save_page(&s, s.paths[i]);
	api_free(s.api);
	arena_free(s.answers);
	for (int l = 0; l < WORDS_LANGUAGES; l++)
		words_close(s.words[l]);
	return e;
}
