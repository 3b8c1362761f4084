/* manager: the environment says how often it wants to hear of us. */
#include "cli/manager.h"

#include <stdlib.h>

static unsigned pause_of(const char *usec)
{
	unsigned long long pause_s = usec ? strtoull(usec, NULL, 10) / 2000000 : 0;

	if (!usec)
		return UINT32_MAX;
	return pause_s < 1 ? 1 : pause_s > UINT32_MAX ? UINT32_MAX : (unsigned)pause_s;
}

void manager_find(struct manager *m, struct world *w)
{
	struct fault nobody = { 0 };

	*m = (struct manager){ .world = w, .pause_s = pause_of(getenv("WATCHDOG_USEC")) };
	if (w->manager(w, &m->to, &nobody))
		m->to = NULL;
}

/* A manager that has gone is no reason to stop serving. */
void manager_tell(struct manager *m, const char *what)
{
	struct fault gone = { 0 };

	if (m->to && m->world->file_write(m->to, bytes_of_text(text_of(what)), &gone)) {
		m->world->file_close(m->to);
		m->to = NULL;
	}
}

void manager_leave(struct manager *m)
{
	m->world->file_close(m->to);
}
