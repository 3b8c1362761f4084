/*
 * published_bulletin: the newest week that this register published of what it counted, the
 * same numbers as `ikhtiar bulletin` writes.
 */
#include "api/published.h"

static void write_none(struct page *p)
{
	page_begin(p, page_say(p, "public.bulletin"));
	html_said(p->out, "p", say_fault(p->arena, p->words, &p->q->desk.fault));
	page_end(p);
}

enum err page_bulletin(struct page *p)
{
	struct desk *d = &p->q->desk;
	struct desk_bulletin b;
	enum err e = desk_bulletin(d, NULL, &b);

	if (e == ERR_NOT_FOUND) {
		write_none(p);
		return OK;
	}
	if (e)
		return e;
	page_begin(p, bulletin_title(p->arena, &b.bulletin, p->words));
	html_markup(p->out, "<div class=\"bulletin\">\n");
	e = bulletin_content(p->out, &b.bulletin, p->words, &d->fault);
	html_markup(p->out, "</div>\n");
	page_end(p);
	return e;
}
