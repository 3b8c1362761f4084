/*
 * What the commands stand on: opening and logging in, the words, the two ways out.
 */
#include "cli/cli.h"

#include <stdarg.h>

#include "base/utf8.h"
#include "cli/demo.h"
#include "cli/passphrase.h"

/* Exit statuses by error; an error that is not in the table is FAILED. */
static const struct {
	enum err err;
	enum ending ending;
} endings[] = {
	{ OK, DONE },
	{ ERR_INPUT, WRONG_INPUT },
	{ ERR_LIMIT, WRONG_INPUT },
	{ ERR_NOT_FOUND, WRONG_INPUT },
	{ ERR_NEWER, WRONG_INPUT },
	{ ERR_DENIED, NOT_ALLOWED },
	{ ERR_LOCKED, NOT_ALLOWED },
	{ ERR_BUSY, BUSY },
};

enum ending ending_of(enum err e)
{
	for (size_t i = 0; i < COUNT_OF(endings); i++)
		if (endings[i].err == e)
			return endings[i].ending;
	return FAILED;
}

const char *cli_say(struct cli *c, const char *key)
{
	return say(c->arena, c->words, key).at;
}

const char *cli_shown(struct cli *c, const char *word)
{
	struct text rest = text_of(word);
	/* A byte that is none of UTF-8 becomes three. */
	char *shown = arena_take(c->arena, 3 * rest.size + 1), bytes[4];
	size_t at = 0, size;

	while (shown && (size = utf8_shown(&rest, bytes))) {
		memcpy(shown + at, bytes, size);
		at += size;
	}
	return shown;
}

const char *cli_padded(struct cli *c, const char *words, size_t width)
{
	size_t count = utf8_count(text_of(words));

	return arena_print(c->arena, "%s%*s", words, count < width ? (int)(width - count) : 0, "")
		.at;
}

#define TOLD_SIZE_MAX ((size_t)1 << 20)

/* What does not fit is noted in the buffer. */
static void __attribute__((format(printf, 2, 0)))
add_line(struct buffer *b, const char *format, va_list values)
{
	va_list again;
	uint8_t *at;
	int size;

	va_copy(again, values);
	size = vsnprintf(NULL, 0, format, values);
	/* The line's end takes the place of the zero. */
	at = size < 0 ? NULL : buffer_take(b, (size_t)size + 1);
	if (at) {
		vsnprintf((char *)at, (size_t)size + 1, format, again);
		at[size] = '\n';
	}
	va_end(again);
}

/* As syslog(3) numbers them. */
enum priority { PRIORITY_ERROR = 3, PRIORITY_WARNING = 4, PRIORITY_INFO = 6 };

static void __attribute__((format(printf, 3, 0)))
tell(struct cli *c, enum priority priority, const char *format, va_list values)
{
	struct buffer line = { .limit = TOLD_SIZE_MAX };

	if (c->caller->journal)
		buffer_print(&line, "<%d>", priority);
	add_line(&line, format, values);
	c->caller->put_err(c->caller, buffer_as_text(&line));
	buffer_free(&line);
}

void cli_tell(struct cli *c, const char *format, ...)
{
	va_list values;

	va_start(values, format);
	tell(c, PRIORITY_INFO, format, values);
	va_end(values);
}

void cli_caution(struct cli *c, const char *format, ...)
{
	va_list values;

	va_start(values, format);
	tell(c, PRIORITY_WARNING, format, values);
	va_end(values);
}

static void __attribute__((format(printf, 2, 3))) tell_error(struct cli *c, const char *format, ...)
{
	va_list values;

	va_start(values, format);
	tell(c, PRIORITY_ERROR, format, values);
	va_end(values);
}

static void tell_fault(struct cli *c)
{
	tell_error(c, "ikhtiar: %.*s", SHOWN(say_fault(c->arena, c->words, &c->fault)));
}

/* What a demo says to people begins with saying so; JSON has a member for it. */
static void say_demo(struct cli *c)
{
	if (c->demo && !c->json && !c->demo_said)
		buffer_text(&c->out, TEXT("DEMO\n"));
	c->demo_said = true;
}

void cli_json_begin(struct cli *c, struct json_writer *w)
{
	json_begin(w, &c->out);
	json_object_begin(w);
	if (!c->demo)
		return;
	json_key(w, "demo");
	json_bool(w, true);
}

