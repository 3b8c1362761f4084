/* reference: what comes with the program. */
#pragma once

#include "base/bytes.h"
#include "base/words.h"

/* The text of the declaration, as it is hashed and marked. */
struct bytes reference_form(enum words_language l);
struct hash reference_form_hash(enum words_language l);
