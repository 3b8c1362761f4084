/*
 * policy: who may do what: role × deed × field.
 *
 * deeds.def is the table: one line a deed, with the roles that may do it.  Recording
 * a kind is a deed; so is each read and each act of administration.  fields.def says
 * which role may see which field.  Checked in register/ for every way in; a deed
 * that is not in the table is denied.
 */
#pragma once

#include "base/bytes.h"
#include "fact/fact.h"

enum deed {
	DEED_NONE = 0,
#define DEED(name, ...) DEED_##name,
#define RECORDS(kind, ...) DEED_RECORD_##kind,
#include "policy/deeds.def"
	DEED_COUNT
};

/* Bit of a role in a mask: account.roles, the masks of the tables. */
#define ROLE_BIT(role) (1u << ROLE_##role)

bool policy_allows(uint16_t roles, enum deed d);
enum deed deed_of_recording(enum kind k); /* DEED_NONE: nobody records it by hand */
const char *deed_word(enum deed d);       /* "show-person", "hold.lifted"         */
uint16_t deed_roles(enum deed d);
/* What it is called on screen, as a key of the catalogue: "deed.show-person",
 * "kind.hold.lifted". */
void deed_label(char out[LABEL_KEY_SIZE], enum deed d);

/* Whether any of `roles` may see this field of this kind. */
bool policy_may_see(uint16_t roles, enum kind k, const struct field *field);
/* Whether any of `roles` may know that there is such a fact: sees something of it. */
bool policy_may_know(uint16_t roles, enum kind k);
/* Whether any of `roles` may see a person's name; the others see her alias. */
bool policy_sees_names(uint16_t roles);
