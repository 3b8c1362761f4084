/*
 * Each list becomes one line for the write door, with a key made of what the line
 * says: the same list is recorded once, a newer one again.  A row's id is made of its
 * code, so that a later version of a directive is about the same subject.
 */
#include "cli/reference.h"

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

static void write_directives(struct cli *c, struct json_writer *w)
{
	size_t count;
	const struct directive *d = atlas_directives(c->atlas, &count);

	for (size_t i = 0; i < count; i++) {
		begin_fact(w, "instrument.recorded", d[i].id);
		put(w, "code", d[i].id);
		put(w, "date", d[i].date);
		put(w, "authority", d[i].authority);
		put(w, "level", d[i].level);
		put(w, "instrument", d[i].instrument);
		put(w, "groups", d[i].group);
		json_key(w, "areas");
		json_array_begin(w);
		for (size_t k = 0; k < d[i].area_count; k++)
			json_text(w, d[i].areas[k]->key);
		json_array_end(w);
		put(w, "effect", d[i].effect);
		put(w, "detail", d[i].detail);
		put(w, "from", d[i].valid_from);
		put(w, "to", d[i].valid_to);
		put(w, "basis", d[i].basis);
		put(w, "source", d[i].source);
		put(w, "note", d[i].note);
		json_object_end(w);
	}
}

static const struct {
	const char *name;
	void (*write)(struct cli *c, struct json_writer *w);
} lists[] = {
	{ "terms", write_terms },
	{ "tariffs", write_tariffs },
	{ "directives", write_directives },
};

/* The line with its key: the hash of what it says, in the first fact. */
static enum err record_list(struct cli *c, const struct session *by, struct name_book *names,
			    size_t list, size_t *count)
{
	struct buffer line = { .limit = LINE_SIZE_MAX };
	char hex[2 * HASH_SIZE + 1];
	struct proposal_answer p = { .ending = FAILED };
	struct json_writer w;
	struct hash h;
	struct text keyed;
	enum err e;

	json_begin(&w, &line);
	json_array_begin(&w);
	lists[list].write(c, &w);
	json_array_end(&w);
	if (!(e = buffer_end(&line, &c->fault))) {
		h = sha256_of(buffer_bytes(&line));
		hex_write(hex, bytes_of(h.at, HASH_SIZE / 2));
		keyed = arena_print(c->arena, "[{\"key\":\"%s\",%.*s", hex, (int)(line.size - 2),
				    (const char *)line.at + 2);
		p = propose_line(c, names, by, keyed, c->arena);
	}
	buffer_free(&line);
	if (p.ending == DONE && p.answer.submission.sort == SUBMISSION_RECORDED)
		*count += p.answer.submission.count;
	if (p.ending == RULE_REFUSED)
		return fault(&c->fault, ERR_INPUT, "reference.refused", lists[list].name);
	return e ? e : c->fault.err;
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
