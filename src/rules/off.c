/*
 * off: one rule switched off, to see that a test fails without it (tools/rules_off).
 *
 * Only a build for tests can do it; there the environment is read at each call, since
 * nothing outside functions may change.
 */
#include "rules/judging.h"

#ifdef IKHTIAR_TESTING
#include <stdlib.h>

bool rule_is_off(enum rule r)
{
	const char *off = getenv("IKHTIAR_RULE_OFF");

	return off && text_is(text_of(off), rule_info(r)->id);
}
#else
bool rule_is_off(enum rule r)
{
	(void)r;
	return false;
}
#endif
