/*
 * ca: the page has no style and no script, since nobody believes it yet: what can be
 * looked at is a code, a link and a fingerprint, and what to compare it with.
 */
#include "api/ca.h"

#include <qrencode.h>

#include "base/buffer.h"

#define QUIET 4 /* modules of white around a code */
#define SCALE 6 /* pixels a module */

/* One path of unit squares, in the order of the rows. */
static void write_code(struct buffer *b, const QRcode *code)
{
	const unsigned width = (unsigned)code->width, size = width + 2 * QUIET;

	buffer_print(b,
		     "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\" "
		     "viewBox=\"0 0 %u %u\" role=\"img\" aria-label=\"QR\">"
		     "<rect width=\"%u\" height=\"%u\" fill=\"#fff\"/><path fill=\"#000\" d=\"",
		     size * SCALE, size * SCALE, size, size, size, size);
	for (unsigned y = 0; y < width; y++)
		for (unsigned x = 0; x < width; x++)
			if (code->data[y * width + x] & 1)
				buffer_print(b, "M%u %uh1v1h-1z", x + QUIET, y + QUIET);
	buffer_text(b, TEXT("\"/></svg>"));
}

/* In the words of each language, since nobody has chosen one yet. */
static void write_words(struct buffer *b, const struct http_setting *s, struct arena *a)
{
	for (int l = 0; l < WORDS_LANGUAGES; l++) {
		const struct words_language_info *info =
			words_language_info((enum words_language)l);

		buffer_print(b, "<section lang=\"%s\" dir=\"%s\"><h1>%s</h1><p>%s</p></section>",
			     info->code, info->right_to_left ? "rtl" : "ltr",
			     say(a, s->words[l], "ca.title").at, say(a, s->words[l], "ca.how").at);
	}
}

static void write_page(struct buffer *b, const struct http_setting *s, struct text host,
		       struct arena *a)
{
	const char *address = arena_print(a, "https://%.*s/ca.crt", SHOWN(host)).at;
	QRcode *code = address ? QRcode_encodeString8bit(address, 0, QR_ECLEVEL_M) : NULL;
	char fingerprint[FINGERPRINT_SIZE];

	tls_fingerprint(fingerprint, s->tls);
	buffer_text(b, TEXT("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
			    "<meta name=\"viewport\" content=\"width=device-width\">"
			    "<title>ikhtiar</title><body>"));
	if (code)
		write_code(b, code);
	QRcode_free(code);
	buffer_print(b, "<p><a href=\"/ca.crt\">%s</a></p><p><code>%s</code></p>",
		     address ? address : "/ca.crt", fingerprint);
	write_words(b, s, a);
}

static void answer_page(const struct http_setting *s, const struct api_request *request,
			struct arena *a, struct api_response *out)
{
	struct buffer b = { 0 };

	write_page(&b, s, request->host, a);
	*out = (struct api_response){
		.status = 200,
		.type = "text/html; charset=utf-8",
		.body = b.err ? (struct bytes){ NULL, 0 } : arena_copy(a, buffer_bytes(&b)),
	};
	if (!out->body.at)
		out->status = 503;
	buffer_free(&b);
}

bool ca_answer(const struct http_setting *setting, const struct api_request *request,
	       struct arena *arena, struct api_response *out)
{
	bool page = text_is(request->path, "/ca"), file = text_is(request->path, "/ca.crt");

	if (!setting->tls || !setting->tls->ca.size || request->method != METHOD_GET)
		return false;
	if (page)
		answer_page(setting, request, arena, out);
	else if (file)
		*out = (struct api_response){ .status = 200,
					      .type = "application/x-x509-ca-cert",
					      .body = setting->tls->ca };
	return page || file;
}
