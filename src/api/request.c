/*
 * request: what stands in an address and in the head of a request, read without trust.
 */
#include "api/inside.h"

#include <stdlib.h>
#include <strings.h>

#include "base/utf8.h"

/* --- the path ------------------------------------------------------------------------- */

/* The first part of a path, behind its slash; *rest gets what follows. */
static struct text next_part(struct text path, struct text *rest)
{
	size_t end = 1;

	while (end < path.size && path.at[end] != '/')
		end++;
	*rest = (struct text){ path.at + end, path.size - end };
	return (struct text){ path.at + 1, end - 1 };
}

/* Whether a path is as a route's says: part by part, with something where it has a brace. */
static bool is_path(struct text path, const char *pattern, struct text *captured)
{
	struct text wanted = text_of(pattern);

	*captured = (struct text){ NULL, 0 };
	if (!path.size || path.at[0] != '/')
		return false;
	while (path.size && wanted.size) {
		struct text part = next_part(path, &path), known = next_part(wanted, &wanted);

		if (known.size && known.at[0] == '{' && part.size)
			*captured = part;
		else if (!text_same(part, known))
			return false;
	}
	return !path.size && !wanted.size;
}

bool route_of_path(struct text path, enum api_method method, enum route *out, struct text *captured)
{
	for (int r = 0; r < ROUTES_COUNT; r++) {
		const struct route_info *info = route_info((enum route)r);

		if (info->method != method || !is_path(path, info->path, captured))
			continue;
		*out = (enum route)r;
		return true;
	}
	return false;
}

size_t api_body_max(struct text path)
{
	struct text captured;
	enum route r;

	return route_of_path(path, METHOD_POST, &r, &captured) ? route_body_max(r)
							       : HTTP_BODY_SIZE_MAX;
}

const char *route_methods(struct text path)
{
	struct text captured;
	enum route r;
	bool reads = route_of_path(path, METHOD_GET, &r, &captured);
	bool writes = route_of_path(path, METHOD_POST, &r, &captured);

	if (reads)
		return writes ? "GET, POST" : "GET";
	return writes ? "POST" : NULL;
}

/* --- percent signs and queries ----------------------------------------------------------- */

static bool take_encoded(struct text t, size_t at, char *out)
{
	return t.size - at >= 3 && hex_read(out, 1, (struct text){ t.at + at + 1, 2 });
}

enum err percent_decode(struct arena *a, struct text t, bool is_query, struct text *out,
			struct fault *f)
{
	char *to = arena_take(a, t.size + 1);
	size_t size = 0;
	uint32_t c;

	if (!to)
		return fault(f, ERR_MEMORY, "memory.none");
	for (size_t at = 0; at < t.size; at++) {
		to[size] = t.at[at];
		if (t.at[at] == '%') {
			if (!take_encoded(t, at, &to[size]))
				return fault(f, ERR_INPUT, "request.encoding");
			at += 2;
		} else if (is_query && t.at[at] == '+') {
			to[size] = ' ';
		}
		size++;
	}
	*out = (struct text){ to, size };
	if (!utf8_valid(*out) || utf8_first_forbidden(*out, &c) < out->size)
		return fault(f, ERR_INPUT, "request.encoding");
	return OK;
}

struct text query_value(struct text query, const char *name)
{
	size_t size = strlen(name);

	while (query.size) {
		const char *and = memchr(query.at, '&', query.size);
		size_t end = and? (size_t)(and-query.at) : query.size;

		if (end > size && query.at[size] == '=' && !memcmp(query.at, name, size))
			return (struct text){ query.at + size + 1, end - size - 1 };
		end += and != NULL;
		query = (struct text){ query.at + end, query.size - end };
	}
	return (struct text){ NULL, 0 };
}

/* --- the head ---------------------------------------------------------------------------- */

bool origin_is_own(const struct api_request *r)
{
	struct text scheme = r->secure ? TEXT("https://") : TEXT("http://");

	return r->host.size && r->origin.size == scheme.size + r->host.size &&
	       !memcmp(r->origin.at, scheme.at, scheme.size) &&
	       !strncasecmp(r->origin.at + scheme.size, r->host.at, r->host.size);
}

static bool is_one_of(char c, const char *set)
{
	return c && strchr(set, c);
}

bool type_is_json(struct text type)
{
	static const struct text json = TEXT("application/json");

	if (type.size < json.size || strncasecmp(type.at, json.at, json.size) != 0)
		return false;
	return type.size == json.size || is_one_of(type.at[json.size], " ;\t");
}

static struct text without_blanks(struct text t)
{
	while (t.size && is_one_of(t.at[0], " \t"))
		t = (struct text){ t.at + 1, t.size - 1 };
	while (t.size && is_one_of(t.at[t.size - 1], " \t"))
		t.size--;
	return t;
}

/* One item of a list that commas part. */
static struct text next_item(struct text *list)
{
	const char *comma = list->size ? memchr(list->at, ',', list->size) : NULL;
	size_t end = comma ? (size_t)(comma - list->at) : list->size;
	struct text item = { list->at, end };

	end += comma != NULL;
	*list = (struct text){ list->at + end, list->size - end };
	return without_blanks(item);
}

/* In thousandths; "fa;q=0.8" is 800, and 1000 where nothing is said. */
static int weight_of(struct text item)
{
	const char *mark = memchr(item.at, ';', item.size);
	struct text rest = { mark, mark ? item.size - (size_t)(mark - item.at) : 0 };
	int weight = 0, unit = 100;

	while (rest.size && is_one_of(rest.at[0], "; \tqQ="))
		rest = (struct text){ rest.at + 1, rest.size - 1 };
	if (!rest.size || rest.at[0] != '0')
		return 1000;
	for (size_t i = 2; i < rest.size && unit; i++, unit /= 10) {
		if (rest.at[i] < '0' || rest.at[i] > '9')
			break;
		weight += (rest.at[i] - '0') * unit;
	}
	return weight;
}

enum words_language language_wanted(struct text languages)
{
	enum words_language best = WORDS_EN, one;
	int best_weight = 0;

	while (languages.size) {
		struct text item = next_item(&languages), code = item;
		const char *mark = item.size ? memchr(item.at, ';', item.size) : NULL;

		if (mark)
			code = without_blanks((struct text){ item.at, (size_t)(mark - item.at) });
		if (code.size && words_language_read(&one, code) && weight_of(item) > best_weight) {
			best = one;
			best_weight = weight_of(item);
		}
	}
	return best;
}

bool etag_is_known(struct text if_none_match, struct text etag)
{
	while (if_none_match.size) {
		struct text item = next_item(&if_none_match);

		if (item.size > 2 && !memcmp(item.at, "W/", 2))
			item = (struct text){ item.at + 2, item.size - 2 };
		if (text_same(item, etag) || text_is(item, "*"))
			return true;
	}
	return false;
}
