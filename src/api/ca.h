/*
 * ca: how a tablet comes to know the site's own authority: /ca, a page for whoever holds
 * one, in all our languages, and /ca.crt, the certificate itself.
 */
#pragma once

#include "api/api.h"

/* Whether it was one of the two; `out` is the answer then. */
bool ca_answer(const struct http_setting *setting, const struct api_request *request,
	       struct arena *arena, struct api_response *out);
