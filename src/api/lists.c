/*
 * lists: a list that others keep, as it is sent by a browser: looked at, or registered.
 *
 * What `ikhtiar import` does with files on the disk is done with what was sent: the same
 * mapping, keys and rejects, so that a list may be sent again after a connection broke.
 */
#include <sodium.h>

#include "api/inside.h"
#include "import/import.h"

#define CSV_SIZE_MAX ((size_t)4 << 20)
/* One row of it: a name of a column has 64 KiB at most. */
#define ROW_ROOM ((size_t)256 << 10)
#define FILE_NAME_SIZE_MAX 255
#define SHOWN_MAX 100

/* --- what was sent ---------------------------------------------------------------------- */

enum err read_sent_file(struct asked *q, const json_t *file, const char **name, struct bytes *out)
{
	struct text encoded = json_text_of(json_object_get(file, "content"));
	size_t room = encoded.size / 4 * 3 + 3, size;
	uint8_t *at;

	*name = json_string_value(json_object_get(file, "name"));
	if (strlen(*name) > FILE_NAME_SIZE_MAX)
		return fault(&q->desk.fault, ERR_LIMIT, "lists.long-name", FILE_NAME_SIZE_MAX);
	if (!(at = arena_take(q->desk.arena, room)))
		return fault(&q->desk.fault, ERR_MEMORY, "memory.none");
	if (sodium_base642bin(at, room, encoded.at, encoded.size, NULL, &size, NULL,
			      sodium_base64_VARIANT_ORIGINAL))
		return fault(&q->desk.fault, ERR_INPUT, "lists.encoding", *name);
	*out = bytes_of(at, size);
	return OK;
}

static enum err read_files(struct asked *q, struct import_order *order)
{
	const json_t *files = json_object_get(q->body, "files"), *one;
	enum err e = OK;
	size_t i;

	if (json_array_size(files) > IMPORT_FILES_MAX)
		return fault(&q->desk.fault, ERR_LIMIT, "import.too-many-files", IMPORT_FILES_MAX);
	json_array_foreach(files, i, one) {
		struct import_file *file = &order->files[order->file_count++];

		if ((e = read_sent_file(q, one, &file->name, &file->content)))
			return e;
	}
	return e;
}

/* One's own, the one that is named, or the one that the columns call for. */
static enum err read_map(struct asked *q, struct import_order *order)
{
	const char *ready = json_string_value(json_object_get(q->body, "ready"));
	struct text own = body_text(q, "map");
	enum err e = OK;

	order->map = bytes_of_text(own);
	if (own.at)
		return OK;
	if (!ready)
		e = import_recognise(q->desk.world, order->files, order->file_count, &ready,
				     &q->desk.fault);
	if (!e && ready)
		order->map = import_ready_map(ready);
	if (!e && !order->map.at)
		return fault(&q->desk.fault, ERR_INPUT, "lists.which-map");
	return e;
}

/* --- what was not taken ----------------------------------------------------------------- */

/* The list for who puts it right, and the first of it for the screen. */
struct rejects {
	struct asked *q;
	struct buffer csv, shown;
	struct csv_writer list;
	struct json_writer rows;
	size_t listed, count;
};

static void show_reject(struct rejects *out, const struct import_reject *reject)
{
	struct json_writer *w = &out->rows;

	json_object_begin(w);
	json_key(w, "sheet");
	json_text(w, text_of(reject->sheet));
	json_key(w, "row");
	json_uint(w, reject->row);
	if (reject->column.size) {
		json_key(w, "column");
		json_text(w, reject->column);
	}
	json_key(w, "changed");
	json_bool(w, reject->changed);
	json_key(w, "reason");
	json_text(w, say_fault(out->q->desk.arena, out->q->desk.words, reject->why));
	json_object_end(w);
}

static void take_reject(void *self, const struct import_reject *reject)
{
	struct rejects *out = self;

	if (out->count++ < SHOWN_MAX)
		show_reject(out, reject);
	/* A row that is begun is whole: a list that ends within one is no list. */
	if (buffer_bytes(&out->csv).size > CSV_SIZE_MAX - ROW_ROOM)
		return;
	import_rejects_row(&out->list, out->q->desk.words, reject);
	out->listed++;
}

static void begin_rejects(struct rejects *out, struct asked *q)
{
	*out = (struct rejects){ .q = q, .csv = { .limit = CSV_SIZE_MAX } };
	out->list = (struct csv_writer){ .out = &out->csv, .defuse = true };
	import_rejects_head(&out->list);
	json_begin(&out->rows, &out->shown);
	json_array_begin(&out->rows);
}

static enum err end_rejects(struct rejects *out)
{
	enum err e;

	json_array_end(&out->rows);
	e = buffer_end(&out->csv, &out->q->desk.fault);
	return e ? e : buffer_end(&out->shown, &out->q->desk.fault);
}

static void free_rejects(struct rejects *out)
{
	buffer_free(&out->csv);
	buffer_free(&out->shown);
}

/* --- the answer --------------------------------------------------------------------------- */

static void write_taken(struct asked *q, const struct import_result *r, const struct rejects *out)
{
	const struct {
		const char *key;
		uint64_t number;
	} counts[] = {
		{ "rows", r->rows },	   { "households", r->households },
		{ "people", r->people },   { "recorded", r->recorded },
		{ "fit", r->fit },	   { "known", r->known },
		{ "changed", r->changed }, { "rejected", r->rejected },
		{ "skipped", r->skipped }, { "csv_rows", out->listed },
	};

	json_object_begin(&q->w);
	for (size_t i = 0; i < COUNT_OF(counts); i++) {
		json_key(&q->w, counts[i].key);
		json_uint(&q->w, counts[i].number);
	}
	json_key(&q->w, "rejects");
	json_raw(&q->w, buffer_as_text(&out->shown));
	json_key(&q->w, "csv");
	json_text(&q->w, buffer_as_text(&out->csv));
	json_object_end(&q->w);
}

static enum err run_list(struct asked *q, struct import_order *order)
{
	struct desk *d = &q->desk;
	struct import_result result;
	struct rejects rejects;
	enum err e;

	begin_rejects(&rejects, q);
	order->rejected = take_reject;
	order->self = &rejects;
	e = import_run(d->reg, d->world, d->atlas, &d->session, order, NULL, &result, &d->fault);
	if (!e && !(e = end_rejects(&rejects)))
		write_taken(q, &result, &rejects);
	free_rejects(&rejects);
	return e;
}

enum err take_list(struct asked *q)
{
	struct import_order order = { .dry_run = body_flag(q, "dry_run"),
				      .bring_back = body_flag(q, "bring_back") };
	enum err e;

	if ((e = read_files(q, &order)) || (e = read_map(q, &order)))
		return e;
	return run_list(q, &order);
}