void cli_json_end(struct cli *c, struct json_writer *w)
{
	json_object_end(w);
	buffer_text(&c->out, TEXT("\n"));
}

void cli_line(struct cli *c, const char *format, ...)
{
	va_list values;

	say_demo(c);
	va_start(values, format);
	add_line(&c->out, format, values);
	va_end(values);
}

void cli_json_error(struct cli *c, struct json_writer *w)
{
	json_key(w, "error");
	json_object_begin(w);
	json_key(w, "key");
	json_text(w, text_of(c->fault.key));
	json_key(w, "says");
	json_text(w, say_fault(c->arena, c->words, &c->fault));
	json_object_end(w);
}

enum err cli_flush(struct cli *c)
{
	struct fault f = { 0 };
	enum err e = buffer_end(&c->out, &f);

	if (!e && !c->caller->put_out(c->caller, buffer_bytes(&c->out)))
		e = fault(&f, ERR_IO, "out.unwritable");
	buffer_reset(&c->out);
	if (e)
		c->fault = f;
	return e;
}

enum ending cli_fail(struct cli *c)
{
	struct json_writer w;

	tell_fault(c);
	buffer_reset(&c->out);
	if (c->json) {
		cli_json_begin(c, &w);
		cli_json_error(c, &w);
		cli_json_end(c, &w);
	}
	return ending_of(c->fault.err);
}

enum ending cli_fail_after(struct cli *c)
{
	const struct fault first = c->fault;

	if (cli_flush(c))
		tell_fault(c);
	c->fault = first;
	return cli_fail(c);
}

/* The account that --as or IKHTIAR_AS names; NULL: nobody. */
static const char *asking(struct cli *c)
{
	const char *name = option_value(&c->line, "as");

	if (!name)
		name = c->caller->as;
	return name && *name ? name : NULL;
}

static enum err set_clock(struct cli *c)
{
	const char *at = option_value(&c->line, "at");
	const char *folder = c->line.arguments[0];

	if (c->ground->reg)
		return at ? fault(&c->fault, ERR_INPUT, "clock.served") : OK;
	if (c->demo)
		return demo_clock(c, folder, at);
	return at ? fault(&c->fault, ERR_INPUT, "clock.not-a-demo", folder) : OK;
}

static enum err note_unlisted(struct cli *c)
{
	struct reg_status s;
	enum err e = reg_status(c->reg, &s, &c->fault);

	c->unlisted = s.erasures_unlisted;
	return e;
}

enum err cli_open(struct cli *c)
{
	enum err e;

	c->reg = c->ground->reg;
	if (!c->reg && (e = reg_open(&c->reg, c->world, c->atlas, c->line.arguments[0], &c->fault)))
		return e;
	c->demo = reg_site(c->reg).demo;
	c->zone_min = reg_zone(c->reg)->offset_min;
	/* Nothing is recorded before somebody logs in: the clock comes in time. */
	if ((e = set_clock(c)))
		return e;
	if (c->demo && !c->json)
		cli_tell(c, "%s", cli_say(c, "demo.banner"));
	return note_unlisted(c);
}

/* As whoever reads it would name it: a server may have opened it by another name. */
static const char *register_folder(struct cli *c)
{
	return c->ground->reg ? c->line.arguments[0] : reg_folder(c->reg);
}

void cli_warn(struct cli *c)
{
	struct reg_status s;

	if (!c->reg || reg_status(c->reg, &s, &(struct fault){ 0 }))
		return;
	if (s.clock_jumped && !id_is_none(&c->session.account))
		cli_caution(c, "%s", cli_say(c, "clock.jumped"));
	if (s.erasures_unlisted > c->unlisted)
		cli_caution(c, "%s",
			    say(c->arena, c->words, "erasures.renew", s.erasures_unlisted,
				cli_shown(c, register_folder(c)))
				    .at);
}

