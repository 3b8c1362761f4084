/* node: what the view of the server gives to that of the day. */
#pragma once

#include "desk/view.h"

struct node {
	struct reg_status status;
	struct medium medium;
	uint64_t sessions;
};

/* Look at it; not to be called under the readers' lock. */
MUST_USE enum err node_look(struct node *out, struct desk *d, uint64_t sessions);
/* One NodeState. */
void view_node(struct view *v, const struct node *n);
