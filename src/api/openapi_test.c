/*
 * The tables as an OpenAPI document.
 */
#include <stdio.h>

#include "api/api.h"
#include "base/test.h"

static json_t *document(void)
{
	struct buffer b = { .limit = 0 };
	struct json_writer w;
	json_t *j = NULL;

	json_begin(&w, &b);
	api_openapi(&w);
	CHECK_INT(b.err, OK);
	CHECK_INT(json_parse(&j, buffer_as_text(&b), NULL), OK);
	buffer_free(&b);
	return j;
}

static json_t *at(json_t *j, const char *first, const char *second)
{
	return json_object_get(json_object_get(j, first), second);
}

static json_t *operation(json_t *document_, enum route r)
{
	const struct route_info *info = route_info(r);

	return json_object_get(at(document_, "paths", info->path),
			       info->method == METHOD_GET ? "get" : "post");
}

/* The schema of what a request or an answer carries; NULL: no such content. */
static json_t *schema_of(json_t *content_holder, const char *type)
{
	return json_object_get(at(content_holder, "content", type), "schema");
}

/* What "#/components/schemas/x" leads to. */
static json_t *followed(json_t *document_, const char *ref)
{
	char part[100], *slash;

	snprintf(part, sizeof(part), "%s", ref + strlen("#/components/"));
	slash = strchr(part, '/');
	*slash = 0;
	return json_object_get(at(document_, "components", part), slash + 1);
}

static size_t check_references(json_t *j, json_t *document_)
{
	const char *key, *ref = json_string_value(json_object_get(j, "$ref"));
	json_t *value;
	size_t i, count = 0;

	if (ref) {
		CHECK(!strncmp(ref, "#/components/", strlen("#/components/")));
		if (!followed(document_, ref))
			check_failed(__FILE__, __LINE__, "no %s", ref);
		count++;
	}
	json_object_foreach(j, key, value) count += check_references(value, document_);
	json_array_foreach(j, i, value) count += check_references(value, document_);
	return count;
}

TEST(every_reference_of_the_document_leads_somewhere)
{
	json_t *j = document();

	CHECK(check_references(j, j) > 500);
	json_decref(j);
}

TEST(every_route_has_its_operation_with_its_parameters)
{
	json_t *j = document();

	for (int r = 0; r < ROUTES_COUNT; r++) {
		json_t *route = operation(j, (enum route)r);
		size_t count;
		const struct route_param *p = route_params((enum route)r, &count);

		CHECK(route);
		CHECK_INT(json_array_size(json_object_get(route, "parameters")), count);
		for (size_t i = 0; i < count; i++) {
			json_t *param = json_array_get(json_object_get(route, "parameters"), i);

			CHECK_TEXT(json_text_of(json_object_get(param, "name")), p[i].name);
			CHECK_INT(json_is_true(json_object_get(param, "required")), p[i].required);
		}
	}
	json_decref(j);
}

/* "#/components/schemas/Person" of a schema, or none. */
static void check_is_shape(json_t *schema, enum shape s)
{
	char wanted[100];

	if (s == SHAPE_NONE)
		return;
	snprintf(wanted, sizeof(wanted), "#/components/schemas/%s", shape_name(s));
	CHECK_TEXT(json_text_of(json_object_get(schema, "$ref")), wanted);
}

TEST(every_route_says_what_it_takes_and_gives)
{
	json_t *j = document();
	char status[8];

	for (int r = 0; r < ROUTES_COUNT; r++) {
		const struct route_info *info = route_info((enum route)r);
		json_t *route = operation(j, (enum route)r);
		json_t *body = json_object_get(route, "requestBody");

		snprintf(status, sizeof(status), "%u", route_success((enum route)r));
		CHECK_INT(body != NULL, info->body != SHAPE_NONE);
		check_is_shape(schema_of(body, "application/json"), info->body);
		check_is_shape(schema_of(at(route, "responses", status), "application/json"),
			       info->answer);
	}
	json_decref(j);
}

TEST(what_goes_wrong_is_a_problem_in_every_route)
{
	json_t *j = document(), *response;
	const char *status;

	for (int r = 0; r < ROUTES_COUNT; r++)
		json_object_foreach(json_object_get(operation(j, (enum route)r), "responses"),
				    status, response)
		{
			const char *ref = json_string_value(json_object_get(response, "$ref"));

			if (status[0] < '4')
				continue;
			CHECK(ref);
			check_is_shape(schema_of(followed(j, ref), "application/problem+json"),
				       SHAPE_PROBLEM);
		}
	json_decref(j);
}

TEST(a_write_by_somebody_takes_the_token_and_what_is_for_anybody_takes_nothing)
{
	json_t *j = document();

	for (int r = 0; r < ROUTES_COUNT; r++) {
		const struct route_info *info = route_info((enum route)r);
		json_t *all = json_object_get(operation(j, (enum route)r), "security");
		json_t *first = json_array_get(all, 0);

		CHECK_INT(json_array_size(all), route_is_open(info) ? 0 : 1);
		CHECK_INT(json_object_get(first, "session") != NULL, !route_is_open(info));
		CHECK_INT(json_object_get(first, "token") != NULL,
			  !route_is_open(info) && info->method == METHOD_POST);
	}
	json_decref(j);
}

TEST(a_fact_is_of_one_of_the_kinds_that_somebody_may_record)
{
	json_t *j = document(), *schemas = at(j, "components", "schemas");
	size_t recorded = 0;

	for (size_t i = 0; i < kind_count(); i++) {
		bool may = deed_of_recording(kind_at(i)->kind) != DEED_NONE;
		char name[80];

		snprintf(name, sizeof(name), "kind.%s", kind_at(i)->word);
		CHECK_INT(json_object_get(schemas, name) != NULL, may);
		recorded += may;
	}
	CHECK_INT(json_array_size(at(schemas, "Fact", "oneOf")), recorded);
	json_decref(j);
}

RUN_TESTS()
