/*
 * `ikhtiar story`: a household's way, told from a script: each step a real fact
 * through the real rules, each answer compared with what the script expects.
 *
 * A script is lines:
 *
 *     story: TITLE
 *     # remark
 *     at 2025-04-04T09:00          the clock stands there, unless it is later already
 *     wait 25h                     and goes on
 *     tell WORDS                   said to whoever watches
 *     instrument DIR-056           what an instrument says, and from when to when
 *     show @name                   one line of state, or a household's
 *     ACCOUNT record JSON → recorded | refused RULE … | error KEY
 *     ACCOUNT record JSON → recorded #name …     the facts, in their order, are called so
 *     ACCOUNT with ACCOUNT record JSON → …       the second agrees: "second" in the JSON
 *     ACCOUNT ready @name AIM → met | missing [RULE …]    AIM as after ready --for
 *     ACCOUNT manifest @movement → @name …
 *     ACCOUNT pair @name @name → waits | none     whether it is asked of the two records
 *
 * JSON may go over several lines, up to the one with the arrow; "#name" in it stands for
 * that fact, where one is about another.  The first answer
 * that differs ends the story with status 1 and says where.  `./start` tells
 * data/story/family.story; tests/stories/ are told by ctest with --file.
 */
#include "base/embed.h"
#include "cli/commands.h"
#include "cli/demo.h"
#include "cli/propose.h"

#define STORY_SIZE_MAX ((size_t)16 << 20)
#define SESSIONS_MAX 16
#define CALLED_MAX 4096
#define ARROW "→"

struct teller {
	struct cli *c;
	struct name_book *names;
	struct arena *answers;
	struct text script; /* what is left of it */
	size_t line;	    /* where the current step begins, from 1 */
	size_t next_line;
	struct known {
		char name[32];
		struct session session;
	} known[SESSIONS_MAX];
	size_t known_count;
	struct called {
		struct text name; /* with its #, of the script */
		struct fact_ref ref;
	} * called;
	size_t called_count;
};

/* What an account does. */
struct step {
	struct text who, second; /* empty: nobody agrees */
	struct text verb, what;
	struct text expected; /* behind the arrow */
};

/* --- reading the script --------------------------------------------------------- */

/* Take the first word off the front. */
static struct text word_of(struct text *t)
{
	struct text word = *t = text_trimmed(*t, BLANKS);

	for (word.size = 0; word.size < t->size && !strchr(" \t\n", t->at[word.size]);)
		word.size++;
	*t = text_trimmed((struct text){ t->at + word.size, t->size - word.size }, BLANKS);
	return word;
}

static struct text take_line(struct teller *t)
{
	struct text line = t->script;
	const char *end = memchr(line.at, '\n', line.size);

	if (end)
		line.size = (size_t)(end - line.at);
	t->script.at += line.size + (end != NULL);
	t->script.size -= line.size + (end != NULL);
	t->next_line++;
	return line;
}

/* --- saying ------------------------------------------------------------------------ */

static const char *paint(struct teller *t, enum colour which)
{
	return colour(which, t->c->colour_out);
}

static void say_line(struct teller *t, enum colour which, const char *mark, struct text words)
{
	cli_line(t->c, "%s%s %.*s%s", paint(t, which), mark, SHOWN(words), paint(t, COLOUR_NONE));
}

static enum err differs(struct teller *t, struct text expected, const char *found)
{
	return fault(&t->c->fault, ERR_DAMAGED, "story.differs", t->line, expected, found);
}

/* --- who acts ------------------------------------------------------------------------ */

static enum err session_of(struct teller *t, struct text name, const struct session **out)
{
	struct secret *passphrase = NULL;
	struct known *k = &t->known[t->known_count];
	enum err e;

	for (size_t i = 0; i < t->known_count; i++) {
		if (text_is(name, t->known[i].name)) {
			*out = &t->known[i].session;
			return OK;
		}
	}
	if (t->known_count == SESSIONS_MAX || name.size >= sizeof(k->name))
		return fault(&t->c->fault, ERR_LIMIT, "story.too-many-accounts", SESSIONS_MAX);
	memcpy(k->name, name.at, name.size);
	e = demo_passphrase(t->c, t->c->line.arguments[0], k->name, &passphrase);
	if (!e)
		e = reg_login(t->c->reg, name, passphrase, NULL, &k->session, &t->c->fault);
	secret_free(passphrase);
	if (e)
		return e;
	t->known_count++;
	t->c->session = k->session;
	*out = &k->session;
	return OK;
}

