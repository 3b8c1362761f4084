/*
 * Each list becomes one line for the write door, with a key made of what the line
 * says: the same list is recorded once, a newer one again.  A row's id is made of its
 * code, so that a later version of a directive is about the same subject.
 */
#include "cli/reference.h"

#include "base/embed.h"
#include "base/sha256.h"
#include "cli/commands.h"

static void put(struct json_writer *w, const char *key, struct text t)
{
	if (!t.size)
		return;
	json_key(w, key);
	json_text(w, t);
}

static void begin_fact(struct json_writer *w, const char *kind, struct text code)
{
	struct id id = reference_id(code);

	json_object_begin(w);
	put(w, "kind", text_of(kind));
	json_key(w, "subject");
	json_hex(w, bytes_of(id.at, ID_SIZE));
}

/* "PoR" of the lists is "por" of the facts. */
static struct text lower(struct cli *c, struct text t)
{
	struct text out = arena_copy_text(c->arena, t);

	for (size_t i = 0; i < out.size; i++)
		if (out.at[i] >= 'A' && out.at[i] <= 'Z')
			((char *)(uintptr_t)out.at)[i] = (char)(out.at[i] - 'A' + 'a');
	return out;
}

static void write_tariffs(struct cli *c, struct json_writer *w)
{
	size_t count;
	const struct shipped_tariff *t = atlas_tariffs(c->atlas, &count);

	for (size_t i = 0; i < count; i++) {
		begin_fact(w, "tariff.set", t[i].id);
		put(w, "provider", t[i].provider);
		put(w, "group", lower(c, t[i].group));
		json_key(w, "part");
		json_uint(w, t[i].part);
		json_key(w, "amount");
		json_uint(w, t[i].amount_minor);
		put(w, "currency", t[i].currency);
		put(w, "per", t[i].per);
		put(w, "valid_from", t[i].valid_from);
		put(w, "valid_to", t[i].valid_to);
		put(w, "source", t[i].source);
		put(w, "rule", t[i].rule);
		json_object_end(w);
	}
}

static void write_terms(struct cli *c, struct json_writer *w)
{
	(void)c;
	begin_fact(w, "terms.set", TEXT("terms"));
	json_key(w, "cooling_h");
	json_int(w, 24);
	json_key(w, "lapse_d");
	json_int(w, 90);
	json_key(w, "reconfirm_h");
	json_int(w, 12);
	json_object_end(w);
}

static const struct {
	const char *name;
	void (*write)(struct cli *c, struct json_writer *w);
} lists[] = {
	{ "terms", write_terms },
	{ "tariffs", write_tariffs },
};

/* An array of facts through the door, with its key: the hash of what it says. */
static struct proposal_answer propose_keyed(struct cli *c, const struct session *by,
					    struct name_book *names, const struct buffer *array)
{
	struct hash h = sha256_of(buffer_bytes(array));
	char hex[2 * HASH_SIZE + 1];
	struct text keyed;

	hex_write(hex, bytes_of(h.at, HASH_SIZE / 2));
	keyed = arena_print(c->arena, "[{\"key\":\"%s\",%.*s", hex, (int)(array->size - 2),
			    (const char *)array->at + 2);
	return propose_line(c, names, by, keyed, c->arena);
}

static struct proposal_answer propose_directives(struct cli *c, const struct session *by,
						 struct name_book *names,
						 const struct directive_row *rows, size_t count)
{
	struct buffer line = { .limit = LINE_SIZE_MAX };
	struct proposal_answer p = { .ending = FAILED };
	struct json_writer w;

	json_begin(&w, &line);
	json_array_begin(&w);
	for (size_t i = 0; i < count; i++)
		desk_write_directive(&w, &rows[i]);
	json_array_end(&w);
	if (!buffer_end(&line, &c->fault))
		p = propose_keyed(c, by, names, &line);
	buffer_free(&line);
	return p;
}

static enum err count_recorded(struct cli *c, const struct proposal_answer *p, const char *list,
			       size_t *count)
{
	if (p->ending == DONE && p->answer.submission.sort == SUBMISSION_RECORDED)
		*count += p->answer.submission.count;
	if (p->ending == RULE_REFUSED)
		return fault(&c->fault, ERR_INPUT, "reference.refused", list);
	return c->fault.err;
}

static enum err record_list(struct cli *c, const struct session *by, struct name_book *names,
			    size_t list, size_t *count)
{
	struct buffer line = { .limit = LINE_SIZE_MAX };
	struct proposal_answer p = { .ending = FAILED };
	struct json_writer w;

	json_begin(&w, &line);
	json_array_begin(&w);
	lists[list].write(c, &w);
	json_array_end(&w);
	if (!buffer_end(&line, &c->fault))
		p = propose_keyed(c, by, names, &line);
	buffer_free(&line);
	return count_recorded(c, &p, lists[list].name, count);
}

#define SHIPPED_DIRECTIVES "directives/directives.csv"

/* What ships is whole: a row that is not is told as a fault, with its line. */
static void fail_on(void *self, const struct directive_reject *reject)
{
	struct cli *c = self;

	fault(&c->fault, ERR_DAMAGED, "reference.row", text_of(SHIPPED_DIRECTIVES), reject->line,
	      reject->column);
}

static enum err record_directives(struct cli *c, const struct session *by, struct name_book *names,
				  size_t *count)
{
	const struct directive_row *rows;
	struct proposal_answer p;
	size_t row_count;

	if (cli_asked(c, desk_read_directives(&c->desk, SHIPPED_DIRECTIVES,
					      embedded(SHIPPED_DIRECTIVES), fail_on, c, &rows,
					      &row_count)) ||
	    c->fault.err)
		return c->fault.err;
	p = propose_directives(c, by, names, rows, row_count);
	return count_recorded(c, &p, "directives", count);
}

enum err reference_record(struct cli *c, const struct session *by, size_t *count)
{
	struct name_book *names = NULL;
	enum err e;

	cli_ask(c, by, c->arena);
	e = cli_asked(c, name_book_new(&names, &c->desk));
	*count = 0;
	for (size_t i = 0; !e && i < COUNT_OF(lists); i++)
		e = record_list(c, by, names, i, count);
	if (!e)
		e = record_directives(c, by, names, count);
	name_book_free(names);
	return e;
}

enum ending cmd_reference(struct cli *c)
{
	struct json_writer w;
	size_t count;

	if (cli_open(c) || cli_login(c) || reference_record(c, &c->session, &count))
		return cli_fail(c);
	if (!c->json) {
		cli_line(c, "%zu", count);
		return DONE;
	}
	cli_json_begin(c, &w);
	json_key(&w, "recorded");
	json_uint(&w, count);
	cli_json_end(c, &w);
	return DONE;
}
