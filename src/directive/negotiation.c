/*
 * negotiation: a draft on its way through those who have to approve it.
 *
 *     drafted → submitted → each party approves, comments or rejects → in force → ended
 *
 * What is told is where each party stands and since when; who waits for whom follows from
 * it.  Nothing here hurries anybody: days are counted up, never down.
 */
#include "directive/directive.h"

const char *negotiation_stage_word(enum negotiation_stage s)
{
	static const char *const words[NEGOTIATION_STAGES] = {
		[NEGOTIATION_DRAFT] = "draft",	     [NEGOTIATION_SUBMITTED] = "submitted",
		[NEGOTIATION_APPROVED] = "approved", [NEGOTIATION_REJECTED] = "rejected",
		[NEGOTIATION_IN_FORCE] = "in-force", [NEGOTIATION_SUSPENDED] = "suspended",
		[NEGOTIATION_ENDED] = "ended",
	};

	return words[s];
}

const char *party_stand_word(enum party_stand s)
{
	static const char *const words[PARTY_STANDS] = {
		[PARTY_WAITED_FOR] = "waited-for",
		[PARTY_APPROVED] = "approved",
		[PARTY_COMMENTED] = "commented",
		[PARTY_REJECTED] = "rejected",
	};

	return words[s];
}

struct talk {
	struct negotiation_party *parties;
	size_t count;
	enum negotiation_stage stage;
	int32_t since;
};

/* The party of that name, a new one where there is none; there is room for it. */
static struct negotiation_party *party_named(struct talk *t, struct text name)
{
	for (size_t i = 0; i < t->count; i++)
		if (text_same(t->parties[i].name, name))
			return &t->parties[i];
	t->parties[t->count] = (struct negotiation_party){ .name = name, .since = t->since };
	return &t->parties[t->count++];
}

static void ask_all(struct talk *t, int32_t day)
{
	for (size_t i = 0; i < t->count; i++)
		t->parties[i] =
			(struct negotiation_party){ .name = t->parties[i].name, .since = day };
}

/* Drafts, rejections and approvals are the sum of what the parties say. */
static void sum_up(struct talk *t, int32_t day)
{
	size_t approved = 0, rejected = 0;
	enum negotiation_stage stage = NEGOTIATION_SUBMITTED;

	for (size_t i = 0; i < t->count; i++) {
		approved += t->parties[i].stand == PARTY_APPROVED;
		rejected += t->parties[i].stand == PARTY_REJECTED;
	}
	if (rejected)
		stage = NEGOTIATION_REJECTED;
	else if (approved == t->count)
		stage = NEGOTIATION_APPROVED;
	if (stage != t->stage)
		t->since = day;
	t->stage = stage;
}

static void speak(struct talk *t, const struct negotiation_move *m, enum party_stand stand)
{
	struct negotiation_party *p;

	if (!m->party.size)
		return;
	p = party_named(t, m->party);
	*p = (struct negotiation_party){ m->party, stand, m->day, m->version, m->said };
	sum_up(t, m->day);
}

static void move(struct talk *t, const struct negotiation_move *m)
{
	static const enum negotiation_stage stages[DIRECTIVE_STEPS] = {
		[DIRECTIVE_STEP_DRAFTED] = NEGOTIATION_DRAFT,
		[DIRECTIVE_STEP_SUBMITTED] = NEGOTIATION_SUBMITTED,
		[DIRECTIVE_STEP_IN_FORCE] = NEGOTIATION_IN_FORCE,
		[DIRECTIVE_STEP_RESUMED] = NEGOTIATION_IN_FORCE,
		[DIRECTIVE_STEP_SUSPENDED] = NEGOTIATION_SUSPENDED,
		[DIRECTIVE_STEP_ENDED] = NEGOTIATION_ENDED,
	};

	switch (m->step) {
	case DIRECTIVE_STEP_APPROVED: speak(t, m, PARTY_APPROVED); return;
	case DIRECTIVE_STEP_COMMENTED: speak(t, m, PARTY_COMMENTED); return;
	case DIRECTIVE_STEP_REJECTED: speak(t, m, PARTY_REJECTED); return;
	case DIRECTIVE_STEP_NONE:
	case DIRECTIVE_STEPS: return;
	default: break;
	}
	t->stage = stages[m->step];
	t->since = m->day;
	if (m->step == DIRECTIVE_STEP_SUBMITTED)
		ask_all(t, m->day);
}

enum err negotiation_read(struct negotiation *out, struct arena *a,
			  const struct negotiation_move *moves, size_t move_count,
			  const struct text *parties, size_t party_count, int32_t date,
			  struct fault *f)
{
	struct talk t = {
		.parties = arena_take_array(a, party_count + move_count + 1, sizeof(*t.parties)),
		.stage = move_count ? NEGOTIATION_DRAFT : NEGOTIATION_SUBMITTED,
		.since = move_count ? DIRECTIVE_NO_DAY : date,
	};

	if (!t.parties)
		return fault(f, ERR_MEMORY, "memory.none");
	for (size_t i = 0; i < party_count; i++)
		party_named(&t, parties[i]);
	for (size_t i = 0; i < move_count; i++)
		move(&t, &moves[i]);
	*out = (struct negotiation){ t.stage, t.since, t.parties, t.count };
	return OK;
}
