/*
 * fact: one immutable event about one subject, its kinds, codecs and sealing.
 *
 * kinds.def is the one table.  From it come the enums below, the tables that
 * fact_kind() gives out, both codecs (deterministic CBOR, JSON), the validation
 * and the documents.  A fact in memory is a header and an array of values, one
 * slot per field of its kind, in the order of the table:
 *
 *     f->values[CHOICE_MADE_ANSWER].number == ANSWER_RETURN
 *
 * Views inside a fact (texts, lists) live as long as the arena it was read into.
 * Fields and kinds that this version does not know are kept as raw CBOR, come
 * out again byte for byte, and are not folded.
 *
 * The plain encoding of a fact, which the leaf commits to, is one CBOR array:
 *
 *     [site, epoch, seq, subject, kind, version, [heads], actor, recorded,
 *      happened, happened-is-a-day, key / null, {case body}, {identity body}]
 *
 * Public kinds have one body; it stands in the place of the case body and the
 * identity body is empty.
 */
#pragma once

#include "base/arena.h"
#include "base/buffer.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/json.h"
#include "base/secret.h"

/* --- names of kinds, fields and codes, from the table --------------------- */

enum kind {
	KIND_UNKNOWN = 0,
#define KIND(name, number, ...) KIND_##name = (number),
#include "fact/kinds.def"
};

/* SET_NAME = number, for every code: ANSWER_RETURN = 2. */
enum code {
	CODE_NOT_GIVEN = 0,
#define CODE(set, name, number, word) set##_##name = (number),
#include "fact/kinds.def"
};

enum code_set {
	CODES_0 = 0, /* not a code */
#define CODES(set) CODES_##set,
#include "fact/kinds.def"
	CODES_COUNT
};

enum record_type {
	RECORD_0 = 0, /* not a record */
#define RECORD(name) RECORD_##name,
#include "fact/kinds.def"
	RECORD_COUNT
};

enum subject_sort {
	SUBJECT_0 = 0, /* not a subject */
	SUBJECT_HOUSEHOLD,
	SUBJECT_PERSON,
	SUBJECT_MOVEMENT,
	SUBJECT_ACCOUNT,
	SUBJECT_SITE,
	SUBJECT_TARIFF,
	SUBJECT_INSTRUMENT,
	SUBJECT_ADVISORY,
	SUBJECT_TERMS,
	SUBJECT_FIGURE,
	SUBJECT_TABLE,
	SUBJECT_DAYS,
	SUBJECT_SORTS
};

/*
 * KIND_FIELD: the slot of a field in values[], and RECORD_PART in parts[].
 * One enum counts through all kinds, each starting at 0 again: fields of a kind
 * stand together in the table, so a field's slot is its distance from the
 * marker FIRST_<KIND> that the KIND line leaves behind.
 */
enum field_at {
#define KIND(name, ...) FIRST_##name, BEFORE_##name = FIRST_##name - 1,
#define FIELD(kind, name, ...) AT_##kind##_##name,
#define RECORD(name) FIRST_##name##_PART, BEFORE_##name##_PART = FIRST_##name##_PART - 1,
#define PART(record, name, ...) AT_##record##_PART_##name,
#include "fact/kinds.def"
	FIELDS_TOTAL
};
enum field_slot {
#define FIELD(kind, name, ...) kind##_##name = AT_##kind##_##name - FIRST_##kind,
#define PART(record, name, ...) record##_PART_##name = AT_##record##_PART_##name - FIRST_##record##_PART,
#include "fact/kinds.def"
};

/* --- the table, to be read -------------------------------------------------- */

