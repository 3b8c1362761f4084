/*
 * tables: a list of published figures or of directives, as it is sent by a browser: looked
 * at, or recorded.
 *
 * The desk reads both and tells each row that is refused; here they become one answer.
 */
#include "api/inside.h"
#include "base/csv.h"

#define SHOWN_MAX 200

/* What was sent, and what is told of it. */
struct table {
	struct asked *q;
	const char *name;
	struct bytes list;
	struct buffer shown;
	struct json_writer refusals;
	size_t told;
};

/* --- what is refused ----------------------------------------------------------------------- */

struct refusal {
	uint64_t line;
	const char *column; /* empty: the row as a whole */
	size_t place;	    /* from 1; 0: not told */
	bool kept;
	const struct fault *why;
};

static void tell(struct table *t, const struct refusal *r)
{
	struct json_writer *w = &t->refusals;
	struct desk *d = &t->q->desk;

	if (t->told++ >= SHOWN_MAX)
		return;
	json_object_begin(w);
	json_key(w, "line");
	json_uint(w, r->line);
	if (*r->column) {
		json_key(w, "column");
		json_text(w, text_of(r->column));
	}
	if (r->place) {
		json_key(w, "place");
		json_uint(w, r->place);
	}
	json_key(w, "kept");
	json_bool(w, r->kept);
	json_key(w, "reason");
	json_text(w, say_fault(d->arena, d->words, r->why));
	json_object_end(w);
}

static void tell_figure(void *self, const struct figure_refusal *r)
{
	tell(self, &(struct refusal){ .line = r->line,
				      .column = r->column_name,
				      .place = r->column,
				      .why = r->why });
}

static void tell_directive(void *self, const struct directive_reject *r)
{
	tell(self, &(struct refusal){
			   .line = r->line, .column = r->column, .kept = r->kept, .why = r->why });
}

/* --- the answer ------------------------------------------------------------------------------ */

struct taken {
	size_t rows, fit, recorded, known, refused;
};

static enum err take_figures(struct table *t, struct taken *out)
{
	struct asked *q = t->q;
	const struct csv_form form = { .name = t->name };
	struct desk_figures_list list = { .dry_run = body_flag(q, "dry_run"),
					  .keep_going = body_flag(q, "keep_going"),
					  .self = t,
					  .told = tell_figure };
	struct desk_figures_taken taken;
	enum err e;

	if ((e = csv_open_bytes(&list.csv, t->list, &form, &q->desk.fault)))
		return e;
	if (!(e = desk_take_figures(&q->desk, &list, &taken)))
		*out = (struct taken){ taken.rows, taken.fit, taken.recorded, taken.known,
				       taken.refused };
	csv_close(list.csv);
	return e;
}

static enum err take_directives(struct table *t, struct taken *out)
{
	struct asked *q = t->q;
	const struct desk_directives_list list = { .name = t->name,
						   .list = t->list,
						   .dry_run = body_flag(q, "dry_run"),
						   .keep_going = body_flag(q, "keep_going"),
						   .self = t,
						   .rejected = tell_directive };
	struct desk_directives_taken taken;
	enum err e = desk_take_directives(&q->desk, &list, &taken);

	if (!e)
		*out = (struct taken){ taken.rows, taken.fit, taken.recorded, taken.known,
				       taken.refused };
	return e;
}

static void write_taken(struct table *t, const struct taken *taken)
{
	struct json_writer *w = &t->q->w;
	const struct {
		const char *key;
		size_t number;
	} counts[] = {
		{ "rows", taken->rows },       { "fit", taken->fit },
		{ "known", taken->known },     { "recorded", taken->recorded },
		{ "refused", taken->refused },
	};

	json_object_begin(w);
	for (size_t i = 0; i < COUNT_OF(counts); i++) {
		json_key(w, counts[i].key);
		json_uint(w, counts[i].number);
	}
	json_key(w, "refusals");
	json_raw(w, buffer_as_text(&t->shown));
	json_object_end(w);
}

static enum err take_table(struct asked *q, enum err (*take)(struct table *t, struct taken *out))
{
	struct table t = { .q = q, .shown = { .limit = ANSWER_SIZE_MAX } };
	struct taken taken = { 0 };
	enum err e;

	json_begin(&t.refusals, &t.shown);
	json_array_begin(&t.refusals);
	e = read_sent_file(q, json_object_get(q->body, "file"), &t.name, &t.list);
	if (!e && !(e = take(&t, &taken))) {
		json_array_end(&t.refusals);
		if (!(e = buffer_end(&t.shown, &q->desk.fault)))
			write_taken(&t, &taken);
	}
	buffer_free(&t.shown);
	return e;
}

enum err take_figures_table(struct asked *q)
{
	return take_table(q, take_figures);
}

enum err take_directives_table(struct asked *q)
{
	return take_table(q, take_directives);
}
