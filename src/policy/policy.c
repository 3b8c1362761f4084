/*
 * policy: the tables of deeds.def and fields.def, asked.
 *
 * A kind's line is found by a walk: there are some sixty, and a question about a field
 * is asked once for each field that somebody reads.
 */
#include "policy/policy.h"

#include <assert.h>
#include <stdio.h>

/* --- sets of roles -------------------------------------------------------------------- */

#define REG ROLE_BIT(REGISTRATION)
#define COU ROLE_BIT(COUNSELLOR)
#define PRO ROLE_BIT(PROTECTION)
#define LEG ROLE_BIT(LEGAL_AID)
#define CAS ROLE_BIT(CASHIER)
#define MOV ROLE_BIT(MOVEMENT)
#define BOR ROLE_BIT(BORDER)
#define STA ROLE_BIT(STATISTICIAN)
#define ADM ROLE_BIT(ADMINISTRATOR)
#define AUD ROLE_BIT(AUDITOR)
#define CARE (COU | PRO | LEG)
#define DESK (REG | CARE)
#define MEETS (DESK | CAS | MOV | BOR)
#define ALL (MEETS | STA | ADM | AUD)

/* --- deeds ------------------------------------------------------------------------------- */

static const struct {
	const char *word; /* NULL: the kind's */
	enum kind kind;	  /* KIND_UNKNOWN: not a recording */
	uint16_t roles;
} deeds[DEED_COUNT] = {
#define DEED(name, word_, roles_) [DEED_##name] = { word_, KIND_UNKNOWN, roles_ },
#define RECORDS(kind_, roles_) [DEED_RECORD_##kind_] = { NULL, KIND_##kind_, roles_ },
#include "policy/deeds.def"
};

static bool deed_exists(enum deed d)
{
	return d > DEED_NONE && d < DEED_COUNT;
}

bool policy_allows(uint16_t roles, enum deed d)
{
	return (roles & deed_roles(d)) != 0;
}

/* DEED_NONE is the first that records no kind. */
enum deed deed_of_recording(enum kind k)
{
	for (int d = DEED_NONE; d < DEED_COUNT; d++)
		if (deeds[d].kind == k)
			return (enum deed)d;
	return DEED_NONE;
}

const char *deed_word(enum deed d)
{
	if (!deed_exists(d))
		return "?";
	return deeds[d].word ? deeds[d].word : kind_of_number((uint64_t)deeds[d].kind)->word;
}

uint16_t deed_roles(enum deed d)
{
	return deed_exists(d) ? deeds[d].roles : 0;
}

void deed_label(char out[LABEL_KEY_SIZE], enum deed d)
{
	assert(deed_exists(d));
	if (deeds[d].word)
		snprintf(out, LABEL_KEY_SIZE, "deed.%s", deeds[d].word);
	else
		kind_label(out, kind_of_number((uint64_t)deeds[d].kind));
}

/* --- fields ------------------------------------------------------------------------------ */

static const struct {
	enum kind kind;
	uint16_t identity, case_;
} sees[] = {
#define SEES(kind, identity, case_) { KIND_##kind, identity, case_ },
#include "policy/fields.def"
};

static const struct {
	enum kind kind;
	enum field_slot slot;
	uint16_t roles;
} also[] = {
#define ALSO(kind, field, roles) { KIND_##kind, kind##_##field, roles },
#include "policy/fields.def"
};

static uint16_t roles_of_seal(enum kind k, enum seal seal)
{
	for (size_t i = 0; i < COUNT_OF(sees); i++)
		if (sees[i].kind == k)
			return seal == SEAL_IDENTITY ? sees[i].identity : sees[i].case_;
	return 0;
}

static uint16_t roles_besides(enum kind k, const struct field *field)
{
	const struct kind_spec *spec = kind_of_number((uint64_t)k);

	for (size_t i = 0; i < COUNT_OF(also); i++)
		if (also[i].kind == k && spec->fields[also[i].slot].number == field->number)
			return also[i].roles;
	return 0;
}

bool policy_may_see(uint16_t roles, enum kind k, const struct field *field)
{
	if (field->seal == SEAL_CLEAR)
		return true;
	return (roles & (roles_of_seal(k, field->seal) | roles_besides(k, field))) != 0;
}

bool policy_may_know(uint16_t roles, enum kind k)
{
	const struct kind_spec *spec = kind_of_number((uint64_t)k);

	if (!spec)
		return false;
	if (spec->seal == SEAL_CLEAR || roles & roles_of_seal(k, SEAL_CASE))
		return true;
	for (size_t i = 0; i < spec->field_count; i++)
		if (policy_may_see(roles, k, &spec->fields[i]))
			return true;
	return false;
}

bool policy_sees_names(uint16_t roles)
{
	const struct kind_spec *spec = kind_of_number(KIND_PERSON_REGISTERED);

	return policy_may_see(roles, spec->kind, &spec->fields[PERSON_REGISTERED_GIVEN]);
}