enum field_type {
	TYPE_NAME,     /* text: a name of a person, NFC, no controls or bidi marks */
	TYPE_LINE,     /* text: one line, NFC, no controls or bidi marks          */
	TYPE_AREA,     /* text: PCODE@VINTAGE or PAK, AFG, IRN                    */
	TYPE_LANGUAGE, /* text: three lower-case letters, ISO 639-3               */
	TYPE_CODE,     /* number: of a code set                                   */
	TYPE_FLAG,     /* number: 0 or 1                                          */
	TYPE_NUMBER,   /* number                                                  */
	TYPE_MONEY,    /* number: minor units                                     */
	TYPE_DATE,     /* number: days since 1970-01-01                           */
	TYPE_TIME,     /* number: seconds since 1970-01-01T00:00Z                 */
	TYPE_SUBJECT,  /* id                                                      */
	TYPE_FACT,     /* reference to a fact                                     */
	TYPE_HASH,     /* 32 bytes                                                */
	TYPE_RECORD,   /* parts                                                   */
};
enum seal { SEAL_IDENTITY, SEAL_CASE, SEAL_CLEAR };
enum necessity { NEED_OPTIONAL, NEED_REQUIRED };
enum purpose {
	PURPOSE_REGISTER, PURPOSE_INFORM, PURPOSE_DECIDE, PURPOSE_PROTECT, PURPOSE_TRAVEL,
	PURPOSE_ASSIST, PURPOSE_FOLLOW, PURPOSE_SHARE, PURPOSE_PUBLIC, PURPOSE_KEEP,
};

struct field {
	uint16_t number;
	const char *word;
	enum field_type type;
	unsigned of; /* enum code_set, record_type or subject_sort, by type */
	int64_t least, most;
	unsigned many; /* 1: single */
	enum seal seal;
	enum necessity need;
	const char *doc;
};

struct kind_spec {
	enum kind kind;
	uint32_t version;
	const char *word; /* "choice.made" */
	enum subject_sort subject;
	enum seal seal; /* SEAL_CLEAR: public */
	enum purpose purpose;
	const char *doc;
	const struct field *fields;
	size_t field_count; /* <= FIELDS_MAX */
};

struct code_word {
	int64_t number;
	const char *word;
};

#define FIELDS_MAX 32
#define KINDS_TOTAL_MAX 128

/* NULL: there is none such. */
const struct kind_spec *kind_of_number(uint64_t number);
const struct kind_spec *kind_of_word(struct text word);
/* All kinds in the order of the table: 0 <= at < kind_count(). */
size_t kind_count(void);
const struct kind_spec *kind_at(size_t at);
/* Fields of a record type; *count gets how many. */
const struct field *record_fields(enum record_type r, size_t *count);
/* Words of a set in order; *count gets how many. */
const struct code_word *code_words(enum code_set set, size_t *count);
const char *code_word(enum code_set set, int64_t number); /* "?" when unknown */
bool code_is_known(enum code_set set, int64_t number);
int64_t code_of_word(enum code_set set, struct text word); /* 0: no such word */
const char *subject_word(enum subject_sort s);
const char *purpose_word(enum purpose p);
const char *type_word(enum field_type t);
/* "document_kind", "document": names as documents and the catalogue write them. */
#define TABLE_WORD_SIZE 32
void code_set_word(char out[TABLE_WORD_SIZE], enum code_set set);
void record_word(char out[TABLE_WORD_SIZE], enum record_type r);

/* What these are called on screen and on paper, as keys of the catalogue:
 * "kind.choice.made", "field.answer", "code.answer.return". */
#define LABEL_KEY_SIZE 80
void kind_label(char out[LABEL_KEY_SIZE], const struct kind_spec *k);
void field_label(char out[LABEL_KEY_SIZE], const struct field *field);
void code_label(char out[LABEL_KEY_SIZE], enum code_set set, int64_t number);

/* --- a fact --------------------------------------------------------------------- */

/* Which fact: the leaf `seq` of one epoch of one site.  All zero: none. */
struct fact_ref {
	struct id site;
	uint32_t epoch;
	uint64_t seq;
};

struct value {
	bool given;
	uint16_t count; /* of items, where the field holds a list */
	union {
		int64_t number;
		struct text text;
		const struct id *id;
		const struct hash *hash;
		const struct fact_ref *fact;
		const struct value *items; /* a list's items, or a record's parts */
	};
};

/* What this version could not read, byte for byte: map entries, sorted, no header. */
struct raw_fields {
	struct bytes entries;
	uint16_t count;
};

#define HEADS_MAX 64

