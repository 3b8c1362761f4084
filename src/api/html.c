/*
 * html: escaping, and the little elements.
 */
#include "api/html.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/calendar.h"

void html_markup(struct buffer *out, const char *format, ...)
{
	char text[512];
	va_list values;
	int size;

	va_start(values, format);
	size = vsnprintf(text, sizeof(text), format, values);
	va_end(values);
	if (size < 0 || (size_t)size >= sizeof(text))
		out->err = out->err ? out->err : ERR_LIMIT;
	else
		buffer_text(out, (struct text){ text, (size_t)size });
}

static const char *escape_of(char c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&#39;";
	default: return NULL;
	}
}

void html_text(struct buffer *out, struct text t)
{
	size_t begun = 0;

	/* What is empty may be nowhere at all, and nothing is behind nowhere. */
	if (!t.size)
		return;
	for (size_t i = 0; i < t.size; i++) {
		const char *escape = escape_of(t.at[i]);

		if (!escape)
			continue;
		buffer_text(out, (struct text){ t.at + begun, i - begun });
		buffer_text(out, text_of(escape));
		begun = i + 1;
	}
	buffer_text(out, (struct text){ t.at + begun, t.size - begun });
}

void html_prose(struct buffer *out, struct text t)
{
	struct text before, day;

	while (date_next(&t, &before, &day)) {
		html_text(out, before);
		html_markup(out, "<time>");
		html_text(out, day);
		html_markup(out, "</time>");
	}
	html_text(out, t);
}

static struct text name_of(const char *tag)
{
	return (struct text){ tag, strcspn(tag, " ") };
}

void html_said(struct buffer *out, const char *tag, struct text t)
{
	html_markup(out, "<%s>", tag);
	html_prose(out, t);
	html_markup(out, "</%.*s>\n", SHOWN(name_of(tag)));
}

void html_value(struct buffer *out, const char *tag, struct text t)
{
	html_markup(out, "<%s><bdi>", tag);
	html_prose(out, t);
	html_markup(out, "</bdi></%.*s>\n", SHOWN(name_of(tag)));
}
