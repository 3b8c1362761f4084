/* reference: what comes with the program. */
#pragma once

#include "desk/view.h"

/* The text of the declaration, as it is hashed and marked. */
struct bytes reference_form(enum words_language l);
struct hash reference_form_hash(enum words_language l);

/* Whether what it says is so now. */
bool reference_is_told(const struct advisory *a);
/* One AdvisoryState. */
void reference_advisory(struct view *v, const struct advisory *a);
