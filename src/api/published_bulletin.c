/*
 * published_bulletin: the newest week that this register published of what it counted, the
 * same numbers as `ikhtiar bulletin` writes, and the files that it wrote.
 */
#include "api/published.h"

#include <stdio.h>

static void write_none(struct page *p)
{
	page_begin(p, page_say(p, "public.bulletin"));
	html_said(p->out, "p", say_fault(p->arena, p->words, &p->q->desk.fault));
	page_end(p);
}

/* Nothing where none are kept: a register of an earlier version, or one at a moment at which
 * a week has gone out and its files are still being written. */
static enum err write_links(struct page *p, const struct reg_kept_bulletin *kept)
{
	struct text names[BULLETIN_FILES_MAX];
	char folder[32];
	enum err e;

	if (!kept->count)
		return OK;
	for (size_t i = 0; i < kept->count; i++)
		names[i] = kept->files[i].name;
	snprintf(folder, sizeof(folder), "%sbulletin/", p->root);
	html_markup(p->out, "<nav class=\"files\">\n");
	e = bulletin_links(p->out, names, kept->count, folder, p->words, &p->q->desk.fault);
	html_markup(p->out, "</nav>\n");
	return e;
}

enum err page_kept(struct page *p, struct bulletin *b, struct reg_kept_bulletin *out)
{
	struct desk *d = &p->q->desk;
	char week[PERIOD_ID_SIZE];
	enum err e = reg_bulletin_kept(d->reg, d->arena, out, &d->fault);

	period_id(week, b->week->period);
	if (!text_is(out->week, week))
		*out = (struct reg_kept_bulletin){ 0 };
	b->contact = out->contact;
	return e;
}

enum err published_bulletin_file(struct asked *q, struct text name)
{
	struct desk *d = &q->desk;
	struct bytes body;
	enum err e = reg_bulletin_file(d->reg, name, d->arena, &body, &d->fault);

	if (!e)
		buffer_add(&q->out, body);
	return e;
}

enum err page_bulletin(struct page *p)
{
	struct desk *d = &p->q->desk;
	struct reg_kept_bulletin kept;
	struct desk_bulletin b;
	enum err e = desk_bulletin(d, NULL, &b);

	if (e == ERR_NOT_FOUND) {
		write_none(p);
		return OK;
	}
	if (e || (e = page_kept(p, &b.bulletin, &kept)))
		return e;
	page_begin(p, bulletin_title(p->arena, &b.bulletin, p->words));
	html_markup(p->out, "<div class=\"bulletin\">\n");
	e = bulletin_content(p->out, &b.bulletin, p->words, &d->fault);
	if (!e)
		e = write_links(p, &kept);
	html_markup(p->out, "</div>\n");
	page_end(p);
	return e;
}