/* The id of a name of the script. */
static enum err find(struct teller *t, enum subject_sort sort, struct text name, struct id *out)
{
	cli_ask(t->c, &t->c->session, t->answers);
	return cli_asked(t->c, name_book_find(t->names, sort, name, out));
}

/* --- the steps ------------------------------------------------------------------------ */

/* The kinds of a step, for the line that is shown: "choice.made, seat.assigned". */
static struct text kinds_in(struct teller *t, struct text json)
{
	struct text out = { "", 0 };
	const char *at = json.at, *end = json.at + json.size;
	static const char mark[] = "\"kind\": \"";

	while ((at = memmem(at, (size_t)(end - at), mark, strlen(mark)))) {
		const char *word = at + strlen(mark);
		const char *close = memchr(word, '"', (size_t)(end - word));

		if (!close)
			break;
		/* A paper has a kind too, of one word. */
		if (memchr(word, '.', (size_t)(close - word)))
			out = arena_print(t->answers, "%.*s%s%.*s", SHOWN(out),
					  out.size ? ", " : "", (int)(close - word), word);
		at = close;
	}
	return out;
}

static bool names_rule(struct text expected, const char *id)
{
	struct text rest = expected;

	while (rest.size)
		if (text_is(word_of(&rest), id))
			return true;
	return false;
}

/* Whether every rule that the script names is among the refusals. */
static bool refusals_fit(struct text expected, const struct verdict verdicts[RULES_COUNT + 1])
{
	for (int r = 1; r <= RULES_COUNT; r++)
		if (names_rule(expected, rule_info((enum rule)r)->id) &&
		    verdicts[r].outcome == OUTCOME_ALLOWED)
			return false;
	return true;
}

static void show_refusals(struct teller *t, const struct verdict verdicts[RULES_COUNT + 1])
{
	for (int r = 1; r <= RULES_COUNT; r++) {
		const struct verdict *v = &verdicts[r];
		const struct rule_info *rule = rule_info((enum rule)r);

		if (v->outcome == OUTCOME_ALLOWED)
			continue;
		cli_line(t->c, "      %srule %d, %s:%s %s", paint(t, COLOUR_YELLOW), r, rule->id,
			 paint(t, COLOUR_NONE), cli_say(t->c, v->why));
		if (v->not_before)
			cli_line(t->c, "        %s %s", cli_say(t->c, "ready.not-before"),
				 cli_time(t->c, v->not_before));
		cli_line(t->c, "        → %s", cli_say(t->c, v->next));
	}
}

/* The facts of a step get the names that stand behind its arrow. */
static enum err call_facts(struct teller *t, struct text names, const struct submission_answer *a)
{
	for (size_t i = 0; names.size; i++) {
		struct text name = word_of(&names);

		if (name.at[0] != '#' || i == a->count)
			return fault(&t->c->fault, ERR_INPUT, "story.not-understood", t->line,
				     name);
		if (t->called_count == CALLED_MAX)
			return fault(&t->c->fault, ERR_LIMIT, "story.too-many-facts", CALLED_MAX);
		t->called[t->called_count++] = (struct called){ name, a->refs[i] };
	}
	return OK;
}

/* What a name stands for, the newest first; a name that nobody gave stands for itself. */
static struct text fact_called(struct teller *t, struct text name)
{
	char ref[FACT_REF_TEXT_SIZE];

	for (size_t i = t->called_count; i-- > 0;) {
		if (!text_same(t->called[i].name, name))
			continue;
		fact_ref_write(ref, &t->called[i].ref);
		return arena_copy_text(t->answers, text_of(ref));
	}
	return name;
}

/* The JSON with each "#name" replaced by what it stands for. */
static struct text with_facts(struct teller *t, struct text json)
{
	static const char mark[] = "\"#";
	struct text out = { "", 0 }, name;
	const char *found, *close;

