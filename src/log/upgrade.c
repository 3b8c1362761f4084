/*
 * upgrade: a file of an earlier format.
 *
 *   1   settings without a check: each is wiped where it is and kept anew
 *
 * All of it is one transaction, so that a file is of one format or of the other; where
 * it fails the file is closed, which takes it back.
 */
#include "log/inside.h"

#define SETTINGS_MEMORY ((size_t)256 * 1024 * 1024)

struct upgrading {
	struct arena *arena;
	struct log_setting *at;
	size_t count;
};

/* Every setting as it lies there, into the arena. */
static enum err read_settings(struct log *l, struct upgrading *x, struct fault *f)
{
	struct query q = query(l, STATEMENT_SETTING_COUNT);
	int64_t room;
	bool whole = true;
	enum err e;

	if ((e = query_number(&q, &room, f)))
		return e;
	x->at = arena_take_array(x->arena, (size_t)room + 1, sizeof(*x->at));
	if (!x->at)
		return fault(f, ERR_MEMORY, "log.no-memory");
	q = query(l, STATEMENT_SETTING_EACH);
	query_put_text(&q, 1, TEXT(""));
	while (whole && query_row(&q)) {
		struct log_setting *s = &x->at[x->count++];

		s->name = arena_copy_text(x->arena, query_text(&q, 0)).at;
		s->bytes = arena_copy(x->arena, query_bytes(&q, 1));
		whole = s->name && s->bytes.at && s->bytes.size <= LOG_KEPT_SIZE_MAX;
	}
	if ((e = query_end(&q, f)))
		return e;
	return whole ? OK : fault(f, ERR_DAMAGED, "log.kept-damaged", l->path);
}

enum err log_upgrade(struct log *l, struct fault *f)
{
	struct upgrading x = { 0 };
	enum err e;

	if ((e = arena_new(&x.arena, SETTINGS_MEMORY)))
		return fault(f, e, "log.no-memory");
	if ((e = query_run(l, STATEMENT_BEGIN, f)) || (e = read_settings(l, &x, f)) ||
	    (e = settings_keep(l, x.at, x.count, f)) || (e = log_mark_format(l, f)))
		goto out;
	e = query_run(l, STATEMENT_COMMIT, f);
out:
	arena_free(x.arena);
	return e;
}