enum err cli_passphrase(struct cli *c, struct secret **out, const char *file_option,
			const char *fd_option, const char *name)
{
	const char *file = option_value(&c->line, file_option);
	const char *fd = option_value(&c->line, fd_option);

	if (file)
		return passphrase_from_file(out, c->world, file, &c->fault);
	if (fd)
		return c->caller->passphrase_of_fd(c->caller, out, fd, &c->fault);
	if (c->demo && name)
		return demo_passphrase(c, c->line.arguments[0], name, out);
	return c->caller->passphrase_of_terminal(c->caller, out, cli_say(c, "passphrase.prompt"),
						 &c->fault);
}

static void fold_told(void *self, uint64_t done, uint64_t of)
{
	progress_at(self, done, of);
}

static void put_progress(void *self, struct text t)
{
	struct caller *caller = self;

	caller->put_err(caller, t);
}

struct reg_progress cli_progress(struct cli *c, struct progress *bar, const char *what)
{
	struct progress_screen screen = { .put = put_progress, .self = c->caller };

	if (c->quiet || !c->caller->draws)
		screen.put = NULL;
	progress_begin(bar, c->world, cli_say(c, what), screen);
	return (struct reg_progress){ .told = fold_told, .self = bar };
}

enum err cli_login_keeping(struct cli *c, struct secret **passphrase)
{
	const char *name = asking(c);
	struct progress bar;
	struct reg_progress told;
	enum err e;

	*passphrase = NULL;
	if (!name)
		return fault(&c->fault, ERR_DENIED, "use.as-whom", c->line.command->name);
	if ((e = cli_passphrase(c, passphrase, "pass-file", "pass-fd", name)))
		return e;
	told = cli_progress(c, &bar, "progress.unlock");
	e = reg_login(c->reg, text_of(name), *passphrase, &told, &c->session, &c->fault);
	progress_end(&bar);
	return e;
}

enum err cli_login(struct cli *c)
{
	struct secret *passphrase;
	enum err e = cli_login_keeping(c, &passphrase);

	secret_free(passphrase);
	return e;
}

/* Of her authenticator, where she has one.  A code works once, so that an argument list may
 * hold it; on a terminal it is asked for. */
static enum err prove_code(struct cli *c, const struct reg_entrant *second, const char *name)
{
	const char *given = option_value(&c->line, "second-code");
	struct secret *typed = NULL;
	struct bytes code = bytes_of_text(text_of(given ? given : ""));
	bool has_one;
	enum err e = reg_entrant_has_totp(c->reg, second, &has_one, &c->fault);

	if (e || !has_one)
		return e;
	if (!given) {
		if (c->caller->passphrase_of_terminal(c->caller, &typed,
						      cli_say(c, "record.code-prompt"),
						      &(struct fault){ 0 }))
			return fault(&c->fault, ERR_DENIED, "record.second-code", name);
		code = secret_bytes(typed);
	}
	e = reg_entrant_totp(c->reg, second, (struct text){ (const char *)code.at, code.size },
			     &c->fault);
	secret_free(typed);
	return e;
}

enum err cli_prove_second(struct cli *c)
{
	const char *name = option_value(&c->line, "second");
	struct reg_entrant entrant = { .keys = NULL };
	struct secret *passphrase = NULL;
	enum err e;

	if (!name)
		return OK;
	if (!c->demo)
		cli_tell(c, "%s", say(c->arena, c->words, "record.second-now", name).at);
	e = cli_passphrase(c, &passphrase, "second-pass-file", "second-pass-fd", name);
	if (!e)
		e = reg_prove(c->reg, text_of(name), passphrase, &entrant, &c->fault);
	if (!e)
		e = prove_code(c, &entrant, name);
	c->second_name = e ? NULL : name;
	c->second = entrant.who.account;
	reg_entrant_free(&entrant);
	secret_free(passphrase);
	return e;
}

enum err cli_login_if_asked(struct cli *c)
{
	return asking(c) ? cli_login(c) : OK;
}

void cli_ask(struct cli *c, const struct session *by, struct arena *a)
{
	c->desk = (struct desk){
		.reg = c->reg,
		.world = c->world,
		.atlas = c->atlas,
		.words = c->words,
		.session = *by,
		.zone_min = c->zone_min,
		.arena = a,
	};
}

enum err cli_asked(struct cli *c, enum err e)
{
	if (e)
		c->fault = c->desk.fault;
	return e;
}

struct json_writer *cli_view(struct cli *c, struct json_writer *w, struct buffer *view)
{
	*view = (struct buffer){ .limit = c->out.limit };
	cli_ask(c, &c->session, c->arena);
	json_begin(w, view);
	return w;
}