	while ((found = memmem(json.at, json.size, mark, strlen(mark)))) {
		name.at = found + 1;
		name.size = (size_t)(json.at + json.size - name.at);
		if (!(close = memchr(name.at, '"', name.size)))
			break;
		name.size = (size_t)(close - name.at);
		out = arena_print(t->answers, "%.*s%.*s%.*s", SHOWN(out), (int)(name.at - json.at),
				  json.at, SHOWN(fact_called(t, name)));
		json.size -= (size_t)(close - json.at);
		json.at = close;
	}
	return out.size ? arena_print(t->answers, "%.*s%.*s", SHOWN(out), SHOWN(json)) : json;
}

/* She is there and has proved who she is; a script has no other way to name her. */
static enum err begin_second(struct teller *t, struct text name)
{
	const struct session *second;
	enum err e;

	if (!name.size)
		return OK;
	if ((e = session_of(t, name, &second)))
		return e;
	t->c->second_name = arena_copy_text(t->answers, name).at;
	t->c->second = second->account;
	return OK;
}

static enum err propose_step(struct teller *t, const struct step *s, struct proposal_answer *out)
{
	const struct session *by;
	enum err e;

	if ((e = begin_second(t, s->second)) || (e = session_of(t, s->who, &by)))
		return e;
	t->c->session = *by;
	*out = propose_line(t->c, t->names, by, with_facts(t, s->what), t->answers);
	t->c->second_name = NULL;
	return OK;
}

static enum err step_record(struct teller *t, const struct step *s)
{
	struct text rest = s->expected;
	struct text sort = word_of(&rest);
	struct proposal_answer p;
	enum err e;

	if ((e = propose_step(t, s, &p)))
		return e;
	say_line(t, COLOUR_BOLD, "   ",
		 arena_print(t->answers, "%.*s%s%.*s: %.*s", SHOWN(s->who),
			     s->second.size ? " + " : "", SHOWN(s->second),
			     SHOWN(kinds_in(t, s->what))));
	if (p.ending == RULE_REFUSED) {
		say_line(t, COLOUR_RED, "     ✗", text_of(cli_say(t->c, "story.refused")));
		show_refusals(t, p.answer.submission.verdicts);
		if (!text_is(sort, "refused") || !refusals_fit(rest, p.answer.submission.verdicts))
			return differs(t, s->expected, "refused");
		return OK;
	}
	if (p.ending != DONE) {
		struct text says = say_fault(t->answers, t->c->words, &t->c->fault);

		say_line(t, COLOUR_RED, "     ✗", says);
		if (!text_is(sort, "error") ||
		    !text_is(text_trimmed(rest, BLANKS), t->c->fault.key))
			return t->c->fault.err;
		t->c->fault = (struct fault){ 0 };
		return OK;
	}
	say_line(t, COLOUR_GREEN, "     ✓", text_of(cli_say(t->c, "story.recorded")));
	if (!text_is(sort, "recorded"))
		return differs(t, s->expected, "recorded");
	return call_facts(t, rest, &p.answer.submission);
}

static enum err step_ready(struct teller *t, const struct step *step)
{
	struct verdict verdicts[RULES_COUNT + 1];
	const struct session *by;
	const struct state *s;
	struct text rest = step->expected, what = step->what;
	struct text name = word_of(&what);
	enum kind kind = desk_aim(what);
	struct id person;
	bool met;
	enum err e;

	if (!kind)
		return fault(&t->c->fault, ERR_INPUT, "story.not-understood", t->line, what);

	if ((e = session_of(t, step->who, &by)) || (e = find(t, SUBJECT_PERSON, name, &person)) ||
	    (e = reg_read_begin(t->c->reg, by, DEED_READY, &s, &t->c->fault)))
		return e;
	e = reg_ready(t->c->reg, by, s, &person, kind, verdicts, t->answers, &t->c->fault);
	reg_read_end(t->c->reg);
	if (e)
		return e;
	cli_verdicts(t->c, verdicts, kind);
	met = cli_all_met(verdicts);
	if (text_is(word_of(&rest), "met") != met || !refusals_fit(rest, verdicts))
		return differs(t, step->expected, met ? "met" : "missing");
	return OK;
}

