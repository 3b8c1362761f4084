/*
 * html: pages that are written here, without a script.
 *
 * Tags are written as they are; all that is said goes through html_text() or a function
 * that does, and can end no tag.
 */
#pragma once

#include "base/buffer.h"

/* Markup of ours, with printf's values that need no care: numbers, keys. */
void html_markup(struct buffer *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Text, or the value of an attribute in double quotes. */
void html_text(struct buffer *out, struct text t);
/* Text that is read: each date in it stands in a <time>, which the style keeps on one line;
 * a browser would break it behind a hyphen. */
void html_prose(struct buffer *out, struct text t);
/* <tag>text</tag>, as prose; `tag` may have attributes behind it: "th scope=\"col\"". */
void html_said(struct buffer *out, const char *tag, struct text t);
/* The same for a name or a number that may be of another direction of writing. */
void html_value(struct buffer *out, const char *tag, struct text t);
