/* receipts: of which facts a person takes something home. */
#pragma once

#include "desk/desk.h"

/* For what she chose, and for taking it back. */
bool has_receipt(const struct fact *fact);