/* Whether the manifest has just the people whom the script names. */
static enum err same_travellers(struct teller *t, const json_t *travellers, struct text expected,
				bool *same)
{
	size_t named = 0;
	enum err e = OK;

	*same = true;
	for (; !e && expected.size; named++) {
		char hex[ID_HEX_SIZE + 1];
		struct id wanted;
		bool found = false;
		json_t *one;
		size_t at;

		if ((e = find(t, SUBJECT_PERSON, word_of(&expected), &wanted)))
			return e;
		hex_write(hex, bytes_of(wanted.at, ID_SIZE));
		json_array_foreach(travellers, at, one)
			found |= text_is(json_text_of(json_object_get(one, "person")), hex);
		*same &= found;
	}
	*same &= named == json_array_size(travellers);
	return e;
}

static enum err ask_manifest(struct teller *t, const struct id *movement, struct json_writer *w)
{
	return desk_manifest(&t->c->desk, movement, w);
}

static enum err ask_pairs(struct teller *t, const struct id *nothing, struct json_writer *w)
{
	(void)nothing;
	return desk_pairs(&t->c->desk, UINT32_MAX, NULL, w);
}

/* What a view of the desk says, asked by `by`. */
static enum err ask_view(struct teller *t, const struct session *by, const struct id *about,
			 enum err (*ask)(struct teller *t, const struct id *about,
					 struct json_writer *w),
			 json_t **out)
{
	struct buffer view = { 0 };
	struct json_writer w;
	enum err e;

	json_begin(&w, &view);
	cli_ask(t->c, by, t->answers);
	if (!(e = cli_asked(t->c, ask(t, about, &w))))
		e = json_parse(out, buffer_as_text(&view), &t->c->fault);
	buffer_free(&view);
	return e;
}

static enum err step_manifest(struct teller *t, const struct step *s)
{
	const json_t *travellers;
	const struct session *by;
	json_t *manifest = NULL, *one;
	struct id movement;
	size_t at;
	bool same;
	enum err e;

	if ((e = session_of(t, s->who, &by)) ||
	    (e = find(t, SUBJECT_MOVEMENT, s->what, &movement)) ||
	    (e = ask_view(t, by, &movement, ask_manifest, &manifest)))
		return e;
	travellers = json_object_get(manifest, "travellers");
	json_array_foreach(travellers, at, one)
		cli_line(t->c, "      %s %d  %s", cli_say(t->c, "show.seat"),
			 (int)json_integer_value(json_object_get(one, "seat")),
			 json_string_value(json_object_get(one, "alias")));
	e = same_travellers(t, travellers, s->expected, &same);
	json_decref(manifest);
	return e || same ? e : differs(t, s->what, "another manifest");
}

/* The one of the list that is of these two, in either order; NULL: none is. */
static const json_t *pair_of(const json_t *pairs, const struct id both[2])
{
	char hex[2][ID_HEX_SIZE + 1];
	const json_t *pair;
	size_t at;

	for (int i = 0; i < 2; i++)
		hex_write(hex[i], bytes_of(both[i].at, ID_SIZE));
	json_array_foreach(pairs, at, pair) {
		struct text a = json_text_of(json_object_get(json_object_get(pair, "a"), "id"));
		struct text b = json_text_of(json_object_get(json_object_get(pair, "b"), "id"));

		if ((text_is(a, hex[0]) && text_is(b, hex[1])) ||
		    (text_is(a, hex[1]) && text_is(b, hex[0])))
			return pair;
	}
	return NULL;
}

static enum err step_pair(struct teller *t, const struct step *s)
{
	struct text rest = s->what, name;
	const struct session *by;
	json_t *found = NULL;
	const json_t *pair;
	struct id both[2];
	const char *asked;
	enum err e;

	if ((e = session_of(t, s->who, &by)))
		return e;
	for (int i = 0; i < 2; i++) {
		name = word_of(&rest);
		if ((e = find(t, SUBJECT_PERSON, name, &both[i])))
			return e;
	}
	if ((e = ask_view(t, by, NULL, ask_pairs, &found)))
		return e;
	pair = pair_of(json_object_get(found, "pairs"), both);
	if (pair)
		cli_line(t->c, "      %s",
			 cli_say(t->c,
				 arena_print(t->answers, "doubles.%s",
					     json_string_value(json_object_get(pair, "strength")))
					 .at));
	asked = pair ? "waits" : "none";
	json_decref(found);
	return text_is(s->expected, asked) ? OK : differs(t, s->expected, asked);
}