struct fact {
	struct fact_ref ref;
	struct id subject;
	const struct kind_spec *kind; /* NULL: unknown to this version */
	uint64_t kind_number;
	uint64_t version; /* above kind->version: made by a later program, not to be folded */
	const struct fact_ref *heads; /* sorted, no doubles */
	size_t head_count;
	struct id actor;      /* account that recorded it */
	int64_t recorded;     /* seconds, the site's clock: a claim */
	int64_t happened;     /* seconds, what the recorder says: a claim */
	bool happened_is_day; /* only the day is claimed; `happened` is its noon UTC */
	struct id key;        /* idempotency key; zero: none */
	struct hash r;        /* randomness of the commitment */
	struct value values[FIELDS_MAX];
	struct raw_fields unknown_case, unknown_identity;
};

/* An empty fact of this kind in the version of the table; the rest is for the caller. */
void fact_begin(struct fact *f, enum kind kind);

/* -1, 0, 1 in the total order by (site, epoch, seq). */
int fact_ref_compare(const struct fact_ref *a, const struct fact_ref *b);
/* "3f…/0/17": site in hex, epoch, seq; for people and JSON.  */
#define FACT_REF_TEXT_SIZE (ID_HEX_SIZE + 1 + 10 + 1 + 20 + 1)
void fact_ref_write(char out[FACT_REF_TEXT_SIZE], const struct fact_ref *r);
MUST_USE bool fact_ref_read(struct fact_ref *out, struct text t);

/* --- codecs ------------------------------------------------------------------------ */

#define FACT_SIZE_MAX (64 * 1024)

/* Append the plain encoding of `f` to `out`. */
void fact_write(struct buffer *out, const struct fact *f);
/*
 * Read it again; texts, ids and hashes are views of `b`.  ERR_DAMAGED: not every byte
 * is as fact_write() would have written it, or a value is not as the table says.  What
 * is read of a known version has its required fields, values in their bounds and
 * words of their lists; whether a text is NFC is not looked at again.
 */
MUST_USE enum err fact_read(struct fact *out, struct arena *a, struct bytes b, struct fault *f);

/* How "@name", case numbers and the like become ids: given by who calls. */
struct name_source {
	void *self;
	/* Put the id that `name` stands for into *out. */
	MUST_USE enum err (*resolve)(void *self, enum subject_sort sort, struct text name,
				     struct id *out, struct fault *f);
};

/*
 * A proposal as JSON: {"kind": "choice.made", "subject": "@zarmina", "happened":
 * "2026-11-24T10:00:00+05:00" or "2026-11-24" (absent: now), "key": hex or any text
 * of 1 to 64 bytes (hashed to an id), and the fields of the kind, beside these or
 * inside "body"}.  A day may be {"solar_hijri": "1403-12-30"}; a time without an
 * offset is of `zone_min`; `names` NULL: only hex.  Unknown names, wrong types,
 * doubles and days that do not exist are ERR_INPUT, the fault names the field; bounds,
 * texts and what is missing are the business of fact_check().  Fills subject, kind,
 * happened, key, values, all in `a`: `j` is needed no more.
 */
MUST_USE enum err fact_from_json(struct fact *out, struct arena *a, const json_t *j,
				 const struct name_source *names, int64_t now, int zone_min,
				 struct fault *f);

/* What a reader may see of a fact: returns false to leave a field out. */
struct field_filter {
	void *self;
	bool (*may_see)(void *self, const struct kind_spec *k, const struct field *field);
};
/* Write `f` as one JSON object; `filter` NULL shows all.  `zone_min` for times. */
void fact_to_json(struct json_writer *out, const struct fact *f, const struct field_filter *filter,
		  int zone_min);

/*
 * Check a proposal by itself: required fields, bounds, text (UTF-8, NFC, no bidi
 * override), birth not after `now`, age with its day, no two ways to give a birth.
 * What needs the state or the areas is checked by register/.  Texts are put into
 * NFC and trimmed in place, copies in `a`.  ERR_LIMIT: more than FACT_SIZE_MAX.
 */
MUST_USE enum err fact_check(struct fact *fact, struct arena *a, int64_t now, struct fault *f);

