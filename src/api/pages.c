/*
 * pages: a path becomes a name below web/, and that a file of the program.
 *
 * Nothing is decoded and nothing is looked up outside that list, so there is no path
 * that leads anywhere else.
 */
#include "api/pages.h"

#include "base/embed.h"
#include "base/sha256.h"

#define PATH_SIZE_MAX 200
#define INDEX "/index.html"
#define ASSETS TEXT("/assets/")

static const struct {
	const char *ending, *type;
} types[] = {
	{ ".html", "text/html; charset=utf-8" },
	{ ".js", "text/javascript; charset=utf-8" },
	{ ".css", "text/css; charset=utf-8" },
	{ ".json", "application/json" },
	{ ".webmanifest", "application/manifest+json" },
	{ ".svg", "image/svg+xml" },
	{ ".png", "image/png" },
	{ ".ico", "image/vnd.microsoft.icon" },
	{ ".woff2", "font/woff2" },
	{ ".wasm", "application/wasm" },
	{ ".txt", "text/plain; charset=utf-8" },
	{ ".note", "text/plain; charset=utf-8" },
	{ ".csv", "text/csv; charset=utf-8" },
	{ ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
};

static bool ends_with(struct text t, struct text with)
{
	return t.size >= with.size &&
	       text_same((struct text){ t.at + t.size - with.size, with.size }, with);
}

const char *page_type(struct text path)
{
	for (size_t i = 0; i < COUNT_OF(types); i++)
		if (ends_with(path, text_of(types[i].ending)))
			return types[i].type;
	return "application/octet-stream";
}

/* A screen has no dot in the last part of its address; a file has one. */
static bool names_a_file(struct text path)
{
	for (size_t i = path.size; i > 0 && path.at[i - 1] != '/'; i--)
		if (path.at[i - 1] == '.')
			return true;
	return text_begins(path, ASSETS);
}

static struct bytes file_of(struct arena *a, struct text path, const char *behind)
{
	const char *name = arena_print(a, "web%.*s%s", SHOWN(path), behind).at;

	return name ? embedded(name) : (struct bytes){ NULL, 0 };
}

static struct text etag_of(struct arena *a, struct bytes content)
{
	struct hash hash = sha256_of(content);
	char hex[2 * HASH_SIZE + 1];

	hex_write(hex, bytes_of(hash.at, HASH_SIZE));
	return arena_print(a, "\"%.32s\"", hex);
}

/* `content` is what the file holds before it was packed: one tag for both forms. */
static void give(const struct api_request *request, struct arena *a, struct text path,
		 struct bytes content, struct api_response *out)
{
	struct bytes packed = file_of(a, path, ".gz");

	*out = (struct api_response){
		.status = 200,
		.type = page_type(path),
		.body = content,
		.lasts = text_begins(path, ASSETS),
	};
	if (packed.at && request->takes_gzip) {
		out->body = packed;
		out->gzipped = true;
	}
	if (out->lasts)
		return;
	out->etag = etag_of(a, content);
	if (out->etag.at && text_same(out->etag, request->if_none_match))
		*out = (struct api_response){ .status = 304, .etag = out->etag };
}

static unsigned no(unsigned status, const char *key, const char **why)
{
	*why = key;
	return status;
}

bool page_is_published(struct text path)
{
	return text_begins(path, PUBLISHED) &&
	       (path.size == PUBLISHED.size || path.at[PUBLISHED.size] == '/');
}

unsigned pages_answer(const struct api_request *request, struct arena *arena,
		      struct api_response *out, const char **why)
{
	struct text path = request->path;
	struct bytes content;

	if (request->method != METHOD_GET)
		return no(405, "page.only-read", why);
	if (path.size > PATH_SIZE_MAX)
		return no(404, "page.none", why);
	if (!embedded("web" INDEX).at)
		return no(503, "page.not-built", why);
	if (!names_a_file(path))
		path = text_of(INDEX);
	content = file_of(arena, path, "");
	if (!content.at)
		return no(404, "page.none", why);
	give(request, arena, path, content, out);
	return 0;
}
