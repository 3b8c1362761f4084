/*
 * The table of routes.def.
 */
#include "api/api.h"

static const struct route_info routes[ROUTES_COUNT] = {
#define ROUTE(name_, method_, path_, who_, body_, answer_, function, doc_)                         \
	[ROUTE_##name_] = { .method = METHOD_##method_,                                            \
			    .path = path_,                                                         \
			    .who = who_,                                                           \
			    .body = SHAPE_##body_,                                                 \
			    .answer = SHAPE_##answer_,                                             \
			    .name = #name_,                                                        \
			    .doc = doc_ },
#include "api/routes.def"
};

#define IN_PATH true
#define IN_QUERY false
#define REQUIRED true
#define OPTIONAL false
static const struct route_param params[] = {
#define PARAM(route_, name_, place_, need_, doc_)                                                  \
	{ .route = ROUTE_##route_,                                                                 \
	  .name = name_,                                                                           \
	  .in_path = place_,                                                                       \
	  .required = need_,                                                                       \
	  .doc = doc_ },
#include "api/routes.def"
};

const struct route_info *route_info(enum route r)
{
	return &routes[r];
}

bool route_is_open(const struct route_info *info)
{
	return info->who == WHO_PUBLIC || info->who == WHO_ANYBODY;
}

const struct route_param *route_params(enum route r, size_t *count)
{
	size_t first = 0, end;

	while (first < COUNT_OF(params) && params[first].route != r)
		first++;
	for (end = first; end < COUNT_OF(params) && params[end].route == r;)
		end++;
	*count = end - first;
	return params + first;
}

bool route_param_is_id(const struct route_param *p)
{
	return p->in_path && !strcmp(p->name, "id");
}

size_t route_body_max(enum route r)
{
	switch (r) {
	case ROUTE_LISTS:
	case ROUTE_FIGURES_TABLE:
	case ROUTE_DIRECTIVES_TABLE: return HTTP_LIST_SIZE_MAX;
	default: return HTTP_BODY_SIZE_MAX;
	}
}

unsigned route_success(enum route r)
{
	return r == ROUTE_FACTS ? 201 : 200;
}
