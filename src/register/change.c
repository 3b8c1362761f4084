#include "register/change.h"

enum err change_begin(struct change *c, struct reg *r, const struct session *by, enum kind kind,
		      struct fault *f)
{
	*c = (struct change){ .reg = r, .by = by };
	fact_begin(&c->fact, kind);
	c->fact.happened = clock_now(&r->clock, r->world).seconds;
	if (arena_new(&c->arena, FACT_MEMORY_MAX))
		return fault(f, ERR_MEMORY, "register.no-memory");
	return OK;
}

void change_setting(struct change *c, const char *name, struct bytes bytes)
{
	assert(c->setting_count < COUNT_OF(c->settings));
	c->settings[c->setting_count++] = (struct log_setting){ name, bytes };
}

enum err change_record(struct change *c, enum deed deed, struct fault *f)
{
	struct submission_answer answer;
	struct submission s = {
		.by = c->by,
		.deed = deed,
		.inside = true,
		.facts = &c->fact,
		.count = 1,
		.arena = c->arena,
		.answer = &answer,
		.fault = f,
		.settings = c->settings,
		.setting_count = c->setting_count,
	};

	c->fact.subject = c->account;
	return writer_submit(c->reg, &s);
}
