/*
 * The table of routes.
 */
#include "api/api.h"
#include "base/test.h"

/* The parameter whose name begins at `at`, behind its brace. */
static bool has_param(enum route r, struct text name)
{
	size_t count;
	const struct route_param *p = route_params(r, &count);

	for (size_t i = 0; i < count; i++)
		if (p[i].in_path && text_is(name, p[i].name))
			return true;
	return false;
}

TEST(every_route_lies_below_api_and_no_two_share_method_and_path)
{
	for (int r = 0; r < ROUTES_COUNT; r++) {
		const struct route_info *info = route_info((enum route)r);

		CHECK(!strncmp(info->path, "/api/", 5));
		for (int other = 0; other < r; other++)
			CHECK(info->method != route_info((enum route)other)->method ||
			      strcmp(info->path, route_info((enum route)other)->path));
	}
}

TEST(what_a_path_leaves_open_is_a_parameter_of_the_route)
{
	for (int r = 0; r < ROUTES_COUNT; r++)
		for (const char *at = strchr(route_info((enum route)r)->path, '{'); at;
		     at = strchr(at + 1, '{')) {
			const char *end = strchr(at, '}');

			CHECK(end);
			CHECK(has_param((enum route)r, (struct text){ at + 1, (size_t)(end - at - 1) }));
		}
}

TEST(what_changes_nothing_takes_no_body)
{
	for (int r = 0; r < ROUTES_COUNT; r++)
		if (route_info((enum route)r)->method == METHOD_GET)
			CHECK_INT(route_info((enum route)r)->body, SHAPE_NONE);
}

RUN_TESTS()