struct wanted_instrument {
	struct teller *t;
	struct text code;
	bool found;
};

static bool print_instrument(void *self, const struct instrument *i)
{
	struct wanted_instrument *want = self;
	struct cli *c = want->t->c;

	if (!text_same(i->code, want->code))
		return true;
	want->found = true;
	cli_line(c, "   %s▌ %.*s (%s, %s)%s", paint(want->t, COLOUR_BLUE), SHOWN(i->authority),
		 code_word(CODES_LEVEL, i->level), cli_day(c, i->date),
		 paint(want->t, COLOUR_NONE));
	cli_line(c, "     %.*s: %.*s", SHOWN(i->title), SHOWN(i->detail));
	cli_line(c, "     %s %.*s", cli_say(c, "ready.source"), SHOWN(i->source));
	return false;
}

static enum err step_instrument(struct teller *t, struct text code)
{
	struct wanted_instrument want = { t, code, false };
	const struct session *by;
	const struct state *s;
	enum err e;

	if ((e = session_of(t, TEXT("registration"), &by)) ||
	    (e = reg_read_begin(t->c->reg, by, DEED_RULES, &s, &t->c->fault)))
		return e;
	state_each_instrument(s, print_instrument, &want);
	reg_read_end(t->c->reg);
	return want.found ? OK : fault(&t->c->fault, ERR_NOT_FOUND, "story.no-instrument", code);
}

static void print_state(struct teller *t, const struct state *s, const struct id *id)
{
	struct person p;

	if (!state_person(s, id, &p))
		return;
	cli_line(t->c, "      %s %-14s %s", cli_padded(t->c, cli_person_name(t->c, s, id), 24),
		 code_word(CODES_GROUP, p.group),
		 cli_say(t->c, arena_print(t->answers, "status.%s", status_word(p.status)).at));
}

static enum err step_show(struct teller *t, struct text name)
{
	struct id id, members[MEMBERS_MAX];
	const struct session *by;
	const struct state *s;
	struct household h;
	size_t count;
	enum err e;

	if ((e = session_of(t, TEXT("registration"), &by)) || (e = find(t, SUBJECT_0, name, &id)) ||
	    (e = reg_read_begin(t->c->reg, by, DEED_SHOW_PERSON, &s, &t->c->fault)))
		return e;
	t->c->session = *by;
	if (state_household(s, &id, &h)) {
		cli_line(t->c, "      %.*s", SHOWN(h.case_number));
		count = state_members(s, &id, members, MEMBERS_MAX);
		for (size_t i = 0; i < count && i < MEMBERS_MAX; i++)
			print_state(t, s, &members[i]);
	} else {
		print_state(t, s, &id);
	}
	reg_read_end(t->c->reg);
	return OK;
}

static enum err step_clock(struct teller *t, const char *at)
{
	enum err e = demo_clock(t->c, t->c->line.arguments[0], at);

	if (!e)
		say_line(t, COLOUR_DIM, "  ⏲",
			 text_of(cli_time(t->c, t->c->world->now_ms(t->c->world) / 1000)));
	return e;
}

/* A demo in which a story was told before is later already: then it begins where it is. */
static enum err step_begin(struct teller *t, const char *at)
{
	int64_t reached = t->c->world->now_ms(t->c->world) / 1000, wanted;
	enum err e = demo_time(t->c, at, &wanted);

	return e ? e : step_clock(t, wanted > reached ? at : "+1m");
}

/* --- which step it is ------------------------------------------------------------------ */

static const struct verb {
	const char *word;
	enum err (*step)(struct teller *t, const struct step *s);
} verbs[] = {
	{ "record", step_record },
	{ "ready", step_ready },
	{ "manifest", step_manifest },
	{ "pair", step_pair },
};