/* A view is an object with members: the mark of a demo goes before them. */
enum err cli_answer(struct cli *c, enum err e, struct buffer *view)
{
	struct text object;

	e = cli_asked(c, e);
	if (!e)
		e = buffer_end(view, &c->fault);
	object = buffer_as_text(view);
	if (!e && c->demo) {
		buffer_text(&c->out, TEXT("{\"demo\":true,"));
		object = (struct text){ object.at + 1, object.size - 1 };
	}
	if (!e) {
		buffer_text(&c->out, object);
		buffer_text(&c->out, TEXT("\n"));
	}
	buffer_free(view);
	return e;
}

enum err cli_subject(struct cli *c, enum subject_sort sort, const char *word, struct id *out)
{
	struct name_book *names = NULL;
	enum err e;

	cli_ask(c, &c->session, c->arena);
	if (!(e = cli_asked(c, name_book_new(&names, &c->desk))))
		e = cli_asked(c, name_book_find(names, sort, text_of(word), out));
	name_book_free(names);
	return e;
}

/* A copy in the command's arena; "" where it has no room. */
static const char *kept(struct cli *c, struct text t)
{
	struct text copy = arena_copy_text(c->arena, t);

	return copy.at ? copy.at : "";
}

const char *cli_time(struct cli *c, int64_t seconds)
{
	char out[TIME_TEXT_SIZE];

	time_show(out, seconds, c->zone_min);
	return kept(c, text_of(out));
}

const char *cli_day(struct cli *c, int32_t day)
{
	char out[DATE_TEXT_SIZE];

	date_write(out, day);
	return kept(c, text_of(out));
}

const char *cli_person_name(struct cli *c, const struct state *s, const struct id *person)
{
	struct person_names n;
	char alias[ALIAS_SIZE];
	struct text latin, own;

	alias_of(alias, person);
	if (!policy_sees_names(reg_roles(c->reg, &c->session)) || !state_names(s, person, &n))
		return kept(c, text_of(alias));
	latin = n.given_latin.size ? n.given_latin : n.given;
	own = n.given.size ? n.given : n.given_latin;
	if (text_same(latin, own))
		return kept(c, latin);
	return kept(c, arena_print(c->arena, "%.*s (%.*s)", SHOWN(latin), SHOWN(own)));
}

/* What a verdict says, and in which colour. */
static const struct {
	const char *key;
	enum colour colour;
} outcomes[] = {
	[OUTCOME_ALLOWED] = { "ready.met", COLOUR_GREEN },
	[OUTCOME_MISSING] = { "ready.missing", COLOUR_YELLOW },
	[OUTCOME_REFUSED] = { "ready.refused", COLOUR_RED },
};

static void print_verdict(struct cli *c, const struct rule_info *rule, const struct verdict *v)
{
	cli_line(c, "%s%s%s %2d %-16s %s", colour(outcomes[v->outcome].colour, c->colour_out),
		 cli_padded(c, cli_say(c, outcomes[v->outcome].key), 8),
		 colour(COLOUR_NONE, c->colour_out), (int)rule->rule, rule->id,
		 cli_say(c, rule->statement));
	if (v->outcome == OUTCOME_ALLOWED)
		return;
	cli_line(c, "            %s", cli_say(c, v->why));
	if (v->not_before)
		cli_line(c, "            %s %s", cli_say(c, "ready.not-before"),
			 cli_time(c, v->not_before));
	cli_line(c, "          → %s", cli_say(c, v->next));
	cli_line(c, "            %s: %s", cli_say(c, "ready.source"), rule->source);
}

bool cli_all_met(const struct verdict verdicts[RULES_COUNT + 1])
{
	bool met = true;

	for (int r = 1; r <= RULES_COUNT; r++)
		met &= verdicts[r].outcome == OUTCOME_ALLOWED;
	return met;
}

void cli_verdicts(struct cli *c, const struct verdict verdicts[RULES_COUNT + 1], enum kind kind)
{
	for (int r = 1; r <= RULES_COUNT; r++)
		if (rule_guards((enum rule)r, kind))
			print_verdict(c, rule_info((enum rule)r), &verdicts[r]);
}