/* JSON Schema (2020-12) of a proposal, all kinds; docs/facts.schema.json. */
void kinds_schema(struct json_writer *out);
/*
 * The same for an OpenAPI document, whose schemas stand in "#/components/schemas/":
 * members for what the fields of kinds are made of ("area", "code.answer", "record.document"),
 * and the value for one kind with its fields beside subject, happened and key.
 */
void kinds_components(struct json_writer *out);
void kind_component(struct json_writer *out, const struct kind_spec *k);
/* docs/FACTS.md. */
void kinds_markdown(struct buffer *out);

/* --- sealing --------------------------------------------------------------------------- */

#define KEY_SIZE 32

/* The two keys of one subject, as they are kept in a slot: wrapped by the site's. */
#define WRAPPED_KEY_SIZE (24 + KEY_SIZE + 16) /* nonce, key, tag */
struct slot {
	struct id subject;
	uint8_t identity[WRAPPED_KEY_SIZE];
	uint8_t case_[WRAPPED_KEY_SIZE];
};

/* Open for the time of one use; wipe with subject_keys_wipe(). */
struct subject_keys {
	uint8_t identity[KEY_SIZE];
	uint8_t case_[KEY_SIZE];
};
void subject_keys_wipe(struct subject_keys *k);

/* The site's own two, from the keyring; both are locked memory. */
struct site_keys {
	struct secret *identity;
	struct secret *case_;
};

struct world;
/* New random keys for `subject`, also wrapped into *slot. */
void slot_make(struct slot *slot, struct subject_keys *keys, const struct id *subject,
	       const struct site_keys *site, struct world *w);
/* ERR_DAMAGED: not wrapped by these site keys, or of another subject. */
MUST_USE enum err slot_open(struct subject_keys *keys, const struct slot *slot,
			    const struct site_keys *site, struct fault *f);

/*
 * An envelope is what the disk keeps:
 *
 *   1 byte   version, 1
 *   1 byte   0: public, the plain encoding and r follow; 1: sealed
 *   sealed:  nonce (24) · u32le size · case box · nonce (24) · u32le size · identity box
 *   public:  r (32) · plain encoding
 *
 * Site, epoch, seq and subject are readable: they are columns of the log and the
 * associated data of both boxes ("ikhtiar/envelope/v1" · which box · site · epoch ·
 * seq · subject, little-endian).  The case box holds r and everything of the plain
 * encoding but the four readable ones and the identity body, the identity box that
 * body; both padded to PAD_STEP with 0x80 0x00….
 */
#define PAD_STEP 128
#define ENVELOPE_SIZE_MAX (FACT_SIZE_MAX + 1024)

/* `commitment` gets C = SHA-256("ikhtiar/leaf/v1\0" · r · plain encoding).  ERR_MEMORY. */
MUST_USE enum err fact_commit(struct hash *commitment, const struct fact *f, struct fault *fault);
/* Seal `f` (r must be set); keys NULL for a public kind.  Appends to `out`. */
void fact_seal(struct buffer *out, const struct fact *f, const struct subject_keys *keys,
	       struct world *w);
/*
 * Open an envelope; readable parts are given by the log.  What is in *out lives in
 * `a`; `envelope` is needed no more.  ERR_DAMAGED: not what was sealed under these
 * keys for this place.  `keys` NULL opens public ones only (ERR_LOCKED otherwise).
 * ERR_NEWER: an envelope of a form that only a later version knows.
 */
MUST_USE enum err fact_open(struct fact *out, struct arena *a, struct bytes envelope,
			    const struct fact_ref *ref, const struct id *subject,
			    const struct subject_keys *keys, struct fault *f);
/*
 * The same for who folds: of the kinds to which `wanted` says no (NULL: of none) the
 * identity box stays closed.  Its fields are not given, and nobody has looked whether it
 * is whole.  Both boxes cost the same to open, and of most kinds nothing in this one is
 * folded.
 */
typedef bool identity_wanted(enum kind k);
MUST_USE enum err fact_open_wanted(struct fact *out, struct arena *a, struct bytes envelope,
				   const struct fact_ref *ref, const struct id *subject,
				   const struct subject_keys *keys, identity_wanted *wanted,
				   struct fault *f);
/* Whether an envelope is a public one, without opening it. */
bool envelope_is_public(struct bytes envelope);
