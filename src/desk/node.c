/*
 * node: how the server stands, who works here, and what verify found; nothing per person.
 */
#include "desk/node.h"

#include <stdlib.h>

enum err node_look(struct node *out, struct desk *d, uint64_t sessions)
{
	struct text beside = arena_print(d->arena, "%s/register.sqlite", reg_folder(d->reg));
	enum err e;

	*out = (struct node){ .sessions = sessions };
	if (!beside.at)
		return fault(&d->fault, ERR_MEMORY, "memory.none");
	if ((e = reg_status(d->reg, &out->status, &d->fault)))
		return e;
	return d->world->medium(d->world, beside.at, &out->medium, &d->fault);
}

void view_node(struct view *v, const struct node *n)
{
	const struct reg_status *s = &n->status;

	json_object_begin(v->w);
	view_int(v, "facts", (int64_t)s->facts);
	view_int(v, "disk_bytes", (int64_t)s->log_bytes);
	view_int(v, "disk_room_bytes",
		 n->medium.room > INT64_MAX ? INT64_MAX : (int64_t)n->medium.room);
	view_time(v, "last_backup", s->last_backup);
	view_int(v, "erasures_unlisted", (int64_t)s->erasures_unlisted);
	view_flag(v, "clock_jumped", s->clock_jumped);
	view_time(v, "clock", s->clock_jumped ? v->now : 0);
	view_id(v, "site", &s->self.site);
	view_flag(v, "locked", s->locked);
	view_int(v, "sessions", (int64_t)n->sessions);
	view_text(v, "version", TEXT(IKHTIAR_VERSION));
	json_object_end(v->w);
}

enum err desk_node(struct desk *d, uint64_t sessions, struct json_writer *w)
{
	struct node n;
	struct view v;
	enum err e;

	if ((e = node_look(&n, d, sessions)) || (e = view_begin(&v, d, DEED_STATUS, w)))
		return e;
	view_node(&v, &n);
	return view_end(&v, OK);
}

/* --- accounts ----------------------------------------------------------------------- */

/* Accounts by name, copied out of the state: their authenticators are asked for when the
 * lock has been given back. */
struct roll {
	struct arena *arena;
	struct account *rows; /* NULL: they are counted */
	size_t count;
};

static bool take_account(void *self, const struct account *a)
{
	struct roll *r = self;

	if (r->rows) {
		r->rows[r->count] = *a;
		r->rows[r->count].name = arena_copy_text(r->arena, a->name);
	}
	r->count++;
	return true;
}

static int by_name(const void *a, const void *b)
{
	const struct account *x = a, *y = b;
	size_t size = x->name.size < y->name.size ? x->name.size : y->name.size;
	int order = size ? memcmp(x->name.at, y->name.at, size) : 0;

	return order ? order : (x->name.size > y->name.size) - (x->name.size < y->name.size);
}

static enum err take_roll(struct roll *out, struct desk *d)
{
	const struct state *s;
	enum err e;

	*out = (struct roll){ .arena = d->arena };
	if ((e = reg_read_begin(d->reg, &d->session, DEED_ACCOUNT_LIST, &s, &d->fault)))
		return e;
	state_each_account(s, take_account, out);
	out->rows = arena_take_array(d->arena, out->count + 1, sizeof(*out->rows));
	out->count = 0;
	if (out->rows)
		state_each_account(s, take_account, out);
	reg_read_end(d->reg);
	if (!out->rows)
		return fault(&d->fault, ERR_MEMORY, "memory.none");
	qsort(out->rows, out->count, sizeof(*out->rows), by_name);
	return OK;
}

/* Whoever is closed needs none. */
static enum err write_account(struct view *v, const struct account *a)
{
	struct session self = { a->id };
	bool totp = false;
	enum err e = a->open ? reg_totp_has(v->d->reg, &self, &totp, &v->d->fault) : OK;

	json_object_begin(v->w);
	view_id(v, "id", &a->id);
	view_text(v, "name", a->name);
	view_codes(v, "roles", CODES_ROLE, a->roles);
	view_code(v, "sex", CODES_SEX, a->sex);
	view_flag(v, "open", a->open);
	view_flag(v, "totp", totp);
	json_object_end(v->w);
	return e;
}

enum err desk_accounts(struct desk *d, struct json_writer *w)
{
	struct roll roll;
	struct view v;
	enum err e;

	if ((e = take_roll(&roll, d)))
		return e;
	view_begin_open(&v, d, w);
	json_object_begin(w);
	json_key(w, "accounts");
	json_array_begin(w);
	for (size_t i = 0; !e && i < roll.count; i++)
		e = write_account(&v, &roll.rows[i]);
	json_array_end(w);
	json_object_end(w);
	return view_end(&v, e);
}

/* --- who asks ------------------------------------------------------------------------ */

static void write_deeds(struct view *v, uint16_t roles)
{
	json_key(v->w, "deeds");
	json_array_begin(v->w);
	for (int deed = DEED_NONE + 1; deed < DEED_COUNT; deed++)
		if (policy_allows(roles, (enum deed)deed))
			json_text(v->w, text_of(deed_word((enum deed)deed)));
	json_array_end(v->w);
}

/* While the register is locked nobody has a name. */
static void write_self(struct view *v)
{
	struct desk *d = v->d;
	uint16_t roles = reg_roles(d->reg, &d->session);
	const struct state *s;
	struct account a;

	view_id(v, "account", &d->session.account);
	if (reg_read_begin(d->reg, &d->session, DEED_STATUS, &s, &(struct fault){ 0 }))
		return;
	if (state_account(s, &d->session.account, &a))
		view_text(v, "name", a.name);
	reg_read_end(d->reg);
	view_codes(v, "roles", CODES_ROLE, roles);
	write_deeds(v, roles);
}

void desk_session(struct desk *d, struct json_writer *w)
{
	struct site_state site = reg_site(d->reg);
	struct view v;

	view_begin_open(&v, d, w);
	view_text(&v, "site", site.name);
	view_flag(&v, "demo", site.demo);
	view_flag(&v, "locked", reg_is_locked(d->reg));
	view_time(&v, "now", v.now);
	view_int(&v, "moment", (int64_t)reg_moment(d->reg));
	if (!id_is_none(&d->session.account))
		write_self(&v);
}

/* --- verify ---------------------------------------------------------------------------- */

static void write_proved(struct view *v, const struct reg_proof *p)
{
	char ref[FACT_REF_TEXT_SIZE];

	json_object_begin(v->w);
	view_flag(v, "sound", reg_proof_is_sound(p));
	view_int(v, "facts", (int64_t)p->facts);
	view_int(v, "opened", (int64_t)p->envelopes_opened);
	view_int(v, "unreadable", (int64_t)p->unreadable);
	view_int(v, "damaged", (int64_t)p->damaged);
	if (p->damaged) {
		fact_ref_write(ref, &p->first_damaged);
		view_text(v, "first_damaged", text_of(ref));
	}
	json_object_end(v->w);
}

enum err desk_verify(struct desk *d, struct json_writer *w)
{
	struct reg_proof p;
	struct view v;
	enum err e;

	/* Whether she may; reading it all takes long, and others work meanwhile. */
	if ((e = view_begin(&v, d, DEED_VERIFY, w)) || (e = view_end(&v, OK)) ||
	    (e = reg_verify(d->reg, NULL, &p, &d->fault)))
		return e;
	view_begin_open(&v, d, w);
	write_proved(&v, &p);
	return view_end(&v, OK);
}