static const struct verb *verb_of(struct text word)
{
	for (size_t i = 0; i < COUNT_OF(verbs); i++)
		if (text_is(word, verbs[i].word))
			return &verbs[i];
	return NULL;
}

static bool has_arrow(struct text t)
{
	return memmem(t.at, t.size, ARROW, strlen(ARROW)) != NULL;
}

/* A step of an account goes on to the line with the arrow. */
static struct text take_step(struct teller *t)
{
	struct text step = take_line(t), rest = step, second;

	t->line = t->next_line;
	word_of(&rest);
	second = word_of(&rest);
	if (!text_is(second, "with") && !verb_of(second))
		return step;
	while (!has_arrow(step) && t->script.size) {
		struct text more = take_line(t);

		step.size = (size_t)(more.at + more.size - step.at);
	}
	return step;
}

/* ACCOUNT [with ACCOUNT] VERB WHAT → EXPECTED */
static enum err step_of_account(struct teller *t, struct text who, struct text rest)
{
	struct step step = { .who = who, .verb = word_of(&rest) };
	const struct verb *verb;
	const char *arrow;

	if (text_is(step.verb, "with")) {
		step.second = word_of(&rest);
		step.verb = word_of(&rest);
	}
	arrow = rest.size ? memmem(rest.at, rest.size, ARROW, strlen(ARROW)) : NULL;
	verb = verb_of(step.verb);
	if (!arrow || !verb)
		return fault(&t->c->fault, ERR_INPUT, "story.not-understood", t->line,
			     arrow ? step.verb : who);
	step.what = text_trimmed((struct text){ rest.at, (size_t)(arrow - rest.at) }, BLANKS);
	arrow += strlen(ARROW);
	step.expected =
		text_trimmed((struct text){ arrow, (size_t)(rest.at + rest.size - arrow) }, BLANKS);
	return verb->step(t, &step);
}

static enum err tell_step(struct teller *t)
{
	struct text rest = take_step(t);
	struct text word = word_of(&rest);

	if (!word.size || word.at[0] == '#')
		return OK;
	if (text_is(word, "story:") || text_is(word, "tell")) {
		say_line(t, text_is(word, "tell") ? COLOUR_NONE : COLOUR_BOLD,
			 text_is(word, "tell") ? "\n " : "", rest);
		return OK;
	}
	if (text_is(word, "at"))
		return step_begin(t, arena_copy_text(t->answers, rest).at);
	if (text_is(word, "wait"))
		return step_clock(t, arena_print(t->answers, "+%.*s", SHOWN(rest)).at);
	if (text_is(word, "instrument"))
		return step_instrument(t, rest);
	if (text_is(word, "show"))
		return step_show(t, rest);
	return step_of_account(t, word, rest);
}

static enum err tell_all(struct teller *t)
{
	enum err e = OK;

	while (!e && t->script.size) {
		if (!(e = tell_step(t)))
			e = cli_flush(t->c);
		arena_reset(t->answers);
	}
	return e;
}

enum ending cmd_story(struct cli *c)
{
	const char *path = option_value(&c->line, "file");
	struct teller *t = arena_take(c->arena, sizeof(*t));
	struct bytes script = embedded("story/family.story");
	enum err e = t ? OK : fault(&c->fault, ERR_MEMORY, "memory.none");

	if (!e && path)
		e = file_load(&script, c->arena, c->world, path, STORY_SIZE_MAX, &c->fault);
	if (!e)
		e = cli_open(c);
	if (!e && !c->demo)
		e = fault(&c->fault, ERR_INPUT, "story.only-demo");
	if (e)
		return cli_fail(c);
	t->called = arena_take_array(c->arena, CALLED_MAX, sizeof(*t->called));
	if (!t->called) {
		fault(&c->fault, ERR_MEMORY, "memory.none");
		return cli_fail(c);
	}
	t->c = c;
	t->script = (struct text){ (const char *)script.at, script.size };
	cli_ask(c, &c->session, c->arena);
	if (!(e = cli_asked(c, name_book_new(&t->names, &c->desk))) &&
	    !(e = arena_new(&t->answers, (size_t)64 << 20)))
		e = tell_all(t);
	arena_free(t->answers);
	name_book_free(t->names);
	return e ? cli_fail_after(c) : DONE;
}
